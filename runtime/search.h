// What a machine runs next: Go's findRunnable, in its order.
//
//   quick, on the leaving coroutine's stack or the machine's own:
//     1. due timers of the own processor (they make coroutines ready)
//     2. every 61st call: one from the global queue, or a busy local queue would starve it
//     3. the next slot, then the own queue
//     4. a batch from the global queue
//   long, on the machine's own stack only:
//     5. who can go on after waiting for a pipe or socket (net_wait.h)
//     6. search: four rounds over all processors in random order, half of a queue at a time;
//        timers of others and next slots only in the last round; allowed to half as many machines
//        as there are busy ones
//     7. give the processor up, look once more (idle.h), wait for the earliest timer and the
//        network, or rest
#pragma once

#include "runtime/scheduler.h"

namespace homeroom {

// Inlined where a coroutine gives way, with all that is rare in functions of its own: what an
// ordinary decision needs fits into the registers then.
template <OperatingSystem Os>
template <Telling telling>
auto Scheduler<Os>::find_quick(M& m, Tells<telling>& teller) -> Found {
    P& p = *m.processor;
    if (p.give_way.load(relaxed)) [[unlikely]]
        p.give_way.store(false, relaxed);
    if (stopping_.load(relaxed)) [[unlikely]]
        return {};
    // The clock is read only when there is a timer at all: it costs more than all the rest here.
    if (p.timers.earliest() != Timers<Os>::never) [[unlikely]] {
        teller.hush();
        run_timers_now(m, p);
    }
    if (rules.global_tick) {
        teller.look(&p, Look::tick, phase(p));
        if (p.until_tick == 0 && global_size_.load(relaxed) != 0) [[unlikely]] {
            teller.hush();
            if (G* g = take_one_global()) return {g, Source::global_tick};
        }
    }
    if (Found own = find_own(p, teller); own.g) return own;
    return find_global(p, teller);
}

template <OperatingSystem Os>
template <Telling telling>
auto Scheduler<Os>::find_global(P& p, Tells<telling>& teller) -> Found {
    if (global_size_.load(relaxed) != 0) {
        teller.hush();
        if (G* g = take_global(p)) return {g, Source::global};
    }
    teller.look(&p, Look::global, 0);
    return {};
}

template <OperatingSystem Os>
[[gnu::noinline]] auto Scheduler<Os>::take_global(P& p) -> G* {
    lock_.lock();
    G* g = take_global_locked(p);
    lock_.unlock();
    return g;
}

template <OperatingSystem Os>
[[gnu::noinline]] auto Scheduler<Os>::take_one_global() -> G* {
    lock_.lock();
    const std::uint32_t size = global_size_.load(relaxed);
    G* g = size != 0 ? global_.pop() : nullptr;
    if (g) global_size_.store(size - 1, relaxed);
    lock_.unlock();
    return g;
}

// Would find_quick come to what p itself has ready, with nothing else to do before?
template <OperatingSystem Os>
[[gnu::always_inline]] inline bool Scheduler<Os>::nothing_before_own(const P& p) const {
    return p.until_tick != 0 && p.timers.earliest() == Timers<Os>::never &&
           !p.give_way.load(relaxed) && !stopping_.load(relaxed);
}

template <OperatingSystem Os>
template <Telling telling>
auto Scheduler<Os>::find_own(P& p, Tells<telling>& teller) -> Found {
    // Only the holder fills the slot, but a thief may empty it.
    if (p.next_slot.load(relaxed)) {
        if (G* next = p.exchange_next(nullptr)) {
            teller.look(&p, Look::next, 1);
            return {next, Source::next};
        }
    }
    teller.look(&p, Look::next, 0);
    if (G* g = p.queue.take()) {
        look_ahead(p);
        if (telling != Telling::no) teller.look(&p, Look::local, 1 + p.queue.size_hint());
        return {g, Source::local};
    }
    teller.look(&p, Look::local, 0);
    return {};
}

// Fetches what the coroutines after the next will need: first themselves, nearer their turn the
// head of the stack, or the closure of one that has none yet; then the frame that its saved stack
// pointer names (tests/bench, yield1k and yield10k). What is read here may be outdated, as thieves
// are at work: it is a hint and nothing more.
template <OperatingSystem Os>
void Scheduler<Os>::look_ahead(const P& p) {
    if constexpr (requires { Os::prefetch(nullptr); }) {  // the model has no cache
        constexpr std::uint32_t sooner = 10, soon = 20, later = 32;
        const auto ahead = p.queue.ahead();
        if (ahead.size() <= sooner) return;
        if (const Stack* stack = ahead[sooner]->stack)
            if (const auto* frame =
                    static_cast<const char*>(stack->context.stack_pointer.load(relaxed))) {
                Os::prefetch(frame);
                Os::prefetch(frame + 64);
                Os::prefetch(frame + 128);
            }
        if (ahead.size() <= soon) return;
        const Stack* stack = ahead[soon]->stack;
        Os::prefetch(stack ? static_cast<const void*>(&stack->context) : &ahead[soon]->closure[16]);
        if (ahead.size() > later) Os::prefetch(ahead[later]);
    }
}

// With lock_ held: one to return, and as many as are due to this processor into its own queue,
// which is empty. Null when there is none.
template <OperatingSystem Os>
template <Telling telling>
auto Scheduler<Os>::take_global_locked(P& p, Tells<telling>& teller) -> G* {
    std::uint32_t size = global_size_.load(relaxed);
    if (size == 0) return nullptr;
    std::uint32_t n = processor_count_ == 1 ? size : size / processor_count_ + 1;
    if (n > size) n = size;
    if (n > rules.ring_capacity / 2) n = rules.ring_capacity / 2;
    global_size_.store(size - n, relaxed);
    teller.look(&p, Look::global, size);
    G* first = global_.pop();
    if (n > 1) {
        std::uint32_t moved = 0;
        const bool fits = p.queue.push_many(
            n - 1, rules.ring_capacity, [&]() __attribute__((always_inline)) {
                G* g = global_.pop();
                if constexpr (requires { Os::prefetch(nullptr); }) {
                    Os::prefetch(g);
                    if (moved++ < 21) Os::prefetch(&g->closure[16]);
                }
                teller.queued(&p, *g, Queue::local);
                return g;
            });
        check(fits, "a batch fits into an empty queue");
        teller.event(EventKind::refilled, &p, nullptr, n);
    }
    return first;
}
template <OperatingSystem Os>
auto Scheduler<Os>::take_global_locked(P& p) -> G* {
    Tells<Telling::maybe> teller;
    return take_global_locked(p, teller);
}

// Does what is due in the heap of `owner`, in the order of the deadlines; whom that makes ready is
// ready on m's processor.
template <OperatingSystem Os>
void Scheduler<Os>::run_timers(M& m, P& owner, Nanoseconds now) {
    Nanoseconds earliest = owner.timers.earliest();
    if (earliest == Timers<Os>::never) return;
    if (earliest > now && !(&owner == m.processor && owner.timers.too_many_dead())) return;
    for (;;) {
        const auto due = owner.timers.take_due(now);
        if (!due.timer) return;
        trace(EventKind::timer_fired, &owner, due.timer->sleeper,
              static_cast<std::uint32_t>(due.timer->what));
        due.timer->fire(m, *due.timer, due.setting);
    }
}

template <OperatingSystem Os>
[[gnu::noinline]] void Scheduler<Os>::run_timers_now(M& m, P& owner) {
    run_timers(m, owner, Os::now());
}

template <OperatingSystem Os>
Nanoseconds Scheduler<Os>::earliest_timer() const {
    Nanoseconds earliest = Timers<Os>::never;
    for (std::uint32_t i = 0; i < processor_count_; ++i) {
        Nanoseconds when = processors_[i]->timers.earliest();
        if (when != Timers<Os>::never && (earliest == Timers<Os>::never || when < earliest))
            earliest = when;
    }
    return earliest;
}

// Blocks until there is something to run. Null when the run is over.
template <OperatingSystem Os>
auto Scheduler<Os>::find_runnable(M& m) -> Found {
    Found found;
    for (;;) {
        if (const Stopping stopping = stopping_.load(relaxed); stopping != not_stopping) {
            if (stopping == run_ends) return {};
            if (m.processor) stop_here(m);
        }
        if (!m.processor) {
            found = rest(m);
            if (!found.g) continue;
            return found;
        }
        if (!std::exchange(m.looked, false)) {
            Tells<Telling::maybe> teller;
            found = find_quick(m, teller);
        }
        if (!found.g) found = ask_network(m);
        if (!found.g && (m.spinning || may_spin(m))) {
            if (!m.spinning) begin_spinning(m);
            found = steal(m);
        }
        if (!found.g) found = give_up(m);
        if (!found.g) continue;
        if (m.spinning) {
            end_spinning(m);  // F1
            trace(EventKind::spinning_ended, m.processor, nullptr, 1);
            wake_one();  // F2
        }
        return found;
    }
}

// Searching machines are at most half as many as busy ones, as each of them burns a core for
// nothing while it finds nothing.
template <OperatingSystem Os>
bool Scheduler<Os>::may_spin(const M& m) {
    bool may = rules.spinning &&
               2 * idle_.searchers.count() < processor_count_ - idle_.processors.load(relaxed);
    trace_look(m.processor, Look::may_spin, may);
    return may;
}

template <OperatingSystem Os>
void Scheduler<Os>::begin_spinning(M& m) {
    m.spinning = true;
    idle_.searchers.begin();
    trace(EventKind::spinning_began, m.processor, nullptr);
}

template <OperatingSystem Os>
void Scheduler<Os>::end_spinning(M& m) {
    m.spinning = false;
    idle_.searchers.end();
}

template <OperatingSystem Os>
auto Scheduler<Os>::steal(M& m) -> Found {
    constexpr std::uint32_t rounds = 4;  // Go's stealTries
    P& p = *m.processor;
    for (std::uint32_t round = 1; round <= rounds; ++round) {
        // All processors in an order that differs each time: from a random start in steps that have
        // no common divisor with their number.
        std::uint32_t victim = Os::random(processor_count_);
        std::uint32_t step = coprimes_[Os::random(coprime_count_)];
        for (std::uint32_t i = 0; i < processor_count_; ++i) {
            if (stopping_.load(relaxed)) return {};
            if (&processor(victim) != &p)
                if (Found found = steal_from(m, processor(victim), round == rounds); found.g)
                    return found;
            victim = (victim + step) % processor_count_;
        }
    }
    return {};
}

template <OperatingSystem Os>
auto Scheduler<Os>::steal_from(M& m, P& victim, bool last_round) -> Found {
    P& p = *m.processor;
    if (last_round && victim.timers.earliest() != Timers<Os>::never) {
        run_timers_now(m, victim);
        Tells<Telling::maybe> teller;
        if (p.has_work())
            if (Found own = find_own(p, teller); own.g) return own;
    }
    if (!rules.steal) return {};
    // One that is idle may be on its way to a machine, with work (hand_off).
    if (victim.state.load(relaxed) == ProcessorState::idle && !victim.has_work()) return {};

    std::array<G*, RunQueue<Os, G, 256>::capacity / 2> loot;
    std::uint32_t n = victim.queue.grab_half(loot.data());
    if (n != 0) {
        trace_look(&p, Look::victim, n, victim.id);
        for (std::uint32_t i = 0; i + 1 < n; ++i) {
            check(p.queue.push(loot[i], rules.ring_capacity),
                  "half a queue fits into an empty one");
            trace_queued(&p, *loot[i], Queue::local);
        }
        G* g = loot[n - 1];
        trace(EventKind::stole, &p, g, pack_stole(victim.id, n));
        return {g, Source::stolen};
    }
    if (!last_round) return {};

    trace_look(&p, Look::victim, 0, victim.id);
    G* g = victim.next_slot.load(relaxed);
    if (g && victim.state.load(relaxed) == ProcessorState::running) {
        // Its processor will most likely run it in a moment, and it is warm there. Give it that
        // moment: two coroutines that play ping-pong must not be torn apart at each stroke (Go
        // sleeps 3 us as well).
        constexpr Nanoseconds grace_ns = 3'000;
        for (Nanoseconds until = Os::now() + grace_ns; Os::now() < until;) Os::pause();
        g = victim.next_slot.load(relaxed);
    }
    // Acquire: pairs with the exchange in put(); what g's starter wrote is visible here.
    if (!g || !victim.next_slot.compare_exchange(g, nullptr, acquire)) return {};
    trace_look(&p, Look::victim_next, 1, victim.id);
    trace(EventKind::stole, &p, g, pack_stole(victim.id, 1));
    return {g, Source::stolen};
}

// Nothing was found: the processor goes to the idle list, and the machine waits without it. Returns
// something after all, or nothing: then the caller starts over.
template <OperatingSystem Os>
auto Scheduler<Os>::give_up(M& m) -> Found {
    P& p = *m.processor;
    lock_.lock();
    if (stopper_) [[unlikely]] {
        lock_.unlock();
        return {};
    }
    if (G* g = take_global_locked(p)) {
        lock_.unlock();
        return {g, Source::global};
    }
    if (!m.spinning && looks_again<Os>(Recheck::request) && idle_.searchers.asked_for()) {  // W3
        lock_.unlock();
        begin_spinning(m);
        return {};
    }
    m.processor = nullptr;
    release_processor_locked(p);
    lock_.unlock();
    if (m.spinning) {
        end_spinning(m);  // G1
        trace(EventKind::spinning_ended, nullptr, nullptr);
        Os::fence();                  // G2; found by tests/explore (mutations)
        Found found = look_again(m);  // G3
        if (m.processor) return found;
    }
    return wait_for_timer(m);
}

// The last look at everything (G3). With something to do m holds a processor again and searches:
// the return value is what it found already, if anything.
template <OperatingSystem Os>
auto Scheduler<Os>::look_again(M& m) -> Found {
    if (looks_again<Os>(Recheck::global_queue) && global_size_.load(relaxed) != 0) {
        lock_.lock();
        if (global_size_.load(relaxed) != 0) {
            if (P* p = take_idle_processor_locked()) {
                G* g = take_global_locked(*p);
                lock_.unlock();
                acquire_processor(m, *p);
                begin_spinning(m);
                return {g, Source::global};
            }
            idle_.searchers.ask();  // no processor for it: W3
        }
        lock_.unlock();
    }
    const bool queues = rules.steal && looks_again<Os>(Recheck::local_queues);
    for (std::uint32_t i = 0; i < processor_count_ && queues; ++i) {
        if (!processor(i).has_work()) continue;
        lock_.lock();
        P* p = take_idle_processor_locked();
        if (!p) idle_.searchers.ask();
        lock_.unlock();
        if (!p) break;
        trace_look(m.processor, Look::recheck, 1, i);
        acquire_processor(m, *p);
        begin_spinning(m);
        return {};
    }
    trace_look(m.processor, Look::recheck, 0);
    return {};
}

// One machine without a processor waits for the earliest timer and the network, on behalf of all.
// Returns with nothing: to rest, or with a processor, to search.
template <OperatingSystem Os>
auto Scheduler<Os>::wait_for_timer(M& m) -> Found {
    Nanoseconds earliest = earliest_timer();
    if (earliest == Timers<Os>::never && net_.waiting.load(relaxed) == 0) return {};
    lock_.lock();
    // Under the lock: a timer added before is seen here, and who adds one later sees the poller
    // (wake_poller).
    if (looks_again<Os>(Recheck::timer)) earliest = earliest_timer();
    const bool network = net_.is_open();
    if (poller_ || (looks_again<Os>(Recheck::end) && stopping_.load(relaxed)) ||
        (earliest == Timers<Os>::never && net_.waiting.load(relaxed) == 0)) {
        lock_.unlock();
        return {};
    }
    poller_ = &m;
    poll_until_ = earliest == Timers<Os>::never ? NetPoll<Os>::forever : earliest;
    const Nanoseconds until = poll_until_;
    if (network) net_.last_asked.store(0, relaxed);
    trace(EventKind::machine_parked, nullptr, nullptr);
    lock_.unlock();
    CoroutineList<Os> list;
    if (network)
        list = net_.ask(until);
    else
        m.parker.park_until(until);
    lock_.lock();
    poller_ = nullptr;
    if (network) net_.last_asked.store(Os::now(), relaxed);
    trace(EventKind::machine_woken, nullptr, nullptr, m.id);
    P* p = take_idle_processor_locked();
    lock_.unlock();
    if (!p) {
        inject(nullptr, list);
        return {};
    }
    acquire_processor(m, *p);
    if (!list.empty()) return run_first(m, list);
    begin_spinning(m);  // the timer may be another processor's: only searchers look there
    return {};
}

// Waits without a processor until somebody hands one over, perhaps with whom to run first, or the
// run is over.
template <OperatingSystem Os>
auto Scheduler<Os>::rest(M& m) -> Found {
    lock_.lock();
    if (ending()) {
        lock_.unlock();
        return {};
    }
    if (!m.tied || !m.given.load(relaxed)) {  // else it was given one before it came here
        if (m.tied)
            rest_tied_locked(m);
        else
            idle_.push(m);
        trace(EventKind::machine_parked, nullptr, nullptr);
        check_dead_locked();
    }
    lock_.unlock();
    // Acquire: pairs with start_machine. A late unpark meant for something else may come in
    // between.
    P* p;
    while (!(p = m.given.load(acquire)) && !ending()) m.parker.park();
    if (!p) return {};
    m.given.store(nullptr, relaxed);
    acquire_processor(m, *p);
    return {std::exchange(m.given_first, nullptr), m.given_source};
}

}  // namespace homeroom
