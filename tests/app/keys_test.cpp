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
    const std::size_t controls = hands.frame->ui().reach().size();
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

namespace {

// All that a key may change of the run and of what is shown of it.
std::string all_behind(Hands& hands) {
    const View& view = hands.view();
    const Player& player = hands.player();
    std::string text = std::to_string(player.position()) + " " + std::to_string(player.runs()) +
                       " " + std::to_string(player.speed());
    for (const bool each :
         {player.playing(), player.asking(), view.charts, view.transcript, view.prices, view.sweep,
          view.legend, view.levels, view.differences, view.follow, view.measured(), view.card,
          hands.frame->session().game().on(), hands.frame->session().kept_run() != nullptr,
          view.selected.kind == StagePick::nothing, view.finder == View::closed})
        text += each ? " 1" : " 0";
    text += " " + std::to_string(view.tab) + " " + std::to_string(view.lane_span) + " " +
            std::to_string(view.lane_first) + " " + std::to_string(view.camera.goal().zoom);
    return text + " " + std::to_string(hands.frame->session().bookmarks(player).size());
}

// Those that act on the run, or open something.
void press_all(Hands& hands) {
    for (const ImGuiKey key :
         {ImGuiKey_Space,    ImGuiKey_RightArrow, ImGuiKey_LeftArrow, ImGuiKey_Home, ImGuiKey_End,
          ImGuiKey_PageDown, ImGuiKey_PageUp,     ImGuiKey_R,         ImGuiKey_I,    ImGuiKey_G,
          ImGuiKey_K,        ImGuiKey_X,          ImGuiKey_N,         ImGuiKey_M,    ImGuiKey_C,
          ImGuiKey_E,        ImGuiKey_Q,          ImGuiKey_Tab,       ImGuiKey_F2,   ImGuiKey_F4,
          ImGuiKey_Z,        ImGuiKey_O,          ImGuiKey_W,         ImGuiKey_D,    ImGuiKey_F,
          ImGuiKey_Backspace}) {
        hands.press(key);
    }
    for (const ImGuiKey key : {ImGuiKey_S, ImGuiKey_Z, ImGuiKey_O, ImGuiKey_E, ImGuiKey_RightArrow})
        hands.press(key, ImGuiMod_Ctrl);
    for (const char* sign : {"+", "-", ".", ",", "[", "]", "}", "1"}) hands.type(sign);
}

}  // namespace

TEST_CASE("keys belong to the sheet that is open, and not to the run behind it") {
    for (const bool in_pocket : {false, true}) {
        Options options = lesson("stealing");
        options.scale = in_pocket ? scale_max : 1;
        Hands hands(options, in_pocket ? ImVec2{1024, 640} : ImVec2{1280, 720});
        hands.player().wait_for(60);
        hands.player().show(20, 1);
        hands.view().selected = {StagePick::table, 1};
        hands.view().looked_at = hands.view().selected;
        hands.pictures(2);
        const std::string before = all_behind(hands);
        for (bool View::*sheet : {&View::help, &View::course, &View::simplified}) {
            hands.view().*sheet = true;
            hands.pictures(2);
            press_all(hands);
            CHECK(hands.view().*sheet);
            CHECK(all_behind(hands) == before);
            // How it looks may be changed.
            hands.press(ImGuiKey_V);
            CHECK(hands.view().words == sim::Words::field);
            hands.press(ImGuiKey_V);
            hands.press(ImGuiKey_Escape);
            CHECK_FALSE(hands.view().*sheet);
            CHECK(all_behind(hands) == before);
        }
        hands.press(ImGuiKey_U);
        REQUIRE(hands.sees("until.steal"));
        press_all(hands);
        CHECK(hands.sees("until.steal"));
        CHECK(all_behind(hands) == before);
        hands.press(ImGuiKey_U);
        CHECK_FALSE(hands.sees("until.steal"));
    }
}

TEST_CASE("one sheet takes the place of another, and so does a line to type into") {
    Hands hands;
    hands.type("?");
    hands.press(ImGuiKey_L);
    CHECK_FALSE(hands.view().help);
    CHECK(hands.view().course);
    hands.press(ImGuiKey_F3);
    CHECK_FALSE(hands.view().course);
    hands.press(ImGuiKey_F3);
    CHECK_FALSE(hands.view().simplified);
    hands.press(ImGuiKey_L);
    hands.type("/");
    CHECK_FALSE(hands.view().course);
    CHECK(hands.view().finder == View::search);
    hands.press(ImGuiKey_Escape);
    CHECK(hands.view().finder == View::closed);
}

TEST_CASE("a list that a control has opened is closed by Escape, and nothing else is") {
    Hands hands;
    hands.view().charts = true;
    hands.view().selected = {StagePick::student, 1};
    hands.view().tab = View::lesson;
    hands.pictures(2);
    hands.view().tab = View::lesson;
    hands.pictures(2);
    hands.click("lesson");
    hands.pictures(2);
    REQUIRE(hands.sees("lesson.lock"));
    hands.press(ImGuiKey_RightArrow);
    CHECK(hands.player().position() == 0);
    hands.press(ImGuiKey_Escape);
    hands.pictures(2);
    CHECK_FALSE(hands.sees("lesson.lock"));
    CHECK(hands.view().charts);
    CHECK(hands.view().selected.kind == StagePick::student);
}

TEST_CASE("a lesson is chosen from the sheet by arrows and Enter, also one out of sight") {
    for (const bool in_pocket : {false, true}) {
        Options options = lesson("stealing");
        options.scale = in_pocket ? scale_max : 1;
        Hands hands(options, in_pocket ? ImVec2{1024, 640} : ImVec2{1280, 720});
        hands.press(ImGuiKey_L);
        hands.press(ImGuiKey_DownArrow);
        const auto& at = hands.frame->keyboard_pointer();
        const std::string first = at.at();
        CHECK(first.find("course.") == 0);
        CHECK(first != "course.close");
        for (int i = 0; i < 40 && at.at() != "course.quiz"; ++i) {
            const std::string name = at.at();
            hands.press(ImGuiKey_DownArrow);
            CHECK(at.at() != name);
            CHECK(hands.sees(at.at()));
        }
        CHECK(at.at() == "course.quiz");
        hands.press(ImGuiKey_UpArrow);
        const std::string last = at.at().substr(std::string("course.").size());
        CHECK(hands.player().position() == 0);
        hands.press(ImGuiKey_Enter);
        hands.pictures(4);
        REQUIRE(hands.frame->teaching() != nullptr);
        CHECK(hands.frame->teaching()->name() == last);
    }
}

TEST_CASE("F6 stays in the sheet that is open, and the sheet scrolls by keys") {
    Options options = lesson("stealing");
    options.scale = scale_max;
    Hands hands(options, {1024, 640});
    hands.press(ImGuiKey_L);
    const std::size_t controls = hands.frame->ui().reach().size();
    for (std::size_t i = 0; i < controls; ++i) {
        hands.press(ImGuiKey_F6);
        CHECK(hands.frame->keyboard_pointer().at().find("course.") == 0);
        CHECK(hands.sees(hands.frame->keyboard_pointer().at()));
    }
    const auto top = [&] { return hands.frame->ui().reach().at("course.who-is-next").min.y; };
    hands.press(ImGuiKey_Home);
    const float first = top();
    hands.press(ImGuiKey_PageDown);
    CHECK(top() < first - 100);
    hands.press(ImGuiKey_PageUp);
    CHECK(top() == first);
    hands.press(ImGuiKey_End);
    CHECK(top() < first - 100);
}

TEST_CASE("arrows lead through a pocket's menu, and Enter chooses") {
    Options options = lesson("stealing");
    options.scale = scale_max;
    Hands hands(options, {1024, 640});
    hands.view().menu = true;
    hands.pictures(2);
    const auto& at = hands.frame->keyboard_pointer();
    hands.press(ImGuiKey_DownArrow);
    CHECK(at.at() == "words.school");
    for (const ImGuiKey key : {ImGuiKey_DownArrow, ImGuiKey_DownArrow, ImGuiKey_RightArrow,
                               ImGuiKey_UpArrow, ImGuiKey_LeftArrow})
        hands.press(key);
    CHECK(at.at() == "transport.start");
    hands.press(ImGuiKey_PageDown);
    CHECK(hands.player().position() == 0);
    CHECK(hands.view().menu);
    hands.press(ImGuiKey_PageUp);
    hands.press(ImGuiKey_RightArrow);
    CHECK(at.at() == "transport.end");
    hands.press(ImGuiKey_Enter);
    hands.pictures(200);
    CHECK(hands.player().at_end());
    CHECK_FALSE(hands.view().menu);
}

TEST_CASE("the number of a moment is changed by arrows") {
    Hands hands;
    hands.press(ImGuiKey_U);
    const auto infos = sim::until_infos();
    std::size_t row = 0;
    while (infos[row].argument != sim::UntilInfo::Argument::more_than) ++row;
    for (std::size_t i = 0; i < row; ++i) hands.press(ImGuiKey_DownArrow);
    hands.press(ImGuiKey_RightArrow);
    hands.press(ImGuiKey_RightArrow);
    hands.press(ImGuiKey_LeftArrow);
    CHECK(hands.view().until.kind == infos[row].kind);
    CHECK(hands.view().until.number == infos[row].usual + 1);
    CHECK(hands.view().moments);
    CHECK(hands.player().position() == 0);
}

TEST_CASE("a list that a control has opened is chosen from by arrows and Enter") {
    Hands hands;
    const auto& at = hands.frame->keyboard_pointer();
    for (int i = 0; i < 60 && at.at() != "lesson"; ++i) hands.press(ImGuiKey_F6);
    hands.press(ImGuiKey_Enter);
    hands.pictures(4);
    REQUIRE(hands.sees("lesson.course"));
    hands.press(ImGuiKey_DownArrow);
    CHECK(at.at() == "lesson.course");
    for (int i = 0; i < 40 && at.at() != "lesson.lock"; ++i) {
        const std::string name = at.at();
        hands.press(ImGuiKey_DownArrow);
        CHECK(at.at() != name);
        CHECK(at.at().find("lesson.") == 0);
        CHECK(hands.sees(at.at()));
    }
    hands.press(ImGuiKey_Enter);
    hands.pictures(4);
    CHECK(hands.player().run().lesson == "lock");
    CHECK_FALSE(hands.sees("lesson.course"));
    // From there the keyboard leads on to the others.
    hands.press(ImGuiKey_F6);
    CHECK_FALSE(at.at().empty());
}
