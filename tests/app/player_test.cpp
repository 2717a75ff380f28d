// The film: playing, stepping back, jumping and asking lead to the same schools.
#include "app/player.h"

#include <doctest/doctest.h>

#include <limits>

#include "app/stage/stage.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

Options small_run() {
    Options options;
    options.run.lesson = "stealing";
    options.run.students = 10;
    return options;
}

// A school in few numbers; enough to tell two of them apart.
std::string fingerprint(const sim::School& school) {
    std::string text = std::to_string(school.time);
    for (const sim::Student& s : school.students)
        text += ' ' + std::to_string(static_cast<int>(s.state)) + ':' +
                std::to_string(sim::index(s.table));
    for (const sim::Table& t : school.tables)
        text += ' ' + std::to_string(static_cast<int>(t.mood));
    return text;
}

}  // namespace

TEST_CASE("a step back shows the school that was there before") {
    Player player(small_run());
    player.wait_for(1'000);
    std::vector<std::string> forward;
    for (int i = 0; i < 60; ++i) {
        forward.push_back(fingerprint(player.now()));
        player.apply(command::StepBy{1});
        player.advance(1);
    }
    for (int i = 59; i >= 0; --i) {
        CAPTURE(i);
        player.apply(command::StepBy{-1});
        CHECK(fingerprint(player.now()) == forward[static_cast<std::size_t>(i)]);
        player.advance(1);
    }
    CHECK(player.position() == 0);
}

TEST_CASE("jumping and playing lead to the same school") {
    Player played(small_run()), jumped(small_run());
    played.wait_for(1'000);
    jumped.wait_for(1'000);
    played.apply(command::ChangeSpeed{50});
    played.apply(command::TogglePlay{});
    while (played.position() < 70) played.advance(1.0 / 60);
    jumped.apply(command::Seek{played.position()});
    CHECK(fingerprint(played.now()) == fingerprint(jumped.now()));
    CHECK(fingerprint(played.before()) == fingerprint(jumped.before()));
}

TEST_CASE("playing makes as many decisions per second as it says") {
    Player player(small_run());
    player.wait_for(1'000);
    player.apply(command::ChangeSpeed{10});
    player.apply(command::TogglePlay{});
    for (int i = 0; i < 300; ++i) player.advance(1.0 / 60);
    CHECK(player.position() >= 48);
    CHECK(player.position() <= 52);
}

TEST_CASE(
    "a motion goes from the school before to the school after, and back when a step is taken "
    "back") {
    Player player(small_run());
    player.wait_for(50);
    player.apply(command::StepBy{1});
    CHECK(player.moving());
    CHECK(player.progress() == 0);
    CHECK(player.shown_decision() == 0);
    player.advance(0.1);
    CHECK(player.progress() > 0);
    CHECK(player.progress() < 1);
    player.advance(1);
    CHECK_FALSE(player.moving());
    player.apply(command::StepBy{-1});
    CHECK(player.position() == 0);
    CHECK(player.shown_decision() == 0);
    CHECK(player.progress() == 1);
    player.advance(0.1);
    CHECK(player.progress() < 1);
    player.advance(1);
    CHECK(player.shown_decision() == no_decision);
}

TEST_CASE("the film stops at the end, and playing there starts it again") {
    Player player(small_run());
    player.wait_for(1'000'000);
    player.apply(command::ChangeSpeed{std::numeric_limits<double>::infinity()});
    player.apply(command::TogglePlay{});
    for (int i = 0; i < 5; ++i) player.advance(1);
    CHECK(player.at_end());
    CHECK_FALSE(player.playing());
    CHECK(player.now().ending == sim::Ending::finished);
    player.apply(command::TogglePlay{});
    CHECK(player.playing());
    CHECK(player.position() == 0);
}

TEST_CASE("the same options give the same run, another seed another one") {
    Player first(small_run()), second(small_run());
    first.wait_for(1'000'000);
    second.wait_for(1'000'000);
    REQUIRE(first.known() == second.known());
    CHECK(fingerprint(first.timeline().latest()) == fingerprint(second.timeline().latest()));
}

TEST_CASE("what if goes through the recorded decisions first, and other answers make another run") {
    Player player(small_run());
    player.wait_for(1'000'000);
    player.apply(command::Seek{15});
    std::string then = fingerprint(player.now());
    player.apply(command::AskFromHere{});
    CHECK(player.position() == 15);
    CHECK(fingerprint(player.now()) == then);
    std::size_t answers = 0;
    while (!player.over() && answers < 2'000) {
        player.advance(0.01);
        if (player.open_moves().empty()) continue;
        player.apply(command::Answer{answers % player.open_moves().size()});
        ++answers;
    }
    CAPTURE(answers);
    CHECK(answers > 3);
    CHECK(player.asking());
    player.apply(command::StopAsking{});
    player.wait_for(1'000'000);
    CHECK(player.over());
    CHECK(player.timeline().latest().ending == sim::Ending::finished);
}

TEST_CASE("what if plays on to its first question by itself, where that is some decisions away") {
    Player player(small_run());
    player.wait_for(1'000'000);
    player.apply(command::Seek{4});
    player.apply(command::AskFromHere{});
    for (int i = 0; i < 2'000 && player.playing(); ++i) player.advance(0.1);
    CHECK(player.asking());
    CHECK_FALSE(player.open_moves().empty());
    CHECK(player.position() == player.known());
}

TEST_CASE("at the speed of the start, and step by step, each part of a motion lasts 0.3 seconds") {
    Options options;
    options.run.lesson = "stealing";
    Player player(options);
    player.wait_for(20);
    player.apply(command::StepBy{1});
    CHECK(player.motion_seconds() * 0.33 >= 0.3);
    CHECK(player.speed() == 1);
    player.apply(command::TogglePlay{});
    REQUIRE(player.playing());
    CHECK(player.motion_seconds() * 0.33 >= 0.3);
    // And is over before the next one begins.
    for (double speed : {0.25, 1.0, 2.0, 5.0, 10.0}) {
        player.apply(command::ChangeSpeed{speed});
        CHECK(player.motion_seconds() < 1 / speed);
    }
}
