// Every control of the window is clicked, without a window, and does what it says.
#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "app/panels/panels.h"
#include "sim/lesson.h"
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

TEST_CASE("the window opens paused on the first picture, with a hint how to start") {
    Hands hands;
    CHECK(hands.player().position() == 0);
    CHECK_FALSE(hands.player().playing());
    CHECK(hands.frame->title() == "Homeroom — stealing — seed 1");
    CHECK_FALSE(hands.view().acted);
}

TEST_CASE("the play button plays and pauses") {
    Hands hands;
    hands.click("transport.play");
    CHECK(hands.player().playing());
    hands.pictures(120);
    std::size_t position = hands.player().position();
    CHECK(position > 0);
    hands.click("transport.play");
    CHECK_FALSE(hands.player().playing());
    position = hands.player().position();
    hands.pictures(120);
    CHECK(hands.player().position() == position);
}

TEST_CASE("the step buttons go one decision forward and back, to the start and to the end") {
    Hands hands;
    hands.click("transport.forward");
    hands.click("transport.forward");
    CHECK(hands.player().position() == 2);
    hands.click("transport.back");
    CHECK(hands.player().position() == 1);
    hands.click("transport.end");
    hands.pictures(200);
    CHECK(hands.player().at_end());
    CHECK(hands.player().position() > 20);
    hands.click("transport.start");
    CHECK(hands.player().position() == 0);
}

TEST_CASE("the restart button starts the same run again") {
    Hands hands;
    hands.press(ImGuiKey_End);
    hands.pictures(100);
    std::size_t length = hands.player().known();
    hands.click("transport.restart");
    CHECK(hands.player().position() == 0);
    hands.press(ImGuiKey_End);
    hands.pictures(100);
    CHECK(hands.player().known() == length);
}

TEST_CASE("the scrub bar goes to any decision") {
    Hands hands;
    hands.player().wait_for(1'000'000);
    hands.click("transport.scrub", 0.5f);
    double share = static_cast<double>(hands.player().position()) /
                   static_cast<double>(hands.player().known());
    CHECK(share == doctest::Approx(0.5).epsilon(0.02));
    Box bar = hands.box("transport.scrub");
    hands.drag(bar.centre(), {bar.max.x + 50, bar.centre().y});
    CHECK(hands.player().at_end());
}

TEST_CASE("the speed slider is logarithmic and ends in as fast as possible") {
    Hands hands;
    hands.click("transport.speed", 0.01f);
    CHECK(hands.player().speed() == doctest::Approx(speed_min).epsilon(0.2));
    hands.click("transport.speed", 0.5f);
    CHECK(hands.player().speed() > 20);
    CHECK(hands.player().speed() < 200);
    hands.click("transport.speed", 0.999f);
    CHECK(std::isinf(hands.player().speed()));
}

TEST_CASE("the word switch changes the words everywhere") {
    Hands hands;
    hands.press(ImGuiKey_RightArrow);
    hands.click("words.field");
    CHECK(hands.view().words == sim::Words::field);
    hands.click("words.school");
    CHECK(hands.view().words == sim::Words::school);
}

TEST_CASE("the theme button changes the theme") {
    Hands hands;
    hands.click("theme");
    CHECK(hands.view().dark);
    hands.click("theme");
    CHECK_FALSE(hands.view().dark);
    CHECK(hands.view().projector);
    hands.click("theme");
    CHECK_FALSE(hands.view().projector);
}

TEST_CASE("the help button opens the sheet of keys, and its cross closes it") {
    Hands hands;
    hands.click("help");
    CHECK(hands.view().help);
    hands.click("help.close");
    CHECK_FALSE(hands.view().help);
}

TEST_CASE("the picture can stand alone") {
    Hands hands;
    float width = hands.frame->layout().scene.width();
    hands.click("panels");
    hands.pictures(1);
    CHECK(hands.frame->layout().scene.width() > width * 1.2f);
    CHECK_FALSE(hands.sees("teachers"));
    hands.click("panels");
    CHECK(hands.sees("teachers"));
}

TEST_CASE("each slider changes its number and starts the run again with the same seed") {
    struct Slider {
        const char* name;
        std::uint32_t sim::RunOptions::*number;
    };
    for (Slider slider : {Slider{"teachers", &sim::RunOptions::teachers},
                          Slider{"clipboards", &sim::RunOptions::clipboards},
                          Slider{"students", &sim::RunOptions::students}}) {
        CAPTURE(slider.name);
        Hands hands;
        hands.press(ImGuiKey_RightArrow);
        unsigned runs = hands.player().runs();
        hands.click(slider.name, 0.98f);
        CHECK(hands.player().run().*slider.number >= 16);
        CHECK(hands.player().runs() > runs);
        CHECK(hands.player().position() == 0);
        CHECK(hands.player().run().seed == 1);
        hands.click(slider.name, 0.02f);
        CHECK(hands.player().run().*slider.number <= 2);
        std::uint32_t before = hands.player().run().*slider.number;
        hands.wheel(hands.box(slider.name).centre(), 1);
        CHECK(hands.player().run().*slider.number == before + 1);
    }
}

TEST_CASE("a changed number keeps a playing film playing") {
    Hands hands;
    hands.click("transport.play");
    hands.click("teachers", 0.5f);
    CHECK(hands.player().playing());
}

TEST_CASE("the length slider gives round lengths") {
    Hands hands;
    hands.click("length", 0.01f);
    CHECK(hands.player().run().lesson_ns == 1'000);
    hands.click("length", 0.99f);
    CHECK(hands.player().run().lesson_ns == 10'000'000'000);
    hands.wheel(hands.box("length").centre(), -1);
    CHECK(hands.player().run().lesson_ns == 5'000'000'000);
}

TEST_CASE("the seed is typed or thrown") {
    Hands hands;
    hands.click("seed.dice");
    CHECK(hands.player().run().seed != 1);
    hands.click("seed");
    hands.press(ImGuiKey_A, ImGuiMod_Ctrl);
    hands.type("77");
    hands.press(ImGuiKey_Enter);
    CHECK(hands.player().run().seed == 77);
    CHECK(hands.frame->title() == "Homeroom — stealing — seed 77");
}

TEST_CASE("each rule is switched off and on again, and the run starts anew") {
    Hands hands;
    for (const sim::RuleInfo& rule : sim::rule_infos()) {
        CAPTURE(rule.name);
        std::string name = std::string("rule.") + rule.name;
        bool was = hands.player().run().rules.*rule.field;
        unsigned runs = hands.player().runs();
        hands.click(name);
        CHECK(hands.player().run().rules.*rule.field != was);
        CHECK(hands.player().runs() > runs);
        hands.click(name);
        CHECK(hands.player().run().rules.*rule.field == was);
    }
}

TEST_CASE("each lesson can be chosen from the list and steps") {
    Hands hands;
    for (const sim::Lesson& lesson : sim::lessons()) {
        CAPTURE(lesson.name);
        const Box control = hands.box("lesson");
        hands.click("lesson");
        const std::string row = std::string("lesson.") + lesson.name;
        for (int i = 0; i < 30 && !hands.sees(row); ++i)  // the list is longer than the window
            hands.wheel({control.centre().x, control.max.y + 90}, -1);
        hands.click(row);
        CHECK(hands.player().run().lesson == lesson.name);
        CHECK(hands.player().run().students == lesson.defaults.students);
        hands.press(ImGuiKey_RightArrow);
        CHECK(hands.player().position() == 1);
    }
}

TEST_CASE("a click in the picture inspects what is there, and links lead on") {
    Hands hands;
    hands.player().wait_for(60);
    hands.player().show(60, 1);
    hands.pictures(3);
    ImVec2 at;
    REQUIRE(hands.frame->stage().where({StagePick::table, 0}, at));
    // A table's cell, or what stands in it, is selected by a click on it.
    hands.click_at(at);
    CHECK(hands.view().selected.kind != StagePick::nothing);
    hands.view().selected = {StagePick::table, 0};
    hands.pictures(2);
    REQUIRE(hands.sees("inspector.clipboard"));
    hands.click("inspector.clipboard");
    CHECK(hands.view().selected == StagePick{StagePick::clipboard, 0});
    hands.click("inspector.close");
    CHECK(hands.view().selected.kind == StagePick::nothing);
}

TEST_CASE("everything in the picture can be inspected at any time") {
    Hands hands;
    hands.player().wait_for(1'000'000);
    for (std::size_t position : {std::size_t{0}, std::size_t{30}, hands.player().known()}) {
        hands.player().show(position, 1);
        for (auto kind :
             {StagePick::student, StagePick::table, StagePick::clipboard, StagePick::thing,
              StagePick::bench, StagePick::monitor, StagePick::teacher}) {
            for (std::uint32_t id : {0u, 1u, 2u, 15u, 500u}) {
                hands.view().selected = {kind, id};
                hands.pictures(1);
                CHECK(hands.sees("inspector.close"));
            }
        }
    }
}

TEST_CASE("the timeline seeks where it is clicked, zooms and moves") {
    Hands hands;
    hands.player().wait_for(1'000'000);
    hands.click("strip.lanes", 0.5f);
    double share = static_cast<double>(hands.player().position()) /
                   static_cast<double>(hands.player().known());
    CHECK(share == doctest::Approx(0.5).epsilon(0.02));

    Box lanes = hands.box("strip.lanes");
    hands.wheel(lanes.centre(), 3);
    CHECK(hands.view().lane_span < 0.7);
    // What was under the mouse stays there.
    CHECK(hands.view().lane_first + hands.view().lane_span / 2 ==
          doctest::Approx(0.5).epsilon(0.02));

    double first = hands.view().lane_first;
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, true);
    hands.drag(lanes.centre(), {lanes.centre().x - 200, lanes.centre().y});
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, false);
    hands.pictures(1);
    CHECK(hands.view().lane_first > first);

    hands.click("strip.axis.time");
    CHECK(hands.view().lanes_by_time);
    hands.wheel(lanes.centre(), -20);
    CHECK(hands.view().lane_span == 1.0);
    hands.click("strip.lanes", 0.5f);
    // The last decision before that time is shown.
    const sim::Timeline& film = hands.player().timeline();
    auto time_of = [&](std::size_t k) { return film.step(film.step_of_decision(k)).time; };
    Nanoseconds middle = film.duration() / 2, pixel = film.duration() / 500;
    CHECK(time_of(hands.player().position() - 1) <= middle + pixel);
    CHECK(time_of(hands.player().position()) >= middle - pixel);
    hands.click("strip.axis.decisions");
    CHECK_FALSE(hands.view().lanes_by_time);
}

TEST_CASE("what if: the user answers who goes next, and the world may take over again") {
    Hands hands;
    hands.player().wait_for(100);
    hands.player().show(20, 1);
    hands.pictures(2);
    hands.click("what_if");
    REQUIRE(hands.player().asking());
    CHECK(hands.player().position() == 20);
    hands.click("transport.speed", 0.999f);
    hands.click("transport.play");  // up to the first question
    hands.pictures(20);
    REQUIRE_FALSE(hands.player().open_moves().empty());
    REQUIRE(hands.player().position() == hands.player().known());
    std::size_t asked_at = hands.player().known();
    for (int answers = 0; answers < 20; ++answers) {
        CAPTURE(answers);
        REQUIRE(hands.sees("question.1"));
        hands.click(answers % 2 == 0 ? "question.2" : "question.1");
        hands.pictures(20);
    }
    CHECK(hands.player().known() > asked_at);
    REQUIRE_FALSE(hands.player().open_moves().empty());
    hands.click("question.stop");
    CHECK_FALSE(hands.player().asking());
    hands.pictures(300);
    CHECK(hands.player().over());
}

TEST_CASE("the world switch opens a native class, which comes to its end, and goes back") {
    Hands hands;
    hands.click("world.native");
    CHECK(hands.player().world() == WorldKind::native);
    hands.click("full_speed");
    CHECK(hands.player().options().full_speed);
    hands.player().wait_for(~std::size_t{0});
    CHECK(hands.player().over());
    CHECK_FALSE(hands.player().recording().class_crashed());
    CHECK(hands.player().known() > 20);
    hands.click("full_speed");
    CHECK(hands.player().playing());
    hands.click("pace", 0.9f);
    CHECK(hands.player().options().pace > 1'000);
    hands.click("world.model");
    CHECK(hands.player().world() == WorldKind::model);
    CHECK(hands.player().known() > 0);
}

// --- Layout ---

TEST_CASE("no control is cut, and none lies on another, at any size") {
    for (ImVec2 window : {ImVec2{1024, 640}, ImVec2{1280, 720}, ImVec2{1920, 1080}}) {
        for (double scale : {0.75, 1.0, 1.25, 1.5, 2.0, 2.5}) {
            for (int variant = 0; variant < 6; ++variant) {
                const int tab = variant % 3;
                Options options = lesson("stealing");
                options.language = variant < 3 ? sim::Language::english : sim::Language::chinese;
                options.scale = scale;
                options.run.teachers = tab == 0 ? 4 : 16;
                Hands hands(options, window);
                hands.view().tab = tab;
                hands.view().card = tab > 0;  // in a pocket, over the scene
                if (tab == 2) hands.view().selected = {StagePick::student, 1};
                hands.player().wait_for(30);
                hands.player().show(30, 1);
                hands.pictures(3);
                CAPTURE(window.x);
                CAPTURE(scale);
                CAPTURE(tab);
                CAPTURE(variant);
                const auto& controls = hands.frame->ui().controls();
                CHECK(controls.size() > 8);
                for (auto a = controls.begin(); a != controls.end(); ++a) {
                    CAPTURE(a->first);
                    CHECK(a->second.min.x >= 0);
                    CHECK(a->second.min.y >= 0);
                    CHECK(a->second.max.x <= window.x);
                    CHECK(a->second.max.y <= window.y);
                    for (auto b = std::next(a); b != controls.end(); ++b) {
                        CAPTURE(b->first);
                        CHECK_FALSE(a->second.overlaps(b->second));
                    }
                }
            }
        }
    }
}

TEST_CASE("at its suggested size the window shows every control without scrolling") {
    for (ImVec2 window :
         {ImVec2{1024, 640}, ImVec2{1280, 720}, ImVec2{1920, 1080}, ImVec2{3840, 2160}}) {
        CAPTURE(window.x);
        Hands hands(lesson("stealing"), window);
        for (const sim::RuleInfo& rule : sim::rule_infos()) {
            CAPTURE(rule.name);
            Box box = hands.box(std::string("rule.") + rule.name);
            CHECK(box.height() >= 15);
        }
        const Layout& layout = hands.frame->layout();
        CHECK(layout.scene.width() >= window.x * 0.7f);
        CHECK(layout.scene.height() >= window.y * 0.5f);
    }
}

TEST_CASE("what lies below a sheet is out of the mouse's reach") {
    Hands hands;
    hands.press(ImGuiKey_RightArrow);
    const ImVec2 play = hands.box("transport.play").centre();
    for (const char* sheet : {"?", "/"}) {
        CAPTURE(sheet);
        hands.type(sheet);
        hands.pictures(2);
        hands.click_at(play);
        CHECK_FALSE(hands.player().playing());
        hands.press(ImGuiKey_Escape);
    }
    hands.click_at(play);
    CHECK(hands.player().playing());
}

TEST_CASE("every cost has words of its own") {
    Hands hands;
    for (const auto language : {sim::Language::english, sim::Language::chinese}) {
        if (!Fonts::can_write(language)) continue;
        hands.view().language = language;
        for (const auto words : {sim::Words::school, sim::Words::field}) {
            sim::speak(language);
            for (const sim::CostInfo& info : sim::cost_infos()) {
                const std::string name = cost_label(info, words);
                CAPTURE(name);
                // Left of its slider.
                hands.pictures(1);
                const ImFont& font = *hands.frame->ui().fonts().regular;
                CHECK(font.CalcTextSizeA(font.FontSize, 1e6f, 0, name.c_str()).x <=
                      hands.frame->ui().px(172));
                CHECK(name != info.name);
                if (language == sim::Language::chinese)
                    CHECK(std::any_of(name.begin(), name.end(), [](char c) { return c < 0; }));
            }
        }
    }
}
