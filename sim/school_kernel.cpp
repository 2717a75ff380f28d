// Folding what the kernel does with cores: who is seated where, and what became of the time.
#include "sim/school_fold.h"

namespace homeroom::sim {

void Fold::kernel() {
    switch (event_.kind) {
        case EventKind::seated:
            seat();
            break;
        case EventKind::unseated:
            unseat();
            break;
        case EventKind::runnable:
            enqueue();
            break;
        case EventKind::finished:
            ends(Ending::finished);
            break;
        case EventKind::deadlocked:
            ends(Ending::deadlocked);
            break;
        case EventKind::crashed:
            ends(Ending::crashed);
            break;
        default:
            break;
    }
}

// With several classes the run ends when the last of them has.
void Fold::ends(Ending how) { (room() ? room()->ending : school_.ending) = how; }

void Fold::leave(Teacher& teacher) {
    const Nanoseconds switching = teacher.switching_until(now_) - teacher.switching_ns;
    const Nanoseconds running = teacher.busy_until(now_) - teacher.busy_ns - switching;
    if (Table* left = table(teacher.table)) {
        left->running_ns += running;
        left->switching_ns += switching;
        left->teacher_had_run = teacher.running_until(now_);
    }
    if (index(teacher.room) < school_.rooms.size()) {
        school_.rooms[index(teacher.room)].running_ns += running;
        school_.rooms[index(teacher.room)].switching_ns += switching;
    }
    teacher.last_room = teacher.room;
    teacher.switching_ns = teacher.switching_until(now_);
    teacher.busy_ns = teacher.busy_until(now_);
    teacher.since = now_;
    teacher.last_table = teacher.table;
    teacher.table = TableId::none;
}

void Fold::set_kernel(Table& table, Table::Kernel to, KernelWait wait, Nanoseconds when) {
    const Nanoseconds passed = std::max<Nanoseconds>(0, when - table.kernel_since);
    if (table.kernel == Table::Kernel::runnable) {
        table.runnable_ns += passed;
        if (Room* own = room(table.room)) own->waiting_ns += passed;
    }
    if (table.kernel == Table::Kernel::blocked) table.blocked_ns += passed;
    table.kernel = to;
    table.wait = wait;
    table.kernel_since = std::max(when, table.kernel_since);
}

void Fold::unseat() {
    Teacher* leaving = teacher(unseated_core(event_.arg));
    if (!leaving || leaving->table != table_id_ || leaving->room != step_.room) return;
    leave(*leaving);
    Table* left = table(table_id_);
    if (!left) return;
    if (left->teacher == leaving->id) left->teacher = TeacherId::none;
    const auto why = static_cast<Unseat>(event_.p);
    set_kernel(*left,
               why == Unseat::time_up ? Table::Kernel::runnable
               : why == Unseat::ended ? Table::Kernel::ended
                                      : Table::Kernel::blocked,
               unseated_wait(event_.arg), now_);
}

void Fold::leave_queues(TableId id) {
    for (std::vector<TableId>& queue : school_.queues) std::erase(queue, id);
}

void Fold::enqueue() {
    Table* waiting = table(table_id_);
    if (!waiting) return;
    const std::uint32_t which = runnable_queue(event_.arg);
    if (which != one_run_queue && which >= teachers_limit) return;
    leave_queues(table_id_);
    school_.one_queue = which == one_run_queue;
    const std::size_t i = school_.one_queue ? 0 : which;
    if (school_.queues.size() <= i) school_.queues.resize(i + 1);
    std::vector<TableId>& queue = school_.queues[i];
    const std::size_t ahead = std::min<std::size_t>(runnable_ahead(event_.arg), queue.size());
    queue.insert(queue.begin() + static_cast<std::ptrdiff_t>(ahead), table_id_);
    if (waiting->kernel != Table::Kernel::runnable)
        set_kernel(*waiting, Table::Kernel::runnable, KernelWait::none, now_);
}

void Fold::seat() {
    Teacher* coming = teacher(event_.arg);
    if (!coming || (coming->table == table_id_ && coming->room == step_.room)) return;
    if (Table* left = table(coming->table); left && left->teacher == coming->id) {
        left->teacher = TeacherId::none;
    }
    if (coming->table != TableId::none) leave(*coming);
    const Nanoseconds began = std::max(coming->since, now_ - step_.began_ns_ago);
    coming->idle_ns += began - coming->since;
    coming->since = began;
    coming->arrives = began + step_.switch_ns;
    coming->table = table_id_;
    coming->room = step_.room;
    const bool other_room = coming->last_room != coming->room;
    if (coming->last_table != TableId::none && (coming->last_table != table_id_ || other_room)) {
        ++coming->switches;
        coming->class_switches += other_room;
        ++school_.counters.teacher_switches;
        if (Room* own = room()) (other_room ? own->class_switches : own->table_switches) += 1;
    }
    coming->tlb_refills += step_.tlb_refilled;
    coming->cold_ns += step_.cold_ns;
    std::erase(coming->plans, step_.room);
    if (!school_.plans.kept_apart) coming->plans.clear();
    coming->plans.insert(coming->plans.begin(), step_.room);
    if (coming->plans.size() > School::plans_max) coming->plans.pop_back();
    if (Room* own = room()) {
        ++own->visits;
        own->tlb_refills += step_.tlb_refilled;
        own->cold_ns += step_.cold_ns;
    }
    leave_queues(table_id_);
    Table* at = table(table_id_);
    if (!at) return;
    ++at->visits;
    // A new table is first heard of when it runs: the way to it came before.
    if (at->visits == 1 && began < at->kernel_began) at->kernel_began = at->kernel_since = began;
    if (at->teacher != TeacherId::none && at->teacher != coming->id) {
        leave(*teacher(index(at->teacher)));
    }
    at->moves += at->last_teacher != TeacherId::none && at->last_teacher != coming->id;
    at->warmth_found = at->last_teacher == coming->id ? school_.warmth(*at) : 0;
    at->cold_ns += step_.cold_ns;
    at->teacher = at->last_teacher = coming->id;
    set_kernel(*at, Table::Kernel::running, KernelWait::none, began);
}

}  // namespace homeroom::sim
