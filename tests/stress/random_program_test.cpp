// Random programs, natively, on one to eight processors. Each is a tree of coroutines that yield,
// lock, send, sleep, block and spawn as a seed says; what they must not lose is counted.
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <optional>

#include "runtime/channel.h"
#include "runtime/mutex.h"
#include "runtime/native_os.h"
#include "runtime/wait_group.h"
#include "tests/stress/sizes.h"

namespace homeroom::stress {
namespace {

using Native = Runtime<NativeOs>;
template <class T>
using Channel = BasicChannel<NativeOs, T>;
using Mutex = BasicMutex<NativeOs>;
using WaitGroup = BasicWaitGroup<NativeOs>;

// splitmix64: any seed will do, also neighbouring ones.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
    std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(next() % bound); }

private:
    std::uint64_t state_;
};

// What all coroutines of a program share. It lives on main's frame.
struct Playground {
    struct Guarded {
        Mutex mutex;
        std::uint64_t count = 0;  // guarded by mutex, and plain: TSan would see a hole in it
    };

    explicit Playground(std::size_t capacity) : shared(capacity) {}

    std::array<Guarded, 3> guarded;
    Channel<std::uint64_t> shared;  // read by the collector alone
    WaitGroup everybody;
    std::atomic<std::uint64_t> expected_count{0}, expected_sum{0}, started{0}, ended{0};
    std::atomic<int> spawns_left{under_tsan ? 150 : 400};
};

void play_student(Playground& ground, std::uint64_t seed, int depth);

void spawn(Playground& ground, std::uint64_t seed, int depth) {
    if (ground.spawns_left.fetch_sub(1) <= 0) return;
    ++ground.started;
    ground.everybody.go([&ground, seed, depth] {
        play_student(ground, seed, depth);
        ++ground.ended;
    });
}

void lock_and_count(Playground& ground, Dice& dice) {
    Playground::Guarded& guarded = ground.guarded[dice.below(3)];
    const std::lock_guard<Mutex> hold(guarded.mutex);
    ++guarded.count;
    ++ground.expected_count;
    if (dice.below(3) == 0) Native::yield();
}

// A partner on a private channel: both leave as soon as the last value is over.
void talk_to_partner(Dice& dice) {
    Channel<std::uint64_t> there(dice.below(3)), back;
    const std::uint32_t values = dice.below(6);
    Native::go([&there, &back, values] {
        std::uint64_t sum = 0;
        for (std::uint32_t i = 0; i < values; ++i) sum += there.receive().value_or(0);
        back.send(sum);
    });
    std::uint64_t sum = 0;
    for (std::uint32_t i = 0; i < values; ++i) {
        const std::uint64_t value = dice.below(1000);
        sum += value;
        there.send(value);
    }
    if (back.receive() != sum)
        std::abort();  // asserts of the test library belong to the main thread
}

void wait_at_gate(Dice& dice) {
    WaitGroup gate, all;
    gate.add(1);
    for (std::uint32_t i = 0; i < 1 + dice.below(3); ++i) all.go([&gate] { gate.wait(); });
    if (dice.below(2) == 0) Native::yield();
    gate.done();
    all.wait();
}

void play_student(Playground& ground, std::uint64_t seed, int depth) {
    Dice dice(seed);
    const std::uint32_t acts = 2 + dice.below(8);
    for (std::uint32_t i = 0; i < acts; ++i) {
        switch (dice.below(12)) {
            case 0:
            case 1:
            case 2:
                if (depth > 0) spawn(ground, dice.next(), depth - 1);
                break;
            case 3:
                Native::yield();
                break;
            case 4:
            case 5:
                lock_and_count(ground, dice);
                break;
            case 6: {
                const std::uint64_t value = dice.below(1000);
                ground.expected_sum += value;
                ground.shared.send(value);
                break;
            }
            case 7:
                talk_to_partner(dice);
                break;
            case 8:
                wait_at_gate(dice);
                break;
            case 9:
                Native::sleep_for(dice.below(300) * 1'000);
                break;
            case 10:
                if (dice.below(2) == 0) {
                    Native::block_for(dice.below(100) * 1'000);
                } else {
                    Native::call_for(dice.below(100) * 1'000);
                }
                break;
            default:
                Native::work(dice.below(30) * 1'000);
                break;
        }
    }
}

struct Sums {
    std::uint64_t count = 0, expected_count = 0, sum = 0, expected_sum = 0, started = 0, ended = 0;
};

Sums play_program(std::uint64_t seed) {
    Dice dice(seed);
    Playground ground(dice.below(5));
    Sums sums;
    WaitGroup collector;
    collector.go([&ground, &sums] {
        while (std::optional<std::uint64_t> value = ground.shared.receive()) sums.sum += *value;
    });
    for (std::uint32_t i = 0; i < 4 + dice.below(12); ++i) spawn(ground, dice.next(), 5);
    ground.everybody.wait();
    ground.shared.close();
    collector.wait();
    for (Playground::Guarded& guarded : ground.guarded) sums.count += guarded.count;
    sums.expected_count = ground.expected_count;
    sums.expected_sum = ground.expected_sum;
    sums.started = ground.started;
    sums.ended = ground.ended;
    return sums;
}

// Half of the programs run by rules that are not Go's: small rings, short slices, something
// switched off.
SchedulerOptions options_for(Dice& dice) {
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

std::chrono::seconds time_for_search() {
    const char* wanted = std::getenv("HOMEROOM_STRESS_SECONDS");
    return std::chrono::seconds(wanted != nullptr ? std::atoi(wanted) : 3);
}

}  // namespace

// HOMEROOM_STRESS_SECONDS says for how long; three seconds when it does not.
TEST_CASE("random programs lose nothing and nobody") {
    const auto end = std::chrono::steady_clock::now() + time_for_search();
    std::uint64_t seed = 1;
    for (; seed <= 8 || std::chrono::steady_clock::now() < end; ++seed) {
        CAPTURE(seed);
        Dice dice(~seed);
        const SchedulerOptions options = options_for(dice);
        CAPTURE(options.processors);
        Sums sums;
        const RunResult result =
            run_on<NativeOs>(options, [&sums, seed] { sums = play_program(seed); });
        REQUIRE(result.outcome == Outcome::finished);
        REQUIRE(sums.started == sums.ended);
        REQUIRE(sums.count == sums.expected_count);
        REQUIRE(sums.sum == sums.expected_sum);
    }
    MESSAGE("programs played: " << seed - 1);
}

// Coroutines that end up waiting for one another, at different moments on different processors.
TEST_CASE("every deadlock is found, however the machines came to rest") {
    for (std::uint64_t seed = 1; seed <= (under_tsan ? 40 : 200); ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        SchedulerOptions options;
        options.processors = 1 + dice.below(8);
        const RunResult result = run_on<NativeOs>(options, [seed] {
            Channel<int> never;
            WaitGroup all;
            for (std::uint64_t k = 0; k < 12; ++k) {
                all.go([&never, seed, k] {
                    Dice own(seed * 100 + k);
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
        Dice dice(seed);
        SchedulerOptions options;
        options.processors = 1 + dice.below(8);
        const RunResult result = run_on<NativeOs>(options, [seed] {
            for (std::uint64_t k = 0; k < 16; ++k) {
                Native::go([seed, k] {
                    Dice own(seed * 100 + k);
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
