// Moments worth stopping at: how they are written, and that they are found where they come.
#include "sim/until.h"

#include <doctest/doctest.h>

#include "sim/choosers.h"
#include "sim/lesson.h"
#include "sim/world.h"
#include "tests/sim/steps.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

Until until(const char* text) {
    std::string error;
    const auto parsed = parse_until(text, error);
    CAPTURE(std::string(text));
    CAPTURE(error);
    REQUIRE(parsed);
    return *parsed;
}

Timeline recorded(const RunOptions& run) {
    ClockOrder chooser(run.seed);
    Timeline timeline(run.teachers, run.clipboards);
    World world(run, {}, find_lesson(run.lesson)->model_program(run), chooser);
    world.on_step = [&](const Step& step) { timeline.append(step); };
    world.run_to_end();
    return timeline;
}

EventKind kind_at(const Timeline& timeline, std::size_t position) {
    return timeline.step(timeline.step_of_decision(position - 1)).event.kind;
}

}  // namespace

TEST_CASE("every moment prints as text that reads back") {
    for (const UntilInfo& info : until_infos()) {
        CAPTURE(info.name);
        CHECK(&info_of(info.kind) == &info);
        Until one{info.kind, info.usual, 1};
        CHECK(until(to_string(one).c_str()) == one);
        one.times = 3;
        if (info.argument == UntilInfo::Argument::student) one.number = 5;
        if (info.argument == UntilInfo::Argument::place) one.number = 2;
        CHECK(until(to_string(one).c_str()) == one);
        CHECK_FALSE(words_of(one, Words::school).empty());
        CHECK(words_of(one, Words::field).find("for the 3rd time") != std::string::npos);
    }
    CHECK(words_of(until("queue>3"), Words::school) == "more than 3 names stand on one list");
    CHECK(words_of(until("run=5"), Words::field) == "G5 runs");
    CHECK(words_of(until("park=lock*2"), Words::school) ==
          "a student begins to wait for a lock, for the 2nd time");
}

TEST_CASE("a mistake in a moment is named") {
    for (const char* text : {"", "stael", "steal=3", "run=x", "run>3", "queue", "queue>x",
                             "queue=3", "park=bus", "starved>2", "steal*0", "steal*", "run=0"}) {
        CAPTURE(std::string(text));
        std::string error;
        CHECK_FALSE(parse_until(text, error));
        CHECK_FALSE(error.empty());
        CHECK(error.find('\n') == std::string::npos);
    }
}

TEST_CASE("events are found at their decision, and counted from where the search begins") {
    const Timeline timeline = recorded(find_lesson("stealing")->defaults);
    const auto first = find_until(timeline, until("steal"));
    REQUIRE(first);
    CHECK(kind_at(timeline, *first) == EventKind::stole);
    const auto second = find_until(timeline, until("steal*2"));
    REQUIRE(second);
    CHECK(*second > *first);
    CHECK(find_until(timeline, until("steal"), *first) == second);
    std::size_t before = 0;
    for (std::size_t k = 0; k + 1 < *first; ++k) {
        before += timeline.step(timeline.step_of_decision(k)).event.kind == EventKind::stole;
    }
    CHECK(before == 0);
    const auto over = find_until(timeline, until("over"));
    REQUIRE(over);
    CHECK(kind_at(timeline, *over) == EventKind::finished);
    CHECK_FALSE(find_until(timeline, until("deadlock")));
    CHECK_FALSE(find_until(timeline, until("steal"), timeline.decisions()));
}

TEST_CASE("a student's call is found, and nobody else's") {
    const Timeline timeline = recorded(find_lesson("stealing")->defaults);
    const auto at = find_until(timeline, until("run=9"));
    REQUIRE(at);
    const Step& step = timeline.step(timeline.step_of_decision(*at - 1));
    CHECK(step.event.kind == EventKind::ran);
    CHECK(step.event.g == 9);
    CHECK(timeline.school_after_decision(*at - 1).find(StudentId{9})->lessons == 1);
}

TEST_CASE("a state comes when it begins, and not again while it lasts") {
    const Timeline timeline = recorded(find_lesson("stealing")->defaults);
    const Until moment = until("queue>3");
    auto longest = [&](std::size_t position) {
        std::size_t most = 0;
        const School school =
            position == 0 ? timeline.school_at(0) : timeline.school_after_decision(position - 1);
        for (const Clipboard& clipboard : school.clipboards)
            most = std::max(most, clipboard.names.size());
        return most;
    };
    std::size_t found = 0;
    auto at = find_until(timeline, moment);
    while (at) {
        CHECK(longest(*at) > 3);
        CHECK(longest(*at - 1) <= 3);
        ++found;
        at = find_until(timeline, moment, *at);
    }
    CHECK(found > 0);
}

TEST_CASE("who is not called for long starves from that moment on") {
    RunOptions run = find_lesson("never-stops")->defaults;
    run.rules.async_preemption = false;
    const Timeline timeline = recorded(run);
    const auto at = find_until(timeline, until("starved>5ms"));
    REQUIRE(at);
    const School school = timeline.school_after_decision(*at - 1);
    auto longest = [](const School& of) {
        Nanoseconds most = 0;
        for (const Student& student : of.students)
            if (student.ready()) most = std::max(most, of.time - student.ready_since);
        return most;
    };
    CHECK(longest(school) > 5'000'000);
    CHECK(longest(timeline.school_after_decision(*at - 2)) <= 5'000'000);
}

TEST_CASE("a search along a growing run finds what a search of the whole run finds") {
    const Timeline whole = recorded(find_lesson("errand")->defaults);
    for (const char* text : {"errand", "queue>1", "errand*4", "retake", "switch*7", "over",
                             "starved>100us", "hand-off*2", "teacher-move*5"}) {
        CAPTURE(std::string(text));
        Timeline growing(2, 2);
        UntilSearch search(until(text), growing, 0);
        std::optional<std::size_t> found;
        for (std::size_t i = 0; i < whole.size() && !found; ++i) {
            growing.append(whole.step(i));
            found = search.go_on(growing, i + 1 == whole.size(), 1);
        }
        while (!found && search.looked_at() < growing.decisions())
            found = search.go_on(growing, true);
        CHECK(found == find_until(whole, until(text)));
        CHECK(found);
    }
}

TEST_CASE("the bench, the bell and a deadlock are found in steps written by hand") {
    HandMade run;
    run.begin().spawn(0, 0, 2, 1);
    run.say(0, EventKind::yielded, 0, 1).queue(0, 0, 1, Queue::global);
    run.monitor(EventKind::preempt_asked, 0, 0);
    run.say(0, EventKind::deadlocked);
    CHECK(find_until(run.timeline, until("bench>0")) == 5);
    CHECK(find_until(run.timeline, until("bell")) == 6);
    CHECK(find_until(run.timeline, until("deadlock")) == 7);
    CHECK(find_until(run.timeline, until("over")) == 7);
}
