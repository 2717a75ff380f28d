// What a user may rely on of locks and wait groups, asked in both worlds (worlds.h).
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/mutex.h"
#include "runtime/wait_group.h"
#include "tests/worlds.h"

namespace homeroom {

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

}  // namespace homeroom
