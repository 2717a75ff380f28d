// The monitor (Go's sysmon): a thread that needs no processor, and looks after those that have one.
//
// It asks a coroutine that ran for a whole slice to give way, and takes processors away from calls
// that turn out to be long. It looks every 20 us; when there was nothing to do 50 times in a row,
// half as often each time, down to every 10 ms; and rests while all processors are idle.
#pragma once

#include "runtime/scheduler.h"

namespace homeroom {

template <OperatingSystem Os>
class Monitor {
public:
    static void main(void* scheduler) {
        Os::this_thread_is(monitor_thread);
        Monitor(*static_cast<Scheduler<Os>*>(scheduler)).loop();
    }

private:
    using P = Processor<Os>;
    static constexpr Nanoseconds shortest_ns = 20'000;

    // What was seen of a processor, and when it was first seen so.
    struct Seen {
        std::uint32_t calls = 0, blocking_calls = 0;
        Nanoseconds calls_since = 0, blocking_since = 0;
    };

    explicit Monitor(Scheduler<Os>& scheduler) : s_(scheduler) {}

    void loop() {
        constexpr Nanoseconds longest_ns = 10'000'000;
        constexpr std::uint32_t patience = 50;  // rounds
        Nanoseconds delay = shortest_ns;
        std::uint32_t idle_rounds = 0;
        while (!s_.ending()) {
            if (idle_rounds == 0)
                delay = shortest_ns;
            else if (idle_rounds > patience)
                delay = std::min(2 * delay, longest_ns);
            s_.monitor_parker_.park_until(Os::now() + delay);
            if (rest_if_all_idle()) {
                idle_rounds = 0;
                continue;
            }
            ask_network(Os::now());
            idle_rounds = retake(Os::now()) ? 0 : idle_rounds + 1;
        }
        stop_who_computes();
    }

    // While all machines are busy none of them asks.
    void ask_network(Nanoseconds now) {
        constexpr Nanoseconds patience_ns = 10'000'000;
        if (s_.net_.waiting.load(relaxed) == 0) return;
        Nanoseconds last = s_.net_.last_asked.load(relaxed);
        if (last == 0 || last + patience_ns > now) return;
        if (s_.net_.last_asked.compare_exchange(last, now, relaxed))
            s_.ask_network_for_all(nullptr);
    }

    bool all_idle() const {
        return s_.idle_.processors.load(relaxed) == s_.processor_count_ &&
               s_.stopping_.load(relaxed) == Scheduler<Os>::not_stopping;
    }

    bool rest_if_all_idle() {
        if (!all_idle()) return false;
        s_.lock_.lock();
        bool rest = all_idle();
        s_.monitor_rests_.store(rest, relaxed);
        s_.lock_.unlock();
        // take_idle_processor_locked ends the rest.
        while (rest && s_.monitor_rests_.load(relaxed) && !s_.ending()) s_.monitor_parker_.park();
        return rest;
    }

    // Returns true if a processor was taken from a call.
    bool retake(Nanoseconds now) {
        bool any = false;
        for (std::uint32_t i = 0; i < s_.processor_count_; ++i) {
            P& p = s_.processor(i);
            Seen& seen = seen_[i];
            ProcessorState state = p.state.load(relaxed);
            if (state == ProcessorState::idle) continue;
            bool slice_over = false;
            if (std::uint32_t calls = p.calls.load(relaxed); calls != seen.calls) {
                seen.calls = calls;
                seen.calls_since = now;
            } else if (seen.calls_since + s_.rules.slice_ns <= now) {
                slice_over = true;
                if (state == ProcessorState::running) ask_to_give_way(p);
            }
            if (state == ProcessorState::in_call && s_.rules.retake)
                any |= retake_from_call(p, seen, slice_over, now);
        }
        return any;
    }

    void ask_to_give_way(P& p) {
        if (!s_.rules.preemption) return;
        if (!p.give_way.load(relaxed)) {
            p.give_way.store(true, relaxed);
            s_.trace(EventKind::preempt_asked, &p, nullptr, p.holder.load(relaxed));
        }
        s_.interrupt(p);  // at each look: it may be refused where it hits
    }

    // At the end of a run: who computes without end would keep it from being over.
    void stop_who_computes() {
        for (bool any = Os::interrupts; any;) {
            any = false;
            for (std::uint32_t i = 0; i < s_.processor_count_; ++i) {
                P& p = s_.processor(i);
                if (p.computing.load(relaxed) == nullptr) continue;
                any = true;
                p.give_way.store(true, relaxed);
                s_.interrupt(p);
            }
            if (any) s_.monitor_parker_.park_until(Os::now() + shortest_ns);
        }
    }

    bool retake_from_call(P& p, Seen& seen, bool slice_over, Nanoseconds now) {
        std::uint32_t call = p.blocking_calls.load(relaxed);
        if (!slice_over && call != seen.blocking_calls) {
            seen.blocking_calls = call;
            seen.blocking_since = now;
            return false;
        }
        // With nothing waiting on it, and somebody else ready to take new work, it may stay a
        // while.
        bool others = s_.idle_.searchers.count() + s_.idle_.processors.load(relaxed) != 0;
        if (!p.has_work() && others && seen.blocking_since + s_.rules.slice_ns > now) return false;
        // From here on the processor may be in nobody's hands but ours. If its machine comes back
        // meanwhile and rests, all machines rest, and yet nothing is dead (Go: incidlelocked).
        set_retaking(true);
        std::uint32_t holder = p.holder.load(relaxed);
        // Acquire: pairs with enter_call's release.
        ProcessorState in_call = ProcessorState::in_call;
        const bool taken = p.state.compare_exchange(in_call, ProcessorState::idle, acquire);
        if (taken) {
            s_.trace(EventKind::retaken, &p, nullptr, holder);
            s_.hand_off(p);
        }
        set_retaking(false);
        return taken;
    }

    void set_retaking(bool retaking) {
        s_.lock_.lock();
        s_.retaking_ = retaking;
        s_.check_dead_locked();  // what a machine that came to rest meanwhile could not decide
        s_.lock_.unlock();
    }

    Scheduler<Os>& s_;
    std::array<Seen, Scheduler<Os>::processors_max> seen_{};
};

}  // namespace homeroom
