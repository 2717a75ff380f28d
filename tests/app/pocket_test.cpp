// Where few units are left (the smallest window, the largest type), one thing is seen at a time:
// the scene, or what lies over it; and all that a large window offers is still there.
#include "app/pocket.h"

#include <algorithm>
#include <string>

#include "app/export/drawn.h"
#include "sim/lesson.h"
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

TEST_CASE(
    "in a pocket the scheduler's game leaves the scene in sight, and candidates are clicked "
    "there") {
    Hands hands(in_pocket(), smallest);
    hands.player().wait_for(100);
    hands.player().show(40, 1);
    const float whole = hands.frame->layout().scene.height();
    hands.press(ImGuiKey_G);
    hands.pictures(2);
    const Game& game = hands.frame->session().game();
    REQUIRE(game.open());
    const Layout& layout = hands.frame->layout();
    // The question stands in the caption's place, with its answers; nothing lies over the scene.
    CHECK(layout.scene.height() > whole * 0.65f);
    for (std::size_t i = 1; i <= game.question()->choices.size(); ++i) {
        const Box& chip = hands.box("game." + std::to_string(i));
        CHECK_FALSE(chip.overlaps(layout.scene));
        CHECK_FALSE(chip.overlaps(layout.transport));
    }
    CHECK(hands.box("game.close").max.y <= layout.caption.max.y);
    // Somebody in the scene who may be called, by a click.
    ImVec2 at;
    std::size_t number = 0;
    const auto& choices = game.question()->choices;
    const auto seen = [&](std::size_t i) {
        return hands.frame->stage().where(
            {StagePick::student, static_cast<std::uint32_t>(choices[i].student)}, at);
    };
    while (number < choices.size() && !seen(number)) ++number;
    REQUIRE(number < choices.size());
    const sim::StudentId meant = choices[number].student;
    hands.click_at(at);
    REQUIRE(game.picks().size() == 1);
    CHECK(game.picks()[0].picked == meant);
    CHECK(hands.view().selected.kind == StagePick::nothing);
    CHECK_FALSE(hands.view().card);  // who answers does not ask about them
    hands.click("game.next");
    REQUIRE(game.open());
    hands.click("game.1");
    CHECK(game.picks().size() == 2);
    hands.click("game.close");
    CHECK_FALSE(game.on());
    CHECK(hands.frame->layout().scene.height() == whole);
}

TEST_CASE("in a pocket what happens next is chosen above the scene, or by a click on the table") {
    Hands hands(in_pocket(), smallest);
    hands.player().wait_for(100);
    hands.player().show(40, 1);
    hands.press(ImGuiKey_I);
    hands.pictures(3);
    REQUIRE(hands.player().asking());
    const Layout& layout = hands.frame->layout();
    CHECK_FALSE(hands.box("question.1").overlaps(layout.scene));
    CHECK_FALSE(hands.box("question.stop").overlaps(layout.scene));
    const auto moves = hands.player().open_moves();
    std::size_t number = moves.size();
    for (std::size_t i = 0; i < moves.size(); ++i) {
        const auto same = std::count_if(moves.begin(), moves.end(), [&](const sim::Move& move) {
            return move.table == moves[i].table;
        });
        if (same == 1 && moves[i].kind == sim::Move::Kind::run_table) number = i;
    }
    REQUIRE(number < moves.size());
    ImVec2 at;
    REQUIRE(hands.frame->stage().where(
        {StagePick::table, static_cast<std::uint32_t>(moves[number].table)}, at));
    const std::size_t known = hands.player().known();
    hands.click_at(at);
    hands.pictures(60);
    CHECK(hands.player().known() > known);
    CHECK(hands.view().selected.kind == StagePick::nothing);
    hands.press(ImGuiKey_Escape);
    CHECK_FALSE(hands.player().asking());
}

TEST_CASE("in a pocket the menu of moments has a cross") {
    Hands hands(in_pocket(), smallest);
    hands.press(ImGuiKey_U);
    REQUIRE(hands.sees("until.steal"));
    hands.click("until.close");
    hands.pictures(2);
    CHECK_FALSE(hands.sees("until.steal"));
}

TEST_CASE("how to start is told where it does not hide the scene") {
    for (const ImVec2 size : {ImVec2{1024, 640}, ImVec2{1280, 720}, ImVec2{1920, 1080}})
        for (const double scale : {1.0, 1.5, 2.0, 2.5}) {
            CAPTURE(size.x);
            CAPTURE(scale);
            Options options = lesson("stealing");
            options.scale = scale;
            Hands hands(options, size);
            const Layout& layout = hands.frame->layout();
            const Box& tour = hands.box("start.tour");
            if (hands.sees("start.play")) {
                const Box& knob = hands.box("start.play");
                CHECK((tour.max.x - knob.min.x) * knob.height() <
                      0.1f * layout.scene.width() * layout.scene.height());
            } else {
                CHECK(tour.max.y <= layout.caption.max.y);
                CHECK(tour.max.x <= layout.caption.max.x);
            }
            const float before = layout.scene.height();
            hands.press(ImGuiKey_RightArrow);
            CHECK_FALSE(hands.sees("start.tour"));
            CHECK(hands.frame->layout().scene.height() >= before);
        }
    Hands hands(in_pocket(), smallest);
    CHECK_FALSE(hands.sees("start.play"));
    hands.click("start.tour");
    REQUIRE(hands.frame->teaching() != nullptr);
    CHECK(hands.frame->teaching()->name() == "tour");
}

namespace {

// How many pieces of images, such as figures, the last picture has there.
int pictures_in(const Box& box) {
    int count = 0;
    const DrawingReader reader(*ImGui::GetIO().Fonts);
    for (const DrawnWindow& window : reader.read(*ImGui::GetDrawData()))
        for (const Drawn& part : window.parts)
            count += part.kind == Drawn::Kind::image && part.box.overlaps(box);
    return count;
}

}  // namespace

TEST_CASE("in a pocket what is asked is told above the four levels, too") {
    Options options = in_pocket();
    options.run = sim::find_lesson("opening")->defaults;
    options.run.lesson = "opening";
    Hands hands(options, smallest);
    hands.press(ImGuiKey_F4);
    hands.pictures(20);
    REQUIRE(hands.sees("levels.close"));
    CHECK(hands.frame->layout().caption.height() == 0);
    hands.press(ImGuiKey_I);
    hands.press(ImGuiKey_End);
    hands.pictures(20);
    REQUIRE_FALSE(hands.player().open_moves().empty());
    const Layout& layout = hands.frame->layout();
    CHECK_FALSE(layout.caption.overlaps(layout.scene));
    CHECK_FALSE(hands.box("question.1").overlaps(layout.scene));
    // And what is asked about is still drawn below it, at each level that is in sight.
    int levels = 0;
    for (const LevelRuns::Level& each : hands.frame->session().levels().all()) {
        const std::string name = std::string("levels.") + each.level.level;
        if (!hands.sees(name.c_str())) continue;
        CAPTURE(name);
        CHECK(pictures_in(hands.box(name.c_str())) > 3);
        ++levels;
    }
    CHECK(levels > 0);
    const std::size_t known = hands.player().known();
    hands.click("question.1");
    hands.pictures(20);
    CHECK(hands.player().known() >= known);
    for (int i = 0; i < 20 && !hands.sees("question.stop"); ++i) hands.pictures(5);
    hands.click("question.stop");
    hands.pictures(5);
    CHECK_FALSE(hands.player().asking());
    CHECK(hands.frame->layout().caption.height() == 0);
    CHECK(hands.view().levels);
}

TEST_CASE("in a pocket a clicker brings what is told with the answer into sight") {
    Options options = in_pocket();
    options.teach = "who-is-next";
    Hands hands(options, smallest);
    const auto first = [&] { return hands.frame->ui().reach().at("teach.answer.1").min.y; };
    const float before = first();
    hands.press(ImGuiKey_PageDown);
    hands.pictures(3);
    REQUIRE_FALSE(hands.frame->teaching()->open());
    CHECK(first() < before - 50);
    // Where all of it is in sight nothing moves.
    hands.press(ImGuiKey_0, ImGuiMod_Ctrl);
    hands.press(ImGuiKey_PageDown);
    hands.pictures(3);
    REQUIRE(hands.frame->teaching()->open());
    const float large = first();
    hands.press(ImGuiKey_PageDown);
    hands.pictures(3);
    CHECK(first() == doctest::Approx(large).epsilon(0.02));
}
