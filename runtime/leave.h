// From one coroutine to the next: how one gives way, waits, ends or makes another ready, and the
// flow of a machine, which has no coroutine of its own. Whom it leaves for is found by search.h.
#pragma once

#include <utility>

#include "runtime/scheduler.h"

namespace homeroom {

// [SECTION] Becoming ready

// Makes g findable: in the next slot, whose former occupant is kicked to the tail of the queue; or
// at the tail itself.
template <OperatingSystem Os>
template <Telling telling>
void Scheduler<Os>::put(M& m, G& g, bool next) {
    P& p = *m.processor;
    G* last = &g;
    if (next && rules.next_slot) {
        last = p.exchange_next(&g);
        trace_queued<telling>(&p, g, Queue::next);
        if (!last) return;
    }
    while (!p.queue.push(last, rules.ring_capacity)) {
        if (rules.ring_capacity - p.queue.size_hint() > rules.ring_capacity / 2) continue;
        overflow(p, *last);
        return;
    }
    trace_queued<telling>(&p, *last, Queue::local);
}

// What is new here may be somebody else's.
template <OperatingSystem Os>
void Scheduler<Os>::put_next(M& m, G& g) {
    Os::tracing() ? put<Telling::surely>(m, g, true) : put<Telling::no>(m, g, true);
    wake_one();
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

template <OperatingSystem Os>
template <Telling telling>
void Scheduler<Os>::give_way(M& m, EventKind why) {
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
    if (nothing_before_global(p)) {
        if (rules.global_tick) teller.look(&p, Look::tick, p.phase);
        teller.look(&p, Look::next, 0);
        teller.look(&p, Look::local, 0);
        found = {take_global_locked(p, RunQueue<Os, G, 256>::capacity, teller), Source::global};
    }
    lock_.unlock();
    if (may_wake()) {
        teller.hush();
        wake_another();
    }
    leave(m, g, found.g ? found : find_quick(m, teller), teller);
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
    put(m, g, false);
    leave_for_next<Telling::maybe>(m);
}

template <OperatingSystem Os>
template <Telling telling>
void Scheduler<Os>::leave_for_next(M& m) {
    Tells<telling> teller(*m.processor);
    leave(m, *m.running, find_quick(m, teller), teller);
}

template <OperatingSystem Os>
void Scheduler<Os>::suspend(M& m) {
    decide_telling<Os>([&](auto as) { this->template leave_for_next<as.value>(m); });
}

template <OperatingSystem Os>
void Scheduler<Os>::will_park(M& m, WaitReason reason, ObjectId object) {
    G& g = *m.running;
    g.wait_reason = reason;
    g.wait_object = object;
    g.state.store(CoroutineState::parked, relaxed);
    trace(EventKind::parked, m.processor, &g, pack_wait(reason, object));
}

template <OperatingSystem Os>
void Scheduler<Os>::ready(M& m, G& g) {
    check(g.state.load(relaxed) == CoroutineState::parked, "only who waits can be made ready");
    if (Os::tracing())
        trace(EventKind::readied, m.processor, &g, pack_wait(g.wait_reason, g.wait_object));
    g.state.store(CoroutineState::ready, relaxed);
    put_next(m, g);
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
void Scheduler<Os>::call(M& m, Found found, Tells<telling>& teller) {
    P& p = *m.processor;
    bool inherits = found.source == Source::next && rules.inherit;
    if (!inherits) {
        p.calls.store(p.calls.load(relaxed) + 1, relaxed);
        if (++p.phase >= rules.tick_interval) p.phase = 0;
    }
    found.g->state.store(CoroutineState::running, relaxed);
    m.running = found.g;
    teller.event(EventKind::ran, &p, found.g, pack_ran(found.source, inherits));
}

// From the coroutine g, which others may already find in a queue or at what it waits for, to the
// one found.
template <OperatingSystem Os>
template <Telling telling>
void Scheduler<Os>::leave(M& m, G& g, Found found, Tells<telling>& teller) {
    if (found.g == &g) {
        call(m, found, teller);
    } else {
        leave_for_another(m, g, found, teller);
    }
}

template <OperatingSystem Os>
template <Telling telling>
void Scheduler<Os>::leave_for_another(M& m, G& g, Found found, Tells<telling>& teller) {
    Stack& here = *g.stack;
    if (m.tied) [[unlikely]] {
        teller.hush();
        pass_on(m, found);
    } else if (found.g) {
        if (!found.g->stack) bind_stack(*m.processor, *found.g);
        if (!found.g->tied_to && found.g->stack->context.has_left()) {
            call(m, found, teller);
            Os::switch_to(here.context, found.g->stack->context);
            return;
        }
        teller.hush();
        m.called = found.g;
        m.called_source = found.source;
    } else {
        teller.hush();
        m.looked = m.processor != nullptr;
    }
    Os::switch_to(here.context, m.context);
}

// The coroutine g has returned from its closure, on its own stack. Returns when another, fresh one
// is to run on this same stack: at once, which needs no switch at all, or after the stack has lain
// among the free ones.
template <OperatingSystem Os>
template <Telling telling>
void Scheduler<Os>::finish(M& m, G& g) {
    Stack& here = *g.stack;
    if (here.overflowed()) overflowed(g);
    const bool main = g.id == 1 && !main_exited_;
    Tells<telling> teller(*m.processor);
    teller.event(EventKind::ended, m.processor, &g, g.id == 1 && !main);
    if (m.tied) [[unlikely]] {
        teller.hush();
        m.ties = 1;
        untie(m);
    }
    put_free(*m.processor, g);
    if (main) {
        teller.hush();
        lock_.lock();
        stop_locked(Outcome::finished, {});
        lock_.unlock();
    }
    Found found = find_quick(m, teller);
    if (found.g && !found.g->stack) {
        found.g->stack = &here;
        call(m, found, teller);
        return;
    }
    release_stack(*m.processor, here);
    if (found.g && !found.g->tied_to && found.g->stack->context.has_left()) {
        call(m, found, teller);
        Os::switch_to(here.context, found.g->stack->context);
    } else {
        teller.hush();
        m.called = found.g;
        m.called_source = found.source;
        m.looked = !found.g;
        Os::switch_to(here.context, m.context);
    }
}

template <OperatingSystem Os>
void Scheduler<Os>::finish(M& m, G& g) {
    decide_telling<Os>([&](auto as) { this->template finish<as.value>(m, g); });
}

// A machine's own flow.
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
            bind_stack(*m.processor, *found.g);
        else
            wait_until_left(m, *found.g);
        Tells<Telling::maybe> teller;
        call(m, found, teller);
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
