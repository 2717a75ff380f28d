// Names that can be followed, the line that finds anybody, and the timeline's lanes.
#include <algorithm>
#include <string>

#include "app/actions.h"
#include "app/finder.h"
#include "app/life.h"
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

void stand_at(Hands& hands, std::size_t position) {
    hands.player().wait_for(position);
    hands.player().show(position, 1);
    hands.pictures(3);
}

// The next decision of this kind after `from`, as a position.
std::size_t next(Hands& hands, EventKind kind, std::size_t from = 0) {
    const sim::Timeline& film = hands.player().timeline();
    for (std::size_t k = from; k < film.decisions(); ++k) {
        if (film.step(film.step_of_decision(k)).event.kind == kind) return k + 1;
    }
    FAIL("no such decision");
    return 0;
}

}  // namespace

TEST_CASE("a name in the caption points at whom it means, and a click on it selects it") {
    Hands hands;
    hands.player().wait_for(1'000'000);
    const std::size_t position = next(hands, EventKind::stole);
    stand_at(hands, position);
    const sim::Step& step =
        hands.player().timeline().step(hands.player().timeline().step_of_decision(position - 1));
    hands.move(hands.box("caption.0").centre());
    hands.pictures(1);
    const StagePick table{StagePick::table, static_cast<std::uint32_t>(step.table)};
    CHECK(hands.view().pointed == table);
    hands.click("caption.0");
    CHECK(hands.view().selected == table);
    hands.move({2, 2});
    hands.pictures(1);
    CHECK(hands.view().pointed == StagePick{});
}

TEST_CASE("what a link points at is drawn with a frame, wherever it is") {
    Hands hands;
    stand_at(hands, 60);
    for (auto kind : {StagePick::student, StagePick::table, StagePick::clipboard, StagePick::thing,
                      StagePick::bench, StagePick::monitor, StagePick::teacher}) {
        CAPTURE(static_cast<int>(kind));
        hands.view().pointing = {};
        hands.pictures(2);
        const int plain = ImGui::GetDrawData()->TotalVtxCount;
        hands.view().pointing = {kind,
                                 kind == StagePick::student || kind == StagePick::thing ? 1u : 0u};
        hands.pictures(1);
        CHECK(ImGui::GetDrawData()->TotalVtxCount > plain);
    }
}

TEST_CASE("the reason card shows each rung of the ladder, with links, at every decision") {
    Hands hands;
    hands.view().tab = View::why;
    hands.player().wait_for(1'000'000);
    std::size_t links = 0;
    for (std::size_t position = 1; position <= hands.player().known(); position += 5) {
        hands.player().show(position, 1);
        hands.pictures(2);
        CHECK(hands.sees("reason.fidelity"));
        for (const auto& [name, box] : hands.frame->ui().controls())
            if (name.compare(0, 11, "reason.rung") == 0) ++links;
    }
    CHECK(links > 10);
}

TEST_CASE("what is selected from the reason card is shown below it, and the card stays") {
    Hands hands;
    hands.view().tab = View::why;
    stand_at(hands, 60);
    hands.click("caption.0");
    CHECK(hands.view().tab == View::why);
    CHECK(hands.sees("inspector.close"));
    CHECK(hands.sees("reason.fidelity"));
}

TEST_CASE("names and numbers find students, tables, clipboards and things") {
    Hands hands;
    stand_at(hands, 100);
    const sim::School& school = hands.player().now();
    using Picks = std::vector<StagePick>;
    CHECK(find_by_name(school, "student 7") == Picks{{StagePick::student, 7}});
    CHECK(find_by_name(school, "g7") == Picks{{StagePick::student, 7}});
    CHECK(find_by_name(school, " Table 2") == Picks{{StagePick::table, 2}});
    CHECK(find_by_name(school, "M2") == Picks{{StagePick::table, 2}});
    CHECK(find_by_name(school, "cl 1") == Picks{{StagePick::clipboard, 1}});
    CHECK(find_by_name(school, "P3") == Picks{{StagePick::clipboard, 3}});
    CHECK(find_by_name(school, "core 0") == Picks{{StagePick::teacher, 0}});
    CHECK(find_by_name(school, "attendance list 1") == Picks{{StagePick::thing, 1}});
    CHECK(find_by_name(school, "wait group 1") == Picks{{StagePick::thing, 1}});
    CHECK(find_by_name(school, "bench") == Picks{{StagePick::bench, 0}});
    CHECK(find_by_name(school, "sysmon") == Picks{{StagePick::monitor, 0}});
    CHECK(find_by_name(school, "2").size() == 4);  // a student, a table, a clipboard, a teacher
    CHECK(find_by_name(school, "").empty());
    CHECK(find_by_name(school, "0").size() == 3);  // there is no student 0
    CHECK(find_by_name(school, "student 9999999999999").empty());
    CHECK(find_by_name(school, "nobody 7").empty());
    // Without a number: who there is.
    CHECK(find_by_name(school, "student").size() == school.students.size());
    CHECK(find_by_name(school, "tab").size() == school.tables.size());
    CHECK(find_by_name(school, "attendance") == Picks{{StagePick::thing, 1}});
    CHECK(find_by_name(school, "nobody").empty());
}

TEST_CASE("anybody is found among ten thousand and followed") {
    Options options = lesson("spawn-join");
    options.run.students = 10'000;
    Hands hands(options);
    stand_at(hands, 9'000);
    hands.type("/");
    CHECK(hands.view().finder == View::search);
    hands.pictures(2);
    hands.type("4321");
    hands.press(ImGuiKey_Enter);
    CHECK(hands.view().finder == View::closed);
    CHECK(hands.view().selected == StagePick{StagePick::student, 4321});
    CHECK(hands.sees("inspector.close"));
    CHECK_FALSE(hands.frame->ui().controls().empty());
    hands.press(ImGuiKey_F);
    CHECK(hands.view().lane_span < 1);
    CHECK(hands.sees("strip.life"));
}

TEST_CASE("who types what they are after into the palette finds it") {
    Hands hands;
    for (const char* words : {"lesson", "until", "dark", "Everybody wants", "two pens"}) {
        CAPTURE(words);
        hands.press(ImGuiKey_K, ImGuiMod_Ctrl);
        hands.pictures(2);
        hands.type(words);
        CHECK(hands.sees("finder.0"));
        hands.press(ImGuiKey_Escape);
    }
    hands.press(ImGuiKey_K, ImGuiMod_Ctrl);
    hands.type("play the lesson: everybody wants");
    hands.press(ImGuiKey_Enter);
    hands.pictures(3);
    CHECK(hands.player().run().lesson == "lock");
    hands.press(ImGuiKey_K, ImGuiMod_Ctrl);
    hands.type("questions: a first");
    hands.press(ImGuiKey_Enter);
    hands.pictures(3);
    REQUIRE(hands.frame->teaching() != nullptr);
    CHECK(hands.frame->teaching()->name() == "tour");
}

TEST_CASE("Esc closes the finder, and what is typed into it steers nothing else") {
    Hands hands;
    hands.press(ImGuiKey_K, ImGuiMod_Ctrl);
    CHECK(hands.view().finder == View::palette);
    hands.pictures(2);
    hands.press(ImGuiKey_T);
    hands.type("t");
    CHECK_FALSE(hands.view().dark);
    hands.press(ImGuiKey_Escape);
    CHECK(hands.view().finder == View::closed);
    hands.press(ImGuiKey_T);
    CHECK(hands.view().dark);
}

TEST_CASE("every command can be found by its name and carried out") {
    for (const Action& action : actions()) {
        CAPTURE(action.name);
        Hands hands;
        stand_at(hands, 20);
        hands.press(ImGuiKey_K, ImGuiMod_Ctrl);
        hands.pictures(2);
        hands.type(action.name);
        REQUIRE(hands.sees("finder.0"));
        hands.click("finder.0");
        CHECK(hands.view().finder != View::palette);
        hands.pictures(2);
    }
}

TEST_CASE("a student's life is whole: every decision from its start to its end is told") {
    for (const char* name : {"stealing", "lock", "errand", "pipeline", "never-stops"}) {
        CAPTURE(name);
        Hands hands(lesson(name));
        hands.player().wait_for(1'000'000);
        const Recording& recording = hands.player().recording();
        const sim::Timeline& film = hands.player().timeline();
        for (std::uint32_t id = 1; id <= 6; ++id) {
            CAPTURE(id);
            const Life life = life_of(recording, sim::StudentId{id});
            if (life.spans.empty()) continue;
            for (std::size_t i = 1; i < life.spans.size(); ++i)
                CHECK(life.spans[i].first == life.spans[i - 1].last);
            // Whenever it is said to run, it sits at that table.
            for (const LifeSpan& span : life.spans) {
                if (span.kind != LifeSpan::Kind::running) continue;
                const sim::School school = film.school_after_decision(span.first);
                const sim::Student* student = school.find(sim::StudentId{id});
                REQUIRE(student != nullptr);
                CHECK(student->state == sim::Student::State::taught);
                CHECK(student->table == span.table);
            }
        }
    }
}

TEST_CASE("lanes of tables and clipboards agree with the school at every decision") {
    for (const char* name : {"stealing", "errand", "post"}) {
        CAPTURE(name);
        Hands hands(lesson(name));
        hands.player().wait_for(1'000'000);
        const Lanes& lanes = hands.player().recording().lanes();
        const sim::Timeline& film = hands.player().timeline();
        for (std::size_t k = 0; k < film.decisions(); k += 3) {
            CAPTURE(k);
            const sim::School school = film.school_at(film.step_of_decision(k) + 1);
            for (const sim::Table& table : school.tables) {
                const LaneBlock* block =
                    lanes.tables()[sim::index(table.id)].at(static_cast<std::uint32_t>(k));
                const bool teaches = table.mood == sim::Table::Mood::teaching;
                CHECK((block != nullptr && block->doing == Doing::taught) == teaches);
                if (teaches && block != nullptr) CHECK(block->student == table.student);
            }
        }
    }
}

TEST_CASE("the timeline shows lanes of teachers, tables or clipboards") {
    Hands hands(lesson("errand"));
    hands.player().wait_for(1'000'000);
    hands.pictures(2);
    CHECK(hands.sees("strip.lane1"));
    hands.click("strip.kind.tables");
    CHECK(hands.view().lane_kind == View::by_table);
    hands.click("strip.lane0");
    CHECK(hands.view().selected == StagePick{StagePick::table, 0});
    hands.click("strip.kind.clipboards");
    hands.click("strip.lane1");
    CHECK(hands.view().selected == StagePick{StagePick::clipboard, 1});
}

TEST_CASE("W and S zoom the timeline, A and D move it, F fits the selection") {
    Hands hands;
    hands.player().wait_for(1'000'000);
    for (int i = 0; i < 5; ++i) hands.press(ImGuiKey_W);
    CHECK(hands.view().lane_span < 0.5);
    const double first = hands.view().lane_first;
    hands.press(ImGuiKey_D);
    CHECK(hands.view().lane_first > first);
    hands.press(ImGuiKey_A);
    CHECK(hands.view().lane_first == doctest::Approx(first));
    hands.press(ImGuiKey_F);
    CHECK(hands.view().lane_span == 1.0);
    hands.view().selected = {StagePick::student, 14};
    hands.pictures(2);
    hands.press(ImGuiKey_F);
    CHECK(hands.view().lane_span < 0.9);
    // First it is moved into the middle, as large as it is; then it fills the width.
    for (int i = 0; i < 4; ++i) hands.press(ImGuiKey_W);
    const double span = hands.view().lane_span;
    for (int i = 0; i < 6; ++i) hands.press(ImGuiKey_A);
    const double aside = hands.view().lane_first;
    hands.press(ImGuiKey_F);
    CHECK(hands.view().lane_span == doctest::Approx(span));
    CHECK(hands.view().lane_first > aside);
    hands.press(ImGuiKey_F);
    CHECK(hands.view().lane_span > span);
    hands.click("strip.overview", 0.9f);
    CHECK(hands.view().lane_first + hands.view().lane_span > 0.9);
    for (int i = 0; i < 20; ++i) hands.press(ImGuiKey_S);
    CHECK(hands.view().lane_span == 1.0);
}
