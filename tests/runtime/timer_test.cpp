// Timers, tickers and functions that run later, in both worlds.
#include "runtime/timer.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/homeroom.h"
#include "runtime/mutex.h"
#include "runtime/select.h"
#include "runtime/wait_group.h"
#include "tests/runtime/timer_storm.h"
#include "tests/stress/sizes.h"
#include "tests/worlds.h"

namespace homeroom {
namespace {

template <class Os>
void fires_once() {
    using Go = Runtime<Os>;
    const Nanoseconds start = Go::now();
    BasicTimer<Os> timer(2 * ms);
    CHECK(timer.channel().capacity() == 0);
    CHECK_FALSE(timer.try_receive());
    const Nanoseconds fired = timer.receive();
    CHECK(fired >= start + 2 * ms);
    CHECK(Go::now() >= fired);
    CHECK_FALSE(timer.stop());
    CHECK_FALSE(timer.try_receive());
    CHECK_FALSE(timer.reset(0));
    timer.receive();
}

template <class Os>
void stops() {
    using Go = Runtime<Os>;
    BasicTimer<Os> timer(1 * ms);
    CHECK(timer.stop());
    CHECK_FALSE(timer.stop());
    Go::sleep_for(2 * ms);
    CHECK_FALSE(timer.try_receive());
    // Set again after it has fired: the old value is gone, although nobody had received it.
    CHECK_FALSE(timer.reset(1 * ms));
    Go::sleep_for(2 * ms);
    const Nanoseconds before = Go::now();
    CHECK(timer.reset(1 * ms));
    CHECK(timer.channel().size() == 0);
    CHECK(timer.receive() >= before + 1 * ms);
    // The same with stop.
    timer.reset(0);
    Go::sleep_for(1 * ms);
    CHECK(timer.stop());
    CHECK_FALSE(timer.try_receive());
}

template <class Os>
void ticks() {
    using Go = Runtime<Os>;
    const Nanoseconds start = Go::now();
    BasicTicker<Os> ticker(1 * ms);
    Nanoseconds last = 0;
    for (int i = 1; i <= 5; ++i) {
        const Nanoseconds tick = ticker.receive();
        CHECK(tick >= start + i * ms);
        CHECK(tick > last);
        last = tick;
    }
    // Who sleeps through several gets one.
    Go::sleep_for(5 * ms);
    CHECK(ticker.try_receive().has_value());
    ticker.stop();
    CHECK_FALSE(ticker.try_receive());
    Go::sleep_for(3 * ms);
    CHECK_FALSE(ticker.try_receive());
    ticker.reset(2 * ms);
    const Nanoseconds before = Go::now();
    CHECK(ticker.receive() + us >= before);
    CHECK_THROWS_AS(ticker.reset(0), Panic);
}

template <class Os>
void runs_functions() {
    using Go = Runtime<Os>;
    BasicChannel<Os, int> done(8);
    after_func<Os>(1 * ms, [&done] { done.send(1); });  // its handle is gone at once
    CHECK(*done.receive() == 1);

    auto token = std::make_shared<int>(7);
    {
        auto delayed = after_func<Os>(1 * ms, [&done, token] { done.send(*token); });
        CHECK(delayed.stop());
        CHECK_FALSE(delayed.stop());
        Go::sleep_for(2 * ms);
        CHECK_FALSE(done.try_receive());
        CHECK_FALSE(delayed.reset(1 * ms));
        CHECK(*done.receive() == 7);
        CHECK_FALSE(delayed.reset(1 * ms));  // and once more
        CHECK(*done.receive() == 7);
        CHECK_FALSE(delayed.stop());
    }
    while (token.use_count() > 1) Go::yield();  // the last coroutine may still be on its way out
    {
        auto never = after_func<Os>(3'600'000 * ms, [token] {});
        CHECK(token.use_count() == 2);
        CHECK(never.stop());
    }
    CHECK(token.use_count() == 1);  // though its entry still lies in the heap
}

// The idiom of a time limit.
template <class Os>
void limits_a_wait() {
    using Go = Runtime<Os>;
    BasicChannel<Os, int> answers;
    int answered = 0, late = 0;
    auto ask = [&](Nanoseconds patience) {
        BasicTimer<Os> limit(patience);
        select<Os>(on_receive(answers, [&](std::optional<int>) { ++answered; }),
                   on_receive(limit.channel(), [&](std::optional<Nanoseconds>) { ++late; }));
    };
    ask(1 * ms);
    CHECK(late == 1);
    Go::go([&] {
        Go::sleep_for(1 * ms);
        answers.send(1);
    });
    ask(3'600'000 * ms);
    CHECK(answered == 1);
    // Nobody is left waiting at a timer that was stopped.
    BasicTicker<Os> ticker(ms / 2);
    for (int i = 0; i < 5; ++i)
        select<Os>(on_receive(answers, [&](std::optional<int>) { ++answered; }),
                   on_receive(ticker.channel(), [&](std::optional<Nanoseconds>) { ++late; }));
    CHECK(late == 6);
    CHECK(answered == 1);
}

// With one processor and no next slot, coroutines run in the order in which they were started.
template <class Os>
void keeps_order() {
    using Go = Runtime<Os>;
    constexpr int count = 50;
    std::vector<int> order, expected;
    std::vector<BasicDelayed<Os>> all;
    const Nanoseconds start = Go::now();
    auto until = [start](int place) { return start + (10 + place) * ms / 10 - Go::now(); };
    for (int i = 0; i < count; ++i) {
        const int place = i * 37 % count;  // each number once
        all.push_back(after_func<Os>(until(place), [&order, place] { order.push_back(place); }));
    }
    // A third is stopped, which is more than a quarter of the heap; the others are moved forward
    // and back again.
    for (int i = 0; i < count; ++i) {
        const int place = i * 37 % count;
        if (i % 3 != 0) {
            expected.push_back(place);
            all[static_cast<std::size_t>(i)].reset(until(0));
            all[static_cast<std::size_t>(i)].reset(until(place));
        } else {
            all[static_cast<std::size_t>(i)].stop();
        }
    }
    std::sort(expected.begin(), expected.end());
    Go::work(10 * ms);  // so that all are due at once
    Go::sleep_for(10 * ms);
    CHECK(order == expected);
}

}  // namespace

TEST_CASE_TEMPLATE("a timer fires once, and not before its time", Os, NativeOs, sim::SimOs) {
    CHECK(play<Os>({}, fires_once<Os>).outcome == Outcome::finished);
}
TEST_CASE_TEMPLATE("nothing is received of a timer after it was stopped or reset", Os, NativeOs,
                   sim::SimOs) {
    CHECK(play<Os>({}, stops<Os>).outcome == Outcome::finished);
}
TEST_CASE_TEMPLATE("a ticker fires again and again, and makes up for nothing", Os, NativeOs,
                   sim::SimOs) {
    CHECK(play<Os>({}, ticks<Os>).outcome == Outcome::finished);
}
TEST_CASE_TEMPLATE("a function that is to run later does, unless it is stopped", Os, NativeOs,
                   sim::SimOs) {
    CHECK(play<Os>({}, runs_functions<Os>).outcome == Outcome::finished);
}
TEST_CASE_TEMPLATE("a select with a timer has a time limit", Os, NativeOs, sim::SimOs) {
    CHECK(play<Os>({}, limits_a_wait<Os>).outcome == Outcome::finished);
}
TEST_CASE_TEMPLATE("what is due at once runs in the order of the deadlines", Os, NativeOs,
                   sim::SimOs) {
    Setup setup;
    setup.rules.next_slot = false;
    CHECK(play<Os>(setup, keeps_order<Os>).outcome == Outcome::finished);
}

TEST_CASE("random timers never fire early, nor after they were stopped: in the model") {
    for (std::uint64_t seed = 0; seed < (stress::under_asan ? 200u : 2'000u); ++seed)
        storm<sim::SimOs>(seed, 1 + static_cast<std::uint32_t>(seed % 3), 4, 12);
}
TEST_CASE("the front door counts timers in durations") {
    using namespace std::chrono_literals;
    std::int64_t waited = 0;
    bool stopped = false, ran = false;
    SchedulerOptions options;
    options.processors = 1;
    homeroom::run(options, [&] {
        const Nanoseconds start = NativeOs::now();
        homeroom::Timer timer(1h);
        timer.reset(2ms);
        homeroom::Ticker ticker(1h);
        ticker.reset(1ms);
        ticker.receive();
        waited = timer.receive() - start;
        auto never = homeroom::after_func(1h, [] {});
        stopped = never.stop();
        homeroom::after_func(0s, [&ran] { ran = true; });
        while (!ran) homeroom::yield();
    });
    CHECK(waited >= 2 * ms);
    CHECK(stopped);
    CHECK(ran);
}

TEST_CASE_TEMPLATE("who waits for a stopped timer waits for ever", Os, NativeOs, sim::SimOs) {
    const RunResult result = play<Os>({}, [] {
        // Still in use when the run ends, as its coroutine is dropped: kept where no leak is seen.
        static BasicTimer<Os>* timer = nullptr;
        timer = new BasicTimer<Os>(ms);
        timer->stop();
        timer->receive();
    });
    CHECK(result.outcome == Outcome::deadlocked);
    CHECK(result.report.find("goroutine 1 [chan receive]") != std::string::npos);
}

}  // namespace homeroom
