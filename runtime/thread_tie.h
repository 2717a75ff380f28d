// Tying a coroutine to its thread, for what a thread alone has (Go: LockOSThread).
//
//   - A tied coroutine waits in queues like all others. Whichever machine takes it out gives its
//     processor, with it, to the machine that it is tied to, and rests (Go: startlockedm).
//   - A machine runs nobody but its tied coroutine. When that one leaves, the processor goes to
//     another machine, with whoever was to run next, and the machine waits (Go: stoplockedm).
//
// So the order in which coroutines run stays the same; only who runs them changes, and each change
// costs two switches of threads.
//
// Where this differs from Go: a thread whose coroutine ends while tied goes on serving others. Go
// ends it, as it may have been left in a state of its own.
#pragma once

#include "runtime/scheduler.h"

namespace homeroom {

template <OperatingSystem Os>
void Scheduler<Os>::tie(M& m) {
    m.tied = m.running;
    m.running->tied_to = &m;
    ++m.ties;
}

template <OperatingSystem Os>
void Scheduler<Os>::untie(M& m) {
    if (m.ties == 0 || --m.ties > 0) return;
    m.tied->tied_to = nullptr;
    m.tied = nullptr;
}

// m's tied coroutine leaves, and `next` was to run in its place.
template <OperatingSystem Os>
void Scheduler<Os>::pass_on(M& m, Found next) {
    if (!m.processor) return;  // lost in a call
    P& p = *std::exchange(m.processor, nullptr);
    p.state.store(ProcessorState::idle, relaxed);
    if (next.g)
        start_machine(p, false, EventKind::handed_off, next);
    else
        hand_off(p);
}

// `found` may run on another machine only: that one gets the processor.
template <OperatingSystem Os>
void Scheduler<Os>::give_to_tied(M& m, Found found) {
    M& owner = *found.g->tied_to;
    P& p = *std::exchange(m.processor, nullptr);
    p.state.store(ProcessorState::idle, relaxed);
    lock_.lock();
    trace(EventKind::handed_off, &p, found.g, owner.id);
    if (std::exchange(owner.tied_rests, false)) --tied_resting_;
    owner.given_first = found.g;
    owner.given_source = found.source;
    owner.given.store(&p, release);  // pairs with rest()
    lock_.unlock();
    owner.parker.unpark();
}

template <OperatingSystem Os>
void Scheduler<Os>::rest_tied_locked(M& m) {
    m.tied_rests = true;
    ++tied_resting_;
}

}  // namespace homeroom
