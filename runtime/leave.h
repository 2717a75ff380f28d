// From one coroutine to the next: how one gives way, waits or makes another ready, and the
// flow of a machine, which has no coroutine of its own. Whom it leaves for is found by search.h.
#pragma once

#include <utility>

#include "runtime/scheduler.h"

namespace homeroom {

// Much of this is done some ten million times in a second, so it is cut in two: what is usual, in
// functions that call nothing but at their very end, and so need no registers saved and no frame;
// and what is rare, out of line, as a call at the end.

// [SECTION] Becoming ready

// Makes g findable: in the next slot, whose former occupant is kicked to the tail of the queue.
// What is new here may be somebody else's.
template <OperatingSystem Os>
template <Telling telling>
void Scheduler<Os>::put_next(M& m, G& g) {
    P& p = *m.processor;
    if (G* last = put_in_slot<telling>(p, g)) {
        if (!p.queue.push(last, rules.ring_capacity)) [[unlikely]]
            return put_in_full(m, *last);
        trace_queued<telling>(&p, *last, Queue::local);
    }
    wake_one();
}

// Returns who is to go to the tail now: the former occupant of the slot, if any.
template <OperatingSystem Os>
template <Telling telling>
auto Scheduler<Os>::put_in_slot(P& p, G& g) -> G* {
    if (!rules.next_slot) return &g;
    G* kicked = p.exchange_next(&g);
    trace_queued<telling>(&p, g, Queue::next);
    return kicked;
}

template <OperatingSystem Os>
[[gnu::noinline]] void Scheduler<Os>::put_in_full(M& m, G& g) {
    put_last(*m.processor, g);
    wake_one();
}

// At the tail.
template <OperatingSystem Os>
void Scheduler<Os>::put_last(P& p, G& g) {
    while (!p.queue.push(&g, rules.ring_capacity)) {
        if (rules.ring_capacity - p.queue.size_hint() > rules.ring_capacity / 2) continue;
        overflow(p, g);
        return;
    }
    trace_queued(&p, g, Queue::local);
}

// The oldest half of the full queue and g go to the global queue, so that others can have them.
template <OperatingSystem Os>
[[gnu::noinline]] void Scheduler<Os>::overflow(P& p, G& g) {
    std::array<G*, RunQueue<Os, G, 256>::capacity / 2> batch;
    std::uint32_t n = p.queue.take_half_of_full(batch.data(), rules.ring_capacity);
    if (n == 0) {  // a thief made room meanwhile
        check(p.queue.push(&g, rules.ring_capacity), "a thief has made room");
        trace_queued(&p, g, Queue::local);
        return;
    }
    lock_.lock();
    for (std::uint32_t i = 0; i < n; ++i) {
        global_.push(*batch[i]);
        trace_queued(&p, *batch[i], Queue::global);
    }
    global_.push(g);
    trace_queued(&p, g, Queue::global);
    global_size_.store(global_size_.load(relaxed) + n + 1, relaxed);
    trace(EventKind::overflowed, &p, &g, n + 1);
    lock_.unlock();
}

// [SECTION] Giving way

// With one processor: nobody can steal from it, and nobody need be woken.
template <OperatingSystem Os>
template <Telling telling>
void Scheduler<Os>::give_way(M& m, EventKind why) {
    G& g = *m.running;
    P& p = *m.processor;
    if (processor_count_ > 1 || !nothing_before_own(p) || !lock_.try_lock())
        return give_way_at_length<telling>(m, why);
    if (!global_.has_room()) [[unlikely]] {
        lock_.unlock();
        return give_way_at_length<telling>(m, why);
    }
    Tells<telling> teller(p);
    g.state.store(CoroutineState::ready, relaxed);
    teller.event(why, &p, &g);
    global_.push_into_room(g);
    global_size_.store(global_size_.load(relaxed) + 1, relaxed);
    teller.queued(&p, g, Queue::global);
    if (rules.global_tick) teller.look(&p, Look::tick, phase(p));
    Found found = find_own(p, teller);
    if (!found.g) found = {take_global_locked(p, teller), Source::global};
    lock_.unlock();
    leave(m, p, found, teller);
}

template <OperatingSystem Os>
template <Telling telling>
[[gnu::noinline]] void Scheduler<Os>::give_way_at_length(M& m, EventKind why) {
    G& g = *m.running;
    P& p = *m.processor;
    lock_.lock();
    if (stopper_ && why == EventKind::preempted) [[unlikely]] {
        stand_still_locked(m);
        return;
    }
    Tells<telling> teller(p);
    g.state.store(CoroutineState::ready, relaxed);
    teller.event(why, &p, &g);
    global_.push(g);
    global_size_.store(global_size_.load(relaxed) + 1, relaxed);
    teller.queued(&p, g, Queue::global);
    // When all that find_quick would look at before the global queue is empty, the successor is
    // taken under the same lock.
    Found found;
    if (!p.has_work() && nothing_before_own(p)) {
        if (rules.global_tick) teller.look(&p, Look::tick, phase(p));
        teller.look(&p, Look::next, 0);
        teller.look(&p, Look::local, 0);
        found = {take_global_locked(p, teller), Source::global};
    }
    lock_.unlock();
    if (may_wake()) {
        teller.hush();
        wake_another();
    }
    leave(m, p, found.g ? found : find_quick(m, teller), teller);
}

template <OperatingSystem Os>
void Scheduler<Os>::give_way(M& m, EventKind why) {
    decide_telling<Os>([&](auto as) { this->template give_way<as.value>(m, why); });
}

template <OperatingSystem Os>
void Scheduler<Os>::yield_local(M& m) {
    G& g = *m.running;
    g.state.store(CoroutineState::ready, relaxed);
    trace(EventKind::yielded, m.processor, &g, 1);
    put_last(*m.processor, g);
    leave_for_next<Telling::maybe>(m);
}

template <OperatingSystem Os>
template <Telling telling>
void Scheduler<Os>::leave_for_next(M& m) {
    P& p = *m.processor;
    if (!nothing_before_own(p)) [[unlikely]]
        return leave_for_quick<telling>(m);
    Tells<telling> teller(p);
    if (rules.global_tick) teller.look(&p, Look::tick, phase(p));
    const Found found = find_own(p, teller);
    if (!found.g) {
        teller.hush();
        return leave_for_global<telling>(m);
    }
    leave(m, p, found, teller);
}

template <OperatingSystem Os>
template <Telling telling>
[[gnu::noinline]] void Scheduler<Os>::leave_for_quick(M& m) {
    Tells<telling> teller(*m.processor);
    leave(m, *m.processor, find_quick(m, teller), teller);
}

template <OperatingSystem Os>
template <Telling telling>
[[gnu::noinline]] void Scheduler<Os>::leave_for_global(M& m) {
    Tells<telling> teller(*m.processor);
    leave(m, *m.processor, find_global(*m.processor, teller), teller);
}

template <OperatingSystem Os>
void Scheduler<Os>::suspend(M& m) {
    decide_telling<Os>([&](auto as) { this->template leave_for_next<as.value>(m); });
}

template <OperatingSystem Os>
void Scheduler<Os>::ready(M& m, G& g) {
    check(g.state.load(relaxed) == CoroutineState::parked, "only who waits can be made ready");
    g.state.store(CoroutineState::ready, relaxed);
    if (Os::tracing()) [[unlikely]]
        return tell_and_put_next(m, g, EventKind::readied, pack_wait(g.wait_reason, g.wait_object));
    put_next<Telling::no>(m, g);
}

// g has been filled in: it begins.
template <OperatingSystem Os>
void Scheduler<Os>::launch(M& m, G& g, CoroutineId parent) {
    g.parent = parent;
    g.state.store(CoroutineState::ready, relaxed);
    if (Os::tracing()) [[unlikely]]
        return tell_and_put_next(m, g, EventKind::spawned, parent);
    put_next<Telling::no>(m, g);
}

template <OperatingSystem Os>
[[gnu::noinline]] void Scheduler<Os>::tell_and_put_next(M& m, G& g, EventKind kind,
                                                        std::uint32_t arg) {
    trace(kind, m.processor, &g, arg);
    put_next<Telling::surely>(m, g);
}

template <OperatingSystem Os>
void Scheduler<Os>::sleep_until(M& m, Nanoseconds when) {
    TimerNode<Os> timer;
    timer.sleeper = m.running;
    timer.fire = [](M& finder, TimerNode<Os>& due, std::uint32_t) {
        finder.scheduler->ready(finder, *due.sleeper);
    };
    will_park(m, WaitReason::sleep, 0);
    if (m.processor->timers.add(timer, when)) wake_poller(when);
    suspend(m);
}

// [SECTION] Leaving

// Notes that g, which is in no queue any more, runs on m from now on.
template <OperatingSystem Os>
template <Telling telling>
void Scheduler<Os>::call(M& m, P& p, Found found, Tells<telling>& teller) {
    bool inherits = found.source == Source::next && rules.inherit;
    if (!inherits) {
        p.calls.store(p.calls.load(relaxed) + 1, relaxed);
        if (p.until_tick == 0) p.until_tick = rules.tick_interval;
        --p.until_tick;
    }
    found.g->state.store(CoroutineState::running, relaxed);
    m.running = found.g;
    teller.event(EventKind::ran, &p, found.g, pack_ran(found.source, inherits));
}

// From the running coroutine, which others may already find in a queue or at what it waits for, to
// the one found.
template <OperatingSystem Os>
template <Telling telling>
void Scheduler<Os>::leave(M& m, P& p, Found found, Tells<telling>& teller) {
    const G& g = *m.running;
    if (!found.g || (m.tied && found.g != &g)) [[unlikely]] {
        teller.hush();
        return leave_for_nobody(m, found);
    }
    if (found.g == &g) return call(m, p, found, teller);
    if (!found.g->stack) {
        Stack* stack = p.free_stacks.take();
        if (!stack) [[unlikely]] {
            teller.hush();
            return leave_for_new_stack(m, found);
        }
        found.g->stack = stack;
    }
    Stack& there = *found.g->stack;
    if (found.g->tied_to || !there.context.has_left()) [[unlikely]] {
        teller.hush();
        return leave_for_later(m, found);
    }
    Stack& here = *g.stack;
    call(m, p, found, teller);
    Os::switch_to(here.context, there.context);
}

template <OperatingSystem Os>
[[gnu::noinline]] void Scheduler<Os>::leave_for_new_stack(M& m, Found found) {
    found.g->stack = &take_stack(*m.processor);
    Tells<Telling::maybe> teller;
    leave(m, *m.processor, found, teller);
}

// For the machine's own flow, which may wait for the one that was found.
template <OperatingSystem Os>
[[gnu::noinline]] void Scheduler<Os>::leave_for_later(M& m, Found found) {
    m.called = found.g;
    m.called_source = found.source;
    Os::switch_to(m.running->stack->context, m.context);
}

// For the machine's own flow, which may search; or which is tied to the one that leaves, and runs
// no other.
template <OperatingSystem Os>
[[gnu::noinline]] void Scheduler<Os>::leave_for_nobody(M& m, Found found) {
    Stack& here = *m.running->stack;
    if (m.tied)
        pass_on(m, found);
    else
        m.looked = m.processor != nullptr;
    Os::switch_to(here.context, m.context);
}

// [SECTION] A machine's own flow

template <OperatingSystem Os>
void Scheduler<Os>::machine_loop(M& m) {
    for (;;) {
        m.running = nullptr;
        Found found =
            m.called ? Found{std::exchange(m.called, nullptr), m.called_source} : find_runnable(m);
        if (!found.g) return;
        if (found.g->tied_to && found.g->tied_to != &m) [[unlikely]] {
            give_to_tied(m, found);
            continue;
        }
        if (!found.g->stack)
            found.g->stack = &take_stack(*m.processor);
        else
            wait_until_left(m, *found.g);
        Tells<Telling::maybe> teller;
        call(m, *m.processor, found, teller);
        Os::switch_to(m.context, found.g->stack->context);
    }
}

// g was found before its last machine had quite left its stack.
template <OperatingSystem Os>
void Scheduler<Os>::wait_until_left(M& m, const G& g) {
    for (std::uint32_t turn = 1; !g.stack->context.has_left(); ++turn) {
        if (!looks_again<Os>(Recheck::has_left)) return;
        // That machine is a few instructions away, unless the system took its core: then let it
        // have ours.
        if (turn % 256 == 0)
            m.parker.park_until(Os::now() + 20'000);
        else
            Os::pause();
    }
}

}  // namespace homeroom
