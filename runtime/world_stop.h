// Stopping all machines for a moment, to change how many processors there are (GOMAXPROCS).
//
//   asking     A1. under the lock say so (`stopping_`), and count the processors that are not yet
//                  stopped: not the own one, and not the idle ones
//              A2. take those in calls: whoever changes Processor::state first has it
//              A3. ask all others to give way; wait; after 100 us do A2 and A3 again, as a
//                  coroutine may have begun after it was asked, or a call after it was looked for
//   stopping   T1. a machine that comes to a scheduling point, or is asked, keeps its coroutine as
//                  the next to run and gives its processor up
//              T2. release_processor_locked is the one way to give one up: it counts it, and the
//                  last one wakes who asked
//
// Machines that hold no processor need not stop: they can touch nothing that counts, and get no
// processor. A processor that is on its way (taken from the idle list and not yet acquired, or in
// the monitor's hands) is waited for like a running one.
#pragma once

#include "runtime/scheduler.h"

namespace homeroom {

// Returns how many there were. 0 only asks. Runs on the caller's stack: nobody waits for it to be
// left, as its coroutine runs.
template <OperatingSystem Os>
std::uint32_t Scheduler<Os>::set_processors(std::uint32_t count) {
    count = std::min(count, processors_max);
    const std::uint32_t before = processor_count_;
    if (count == 0 || count == before) return before;
    // Two at a time: one of them lets the other go first, by being stopped.
    while (!stop_world(machine(), count)) yield(machine());
    start_world(machine(), count);
    return before;
}

// False: somebody else stops it just now, or the run is over.
template <OperatingSystem Os>
bool Scheduler<Os>::stop_world(M& m, std::uint32_t wanted) {
    constexpr Nanoseconds ask_again_ns = 100'000;  // Go's
    lock_.lock();
    if (stopping_.load(relaxed) != not_stopping) {
        lock_.unlock();
        return false;
    }
    stopping_.store(world_stops, relaxed);
    stopper_ = &m;
    unstopped_ = processor_count_ - 1;
    trace(EventKind::world_stopped, m.processor, m.running, wanted);
    while (P* p = idle_.pop_processor()) {
        p->state.store(ProcessorState::stopped, relaxed);
        --unstopped_;
    }
    for (;;) {
        take_from_calls_locked(*m.processor);
        bool done = unstopped_ == 0 || ending();
        lock_.unlock();
        if (done) return !ending();
        m.parker.park_until(Os::now() + ask_again_ns);
        lock_.lock();
    }
}

// A2 and A3.
template <OperatingSystem Os>
void Scheduler<Os>::take_from_calls_locked(const P& own) {
    for (std::uint32_t i = 0; i < processor_count_; ++i) {
        P& p = processor(i);
        if (&p == &own || p.state.load(relaxed) == ProcessorState::stopped) continue;
        p.give_way.store(true, relaxed);
        interrupt(p);
        const std::uint32_t holder = p.holder.load(relaxed);
        // Acquire: pairs with enter_call's release.
        ProcessorState in_call = ProcessorState::in_call;
        if (!p.state.compare_exchange(in_call, ProcessorState::stopped, acquire)) continue;
        trace(EventKind::retaken, &p, nullptr, holder);
        --unstopped_;
    }
}

// T1, for a coroutine that runs, with lock_ held: it will be the first to go on.
template <OperatingSystem Os>
void Scheduler<Os>::stand_still_locked(M& m) {
    G& g = *m.running;
    g.state.store(CoroutineState::ready, relaxed);
    trace(EventKind::preempted, m.processor, &g, 1);
    lock_.unlock();
    if (G* kicked = put_in_slot<Telling::maybe>(*m.processor, g)) put_last(*m.processor, *kicked);
    Os::switch_to(g.stack->context, m.context);  // to the machine's own flow, and stop_here
}

// T1, for a machine in its own flow.
template <OperatingSystem Os>
void Scheduler<Os>::stop_here(M& m) {
    m.looked = false;
    lock_.lock();
    P& p = *m.processor;
    if (m.spinning) {
        end_spinning(m);
        trace(EventKind::spinning_ended, &p, nullptr);
    }
    m.processor = nullptr;
    release_processor_locked(p);
    lock_.unlock();
}

// Go's procresize and startTheWorld.
template <OperatingSystem Os>
void Scheduler<Os>::start_world(M& m, std::uint32_t count) {
    std::array<P*, processors_max> busy;
    std::uint32_t busy_count = 0;
    lock_.lock();
    if (ending()) {
        lock_.unlock();
        return;
    }
    for (std::uint32_t i = processor_count_; i < count; ++i)
        if (!processors_[i]) make_processor(i);
    if (m.processor->id >= count) {
        m.processor->state.store(ProcessorState::stopped, relaxed);
        m.processor = nullptr;
        acquire_processor(m, processor(0));
    }
    for (std::uint32_t i = count; i < processor_count_; ++i)
        retire_locked(processor(i), *m.processor);
    set_processor_count(count);
    stopper_ = nullptr;
    stopping_.store(not_stopping, relaxed);
    trace(EventKind::world_started, m.processor, m.running, count);
    for (std::uint32_t i = count; i-- > 0;) {
        P& p = processor(i);
        p.give_way.store(false, relaxed);
        if (&p == m.processor) continue;
        if (p.has_work()) {
            p.state.store(ProcessorState::idle, relaxed);
            busy[busy_count++] = &p;
        } else {
            release_processor_locked(p);
        }
    }
    lock_.unlock();
    ask_network_for_all(&m);
    while (busy_count > 0) start_machine(*busy[--busy_count], false, EventKind::machine_woken);
    // Who waited for timers on behalf of all may have given that up, and what came back from a call
    // may wait in the global queue.
    wake_one();
}

// p takes no part any more: its queue goes to the head of the global one, the next slot first of
// all, and its timers to another. It keeps its free lists, for when it comes back.
template <OperatingSystem Os>
void Scheduler<Os>::retire_locked(P& p, P& heir) {
    trace(EventKind::processor_gone, &p, nullptr);
    std::array<G*, RunQueue<Os, G, 256>::capacity + 1> all;
    std::uint32_t count = 0;
    if (G* next = p.next_slot.exchange(nullptr, relaxed)) all[count++] = next;
    while (G* g = p.queue.take()) all[count++] = g;
    for (std::uint32_t i = count; i-- > 0;) {  // each goes to the head
        global_.push_front(*all[i]);
        trace_queued(&p, *all[i], Queue::global_head);
    }
    global_size_.store(global_size_.load(relaxed) + count, relaxed);
    heir.timers.take_over(p.timers);
}

}  // namespace homeroom
