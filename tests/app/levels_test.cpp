// One lesson at four levels in the window, and scenes beside each other on one clock.
#include <doctest/doctest.h>

#include <string>

#include "app/export/drawn.h"
#include "app/stage/clock_scene.h"
#include "sim/lesson.h"
#include "sim/run.h"
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

TEST_CASE("F4 shows a lesson at all four levels, and then as it was") {
    Hands hands;
    const sim::RunOptions before = hands.player().run();
    hands.press(ImGuiKey_F4);
    hands.pictures(3);
    CHECK(hands.view().levels);
    REQUIRE(hands.player().run().classes.size() == 1);
    CHECK(hands.player().run().classes[0].kind == sim::ClassKind::classes);
    CHECK(hands.frame->session().levels().all().size() == 4);
    hands.press(ImGuiKey_F4);
    hands.pictures(2);
    CHECK_FALSE(hands.view().levels);
    CHECK(hands.player().run() == before);
    hands.press(ImGuiKey_F4);
    hands.pictures(2);
    hands.click("levels.close");
    hands.pictures(2);
    CHECK_FALSE(hands.view().levels);
}

TEST_CASE("a click on one of the four opens that run at the same moment") {
    Hands hands;
    hands.press(ImGuiKey_F4);
    hands.pictures(60);
    hands.press(ImGuiKey_End);
    hands.pictures(200);
    const auto* levels = &hands.frame->session().levels();
    REQUIRE(levels->all().size() == 4);
    CHECK_FALSE(levels->growing());
    const sim::RunOptions threads = levels->all()[1].level.run;
    hands.click("levels.table");
    hands.pictures(2);
    CHECK_FALSE(hands.view().levels);
    CHECK(hands.player().run() == threads);
    CHECK(hands.player().at_end());
}

TEST_CASE("a scene on the clock stands where its run stood, forwards, back and far away") {
    const sim::RunOptions run = sim::find_lesson("stealing")->defaults;
    ModelRun film(run);
    film.wait_for(~std::size_t{0});
    const sim::Timeline& steps = film.timeline();
    ClockScene scene({}, 1);
    for (const std::size_t k : {0u, 1u, 2u, 40u, 41u, 7u, 90u}) {
        const Nanoseconds at = steps.step(steps.step_of_decision(k)).time;
        scene.go_to(steps, at, 0.01, 0.5);
        const std::size_t position = steps.first_decision_at(at + 1);
        CAPTURE(k);
        CHECK(scene.position() == position);
        const sim::School there = steps.school_after_decision(position - 1);
        CHECK(scene.now().steps == there.steps);
        CHECK(scene.now().time == there.time);
    }
}

TEST_CASE("cells beside each other cover the area and do not overlap") {
    const Rect area{10, 20, 990, 520};
    for (std::size_t count = 1; count <= 6; ++count) {
        for (std::size_t i = 0; i < count; ++i) {
            const Rect a = cell_of(area, i, count, 8);
            CHECK(a.x0 >= area.x0 - 0.1f);
            CHECK(a.x1 <= area.x1 + 0.1f);
            CHECK(a.y1 <= area.y1 + 0.1f);
            for (std::size_t k = i + 1; k < count; ++k)
                CHECK_FALSE(overlap(a, cell_of(area, k, count, 8)));
        }
    }
}

TEST_CASE("a slider of a cost that only classes have makes the lesson a machine's only class") {
    Hands hands;
    hands.press(ImGuiKey_E);
    hands.pictures(2);
    hands.click("cost.cache-refill", 0.8f);
    hands.pictures(2);
    REQUIRE(hands.player().run().classes.size() == 1);
    CHECK(hands.player().run().costs.cache_refill != sim::Costs{}.cache_refill);
    hands.click("costs.machine");
    hands.pictures(2);
    CHECK(hands.player().run().classes.empty());
    hands.click("costs.machine");
    hands.pictures(2);
    CHECK(hands.player().run().classes.size() == 1);
}

TEST_CASE("a thread that has only been started is offered as a new one, and has no number yet") {
    Options options = lesson("opening");
    std::string error;
    auto run = sim::parse_run("opening level=table", error);
    REQUIRE_MESSAGE(run, error);
    options.run = *run;
    Hands hands(options);
    hands.press(ImGuiKey_I);
    bool offered = false;
    for (int i = 0; i < 40 && !offered; ++i) {
        hands.press(ImGuiKey_End);
        hands.pictures(5);
        const DrawingReader reader(*ImGui::GetIO().Fonts);
        for (const DrawnWindow& window :
             reader.read(*ImGui::GetDrawData(), DrawingReader::What::texts))
            for (const Drawn& part : window.parts) {
                CHECK(part.text.find("65533") == std::string::npos);
                offered = offered || part.text.find("a new table") != std::string::npos;
            }
        hands.type("1");
        hands.pictures(5);
    }
    CHECK(offered);
}
