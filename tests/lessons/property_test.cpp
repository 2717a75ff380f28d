// What a user of the front door may rely on, asked in both worlds: natively on several processors,
// and in the model in clock order and in several random orders with the finest gates.
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/channel.h"
#include "runtime/mutex.h"
#include "runtime/wait_group.h"
#include "tests/worlds.h"

namespace homeroom {
namespace {

constexpr Nanoseconds ms = 1'000'000;

template <class Os>
constexpr bool is_model = !std::is_same_v<Os, NativeOs>;

template <OperatingSystem Os>
void spawn_tree(std::array<std::atomic<int>, 256>& runs, BasicWaitGroup<Os>& all,
                std::size_t number) {
    ++runs[number];
    for (std::size_t child : {2 * number, 2 * number + 1}) {
        if (child >= runs.size()) break;
        all.go([&runs, &all, child] { spawn_tree<Os>(runs, all, child); });
    }
}

template <OperatingSystem Os>
std::uint64_t tree_sum(std::uint64_t number, int depth) {
    if (depth == 0) return number;
    BasicChannel<Os, std::uint64_t> halves;
    for (std::uint64_t half : {std::uint64_t{0}, std::uint64_t{1}}) {
        Runtime<Os>::go([&halves, number, half, depth] {
            halves.send(tree_sum<Os>(2 * number + half, depth - 1));
        });
    }
    const std::uint64_t first = halves.receive().value_or(0);
    return first + halves.receive().value_or(0);
}

}  // namespace

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

TEST_CASE_TEMPLATE("a mutex lets in one at a time", Os, NativeOs, sim::SimOs) {
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.processors);
        CAPTURE(setup.seed);
        int inside = 0, most_inside = 0, count = 0;
        const RunResult result = play<Os>(setup, [&] {
            BasicMutex<Os> mutex;
            BasicWaitGroup<Os> all;
            for (int k = 0; k < 6; ++k) {
                all.go([&mutex, &inside, &most_inside, &count, k] {
                    for (int i = 0; i < 15; ++i) {
                        const std::lock_guard<BasicMutex<Os>> hold(mutex);
                        most_inside = std::max(most_inside, ++inside);
                        if ((i + k) % 4 == 0) Runtime<Os>::yield();
                        ++count;
                        --inside;
                    }
                });
            }
            all.wait();
        });
        CHECK(result.outcome == Outcome::finished);
        CHECK(most_inside == 1);
        CHECK(count == 6 * 15);
    }
}

TEST_CASE_TEMPLATE("try_lock takes a free mutex and leaves a taken one", Os, NativeOs, sim::SimOs) {
    std::vector<bool> answers;
    play<Os>({}, [&answers] {
        BasicMutex<Os> mutex;
        answers.push_back(mutex.try_lock());
        answers.push_back(mutex.try_lock());
        mutex.unlock();
        answers.push_back(mutex.try_lock());
    });
    CHECK(answers == std::vector<bool>{true, false, true});
}

TEST_CASE_TEMPLATE("a wait group waits for all, round after round", Os, NativeOs, sim::SimOs) {
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.processors);
        CAPTURE(setup.seed);
        std::atomic<int> done{0};
        std::vector<int> seen;
        play<Os>(setup, [&done, &seen] {
            BasicWaitGroup<Os> all;
            for (int round = 0; round < 5; ++round) {
                for (int k = 0; k < 7; ++k) {
                    all.go([&done, k] {
                        if (k % 2 == 0) Runtime<Os>::yield();
                        ++done;
                    });
                }
                all.wait();
                seen.push_back(done);
            }
        });
        CHECK(seen == std::vector<int>{7, 14, 21, 28, 35});
    }
}

TEST_CASE_TEMPLATE("a wait group lets all go that wait for it", Os, NativeOs, sim::SimOs) {
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.processors);
        CAPTURE(setup.seed);
        std::atomic<int> passed{0};
        const RunResult result = play<Os>(setup, [&passed] {
            BasicWaitGroup<Os> gate, all;
            gate.add(1);
            for (int k = 0; k < 9; ++k) {
                all.go([&passed, &gate] {
                    gate.wait();
                    ++passed;
                });
            }
            Runtime<Os>::yield();
            gate.done();
            all.wait();
        });
        CHECK(result.outcome == Outcome::finished);
        CHECK(passed == 9);
    }
}

TEST_CASE_TEMPLATE("nobody wakes before the time", Os, NativeOs, sim::SimOs) {
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.processors);
        CAPTURE(setup.seed);
        std::array<std::atomic<Nanoseconds>, 20> overslept{};
        const RunResult result = play<Os>(setup, [&overslept] {
            BasicWaitGroup<Os> all;
            for (std::size_t k = 0; k < overslept.size(); ++k) {
                all.go([&late = overslept[k], k] {
                    const Nanoseconds wanted = static_cast<Nanoseconds>(k * 7 % 20) * ms / 2;
                    const Nanoseconds before = Runtime<Os>::now();
                    Runtime<Os>::sleep_for(wanted);
                    late = Runtime<Os>::now() - before - wanted;
                });
            }
            all.wait();
        });
        CHECK(result.outcome == Outcome::finished);
        for (const std::atomic<Nanoseconds>& late : overslept) CHECK(late >= 0);
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

TEST_CASE_TEMPLATE("sleepers are no deadlock", Os, NativeOs, sim::SimOs) {
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.processors);
        CAPTURE(setup.seed);
        bool received = false;
        const RunResult result = play<Os>(setup, [&received] {
            BasicChannel<Os, int> channel;
            Runtime<Os>::go([&channel] {
                Runtime<Os>::sleep_for(2 * ms);
                channel.send(1);
            });
            received = channel.receive().has_value();
        });
        CHECK(result.outcome == Outcome::finished);
        CHECK(received);
    }
}

// With one processor: those who stand behind a blocked one can only run if its processor is passed
// on. The call ends when they have run, or it would never end.
TEST_CASE("natively a blocking call does not stop the others") {
    std::atomic<bool> others_ran{false};
    const RunResult result = play<NativeOs>({}, [&others_ran] {
        BasicWaitGroup<NativeOs> all;
        all.go([&others_ran] {
            Runtime<NativeOs>::yield();
            others_ran = true;
        });
        Runtime<NativeOs>::blocking([&others_ran] {
            while (!others_ran) Runtime<NativeOs>::now();
        });
        all.wait();
    });
    CHECK(result.outcome == Outcome::finished);
}

TEST_CASE_TEMPLATE("others run during a call, whether it was known to block or not", Os, NativeOs,
                   sim::SimOs) {
    for (bool known : {true, false}) {
        CAPTURE(known);
        std::vector<std::string> order;
        const RunResult result = play<Os>({}, [&order, known] {
            BasicMutex<Os> mutex;  // the log's
            BasicWaitGroup<Os> all;
            all.go([&order, &mutex] {
                for (int i = 0; i < 5; ++i) Runtime<Os>::yield();
                const std::lock_guard<BasicMutex<Os>> hold(mutex);
                order.push_back("others");
            });
            if (known) {
                Runtime<Os>::block_for(300 * ms);
            } else {
                Runtime<Os>::call_for(300 * ms);
            }
            {
                const std::lock_guard<BasicMutex<Os>> hold(mutex);
                order.push_back("caller");
            }
            all.wait();
        });
        CHECK(result.outcome == Outcome::finished);
        CHECK(order == std::vector<std::string>{"others", "caller"});
    }
}

TEST_CASE("without hand-off and retake, a call keeps its processor from the others") {
    std::vector<std::string> order;
    Setup setup;
    setup.rules.hand_off = setup.rules.retake = false;
    play<sim::SimOs>(setup, [&order] {
        BasicWaitGroup<sim::SimOs> all;
        all.go([&order] { order.push_back("others"); });
        Runtime<sim::SimOs>::block_for(300 * ms);
        order.push_back("caller");
        all.wait();
    });
    CHECK(order == std::vector<std::string>{"caller", "others"});
}

// The talker goes on until the other has had a turn, which on one processor takes a bell.
TEST_CASE_TEMPLATE("who computes without end is asked to give way", Os, NativeOs, sim::SimOs) {
    bool other_ran = false;
    const RunResult result = play<Os>({}, [&other_ran] {
        std::atomic<bool> stop{false};
        BasicWaitGroup<Os> all;
        all.go([&stop] { stop = true; });
        while (!stop) Runtime<Os>::work(ms);
        all.wait();
        other_ran = stop;
    });
    CHECK(result.outcome == Outcome::finished);
    CHECK(other_ran);
}

TEST_CASE_TEMPLATE("without preemption the talker ends first", Os, NativeOs, sim::SimOs) {
    for (bool preemption : {true, false}) {
        CAPTURE(preemption);
        std::vector<std::string> order;
        Setup setup;
        setup.rules.preemption = preemption;
        play<Os>(setup, [&order] {
            BasicWaitGroup<Os> all;
            all.go([&order] { order.push_back("other"); });
            Runtime<Os>::work(200 * ms);
            order.push_back("talker");
            all.wait();
        });
        const std::vector<std::string> other_first{"other", "talker"};
        const std::vector<std::string> talker_first{"talker", "other"};
        CHECK(order == (preemption ? other_first : talker_first));
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

TEST_CASE_TEMPLATE("misuse is told in Go's words", Os, NativeOs, sim::SimOs) {
    std::vector<std::string> told;
    play<Os>({}, [&told] {
        const auto tell = [&told](auto misuse) {
            try {
                misuse();
            } catch (const Panic& panic) {
                told.emplace_back(panic.what());
            }
        };
        tell([] {
            BasicWaitGroup<Os> all;
            all.done();
        });
        tell([] {
            BasicMutex<Os> mutex;
            mutex.unlock();
        });
    });
    CHECK(told == std::vector<std::string>{"sync: negative WaitGroup counter",
                                           "sync: unlock of unlocked mutex"});
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
