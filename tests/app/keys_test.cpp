// What the keys do, and that each tooltip's key is right.
#include "app/keys.h"

#include <cmath>
#include <set>
#include <string>

#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

TEST_CASE("Space plays and pauses, the arrows step, Home and End seek") {
    Hands hands;
    hands.press(ImGuiKey_RightArrow);
    CHECK(hands.player().position() == 1);
    CHECK(hands.view().acted);
    hands.press(ImGuiKey_RightArrow);
    CHECK(hands.player().position() == 2);
    hands.press(ImGuiKey_LeftArrow);
    CHECK(hands.player().position() == 1);
    hands.press(ImGuiKey_Space);
    CHECK(hands.player().playing());
    hands.press(ImGuiKey_Space);
    CHECK_FALSE(hands.player().playing());
    hands.press(ImGuiKey_End);
    hands.pictures(200);
    CHECK(hands.player().at_end());
    hands.press(ImGuiKey_Home);
    CHECK(hands.player().position() == 0);
}

TEST_CASE("a held arrow repeats, and takes larger steps the longer it is held") {
    Hands hands;
    hands.player().wait_for(300);
    ImGui::GetIO().AddKeyEvent(ImGuiKey_RightArrow, true);
    hands.pictures(60);
    std::size_t after_one_second = hands.player().position();
    hands.pictures(60);
    std::size_t after_two_seconds = hands.player().position();
    ImGui::GetIO().AddKeyEvent(ImGuiKey_RightArrow, false);
    hands.pictures(2);
    CHECK(after_one_second > 3);
    CHECK(after_two_seconds - after_one_second > after_one_second);
}

TEST_CASE("plus and minus change the speed, up to as fast as possible") {
    Hands hands;
    double speed = hands.player().speed();
    hands.type("+");
    CHECK(hands.player().speed() > speed);
    hands.type("-");
    hands.type("-");
    CHECK(hands.player().speed() < speed);
    for (int i = 0; i < 20; ++i) hands.type("+");
    CHECK(std::isinf(hands.player().speed()));
    hands.type("-");
    CHECK(hands.player().speed() == speed_max);
    for (int i = 0; i < 20; ++i) hands.type("-");
    CHECK(hands.player().speed() == speed_min);
}

TEST_CASE("R starts the same run again, with Shift another one") {
    Hands hands;
    hands.press(ImGuiKey_RightArrow);
    unsigned runs = hands.player().runs();
    hands.press(ImGuiKey_R);
    CHECK(hands.player().runs() == runs + 1);
    CHECK(hands.player().position() == 0);
    CHECK(hands.player().run().seed == 1);
    hands.press(ImGuiKey_R, ImGuiMod_Shift);
    CHECK(hands.player().run().seed != 1);
}

TEST_CASE("W, T, P, Tab, F11 and ? change what is shown, Escape closes") {
    Hands hands;
    hands.press(ImGuiKey_V);
    CHECK(hands.view().words == sim::Words::field);
    hands.press(ImGuiKey_T);
    CHECK(hands.view().dark);
    hands.press(ImGuiKey_T);
    CHECK_FALSE(hands.view().dark);
    CHECK(hands.view().projector);
    hands.press(ImGuiKey_T);
    CHECK_FALSE(hands.view().dark);
    CHECK_FALSE(hands.view().projector);
    hands.press(ImGuiKey_P);
    CHECK(hands.view().alone);
    hands.press(ImGuiKey_Tab);
    CHECK(hands.view().tab == 1);
    hands.press(ImGuiKey_F11);
    CHECK(hands.view().fullscreen);
    hands.type("?");
    CHECK(hands.view().help);
    hands.press(ImGuiKey_Escape);
    CHECK_FALSE(hands.view().help);
    hands.view().selected = {StagePick::student, 1};
    hands.press(ImGuiKey_Escape);
    CHECK(hands.view().selected.kind == StagePick::nothing);
}

TEST_CASE("Ctrl with plus, minus and zero changes the size of everything") {
    Hands hands;
    float before = hands.frame->layout().scale;
    hands.press(ImGuiKey_Equal, ImGuiMod_Ctrl);
    CHECK(hands.frame->layout().scale > before);
    hands.press(ImGuiKey_Minus, ImGuiMod_Ctrl);
    hands.press(ImGuiKey_Minus, ImGuiMod_Ctrl);
    CHECK(hands.frame->layout().scale < before);
    hands.press(ImGuiKey_0, ImGuiMod_Ctrl);
    CHECK(hands.frame->layout().scale == before);
}

TEST_CASE("I asks what if, the number keys answer, Escape lets the world decide") {
    Hands hands;
    hands.player().wait_for(100);
    hands.player().show(20, 1);
    hands.press(ImGuiKey_I);
    REQUIRE(hands.player().asking());
    hands.press(ImGuiKey_End);
    hands.pictures(5);
    REQUIRE_FALSE(hands.player().open_moves().empty());
    std::size_t known = hands.player().known();
    hands.type("1");
    hands.pictures(5);
    CHECK(hands.player().known() >= known);
    hands.press(ImGuiKey_Escape);
    CHECK_FALSE(hands.player().asking());
}

TEST_CASE("letters typed into the seed are no commands") {
    Hands hands;
    hands.click("seed");
    hands.press(ImGuiKey_T);
    CHECK_FALSE(hands.view().dark);
}

TEST_CASE("the speeds of the keys are round, and go both ways") {
    CHECK(faster(1) == 2);
    CHECK(faster(1.5) == 2);
    CHECK(slower(1.5) == 1);
    CHECK(slower(2) == 1);
    CHECK(slower(speed_min) == speed_min);
    CHECK(std::isinf(faster(speed_max)));
    CHECK(slower(faster(speed_max)) == speed_max);
}

TEST_CASE("F6 leads to every control, Enter clicks it, and arrows turn it") {
    Hands hands;
    std::set<std::string> reached;
    const std::size_t controls = hands.frame->ui().controls().size();
    REQUIRE(controls > 30);
    for (std::size_t i = 0; i < controls; ++i) {
        hands.press(ImGuiKey_F6);
        reached.insert(hands.frame->keyboard_pointer().at());
    }
    for (const auto& control : hands.frame->ui().controls()) {
        CAPTURE(control.first);
        CHECK(reached.count(control.first) == 1);
    }
    auto go_to = [&](const char* name) {
        for (std::size_t i = 0; i < controls && hands.frame->keyboard_pointer().at() != name; ++i)
            hands.press(ImGuiKey_F6, ImGuiMod_Shift);
        CHECK(hands.frame->keyboard_pointer().at() == name);
    };
    go_to("theme");
    hands.press(ImGuiKey_Enter);
    hands.pictures(4);
    CHECK(hands.view().dark);
    go_to("teachers");
    hands.press(ImGuiKey_UpArrow);
    hands.pictures(4);
    CHECK(hands.player().run().teachers == 5);
    go_to("words.field");
    hands.press(ImGuiKey_Enter);
    hands.pictures(4);
    CHECK(hands.view().words == sim::Words::field);
    hands.press(ImGuiKey_Escape);
    CHECK(hands.frame->keyboard_pointer().at().empty());
}

TEST_CASE("the menu of moments is chosen from by keyboard") {
    Hands hands;
    hands.press(ImGuiKey_U);
    hands.press(ImGuiKey_DownArrow);
    hands.press(ImGuiKey_Enter);
    hands.pictures(200);
    CHECK(hands.player().position() > 0);
    CHECK_FALSE(hands.sees("until.steal"));
    hands.press(ImGuiKey_U);
    CHECK(hands.sees("until.steal"));
    hands.press(ImGuiKey_Escape);
    hands.pictures(2);
    CHECK_FALSE(hands.sees("until.steal"));
}
