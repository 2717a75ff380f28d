// The sentences of channels, locks, attendance lists and what else one waits at.
#include "sim/explain_parts.h"

namespace homeroom::sim {

namespace {

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

}  // namespace

std::string thing_caption(Moment& m) {
    switch (m.event().kind) {
        case EventKind::channel_made:
        case EventKind::sent:
        case EventKind::received:
        case EventKind::closed:
            return channels(m);
        default:
            return locks(m);
    }
}

}  // namespace homeroom::sim
