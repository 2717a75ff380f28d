// A run is a value: what is printed reads back as the same run, and bad text gives one clear line.
#include "sim/run.h"

#include <doctest/doctest.h>

#include <string>

using namespace homeroom;
using namespace homeroom::sim;

namespace {

RunOptions unusual() {
    RunOptions run;
    run.lesson = "ping_pong";
    run.teachers = 3;
    run.clipboards = 16;
    run.students = 10'000;
    run.lesson_ns = 1'500'000;
    run.seed = 0xffff'ffff'ffff'ffffu;
    run.rules.steal = false;
    run.rules.preemption = false;
    run.rules.ring_capacity = 4;
    run.rules.tick_interval = 7;
    run.rules.slice_ns = 5'000'000;
    return run;
}

std::string error_of_run(const char* text) {
    std::string error;
    CHECK_FALSE(parse_run(text, error).has_value());
    CHECK(error.find('\n') == std::string::npos);
    return error;
}

std::string error_of_rules(const char* text) {
    std::string error;
    Rules rules;
    rules.wake = false;
    const Rules before = rules;
    CHECK_FALSE(parse_rules(text, rules, error));
    CHECK(rules == before);
    CHECK(error.find('\n') == std::string::npos);
    return error;
}

}  // namespace

TEST_CASE("a run prints as one short line") {
    RunOptions run;
    run.rules.steal = false;
    run.rules.spinning = false;
    CHECK(to_string(run) ==
          "stealing teachers=4 clipboards=4 students=12 length=2ms seed=1 "
          "rules=no-steal,no-spinning");
    CHECK(to_string(RunOptions{}) ==
          "stealing teachers=4 clipboards=4 students=12 length=2ms seed=1");
}

TEST_CASE("what a run prints reads back as the same run") {
    for (const RunOptions& run : {RunOptions{}, unusual()}) {
        std::string error;
        CAPTURE(to_string(run));
        const auto back = parse_run(to_string(run), error);
        REQUIRE_MESSAGE(back.has_value(), error);
        CHECK(*back == run);
    }
}

TEST_CASE("settings may come in any order, and what is missing keeps its default") {
    std::string error;
    const auto run = parse_run("  errand  seed=9   teachers=2 ", error);
    REQUIRE(run.has_value());
    CHECK(run->lesson == "errand");
    CHECK(run->seed == 9);
    CHECK(run->teachers == 2);
    CHECK(run->clipboards == RunOptions{}.clipboards);
}

TEST_CASE("durations are whole numbers of a unit") {
    CHECK(parse_duration("2ms") == 2'000'000);
    CHECK(parse_duration("500us") == 500'000);
    CHECK(parse_duration("1s") == 1'000'000'000);
    CHECK(parse_duration("10ns") == 10);
    for (const char* bad : {"", "ms", "2", "2 ms", "-1ms", "1.5ms", "2m", "10000000000s"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_duration(bad).has_value());
    }
    CHECK(duration_to_string(0) == "0ns");
    CHECK(duration_to_string(1'500'000) == "1500us");
    CHECK(duration_to_string(2'000'000'000) == "2s");
}

TEST_CASE("each rule has a switch that turns it off and on again") {
    for (const RuleInfo& info : rule_infos()) {
        CAPTURE(info.name);
        Rules rules;
        std::string error;
        REQUIRE(parse_rules(std::string("no-") + info.name, rules, error));
        CHECK_FALSE(rules.*info.field);
        CHECK(rules_to_string(rules) == std::string("no-") + info.name);
        REQUIRE(parse_rules(info.name, rules, error));
        CHECK(rules == Rules{});
    }
    CHECK(rules_to_string(Rules{}).empty());
}

TEST_CASE("bad text is answered by one line that names the bad part") {
    CHECK(error_of_run("").find("empty") != std::string::npos);
    CHECK(error_of_run("teachers=4").find("'teachers=4'") != std::string::npos);
    CHECK(error_of_run("stealing 4").find("'4'") != std::string::npos);
    CHECK(error_of_run("stealing colour=red").find("'colour'") != std::string::npos);
    CHECK(error_of_run("stealing teachers=17") ==
          "teachers must be a whole number from 1 to 16, not '17'");
    CHECK(error_of_run("stealing students=many").find("1 to 100000, not 'many'") !=
          std::string::npos);
    CHECK(error_of_run("stealing students=").find("not ''") != std::string::npos);
    CHECK(error_of_run("stealing length=2").find("from 1ns to 10s") != std::string::npos);
    CHECK(error_of_run("stealing seed=-1").find("'-1'") != std::string::npos);
    CHECK(error_of_run("stealing seed=18446744073709551616").find("2^64") != std::string::npos);
    CHECK(error_of_run("stealing rules=no-fun").find("'no-fun'") != std::string::npos);

    CHECK(error_of_rules("no-steal,,no-wake").find("''") != std::string::npos);
    CHECK(error_of_rules("ring=3").find("power of two") != std::string::npos);
    CHECK(error_of_rules("ring=512").find("2 to 256, not '512'") != std::string::npos);
    CHECK(error_of_rules("tick=0").find("'0'") != std::string::npos);
    CHECK(error_of_rules("slice=10").find("'10'") != std::string::npos);
    CHECK(error_of_rules("no-steal,steel").find("no-steal, no-next-slot") != std::string::npos);
}
