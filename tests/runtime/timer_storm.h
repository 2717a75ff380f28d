// Many coroutines set, stop and await the same few timers: a program for both worlds.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <mutex>
#include <vector>

#include "runtime/mutex.h"
#include "runtime/timer.h"
#include "runtime/wait_group.h"
#include "tests/runtime/dice.h"
#include "tests/worlds.h"

namespace homeroom {

inline constexpr Nanoseconds us = 1'000;

// Random timers, set, stopped and waited for by several coroutines: nothing fires before its
// deadline, and nothing of a setting that was taken back arrives.
template <class Os>
struct Storm {
    using Go = Runtime<Os>;
    using Count = typename Os::template Atomic<std::uint32_t>;

    struct Shared {
        BasicMutex<Os> lock;  // whoever holds it knows what the last setting was
        BasicTimer<Os> timer{1'000'000 * ms};
        Nanoseconds due = -1;  // -1: stopped, or received
    };

    Count early{0}, stale{0}, received{0}, started{0}, planned{0}, prevented{0};
    std::vector<std::unique_ptr<Shared>> timers;

    void play(std::uint64_t seed, std::uint32_t coroutines, std::uint32_t acts) {
        Dice dice(seed);
        for (int i = 0; i < 3; ++i) timers.push_back(std::make_unique<Shared>());
        for (auto& shared : timers) shared->timer.stop();
        BasicWaitGroup<Os> all;
        for (std::uint32_t i = 0; i < coroutines; ++i)
            all.go([this, acts, own = dice.below(1'000'000)] { act(own, acts); });
        all.wait();
        timers.clear();
        while (started.load(relaxed) + prevented.load(relaxed) < planned.load(relaxed))
            Go::sleep_for(10 * us);
        Go::sleep_for(2 * ms);  // the last ones are on their way out
    }

    void check(Nanoseconds time, Shared& shared) {
        received.fetch_add(1, relaxed);
        if (shared.due < 0) stale.fetch_add(1, relaxed);
        if (time < shared.due) early.fetch_add(1, relaxed);
        shared.due = -1;
    }

    void act(std::uint64_t seed, std::uint32_t acts) {
        Dice dice(seed);
        for (std::uint32_t i = 0; i < acts; ++i) {
            Shared& shared = *timers[dice.below(timers.size())];
            const auto delay = static_cast<Nanoseconds>(dice.below(60)) * us;
            const auto kind = dice.below(8);
            if (kind == 6) {
                const Nanoseconds until = Go::now() + delay;
                Go::sleep_for(delay);
                if (Go::now() < until) early.fetch_add(1, relaxed);
            } else if (kind == 7) {
                run_later(delay, dice);
            } else {
                std::lock_guard<BasicMutex<Os>> guard(shared.lock);
                const Nanoseconds now = Go::now();
                if (kind == 0) {
                    shared.timer.stop();
                    shared.due = -1;
                } else if (kind <= 2) {
                    if (auto time = shared.timer.try_receive()) check(*time, shared);
                } else {
                    shared.timer.reset(delay);
                    shared.due = now + delay;
                    if (kind == 5) check(shared.timer.receive(), shared);
                }
            }
        }
    }

    void run_later(Nanoseconds delay, Dice& dice) {
        planned.fetch_add(1, relaxed);
        const Nanoseconds due = Go::now() + delay;
        auto delayed = after_func<Os>(delay, [this, due] {
            if (Go::now() < due) early.fetch_add(1, relaxed);
            started.fetch_add(1, relaxed);
        });
        if (dice.below(3) == 0) {
            Go::yield();
            if (delayed.stop()) prevented.fetch_add(1, relaxed);
        }
    }
};

template <class Os>
void storm(std::uint64_t seed, std::uint32_t processors, std::uint32_t coroutines,
           std::uint32_t acts) {
    CAPTURE(seed);
    CAPTURE(processors);
    Setup setup;
    setup.processors = processors;
    setup.seed = seed;
    // Outlives the run: in the model its heap memory must not be the world's.
    Storm<Os> weather;
    const RunResult result = play<Os>(setup, [&] { weather.play(seed + 1, coroutines, acts); });
    REQUIRE_MESSAGE(result.outcome == Outcome::finished, result.report);
    REQUIRE(weather.early.load(relaxed) == 0);
    REQUIRE(weather.stale.load(relaxed) == 0);
    REQUIRE(weather.started.load(relaxed) + weather.prevented.load(relaxed) ==
            weather.planned.load(relaxed));
}

}  // namespace homeroom
