// Coroutines that are tied to their threads (lock_os_thread), in both worlds.
#include <doctest/doctest.h>

#include <array>
#include <string>

#include "runtime/channel.h"
#include "runtime/wait_group.h"
#include "tests/worlds.h"

namespace homeroom {
namespace {

// Which machine runs the caller: in the model all machines are one thread of the system.
template <class Os>
std::uint32_t machine() {
    return Scheduler<Os>::machine().id;
}

TEST_CASE_TEMPLATE("a tied coroutine stays on its thread, whatever it does there", Os, NativeOs,
                   sim::SimOs) {
    using Go = Runtime<Os>;
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.seed);
        CAPTURE(setup.processors);
        std::uint32_t moved = 0, met = 0;
        const RunResult result = play<Os>(setup, [&] {
            BasicWaitGroup<Os> all;
            BasicChannel<Os, std::uint32_t> numbers;
            for (std::uint32_t i = 0; i < 6; ++i) {
                all.go([&, i] {
                    if (i % 3 != 0) Go::lock_os_thread();
                    const std::uint32_t at = machine<Os>();
                    auto look = [&, tied = i % 3 != 0] { moved += tied && machine<Os>() != at; };
                    Go::yield();
                    look();
                    if (i % 2 == 0)
                        numbers.send(i);
                    else
                        met += numbers.receive().has_value();
                    look();
                    Go::sleep_for(10'000);
                    look();
                    Go::block_for(10'000);
                    look();
                    Go::call_for(50'000);
                    look();
                    if (i % 3 != 0) Go::unlock_os_thread();
                    Go::yield();
                });
            }
            all.wait();
        });
        CHECK(result.report == "");
        CHECK(result.outcome == Outcome::finished);
        CHECK(moved == 0);
        CHECK(met == 3);
    }
}

TEST_CASE_TEMPLATE("nobody else runs on the thread of a tied coroutine", Os, NativeOs, sim::SimOs) {
    using Go = Runtime<Os>;
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.seed);
        CAPTURE(setup.processors);
        std::uint32_t guests = 0;
        const RunResult result = play<Os>(setup, [&] {
            Go::lock_os_thread();
            const std::uint32_t mine = machine<Os>();
            BasicWaitGroup<Os> all;
            for (int i = 0; i < 8; ++i)
                all.go([&] {
                    guests += machine<Os>() == mine;
                    Go::yield();
                    guests += machine<Os>() == mine;
                });
            all.wait();
            Go::unlock_os_thread();
        });
        CHECK(result.outcome == Outcome::finished);
        CHECK(guests == 0);
    }
}

TEST_CASE_TEMPLATE("ties are undone as often as they were made, or by the coroutine's end", Os,
                   NativeOs, sim::SimOs) {
    using Go = Runtime<Os>;
    std::array<bool, 4> tied{};
    const RunResult result = play<Os>({}, [&] {
        auto is_tied = [] { return Scheduler<Os>::machine().tied != nullptr; };
        Go::unlock_os_thread();  // nothing to undo
        Go::lock_os_thread();
        Go::lock_os_thread();
        Go::unlock_os_thread();
        tied[0] = is_tied();
        Go::unlock_os_thread();
        tied[1] = is_tied();
        BasicChannel<Os, bool> done;
        Go::go([&] {
            Go::lock_os_thread();
            tied[2] = is_tied();
            done.send(true);
        });
        done.receive();
        Go::yield();  // so that it ends
        for (int i = 0; i < 4; ++i) Go::yield();
        tied[3] = is_tied();
    });
    CHECK(result.outcome == Outcome::finished);
    CHECK(tied == std::array<bool, 4>{true, false, true, false});
}

TEST_CASE_TEMPLATE("a deadlock is one, also when threads are tied", Os, NativeOs, sim::SimOs) {
    using Go = Runtime<Os>;
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.seed);
        const RunResult result = play<Os>(setup, [] {
            BasicChannel<Os, int> never;
            Go::go([&] {
                Go::lock_os_thread();
                never.receive();
            });
            Go::lock_os_thread();
            never.receive();
        });
        CHECK(result.outcome == Outcome::deadlocked);
        // Which number the other one has natively depends on the processor that started it.
        const std::size_t first = result.report.find("goroutine 1 [chan receive]");
        CHECK(first != std::string::npos);
        CHECK(result.report.find("[chan receive]", first + 20) != std::string::npos);
    }
}

}  // namespace
}  // namespace homeroom
