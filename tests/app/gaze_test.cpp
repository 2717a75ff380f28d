// From where the school is looked at: wheel, drag, double click, keys and buttons.
#include <doctest/doctest.h>

#include <string>

#include "app/stage/look.h"
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

Options several(std::size_t classes) {
    Options options;
    options.run.teachers = 4;
    for (std::size_t i = 0; i < classes; ++i) {
        sim::ClassOptions one;
        std::string error;
        REQUIRE(sim::parse_class(i % 2 == 0 ? "mpg:stealing" : "threads:errand", one, error));
        options.run.classes.push_back(one);
    }
    return options;
}

void stand_at(Hands& hands, std::size_t position) {
    hands.player().wait_for(position);
    hands.player().show(position, 1);
    hands.pictures(2);
}

void double_click(Hands& hands, ImVec2 at) {
    hands.click_at(at);
    hands.click_at(at);
    hands.pictures(40);
}

}  // namespace

TEST_CASE("the wheel goes nearer and farther, a drag moves, H shows all again") {
    Hands hands;
    stand_at(hands, 40);
    const Box scene = hands.frame->layout().scene;
    CHECK_FALSE(hands.sees("view.whole"));  // one class, seen whole
    hands.wheel(scene.centre(), 4);
    hands.pictures(20);
    CHECK(hands.view().camera.now().zoom > 2);
    const ImVec2 before = hands.view().camera.now().at;
    const StagePick selected = hands.view().selected;
    hands.drag(scene.centre(), {scene.centre().x + 120, scene.centre().y + 50});
    CHECK(hands.view().camera.now().at.x < before.x - 0.02f);
    CHECK(hands.view().camera.now().at.y < before.y - 0.02f);
    CHECK(hands.view().selected == selected);  // a drag is no click
    hands.press(ImGuiKey_RightArrow, ImGuiMod_Ctrl);
    hands.pictures(20);
    CHECK(hands.player().position() == 40);  // the film does not step
    CHECK(hands.view().camera.now().at.x > before.x - 0.1f);
    hands.click("view.whole");
    hands.pictures(40);
    CHECK(hands.view().camera.now().zoom == 1);
    hands.wheel(scene.centre(), -3);
    hands.pictures(20);
    CHECK(hands.view().camera.now().zoom == 1);
}

TEST_CASE("Z goes nearer and Backspace back: school, room, table") {
    Hands hands(several(3));
    stand_at(hands, 150);
    using Level = Stage::Level;
    CHECK(hands.frame->stage().level() == Level::school);
    hands.press(ImGuiKey_Z);
    hands.pictures(40);
    CHECK(hands.frame->stage().level() == Level::room);
    hands.press(ImGuiKey_Z);
    hands.pictures(40);
    CHECK(hands.frame->stage().level() == Level::table);
    hands.press(ImGuiKey_Backspace);
    hands.pictures(40);
    CHECK(hands.frame->stage().level() == Level::room);
    const std::size_t room = hands.frame->stage().room();
    hands.type("}");
    hands.pictures(40);
    CHECK(hands.frame->stage().room() == (room + 1) % 3);
    hands.click("path.school");
    hands.pictures(40);
    CHECK(hands.frame->stage().level() == Level::school);
    hands.click("view.nearer");
    hands.pictures(40);
    hands.click("view.nearer");
    hands.pictures(40);
    hands.click("path.room");
    hands.pictures(40);
    CHECK(hands.frame->stage().level() == Level::room);
    hands.click("view.farther");
    hands.pictures(40);
    CHECK(hands.frame->stage().level() == Level::school);
}

TEST_CASE("a double click enters a room, and one on a table goes to it") {
    Hands hands(several(3));
    stand_at(hands, 150);
    ImVec2 at;
    for (std::uint32_t room : {2u, 0u}) {
        REQUIRE(hands.frame->stage().where({StagePick::room, room}, at));
        double_click(hands, at);
        CHECK(hands.frame->stage().level() == Stage::Level::room);
        CHECK(hands.frame->stage().room() == room);
        if (room == 0) break;
        hands.press(ImGuiKey_H);
        hands.pictures(60);
    }
    std::uint32_t table = 0;
    while (sim::index(hands.player().now().tables[table].room) != 0) ++table;
    REQUIRE(hands.frame->stage().where({StagePick::table, table}, at));
    double_click(hands, at);
    CHECK(hands.frame->stage().level() == Stage::Level::table);
}

TEST_CASE("the camera follows whom it shall, until Esc") {
    Hands hands;
    stand_at(hands, 30);
    hands.view().selected = {StagePick::student, 5};
    hands.press(ImGuiKey_O);
    hands.pictures(40);
    CHECK(hands.view().follow);
    CHECK(hands.sees("path.follow"));
    const Box scene = hands.frame->layout().scene;
    for (int i = 0; i < 30; ++i) {
        hands.press(ImGuiKey_RightArrow);
        hands.pictures(60);
        ImVec2 at;
        hands.frame->stage().where({StagePick::student, 5}, at);
        REQUIRE(scene.contains(at));
    }
    hands.press(ImGuiKey_Escape);
    CHECK_FALSE(hands.view().follow);
    CHECK(hands.view().selected.kind == StagePick::student);  // the next Esc deselects
    hands.press(ImGuiKey_O);
    hands.pictures(2);
    hands.click("path.follow");
    CHECK_FALSE(hands.view().follow);
}

TEST_CASE("another number of classes is seen whole") {
    Hands hands(several(2));
    stand_at(hands, 100);
    hands.press(ImGuiKey_Z);
    hands.pictures(40);
    sim::RunOptions run = hands.player().run();
    run.classes.clear();
    hands.player().apply(command::ChangeRun{run});
    hands.pictures(3);
    CHECK(hands.view().camera.now().zoom == 1);
    CHECK(hands.frame->stage().rooms() == 1);
}

TEST_CASE("what shall be looked at can be said in a word") {
    CHECK(look_of("table:3") == StagePick{StagePick::table, 3});
    CHECK(look_of("class:1") == StagePick{StagePick::room, 1});
    CHECK(look_of("student:77") == StagePick{StagePick::student, 77});
    for (const char* wrong : {"", "table", "table:", "table:x", "table:3x", "bench:1", "Table:1"}) {
        CAPTURE(wrong);
        CHECK_FALSE(look_of(wrong).has_value());
    }
    Options options;
    options.look = "table:1";
    Hands hands(options);
    stand_at(hands, 60);
    hands.pictures(4);
    CHECK(hands.view().camera.now().zoom > 1.2f);
}
