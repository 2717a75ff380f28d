// Several runs at once: compared, and swept over a setting; as text and in the window.
#include "sim/teach/compare.h"

#include <cstdio>
#include <string>
#include <vector>

#include "app/compare_command.h"
#include "app/model_run.h"
#include "sim/lesson.h"
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

std::string compare_error(std::vector<const char*> words) {
    std::string error;
    CHECK_FALSE(parse_compare_arguments(words, error));
    CHECK(error.substr(0, 9) == "compare: ");
    return error;
}

std::string sweep_error(std::vector<const char*> words) {
    std::string error;
    CHECK_FALSE(parse_sweep_arguments(words, error));
    CHECK(error.substr(0, 7) == "sweep: ");
    CHECK(error.find('\n') == std::string::npos);
    return error;
}

std::string printed(const std::vector<const char*>& words) {
    std::string error;
    const auto arguments = parse_sweep_arguments(words, error);
    CAPTURE(error);
    REQUIRE(arguments);
    std::FILE* file = std::tmpfile();
    REQUIRE(print_sweep(*arguments, file, error) == 0);
    std::rewind(file);
    std::string text;
    for (int c = 0; (c = std::fgetc(file)) != EOF;) text += static_cast<char>(c);
    std::fclose(file);
    return text;
}

std::size_t lines_of(const std::string& text) {
    std::size_t lines = 0;
    for (char c : text) lines += c == '\n' ? 1u : 0u;
    return lines;
}

}  // namespace

TEST_CASE("a run compared with itself is the same, and with another rule it is not") {
    std::string error;
    const std::vector<const char*> words{"stealing", "rules=no-steal"};
    const auto arguments = parse_compare_arguments(words, error);
    CAPTURE(error);
    REQUIRE(arguments);
    CHECK(arguments->first.run == sim::find_lesson("stealing")->defaults);
    CHECK_FALSE(arguments->second.run.rules.steal);
    CHECK(sim::changes_between(arguments->first.run, arguments->second.run) ==
          "… → rules=no-steal");
    ModelRun first(arguments->first.run), second(arguments->second.run);
    first.wait_for(~std::size_t{0});
    second.wait_for(~std::size_t{0});
    CHECK(sim::same_until(first.timeline(), first.timeline()) == first.timeline().decisions());
    const std::size_t same = sim::same_until(first.timeline(), second.timeline());
    CHECK(same > 0);
    CHECK(same < first.timeline().decisions());
    bool stole = false;
    for (const sim::ComparedRow& row :
         sim::compare(first.timeline(), second.timeline(), sim::Words::field)) {
        if (std::string(row.name) != "steals") continue;
        stole = true;
        CHECK(row.first > 0);
        CHECK(row.second == 0);
        CHECK(sim::difference_text(row) == "−" + std::to_string(row.first));
    }
    CHECK(stole);
    const std::string text =
        sim::comparison(arguments->first.run, first.timeline(), arguments->first.run,
                        first.timeline(), sim::Words::school);
    CHECK(text.find("the same run") != std::string::npos);
}

TEST_CASE("what compare does not understand is named") {
    CHECK(compare_error({"lock"}).find("two runs") != std::string::npos);
    CHECK(compare_error({"lock", "no-such-lesson"}).find("no-such-lesson") != std::string::npos);
    CHECK(compare_error({"lock", "clipboards=0"}).find("clipboards") != std::string::npos);
    CHECK(compare_error({"/nowhere/a.homeroom", "lock"}).find("cannot be read") !=
          std::string::npos);
    CHECK(compare_error({"lock", "lock", "--colour"}).find("--colour") != std::string::npos);
}

TEST_CASE("a sweep has a line for each run, and each number is that of the run alone") {
    const std::string text =
        printed({"--lesson", "stealing", "--vary", "clipboards=1..3", "--vary", "students=4,8",
                 "--measure", "makespan,steals", "--csv", "-"});
    CHECK(lines_of(text) == 7);
    CHECK(text.substr(0, text.find('\n')) == "clipboards,students,makespan_ns,steals");
    sim::RunOptions run = sim::find_lesson("stealing")->defaults;
    run.clipboards = 2;
    run.students = 8;
    ModelRun alone(run);
    alone.wait_for(~std::size_t{0});
    const std::size_t end = sim::end_of(alone.timeline());
    const std::string line =
        "\n2,8," +
        std::to_string(sim::value_of(*sim::find_measure("makespan"), alone.timeline(), end)) + "," +
        std::to_string(sim::value_of(*sim::find_measure("steals"), alone.timeline(), end)) + "\n";
    CAPTURE(text);
    CHECK(text.find(line) != std::string::npos);
    CHECK(lines_of(printed({"--vary", "rules=|no-steal|no-steal,no-wake"})) == 4);
}

TEST_CASE("what sweep does not understand is named") {
    CHECK(sweep_error({}).find("--vary") != std::string::npos);
    CHECK(sweep_error({"--vary", "clipboards=8..1"}).find("range") != std::string::npos);
    CHECK(sweep_error({"--vary", "clipboards=0..2"}).find("clipboards") != std::string::npos);
    CHECK(sweep_error({"--vary", "colour=1"}).find("colour") != std::string::npos);
    CHECK(sweep_error({"--vary", "seed=1..2", "--measure", "beauty"}).find("'beauty'") !=
          std::string::npos);
    CHECK(sweep_error({"--vary", "seed=1..200", "--vary", "students=1..200"}).find("40000 runs") !=
          std::string::npos);
    CHECK(sweep_error({"--vary"}).find("needs a value") != std::string::npos);
}

TEST_CASE("a kept run stays beside the shown one, and the card has the numbers of both") {
    Hands hands;
    hands.press(ImGuiKey_K);
    REQUIRE(hands.frame->session().kept_run() != nullptr);
    hands.pictures(20);
    CHECK_FALSE(hands.sees("compare.close"));
    hands.click("compare.differences");
    CHECK(hands.sees("compare.close"));
    CHECK(hands.sees("compare.scene"));
    CHECK(hands.sees("strip.kept"));
    CHECK(hands.frame->session().comparison().whole);
    hands.click("rule.steal");
    hands.pictures(60);
    CHECK_FALSE(hands.frame->session().comparison().whole);
    const auto& rows = hands.frame->session().comparison().rows;
    REQUIRE_FALSE(rows.empty());
    const sim::Timeline& kept = hands.frame->session().kept_run()->timeline();
    CHECK(rows[0].first == sim::value_of(*sim::find_measure("makespan"), kept, sim::end_of(kept)));
    CHECK(rows[0].first != rows[0].second);
    hands.click("strip.kept", 0.5f);
    CHECK(hands.player().position() > 0);
    hands.press(ImGuiKey_K);
    CHECK(hands.frame->session().kept_run() == nullptr);
    CHECK_FALSE(hands.sees("strip.kept"));
}

TEST_CASE("the kept run's scene stands at the same moment of time, and ends with the shown one") {
    Hands hands;
    hands.player().wait_for(1'000'000);
    hands.press(ImGuiKey_K);
    const ModelRun* kept = hands.frame->session().kept_run();
    REQUIRE(kept != nullptr);
    hands.click("rule.steal");
    hands.player().wait_for(1'000'000);
    hands.pictures(30);
    const ClockScene& scene = hands.frame->scenes()[4];
    const sim::Timeline& film = kept->timeline();
    for (std::size_t position : {std::size_t{10}, std::size_t{60}, std::size_t{25}}) {
        hands.player().show(position, 1);
        hands.pictures(1);
        const Nanoseconds now = hands.player().now().time;
        CHECK(scene.position() == film.first_decision_at(now + 1));
        CHECK(scene.now().time <= now);
    }
    hands.press(ImGuiKey_End);
    hands.pictures(90);
    CHECK(scene.position() == film.decisions());
    // A click there selects as one in the large scene does.
    hands.click("compare.scene", 0.4f);
    hands.press(ImGuiKey_K, ImGuiMod_Shift);
    CHECK(hands.sees("compare.close"));
    hands.press(ImGuiKey_Escape);
    CHECK_FALSE(hands.view().differences);
    CHECK(hands.frame->session().kept_run() != nullptr);
    // Another run kept at once: nothing is left of the one before.
    hands.press(ImGuiKey_K);
    hands.press(ImGuiKey_K);
    hands.pictures(30);
    CHECK(scene.position() == hands.frame->session().kept_run()->timeline().decisions());
}

TEST_CASE("a sweep of the window plays its runs, and a click shows one of them") {
    Hands hands;
    hands.press(ImGuiKey_X);
    hands.pictures(20);
    const SweepView& sweep = hands.frame->session().sweep();
    REQUIRE(sweep.over());
    CHECK(sweep.results().size() == 8);
    hands.click("sweep.vary.students");
    hands.pictures(30);
    CHECK(sweep.sweep().vary.front().name == "students");
    hands.click("sweep.measure");
    for (int i = 0; i < 40 && !hands.sees("sweep.measure.steals"); ++i)
        hands.wheel(hands.box("sweep.measure.started").centre(), -1);
    hands.click("sweep.measure.steals");
    hands.pictures(30);
    CHECK(std::string(sweep.sweep().measures.front()->name) == "steals");
    REQUIRE(sweep.over());
    hands.click("sweep.run3");
    CHECK(hands.player().run().students == 10);
    CHECK_FALSE(hands.view().sweep);
}

TEST_CASE("a second setting of the window's sweep gives a curve for each of its values") {
    Hands hands;
    hands.press(ImGuiKey_X);
    hands.pictures(2);
    hands.click("sweep.second.teachers");
    hands.pictures(60);
    const SweepView& sweep = hands.frame->session().sweep();
    REQUIRE(sweep.over());
    CHECK(sweep.results().size() == 8 * 4);
    CHECK(sweep.curves() == std::vector<std::string>{"1", "2", "4", "8"});
    CHECK(sweep.along().size() == 8);
    hands.click("sweep.run9");  // the second curve's second point
    CHECK(hands.player().run().teachers == 2);
    CHECK(hands.player().run().clipboards == 2);
    hands.press(ImGuiKey_X);
    hands.click("sweep.vary.teachers");  // the same twice over would say nothing
    hands.pictures(20);
    CHECK(sweep.curves().empty());
}
