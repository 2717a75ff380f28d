// The sentence of each kind of decision: short enough to be read from the back row.
#include "sim/explain_parts.h"
#include "sim/wait_cycle.h"

namespace homeroom::sim {

namespace {

using State = Student::State;

// Who had to leave the top line for the student of this decision.
StudentId kicked(const Moment& m) {
    for (std::size_t i : m.details) {
        const Step& detail = m.timeline.step(i);
        if (detail.event.kind == EventKind::queued && detail.student() != m.step.student()) {
            return detail.student();
        }
    }
    return StudentId::none;
}

std::string spawned(Moment& m) {
    const StudentId parent{m.event().arg};
    const StudentId other = kicked(m);
    m.names['a'] = m.name(parent);
    m.names['b'] = where_to(m, m.step.student());
    m.names['n'] = m.name(other);
    if (m.names['b'].empty()) return m.say("{A} starts {s}.", "{A} starts {s}.");
    if (parent == StudentId::none && m.step.student() != StudentId{1}) {
        return m.say("The alarm clock starts {s}, {b}.", "The timer starts {s}: it goes to {b}.");
    }
    if (parent == StudentId::none) {
        return m.say("The lesson begins: {s} comes in, {b}.",
                     "The run begins: {s} (main) goes to {b}.");
    }
    if (other != StudentId::none) {
        return m.say("{A} starts {s}, {b}; {n} moves down to the names.",
                     "{A} starts {s}: it goes to {b} and kicks {n} into the queue.");
    }
    return m.say("{A} starts {s}: it is ready, {b}.", "{A} starts {s}: it goes to {b}.");
}

std::uint32_t found_by(const Moment& m, Look look) {
    std::uint32_t found = 0;
    for (std::size_t i : search_looks(m)) {
        const std::uint32_t arg = m.timeline.step(i).event.arg;
        if (look_of(arg) == look) found = look_found(arg);
    }
    return found;
}

std::string ran(Moment& m) {
    const Table* table = m.table();
    const bool again = table && table->last_student == m.step.student();
    switch (source_of(m.event().arg)) {
        case Source::next:
            return m.say("{T} calls {s} from the top line of {c}, which goes before all names.",
                         "{T} runs {s} from {c}'s next slot, which comes before its queue.");
        case Source::local: {
            const std::uint32_t names = found_by(m, Look::local);
            m.names['n'] = std::to_string(names);
            if (names <= 1) {
                return m.say("{T} calls {s}, the only name on {c}.",
                             "{T} runs {s}, the only one in {c}'s queue.");
            }
            return m.say("{T} calls {s}, the first of {n} names on {c}.",
                         "{T} runs {s}, the first of {n} in {c}'s queue.");
        }
        case Source::global_tick:
            return m.say(
                "{T} calls {s} from the bench, so that it is not forgotten (Go: every 61st call).",
                "{T} runs {s} from the global queue, lest it starves (Go: every 61st call).");
        case Source::global:
            if (again) {
                return m.say("{T} calls {s} again: nobody else was waiting.",
                             "{T} runs {s} again: nothing else was runnable.");
            }
            return m.say("{T} calls {s} from the bench, as {c} has no names.",
                         "{T} runs {s} from the global queue, as {c}'s queue is empty.");
        case Source::network:
            return m.say("{T} calls {s}, for whom there is post.",
                         "{T} runs {s}, whose pipe or socket has become ready.");
        case Source::stolen:
            return m.say("{T} calls {s}, whose name it has just taken over.",
                         "{T} runs {s}, which it has just stolen.");
        case Source::same:
            return m.say("{S} goes straight on at {t}: it need not wait after all.",
                         "{S} goes straight on at {t}: it need not wait after all.");
        case Source::returned:
            return m.say("{S} is back from its errand and goes on at {t}.",
                         "{S} is back from its call and goes on at {t}.");
    }
    return "";
}

std::string gave_way(Moment& m) {
    m.names['b'] = where_to(m, m.step.student());
    if (m.names['b'].empty()) m.names['b'] = m.say("ready again", "a queue");  // the run ended here
    if (m.event().kind == EventKind::preempted && m.event().arg == 1) {
        return m.say("{S} stands still, as all must: it will go on first, {b}.",
                     "{S} is preempted, as the world stops: it will be the first to go on.");
    }
    if (m.event().kind == EventKind::preempted) {
        return m.say("{S} obeys the bell and stops: now {b}.",
                     "{S} is preempted after its time slice and goes to {b}.");
    }
    if (m.event().arg == 1) {
        return m.say("{S} lets the one that it woke go first: now {b}.",
                     "{S} yields to the one that it readied and goes to {b}.");
    }
    return m.say("{S} lets others go first: now {b}.", "{S} yields and goes to {b}.");
}

std::string errand(Moment& m) {
    if (m.event().kind == EventKind::blocked) {
        if (m.event().arg == 1) {
            return m.say("{S} goes on a long errand and takes {t} along; {c} stays for others.",
                         "{S} makes a call that blocks {t}; it gives {c} away first.");
        }
        return m.say("{S} goes on an errand with {t}, which keeps {c}: it may be a short one.",
                     "{S} makes a system call; {c} stays with {t}, as most are short.");
    }
    switch (static_cast<Return>(m.event().arg)) {
        case Return::kept_processor:
            return m.say("{S} is back and goes on at once: nobody took {c} meanwhile.",
                         "{S}'s call returns; {t} still has {c}, so {s} goes on.");
        case Return::took_idle:
            return m.say("{S} is back; {c} was free, so it goes on at {t}.",
                         "{S}'s call returns; {c} was idle, so {t} takes it and goes on.");
        case Return::queued_global:
            break;
    }
    return m.say("{S} is back, but no clipboard is free: it sits down on the bench.",
                 "{S}'s call returns, but no processor is idle: to the global queue.");
}

// The table could not keep its student, for want of a clipboard.
bool came_back_in_vain(const Moment& m) {
    for (std::size_t i = m.timeline.step_of_decision(m.k); i-- > 0;) {
        const Step& earlier = m.timeline.step(i);
        if (earlier.table != m.step.table || !earlier.is_decision()) continue;
        return earlier.event.kind == EventKind::unblocked;
    }
    return false;
}

std::string tables(Moment& m) {
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

std::string clipboards(Moment& m) {
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

std::string times(Moment& m) {
    switch (m.event().kind) {
        case EventKind::preempt_asked: {
            const Table* table = m.before.find(m.named_table());
            m.names['a'] = m.name(m.named_table());
            m.names['s'] = m.name(table ? table->student : StudentId::none);
            if (!table || table->student == StudentId::none) {
                return m.say("The hall monitor rings the bell for {a}: its time slice is over.",
                             "The monitor asks {a} to give way: the time slice is over.");
            }
            return m.say("The bell rings for {s} at {a}: its time slice is over.",
                         "The monitor asks {s} on {a} to give way: its time slice is over.");
        }
        case EventKind::timer_fired:
            switch (static_cast<Fired>(m.event().arg)) {
                case Fired::function:
                    return m.say("An alarm clock on {c} rings: it calls a new student in.",
                                 "A timer on {c} is due: it starts its function.");
                case Fired::channel:
                    return m.say("An alarm clock on {c} rings for whoever waits for it.",
                                 "A timer on {c} is due: it sends the time on its channel.");
                case Fired::sleeper:
                    break;
            }
            return m.say("The alarm clock of {s} rings; it hung on {c}.",
                         "{S}'s timer on {c} is due.");
        case EventKind::worked:
            m.names['n'] = duration_text(m.event().arg);
            return m.say("{S} has worked for {n}.", "{S} has computed for {n}.");
        default:
            return "";
    }
}

std::string ends(Moment& m) {
    std::size_t left = 0;
    for (const Student& student : m.before.students) {
        if (student.id != StudentId::none && student.state != State::gone) ++left;
    }
    m.names['n'] = counted(left, "other", "others");
    switch (m.event().kind) {
        case EventKind::ended:
            if (m.event().arg == 1) {
                return m.say("{S} leaves, and the lesson goes on without it.",
                             "{S} (main) ends itself, and the run goes on without it.");
            }
            if (m.step.student() == StudentId{1}) {
                return m.say("{S} has finished, and that ends the lesson.",
                             "{S} returns from main, and that ends the run.");
            }
            return m.say("{S} has finished and goes home; {t} is free for another.",
                         "{S} ends; {t} looks for other work.");
        case EventKind::finished:
            if (left == 0)
                return m.say("The lesson is over.", "Main has returned: the run is over.");
            return m.say("The lesson is over; {n} not yet finished are sent home.",
                         "Main has returned: the run is over, and {n} are dropped.");
        case EventKind::deadlocked:
            if (left == 0) {
                return m.say("All have gone, student 1 before its time: nobody can end the lesson.",
                             "No coroutines are left, main by its own will: a deadlock.");
            }
            for (const Room& room : m.before.rooms) {
                if (!room.faulted || !room.is_copy) continue;
                m.names['a'] =
                    m.name(ClassId{static_cast<std::uint16_t>(&room - m.before.rooms.data())});
                return m.say("All wait for {a}, which an accident has ended: it will call nobody.",
                             "All wait for {a}, which a fault has ended: it will wake nobody, and "
                             "a mutex of its that is not robust stays locked.");
            }
            if (!wait_cycle(m.before).empty()) {
                return m.say("They wait for each other in a circle: nobody can ever go on.",
                             "A cycle of waiters: deadlock.");
            }
            return m.say("Everybody waits for somebody: nobody can ever be called again.",
                         "All coroutines are asleep: deadlock.");
        case EventKind::crashed:
            return m.say("An accident: the lesson ends at once for everybody.",
                         "A panic escaped from a coroutine: the run ends at once.");
        default:
            return "";
    }
}

}  // namespace

std::string caption(Moment& m) {
    switch (m.event().kind) {
        case EventKind::looked:
        case EventKind::queued:
        case EventKind::served:
        case EventKind::released:
        case EventKind::acquired:
        case EventKind::named:
        case EventKind::guarded:
        case EventKind::runnable:
            return "";  // details, never decisions
        case EventKind::spawned:
            return spawned(m);
        case EventKind::ran:
            return ran(m);
        case EventKind::yielded:
        case EventKind::preempted:
            return gave_way(m);
        case EventKind::parked:
        case EventKind::readied:
            return wait_caption(m);
        case EventKind::blocked:
        case EventKind::unblocked:
            return errand(m);
        case EventKind::machine_started:
        case EventKind::machine_parked:
        case EventKind::machine_woken:
        case EventKind::machine_ended:
        case EventKind::spinning_began:
        case EventKind::spinning_ended:
            return tables(m);
        case EventKind::processor_acquired:
        case EventKind::processor_released:
        case EventKind::handed_off:
        case EventKind::retaken:
        case EventKind::world_stopped:
        case EventKind::processor_gone:
        case EventKind::world_started:
            return clipboards(m);
        case EventKind::stole:
        case EventKind::overflowed:
        case EventKind::refilled:
            return many_names(m);
        case EventKind::preempt_asked:
        case EventKind::timer_fired:
        case EventKind::worked:
            return times(m);
        case EventKind::channel_made:
        case EventKind::sent:
        case EventKind::received:
        case EventKind::closed:
        case EventKind::mutex_made:
        case EventKind::rw_mutex_made:
        case EventKind::condition_made:
        case EventKind::semaphore_made:
        case EventKind::read_locked:
        case EventKind::read_unlocked:
        case EventKind::locked:
        case EventKind::unlocked:
        case EventKind::pipe_made:
        case EventKind::wait_group_made:
        case EventKind::counted:
        case EventKind::object_ended:
            return thing_caption(m);
        case EventKind::shared_made:
        case EventKind::read:
        case EventKind::changed:
        case EventKind::wrote:
        case EventKind::expected:
            return board_caption(m);
        case EventKind::ended:
        case EventKind::finished:
        case EventKind::deadlocked:
        case EventKind::crashed:
            return ends(m);
        case EventKind::seated:
        case EventKind::unseated:
        case EventKind::made:
        case EventKind::shared:
        case EventKind::forked:
        case EventKind::replaced:
        case EventKind::copied:
        case EventKind::returned:
        case EventKind::faulted:
        case EventKind::process_ended:
            return kernel_caption(m);
    }
    return "";
}

}  // namespace homeroom::sim
