// Who has a turn and when, while others sleep, are in a call or compute; in both worlds (worlds.h).
#include <doctest/doctest.h>

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/channel.h"
#include "runtime/mutex.h"
#include "runtime/wait_group.h"
#include "tests/worlds.h"

namespace homeroom {
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

}  // namespace homeroom
