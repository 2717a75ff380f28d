// The summary of a run counts what happened, and prints it the same way each time.
#include "sim/summary.h"

#include <doctest/doctest.h>

#include "tests/sim/steps.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

HandMade small_run() {
    HandMade film;
    film.say(0, EventKind::seated, no_processor, 0, 0).begin().spawn(0, 0, 2, 1).after(7'000);
    film.park(0, 0, 1, WaitReason::sleep).run(0, 0, 2).ready(0, 0, 1, WaitReason::sleep);
    film.say(0, EventKind::ended, 0, 2).run(0, 0, 1).say(0, EventKind::finished);
    return film;
}

}  // namespace

TEST_CASE("waits to be called are counted per call") {
    const Waits waits = waits_of(small_run().timeline);
    CHECK(waits.count == 3);
    CHECK(waits.longest == 9'000);  // student 2, while student 1 was taught
    CHECK(waits.p95 == 9'000);
    CHECK(waits.mean == (1'000 + 9'000 + 2'000) / 3);
    CHECK(waits_of(Timeline(1, 1)).count == 0);
}

TEST_CASE("a summary says the essential numbers in the words that were asked for") {
    const HandMade film = small_run();
    const std::string school = summary(RunOptions{}, film.timeline, Words::school);
    CAPTURE(school);
    CHECK(school.find("run                stealing teachers=4") == 0);
    CHECK(school.find("ending             the lesson is over\n") != std::string::npos);
    CHECK(school.find("makespan           18 us\n") != std::string::npos);
    CHECK(school.find("context switches   3 between students, 0 between tables\n") !=
          std::string::npos);
    CHECK(school.find("mean 4 us, p95 9 us, max 9 us") != std::string::npos);
    CHECK(school.find("teacher 1          idle 100.0 %, on the way 0.0 %, 0 switches\n") !=
          std::string::npos);
    CHECK(school.back() == '\n');
    const std::string field = summary(RunOptions{}, film.timeline, Words::field);
    CHECK(field.find("core 0 ") != std::string::npos);
    CHECK(field.find("teacher ") == std::string::npos);
    CHECK(field == summary(RunOptions{}, film.timeline, Words::field));
}

TEST_CASE("shares are cut off to a tenth of a percent") {
    CHECK(percent(2, 3) == "66.6 %");
    CHECK(percent(3, 3) == "100.0 %");
    CHECK(percent(1, 0) == "0.0 %");
}
