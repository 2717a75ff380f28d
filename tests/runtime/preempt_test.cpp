// Preemption by signal: who is stopped, when, and where nobody is.
#include "runtime/preempt.h"

#include <doctest/doctest.h>

#include <atomic>
#include <csignal>
#include <cstring>
#include <ctime>
#include <vector>

#include "runtime/wait_group.h"
#include "tests/hecklers.h"
#include "tests/worlds.h"

namespace homeroom {
namespace {

using Native = Runtime<NativeOs>;
using WaitGroup = BasicWaitGroup<NativeOs>;

TEST_CASE("marked code returns what it computes, nested or not") {
    int value = 0, inner = 0;
    const RunResult result = play<NativeOs>({}, [&] {
        value = Native::compute([&] {
            inner = Native::compute([] { return 20; });
            return inner + 1;
        });
        Native::compute([&] { ++value; });
    });
    CHECK(result.outcome == Outcome::finished);
    CHECK(inner == 20);
    CHECK(value == 22);
}

// In either world, and natively whether or not it can interrupt: one processor, and somebody who
// computes until the other has had ten turns. Where nobody is interrupted the turns come from the
// end of each of many short computations.
TEST_CASE_TEMPLATE("who computes lets others have their turns", Os, NativeOs, sim::SimOs) {
    int turns = 0;
    Setup setup;
    setup.rules.slice_ns = 200'000;
    const RunResult result = play<Os>(setup, [&turns] {
        BasicWaitGroup<Os> all;
        all.go([&turns] {
            for (; turns < 10; ++turns) Runtime<Os>::yield();
        });
        while (turns < 10) Runtime<Os>::compute_for(1'000'000);
        all.wait();
    });
    CHECK(result.outcome == Outcome::finished);
    CHECK(turns == 10);
}

TEST_CASE_TEMPLATE("with the rule off, nobody is stopped in the midst of a computation", Os,
                   NativeOs, sim::SimOs) {
    constexpr Nanoseconds length = 60'000'000;
    Nanoseconds began = 0, other_ran = 0;
    Setup setup;
    setup.rules.async_preemption = false;
    const RunResult result = play<Os>(setup, [&] {
        BasicWaitGroup<Os> all;
        all.go([&other_ran] { other_ran = Runtime<Os>::now(); });
        began = Runtime<Os>::now();
        Runtime<Os>::compute_for(length);
        all.wait();
    });
    CHECK(result.outcome == Outcome::finished);
    CHECK(other_ran - began >= length);
}

TEST_CASE("in the model, a computation is stopped at the moment when the monitor asks") {
    constexpr Nanoseconds length = 60'000'000;
    Nanoseconds began = 0, other_ran = 0;
    play<sim::SimOs>({}, [&] {
        BasicWaitGroup<sim::SimOs> all;
        all.go([&other_ran] { other_ran = Runtime<sim::SimOs>::now(); });
        began = Runtime<sim::SimOs>::now();
        Runtime<sim::SimOs>::compute_for(length);
        all.wait();
    });
    CHECK(other_ran - began >= Rules{}.slice_ns);
    CHECK(other_ran - began < length);
}

TEST_CASE_TEMPLATE("a run ends although somebody works who is never asked to give way", Os,
                   NativeOs, sim::SimOs) {
    Setup setup;
    setup.processors = 2;
    setup.rules.preemption = false;
    const RunResult result = play<Os>(setup, [] {
        Runtime<Os>::go([] { Runtime<Os>::work(3'600'000'000'000); });
        Runtime<Os>::sleep_for(2'000'000);
    });
    CHECK(result.outcome == Outcome::finished);
}

#ifdef HOMEROOM_INTERRUPTS

// [SECTION] One processor

// The spinner stops only because the other runs meanwhile: it makes no call.
TEST_CASE("who spins in marked code does not stop the others") {
    std::atomic<int> turns{0};
    Setup setup;
    setup.rules.slice_ns = 200'000;
    const RunResult result = play<NativeOs>(setup, [&turns] {
        Native::go([&turns] {
            for (;;) {
                ++turns;
                Native::yield();
            }
        });
        Native::compute([&turns] {
            while (turns.load(std::memory_order_relaxed) < 20) {
            }
        });
    });
    CHECK(result.outcome == Outcome::finished);
    CHECK(turns >= 20);
}

TEST_CASE("with the rule off, who spins in marked code stops the others until it ends") {
    std::atomic<int> turns{0};
    int turns_while_spinning = -1;
    Setup setup;
    setup.rules.slice_ns = 200'000;
    setup.rules.async_preemption = false;
    play<NativeOs>(setup, [&] {
        Native::go([&turns] {
            for (;;) {
                ++turns;
                Native::yield();
            }
        });
        turns_while_spinning = Native::compute([&turns] {
            volatile int spins = 0;
            while (spins < 50'000'000) spins = spins + 1;
            return turns.load(std::memory_order_relaxed);
        });
        while (turns.load() == 0) Native::yield();
    });
    CHECK(turns_while_spinning == 0);
    CHECK(turns > 0);
}

TEST_CASE("a run ends although somebody computes without end") {
    const RunResult result = play<NativeOs>({}, [] {
        std::atomic<bool> started{false};
        Native::go([&started] {
            Native::compute([&started] {
                started.store(true, std::memory_order_relaxed);
                volatile long forever = 0;
                for (;;) forever = forever + 1;
            });
        });
        while (!started.load(std::memory_order_relaxed)) Native::yield();
    });
    CHECK(result.outcome == Outcome::finished);
}

// [SECTION] Where nobody is stopped

// The compiler must not find out that the same call gives the same result.
[[gnu::noinline]] std::uint64_t work_through(std::uint64_t rounds) {
    const volatile std::uint64_t unknown = 1;
    std::uint64_t a = unknown;
    for (std::uint64_t i = 0; i < rounds; ++i) a = (a ^ a >> 29) * 0x9e3779b97f4a7c15u + i;
    return a;
}

// Calls f where the running coroutine has about so many bytes of its stack left.
template <class F>
[[gnu::noinline]] void call_with_bytes_left(std::size_t bytes, F& f) {
    volatile char frame[128];
    frame[0] = 'x';
    const std::byte* bottom = Scheduler<NativeOs>::machine().running->stack->bottom();
    if (reinterpret_cast<std::uintptr_t>(&frame[0]) >
        reinterpret_cast<std::uintptr_t>(bottom) + bytes)
        call_with_bytes_left(bytes, f);
    else
        f();
    frame[1] = 'y';  // so that the call is not the last act, and frames pile up
}

TEST_CASE("who has little stack left is not stopped") {
#ifdef HOMEROOM_ASAN  // whose frames are larger; so is what giving way may need
    constexpr std::size_t little = 16 * 1024;
#else
    constexpr std::size_t little = 6 * 1024;
#endif
    std::uint64_t stops = ~0u;
    SchedulerOptions options;
    options.processors = 1;
    run_on<NativeOs>(options, [&] {
        Hecklers hecklers;
        auto work = [&] {
            for (int i = 0; i < 50; ++i) hecklers.disturb([] { return work_through(50'000); });
        };
        call_with_bytes_left(little, work);
        stops = hecklers.stops();
    });
    CHECK(stops == 0);
}

// The C library is not the program's own code, so signals find nothing but refusals there: they
// stop neither the computation nor each other.
TEST_CASE("who computes in the C library is stopped outside of it, and computes the same") {
    constexpr std::size_t bytes = 1 << 16;
    std::vector<char> from(bytes, 'x'), to(bytes);
    const auto copy = [&] {
        std::uint64_t sum = 0;
        for (int i = 0; i < 200; ++i) {
            from[static_cast<std::size_t>(i)] = static_cast<char>(i);
            std::memcpy(to.data(), from.data(), bytes);
            sum = sum * 31 + static_cast<std::uint64_t>(to[static_cast<std::size_t>(i)]);
        }
        return sum;
    };
    const std::uint64_t undisturbed = copy();
    int wrong = 0;
    play<NativeOs>({}, [&] {
        Hecklers hecklers;
        for (int i = 0; i < 100; ++i) wrong += hecklers.disturb(copy) != undisturbed;
    });
    CHECK(wrong == 0);
}

// A signal that came after the end of marked code would cut the sleep short.
TEST_CASE("no signal arrives after marked code has ended") {
    int cut_short = 0;
    play<NativeOs>({}, [&] {
        Hecklers hecklers;
        for (int i = 0; i < 300; ++i) {
            hecklers.disturb([i] { return work_through(static_cast<std::uint64_t>(i) * 20); });
            timespec nap{0, 100'000};
            cut_short += nanosleep(&nap, nullptr) != 0;
        }
    });
    CHECK(cut_short == 0);
}

TEST_CASE("a SIGURG that is not the runtime's goes to whoever handled it before, or to nobody") {
    play<NativeOs>({}, [] {
        Native::compute([] { return 0; });  // the handler is there from here on
        std::raise(SIGURG);
        Native::yield();
        std::raise(SIGURG);
    });
    std::raise(SIGURG);
    CHECK(NativeOs::interrupts);
}

#endif

}  // namespace
}  // namespace homeroom
