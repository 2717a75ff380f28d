// The stage without a window: nothing overlaps or is cut, motion starts and ends where it should,
// and what is drawn can be pointed at.
#include "app/stage/stage.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "app/palette.h"
#include "app/stage/crowd_image.h"
#include "app/stage/motion.h"
#include "app/stage/scene.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

using sim::School;
using sim::Student;
using sim::StudentId;
using sim::Table;

struct Counts {
    std::uint32_t teachers = 4, clipboards = 4, tables = 6, things = 3, students = 40;
};

// Fills a school by hand: the first tables teach, of the others every third is out on an errand.
class Filling {
public:
    explicit Filling(const Counts& counts) : school(counts.teachers, counts.clipboards) {
        school.monitor.present = true;
        for (std::uint32_t i = 0; i < counts.things; ++i) {
            sim::Thing thing;
            thing.id = i + 1;
            thing.kind = static_cast<sim::Thing::Kind>(i % 6);
            thing.capacity = 5 * (i % 2);
            thing.count = 3 * (i % 2);
            school.things.push_back(thing);
        }
        for (std::uint32_t i = 0; i < counts.students; ++i) {
            Student student;
            student.id = StudentId{i + 1};
            school.students.push_back(student);
        }
        for (std::uint32_t i = 0; i < counts.tables; ++i) add_table(i);
        while (Student* student = next()) put_somewhere(*student);
    }

    School school;

private:
    Student* next() {
        return taken_ < school.students.size() ? &school.students[taken_++] : nullptr;
    }

    void add_table(std::uint32_t i) {
        Table table;
        table.id = sim::TableId{static_cast<std::uint16_t>(i)};
        const bool holds = i < school.clipboards.size();
        table.mood = holds        ? Table::Mood::searching
                     : i % 3 == 0 ? Table::Mood::errand
                                  : Table::Mood::resting;
        if (holds) {
            table.clipboard = sim::ClipboardId{static_cast<std::uint16_t>(i)};
            school.clipboards[i].holder = table.id;
        }
        if (holds && i < school.teachers.size()) {
            table.teacher = sim::TeacherId{static_cast<std::uint16_t>(i)};
            school.teachers[i].table = table.id;
        }
        if (table.mood != Table::Mood::resting) {
            if (Student* student = next()) {
                student->table = table.id;
                student->state = holds ? Student::State::taught : Student::State::errand;
                table.student = student->id;
                if (holds) table.mood = Table::Mood::teaching;
            }
        }
        school.tables.push_back(table);
    }

    void put_somewhere(Student& student) {
        dice_ = dice_ * 1664525u + 1013904223u;
        const std::uint32_t place = dice_ >> 16;
        sim::Clipboard& clipboard = school.clipboards[place % school.clipboards.size()];
        if (place % 10 < 4 && clipboard.names.size() < 256) {
            clipboard.names.push_back(student.id);
            student.state = Student::State::listed;
        } else if (place % 10 < 6) {
            school.bench.push_back(student.id);
            student.state = Student::State::bench;
        } else if (place % 10 == 6) {
            student.state = Student::State::alarm;
        } else if (place % 10 == 7 && !school.things.empty()) {
            sim::Thing& thing = school.things[place % school.things.size()];
            thing.queue.push_back(student.id);
            student.object = thing.id;
            student.state = Student::State::waiting;
        } else {
            student.state = Student::State::gone;
        }
    }

    std::size_t taken_ = 0;
    std::uint32_t dice_ = 1;
};

School filled(const Counts& counts) { return Filling(counts).school; }

struct Named {
    std::string name;
    Rect box;
};

// What must not lie on each other.
std::vector<Named> parts_of(const Plan& plan) {
    std::vector<Named> parts = {
        {"rack", plan.rack},         {"board", plan.board},         {"window", plan.window},
        {"clock", plan.clock},       {"sleepers", plan.sleepers},   {"folded", plan.folded},
        {"teachers", plan.teachers}, {"graduates", plan.graduates}, {"corridor", plan.corridor},
        {"monitor", plan.monitor},   {"bench", plan.bench},         {"states", plan.states}};
    for (const Station& station : plan.stations) {
        parts.push_back({"line of thing " + std::to_string(station.id), station.line});
    }
    for (std::size_t i = 0; i < plan.marks.size(); ++i) {
        parts.push_back({"place " + std::to_string(i), plan.marks[i]});
    }
    return parts;
}

std::vector<Named> parts_of(const TablePlace& place) {
    return {{"card", place.card},
            {"desk", place.desk},
            {"student", place.student},
            {"teacher", place.teacher},
            {"label", place.label}};
}

bool lie_on_each_other(const Rect& a, const Rect& b) {
    constexpr float slack = 0.01f;  // of sums of floats
    return !a.empty() && !b.empty() && a.x0 < b.x1 - slack && b.x0 < a.x1 - slack &&
           a.y0 < b.y1 - slack && b.y0 < a.y1 - slack;
}

bool inside(const Rect& inner, const Rect& outer) {
    constexpr float slack = 0.01f;
    return inner.empty() || (inner.x0 >= outer.x0 - slack && inner.x1 <= outer.x1 + slack &&
                             inner.y0 >= outer.y0 - slack && inner.y1 <= outer.y1 + slack);
}

// One message for the first offence, or none: thousands of CHECKs would be slow.
std::string first_offence(const std::vector<Named>& parts, const Rect& outer) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!inside(parts[i].box, outer)) return parts[i].name + " is cut";
        for (std::size_t k = i + 1; k < parts.size(); ++k) {
            if (lie_on_each_other(parts[i].box, parts[k].box)) {
                return parts[i].name + " lies on " + parts[k].name;
            }
        }
    }
    return "";
}

std::string first_offence(const Plan& plan) {
    std::string offence = first_offence(parts_of(plan), plan.area);
    std::vector<Named> cells;
    for (std::size_t i = 0; i < plan.tables.size() && offence.empty(); ++i) {
        const TablePlace& place = plan.tables[i];
        if (place.where == TablePlace::Where::hidden) continue;
        offence = first_offence(parts_of(place), place.cell);
        cells.push_back({"table " + std::to_string(i), place.cell});
    }
    if (offence.empty()) offence = first_offence(cells, plan.area);
    std::vector<Named> signs;
    for (const Station& station : plan.stations) {
        signs.push_back({"thing " + std::to_string(station.id), station.sign});
    }
    if (!plan.more_things.empty()) signs.push_back({"more things", plan.more_things});
    if (offence.empty()) offence = first_offence(signs, plan.board);
    std::vector<Named> pegs;
    for (const Rect& peg : plan.pegs) pegs.push_back({"peg", peg});
    if (offence.empty()) offence = first_offence(pegs, plan.rack);
    std::vector<Named> spots;
    for (const Rect& spot : plan.teacher_spots) spots.push_back({"teacher's spot", spot});
    if (offence.empty()) offence = first_offence(spots, plan.teachers);
    return offence;
}

const std::vector<ImVec2> sizes = {{600, 380},  {658, 430},  {720, 400},  {980, 450},
                                   {1100, 640}, {1560, 760}, {1900, 1000}};

// An ImGui without a window, for as long as a test lasts.
class Screen {
public:
    Screen() {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {1920, 1080};
        unsigned char* pixels = nullptr;
        int width = 0, height = 0;
        io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
        io.Fonts->SetTexID(ImTextureID{});
    }
    ~Screen() { ImGui::DestroyContext(); }
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    // One picture; returns how many corners of triangles it took.
    int draw(Stage& stage, const StageView& view, ImVec2 size, StagePick* pick = nullptr) {
        ImGui::GetIO().DeltaTime = 1.0f / 60;
        ImGui::NewFrame();
        seconds_ += 1.0 / 60;
        const StagePick found =
            stage.draw(ImGui::GetBackgroundDrawList(), {0, 0}, size, view, seconds_);
        if (pick) *pick = found;
        ImGui::Render();
        return ImGui::GetDrawData()->TotalVtxCount;
    }

    StagePick pick_at(Stage& stage, const StageView& view, ImVec2 size, ImVec2 mouse) {
        ImGui::GetIO().AddMousePosEvent(mouse.x, mouse.y);
        StagePick pick;
        draw(stage, view, size, &pick);
        return pick;
    }

private:
    double seconds_ = 0;
};

StageView view_of(const School& school) {
    StageView view;
    view.after = &school;
    return view;
}

}  // namespace

TEST_CASE("nothing on the stage overlaps or is cut, whatever the counts, the size and the scale") {
    std::size_t plans = 0;
    for (ImVec2 size : sizes) {
        for (float scale : {1.0f, 1.4f, 2.0f}) {
            for (std::uint32_t clipboards : {1u, 2u, 4u, 8u, 16u}) {
                for (std::uint32_t tables : {1u, 2u, 5u, 9u, 16u, 24u, 40u}) {
                    for (std::uint32_t students : {1u, 60u, 400u, 5000u}) {
                        Counts counts{clipboards, clipboards, tables, tables / 2, 0};
                        School school = filled(counts);
                        // The plan asks only how many there are.
                        school.students.resize(students);
                        const Plan plan =
                            floor_plan(school, {}, {0, 0, size.x, size.y}, scale, 1e9f);
                        const std::string offence = first_offence(plan);
                        CAPTURE(size.x);
                        CAPTURE(size.y);
                        CAPTURE(scale);
                        CAPTURE(clipboards);
                        CAPTURE(tables);
                        CAPTURE(students);
                        REQUIRE(offence == "");
                        ++plans;
                    }
                }
            }
        }
    }
    CHECK(plans == sizes.size() * 3 * 5 * 7 * 4);
}

TEST_CASE("text is never smaller than twelve pixels") {
    const School school = filled({});
    for (ImVec2 size : sizes) {
        CHECK(floor_plan(school, {}, {0, 0, size.x, size.y}, 1, 1e9f).text >= 12);
    }
    CHECK(floor_plan(school, {}, {0, 0, 1900, 1000}, 2, 1e9f).text >= 24);
}

TEST_CASE("every table has a place or is counted") {
    for (std::uint32_t tables : {1u, 7u, 20u, 40u, 300u}) {
        CAPTURE(tables);
        const School school = filled({4, 4, tables, 2, tables});
        const Plan plan = floor_plan(school, {}, {0, 0, 980, 450}, 1, 1e9f);
        const auto hidden = static_cast<std::uint32_t>(std::count_if(
            plan.tables.begin(), plan.tables.end(),
            [](const TablePlace& place) { return place.where == TablePlace::Where::hidden; }));
        CHECK(hidden == plan.hidden_tables + plan.hidden_errands);
        // Who holds a clipboard is always seen.
        for (std::size_t i = 0; i < std::min(tables, 4u); ++i) {
            CHECK(plan.tables[i].where == TablePlace::Where::grid);
        }
    }
}

TEST_CASE("every student stands somewhere on the stage, at most once") {
    const Rect area{0, 0, 980, 450};
    for (std::uint32_t students : {1u, 5u, 60u, 300u, 301u, 2500u, 10'000u}) {
        CAPTURE(students);
        const School school = filled({8, 8, 12, 4, students});
        const Scene to = scene(school, area, 1);
        REQUIRE(to.students.size() == students);
        std::vector<std::pair<float, float>> taken;
        for (const StudentSpot& spot : to.students) {
            REQUIRE(area.contains(spot.at));
            REQUIRE(spot.group != 0);
            if (spot.shown) taken.push_back({spot.at.x, spot.at.y});
        }
        std::sort(taken.begin(), taken.end());
        CHECK(std::adjacent_find(taken.begin(), taken.end()) == taken.end());
    }
}

TEST_CASE("a crowd shows all it can and counts the rest") {
    const Rect area{0, 0, 200, 100};
    for (std::uint32_t count : {0u, 1u, 7u, 40u, 41u, 500u}) {
        CAPTURE(count);
        const Crowd crowd = pack(area, count, 44, 20, 40);
        CHECK(crowd.shown <= count);
        for (std::uint32_t i = 0; i < crowd.shown; ++i) {
            const ImVec2 at = crowd.at(i);
            CHECK(inside({at.x - crowd.figure_w / 2, at.y - crowd.figure_h / 2,
                          at.x + crowd.figure_w / 2, at.y + crowd.figure_h / 2},
                         area));
        }
        if (crowd.shown < count) {
            CHECK(crowd.more().w() >= 40);
            CHECK(inside(crowd.more(), area));
        }
    }
    CHECK(pack(area, 7, 44, 20, 40).shown == 7);
    CHECK(pack(area, 500, 44, 20, 40).shown < 500);
}

TEST_CASE("names and the count of the others stay on their clipboard") {
    const School school = filled({1, 1, 1, 0, 200});
    const Plan plan = floor_plan(school, {}, {0, 0, 980, 450}, 1, 1e9f);
    for (float w : {34.0f, 60.0f, 110.0f, 170.0f}) {
        for (float h : {40.0f, 66.0f, 100.0f, 220.0f}) {
            for (std::uint32_t names : {0u, 1u, 5u, 256u}) {
                CAPTURE(w);
                CAPTURE(h);
                CAPTURE(names);
                const Rect box{10, 10, 10 + w, 10 + h};
                const CardFace face = card_face(box, plan, names, 10'000);
                CHECK(inside(face.head, box));
                CHECK(inside(face.top_line, box));
                CHECK(inside(face.more(), box));
                CHECK(face.shown <= names);
                for (std::uint32_t i = 0; i < face.shown; ++i) {
                    const ImVec2 at = face.name_at(i);
                    CHECK(inside({at.x, at.y - face.row_h / 2, at.x, at.y + face.row_h / 2}, box));
                }
            }
        }
    }
}

TEST_CASE("motion begins in the scene before and ends in the scene after") {
    School before = filled({4, 4, 5, 2, 30});
    School after = before;
    // Student 1 is sent to the bench, clipboard 3 is laid aside, and somebody is born.
    after.students[0].state = Student::State::bench;
    after.tables[0].student = StudentId::none;
    after.bench.push_back(StudentId{1});
    after.clipboards[3].holder = sim::TableId::none;
    after.tables[3].clipboard = sim::ClipboardId::none;
    Student born;
    born.id = StudentId{31};
    born.parent = StudentId{2};
    born.state = Student::State::bench;
    after.students.push_back(born);
    after.bench.push_back(born.id);

    const Rect area{0, 0, 980, 450};
    const Scene from = scene(before, area, 1), to = scene(after, area, 1);
    const Picture first = blend(from, to, after, {}, 0), last = blend(from, to, after, {}, 1);
    for (std::size_t i = 0; i < before.students.size(); ++i) {
        CHECK(first.students[i].spot.at.x == doctest::Approx(from.students[i].at.x));
        CHECK(first.students[i].spot.at.y == doctest::Approx(from.students[i].at.y));
    }
    for (std::size_t i = 0; i < after.students.size(); ++i) {
        CHECK(last.students[i].spot.at.x == doctest::Approx(to.students[i].at.x));
        CHECK(last.students[i].spot.at.y == doctest::Approx(to.students[i].at.y));
    }
    CHECK(first.cards[3] == from.cards[3]);
    CHECK(last.cards[3] == to.cards[3]);
    CHECK(first.students[0].moves);
    CHECK_FALSE(first.students[1].moves);

    // The child comes from its parent.
    const ImVec2 cradle = first.students[30].spot.at, parent = from.students[1].at;
    CHECK(std::abs(cradle.x - parent.x) < 1);
    CHECK(std::abs(cradle.y - parent.y) < from.students[1].height);

    const Picture middle = blend(from, to, after, {}, 0.2f);
    CHECK(middle.students[0].spot.at.x > from.students[0].at.x);
    CHECK(middle.students[0].spot.at.x < to.students[0].at.x);
}

TEST_CASE("no part of a motion is shorter than a third of it, and one kind follows another") {
    for (int kind = 0; kind <= static_cast<int>(EventKind::wrote); ++kind) {
        Cue cue;
        cue.valid = true;
        cue.step.event.kind = static_cast<EventKind>(kind);
        const Tempo tempo = tempo_of(cue);
        CAPTURE(kind);
        constexpr float third = 0.3299f;  // but for rounding
        CHECK((tempo.call_end == 0 || tempo.call_end >= third));
        CHECK(tempo.go_end - tempo.call_end - tempo.stagger >= third);
        CHECK(tempo.close_end - tempo.go_end >= third);
        CHECK(tempo.close_end <= 1);
    }
}

TEST_CASE("who is woken goes only after the call, and the queue closes up only after that") {
    School before = filled({2, 2, 2, 1, 20});
    REQUIRE(before.bench.size() >= 3);
    School after = before;
    const StudentId first = after.bench.front();
    after.bench.erase(after.bench.begin());
    after.students[sim::index(first) - 1].state = Student::State::gone;
    const Rect area{0, 0, 980, 450};
    const Scene from = scene(before, area, 1), to = scene(after, area, 1);
    const std::size_t mover = sim::index(first) - 1, next = sim::index(after.bench.front()) - 1;
    auto gone = [&](std::size_t i, float t, EventKind kind) {
        Cue cue;
        cue.valid = true;
        cue.step.event.kind = kind;
        const ImVec2 at = blend(from, to, after, cue, t).students[i].spot.at;
        return std::abs(at.x - from.students[i].at.x) + std::abs(at.y - from.students[i].at.y) >
               0.5f;
    };
    CHECK_FALSE(gone(mover, 0.32f, EventKind::readied));
    CHECK(gone(mover, 0.5f, EventKind::readied));
    CHECK_FALSE(gone(next, 0.66f, EventKind::readied));
    CHECK(gone(next, 0.9f, EventKind::readied));
    CHECK(gone(mover, 0.32f, EventKind::stole));
}

TEST_CASE("a clipboard that changes hands is carried in an arc, and its names with it") {
    School before = filled({2, 2, 4, 0, 20});
    before.tables[3].mood = Table::Mood::deciding;
    School after = before;
    const auto hand = [](School& school, std::size_t card, sim::TableId to) {
        for (Table& table : school.tables)
            if (table.clipboard == school.clipboards[card].id)
                table.clipboard = sim::ClipboardId::none;
        school.clipboards[card].holder = to;
        if (to != sim::TableId::none)
            school.tables[sim::index(to)].clipboard = school.clipboards[card].id;
    };
    hand(after, 0, sim::TableId{3});
    const Rect area{0, 0, 1560, 760};
    const Scene from = scene(before, area, 1), to = scene(after, area, 1);
    REQUIRE_FALSE(from.cards[0] == to.cards[0]);
    const Picture middle = blend(from, to, after, {}, 0.33f);
    const float straight = (from.cards[0].centre().y + to.cards[0].centre().y) / 2;
    CHECK(middle.cards[0].centre().y < straight - 5);
    CHECK(middle.cards_from[0] == from.cards[0]);
    std::size_t names = 0;
    for (StudentId id : after.clipboards[0].names) {
        const StudentSpot& spot = middle.students[sim::index(id) - 1].spot;
        if (!spot.shown) continue;
        ++names;
        CHECK(middle.cards[0].inset(-2).contains(spot.at));
    }
    CHECK(names > 0);
}

TEST_CASE("several who move at once do not start together") {
    School before = filled({2, 2, 2, 0, 20});
    before.bench.clear();
    School after = before;
    while (after.clipboards[0].names.size() > 2) {
        after.clipboards[1].names.push_back(after.clipboards[0].names.back());
        after.clipboards[0].names.pop_back();
    }
    const Rect area{0, 0, 980, 450};
    const Scene from = scene(before, area, 1), to = scene(after, area, 1);
    const Picture early = blend(from, to, after, {}, 0.12f);
    std::size_t under_way = 0, movers = 0;
    for (std::size_t i = 0; i < early.students.size(); ++i) {
        if (!early.students[i].moves) continue;
        ++movers;
        if (early.students[i].spot.at.x != from.students[i].at.x) ++under_way;
    }
    REQUIRE(movers >= 3);
    CHECK(under_way >= 1);
    CHECK(under_way < movers);
}

TEST_CASE("playing fast moves towards the newest school without ever jumping past it") {
    School one = filled({2, 2, 2, 0, 12});
    School two = one;
    two.students[0].state = Student::State::gone;
    two.tables[0].student = StudentId::none;
    Screen screen;
    Stage stage;
    StageView view = view_of(one);
    view.playing_fast = true;
    screen.draw(stage, view, {980, 450});
    const StagePick student{StagePick::student, 1};
    ImVec2 start, now, before;
    REQUIRE(stage.where(student, start));
    view.after = &two;
    const StudentSpot goal = scene(two, {0, 0, 980, 450}, 1).students[0];
    before = start;
    for (int frame = 0; frame < 60; ++frame) {
        screen.draw(stage, view, {980, 450});
        REQUIRE(stage.where(student, now));
        const float way = (goal.at.y - start.y) * (now.y - before.y);
        CHECK(way >= 0);
        before = now;
    }
    CHECK(std::abs(now.x - goal.at.x) < 1);
    CHECK(std::abs(now.y - goal.at.y) < 1);
    // After a jump everything stands at once.
    view.after = &one;
    stage.snap();
    screen.draw(stage, view, {980, 450});
    REQUIRE(stage.where(student, now));
    CHECK(now.x == start.x);
    CHECK(now.y == start.y);
}

TEST_CASE("what was drawn can be pointed at") {
    const School school = filled({4, 4, 6, 3, 60});
    Screen screen;
    Stage stage;
    const StageView view = view_of(school);
    const ImVec2 size{1200, 700};
    screen.draw(stage, view, size);
    std::vector<StagePick> things = {
        {StagePick::bench, 0},   {StagePick::monitor, 0},   {StagePick::thing, 1},
        {StagePick::thing, 3},   {StagePick::clipboard, 0}, {StagePick::clipboard, 3},
        {StagePick::table, 2},   {StagePick::table, 4},     {StagePick::teacher, 1},
        {StagePick::student, 1}, {StagePick::student, 30}};
    for (StagePick wanted : things) {
        CAPTURE(static_cast<int>(wanted.kind));
        CAPTURE(wanted.id);
        ImVec2 at;
        REQUIRE(stage.where(wanted, at));
        const StagePick found = screen.pick_at(stage, view, size, at);
        CHECK(static_cast<int>(found.kind) == static_cast<int>(wanted.kind));
        CHECK(found.id == wanted.id);
    }
    CHECK(screen.pick_at(stage, view, size, {5000, 5000}).kind == StagePick::nothing);
    ImVec2 nowhere;
    CHECK_FALSE(stage.where({StagePick::student, 61}, nowhere));
    CHECK_FALSE(stage.where({StagePick::thing, 9}, nowhere));
}

TEST_CASE("what is selected is marked, even when it is one of those that are only counted") {
    const School school = filled({1, 1, 1, 0, 250});
    Screen screen;
    Stage stage;
    StageView view = view_of(school);
    const int plain = screen.draw(stage, view, {700, 420});
    std::uint32_t counted = 0;
    for (std::uint32_t id = 1; id <= 250 && counted == 0; ++id) {
        ImVec2 at;
        if (!stage.where({StagePick::student, id}, at)) counted = id;
    }
    REQUIRE(counted != 0);
    view.selected = {StagePick::student, counted};
    CHECK(screen.draw(stage, view, {700, 420}) > plain);
    view.selected = {StagePick::clipboard, 0};
    CHECK(screen.draw(stage, view, {700, 420}) > plain);
    view.selected = {StagePick::table, 0};
    CHECK(screen.draw(stage, view, {700, 420}) > plain);
}

TEST_CASE("the stage draws in both themes and both languages at all sizes") {
    Screen screen;
    for (std::uint32_t students : {0u, 1u, 80u, 900u, 3000u}) {
        const School school = filled({3, 5, 9, 5, students});
        for (ImVec2 size : {ImVec2{20, 20}, ImVec2{320, 200}, ImVec2{980, 450}}) {
            Stage stage;
            StageView view = view_of(school);
            view.before = &school;
            view.progress = 0.5f;
            for (bool dark : {false, true}) {
                view.dark = dark;
                view.words = dark ? sim::Words::field : sim::Words::school;
                CHECK(screen.draw(stage, view, size) > 0);
            }
        }
    }
}

TEST_CASE("ten thousand students take few triangles, and an unmoving crowd is not sent again") {
    const School school = filled({4, 4, 6, 3, 10'000});
    int uploads = 0;
    Screen screen;
    Stage stage([&](const Texture& image) {
        if (image.slot > 0) return reinterpret_cast<ImTextureID>(std::intptr_t{8});
        ++uploads;
        CHECK(image.width >= 1500);
        CHECK(image.height >= 760);
        const auto* end = image.pixels + static_cast<std::ptrdiff_t>(image.width) * image.height;
        CHECK(std::any_of(image.pixels, end, [](std::uint32_t pixel) { return pixel != 0; }));
        return reinterpret_cast<ImTextureID>(std::intptr_t{7});
    });
    const StageView view = view_of(school);
    const int corners = screen.draw(stage, view, {1500, 760});
    CHECK(corners < 40'000);

    const auto start = std::chrono::steady_clock::now();
    constexpr int pictures = 20;
    for (int i = 0; i < pictures; ++i) screen.draw(stage, view, {1500, 760});
    const std::chrono::duration<double, std::milli> passed =
        std::chrono::steady_clock::now() - start;
    CHECK(uploads == 1);
    MESSAGE("10,000 students: ", passed.count() / pictures,
            " ms for one picture, without rendering");
}

TEST_CASE("a crowd's image is made anew only when somebody moved") {
    Sprites sprites({});
    CrowdImage image(sprites);
    auto make = [&](float x) {
        image.begin(200, 100);
        image.add({x, 40}, 20, StudentId{1}, Pose::bench);
        image.add({150, 60}, 4, StudentId{2}, Pose::finished);
        return image.finish();
    };
    CHECK(make(50));
    CHECK_FALSE(make(50));
    CHECK(make(51));
    // The parts cover all that was painted.
    std::vector<bool> covered(200 * 100, false);
    for (const CrowdImage::Part& part : image.parts()) {
        for (int y = part.y; y < part.y + part.h; ++y) {
            for (int x = part.x; x < part.x + part.w; ++x) {
                covered[static_cast<std::size_t>(y * 200 + x)] = true;
            }
        }
    }
    std::size_t painted = 0, missed = 0;
    for (std::size_t i = 0; i < covered.size(); ++i) {
        if (image.pixels()[i] == 0) continue;
        ++painted;
        if (!covered[i]) ++missed;
    }
    CHECK(painted > 200);
    CHECK(missed == 0);
    CHECK(std::count(covered.begin(), covered.end(), true) < 200 * 100 / 2);
}

TEST_CASE("figures beyond the edge of the image are cut, not wrapped") {
    Sprites sprites({});
    CrowdImage image(sprites);
    image.begin(40, 40);
    for (ImVec2 at : {ImVec2{-3, 20}, ImVec2{43, 20}, ImVec2{20, -3}, ImVec2{20, 43},
                      ImVec2{-100, -100}, ImVec2{500, 500}}) {
        image.add(at, 16, StudentId{1}, Pose::bench);
    }
    CHECK(image.finish());
    CHECK(image.pixels()[20 * 40 + 20] == 0);
    CHECK(image.pixels()[24 * 40] != 0);
}
