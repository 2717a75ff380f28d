// A floor plan without a window: nothing overlaps or is cut, and everybody has a place or is
// counted.
#include "app/stage/floor_plan.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "app/stage/scene.h"
#include "tests/app/filled_school.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

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

const std::vector<ImVec2> sizes = {{600, 380},
                                   {658, 430},
                                   {720, 400},
                                   {980, 450},
                                   {1100, 640},
                                   {1560, 760},
                                   {1900, 1000},
                                   // The scenes of pockets, below a caption and below a question.
                                   {1012, 334},
                                   {1012, 246},
                                   {1268, 396}};

}  // namespace

TEST_CASE("nothing on the stage overlaps or is cut, whatever the counts, the size and the scale") {
    std::size_t plans = 0;
    for (ImVec2 size : sizes) {
        for (float scale : {1.0f, 1.4f, 2.5f}) {
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

TEST_CASE("letters are as large as the user wants them, as far as the room has place for them") {
    const School school = filled({});
    const auto text = [&](ImVec2 size, float scale) {
        return floor_plan(school, {}, {0, 0, size.x, size.y}, scale, 14 * scale).text;
    };
    CHECK(text({1012, 334}, 1) == 12);
    // The scene of the smallest window at 2.5 pixels for each unit, and of larger ones.
    CHECK(text({1012, 334}, 2.5f) >= 20);
    CHECK(text({1268, 396}, 2.5f) >= 24);
    CHECK(text({1268, 500}, 1.25f) >= 15);
    for (ImVec2 size : sizes) {
        float last = 0;
        for (float scale : {1.0f, 1.25f, 1.5f, 2.0f, 2.5f}) {
            CHECK(text(size, scale) >= last);
            last = text(size, scale);
        }
    }
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

TEST_CASE("nobody at a table is wider than the place") {
    // A student is as wide as tall, a teacher without the pointer almost half as wide.
    std::size_t small = 0;
    for (ImVec2 size : sizes) {
        for (std::uint32_t tables : {1u, 4u, 9u, 16u, 40u}) {
            const School school = filled({4, 4, tables, 2, tables});
            const Plan plan = floor_plan(school, {}, {0, 0, size.x, size.y}, 1, 19);
            for (std::size_t i = 0; i < plan.tables.size(); ++i) {
                const TablePlace& place = plan.tables[i];
                CAPTURE(size.x);
                CAPTURE(tables);
                CAPTURE(i);
                CHECK(place.student.h() <= place.student.w() * 1.06f);
                CHECK(place.teacher.h() <= place.teacher.w() * 2.05f);
                small += place.where == TablePlace::Where::out ? 1 : 0;
            }
        }
    }
    CHECK(small > 0);
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
