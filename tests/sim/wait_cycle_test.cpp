// The circle of a deadlock is found where there is one: of two and of three locks, with others in
// line behind it; and not where somebody waits for what anybody may bring.
#include "sim/wait_cycle.h"

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "runtime/channel.h"
#include "runtime/mutex.h"
#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "sim/choosers.h"
#include "sim/explain.h"
#include "sim/sim_os.h"
#include "sim/timeline.h"
#include "sim/until.h"
#include "sim/world.h"

namespace homeroom::sim {
namespace {

using Os = SimOs;
using Go = Runtime<Os>;

Timeline play(std::function<void()> program) {
    RunOptions run;
    ClockOrder chooser(1);
    World world(run, {}, std::move(program), chooser);
    Timeline timeline(run.teachers, run.clipboards);
    world.on_step = [&timeline](const Step& step) { timeline.append(step); };
    world.run_to_end();
    return timeline;
}

// Each of so many students takes a lock and then wants its neighbour's.
Timeline round_table(std::size_t seats, bool one_more_in_line) {
    return play([seats, one_more_in_line] {
        std::array<BasicMutex<Os>, 3> locks;
        BasicWaitGroup<Os> all;
        for (std::size_t i = 0; i < seats; ++i) {
            all.go([&locks, i, seats] {
                locks[i].lock();
                Go::sleep_for(1'000'000);
                locks[(i + 1) % seats].lock();
            });
        }
        if (one_more_in_line) {
            all.go([&locks] {
                Go::sleep_for(500'000);
                locks[0].lock();
            });
        }
        all.wait();
    });
}

std::string last_words(const Timeline& timeline) {
    for (std::size_t k = timeline.decisions(); k-- > 0;) {
        if (timeline.step(timeline.step_of_decision(k)).event.kind != EventKind::deadlocked)
            continue;
        const School before = timeline.school_at(timeline.step_of_decision(k));
        return describe_fully(timeline, k, before, Words::school);
    }
    return "";
}

}  // namespace

TEST_CASE("two who each hold the lock that the other wants are a circle") {
    const Timeline timeline = round_table(2, true);
    CHECK(timeline.latest().ending == Ending::deadlocked);
    const std::vector<WaitLink> cycle = wait_cycle(timeline.latest());
    REQUIRE(cycle.size() == 2);
    CHECK(cycle[0].student == StudentId{2});
    CHECK(cycle[1].student == StudentId{3});
    CHECK(cycle_text(timeline.latest(), cycle, Words::school) ==
          "student 2 waits for lock 2, which student 3 has; "
          "student 3 waits for lock 1, which student 2 has");
    const std::string words = last_words(timeline);
    CHECK(words.find("in a circle") != words.npos);
    CHECK(words.find("> Student 2 waits for lock 2: student 3 has it") != words.npos);
}

TEST_CASE("three in a ring are a circle of three, and it begins before the run ends") {
    const Timeline timeline = round_table(3, false);
    CHECK(wait_cycle(timeline.latest()).size() == 3);
    const auto begins = find_until(timeline, {Until::Kind::cycle, 0, 1});
    const auto ends = find_until(timeline, {Until::Kind::deadlock, 0, 1});
    REQUIRE(begins);
    REQUIRE(ends);
    CHECK(*begins < *ends);
    CHECK(wait_cycle(timeline.school_after_decision(*begins - 2)).empty());
}

TEST_CASE("who waits for a value that nobody sends is in no circle, deadlock or not") {
    const Timeline timeline = play([] {
        BasicChannel<Os, int> hatch;
        BasicMutex<Os> lock;
        BasicWaitGroup<Os> all;
        all.go([&] {
            lock.lock();
            hatch.receive();
        });
        all.go([&] {
            Go::sleep_for(1'000);
            lock.lock();
        });
        all.wait();
    });
    CHECK(timeline.latest().ending == Ending::deadlocked);
    CHECK(wait_cycle(timeline.latest()).empty());
    CHECK(last_words(timeline).find("circle") == std::string::npos);
}

}  // namespace homeroom::sim
