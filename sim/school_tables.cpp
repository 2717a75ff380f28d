// Folding what tables do, and what becomes of the clipboards.
#include "sim/school_fold.h"

namespace homeroom::sim {

void Fold::machines() {
    Counters& counters = school_.counters;
    const TableId named{static_cast<std::uint16_t>(event_.arg < tables_max ? event_.arg : 0xffffu)};
    switch (event_.kind) {
        // Machines are woken and started as searchers (runtime/idle.h, W1), unless `handed_off`
        // follows.
        case EventKind::machine_started:
        case EventKind::machine_woken:
            if (event_.kind == EventKind::machine_woken) ++counters.table_wakes;
            open_table(named);
            if (Table* woken = table(named); woken && woken->student == StudentId::none)
                set_mood(*woken, named == table_id_ ? Mood::deciding : Mood::searching);
            break;
        case EventKind::machine_parked:
        case EventKind::machine_ended:
            if (event_.kind == EventKind::machine_parked) ++counters.table_rests;
            if (Table* at = table(table_id_)) {
                if (Student* left = student(at->student)) move(*left, State::nowhere);
                if (at->clipboard != ClipboardId::none)
                    give_clipboard(at->clipboard, TableId::none);
                set_mood(*at,
                         event_.kind == EventKind::machine_ended ? Mood::closed : Mood::resting);
            }
            break;
        case EventKind::processor_acquired:
            if (Clipboard* own = clipboard(event_.p)) own->room = step_.room;
            give_clipboard(ClipboardId{event_.p}, table_id_);
            if (Table* at = table(table_id_); at && at->mood == Mood::resting)
                set_mood(*at, Mood::deciding);
            else if (Student* taught = at ? student(at->student) : nullptr)
                taught->clipboard = at->clipboard;  // its own is about to go
            break;
        case EventKind::processor_released:
            if (Clipboard* own = clipboard(event_.p)) own->room = step_.room;
            give_clipboard(ClipboardId{event_.p}, TableId::none);
            break;
        case EventKind::handed_off:
            ++counters.hand_offs;
            open_table(named);
            give_clipboard(ClipboardId{event_.p}, named);
            if (Table* to = table(named); to && to->student == StudentId::none)
                set_mood(*to, Mood::deciding);
            break;
        case EventKind::retaken:
            retake();
            break;
        case EventKind::spinning_began:
            if (Table* at = table(table_id_)) {
                if (Student* left = student(at->student)) move(*left, State::nowhere);
                set_mood(*at, Mood::searching);
            }
            break;
        case EventKind::spinning_ended:
            if (Table* at = table(table_id_); at && at->mood == Mood::searching) {
                set_mood(*at, Mood::deciding);
            }
            break;
        case EventKind::stole:
            ++counters.steals;
            counters.stolen_names += stole_count(event_.arg);
            if (Student* taken = student(id_); taken && !late(*taken)) {
                move(*taken, State::called);
                taken->table = table_id_;
            }
            break;
        case EventKind::world_stopped:
            school_.stopped = true;
            break;
        case EventKind::world_started:
            school_.stopped = false;
            resize_clipboards(event_.arg);
            break;
        case EventKind::overflowed:
            ++counters.overflows;
            break;
        case EventKind::refilled:
            ++counters.refills;
            break;
        case EventKind::preempt_asked:
            ++counters.bells;
            ++school_.monitor.bells;
            school_.monitor.last_act = now_;
            school_.monitor.last_clipboard = ClipboardId{event_.p};
            break;
        default:
            break;
    }
}

// A clipboard that goes has no holder and no names any more; if it has (native runs only), those
// events are late, and the students are on their way.
void Fold::resize_clipboards(std::size_t count) {
    if (count == 0 || count > clipboards_limit) return;
    while (school_.clipboards.size() > count) {
        const Clipboard gone = school_.clipboards.back();
        if (Student* top = student(gone.top_line)) move(*top, State::nowhere);
        for (StudentId id : gone.names)
            if (Student* listed = student(id)) move(*listed, State::nowhere);
        give_clipboard(gone.id, TableId::none);
        school_.clipboards.pop_back();
    }
    clipboard(count - 1);
}

void Fold::retake() {
    ++school_.counters.retakes;
    if (table_id_ == TableId::hall_monitor) {
        ++school_.monitor.retakes;
        school_.monitor.last_act = now_;
        school_.monitor.last_clipboard = ClipboardId{event_.p};
    }
    // Not if somebody else holds it by now (native runs only).
    const Clipboard* taken = clipboard(event_.p);
    if (taken && index(taken->holder) == event_.arg) give_clipboard(taken->id, TableId::none);
}

}  // namespace homeroom::sim
