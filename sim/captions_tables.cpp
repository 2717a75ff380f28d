// The sentences of tables, and of the clipboards and names that they take and give.
#include "sim/explain_parts.h"

namespace homeroom::sim {

namespace {

// The table could not keep its student, for want of a clipboard.
bool came_back_in_vain(const Moment& m) {
    for (std::size_t i = m.timeline.step_of_decision(m.k); i-- > 0;) {
        const Step& earlier = m.timeline.step(i);
        if (earlier.table != m.step.table || !earlier.is_decision()) continue;
        return earlier.event.kind == EventKind::unblocked;
    }
    return false;
}

std::string tables_caption(Moment& m) {
    const TableId other = m.named_table();
    m.names['a'] = m.name(other);
    switch (m.event().kind) {
        case EventKind::machine_started:
            return m.say("{A} is opened to take {c}: no other was resting.",
                         "{T} starts a new thread, {a}, for {c}: none was parked.");
        case EventKind::machine_woken:
            if (other == m.step.table) {
                return m.say("{T} gets up by itself: an alarm clock is due.",
                             "{T} wakes up by itself: a timer is due.");
            }
            return m.say("{T} wakes {a} to take {c}: somebody is ready, and nobody looks round.",
                         "{T} wakes {a} with {c}: there is work, and nobody is spinning.");
        case EventKind::machine_parked:
            if (came_back_in_vain(m)) {
                return m.say("{T} has no clipboard any more, so it rests until it is woken.",
                             "{T} has no processor any more, so it parks.");
            }
            return m.say("{T} has nothing to do and rests until it is woken.",
                         "{T} has nothing to do and parks.");
        case EventKind::machine_ended:
            return m.say("{T} is closed: the lesson is over.", "{T} ends: the run is over.");
        case EventKind::spinning_began:
            return m.say("{T} has no names left and looks round the other clipboards.",
                         "{T} has no work left and spins: it looks at the other queues.");
        case EventKind::spinning_ended:
            if (m.event().arg == 1) {
                return m.say("{T} has found somebody and stops looking round.",
                             "{T} has found work and stops spinning.");
            }
            return m.say("{T} has found nobody and stops looking round.",
                         "{T} has found no work and stops spinning.");
        default:
            return "";
    }
}

std::size_t names_on(const Moment& m, ClipboardId id) {
    const Clipboard* clipboard = m.before.find(id);
    if (!clipboard) return 0;
    return clipboard->names.size() + (clipboard->top_line != StudentId::none ? 1 : 0);
}

std::string clipboards_caption(Moment& m) {
    const bool monitor = m.step.table == TableId::hall_monitor;
    const Table* table = m.table();
    const bool away = table && table->mood == Table::Mood::errand;
    const std::size_t names = names_on(m, m.step.clipboard());
    m.names['a'] = m.name(m.named_table());
    m.names['n'] = counted(names, "name", "names");
    m.names['m'] = std::to_string(names);
    switch (m.event().kind) {
        case EventKind::processor_acquired:
            return m.say("{T} takes {c}: now it may call students.",
                         "{T} acquires {c}: now it may run coroutines.");
        case EventKind::processor_released:
            if (!monitor && (!table || table->clipboard != m.step.clipboard())) {
                return m.say("{C} lies ready: nobody needs it yet.", "{C} is idle at first.");
            }
            if (monitor || away) {
                return m.say("{T} puts {c} back: nobody waits on it.",
                             "{T} puts {c} on the idle list: it has no work.");
            }
            return m.say("{T} puts {c} back: there is nobody to call.",
                         "{T} puts {c} on the idle list: there is nothing to run.");
        case EventKind::handed_off:
            if (m.event().g != 0) {
                return m.say("{T} passes {c} to {a}: {s} is taught there and nowhere else.",
                             "{T} hands {c} to {a}: {s} is locked to that thread.");
            }
            if (names == 0) {
                return m.say("{T} passes {c} to {a}, so that others can be called meanwhile.",
                             "{T} hands {c} off to {a}, so that others can run meanwhile.");
            }
            return m.say("{T} passes {c} with {n} to {a}, so that nobody on it has to wait.",
                         "{T} hands {c} with {m} runnable off to {a}, so that they need not wait.");
        case EventKind::world_stopped:
            m.names['n'] = counted(m.event().arg, "clipboard", "clipboards");
            m.names['m'] = std::to_string(m.event().arg);
            return m.say("{S} wants {n} from now on: first all tables must stand still.",
                         "{S} sets GOMAXPROCS to {m}: the world stops.");
        case EventKind::processor_gone:
            return m.say("{C} is put away: its {n} move to the front of the bench.",
                         "{C} goes: its {m} runnable move to the global queue's head.");
        case EventKind::world_started:
            m.names['n'] = counted(m.event().arg, "clipboard", "clipboards");
            m.names['m'] = counted(m.event().arg, "processor", "processors");
            return m.say("The class has {n} from now on, and all go on.",
                         "The world goes on with {m}.");
        case EventKind::retaken:
            if (!monitor) {
                return m.say("{T} takes {c} from {a}, which is on an errand, as all must stop.",
                             "{T} retakes {c} from {a}, which is in a call: the world stops.");
            }
            return m.say("The hall monitor takes {c} from {a}, whose errand takes too long.",
                         "The monitor retakes {c} from {a}, which has been in a call too long.");
        default:
            return "";
    }
}

std::string many_names(Moment& m) {
    switch (m.event().kind) {
        case EventKind::stole: {
            const ClipboardId victim{static_cast<std::uint16_t>(stole_victim(m.event().arg))};
            const std::uint32_t count = stole_count(m.event().arg);
            const std::size_t all = names_before_theft(m);
            m.names['a'] = m.name(victim);
            m.names['n'] = std::to_string(count);
            m.names['m'] = std::to_string(all);
            const Clipboard* robbed = m.before.find(victim);
            if (robbed && robbed->top_line == m.step.student()) {
                return m.say("{T} takes {s} from the top line of {a}: {a} had no other names.",
                             "{T} steals {s} from {a}'s next slot, as its queue is empty.");
            }
            if (all <= 1) {
                return m.say("{T} takes over {s}, the only name on {a}.",
                             "{T} steals {s}, the only one in {a}'s queue.");
            }
            return m.say("{T} takes over {n} of the {m} names on {a}: half, the oldest ones.",
                         "{T} steals {n} of {m} from {a}'s queue: half, the oldest ones.");
        }
        case EventKind::overflowed:
            m.names['n'] = std::to_string(m.event().arg);
            return m.say("{C} is full: {n} names move to the bench, where all can take them.",
                         "{C}'s queue is full: {n} move to the global queue.");
        case EventKind::refilled: {
            const std::uint32_t all = bench_as_looked_at(m);
            m.names['n'] = std::to_string(m.event().arg);
            m.names['m'] = std::to_string(all);
            return m.say("{T} takes its share of the bench, {n} of {m}, as {c} has no names.",
                         "{T} moves its share of the global queue, {n} of {m}, to {c}.");
        }
        default:
            return "";
    }
}

}  // namespace

std::string table_caption(Moment& m) {
    switch (m.event().kind) {
        case EventKind::stole:
        case EventKind::overflowed:
        case EventKind::refilled:
            return many_names(m);
        case EventKind::processor_acquired:
        case EventKind::processor_released:
        case EventKind::handed_off:
        case EventKind::retaken:
        case EventKind::world_stopped:
        case EventKind::processor_gone:
        case EventKind::world_started:
            return clipboards_caption(m);
        default:
            return tables_caption(m);
    }
}

}  // namespace homeroom::sim
