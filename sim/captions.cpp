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
        case EventKind::processor_acquired:
        case EventKind::processor_released:
        case EventKind::handed_off:
        case EventKind::retaken:
        case EventKind::world_stopped:
        case EventKind::processor_gone:
        case EventKind::world_started:
        case EventKind::stole:
        case EventKind::overflowed:
        case EventKind::refilled:
            return table_caption(m);
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
