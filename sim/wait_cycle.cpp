// Following the locks.
#include "sim/wait_cycle.h"

#include <algorithm>

#include "sim/language.h"

namespace homeroom::sim {

std::vector<WaitLink> wait_cycle(const School& school) {
    // Everybody waits for one lock at most, and that has one holder: so from each student there is
    // one way to go, and it is in a circle if it comes back to where it began.
    const auto link_of = [&school](StudentId id) -> WaitLink {
        const Student* student = school.find(id);
        if (!student || student->state != Student::State::waiting) return {};
        const Thing* lock = school.find_thing(student->object);
        const bool held = lock &&
                          (lock->kind == Thing::Kind::lock || lock->kind == Thing::Kind::rw_lock) &&
                          lock->holder != StudentId::none;
        return held ? WaitLink{id, lock->id} : WaitLink{};
    };
    std::vector<StudentId> done;  // lead into no circle
    for (const Student& first : school.students) {
        std::vector<WaitLink> way;
        for (StudentId at = first.id; at != StudentId::none;) {
            const WaitLink link = link_of(at);
            if (link.lock == 0 || std::find(done.begin(), done.end(), at) != done.end()) break;
            const auto met = std::find_if(way.begin(), way.end(), [at](const WaitLink& before) {
                return before.student == at;
            });
            if (met != way.end()) {
                way.erase(way.begin(), met);
                const auto smallest = std::min_element(
                    way.begin(), way.end(),
                    [](const WaitLink& a, const WaitLink& b) { return a.student < b.student; });
                std::rotate(way.begin(), smallest, way.end());
                return way;
            }
            way.push_back(link);
            at = school.find_thing(link.lock)->holder;
        }
        for (const WaitLink& link : way) done.push_back(link.student);
    }
    return {};
}

std::string cycle_text(const School& school, const std::vector<WaitLink>& cycle, Words words) {
    std::string text;
    for (std::size_t i = 0; i < cycle.size(); ++i) {
        if (i > 0) text += tr("; ");
        const StudentId holder = cycle[(i + 1) % cycle.size()].student;
        text += phrase(words == Words::school ? "{s} waits for {o}, which {a} has"
                                              : "{s} waits for {o}, which {a} holds",
                       {{'s', name_of(cycle[i].student, words)},
                        {'o', name_of_object(school, cycle[i].lock, words)},
                        {'a', name_of(holder, words)}});
    }
    return text;
}

}  // namespace homeroom::sim
