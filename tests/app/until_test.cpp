// Run until: the film stops at the moment that was asked for, by menu, by key and by command.
#include "sim/until.h"

#include "app/headless.h"
#include "app/model_run.h"
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

sim::Until moment(const char* text) {
    std::string error;
    auto parsed = sim::parse_until(text, error);
    CAPTURE(error);
    REQUIRE(parsed);
    return *parsed;
}

void arrive(Hands& hands) {
    for (int i = 0; i < 500 && hands.player().searching(); ++i) hands.pictures(1);
    hands.pictures(60);  // the last motion
    REQUIRE_FALSE(hands.player().searching());
}

}  // namespace

TEST_CASE("the menu of moments leads to the next steal, and the key to the one after it") {
    Hands hands;
    hands.click("until");
    hands.pictures(3);
    hands.click("until.steal");
    arrive(hands);
    hands.player().wait_for(1'000'000);
    auto first = sim::find_until(hands.player().timeline(), moment("steal"));
    REQUIRE(first);
    CHECK(hands.player().position() == *first);
    CHECK_FALSE(hands.player().playing());
    hands.press(ImGuiKey_U, ImGuiMod_Shift);
    arrive(hands);
    CHECK(hands.player().position() ==
          sim::find_until(hands.player().timeline(), moment("steal"), *first));
}

TEST_CASE("the key opens the menu, and a selected student is meant by moments of students") {
    Hands hands;
    hands.view().selected = {StagePick::student, 5};
    hands.press(ImGuiKey_U);
    hands.pictures(3);
    hands.click("until.run");
    arrive(hands);
    const sim::Student* student = hands.player().now().find(sim::StudentId{5});
    REQUIRE(student);
    CHECK(student->state == sim::Student::State::taught);
    CHECK(student->lessons == 1);
}

TEST_CASE("a moment that does not come leads to the end, and a notice says so") {
    Hands hands;
    hands.player().apply(command::RunUntil{moment("deadlock")});
    arrive(hands);
    CHECK(hands.player().at_end());
    CHECK(hands.player().missed() == moment("deadlock"));
    hands.player().apply(command::StepBy{-1});
    CHECK_FALSE(hands.player().missed());
}

TEST_CASE("what is pressed next ends a search") {
    Hands hands;
    hands.player().apply(command::RunUntil{moment("deadlock")});
    hands.player().apply(command::Pause{});
    CHECK_FALSE(hands.player().searching());
    hands.player().apply(command::RunUntil{moment("deadlock")});
    hands.player().apply(command::Restart{});
    hands.pictures(5);
    CHECK_FALSE(hands.player().searching());
    CHECK(hands.player().position() == 0);
}

TEST_CASE("where the user decides, a search stops at the question") {
    Hands hands;
    hands.player().wait_for(200);
    hands.player().apply(command::AskFromHere{});
    hands.player().apply(command::RunUntil{moment("over")});
    arrive(hands);
    CHECK_FALSE(hands.player().open_moves().empty());
    CHECK(hands.player().position() == hands.player().known());
}

TEST_CASE("without a window a run is followed to a moment, or to its end in vain") {
    ModelRun run(Options{}.run);
    auto found = run_until(run, moment("steal"), 0);
    REQUIRE(found);
    CHECK(run.timeline().latest().counters.steals >= 1);
    CHECK(run_until(run, moment("steal"), *found) > found);
    ModelRun other(Options{}.run);
    CHECK_FALSE(run_until(other, moment("deadlock"), 0));
    CHECK(other.over());
}

TEST_CASE("the cross of the menu of moments stays in sight when its rows scroll") {
    Hands hands;
    hands.press(ImGuiKey_U);
    const std::string last = std::string("until.") + sim::until_infos().back().name;
    REQUIRE_FALSE(hands.sees(last.c_str()));
    for (std::size_t row = 1; row < sim::until_infos().size(); ++row)
        hands.press(ImGuiKey_DownArrow);
    hands.pictures(2);
    CHECK(hands.sees(last.c_str()));
    REQUIRE(hands.sees("until.close"));
    hands.click("until.close");
    CHECK_FALSE(hands.sees(last.c_str()));
}

TEST_CASE("while the menu of moments is open, keys do nothing to the run behind it") {
    Hands hands;
    hands.press(ImGuiKey_RightArrow);
    hands.view().charts = true;
    hands.press(ImGuiKey_U);
    REQUIRE(hands.sees("until.steal"));
    hands.press(ImGuiKey_G);
    hands.press(ImGuiKey_T);
    CHECK_FALSE(hands.frame->session().game().on());
    CHECK(hands.view().dark);  // how it looks may be changed
    hands.press(ImGuiKey_Escape);
    hands.pictures(2);
    CHECK_FALSE(hands.sees("until.steal"));
    CHECK(hands.view().charts);  // one Esc closes one thing
    hands.press(ImGuiKey_Escape);
    CHECK_FALSE(hands.view().charts);
}
