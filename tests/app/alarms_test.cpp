// Misconceptions are named where a run shows them, and only there; votes; reduced motion.
#include "app/keep/alarms.h"

#include <set>
#include <string>

#include "app/model_run.h"
#include "app/teach/lesson_files.h"
#include "sim/lesson.h"
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

// All that are named at any moment of a run.
std::set<std::string> alarms_in(const sim::RunOptions& run) {
    ModelRun recording(run);
    recording.wait_for(5'000);
    std::set<std::string> names;
    sim::School school = recording.timeline().school_at(0);
    for (std::size_t i = 0; i < recording.timeline().size(); ++i) {
        school.fold(recording.timeline().step(i));
        for (const Alarm& alarm : alarms_of(run, school, sim::Words::school)) {
            if (!names.insert(alarm.name).second) continue;
            CHECK_FALSE(alarm.text.empty());
            std::string error;
            CHECK(load_lesson(alarm.lesson, error) != nullptr);
        }
    }
    return names;
}

sim::RunOptions run_of(const char* lesson, std::uint32_t students) {
    sim::RunOptions run = sim::find_lesson(lesson)->defaults;
    run.lesson = lesson;
    run.students = students;
    return run;
}

}  // namespace

TEST_CASE("each misconception is named in a run that shows it, and not in a quiet one") {
    sim::RunOptions quiet = run_of("stealing", 2);
    CHECK(alarms_in(quiet).empty());
    CHECK(alarms_in(run_of("stealing", 60)).count("more-students") == 1);
    CHECK(alarms_in(run_of("lock", 12)).count("one-lock") == 1);
    CHECK(alarms_in(run_of("yield", 12)).count("yields") == 1);
    CHECK(alarms_in(run_of("two-pens", 3)).count("race") == 1);
    CHECK(alarms_in(run_of("lock-of-ones-own", 3)).count("race") == 1);
    CHECK(alarms_in(run_of("one-pen", 3)).count("race") == 0);
    CHECK(alarms_in(run_of("one-lock-for-two", 8)).count("two-boards") == 1);
    CHECK(alarms_in(run_of("one-lock-for-each", 8)).count("two-boards") == 0);
    quiet.teachers = 2;
    quiet.clipboards = 4;
    CHECK(alarms_in(quiet).count("a-permit") == 1);
}

TEST_CASE("the card offers the lesson about it") {
    Options options;
    options.run.students = 60;
    Hands hands(options);
    hands.player().wait_for(100);
    hands.player().show(40, 1);
    hands.view().tab = View::why;
    hands.resize({1920, 1080});
    hands.pictures(4);
    REQUIRE(hands.sees("alarm.more-students"));
    hands.click("alarm.more-students");
    REQUIRE(hands.frame->teaching() != nullptr);
    CHECK(hands.frame->teaching()->name() == "more-students");
}

TEST_CASE("votes of the class are counted, and are no answer") {
    Options options;
    options.teach = "the-key";
    Hands hands(options);
    for (int i = 0; i < 10 && !hands.frame->teaching()->open(); ++i) hands.press(ImGuiKey_PageDown);
    REQUIRE(hands.frame->teaching()->open());
    hands.press(ImGuiKey_Y);
    hands.type("1");
    hands.type("2");
    hands.type("2");
    CHECK(hands.view().votes[0] == 1);
    CHECK(hands.view().votes[1] == 2);
    CHECK(hands.frame->teaching()->open());
    hands.press(ImGuiKey_Backspace);
    CHECK(hands.view().votes[1] == 0);
    hands.press(ImGuiKey_Y);
    hands.type("1");
    CHECK_FALSE(hands.frame->teaching()->open());
}

TEST_CASE("with reduced motion each step is there at once") {
    Hands hands;
    hands.press(ImGuiKey_J);
    REQUIRE(hands.view().still);
    for (ImGuiKey key : {ImGuiKey_RightArrow, ImGuiKey_RightArrow, ImGuiKey_LeftArrow}) {
        hands.press(key);
        CHECK_FALSE(hands.player().moving());
    }
    CHECK(hands.player().position() == 1);
    hands.press(ImGuiKey_J);
    ImGui::GetIO().AddKeyEvent(ImGuiKey_RightArrow, true);
    hands.pictures(1);
    CHECK(hands.player().moving());
    ImGui::GetIO().AddKeyEvent(ImGuiKey_RightArrow, false);
}
