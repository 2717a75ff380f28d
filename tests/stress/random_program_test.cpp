// Random programs, natively, on one to eight processors: those that the searches of the model play.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "runtime/channel.h"
#include "runtime/native_os.h"
#include "runtime/wait_group.h"
#include "sim/choosers.h"
#include "sim/random_actions.h"
#include "tests/stress/sizes.h"

namespace homeroom::stress {
namespace {

using Native = Runtime<NativeOs>;
template <class T>
using Channel = BasicChannel<NativeOs, T>;
using WaitGroup = BasicWaitGroup<NativeOs>;

// Half of the programs run by rules that are not Go's: small rings, short slices, something
// switched off.
SchedulerOptions options_for(sim::Dice& dice) {
    SchedulerOptions options;
    options.processors = 1 + dice.below(8);
    if (dice.below(2) == 0) return options;
    options.rules.ring_capacity = 2u << dice.below(4);
    options.rules.slice_ns = 100'000;
    constexpr bool Rules::*switches[] = {&Rules::steal,    &Rules::next_slot, &Rules::inherit,
                                         &Rules::spinning, &Rules::hand_off,  &Rules::retake,
                                         &Rules::wake,     &Rules::preemption};
    options.rules.*switches[dice.below(8)] = false;
    return options;
}

// Ten minutes in all of a long run, which plays this under three configurations.
std::chrono::seconds time_for_search() {
    const char* wanted = std::getenv("HOMEROOM_STRESS_SECONDS");  // NOLINT: one thread
    if (wanted != nullptr) return std::chrono::seconds(std::atoi(wanted));
    return std::chrono::seconds(std::getenv("HOMEROOM_LONG") != nullptr ? 200 : 3);  // NOLINT
}

}  // namespace

// HOMEROOM_STRESS_SECONDS says for how long; when it does not, three seconds, or 200 in a long run.
TEST_CASE("random programs lose nothing and nobody") {
    const auto end = std::chrono::steady_clock::now() + time_for_search();
    std::uint64_t seed = 1;
    for (; seed <= 8 || std::chrono::steady_clock::now() < end; ++seed) {
        CAPTURE(seed);
        sim::Dice dice(seed);
        const SchedulerOptions options = options_for(dice);
        CAPTURE(options.processors);
        const bool changes = dice.below(4) == 0;
        const sim::RandomTask task = sim::make_up(dice, dice.below(4) == 0, 0, changes ? 8 : 0);
        sim::RandomFacts facts;
        const RunResult result = run_on<NativeOs>(
            options, [&task, &facts] { sim::RandomActions<NativeOs>(facts).main(task.main); });
        REQUIRE(result.report == "");
        REQUIRE(result.outcome == Outcome::finished);
        const char* wrong = facts.wrong;
        REQUIRE(std::string(wrong != nullptr ? wrong : "") == "");
        REQUIRE(facts.ended == task.coroutines);
    }
    MESSAGE("programs played: " << seed - 1);
}

// Coroutines that end up waiting for one another, at different moments on different processors.
TEST_CASE("every deadlock is found, however the machines came to rest") {
    for (std::uint64_t seed = 1; seed <= (under_tsan ? 40 : 200); ++seed) {
        CAPTURE(seed);
        sim::Dice dice(seed);
        SchedulerOptions options;
        options.processors = 1 + dice.below(8);
        const RunResult result = run_on<NativeOs>(options, [seed] {
            Channel<int> never;
            WaitGroup all;
            for (std::uint64_t k = 0; k < 12; ++k) {
                all.go([&never, seed, k] {
                    sim::Dice own(seed * 100 + k);
                    if (own.below(3) == 0) Native::sleep_for(own.below(200) * 1'000);
                    if (own.below(4) == 0) Native::block_for(own.below(50) * 1'000);
                    if (own.below(2) == 0) Native::yield();
                    if (k == 11 || own.below(2) == 0) never.receive();
                });
            }
            all.wait();
        });
        REQUIRE(result.outcome == Outcome::deadlocked);
        REQUIRE(result.report.find("[sync.WaitGroup.Wait]") != std::string::npos);
        REQUIRE(result.report.find("[chan receive]") != std::string::npos);
    }
}

// What the dropped ones use must outlive main: here they use nothing.
TEST_CASE("main may return at any moment, whatever the others do") {
    for (std::uint64_t seed = 1; seed <= (under_tsan ? 40 : 200); ++seed) {
        CAPTURE(seed);
        sim::Dice dice(seed);
        SchedulerOptions options;
        options.processors = 1 + dice.below(8);
        const RunResult result = run_on<NativeOs>(options, [seed] {
            for (std::uint64_t k = 0; k < 16; ++k) {
                Native::go([seed, k] {
                    sim::Dice own(seed * 100 + k);
                    for (;;) {
                        switch (own.below(5)) {
                            case 0:
                                Native::sleep_for(own.below(100) * 1'000);
                                break;
                            case 1:
                                Native::block_for(own.below(50) * 1'000);
                                break;
                            case 2:
                                Native::call_for(own.below(50) * 1'000);
                                break;
                            case 3:
                                Native::work(own.below(50) * 1'000);
                                break;
                            default:
                                Native::yield();
                                break;
                        }
                    }
                });
            }
            Native::sleep_for(static_cast<Nanoseconds>(seed % 5) * 100'000);
        });
        REQUIRE(result.outcome == Outcome::finished);
    }
}

TEST_CASE("very many are alive at once, and each has a stack of its own") {
    for (std::uint32_t processors : {1u, 4u}) {
        CAPTURE(processors);
        SchedulerOptions options;
        options.processors = processors;
        std::uint64_t sum = 0;
        const RunResult result = run_on<NativeOs>(options, [&sum] {
            Channel<bool> gate;
            Channel<std::uint64_t> results(64);
            WaitGroup waiting;
            waiting.add(alive_max);
            for (int i = 0; i < alive_max; ++i) {
                Native::go([&gate, &results, &waiting, i] {
                    volatile std::uint64_t own = static_cast<std::uint64_t>(i);  // on the stack
                    waiting.done();
                    gate.receive();
                    results.send(own);
                });
            }
            waiting.wait();
            gate.close();
            for (int i = 0; i < alive_max; ++i) sum += results.receive().value_or(0);
        });
        CHECK(result.outcome == Outcome::finished);
        CHECK(sum == std::uint64_t{alive_max} * (alive_max - 1) / 2);
    }
}

TEST_CASE("many sleepers all wake, none early") {
    constexpr std::uint32_t sleepers = under_tsan ? 500 : 5'000;
    for (std::uint32_t processors : {1u, 3u, 8u}) {
        CAPTURE(processors);
        SchedulerOptions options;
        options.processors = processors;
        std::atomic<std::uint32_t> woken{0}, early{0};
        const RunResult result = run_on<NativeOs>(options, [&woken, &early] {
            WaitGroup all;
            for (std::uint32_t i = 0; i < sleepers; ++i) {
                all.go([&woken, &early, i] {
                    const Nanoseconds wanted = static_cast<Nanoseconds>(i * 7919 % 20'000) * 1'000;
                    const Nanoseconds until = Native::now() + wanted;
                    Native::sleep_for(wanted);
                    if (Native::now() < until) ++early;
                    ++woken;
                });
            }
            all.wait();
        });
        CHECK(result.outcome == Outcome::finished);
        CHECK(woken == sleepers);
        CHECK(early == 0);
    }
}

}  // namespace homeroom::stress
