// How coroutines end: by goexit, or by an exception that nobody catches.
#include <doctest/doctest.h>

#include <string>

#include "runtime/channel.h"
#include "runtime/wait_group.h"
#include "tests/worlds.h"

namespace homeroom {
namespace {

// Counts itself when it is destroyed.
struct Witness {
    int& count;
    explicit Witness(int& c) : count(c) {}
    Witness(const Witness&) = delete;
    Witness& operator=(const Witness&) = delete;
    ~Witness() { ++count; }
};

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

TEST_CASE_TEMPLATE("goexit ends one coroutine, and destroys what is on its stack", Os, NativeOs,
                   sim::SimOs) {
    using Go = Runtime<Os>;
    int destroyed = 0, caught = 0, after = 0;
    const RunResult result = play<Os>({}, [&] {
        BasicWaitGroup<Os> all;
        all.add(1);
        Go::go([&] {
            struct Done {
                BasicWaitGroup<Os>& all;
                ~Done() { all.done(); }
            } done{all};
            Witness outer(destroyed);
            try {
                Witness inner(destroyed);
                Go::yield();
                Go::goexit();
                ++after;
            } catch (const std::exception&) {
                ++caught;  // it is no error
            }
            ++after;
        });
        all.wait();
        Go::go([&] { ++destroyed; });  // its descriptor and stack serve again
        Go::yield();
        Go::yield();
    });
    CHECK(result.outcome == Outcome::finished);
    CHECK(destroyed == 3);
    CHECK(caught == 0);
    CHECK(after == 0);
}

TEST_CASE_TEMPLATE("when main exits the others go on, until nobody is left", Os, NativeOs,
                   sim::SimOs) {
    using Go = Runtime<Os>;
    for (std::uint32_t processors : {1u, 3u}) {
        CAPTURE(processors);
        typename Os::template Atomic<std::uint32_t> ended{0};
        Setup setup;
        setup.processors = processors;
        const RunResult result = play<Os>(setup, [&] {
            for (int i = 0; i < 10; ++i) {
                Go::go([&ended, i] {
                    Go::sleep_for(i * 100'000);
                    ended.fetch_add(1, relaxed);
                });
            }
            Go::goexit();
        });
        CHECK(result.outcome == Outcome::deadlocked);
        CHECK(first_line(result.report) ==
              "fatal error: no goroutines (main called runtime.Goexit) - deadlock!");
        CHECK(ended.load(relaxed) == 10);
    }
}

TEST_CASE_TEMPLATE("when main exits and somebody waits for ever, that is told", Os, NativeOs,
                   sim::SimOs) {
    using Go = Runtime<Os>;
    const RunResult result = play<Os>({}, [] {
        Go::go([] {
            BasicChannel<Os, int> nobody_sends;
            nobody_sends.receive();
        });
        Go::goexit();
    });
    CHECK(result.outcome == Outcome::deadlocked);
    CHECK(first_line(result.report) == "fatal error: all goroutines are asleep - deadlock!");
    CHECK(result.report.find("goroutine 2 [chan receive]") != std::string::npos);
}

TEST_CASE_TEMPLATE("an exception that nobody catches is told with who started whom", Os, NativeOs,
                   sim::SimOs) {
    using Go = Runtime<Os>;
    CoroutineId child = 0, grandchild = 0;
    const RunResult result = play<Os>({}, [&] {
        BasicWaitGroup<Os> all;
        all.add(1);
        child = Go::go([&grandchild] {
            grandchild = Go::go([] { throw std::runtime_error("out of chalk"); });
            Go::sleep_for(1'000'000);
        });
        all.wait();
    });
    CHECK(result.outcome == Outcome::crashed);
    CHECK(result.report == "panic: out of chalk\n\ngoroutine " + std::to_string(grandchild) +
                               " [running]:\ncreated by goroutine " + std::to_string(child) +
                               "\ncreated by goroutine 1\n");
}

}  // namespace homeroom
