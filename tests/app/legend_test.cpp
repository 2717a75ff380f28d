// The legend and presenter mode: what they change, by mouse and by keyboard.
#include "app/stage/legend.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>
#include <string>

#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

bool stands(Hands& hands, std::uint32_t student) {
    ImVec2 at;
    return hands.frame->stage().where({StagePick::student, student}, at);
}

}  // namespace

TEST_CASE(
    "Q opens the legend in the scene's upper right corner; Q, its cross and Escape close it") {
    Hands hands(lesson("stealing"));
    for (ImVec2 window : {ImVec2{1280, 720}, ImVec2{1920, 1080}, ImVec2{1024, 640}}) {
        hands.resize(window);
        hands.press(ImGuiKey_Q);
        hands.pictures(2);
        const Box close = hands.box("legend.close"), scene = hands.frame->layout().scene;
        CHECK(scene.contains(close.min));
        CHECK(scene.max.x - close.max.x < 40 * hands.frame->layout().scale);
        CHECK(close.min.y - scene.min.y < 40 * hands.frame->layout().scale);
        hands.click("legend.close");
        CHECK_FALSE(hands.view().legend);
    }
    hands.resize({1280, 720});
    hands.pictures(2);
    hands.click("legend");
    CHECK(hands.view().legend);
    hands.press(ImGuiKey_Escape);
    CHECK_FALSE(hands.view().legend);
}

TEST_CASE("each entry takes its part out of the picture and puts it back, by click and by key") {
    Hands hands(lesson("stealing"));
    hands.press(ImGuiKey_Q);
    hands.pictures(2);
    std::set<std::string> names;
    for (std::size_t row = 0; row < parts; ++row) {
        const auto part = static_cast<Part>(row);
        CAPTURE(row);
        names.insert(info_of(part).id);
        hands.click(std::string("legend.") + info_of(part).id);
        CHECK(hands.view().hidden.has(part));
        hands.type(std::to_string((row + 1) % 10).c_str());
        hands.pictures(1);
        CHECK_FALSE(hands.view().hidden.any());
    }
    CHECK(names.size() == parts);
    // Closed, number keys are for others.
    hands.press(ImGuiKey_Q);
    hands.type("1");
    CHECK_FALSE(hands.view().hidden.any());
}

TEST_CASE("whom the legend hides is neither drawn nor found by the mouse") {
    Hands hands(lesson("stealing"));
    hands.player().wait_for(60);
    hands.player().show(60, 1);
    hands.pictures(2);
    const sim::School& school = hands.player().now();
    std::set<Part> seen;
    for (const sim::Student& student : school.students) {
        using State = sim::Student::State;
        const Part part = student.state == State::taught    ? Part::taught
                          : student.state == State::waiting ? Part::waiting
                                                            : Part::names;
        const bool named = student.state == State::listed || student.state == State::top_line;
        if (part == Part::names && !named) continue;
        const auto id = static_cast<std::uint32_t>(student.id);
        if (!stands(hands, id)) continue;
        seen.insert(part);
        hands.view().hidden.toggle(part);
        hands.pictures(1);
        CHECK_FALSE(stands(hands, id));
        hands.view().hidden.toggle(part);
        hands.pictures(1);
        CHECK(stands(hands, id));
    }
    CHECK(seen.size() == 3);
}

TEST_CASE("what the legend hides is kept for next time, and a damaged file hides nothing else") {
    Hidden hidden;
    for (std::size_t row = 0; row < parts; ++row) {
        hidden.toggle(static_cast<Part>(row));
        CHECK(Hidden::from_text(hidden.to_text()) == hidden);
    }
    CHECK(Hidden::from_text("asleep rubbish  trails\n\n").to_text() == "asleep trails");
    CHECK_FALSE(Hidden::from_text("").any());

    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / "homeroom-legend-test";
    std::filesystem::remove_all(folder);
    Options options = lesson("stealing");
    options.state_folder = folder.string();
    {
        Hands hands(options);
        hands.view().hidden.toggle(Part::names);
        hands.pictures(1);
    }
    {
        Hands hands(options);
        CHECK(hands.view().hidden.to_text() == "names");
    }
    std::filesystem::remove_all(folder);
}

TEST_CASE("P presents: no side panels, larger type, hard contrasts; and back") {
    for (const char* name : {"stealing", "errand", "lock"}) {
        Hands hands(lesson(name));
        const float scale = hands.frame->layout().scale;
        const ImU32 dim = hands.frame->ui().theme().text_dim;
        hands.press(ImGuiKey_P);
        hands.pictures(2);
        CHECK(hands.frame->layout().scale > scale * 1.2f);
        CHECK(hands.frame->ui().theme().text_dim != dim);
        CHECK_FALSE(hands.sees("teachers"));
        CHECK(hands.frame->layout().strip.height() == 0);
        hands.press(ImGuiKey_P);
        hands.pictures(2);
        CHECK(hands.frame->layout().scale == scale);
        CHECK(hands.frame->ui().theme().text_dim == dim);
    }
}

TEST_CASE("a clicker steps where there is no lesson") {
    Hands hands(lesson("stealing"));
    hands.press(ImGuiKey_PageDown);
    hands.press(ImGuiKey_PageDown);
    CHECK(hands.player().position() == 2);
    hands.press(ImGuiKey_PageUp);
    CHECK(hands.player().position() == 1);
}
