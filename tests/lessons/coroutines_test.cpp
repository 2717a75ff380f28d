// What a coroutine may rely on from its first moment to the end of the run; in both worlds
// (worlds.h).
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "runtime/channel.h"
#include "runtime/mutex.h"
#include "runtime/wait_group.h"
#include "tests/lessons/trees.h"
#include "tests/worlds.h"

namespace homeroom {
namespace {

template <class Os>
constexpr bool is_model = !std::is_same_v<Os, NativeOs>;

}  // namespace

TEST_CASE_TEMPLATE("everyone that is spawned runs exactly once", Os, NativeOs, sim::SimOs) {
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.processors);
        CAPTURE(setup.seed);
        std::array<std::atomic<int>, 256> runs{};
        const RunResult result = play<Os>(setup, [&runs] {
            BasicWaitGroup<Os> all;
            all.go([&runs, &all] { spawn_tree<Os>(runs, all, 1); });
            all.wait();
        });
        CHECK(result.outcome == Outcome::finished);
        for (std::size_t i = 1; i < runs.size(); ++i) REQUIRE(runs[i] == 1);
    }
}

TEST_CASE_TEMPLATE("a deadlock is reported, with what each coroutine waits for", Os, NativeOs,
                   sim::SimOs) {
    for (std::uint32_t processors : {1u, 2u, 4u}) {
        CAPTURE(processors);
        Setup setup;
        setup.processors = processors;
        const RunResult result = play<Os>(setup, [] {
            BasicChannel<Os, int> channel, other;
            BasicMutex<Os> mutex;
            BasicWaitGroup<Os> all;
            mutex.lock();
            all.go([&channel] { channel.receive(); });
            all.go([&other] { other.send(1); });
            all.go([&mutex] { mutex.lock(); });
            all.wait();
        });
        CHECK(result.outcome == Outcome::deadlocked);
        CHECK(contains(result.report, "fatal error: all goroutines are asleep - deadlock!"));
        CHECK(contains(result.report, "goroutine 1 [sync.WaitGroup.Wait]:"));
        CHECK(contains(result.report, "[chan receive]:"));
        CHECK(contains(result.report, "[chan send]:"));
        CHECK(contains(result.report, "[sync.Mutex.Lock]:"));
    }
}

TEST_CASE_TEMPLATE("an exception that nobody catches ends the run and is told", Os, NativeOs,
                   sim::SimOs) {
    const RunResult panicked = play<Os>({}, [] {
        BasicChannel<Os, int> never;
        Runtime<Os>::go([] { throw Panic("the cat ate it"); });
        never.receive();
    });
    CHECK(panicked.outcome == Outcome::crashed);
    CHECK(contains(panicked.report, "panic: the cat ate it"));

    const RunResult threw = play<Os>({}, [] { throw std::runtime_error("out of paper"); });
    CHECK(threw.outcome == Outcome::crashed);
    CHECK(contains(threw.report, "out of paper"));
}

TEST_CASE_TEMPLATE("when main returns, the others are dropped", Os, NativeOs, sim::SimOs) {
    for (std::uint32_t processors : {1u, 2u, 4u}) {
        CAPTURE(processors);
        Setup setup;
        setup.processors = processors;
        static std::atomic<int> turns;  // outlives main, as the others may run a little longer
        turns = 0;
        const RunResult result = play<Os>(setup, [] {
            for (int k = 0; k < 10; ++k) {
                Runtime<Os>::go([] {
                    for (;;) {
                        ++turns;
                        Runtime<Os>::yield();
                    }
                });
            }
            for (int k = 0; k < 3; ++k) Runtime<Os>::yield();
        });
        CHECK(result.outcome == Outcome::finished);
        CHECK(turns > 0);
    }
}

TEST_CASE_TEMPLATE("each coroutine has a number of its own", Os, NativeOs, sim::SimOs) {
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.processors);
        CAPTURE(setup.seed);
        constexpr std::size_t count = 50;
        std::array<CoroutineId, count> told{}, own{};
        CoroutineId main_id = 0;
        play<Os>(setup, [&] {
            main_id = Runtime<Os>::id();
            BasicWaitGroup<Os> all;
            for (std::size_t k = 0; k < count; ++k) {
                all.add(1);
                told[k] = Runtime<Os>::go([&all, &id = own[k]] {
                    id = Runtime<Os>::id();
                    all.done();
                });
            }
            all.wait();
        });
        CHECK(main_id == 1);
        CHECK(told == own);
        std::sort(own.begin(), own.end());
        CHECK(std::adjacent_find(own.begin(), own.end()) == own.end());
    }
}

TEST_CASE_TEMPLATE("a coroutine may carry more than fits its descriptor", Os, NativeOs,
                   sim::SimOs) {
    std::uint64_t sum = 0;
    play<Os>({}, [&sum] {
        std::array<std::uint64_t, 40> luggage{};
        for (std::size_t i = 0; i < luggage.size(); ++i) luggage[i] = i;
        BasicChannel<Os, std::uint64_t> result;
        Runtime<Os>::go([luggage, &result] {
            std::uint64_t total = 0;
            for (std::uint64_t piece : luggage) total += piece;
            result.send(total);
        });
        sum = result.receive().value_or(0);
    });
    CHECK(sum == 780);
}

TEST_CASE_TEMPLATE("a coroutine finds its numbers again after every switch", Os, NativeOs,
                   sim::SimOs) {
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.processors);
        CAPTURE(setup.seed);
        std::array<double, 12> results{};
        play<Os>(setup, [&results] {
            BasicWaitGroup<Os> all;
            for (std::size_t k = 0; k < results.size(); ++k) {
                all.go([&result = results[k], k] {
                    double x = static_cast<double>(k);
                    std::uint64_t n = k;
                    for (int i = 0; i < 10; ++i) {
                        Runtime<Os>::yield();
                        x = x * 0.5 + 1.25;
                        n = n * 3 + 1;
                    }
                    result = x + static_cast<double>(n % 1000);
                });
            }
            all.wait();
        });
        for (std::size_t k = 0; k < results.size(); ++k) {
            double x = static_cast<double>(k);
            std::uint64_t n = k;
            for (int i = 0; i < 10; ++i) {
                x = x * 0.5 + 1.25;
                n = n * 3 + 1;
            }
            CHECK(results[k] == x + static_cast<double>(n % 1000));
        }
    }
}

// Rules change the order and the speed, never the result.
TEST_CASE_TEMPLATE("with any rule switched off the sums are still right", Os, NativeOs,
                   sim::SimOs) {
    for (const sim::RuleInfo& rule : sim::rule_infos()) {
        for (std::uint64_t seed = 0; seed < (is_model<Os> ? 4 : 1); ++seed) {
            CAPTURE(std::string(rule.name));
            CAPTURE(seed);
            Setup setup;
            setup.processors = 3;
            setup.seed = seed;
            setup.rules.*rule.field = false;
            std::uint64_t sum = 0;
            const RunResult result = play<Os>(setup, [&sum] {
                BasicWaitGroup<Os> all;
                for (int k = 0; k < 4; ++k) {
                    all.go([k] {
                        Runtime<Os>::work(ms / 10);
                        Runtime<Os>::block_for(ms / 10);
                        Runtime<Os>::sleep_for(ms * k / 10);
                        Runtime<Os>::call_for(ms / 10);
                        Runtime<Os>::yield();
                    });
                }
                sum = tree_sum<Os>(1, 4);
                all.wait();
            });
            CHECK(result.outcome == Outcome::finished);
            CHECK(sum == (16u + 31u) * 16u / 2u);
        }
    }
}

// Edges of the ring are met when it is small.
TEST_CASE("with a ring of two, everyone still runs exactly once") {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        CAPTURE(seed);
        Setup setup;
        setup.processors = 3;
        setup.seed = seed;
        setup.rules.ring_capacity = 2;
        std::array<std::atomic<int>, 256> runs{};
        const RunResult result = play<sim::SimOs>(setup, [&runs] {
            BasicWaitGroup<sim::SimOs> all;
            all.go([&runs, &all] { spawn_tree<sim::SimOs>(runs, all, 1); });
            all.wait();
        });
        CHECK(result.outcome == Outcome::finished);
        for (std::size_t i = 1; i < runs.size(); ++i) REQUIRE(runs[i] == 1);
    }
}

}  // namespace homeroom
