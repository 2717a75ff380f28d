// Tests of select, in both worlds: what it may choose, what it leaves behind, and that a value goes
// to one receiver only.
#include "runtime/select.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/wait_group.h"
#include "tests/worlds.h"

namespace homeroom {

TEST_CASE_TEMPLATE("a select carries out the case that is ready, and says which", Os, NativeOs,
                   sim::SimOs) {
    std::vector<std::size_t> chosen;
    std::string log;
    play<Os>({}, [&] {
        BasicChannel<Os, int> full(1), empty(1);
        full.send(7);
        chosen.push_back(select<Os>(
            on_receive(empty, [&](std::optional<int>) { log += "empty "; }),
            on_receive(full, [&](std::optional<int> v) { log += std::to_string(*v) + " "; })));
        chosen.push_back(select<Os>(on_receive(empty), on_send(full, 8, [&] { log += "sent "; })));
        // The next finds neither: `full` is full, and nobody receives from it.
        chosen.push_back(
            select<Os>(on_receive(empty), on_send(full, 9), otherwise([&] { log += "neither "; })));
        chosen.push_back(select<Os>(otherwise([&] { log += "nothing "; }), on_receive(empty)));
        chosen.push_back(select<Os>(otherwise()));
        chosen.push_back(select<Os>(on_receive(full, [&](std::optional<int> v) {
            log += std::to_string(*v);  // a single case is an ordinary receive
        })));
    });
    CHECK(chosen == std::vector<std::size_t>{1, 1, 2, 0, 0, 0});
    CHECK(log == "7 sent neither nothing 8");
}

TEST_CASE_TEMPLATE("values may be such as can only be moved", Os, NativeOs, sim::SimOs) {
    int received = 0;
    play<Os>({}, [&received] {
        BasicChannel<Os, std::unique_ptr<int>> a, b(1);
        Runtime<Os>::go([&a, &b] {
            for (int i = 1; i <= 2; ++i)
                select<Os>(on_send(a, std::make_unique<int>(i)),
                           on_send(b, std::make_unique<int>(10 * i)));
        });
        const auto add = [&received](std::optional<std::unique_ptr<int>> v) { received += **v; };
        for (int i = 0; i < 2; ++i) select<Os>(on_receive(a, add), on_receive(b, add));
    });
    // Whichever channel each of the two took.
    const std::vector<int> possible = {3, 12, 21, 30};
    CAPTURE(received);
    CHECK(std::find(possible.begin(), possible.end(), received) != possible.end());
}

TEST_CASE_TEMPLATE("closed channels are ready: to receive nothing, to send a panic", Os, NativeOs,
                   sim::SimOs) {
    int nothing = 0;
    play<Os>({}, [&nothing] {
        BasicChannel<Os, int> open, closed;
        closed.close();
        const auto count = [&nothing](std::optional<int> v) { nothing += !v; };
        select<Os>(on_receive(open), on_receive(closed, count));
        select<Os>(on_receive(closed, count), on_receive(closed, count));
        // Closed while it waits.
        BasicChannel<Os, int> closing;
        Runtime<Os>::go([&closing] { closing.close(); });
        select<Os>(on_receive(open), on_receive(closing, count));
    });
    CHECK(nothing == 3);
    const char* panic = "panic: send on closed channel";
    CHECK(contains(report_of<Os>([] {
                       BasicChannel<Os, int> open, closed;
                       closed.close();
                       select<Os>(on_receive(open), on_send(closed, 1));
                   }),
                   panic));
    CHECK(contains(report_of<Os>([] {
                       BasicChannel<Os, int> closed;
                       closed.close();
                       select<Os>(on_send(closed, 1), otherwise());
                   }),
                   panic));
    CHECK(contains(report_of<Os>([] {
                       BasicChannel<Os, int> open, closing;
                       Runtime<Os>::go([&closing] { closing.close(); });
                       select<Os>(on_receive(open), on_send(closing, 1));
                   }),
                   panic));
}

TEST_CASE_TEMPLATE("a case without a channel is never ready", Os, NativeOs, sim::SimOs) {
    std::vector<std::size_t> chosen;
    play<Os>({}, [&chosen] {
        BasicChannel<Os, int> full(1);
        BasicChannel<Os, int>* none = nullptr;
        full.send(1);
        chosen.push_back(select<Os>(on_receive(none), on_receive(full), on_send(none, 1)));
        chosen.push_back(select<Os>(on_receive(none), on_send(none, 1), otherwise()));
    });
    CHECK(chosen == std::vector<std::size_t>{1, 2});
}

TEST_CASE_TEMPLATE("a select that nobody can wake is reported in Go's words", Os, NativeOs,
                   sim::SimOs) {
    BasicChannel<Os, int>* none = nullptr;
    const auto ends_with = [](const std::string& report, const char* reason) {
        return contains(report, (std::string("goroutine 1 [") + reason + "]:").c_str());
    };
    CHECK(ends_with(report_of<Os>([] { select<Os>(); }), "select (no cases)"));
    CHECK(ends_with(report_of<Os>([none] { select<Os>(on_receive(none)); }),
                    "chan receive (nil chan)"));
    CHECK(
        ends_with(report_of<Os>([none] { select<Os>(on_send(none, 1)); }), "chan send (nil chan)"));
    CHECK(ends_with(report_of<Os>([none] { select<Os>(on_receive(none), on_send(none, 1)); }),
                    "select"));
    CHECK(ends_with(report_of<Os>([] {
                        BasicChannel<Os, int> a;
                        select<Os>(on_receive(a));
                    }),
                    "chan receive"));
    // It does not meet itself: one who sends and receives at the same channel waits for another.
    CHECK(ends_with(report_of<Os>([] {
                        BasicChannel<Os, int> a;
                        select<Os>(on_send(a, 1), on_receive(a));
                    }),
                    "select"));
}

TEST_CASE_TEMPLATE("after a select nobody waits at its other channels any more", Os, NativeOs,
                   sim::SimOs) {
    std::string log;
    play<Os>({}, [&log] {
        warm_up<Os>();
        BasicChannel<Os, int> a, b;
        BasicWaitGroup<Os> all;
        for (int i = 0; i < 3; ++i) {
            all.go([&log, &a, &b, i] {  // the same channel twice, and more than one queue
                const auto tell = [&log, i](const char* name) {
                    return [&log, i, name](std::optional<int> v) {
                        log += std::to_string(i) + name + std::to_string(*v) + " ";
                    };
                };
                select<Os>(on_receive(a, tell("a")), on_receive(b, tell("b")),
                           on_receive(a, tell("a")));
            });
        }
        Runtime<Os>::yield();  // all three wait: the last one first, as it stood in the next slot
        for (int value : {1, 2, 3, 4}) log += (value == 2 ? b : a).try_send(value) ? "yes " : "no ";
        all.wait();
    });
    CHECK(log == "yes yes yes no 1a3 2a1 0b2 ");
}

TEST_CASE_TEMPLATE("of cases that are always ready each gets its share", Os, NativeOs, sim::SimOs) {
    constexpr int cases = 4, rounds = 2'000;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        CAPTURE(seed);
        std::array<int, cases> times{};
        if constexpr (std::is_same_v<Os, NativeOs>) NativeOs::seed(seed);
        Setup setup;
        setup.seed = std::is_same_v<Os, NativeOs> ? 0 : seed;
        play<Os>(setup, [&times] {
            BasicChannel<Os, int> a, b, c, d;
            for (BasicChannel<Os, int>* channel : {&a, &b, &c, &d}) channel->close();
            for (int i = 0; i < rounds; ++i)
                ++times[select<Os>(on_receive(a), on_receive(b), on_receive(c), on_receive(d))];
        });
        // Pearson's sum with three degrees of freedom: above 16.3 once in a thousand seeds.
        double sum = 0;
        for (int count : times) {
            const double off = count - rounds / cases;
            sum += off * off * cases / rounds;
        }
        CAPTURE(sum);
        CHECK(sum < 16.3);
    }
}

TEST_CASE_TEMPLATE("a value goes to one receiver only, whoever selects on either side", Os,
                   NativeOs, sim::SimOs) {
    constexpr int senders = 3, receivers = 3, items = 12;
    for (const Setup& setup : setups<Os>()) {
        for (std::size_t capacity : {std::size_t{0}, std::size_t{2}}) {
            CAPTURE(setup.processors);
            CAPTURE(setup.seed);
            CAPTURE(capacity);
            std::array<std::atomic<int>, senders * items> received{};
            const RunResult result = play<Os>(setup, [&received, capacity] {
                BasicChannel<Os, int> a, b(capacity);
                BasicChannel<Os, bool> quit;
                BasicWaitGroup<Os> sending, receiving;
                for (int k = 0; k < receivers; ++k) {
                    receiving.go([&, k] {
                        const auto take = [&](std::optional<int> v) {
                            ++received[static_cast<std::size_t>(*v)];
                        };
                        if (k == 0) {  // one that does not select
                            while (std::optional<int> v = a.receive()) take(v);
                            return;
                        }
                        bool open = true;
                        while (open)
                            select<Os>(
                                on_receive(a,
                                           [&](std::optional<int> v) {
                                               v ? take(v) : void(open = false);
                                           }),
                                on_receive(b, take),
                                on_receive(quit, [&](std::optional<bool>) { open = false; }));
                    });
                }
                for (int k = 0; k < senders; ++k) {
                    sending.go([&, k] {
                        for (int i = 0; i < items; ++i) {
                            const int item = k * items + i;
                            if (k == 0)
                                a.send(item);
                            else
                                select<Os>(on_send(b, item), on_send(a, item));
                        }
                    });
                }
                sending.wait();
                while (b.size() > 0) Runtime<Os>::yield();
                quit.close();
                a.close();
                receiving.wait();
            });
            CHECK(result.report == "");
            for (const std::atomic<int>& times : received) REQUIRE(times == 1);
        }
    }
}

// Each looks for the other at channels that both name, in opposite orders: whatever the locks'
// order, they must not wait for each other's locks.
TEST_CASE_TEMPLATE("two that send and receive at the same channels find each other", Os, NativeOs,
                   sim::SimOs) {
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.processors);
        CAPTURE(setup.seed);
        std::atomic<int> given{0}, taken{0};
        const RunResult result = play<Os>(setup, [&given, &taken] {
            BasicChannel<Os, int> a, b;
            BasicWaitGroup<Os> both;
            const auto meet = [&given, &taken](BasicChannel<Os, int>& x, BasicChannel<Os, int>& y) {
                for (int i = 0; i < 20; ++i)
                    select<Os>(on_send(x, 1, [&given] { ++given; }),
                               on_receive(y, [&taken](std::optional<int> v) { taken += *v; }),
                               on_receive(x, [&taken](std::optional<int> v) { taken += *v; }),
                               on_send(y, 1, [&given] { ++given; }));
            };
            both.go([&] { meet(a, b); });
            both.go([&] { meet(b, a); });
            both.wait();
        });
        CHECK(result.report == "");
        CHECK(given == 20);
        CHECK(taken == 20);
    }
}

}  // namespace homeroom
