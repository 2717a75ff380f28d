// Where few units are left (the smallest window, the largest type), one thing is seen at a time:
// the scene, or what lies over it; and all that a large window offers is still there.
#include "app/pocket.h"

#include <string>

#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

Options in_pocket() {
    Options options = lesson("stealing");
    options.scale = scale_max;
    return options;
}

constexpr ImVec2 smallest{1024, 640};

}  // namespace

TEST_CASE("the smallest window with the largest type is a pocket, and the scene has most of it") {
    Hands hands(in_pocket(), smallest);
    const Layout& layout = hands.frame->layout();
    CHECK(layout.pocket);
    CHECK(layout.scene.width() > smallest.x * 0.95f);
    CHECK(layout.scene.height() > smallest.y * 0.55f);
    CHECK(layout.reason.width() == 0);
    CHECK(layout.strip.height() == 0);
    // The same window with usual type has all side by side.
    hands.press(ImGuiKey_0, ImGuiMod_Ctrl);
    hands.pictures(2);
    CHECK_FALSE(hands.frame->layout().pocket);
    CHECK(hands.frame->layout().reason.width() > 0);
}

TEST_CASE("in a pocket one row steps and plays, and goes to any place of the run") {
    Hands hands(in_pocket(), smallest);
    hands.click("transport.forward");
    hands.click("transport.forward");
    CHECK(hands.player().position() == 2);
    hands.click("transport.back");
    CHECK(hands.player().position() == 1);
    hands.click("transport.play");
    CHECK(hands.player().playing());
    hands.click("transport.play");
    hands.player().wait_for(100);
    hands.click("transport.scrub", 0.99f);
    CHECK(hands.player().position() > 50);
}

TEST_CASE("in a pocket the card opens over the scene, has four tabs, and is closed by its cross") {
    Hands hands(in_pocket(), smallest);
    hands.click("transport.forward");
    hands.click("card");
    CHECK(hands.view().card);
    CHECK(hands.sees("lesson"));
    hands.click("tab.why");
    CHECK(hands.view().tab == View::why);
    hands.click("tab.look");
    hands.click("tab.timeline");
    hands.pictures(2);
    CHECK(hands.sees("strip.lanes"));
    CHECK(hands.sees("strip.axis.time"));
    CHECK(hands.sees("transport.play"));  // one sees why while one steps
    hands.click("card.close");
    CHECK_FALSE(hands.view().card);
    CHECK_FALSE(hands.sees("strip.lanes"));
}

TEST_CASE("in a pocket Tab opens the card, turns it, and closes it; Esc closes what is open") {
    Hands hands(in_pocket(), smallest);
    for (const int tab : {View::lesson, View::why, View::look, View::timeline}) {
        hands.press(ImGuiKey_Tab);
        CHECK(hands.view().card);
        CHECK(hands.view().tab == tab);
    }
    hands.press(ImGuiKey_Tab);
    CHECK_FALSE(hands.view().card);
    for (const ImGuiKey key : {ImGuiKey_Tab, ImGuiKey_C, ImGuiKey_E, ImGuiKey_X, ImGuiKey_F2,
                               ImGuiKey_Q, ImGuiKey_F3, ImGuiKey_L}) {
        CAPTURE(ImGui::GetKeyName(key));
        hands.press(key);
        CHECK_FALSE((hands.sees("card") && !scene_is_covered(hands.view()) &&
                     hands.view().in_front == nullptr && !hands.view().simplified &&
                     !hands.view().course));
        hands.press(ImGuiKey_Escape);
        CHECK_FALSE(scene_is_covered(hands.view()));
        CHECK_FALSE(hands.view().legend);
        CHECK_FALSE(hands.view().simplified);
        CHECK_FALSE(hands.view().course);
    }
}

TEST_CASE("in a pocket what is opened closes what was open") {
    Hands hands(in_pocket(), smallest);
    hands.press(ImGuiKey_C);
    hands.press(ImGuiKey_E);
    CHECK_FALSE(hands.view().charts);
    CHECK(hands.sees("costs.close"));
    hands.click("card");
    CHECK_FALSE(hands.view().prices);
    hands.click("menu");
    CHECK_FALSE(hands.view().card);
    CHECK(hands.sees("menu.close"));
    hands.click("menu.close");
    CHECK_FALSE(scene_is_covered(hands.view()));
}

TEST_CASE("in a pocket a click on somebody opens the card about them, and closing it keeps them") {
    Hands hands(in_pocket(), smallest);
    hands.press(ImGuiKey_RightArrow);
    hands.view().selected = {StagePick::student, 1};
    hands.pictures(2);
    CHECK(hands.view().card);
    CHECK(hands.view().tab == View::look);
    hands.click("card.close");
    CHECK(hands.view().selected.kind == StagePick::student);
    hands.press(ImGuiKey_Escape);
    CHECK(hands.view().selected.kind == StagePick::nothing);
}

TEST_CASE("the menu of a pocket has what its row has no room for") {
    Hands hands(in_pocket(), smallest);
    const auto choose = [&](const char* item) {
        hands.click("menu");
        hands.pictures(2);
        for (int i = 0; i < 20 && !hands.sees(item); ++i)
            hands.wheel(hands.frame->layout().over.centre(), -1);
        hands.click(item);
        hands.pictures(2);
        CHECK_FALSE(hands.view().menu);
    };
    choose("transport.end");
    hands.pictures(100);
    CHECK(hands.player().at_end());
    choose("transport.start");
    CHECK(hands.player().position() == 0);
    choose("charts");
    CHECK(hands.view().charts);
    choose("transcript");
    CHECK(hands.view().transcript);
    choose("legend");
    CHECK(hands.view().legend);
    CHECK_FALSE(hands.view().charts);
    choose("theme");
    CHECK(hands.view().dark);
    choose("panels");
    CHECK(hands.view().alone);
    choose("panels");
    CHECK_FALSE(hands.view().alone);
    choose("course");
    CHECK(hands.view().course);
    hands.click("course.close");
    choose("help");
    CHECK(hands.view().help);
    hands.click("help.close");
    choose("find");
    CHECK(hands.view().finder == View::search);
    hands.click("finder.close");
    choose("all");
    CHECK(hands.view().finder == View::palette);
    hands.click("finder.close");
    CHECK(hands.view().finder == View::closed);
    choose("levels");
    CHECK(hands.sees("levels.close"));
    hands.click("levels.close");
    choose("until");
    CHECK(hands.sees("until.steal"));
    hands.press(ImGuiKey_Escape);
    hands.press(ImGuiKey_RightArrow);
    choose("what_if");
    CHECK(hands.player().asking());
    choose("transport.restart");
    CHECK(hands.player().position() == 0);
    hands.click("menu");
    hands.click("words.field");
    CHECK(hands.view().words == sim::Words::field);
    for (int i = 0; i < 20 && !hands.sees("transport.speed"); ++i)
        hands.wheel(hands.frame->layout().over.centre(), -1);
    hands.click("transport.speed", 0.01f);
    CHECK(hands.player().speed() < 1);
}

TEST_CASE("in a pocket a lesson's card is read, closed to look at the school, and answered") {
    Options options = in_pocket();
    options.teach = "who-is-next";
    Hands hands(options, smallest);
    const Teaching* lesson = hands.frame->teaching();
    CHECK(hands.view().card);
    CHECK(lesson->open());
    hands.click("card.close");
    hands.click("card");
    for (int i = 0; i < 20 && !hands.sees("teach.answer.1"); ++i)
        hands.wheel(hands.frame->layout().over.centre(), -1);
    hands.click("teach.answer.1");
    CHECK_FALSE(lesson->open());
    hands.view().card = false;
    hands.press(ImGuiKey_PageDown);
    CHECK(lesson->card() == 1);
    CHECK(hands.view().card);  // the next card is there to be read
    hands.click("teach.leave");
    CHECK(hands.frame->teaching() == nullptr);
    CHECK_FALSE(hands.view().card);
}
