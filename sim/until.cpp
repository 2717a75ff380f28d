// Where in a run a moment comes.
#include "sim/until.h"

#include <algorithm>

#include "sim/wait_cycle.h"

namespace homeroom::sim {

namespace {

using UntilKind = Until::Kind;

// The number of a place in until_places().
std::size_t place_of(WaitReason reason) {
    switch (reason) {
        case WaitReason::none:
            return 0;
        case WaitReason::mutex:
        case WaitReason::rw_mutex_read:
        case WaitReason::rw_mutex_write:
            return 2;
        case WaitReason::wait_group:
            return 3;
        case WaitReason::io:
            return 4;
        case WaitReason::condition:
            return 5;
        case WaitReason::semaphore:
            return 6;
        case WaitReason::sleep:
        case WaitReason::timer:
            return 7;
        default:
            return 1;
    }
}

bool came_from_another_class(const School& school, std::uint32_t teacher) {
    return teacher < school.teachers.size() &&
           school.teachers[teacher].room != school.teachers[teacher].last_room;
}

}  // namespace

UntilSearch::UntilSearch(const Until& until, const Timeline& timeline, std::size_t from)
    : until_(until), next_(std::min(from, timeline.decisions())), left_(until.times) {
    folded_ = next_ == 0 ? 0 : timeline.decision_end(next_ - 1);
    school_ = timeline.school_at(folded_);
    held_ = holds(school_);
}

std::optional<std::size_t> UntilSearch::go_on(const Timeline& timeline, bool over,
                                              std::size_t most) {
    const std::size_t complete =
        over || timeline.decisions() == 0 ? timeline.decisions() : timeline.decisions() - 1;
    for (; next_ < complete && most > 0; --most) {
        const std::size_t at = timeline.step_of_decision(next_);
        while (folded_ < at) school_.fold(timeline.step(folded_++));
        const Counters before = school_.counters;
        while (folded_ < timeline.decision_end(next_)) school_.fold(timeline.step(folded_++));
        const bool held = held_;
        held_ = holds(school_);
        ++next_;
        if (!happens(timeline.step(at), before) && !(held_ && !held)) continue;
        if (--left_ == 0) return next_;
    }
    return std::nullopt;
}

bool UntilSearch::happens(const Step& step, const Counters& before) const {
    const Event& event = step.event;
    const bool of_whom = until_.number == 0 || event.g == until_.number;
    const Counters& after = school_.counters;
    switch (until_.kind) {
        case UntilKind::steal:
            return event.kind == EventKind::stole;
        case UntilKind::switched:
            return event.kind == EventKind::ran && after.student_switches > before.student_switches;
        case UntilKind::called:
            return event.kind == EventKind::ran && after.calls > before.calls && of_whom;
        case UntilKind::spawned:
            return event.kind == EventKind::spawned && of_whom;
        case UntilKind::ended:
            return event.kind == EventKind::ended && of_whom;
        case UntilKind::parked:
            return event.kind == EventKind::parked &&
                   (until_.number == 0 || place_of(wait_reason_of(event.arg)) == until_.number);
        case UntilKind::woken:
            return event.kind == EventKind::readied && of_whom;
        case UntilKind::preempted:
            return event.kind == EventKind::preempted;
        case UntilKind::bell:
            return event.kind == EventKind::preempt_asked;
        case UntilKind::hand_off:
            return event.kind == EventKind::handed_off;
        case UntilKind::retake:
            return event.kind == EventKind::retaken;
        case UntilKind::errand:
            return event.kind == EventKind::blocked && of_whom;
        case UntilKind::back:
            return event.kind == EventKind::unblocked && of_whom;
        case UntilKind::tick:
            return event.kind == EventKind::ran && source_of(event.arg) == Source::global_tick;
        case UntilKind::overflow:
            return event.kind == EventKind::overflowed;
        case UntilKind::refill:
            return event.kind == EventKind::refilled;
        case UntilKind::table_wakes:
            return event.kind == EventKind::machine_woken;
        case UntilKind::table_rests:
            return event.kind == EventKind::machine_parked;
        case UntilKind::searching:
            return event.kind == EventKind::spinning_began;
        case UntilKind::teacher_moves:
            return event.kind == EventKind::seated &&
                   after.teacher_switches > before.teacher_switches;
        case UntilKind::class_moves:
            return event.kind == EventKind::seated &&
                   after.teacher_switches > before.teacher_switches &&
                   came_from_another_class(school_, event.arg);
        case UntilKind::table_opens:
            return event.kind == EventKind::machine_started;
        case UntilKind::fault:
            return event.kind == EventKind::faulted;
        case UntilKind::class_ends:
            return event.kind == EventKind::process_ended;
        case UntilKind::reads:
            return event.kind == EventKind::read && of_whom;
        case UntilKind::writes:
            return event.kind == EventKind::wrote && of_whom;
        case UntilKind::lost_update:
            return after.lost_updates > before.lost_updates;
        case UntilKind::race:
            return step.races_with != 0;
        case UntilKind::surprise:
            return after.surprises > before.surprises;
        case UntilKind::deadlock:
            return event.kind == EventKind::deadlocked;
        case UntilKind::over:
            // Of several classes the last one has to end.
            if (!school_.rooms.empty()) {
                return event.kind == EventKind::process_ended &&
                       std::all_of(school_.rooms.begin(), school_.rooms.end(),
                                   [](const Room& room) { return !room.open || room.ended; });
            }
            return event.kind == EventKind::finished || event.kind == EventKind::deadlocked ||
                   event.kind == EventKind::crashed;
        case UntilKind::queue:
        case UntilKind::bench:
        case UntilKind::starved:
        case UntilKind::cycle:
            return false;
    }
    return false;
}

bool UntilSearch::holds(const School& school) {
    if (until_.kind == UntilKind::bench) return school.bench.size() > until_.number;
    if (until_.kind == UntilKind::queue) {
        return std::any_of(
            school.clipboards.begin(), school.clipboards.end(),
            [this](const Clipboard& clipboard) { return clipboard.names.size() > until_.number; });
    }
    if (until_.kind == UntilKind::cycle) return !wait_cycle(school).empty();
    if (until_.kind != UntilKind::starved) return false;
    // Who becomes ready later has waited for less, so the moment since when the first of them
    // waits only grows: there is no need to look at everybody before it can be long enough.
    const auto longest = static_cast<Nanoseconds>(until_.number);
    if (ready_since_ >= 0 && school.time - ready_since_ <= longest) return false;
    ready_since_ = school.time;
    for (const Student& student : school.students) {
        if (student.id != StudentId::none && student.ready())
            ready_since_ = std::min(ready_since_, student.ready_since);
    }
    return school.time - ready_since_ > longest;
}

std::optional<std::size_t> find_until(const Timeline& timeline, const Until& until,
                                      std::size_t from) {
    UntilSearch search(until, timeline, from);
    return search.go_on(timeline, true);
}

// Looks at longer and longer pieces before the position, so that a near one is found soon. A state
// that began before a piece is not found in it, but in the longer one.
std::optional<std::size_t> find_before(const Timeline& timeline, const Until& until,
                                       std::size_t position) {
    if (position == 0) return std::nullopt;
    for (std::size_t length = 500;; length *= 4) {
        const std::size_t from = position > length ? position - length : 0;
        std::optional<std::size_t> last;
        UntilSearch search(until, timeline, from);
        while (search.looked_at() < position - 1) {
            const auto at = search.go_on(timeline, true, position - 1 - search.looked_at());
            if (!at) break;
            last = at;
            search.again();
        }
        if (last || from == 0) return last;
    }
}

}  // namespace homeroom::sim
