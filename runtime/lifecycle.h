// Beginning and end of a run and of its machines; the reports of a deadlock and of a crash.
#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

#include "runtime/scheduler.h"

namespace homeroom {

template <OperatingSystem Os>
Scheduler<Os>::Scheduler(const SchedulerOptions& options)
    : rules(options.rules),
      processor_count_(std::clamp(options.processors, 1u, processors_max)),
      stacks_(options.stack_bytes),
      monitor_wanted_(options.monitor) {
    for (std::uint32_t i = 0; i < processor_count_; ++i) make_processor(i);
    set_processor_count(processor_count_);
}

template <OperatingSystem Os>
void Scheduler<Os>::make_processor(std::uint32_t i) {
    processors_[i] = ::new (Os::allocate(sizeof(P))) P;
    processors_[i]->id = static_cast<std::uint8_t>(i);
}

template <OperatingSystem Os>
void Scheduler<Os>::set_processor_count(std::uint32_t count) {
    processor_count_.set(count);
    for (std::uint32_t i = 0; i < count; ++i) processor(i).set_shared(count > 1);
    coprime_count_ = 0;
    for (std::uint32_t i = 1; i <= count; ++i)
        if (std::gcd(i, count) == 1) coprimes_[coprime_count_++] = static_cast<std::uint8_t>(i);
}

template <OperatingSystem Os>
Scheduler<Os>::~Scheduler() {
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
auto Scheduler<Os>::begin() -> M& {
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
    return m;
}

template <OperatingSystem Os>
RunResult Scheduler<Os>::carry_through(M& m) {
    if (monitor_wanted_ && !Os::start_thread(&Monitor<Os>::main, this)) no_more_threads();
    machine_loop(m);
    Os::join_threads();
    if (outcome_ == Outcome::crashed) report_ += spawns_of(culprit_parent_);
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
    coroutines_.for_each([&](const G& g) {
        if (g.state.load(relaxed) == CoroutineState::parked) waiting.push_back(&g);
    });
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
        coroutines_.for_each([&](const G& g) {
            if (g.id == parent) found = &g;
        });
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

}  // namespace homeroom
