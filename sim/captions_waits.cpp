// The sentences of those who begin to wait, and of those whose wait is over.
#include "sim/explain_parts.h"

namespace homeroom::sim {

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

namespace {

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

}  // namespace

std::string wait_caption(Moment& m) {
    return m.event().kind == EventKind::parked ? parked(m) : readied(m);
}

}  // namespace homeroom::sim
