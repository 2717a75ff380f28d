// The timeline as a tool: measuring, lanes of students, going from event to event and along causes;
// the transcript beside it.
#include <algorithm>

#include "app/arrows.h"
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

TEST_CASE("a drag over the lanes measures, Ctrl zooms to it, F frames it, Esc forgets it") {
    Hands hands;
    hands.player().wait_for(1'000'000);
    hands.pictures(2);
    const Box lanes = hands.box("strip.lanes");
    const std::size_t before = hands.player().position();
    auto at = [&](float share) {
        return ImVec2(lanes.min.x + lanes.width() * share, lanes.centre().y);
    };
    hands.drag(at(0.25f), at(0.5f));
    CHECK(hands.player().position() == before);
    REQUIRE(hands.view().measured());
    const auto known = static_cast<double>(hands.player().known());
    CHECK(static_cast<double>(hands.view().range_from) / known ==
          doctest::Approx(0.25).epsilon(0.05));
    CHECK(static_cast<double>(hands.view().range_to) / known == doctest::Approx(0.5).epsilon(0.05));
    hands.pictures(1);
    CHECK(hands.sees("strip.measured"));
    hands.press(ImGuiKey_F);
    CHECK(hands.view().lane_span == doctest::Approx(0.27).epsilon(0.1));
    hands.press(ImGuiKey_Escape);
    CHECK_FALSE(hands.view().measured());
    hands.press(ImGuiKey_F);
    CHECK(hands.view().lane_span == 1.0);
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, true);
    hands.drag(at(0.2f), at(0.4f));
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, false);
    hands.pictures(2);
    CHECK(hands.view().lane_span < 0.3);
    hands.click("strip.lanes", 0.5f);  // a click goes there, and forgets what was measured
    CHECK_FALSE(hands.view().measured());
    CHECK(hands.player().position() != before);
}

TEST_CASE("a double click frames the block under the mouse, and selects who is taught there") {
    Hands hands;
    hands.player().wait_for(1'000'000);
    hands.pictures(2);
    const std::size_t known = hands.player().known();
    const auto& lanes = hands.player().recording().lanes().teachers();
    const auto& blocks = lanes[0].blocks;
    const auto wide =
        std::max_element(blocks.begin(), blocks.end(), [&](const LaneBlock& a, const LaneBlock& b) {
            auto length = [&](const LaneBlock& block) {
                return block.doing != Doing::taught
                           ? 0
                           : std::min<std::size_t>(block.last, known) - block.first;
            };
            return length(a) < length(b);
        });
    REQUIRE(wide != blocks.end());
    const Box box = hands.box("strip.lanes");
    const float share =
        (static_cast<float>(wide->first) +
         0.5f * static_cast<float>(std::min<std::size_t>(wide->last, known) - wide->first)) /
        static_cast<float>(known);
    const ImVec2 at{box.min.x + box.width() * share,
                    box.min.y + box.height() / static_cast<float>(lanes.size()) / 2};
    hands.move(at);
    for (int i = 0; i < 2; ++i) {
        ImGui::GetIO().AddMouseButtonEvent(0, true);
        hands.pictures(1);
        ImGui::GetIO().AddMouseButtonEvent(0, false);
        hands.pictures(1);
    }
    hands.pictures(2);
    CHECK(hands.view().selected ==
          StagePick{StagePick::student, static_cast<std::uint32_t>(wide->student)});
    CHECK(hands.view().lane_span < 1.0);
}

TEST_CASE("each student has a lane, and the wheel goes to those that do not fit") {
    Hands hands;
    hands.player().wait_for(1'000'000);
    hands.click("strip.kind.students");
    CHECK(hands.view().lane_kind == View::by_student);
    hands.pictures(2);
    hands.click("strip.lane0");
    CHECK(hands.view().selected == StagePick{StagePick::student, 1});
    CHECK_FALSE(hands.sees("strip.life"));  // it has a lane already
    hands.wheel(hands.box("strip.lanes").centre(), -3);
    CHECK(hands.view().lane_scroll > 0);
    CHECK(hands.view().lane_span == 1.0);
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, true);
    hands.wheel(hands.box("strip.lanes").centre(), 3);
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, false);
    CHECK(hands.view().lane_span < 1.0);
}

TEST_CASE("full stop and comma go to the next and the last moment of the same kind") {
    Hands hands;
    hands.player().wait_for(1'000'000);
    hands.view().until = {sim::Until::Kind::steal, 0, 1};
    auto rest = [&hands] {
        for (int i = 0; i < 600 && (hands.player().playing() || hands.player().moving()); ++i)
            hands.pictures(1);
        return hands.player().position();
    };
    hands.type(".");
    hands.pictures(3);
    const std::size_t first = rest();
    CHECK(first > 0);
    hands.type(".");
    hands.pictures(3);
    const std::size_t second = rest();
    CHECK(second > first);
    hands.type(",");
    CHECK(rest() == first);
    hands.type(",");
    CHECK(rest() == first);  // there is none before
}

TEST_CASE("brackets go along causes and effects") {
    Hands hands(lesson("ping-pong"));
    hands.player().wait_for(1'000'000);
    const std::size_t middle = hands.player().known() / 2;
    hands.player().show(middle, 1);
    hands.view().selected = {StagePick::student, 2};
    hands.pictures(2);
    const auto cause = cause_of(hands.player().recording(), sim::StudentId{2}, middle + 1);
    REQUIRE(cause);
    CHECK(cause->position <= middle);
    hands.type("[");
    CHECK(hands.player().position() == cause->position);
    CHECK(hands.view().selected ==
          StagePick{StagePick::student, static_cast<std::uint32_t>(cause->student)});
    // From there the first effect is the one that we came from.
    const auto back = effect_of(hands.player().recording(), cause->student, cause->position - 1);
    REQUIRE(back);
    CHECK(back->student == sim::StudentId{2});
    CHECK(back->position == cause->position);
    hands.type("]");
    CHECK(hands.player().position() > cause->position);
}

TEST_CASE("the transcript shows every decision as a sentence, and a click goes there") {
    Hands hands;
    hands.player().wait_for(1'000'000);
    hands.player().show(30, 1);
    hands.press(ImGuiKey_F2);
    hands.pictures(3);
    CHECK(hands.view().transcript);
    REQUIRE(hands.sees("transcript.30.at"));
    hands.click("transcript.28.at");
    CHECK(hands.player().position() == 28);
    hands.press(ImGuiKey_Escape);
    CHECK_FALSE(hands.view().transcript);
}

TEST_CASE("what is simplified is told for the level of the shown decision") {
    Hands hands;
    hands.player().show(30, 1);
    hands.view().tab = View::why;
    hands.press(ImGuiKey_F3);
    hands.pictures(2);
    CHECK(hands.view().simplified);
    hands.click("simplified.close");
    CHECK_FALSE(hands.view().simplified);
    hands.pictures(2);
    hands.click("reason.simplified");
    CHECK(hands.view().simplified);
}

TEST_CASE("a newcomer who presses the large button sees a context switch within half a minute") {
    Hands hands;
    REQUIRE(hands.sees("start.play"));
    hands.click("start.play");
    CHECK_FALSE(hands.sees("start.play"));
    float seconds = 0;
    while (hands.player().now().counters.student_switches == 0 && seconds < 30) {
        hands.pictures(30);
        seconds += 0.5f;
    }
    CHECK(seconds < 30);
}

TEST_CASE("how to start does not lie over what is read instead of the scene") {
    Hands hands;
    for (const ImGuiKey key : {ImGuiKey_C, ImGuiKey_E, ImGuiKey_X, ImGuiKey_F2, ImGuiKey_Q}) {
        CAPTURE(ImGui::GetKeyName(key));
        hands.press(key);
        CHECK_FALSE(hands.sees("start.play"));
        hands.press(ImGuiKey_Escape);
        CHECK(hands.sees("start.play"));
    }
}

TEST_CASE("the first start offers the tour, until it has been taken") {
    Hands hands;
    REQUIRE(hands.sees("start.tour"));
    hands.click("start.tour");
    REQUIRE(hands.frame->teaching() != nullptr);
    CHECK(hands.frame->teaching()->name() == "tour");
    hands.type("1");
    hands.click("teach.leave");
    hands.press(ImGuiKey_Home);
    CHECK_FALSE(hands.sees("start.tour"));
}
