// What a user may rely on of channels, asked in both worlds (worlds.h).
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "runtime/channel.h"
#include "runtime/wait_group.h"
#include "tests/lessons/trees.h"
#include "tests/worlds.h"

namespace homeroom {

TEST_CASE_TEMPLATE("what is sent into a channel comes out once", Os, NativeOs, sim::SimOs) {
    constexpr int producers = 4, consumers = 3, items = 25;
    for (const Setup& setup : setups<Os>()) {
        for (std::size_t capacity : {std::size_t{0}, std::size_t{1}, std::size_t{7}}) {
            CAPTURE(setup.processors);
            CAPTURE(setup.seed);
            CAPTURE(capacity);
            std::array<std::atomic<int>, producers * items> received{};
            const RunResult result = play<Os>(setup, [&received, capacity] {
                BasicChannel<Os, int> channel(capacity);
                BasicWaitGroup<Os> producing, consuming;
                for (int k = 0; k < consumers; ++k) {
                    consuming.go([&received, &channel] {
                        while (std::optional<int> item = channel.receive())
                            ++received[static_cast<std::size_t>(*item)];
                    });
                }
                for (int k = 0; k < producers; ++k) {
                    producing.go([&channel, k] {
                        for (int i = 0; i < items; ++i) channel.send(k * items + i);
                    });
                }
                producing.wait();
                channel.close();
                consuming.wait();
            });
            CHECK(result.outcome == Outcome::finished);
            for (const std::atomic<int>& times : received) REQUIRE(times == 1);
        }
    }
}

TEST_CASE_TEMPLATE("a channel keeps the order of one sender", Os, NativeOs, sim::SimOs) {
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.processors);
        CAPTURE(setup.seed);
        std::vector<int> received;
        play<Os>(setup, [&received] {
            BasicChannel<Os, int> channel(3);
            Runtime<Os>::go([&channel] {
                for (int i = 0; i < 40; ++i) {
                    channel.send(i);
                    if (i % 5 == 0) Runtime<Os>::yield();
                }
                channel.close();
            });
            while (std::optional<int> item = channel.receive()) received.push_back(*item);
        });
        REQUIRE(received.size() == 40);
        for (std::size_t i = 0; i < received.size(); ++i)
            REQUIRE(received[i] == static_cast<int>(i));
    }
}

// A channel on a frame that is left as soon as the last value has come: whoever sent it may still
// be on its way out of send().
TEST_CASE_TEMPLATE("a channel may go as soon as its last value has come", Os, NativeOs,
                   sim::SimOs) {
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.processors);
        CAPTURE(setup.seed);
        constexpr int depth = 6;
        std::uint64_t sum = 0;
        play<Os>(setup, [&sum] { sum = tree_sum<Os>(1, depth); });
        // The leaves of a heap-numbered tree: 64 to 127.
        CHECK(sum == (64u + 127u) * 64u / 2u);
    }
}

TEST_CASE_TEMPLATE("a closed channel gives what it holds, and then nothing", Os, NativeOs,
                   sim::SimOs) {
    std::vector<int> received;
    std::string first_panic, second_panic;
    const RunResult result = play<Os>({}, [&] {
        BasicChannel<Os, int> channel(2);
        channel.send(1);
        channel.send(2);
        channel.close();
        while (std::optional<int> item = channel.receive()) received.push_back(*item);
        received.push_back(channel.receive().value_or(-1));
        try {
            channel.send(3);
        } catch (const Panic& panic) {
            first_panic = panic.what();
        }
        try {
            channel.close();
        } catch (const Panic& panic) {
            second_panic = panic.what();
        }
    });
    CHECK(result.outcome == Outcome::finished);
    CHECK(received == std::vector<int>{1, 2, -1});
    CHECK(first_panic == "send on closed channel");
    CHECK(second_panic == "close of closed channel");
}

TEST_CASE_TEMPLATE("closing wakes all who wait: receivers get nothing, senders panic", Os, NativeOs,
                   sim::SimOs) {
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.processors);
        CAPTURE(setup.seed);
        std::atomic<int> empty_handed{0}, panicked{0};
        const RunResult result = play<Os>(setup, [&] {
            BasicChannel<Os, int> from, to;
            BasicWaitGroup<Os> all;
            for (int k = 0; k < 5; ++k) {
                all.go([&from, &empty_handed] {
                    if (!from.receive()) ++empty_handed;
                });
                all.go([&to, &panicked, k] {
                    try {
                        to.send(k);
                    } catch (const Panic&) {
                        ++panicked;
                    }
                });
            }
            for (int k = 0; k < 3; ++k) Runtime<Os>::yield();
            from.close();
            to.close();
            all.wait();
        });
        CHECK(result.outcome == Outcome::finished);
        CHECK(empty_handed == 5);
        CHECK(panicked == 5);
    }
}

TEST_CASE_TEMPLATE("trying never waits", Os, NativeOs, sim::SimOs) {
    std::vector<bool> sent;
    std::vector<int> received;
    const RunResult result = play<Os>({}, [&] {
        BasicChannel<Os, int> one(1), none;
        int item = 7;
        sent.push_back(one.try_send(item));
        sent.push_back(one.try_send(item));
        sent.push_back(none.try_send(item));
        received.push_back(one.try_receive().value_or(-1));
        received.push_back(one.try_receive().value_or(-1));
        received.push_back(none.try_receive().value_or(-1));
    });
    CHECK(result.outcome == Outcome::finished);
    CHECK(sent == std::vector<bool>{true, false, false});
    CHECK(received == std::vector<int>{7, -1, -1});
}

}  // namespace homeroom
