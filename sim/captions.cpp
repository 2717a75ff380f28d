// The sentence of each kind of decision: short enough to be read from the back row.
#include "sim/explain_parts.h"
#include "sim/wait_cycle.h"

namespace homeroom::sim {

namespace {

using State = Student::State;

// Where a `queued` detail of this decision put the student; "" when it does not say.
std::string where_to(const Moment& m, StudentId id) {
    std::string where;
    for (std::size_t i : m.details) {
        const Step& detail = m.timeline.step(i);
        if (detail.event.kind != EventKind::queued || detail.student() != id) continue;
        const std::string on = m.name(detail.clipboard());
        Moment told = m;
        told.names['b'] = on;
        switch (static_cast<Queue>(detail.event.arg)) {
            case Queue::next:
                return told.say("on the top line of {b}", "{b}'s next slot");
            case Queue::local:
                return told.say("below the names on {b}", "the tail of {b}'s queue");
            case Queue::global:
                return told.say("at the end of the bench", "the global queue");
            case Queue::global_head:
                return told.say("at the front of the bench", "the global queue's head");
        }
    }
    return where;
}

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

std::string parked(Moment& m) {
    const ObjectId id = wait_object_of(m.event().arg);
    const Thing* thing = m.before.find_thing(id);
    m.names['o'] = m.object(id);
    m.names['n'] = thing ? std::to_string(thing->count) : "0";
    m.names['a'] = thing ? m.name(thing->holder) : m.name(StudentId::none);
    const bool unbuffered = thing && thing->capacity == 0;
    switch (wait_reason_of(m.event().arg)) {
        case WaitReason::sleep:
            return m.say("{S} sets its alarm clock and sleeps; {t} is free for others.",
                         "{S} sleeps on a timer of {c}; {t} is free for others.");
        case WaitReason::channel_send:
            if (unbuffered) {
                return m.say("{S} waits at {o} to hand something over: nobody is there to take it.",
                             "{S} parks sending on {o}: no receiver is waiting.");
            }
            return m.say("{S} waits at {o} to hand something over: all {n} places are taken.",
                         "{S} parks sending on {o}: its buffer of {n} is full.");
        case WaitReason::channel_receive:
            return m.say("{S} waits at {o}: there is nothing to take yet.",
                         "{S} parks receiving from {o}: it is empty.");
        case WaitReason::channel_nil:
            return m.say("{S} waits at a channel that does not exist: for ever.",
                         "{S} parks on a nil channel: for ever.");
        case WaitReason::channel_nil_send:
            return m.say("{S} would hand something to a channel that does not exist: for ever.",
                         "{S} parks sending on a nil channel: for ever.");
        case WaitReason::select:
            return m.say("{S} waits at several channels at once: nobody is ready at any of them.",
                         "{S} parks in a select: none of its cases is ready.");
        case WaitReason::select_no_cases:
            return m.say("{S} waits for nothing at all: for ever.",
                         "{S} parks in a select without cases: for ever.");
        case WaitReason::rw_mutex_read:
            return m.say("{S} waits to read: at {o}, somebody who writes goes first.",
                         "{S} parks read-locking {o}: a writer is pending.");
        case WaitReason::rw_mutex_write:
            return m.say("{S} waits to write until those who read at {o} have left.",
                         "{S} parks locking {o}: it waits for the readers to leave.");
        case WaitReason::condition:
            return m.say("{S} waits for {o} to be struck; {t} is free for others.",
                         "{S} parks on {o} until somebody signals it.");
        case WaitReason::mutex:
            if (thing && thing->kind == Thing::Kind::rw_lock) {
                return m.say("{S} waits to write: another writer is before it at {o}.",
                             "{S} parks on {o}, behind another writer.");
            }
            if (const Student* student = m.before.find(m.step.student());
                thing && student && student->woken_from == id) {
                return m.say("{S} must wait again, first in line: {a} was faster to take {o}.",
                             "{S} parks again at the front: {a} barged in and holds {o}.");
            }
            if (thing && thing->holder == StudentId::none) {
                return m.say("{S} waits in line for {o}, which is just being handed on.",
                             "{S} parks on {o}, which is just being handed on.");
            }
            return m.say("{S} waits in line for {o}, which {a} has.",
                         "{S} parks on {o}, which {a} holds.");
        case WaitReason::wait_group:
            return m.say("{S} waits for those who are missing on {o}: {n}.",
                         "{S} waits for {o}, whose counter is {n}.");
        case WaitReason::io:
            return m.say("{S} waits for post at {o}; {t} is free for others.",
                         "{S} parks until {o} is ready; {t} is free for others.");
        case WaitReason::semaphore:
            return m.say("{S} waits for a permit at {o}.", "{S} parks on {o}: its count is zero.");
        case WaitReason::timer:
            return m.say("{S} waits until an alarm clock rings; {t} is free for others.",
                         "{S} parks on the channel of a timer; {t} is free for others.");
        case WaitReason::none:
            break;
    }
    return m.say("{S} steps aside to wait.", "{S} parks.");
}

std::string readied(Moment& m) {
    const ObjectId id = wait_object_of(m.event().arg);
    const Thing* thing = m.before.find_thing(id);
    const Table* table = m.table();
    const StudentId waker = table ? table->student : StudentId::none;
    m.names['o'] = m.object(id);
    m.names['a'] = m.name(waker);
    m.names['b'] = where_to(m, m.step.student());
    if (m.names['b'].empty()) m.names['b'] = m.say("ready", "runnable");
    const bool closed = thing && !thing->open;
    switch (wait_reason_of(m.event().arg)) {
        case WaitReason::sleep:
        case WaitReason::timer:
            return m.say("{S} wakes up and is ready, {b}.",
                         "{S} becomes runnable and goes to {b}.");
        case WaitReason::channel_send:
            if (closed) break;
            return m.say("{A} made room in {o}: {s} is ready, {b}.",
                         "{A} received from {o}: sender {s} goes to {b}.");
        case WaitReason::channel_receive:
            if (closed) {
                return m.say("{O} is closed, so {s} need not wait: now {b}.",
                             "{O} was closed: receiver {s} goes to {b}.");
            }
            return m.say("{A} handed {s} what it waited for: {s} is ready, {b}.",
                         "{A} sent to receiver {s}, which goes to {b}.");
        case WaitReason::select:
            if (id == 0) {
                return m.say("An alarm clock rings, so {s} need not wait any more: now {b}.",
                             "A timer ends the select of {s}: it goes to {b}.");
            }
            if (closed) {
                return m.say("{O} is closed, so {s} need not wait: now {b}.",
                             "{O} was closed, which ends the select of {s}: to {b}.");
            }
            return m.say("{A} meets {s} at {o}: {s} is ready, {b}.",
                         "{A} meets {s}'s select on {o}: {s} goes to {b}.");
        case WaitReason::rw_mutex_read:
            return m.say("{A} has written, so {s} may read: now {b}.",
                         "{A} unlocks {o}: reader {s} goes to {b}.");
        case WaitReason::rw_mutex_write:
            return m.say("{A} was the last to read at {o}: {s} may write, {b}.",
                         "{A} was the last reader of {o}: writer {s} goes to {b}.");
        case WaitReason::condition:
            return m.say("{A} strikes {o}: {s} is ready, {b}.",
                         "{A} signals {o}: {s} goes to {b}.");
        case WaitReason::semaphore:
            return m.say("{A} wakes {s}, the first in line for {o}: now {b}.",
                         "{A} releases {o}: {s}, its first waiter, goes to {b}.");
        case WaitReason::mutex:
            return m.say("{A} wakes {s}, the first in line for {o}: now {b}.",
                         "{A} readies {s}, the first waiter of {o}; it goes to {b}.");
        case WaitReason::wait_group:
            return m.say("Nobody is missing any more: {s} is ready, {b}.",
                         "{O} is down to zero: {s} goes to {b}.");
        default:
            break;
    }
    return m.say("{A} wakes {s}: now {b}.", "{A} readies {s}: it goes to {b}.");
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

std::string channels(Moment& m) {
    const ObjectId id = object_of(m.event().arg);
    const std::uint32_t count = object_count(m.event().arg);
    const Thing* thing = m.before.find_thing(id);
    const std::size_t waiting = thing ? thing->queue.size() : 0;
    const std::uint32_t capacity = thing ? thing->capacity : 0;
    m.names['o'] = m.object(id);
    m.names['n'] = std::to_string(count);
    m.names['m'] = std::to_string(capacity);
    m.names['a'] = m.name(waiting ? thing->queue.front() : StudentId::none);
    const StudentId first = waiting ? thing->queue.front() : StudentId::none;
    const Student* other = m.before.find(first);
    switch (m.event().kind) {
        case EventKind::channel_made:
            if (count == 0) {
                return m.say("{O} is set up without room inside: giver and taker must meet.",
                             "{O} is made, unbuffered: sender and receiver must meet.");
            }
            return m.say("{O} is set up with room for {n}.", "{O} is made with a buffer of {n}.");
        case EventKind::sent:
            if (other && other->reason == WaitReason::select) {
                return m.say("{S} hands something over at {o}.", "{S} sends on {o}.");
            }
            if (other && other->reason == WaitReason::channel_receive) {
                return m.say("{S} hands something to {a}, who was waiting at {o}.",
                             "{S} sends on {o} directly to {a}, which was waiting.");
            }
            if (capacity == 0)
                return m.say("{S} hands something over at {o}.", "{S} sends on {o}.");
            return m.say("{S} puts something into {o}: {n} of {m} places taken.",
                         "{S} sends into {o}'s buffer: {n} of {m}.");
        case EventKind::received:
            if (other && other->reason == WaitReason::channel_send) {
                return m.say("{S} takes something at {o}; {a} was waiting to hand over.",
                             "{S} receives from {o}; sender {a} was waiting.");
            }
            if (capacity == 0)
                return m.say("{S} takes something at {o}.", "{S} receives from {o}.");
            return m.say("{S} takes something out of {o}: {n} of {m} places taken.",
                         "{S} receives from {o}'s buffer: {n} of {m} left.");
        case EventKind::closed:
            if (waiting == 0) {
                return m.say("{S} closes {o}: nothing more will come.",
                             "{S} closes {o}; nobody was waiting.");
            }
            m.names['n'] = std::to_string(waiting);
            return m.say(
                "{S} closes {o}: nothing more will come, and the {n} waiting there may go.",
                "{S} closes {o} and readies its {n} waiters.");
        default:
            return "";
    }
}

std::string reading_locks(Moment& m) {
    const std::uint32_t readers = object_count(m.event().arg);
    if (m.event().kind == EventKind::locked) {
        return m.say("{S} takes {o} to write: nobody else is in.", "{S} locks {o} for writing.");
    }
    if (m.event().kind == EventKind::unlocked) {
        return m.say("{S} has written and gives {o} back.", "{S} unlocks {o} after writing.");
    }
    if (m.event().kind == EventKind::read_locked) {
        m.names['n'] = counted(readers, "student reads", "students read");
        m.names['m'] = counted(readers, "reader", "readers");
        return m.say("{S} comes in to read: {n} at {o} now.", "{S} read-locks {o}: {m} now.");
    }
    m.names['n'] = readers == 0 ? m.say("nobody", "nobody") : std::to_string(readers);
    return m.say("{S} has read and leaves {o}: {n} left.", "{S} read-unlocks {o}: {n} left.");
}

std::string locks(Moment& m) {
    const ObjectId id = object_of(m.event().arg);
    const std::uint32_t count = object_count(m.event().arg);
    const Thing* thing = m.before.find_thing(id);
    const std::size_t waiting = thing ? thing->queue.size() : 0;
    const std::uint32_t last = thing ? thing->count : 0;
    m.names['o'] = m.object(id);
    m.names['n'] = std::to_string(count);
    const EventKind kind = m.event().kind;
    const bool writes = kind == EventKind::locked || kind == EventKind::unlocked;
    if (writes && thing && thing->kind == Thing::Kind::rw_lock) return reading_locks(m);
    switch (kind) {
        case EventKind::mutex_made:
            return m.say("{O} is hung on the board.", "{O} is made.");
        case EventKind::rw_mutex_made:
            return m.say("{O} is hung on the board: many may read, or one may write.",
                         "{O} is made: for many readers or one writer.");
        case EventKind::condition_made:
            return m.say("{O} is hung up: who waits for it can be woken by a stroke.",
                         "{O} is made.");
        case EventKind::semaphore_made:
            return m.say("{O} is put up: places for {n} at a time.", "{O} is made with {n}.");
        case EventKind::locked:
            return m.say("{S} takes {o}: nobody had it.", "{S} locks {o}: it was free.");
        case EventKind::unlocked:
            if (waiting == 0) {
                return m.say("{S} gives {o} back; nobody waits for it.",
                             "{S} unlocks {o}; no waiters.");
            }
            m.names['n'] = counted(waiting, "student waits", "students wait");
            m.names['m'] = counted(waiting, "waiter", "waiters");
            return m.say("{S} gives {o} back; {n} in line.", "{S} unlocks {o}, which has {m}.");
        case EventKind::read_locked:
        case EventKind::read_unlocked:
            return reading_locks(m);
        case EventKind::pipe_made:
            return m.say("{O} is put up: what comes through it comes by post.",
                         "{O} is made: the network poller watches it.");
        case EventKind::wait_group_made:
            return m.say("{O} is put up: it counts who is still to come.", "{O} is made, at zero.");
        case EventKind::counted:
            if (thing && thing->kind == Thing::Kind::semaphore) {
                if (count < last) {
                    return m.say("{S} takes a permit from {o}: {n} left.",
                                 "{S} acquires {o}: {n} left.");
                }
                return m.say("{S} gives a permit back to {o}: {n} there.",
                             "{S} releases {o}: {n} there.");
            }
            if (count > last) {
                return m.say("{S} adds to {o}: {n} to wait for.", "{S} adds to {o}: {n}.");
            }
            if (count == 0) {
                return m.say("{S} ticks itself off on {o}: nobody is missing any more.",
                             "{S} is done: {o} is down to zero.");
            }
            return m.say("{S} ticks itself off on {o}: {n} still missing.",
                         "{S} is done: {o} is at {n}.");
        case EventKind::object_ended:
            return m.say("{O} is no longer needed.", "{O} is destroyed.");
        default:
            return "";
    }
}

std::string teachers(Moment& m) {
    const TeacherId id{static_cast<std::uint16_t>(m.event().arg)};
    const Teacher* teacher =
        index(id) < m.before.teachers.size() ? &m.before.teachers[index(id)] : nullptr;
    m.names['a'] = m.name(id);
    if (m.event().kind == EventKind::seated) {
        const TableId from = !teacher                          ? TableId::none
                             : teacher->table != TableId::none ? teacher->table
                                                               : teacher->last_table;
        m.names['b'] = m.name(from);
        if (from == TableId::none) {
            return m.say("{A} comes to {t}.", "{A} begins to run {t}.");
        }
        if (from == m.step.table) {
            return m.say("{A} goes on at {t}.", "{A} goes on with {t}.");
        }
        if (teacher && teacher->room_before() != m.step.room) {
            m.names['k'] = m.name(m.step.room);
            if (m.step.tlb_refilled)
                return m.say("{A} walks from {b} to {t} in {k}, and must learn its plan again.",
                             "{A} switches from {b} to {t} of {k}: another address space, and its "
                             "translations are gone.");
            return m.say("{A} walks from {b} to {t} in {k}, whose plan it still has in mind.",
                         "{A} switches from {b} to {t} of {k}: another address space, whose "
                         "translations were kept.");
        }
        return m.say("{A} walks from {b} to {t}: a context switch.",
                     "{A} switches from {b} to {t}: a context switch.");
    }
    switch (static_cast<Unseat>(m.event().p)) {
        case Unseat::rested:
            return m.say("{A} leaves {t}, which rests.", "{T} sleeps; {a} is free.");
        case Unseat::blocked:
            return m.say("{A} leaves {t}, which is away on an errand.",
                         "{T} is blocked in a call; {a} is free.");
        case Unseat::time_up:
            return m.say("{A} must leave {t}: other tables wait for a teacher.",
                         "{T} has used up its time on {a}: other threads wait.");
        case Unseat::ended:
            return m.say("{A} leaves {t}, which is closed.", "{T} has ended; {a} is free.");
    }
    return "";
}

// What the kernel makes for a class, and what a table takes from its class instead.
std::string made(Moment& m) {
    m.names['k'] = m.name(m.step.room);
    m.names['b'] = bytes_text(m.event().arg);
    switch (static_cast<KernelItem>(m.event().p)) {
        case KernelItem::task:
            return m.say("{K}: a file card for a table is written (task_struct, {b}).",
                         "{K}: a task_struct is made ({b}).");
        case KernelItem::kernel_stack:
            return m.say("{K}: a drawer for the head teacher's papers (kernel stack, {b}).",
                         "{K}: a kernel stack is made ({b}).");
        case KernelItem::memory:
            return m.say("{K}: a floor plan of its own is begun (mm_struct, {b}).",
                         "{K}: an address space is made (mm_struct, {b}).");
        case KernelItem::region:
            return m.say("{K}: a part of the room is marked off on the plan (region of {b}).",
                         "{K}: a region of {b} is added to the address space.");
        case KernelItem::page_table:
            return m.say("{K}: a page of the plan is drawn (page table, {b}).",
                         "{K}: a page table is made ({b}).");
        case KernelItem::files:
            return m.say("{K}: a cupboard of its own is put up (files_struct, {b}).",
                         "{K}: a table of descriptors is made (files_struct, {b}).");
    }
    return "";
}

std::string shared(Moment& m) {
    m.names['k'] = m.name(m.step.room);
    m.names['n'] = std::to_string(m.event().arg);
    if (static_cast<KernelItem>(m.event().p) == KernelItem::files)
        return m.say("{K}: no new cupboard: {n} tables use the one that is there.",
                     "{K}: no new files_struct: {n} threads share it.");
    return m.say("{K}: no new plan: {n} tables use the one that is there.",
                 "{K}: no new mm_struct: {n} threads share it.");
}

std::string of_class(Moment& m) {
    m.names['k'] = m.name(m.step.room);
    m.names['n'] = std::to_string(m.event().arg);
    switch (m.event().kind) {
        case EventKind::made:
            return made(m);
        case EventKind::shared:
            return shared(m);
        case EventKind::faulted:
            return m.say(
                "{T} reaches through the wall of {k}: all of {k} is sent home, and nobody "
                "else.",
                "{T} touches an address outside of {k}: SIGSEGV ends the process, and no "
                "other.");
        default:
            return m.say("{K} is closed, and what it had is taken apart (status {n}).",
                         "{K} has ended with status {n}; the kernel frees what it had.");
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
            return "";  // details, never decisions
        case EventKind::spawned:
            return spawned(m);
        case EventKind::ran:
            return ran(m);
        case EventKind::yielded:
        case EventKind::preempted:
            return gave_way(m);
        case EventKind::parked:
            return parked(m);
        case EventKind::readied:
            return readied(m);
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
            return channels(m);
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
            return locks(m);
        case EventKind::shared_made:
        case EventKind::read:
        case EventKind::changed:
        case EventKind::wrote:
        case EventKind::expected:
            return board_caption(m);
        case EventKind::seated:
        case EventKind::unseated:
            return teachers(m);
        case EventKind::ended:
        case EventKind::finished:
        case EventKind::deadlocked:
        case EventKind::crashed:
            return ends(m);
        case EventKind::made:
        case EventKind::shared:
        case EventKind::faulted:
        case EventKind::process_ended:
            return of_class(m);
    }
    return "";
}

}  // namespace homeroom::sim
