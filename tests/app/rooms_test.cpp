// Several classes in one school: rooms with walls, seen from afar and from near.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/stage/building.h"
#include "app/stage/motion.h"
#include "app/stage/pointing.h"
#include "app/stage/scene.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

struct RoomCounts {
    std::size_t classes = 2;
    std::uint32_t teachers = 4, clipboards = 2, tables = 4, students = 30;  // the last three: each
};

std::vector<sim::ClassOptions> classes_of(const RoomCounts& counts) {
    sim::ClassOptions one;
    one.lesson = "stealing";
    one.clipboards = counts.clipboards;
    return std::vector<sim::ClassOptions>(counts.classes, one);
}

// Teachers stand at the first tables of the first classes; of each class's students one is taught
// at each table, and the others are in all kinds of places.
sim::School school_of(const RoomCounts& counts) {
    using Mood = sim::Table::Mood;
    const auto rooms = static_cast<std::uint32_t>(counts.classes);
    sim::School school(counts.teachers, counts.clipboards * rooms);
    school.rooms.resize(counts.classes);
    school.monitor.present = true;
    for (std::uint32_t room = 0; room < rooms; ++room) {
        const sim::ClassId id{static_cast<std::uint8_t>(room)};
        school.rooms[room].open = true;
        sim::Thing thing;
        thing.id = room + 1;
        thing.room = id;
        for (std::uint32_t i = 0; i < counts.tables; ++i) {
            sim::Table table;
            table.id = sim::TableId{static_cast<std::uint16_t>(school.tables.size())};
            table.room = id;
            table.mood = i % 3 == 2 ? Mood::resting : i % 3 == 1 ? Mood::errand : Mood::searching;
            const std::size_t teacher = sim::index(table.id);
            if (table.mood == Mood::searching && teacher < school.teachers.size()) {
                table.teacher = sim::TeacherId{static_cast<std::uint16_t>(teacher)};
                school.teachers[teacher].table = table.id;
                school.teachers[teacher].room = id;
            }
            school.tables.push_back(table);
        }
        for (std::uint32_t i = 0; i < counts.students; ++i) {
            using State = sim::Student::State;
            sim::Student student;
            student.id = sim::StudentId{static_cast<std::uint32_t>(school.students.size() + 1)};
            student.room = id;
            switch (i % 5) {
                case 0:
                    school.bench.push_back(student.id);
                    student.state = State::bench;
                    break;
                case 1:
                    student.state = State::alarm;
                    break;
                case 2:
                    student.state = State::gone;
                    break;
                case 3:
                    student.state = State::waiting;
                    student.object = thing.id;
                    thing.queue.push_back(student.id);
                    break;
                default:
                    student.state = State::listed;
                    school.clipboards[room * counts.clipboards].names.push_back(student.id);
            }
            school.students.push_back(student);
        }
        school.things.push_back(thing);
    }
    return school;
}

bool within(const Rect& inner, const Rect& outer) {
    constexpr float slack = 0.1f;
    return inner.empty() || (inner.x0 >= outer.x0 - slack && inner.x1 <= outer.x1 + slack &&
                             inner.y0 >= outer.y0 - slack && inner.y1 <= outer.y1 + slack);
}

// The first two that lie on each other, or one that is cut; none: empty.
std::string first_offence(const std::vector<Rect>& boxes, const Rect& outer) {
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (!within(boxes[i], outer)) return std::to_string(i) + " is cut";
        for (std::size_t k = i + 1; k < boxes.size(); ++k) {
            if (overlap(boxes[i].inset(0.05f), boxes[k].inset(0.05f)))
                return std::to_string(i) + " lies on " + std::to_string(k);
        }
    }
    return {};
}

std::string first_offence(const Building& building, const Rect& area) {
    std::vector<Rect> boxes{building.hall};
    for (const Building::Room& room : building.rooms) {
        boxes.push_back(room.box);
        boxes.push_back(room.plate);
    }
    if (std::string found = first_offence(boxes, area); !found.empty()) return found;
    boxes = building.lanes;
    boxes.push_back(building.office);
    if (std::string found = first_offence(boxes, building.hall); !found.empty())
        return "in the hall " + found;
    for (const Rect& lane : building.lanes) {
        if (lane.w() < 40 || lane.h() < 12) return "a lane is too small";
    }
    return {};
}

}  // namespace

TEST_CASE("rooms, plates, desk and lanes never overlap, whatever the size and the counts") {
    for (ImVec2 size : {ImVec2{600, 380}, {720, 400}, {984, 440}, {1330, 700}, {1900, 1000}}) {
        for (float scale : {1.0f, 1.5f, 2.5f}) {
            for (std::size_t classes = 2; classes <= 8; ++classes) {
                for (std::size_t teachers : {1u, 2u, 4u, 9u, 16u}) {
                    const Rect area{0, 0, size.x, size.y};
                    CAPTURE(size.x);
                    CAPTURE(scale);
                    CAPTURE(classes);
                    CAPTURE(teachers);
                    REQUIRE(first_offence(building(classes, teachers, area, scale), area) == "");
                }
            }
        }
    }
}

TEST_CASE("letters in several rooms follow the user's scale, as far as the rooms hold them") {
    const auto text = [](std::size_t classes, ImVec2 size, float scale) {
        return building(classes, 4, {0, 0, size.x, size.y}, scale).text;
    };
    // A window of 1280 by 720 in which the scene has nearly all, and one of 1920 by 1080.
    const ImVec2 usual{1260, 380}, large{1900, 600};
    CHECK(text(3, usual, 1) == 12);
    CHECK(text(3, usual, 2.5f) >= 18);
    CHECK(text(6, usual, 2.5f) >= 16);
    CHECK(text(3, large, 3.25f) >= 28);
    CHECK(text(6, large, 3.25f) >= 22);
    CHECK(text(8, large, 3.25f) >= 22);
    for (std::size_t classes = 2; classes <= 8; ++classes) {
        for (ImVec2 size : {usual, large, ImVec2{1004, 330}}) {
            float last = 12;
            for (float scale : {1.0f, 1.25f, 1.5f, 2.0f, 2.5f}) {
                CAPTURE(classes);
                CAPTURE(size.x);
                CAPTURE(scale);
                const Building all = building(classes, 16, {0, 0, size.x, size.y}, scale);
                CHECK(all.text >= last);
                last = all.text;
                CHECK(all.hall_text >= 12);
                if (all.hall_text > 12)
                    for (const Rect& lane : all.lanes) REQUIRE(lane.h() > 1.25f * all.hall_text);
                if (all.text > 12)
                    for (const Building::Room& room : all.rooms)
                        REQUIRE(room.box.h() > 6 * all.text);
            }
        }
    }
}

TEST_CASE("from afar a clipboard's number can be read, whatever the scale") {
    const RoomCounts counts{6, 4, 2, 4, 30};
    const sim::School school = school_of(counts);
    for (float scale : {1.0f, 2.5f}) {
        const Scene to = scene(school, {0, 0, 1260, 380}, scale, {{}, classes_of(counts)});
        for (const RoomScene& room : to.rooms) {
            REQUIRE(room.plan.small);
            for (const TablePlace& place : room.plan.tables) {
                if (place.where == TablePlace::Where::hidden) continue;
                CHECK(place.card.w() > 1.4f * room.plan.text);
                CHECK(place.card.h() > 1.5f * room.plan.text);
            }
        }
    }
}

TEST_CASE("no place of a grid of rooms stays empty") {
    for (ImVec2 size : {ImVec2{600, 380}, {984, 440}, {1330, 700}, {1900, 1000}}) {
        for (std::size_t classes = 2; classes <= 8; ++classes) {
            CAPTURE(size.x);
            CAPTURE(classes);
            const Building all = building(classes, 4, {0, 0, size.x, size.y}, 1);
            std::map<float, std::pair<float, float>>
                rows;  // from where to where, by the upper edge
            for (const Building::Room& room : all.rooms) {
                auto& row = rows.try_emplace(room.box.y0, room.box.x0, room.box.x1).first->second;
                row = {std::min(row.first, room.box.x0), std::max(row.second, room.box.x1)};
            }
            for (const auto& [y, row] : rows) {
                CHECK(row.first == doctest::Approx(rows.begin()->second.first));
                CHECK(row.second == doctest::Approx(rows.begin()->second.second));
            }
        }
    }
}

TEST_CASE("no way from room to room leads through a third one") {
    for (ImVec2 size : {ImVec2{600, 380}, {984, 440}, {1330, 700}, {700, 1200}}) {
        for (std::size_t classes = 2; classes <= 8; ++classes) {
            const Building all = building(classes, 4, {0, 0, size.x, size.y}, 1);
            for (std::size_t from = 0; from < classes; ++from) {
                for (std::size_t to = 0; to < classes; ++to) {
                    const auto points = way(all, from, all.rooms[from].box.centre(), to,
                                            all.rooms[to].box.centre());
                    std::size_t through = classes;
                    for (int i = 0; i <= 400; ++i) {
                        const ImVec2 at = along(points, static_cast<float>(i) / 400);
                        for (std::size_t k = 0; k < classes; ++k)
                            if (k != from && k != to && all.rooms[k].box.contains(at)) through = k;
                    }
                    CAPTURE(size.x);
                    CAPTURE(from);
                    CAPTURE(to);
                    CAPTURE(through);
                    REQUIRE(through == classes);
                }
            }
        }
    }
}

TEST_CASE("one class has the picture for itself") {
    const Building alone = building(1, 4, {0, 0, 900, 500}, 1);
    CHECK_FALSE(alone.has_hall());
    CHECK(alone.rooms[0].box == Rect{0, 0, 900, 500});
}

TEST_CASE("whatever belongs to a class is in its room, at any zoom, and nobody is twice") {
    const Rect area{0, 0, 984, 440};
    for (std::size_t classes : {2u, 3u, 8u}) {
        const RoomCounts counts{classes, 4, 2, 5, 40};
        const sim::School school = school_of(counts);
        const auto options = classes_of(counts);
        const Building plan = building(classes, 4, area, 1);
        for (std::size_t looked_at = 0; looked_at <= classes; ++looked_at) {
            Camera camera;
            if (looked_at < classes) camera = filling(plan.rooms[looked_at].box, area);
            const Scene to = scene(school, area, 1, {camera, options});
            CAPTURE(classes);
            CAPTURE(looked_at);
            REQUIRE(to.rooms.size() == classes);
            if (looked_at < classes) CHECK_FALSE(to.rooms[looked_at].plan.small);
            for (const sim::Student& student : school.students) {
                const StudentSpot& spot = to.students[sim::index(student.id) - 1];
                REQUIRE(spot.group != 0);
                REQUIRE(to.rooms[sim::index(student.room)].plan.area.contains(spot.at));
            }
            for (const sim::Table& table : school.tables) {
                const TablePlace& place = to.tables[sim::index(table.id)];
                REQUIRE(within(place.cell, to.rooms[sim::index(table.room)].plan.area));
            }
            for (std::size_t i = 0; i < to.cards.size(); ++i) {
                const Rect& home = to.rooms[i / counts.clipboards].plan.area;
                REQUIRE(within(to.cards[i], home));
            }
            for (const RoomScene& room : to.rooms) {
                std::uint32_t all = 0;
                for (std::uint32_t count : room.counts) all += count;
                CHECK(all == counts.students);
            }
        }
    }
}

TEST_CASE("tables of a room from afar do not overlap") {
    const Rect area{0, 0, 984, 440};
    for (std::uint32_t tables : {1u, 4u, 16u, 60u, 300u}) {
        const RoomCounts counts{4, 4, 2, tables, 10};
        const Scene to = scene(school_of(counts), area, 1, {{}, classes_of(counts)});
        CAPTURE(tables);
        for (const RoomScene& room : to.rooms) {
            REQUIRE(room.plan.small);
            std::vector<Rect> cells{room.plan.states};
            std::uint32_t shown = 0;
            for (const TablePlace& place : room.plan.tables) {
                if (place.where == TablePlace::Where::hidden) continue;
                cells.push_back(place.cell);
                ++shown;
            }
            if (!room.plan.more_tables.empty()) cells.push_back(room.plan.more_tables);
            REQUIRE(first_offence(cells, room.plan.area) == "");
            CHECK(shown + room.plan.hidden_tables == tables);
        }
    }
}

TEST_CASE("a teacher goes from room to room through both doors") {
    const Rect area{0, 0, 984, 440};
    const RoomCounts counts{3, 1, 1, 2, 4};
    const sim::School before = school_of(counts);
    sim::School after = before;
    after.tables[0].teacher = sim::TeacherId::none;
    after.tables[2].teacher = sim::TeacherId{0};
    after.teachers[0].table = sim::TableId{2};
    after.teachers[0].room = sim::ClassId{1};
    const auto options = classes_of(counts);
    const Scene from = scene(before, area, 1, {{}, options}),
                to = scene(after, area, 1, {{}, options});
    REQUIRE(from.teachers_room[0] == 0);
    REQUIRE(to.teachers_room[0] == 1);
    bool out = false, in = false;
    for (int i = 0; i <= 1000; ++i) {
        const Picture picture = blend(from, to, after, {}, static_cast<float>(i) / 1000);
        const Rect& box = picture.teachers[0];
        const ImVec2 feet(box.centre().x, box.y1);
        const auto passes = [&](const Rect& door) { return door.inset(-3).contains(feet); };
        out = out || passes(to.rooms[0].door);
        in = in || passes(to.rooms[1].door);
        // Never through a wall of the third room.
        REQUIRE_FALSE(to.rooms[2].plan.area.contains(feet));
    }
    CHECK(out);
    CHECK(in);
}

TEST_CASE("rooms can be pointed at, and know what is in them") {
    const Rect area{0, 0, 984, 440};
    const RoomCounts counts;
    const sim::School school = school_of(counts);
    const auto options = classes_of(counts);
    const Scene to = scene(school, area, 1, {{}, options});
    const Picture picture = at_rest(to);
    ImVec2 at;
    REQUIRE(point_of(to, picture, {StagePick::room, 1}, at));
    CHECK(pick_at(school, to, picture, at) == StagePick{StagePick::room, 1});
    CHECK(room_of(school, to, {StagePick::table, 5}) == 1);
    CHECK(room_of(school, to, {StagePick::clipboard, 3}) == 1);
    CHECK(room_of(school, to, {StagePick::student, 31}) == 1);
    CHECK(room_of(school, to, {StagePick::thing, 1}) == 0);
    CHECK_FALSE(room_fills(to, 0));
}

TEST_CASE("where each dot stands for several, all are accounted for") {
    const Rect area{0, 0, 200, 120};
    for (std::uint32_t count : {0u, 1u, 500u, 5000u, 30'000u, 100'000u}) {
        const Crowd crowd = pack_densely(area, count, 40, 4);
        CAPTURE(count);
        CHECK(crowd.count == count);
        CHECK(crowd.shown == count);
        std::uint32_t dots = 0;
        for (std::uint32_t i = 0; i < count; ++i) {
            REQUIRE(area.inset(-0.5f).contains(crowd.at(i)));
            dots += crowd.stands_for_others(i) ? 1u : 0u;
        }
        CHECK(dots * crowd.each >= count);
        CHECK((dots == 0 || (dots - 1) * crowd.each < count));
    }
}

TEST_CASE("any one of a hundred thousand has a place, and can be looked at from near") {
    RoomCounts counts{2, 2, 2, 3, 50'000};
    const sim::School school = school_of(counts);
    const auto options = classes_of(counts);
    const Rect area{0, 0, 984, 440};
    const Building plan = building(2, 2, area, 1);
    const Scene to = scene(school, area, 1, {filling(plan.rooms[1].box, area), options});
    CHECK(to.rooms[1].plan.detail == Detail::density);
    CHECK_FALSE(to.rooms[1].plan.states.empty());
    CHECK(to.rooms[1].bench.each > 1);
    std::size_t drawn = 0;
    for (const sim::Student& student : school.students) {
        const StudentSpot& spot = to.students[sim::index(student.id) - 1];
        REQUIRE(spot.group != 0);
        drawn += spot.shown ? 1 : 0;
    }
    CHECK(drawn > 100);
    CHECK(drawn < 30'000);
    const Rect box = box_of(to, at_rest(to), {StagePick::student, 77'777});
    CHECK(overlap(box, to.rooms[1].plan.area));
}

TEST_CASE("with a hall one class has walls and a door, too") {
    for (ImVec2 size : {ImVec2{600, 380}, {984, 440}, {1330, 700}}) {
        const Rect area{0, 0, size.x, size.y};
        const Building plan = building(1, 4, area, 1, true);
        CHECK(plan.has_hall());
        REQUIRE(plan.rooms.size() == 1);
        CHECK(first_offence(plan, area) == "");
        CHECK_FALSE(plan.rooms[0].door.empty());
    }
}

TEST_CASE("a copy has a room of its own, which grows out of its parent's") {
    const Rect area{0, 0, 984, 440};
    sim::School before = school_of({1, 2, 0, 1, 2});
    sim::School after = before;
    after.rooms.resize(2);
    after.rooms[1].open = after.rooms[1].is_copy = true;
    after.places = 1;
    CHECK(rooms_differ(before, after));
    CHECK_FALSE(rooms_differ(after, after));
    const Building from = building_of(before, 1, area, 1, true);
    const Building to = building_of(after, 1, area, 1, true);
    REQUIRE(from.rooms.size() == 1);
    REQUIRE(to.rooms.size() == 2);
    CHECK(first_offence(to, area) == "");
    float last = 0;
    for (int i = 0; i <= 10; ++i) {
        const Building now = between(from, to, after, static_cast<float>(i) / 10);
        REQUIRE(now.rooms.size() == 2);
        CHECK(now.rooms[1].box.w() > last);
        last = now.rooms[1].box.w();
    }
    // Once it is gone, nothing stands there; others stay.
    sim::School gone = after;
    gone.rooms[1].ended = true;
    CHECK(rooms_differ(after, gone));
    const Building rest = building_of(gone, 1, area, 1, true);
    CHECK(rest.rooms[1].box.empty());
    CHECK(rest.rooms[0].box == to.rooms[0].box);
    // As a zombie it still has its door.
    gone.rooms[1].tasks = 1;
    CHECK_FALSE(building_of(gone, 1, area, 1, true).rooms[1].box.empty());
    const Scene scene = app::scene(after, area, 1, {{}, classes_of({1, 2, 0, 1, 2}), true});
    CHECK(scene.rooms.size() == 2);
}
