// Computations that are stopped anywhere, among everything else that coroutines do: no sum may come
// out wrong, and nothing be lost.
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>

#include "runtime/channel.h"
#include "runtime/mutex.h"
#include "runtime/native_os.h"
#include "runtime/wait_group.h"
#include "tests/hecklers.h"
#include "tests/stress/sizes.h"

namespace homeroom::stress {
namespace {

using Native = Runtime<NativeOs>;

// Of `seed` alone, in integers and doubles; with a table on the stack that is read where the last
// result says.
std::uint64_t digest(std::uint64_t seed, std::uint64_t rounds) {
    std::array<std::uint64_t, 64> table{};
    double x = 1;
    for (std::uint64_t i = 0; i < rounds; ++i) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        std::uint64_t& cell = table[seed >> 58];
        cell += seed ^ i;
        x = x * 0.5 + static_cast<double>(cell >> 40);
        seed ^= static_cast<std::uint64_t>(x);
    }
    return seed;
}

struct Playground {
    BasicMutex<NativeOs> mutex;
    std::uint64_t sum = 0;  // guarded by mutex
    BasicChannel<NativeOs, std::uint64_t> results{2};
    std::atomic<std::uint64_t> sent{0}, wrong{0};
};

template <class Compute>
void play_student(Playground& ground, std::uint64_t seed, int turns, Compute compute) {
    for (int turn = 0; turn < turns; ++turn) {
        seed = digest(seed, 3);
        const std::uint64_t rounds = seed % 5'000;
        const std::uint64_t expected = digest(seed, rounds);
        const std::uint64_t result = compute([seed, rounds] { return digest(seed, rounds); });
        if (result != expected) ++ground.wrong;
        switch (seed >> 8 & 7) {
            case 0:
                Native::yield();
                break;
            case 1:
                Native::sleep_for(50'000);
                break;
            case 2:
                Native::block_for(20'000);
                break;
            case 3:
                Native::call_for(20'000);
                break;
            case 4:
                ground.mutex.lock();
                ground.sum += result;
                ground.sent += result;
                ground.mutex.unlock();
                break;
            default:
                ground.sent += result;
                ground.results.send(result);
        }
    }
}

}  // namespace

TEST_CASE("computations that are stopped anywhere come out right among everything else") {
    constexpr int students = 24, turns = under_tsan ? 10 : 40;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        SchedulerOptions options;
        options.processors = 1 + static_cast<std::uint32_t>(seed % 6);
        options.rules.slice_ns = 100'000;
        options.rules.async_preemption = seed % 4 != 0;
        std::uint64_t wrong = 0, got = 0, sent = 0;
        const RunResult result = run_on<NativeOs>(options, [&] {
            Playground ground;
            BasicWaitGroup<NativeOs> all, collector;
#ifdef HOMEROOM_INTERRUPTS
            Hecklers hecklers;
            const auto compute = [&hecklers](auto f) { return hecklers.disturb(f); };
#else
            const auto compute = [](auto f) { return Native::compute(f); };
#endif
            collector.go([&] {
                while (std::optional<std::uint64_t> value = ground.results.receive()) got += *value;
            });
            for (std::uint64_t i = 0; i < students; ++i)
                all.go([&ground, &compute, seed, i] {
                    play_student(ground, seed * 1'000 + i, turns, compute);
                });
            all.wait();
            ground.results.close();
            collector.wait();
            wrong = ground.wrong;
            got += ground.sum;
            sent = ground.sent;
        });
        REQUIRE(result.outcome == Outcome::finished);
        CHECK(wrong == 0);
        CHECK(got == sent);
    }
}

#ifdef HOMEROOM_INTERRUPTS
// Also those that wait for their turn: they must not begin one more.
TEST_CASE("endless computations are stopped when the run ends") {
    for (int round = 0; round < 5; ++round) {
        SchedulerOptions options;
        options.processors = 1 + static_cast<std::uint32_t>(round) * 2;
        options.rules.slice_ns = 100'000;
        const RunResult result = run_on<NativeOs>(options, [] {
            Hecklers hecklers;
            std::atomic<int> started{0};
            for (int i = 0; i < 200; ++i)
                Native::go([&hecklers, &started] {
                    hecklers.disturb([&started] {
                        started.fetch_add(1, std::memory_order_relaxed);
                        volatile std::uint64_t forever = 0;
                        for (;;) forever = forever + 1;
                    });
                });
            while (started < 200) Native::yield();
        });
        CHECK(result.outcome == Outcome::finished);
    }
}
#endif

}  // namespace homeroom::stress
