// Waking machines, and calls that block a whole thread: who gets the processor meanwhile.
//
// A call that is known to block gives its processor away before it (hand-off). Another call keeps
// it wired: most are short. The monitor takes it away when the call turns out to be long
// (monitor.h, retake). Whoever moves Processor::state away from `in_call` first has it: the machine
// that comes back, or the monitor.
//
// Where this differs from Go 1.26 and later: there the state of the call lives in the goroutine and
// the taker stops its return; this is the protocol before 1.26. What a program can see of it is the
// same.
#pragma once

#include "runtime/scheduler.h"

namespace homeroom {

// Wakes a machine for new work, unless somebody searches already (idle.h, S2 and S3).
template <OperatingSystem Os>
void Scheduler<Os>::wake_another() {
    if (!rules.steal && global_size_.load(relaxed) == 0) return;  // nobody could take it
    Os::fence();  // S2; found by tests/explore (mutations)
    if (std::uint32_t others = idle_.searchers.begin_if_none(); others != 0) {  // S3, W1
        trace_look(nullptr, Look::searchers, others);
        return;
    }
    lock_.lock();
    P* p = stopping_.load(relaxed) ? nullptr : take_idle_processor_locked();  // W2
    if (!p) idle_.searchers.end_and_ask();                                    // W3
    lock_.unlock();
    if (p)
        start_machine(*p, true, EventKind::machine_woken);
    else
        trace_look(nullptr, Look::idle, 0);
}

// Gives p, which is in no list, to a machine that rests, or to a new one.
template <OperatingSystem Os>
void Scheduler<Os>::start_machine(P& p, bool spinning, EventKind why, Found first) {
    lock_.lock();
    M* m = idle_.pop_machine();
    bool is_new = !m;
    if (is_new) m = &new_machine();
    lock_.unlock();
    m->spinning = spinning;
    m->given_first = first.g;
    m->given_source = first.source;
    if (is_new) trace(EventKind::machine_started, &p, nullptr, m->id);
    if (!is_new || why == EventKind::handed_off) trace(why, &p, nullptr, m->id);
    m->given.store(&p, release);  // also publishes m->spinning; pairs with rest()
    if (!is_new) {
        m->parker.unpark();
    } else if (!Os::start_thread(&Scheduler::machine_main, m)) {
        no_more_threads();
    }
}

template <OperatingSystem Os>
void Scheduler<Os>::acquire_processor(M& m, P& p) {
    check(m.processor == nullptr, "a machine holds one processor at most");
    m.processor = &p;
    p.holder.store(m.id, relaxed);
    p.state.store(ProcessorState::running, relaxed);
    trace(EventKind::processor_acquired, &p, nullptr);
}

template <OperatingSystem Os>
void Scheduler<Os>::release_processor_locked(P& p) {
    if (stopper_) [[unlikely]] {  // T2 (world_stop.h)
        p.state.store(ProcessorState::stopped, relaxed);
        trace(EventKind::processor_released, &p, nullptr);
        if (--unstopped_ == 0) stopper_->parker.unpark();
        return;
    }
    p.state.store(ProcessorState::idle, relaxed);
    idle_.push(p);
    trace(EventKind::processor_released, &p, nullptr);
}

// Every way from idle to busy leads through here, so here the monitor is woken.
template <OperatingSystem Os>
auto Scheduler<Os>::take_idle_processor_locked(P* wanted) -> P* {
    P* p = idle_.pop_processor(wanted);
    if (p && monitor_rests_.load(relaxed)) {
        monitor_rests_.store(false, relaxed);
        monitor_parker_.unpark();
    }
    return p;
}

// Finds a new holder for p, whose machine goes or has gone into a call: at once if there is work
// for it, or if nobody would notice new work; else it goes to the idle list.
template <OperatingSystem Os>
void Scheduler<Os>::hand_off(P& p) {
    if (p.has_work() || global_size_.load(relaxed) != 0) {
        start_machine(p, false, EventKind::handed_off);
        return;
    }
    if (idle_.processors.load(relaxed) == 0 && idle_.searchers.begin_asked_if_none()) {
        start_machine(p, true, EventKind::handed_off);
        return;
    }
    lock_.lock();
    bool last = idle_.processors.load(relaxed) == processor_count_ - 1;
    bool nobody_waits = last && !poller_ &&
                        (earliest_timer() != Timers<Os>::never || net_.waiting.load(relaxed) != 0);
    if (global_size_.load(relaxed) != 0 || nobody_waits) {
        lock_.unlock();
        start_machine(p, false, EventKind::handed_off);
        return;
    }
    // W3: somebody found no processor while this one was in our hands, and was counted as a
    // searcher when we looked whether there is one.
    if (looks_again<Os>(Recheck::request_in_hand_off) && idle_.searchers.asked_for()) {
        idle_.searchers.begin();
        lock_.unlock();
        start_machine(p, true, EventKind::handed_off);
        return;
    }
    Nanoseconds when = p.timers.earliest();
    release_processor_locked(p);
    lock_.unlock();
    if (when != Timers<Os>::never) wake_poller(when);
}

template <OperatingSystem Os>
void Scheduler<Os>::wake_poller(Nanoseconds when) {
    lock_.lock();
    M* poller = poller_;
    if (poller && poll_until_ > when) interrupt_poller_locked();
    lock_.unlock();
    if (!poller) wake_one();
}

template <OperatingSystem Os>
void Scheduler<Os>::enter_call(M& m, bool known) {
    P& p = *m.processor;
    m.running->state.store(CoroutineState::blocked, relaxed);
    p.blocking_calls.store(p.blocking_calls.load(relaxed) + 1, relaxed);
    m.call_processor = &p;
    m.processor = nullptr;
    bool give_away = known && rules.hand_off;
    trace(EventKind::blocked, &p, m.running, give_away);
    if (give_away) {
        p.state.store(ProcessorState::idle, relaxed);
        hand_off(p);
        return;
    }
    // Release: what this machine did with the processor comes before the monitor may take it.
    p.state.store(ProcessorState::in_call, release);
}

template <OperatingSystem Os>
void Scheduler<Os>::leave_call(M& m) {
    G& g = *m.running;
    P* old = std::exchange(m.call_processor, nullptr);
    ProcessorState wired = ProcessorState::in_call;
    // A processor that was given away is in this state only for another machine: holder tells.
    if (old->holder.load(relaxed) == m.id &&
        old->state.compare_exchange(wired, ProcessorState::running, acquire)) {
        Return how = Return::kept_processor;
        if (std::uint32_t holder = old->holder.load(relaxed); holder == m.id) {
            m.processor = old;
        } else {
            // Between the two looks it was retaken, and is wired to that machine's call by now.
            // Whoever changes the state has it, so that one has lost it to this one.
            trace(EventKind::retaken, old, nullptr, holder);
            acquire_processor(m, *old);
            how = Return::took_idle;
        }
        g.state.store(CoroutineState::running, relaxed);
        trace(EventKind::unblocked, old, &g, static_cast<std::uint32_t>(how));
        poll(m);
        return;
    }
    lock_.lock();
    if (P* p = take_idle_processor_locked(old)) {
        lock_.unlock();
        acquire_processor(m, *p);
        g.state.store(CoroutineState::running, relaxed);
        trace(EventKind::unblocked, p, &g, static_cast<std::uint32_t>(Return::took_idle));
        return;
    }
    g.state.store(CoroutineState::ready, relaxed);
    trace(EventKind::unblocked, nullptr, &g, static_cast<std::uint32_t>(Return::queued_global));
    global_.push(g);
    global_size_.store(global_size_.load(relaxed) + 1, relaxed);
    trace_queued(nullptr, g, Queue::global);
    lock_.unlock();
    leave_for_nobody(m, {});  // without a processor: to the machine's own flow, to rest
}

}  // namespace homeroom
