// Beginning and end: of a run, of its machines and coroutines; and what a coroutine does to the
// queues.
#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

#include "runtime/scheduler.h"

namespace homeroom {

// [SECTION] A run

template <OperatingSystem Os>
Scheduler<Os>::Scheduler(const SchedulerOptions& options)
    : rules(options.rules),
      processor_count_(std::clamp(options.processors, 1u, processors_max)),
      stacks_(options.stack_bytes),
      monitor_wanted_(options.monitor) {
    for (std::uint32_t i = 0; i < processor_count_; ++i) make_processor(i);
    find_coprimes();
}

template <OperatingSystem Os>
void Scheduler<Os>::make_processor(std::uint32_t i) {
    processors_[i] = ::new (Os::allocate(sizeof(P))) P;
    processors_[i]->id = static_cast<std::uint8_t>(i);
}

template <OperatingSystem Os>
void Scheduler<Os>::find_coprimes() {
    const std::uint32_t count = processor_count_;
    coprime_count_ = 0;
    for (std::uint32_t i = 1; i <= count; ++i)
        if (std::gcd(i, count) == 1) coprimes_[coprime_count_++] = static_cast<std::uint8_t>(i);
}

template <OperatingSystem Os>
Scheduler<Os>::~Scheduler() {
    while (Slab* slab = slabs_) {
        slabs_ = slab->next;
        Os::deallocate(slab->coroutines, slab->count * sizeof(G));
        Os::deallocate(slab, sizeof(Slab));
    }
    while (M* m = machines_) {
        machines_ = m->next_made;
        m->~M();
        Os::deallocate(m, sizeof(M));
    }
    for (P* p : processors_) {
        if (!p) continue;
        p->~P();
        Os::deallocate(p, sizeof(P));
    }
}

template <OperatingSystem Os>
template <class F>
RunResult Scheduler<Os>::run(F&& main) {
    void* outer = Os::self();
    lock_.lock();
    M& m = new_machine();
    lock_.unlock();
    Os::set_self(&m);
    Os::this_thread_is(m.id);
    adopt_context(m.context);
    lock_.lock();
    for (std::uint32_t i = processor_count_; i-- > 1;) release_processor_locked(processor(i));
    lock_.unlock();
    acquire_processor(m, processor(0));
    go(m, std::forward<F>(main));
    if (monitor_wanted_ && !Os::start_thread(&Monitor<Os>::main, this)) no_more_threads();
    machine_loop(m);
    Os::join_threads();
    if (outcome_ == Outcome::crashed) report_ += spawns_of(culprit_parent_);
    Os::set_self(outer);
    return {outcome_, report_};
}

template <OperatingSystem Os>
void Scheduler<Os>::machine_main(void* machine) {
    M& m = *static_cast<M*>(machine);
    Os::set_self(&m);
    Os::this_thread_is(m.id);
    adopt_context(m.context);
    P* given = m.given.load(relaxed);  // from who started this thread, which orders enough
    m.given.store(nullptr, relaxed);
    m.scheduler->acquire_processor(m, *given);
    m.called = std::exchange(m.given_first, nullptr);
    m.called_source = m.given_source;
    m.scheduler->machine_loop(m);
    trace(EventKind::machine_ended, nullptr, nullptr, m.id);
}

// With lock_ held.
template <OperatingSystem Os>
auto Scheduler<Os>::new_machine() -> M& {
    check(machine_count_ < machines_max, "more threads than anybody could want");
    M& m = *::new (Os::allocate(sizeof(M))) M;
    m.scheduler = this;
    m.id = machine_count_++;
    m.next_made = machines_;
    machines_ = &m;
    return m;
}

// With lock_ held. The first end counts. Every machine sees `stopping_` at its next scheduling
// point.
template <OperatingSystem Os>
void Scheduler<Os>::stop_locked(Outcome outcome, std::string report, const G* culprit) {
    if (ending()) return;
    outcome_ = outcome;
    report_ = std::move(report);
    stopping_.store(run_ends, relaxed);
    if (stopper_) stopper_->parker.unpark();
    trace(outcome == Outcome::finished     ? EventKind::finished
          : outcome == Outcome::deadlocked ? EventKind::deadlocked
                                           : EventKind::crashed,
          nullptr, culprit);
    for (std::uint32_t i = 0; i < processor_count_; ++i) processor(i).give_way.store(true, relaxed);
    while (M* m = idle_.pop_machine()) m->parker.unpark();
    for (M* m = machines_; m && tied_resting_ > 0; m = m->next_made)
        if (m->tied_rests) m->parker.unpark();
    interrupt_poller_locked();
    monitor_parker_.unpark();
}

// With lock_ held: do all machines rest, with no timer or descriptor to wake anybody, and no
// processor in the monitor's hands?
template <OperatingSystem Os>
void Scheduler<Os>::check_dead_locked() {
    if (idle_.machine_count + tied_resting_ < machine_count_ ||
        (retaking_ && looks_again<Os>(Recheck::retaking)) || net_.waiting.load(relaxed) != 0 ||
        earliest_timer() != Timers<Os>::never)
        return;
    stop_locked(Outcome::deadlocked, deadlock_report());
}

// As Go prints it, but for the stacks.
template <OperatingSystem Os>
std::string Scheduler<Os>::deadlock_report() const {
    std::vector<const G*> waiting;
    for (const Slab* slab = slabs_; slab; slab = slab->next)
        for (std::uint32_t i = 0; i < slab->count; ++i)
            if (slab->coroutines[i].state.load(relaxed) == CoroutineState::parked)
                waiting.push_back(&slab->coroutines[i]);
    std::sort(waiting.begin(), waiting.end(), [](const G* a, const G* b) { return a->id < b->id; });
    // Nobody waits, and nobody runs: they have all ended, main by goexit.
    if (waiting.empty())
        return "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n";
    std::string text = "fatal error: all goroutines are asleep - deadlock!\n";
    for (const G* g : waiting)
        text += "\ngoroutine " + std::to_string(g->id) + " [" + wait_reason_text(g->wait_reason) +
                "]:\n";
    return text;
}

// Who started whom, for the report of a crash: as far back as the descriptors still tell, as that
// of a coroutine that has ended serves another soon. When all machines have ended.
template <OperatingSystem Os>
std::string Scheduler<Os>::spawns_of(CoroutineId parent) const {
    std::string text;
    for (const G* found = nullptr; parent != 0; parent = found ? found->parent : 0) {
        text += "created by goroutine " + std::to_string(parent) + "\n";
        found = nullptr;
        for (const Slab* slab = slabs_; slab; slab = slab->next)
            for (std::uint32_t i = 0; i < slab->count; ++i)
                if (slab->coroutines[i].id == parent) found = &slab->coroutines[i];
    }
    return text;
}

template <OperatingSystem Os>
void Scheduler<Os>::crash(const G& g, const std::string& what) {
    lock_.lock();
    if (!ending()) culprit_parent_ = g.parent;
    stop_locked(Outcome::crashed, what + "\n\ngoroutine " + std::to_string(g.id) + " [running]:\n",
                &g);
    lock_.unlock();
}

template <OperatingSystem Os>
void Scheduler<Os>::no_more_threads() {
    lock_.lock();
    stop_locked(Outcome::crashed, "fatal error: the system refuses another thread, after " +
                                      std::to_string(machine_count_ - 1) + "\n");
    lock_.unlock();
}

// [SECTION] Descriptors and stacks

// A coroutine to be filled in, from the processor's own list.
template <OperatingSystem Os>
auto Scheduler<Os>::take_free(M& m) -> G& {
    P& p = *m.processor;
    if (!p.free_coroutines) refill_free(p);
    G& g = *p.free_coroutines;
    p.free_coroutines = g.next;
    --p.free_coroutine_count;
    if (p.next_id == p.last_id) {
        // Go hands out 16 numbers at a time to each P. Where somebody watches, numbers without gaps
        // read better.
        const CoroutineId batch = Os::tracing() ? 1 : 16;
        p.next_id = last_id_.fetch_add(batch, relaxed);
        p.last_id = p.next_id + batch;
    }
    g.id = ++p.next_id;
    return g;
}

template <OperatingSystem Os>
void Scheduler<Os>::refill_free(P& p) {
    constexpr std::uint32_t batch = 32;  // Go's gfget
    lock_.lock();
    while (free_coroutines_ && p.free_coroutine_count < batch) {
        G* g = free_coroutines_;
        free_coroutines_ = g->next;
        g->next = p.free_coroutines;
        p.free_coroutines = g;
        ++p.free_coroutine_count;
    }
    lock_.unlock();
    if (p.free_coroutines) return;

    auto* memory = static_cast<G*>(Os::allocate(batch * sizeof(G)));
    for (std::uint32_t i = batch; i-- > 0;) {
        G* g = ::new (static_cast<void*>(memory + i)) G;
        g->next = p.free_coroutines;
        p.free_coroutines = g;
    }
    p.free_coroutine_count = batch;
    auto* slab = ::new (Os::allocate(sizeof(Slab))) Slab{nullptr, batch, memory};
    lock_.lock();
    slab->next = slabs_;
    slabs_ = slab;
    lock_.unlock();
}

template <OperatingSystem Os>
void Scheduler<Os>::put_free(P& p, G& g) {
    constexpr std::uint32_t kept_max = 64, kept_after = 32;  // Go's gfput
    g.stack = nullptr;
    g.state.store(CoroutineState::free, relaxed);
    g.next = p.free_coroutines;
    p.free_coroutines = &g;
    if (++p.free_coroutine_count < kept_max) return;
    lock_.lock();
    while (p.free_coroutine_count > kept_after) {
        G* surplus = p.free_coroutines;
        p.free_coroutines = surplus->next;
        --p.free_coroutine_count;
        surplus->next = free_coroutines_;
        free_coroutines_ = surplus;
    }
    lock_.unlock();
}

// A stack for a coroutine that runs for the first time; the one that was left last, as it is still
// warm. Its flow rests where the last coroutine ended (finish), so whoever switches to it is in
// stack_main's loop at once.
template <OperatingSystem Os>
void Scheduler<Os>::bind_stack(P& p, G& g) {
    Stack* stack = p.free_stacks;
    if (stack) [[likely]] {
        p.free_stacks = stack->next;
        --p.free_stack_count;
    } else {
        stack = take_stack();
    }
    g.stack = stack;
}

template <OperatingSystem Os>
[[gnu::noinline]] Stack* Scheduler<Os>::take_stack() {
    Stack* stack = stacks_.take();
    if (!stack->context.has_left())  // nobody has run on it yet
        make_context(stack->context, stack->bottom(), stack->bytes(), &Scheduler::stack_main,
                     stack);
    return stack;
}

// The caller still runs on `stack`. That is safe: only this processor's list holds it, and this
// machine takes from that list only after having left.
template <OperatingSystem Os>
void Scheduler<Os>::release_stack(P& p, Stack& stack) {
    constexpr std::uint32_t kept_max = 64, kept_after = 32;
    if (p.free_stack_count >= kept_max)
        for (; p.free_stack_count > kept_after; --p.free_stack_count) {
            Stack* surplus = p.free_stacks;
            p.free_stacks = surplus->next;
            stacks_.give(surplus);
        }
    stack.next = p.free_stacks;
    p.free_stacks = &stack;
    ++p.free_stack_count;
}

// The flow of a stack: one coroutine after another.
template <OperatingSystem Os>
void Scheduler<Os>::stack_main(void*) {
    context_entered();
    // Told after the handler, as nobody may give way inside one; empty when finish() is called, as
    // that may not come back.
    std::string failure;
    for (;;) {
        G& g = *machine().running;
        try {
            g.invoke(g);
        } catch (const CoroutineExit&) {
            if (g.id == 1) machine().scheduler->main_exited_ = true;
        } catch (const FatalError& e) {
            failure = std::string("fatal error: ") + e.what();
        } catch (const std::exception& e) {
            failure = std::string("panic: ") + e.what();
        } catch (...) {
            failure = "panic: an exception that is not a std::exception";
        }
        if (!failure.empty()) [[unlikely]]
            machine().scheduler->crash(g, std::exchange(failure, {}));
        M& m = machine();  // not necessarily the one before
        Os::tracing() ? m.scheduler->template finish<Telling::surely>(m, g)
                      : m.scheduler->template finish<Telling::no>(m, g);
    }
}

template <OperatingSystem Os>
void Scheduler<Os>::overflowed(const G& g) {
    // This still runs on the small stack: fprintf would put a buffer of 8 kB for stderr on it.
    char text[128];
    std::snprintf(
        text, sizeof text,
        "homeroom: stack overflow of coroutine %u: give SchedulerOptions::stack_bytes more\n",
        static_cast<unsigned>(g.id));
    std::fputs(text, stderr);
    std::abort();
}

// [SECTION] Queues

// Makes g findable: in the next slot, whose former occupant is kicked to the tail of the queue; or
// at the tail itself.
template <OperatingSystem Os>
template <Telling telling>
void Scheduler<Os>::put(M& m, G& g, bool next) {
    P& p = *m.processor;
    G* last = &g;
    if (next && rules.next_slot) {
        // Release: publishes g to a thief (steal_from).
        last = p.next_slot.exchange(&g, release);
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
    g.state.store(CoroutineState::ready, relaxed);
    trace<telling>(why, &p, &g);
    global_.push(g);
    global_size_.store(global_size_.load(relaxed) + 1, relaxed);
    trace_queued<telling>(&p, g, Queue::global);
    // When all that find_quick would look at before the global queue is empty, the successor is
    // taken under the same lock.
    Found found;
    if (nothing_before_global(p)) {
        if (rules.global_tick) trace_look<telling>(&p, Look::tick, p.phase);
        trace_look<telling>(&p, Look::next, 0);
        trace_look<telling>(&p, Look::local, 0);
        found = {take_global_locked<telling>(p, RunQueue<Os, G, 256>::capacity), Source::global};
    }
    lock_.unlock();
    wake_one();
    leave<telling>(m, g, found.g ? found : find_quick<telling>(m));
}

template <OperatingSystem Os>
void Scheduler<Os>::yield_local(M& m) {
    G& g = *m.running;
    g.state.store(CoroutineState::ready, relaxed);
    trace(EventKind::yielded, m.processor, &g, 1);
    put(m, g, false);
    leave(m, g, find_quick(m));
}

template <OperatingSystem Os>
template <Telling telling>
void Scheduler<Os>::leave_for_next(M& m) {
    leave<telling>(m, *m.running, find_quick<telling>(m));
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

}  // namespace homeroom
