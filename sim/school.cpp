// The school: what is there before the first step, folding one step, and finding somebody.
#include <algorithm>

#include "sim/school_fold.h"

namespace homeroom::sim {

void Fold::apply() {
    if (table_id_ == TableId::hall_monitor) school_.monitor.present = true;
    life();
    machines();
    objects();
    variables();
    kernel();
    classes();
}

School::Account School::account_of(ClassId id) const {
    Account all;
    if (index(id) < rooms.size())
        all = {rooms[index(id)].running_ns, rooms[index(id)].switching_ns};
    for (const Teacher& teacher : teachers) {
        if (teacher.table == TableId::none || teacher.room != id) continue;
        const Nanoseconds switching = teacher.switching_until(time) - teacher.switching_ns;
        all.switching += switching;
        all.running += teacher.busy_until(time) - teacher.busy_ns - switching;
    }
    return all;
}

double School::warmth(const Table& table) const {
    const std::size_t i = index(table.last_teacher);
    if (i >= teachers.size()) return 0;
    const Teacher& last = teachers[i];
    if (table.teacher == last.id) {
        const Nanoseconds way = last.arrives - last.since;
        if (time >= last.arrives || way <= 0) return 1;
        return table.warmth_found + (1 - table.warmth_found) *
                                        static_cast<double>(time - last.since) /
                                        static_cast<double>(way);
    }
    if (plans.fade_ns <= 0) return 0;
    const Nanoseconds others =
        std::min(last.running_until(time) - table.teacher_had_run, plans.fade_ns);
    return 1 - static_cast<double>(others) / static_cast<double>(plans.fade_ns);
}

Nanoseconds School::runnable_until_now(const Table& table) const {
    const bool now = table.kernel == Table::Kernel::runnable;
    return table.runnable_ns + (now ? time - table.kernel_since : 0);
}

Nanoseconds School::blocked_until_now(const Table& table) const {
    const bool now = table.kernel == Table::Kernel::blocked;
    return table.blocked_ns + (now ? time - table.kernel_since : 0);
}

Nanoseconds School::waiting_of(ClassId id) const {
    Nanoseconds sum = index(id) < rooms.size() ? rooms[index(id)].waiting_ns : 0;
    for (const Table& table : tables)
        if (table.room == id && table.kernel == Table::Kernel::runnable)
            sum += time - table.kernel_since;
    return sum;
}

std::uint32_t School::pid(ClassId room) const {
    return Room::first_pid + static_cast<std::uint32_t>(index(room));
}

std::uint32_t School::parent_pid(ClassId room) const {
    const bool copied = index(room) < rooms.size() && rooms[index(room)].forked;
    return copied ? pid(rooms[index(room)].parent) : 1;
}

std::uint32_t School::zombies_of(ClassId parent) const {
    return static_cast<std::uint32_t>(
        std::count_if(rooms.begin(), rooms.end(), [parent](const Room& room) {
            return room.zombie() && room.forked && room.parent == parent;
        }));
}

std::uint32_t Room::pages() const {
    std::uint32_t sum = 0;
    for (const Region& region : regions) sum += region.pages;
    return sum;
}

std::uint32_t Room::pages_in_common() const {
    std::uint32_t sum = 0;
    for (const Region& region : regions) sum += region.in_common;
    return sum;
}

School::School(std::uint32_t teacher_count, std::uint32_t clipboard_count, Plans run_plans)
    : clipboards(clipboard_count), teachers(teacher_count), plans(run_plans) {
    for (std::size_t i = 0; i < teachers.size(); ++i) {
        teachers[i].id = TeacherId{static_cast<std::uint16_t>(i)};
    }
    for (std::size_t i = 0; i < clipboards.size(); ++i) {
        clipboards[i].id = ClipboardId{static_cast<std::uint16_t>(i)};
    }
}

void School::fold(const Step& step) {
    time = std::max(time, step.time);
    ++steps;
    if (step.is_decision()) ++counters.decisions;
    Fold(*this, step).apply();
}

const Student* School::find(StudentId id) const {
    if (id == StudentId::none || index(id) > students.size()) return nullptr;
    const Student& student = students[index(id) - 1];
    return student.id == StudentId::none ? nullptr : &student;
}

const Table* School::find(TableId id) const {
    return index(id) < tables.size() ? &tables[index(id)] : nullptr;
}

const Clipboard* School::find(ClipboardId id) const {
    return index(id) < clipboards.size() ? &clipboards[index(id)] : nullptr;
}

const Thing* School::find_thing(ObjectId id) const {
    auto at = std::lower_bound(things.begin(), things.end(), id,
                               [](const Thing& a, ObjectId b) { return a.id < b; });
    return at != things.end() && at->id == id ? &*at : nullptr;
}

const Copy* School::find_copy(StudentId student, ObjectId object) const {
    for (const Copy& copy : copies)
        if (copy.student == student && copy.object == object) return &copy;
    return nullptr;
}

}  // namespace homeroom::sim
