// Where the rooms of a school are seen, who stands where in them, and what a clipboard shows.
#include "app/stage/scene.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/stage/placing.h"
#include "sim/run.h"

namespace homeroom::app {

namespace {

using sim::School;
using sim::Student;

int digits(std::size_t number) {
    int n = 1;
    for (; number >= 10; number /= 10) ++n;
    return n;
}

std::vector<RoomKey> keys_of(const School& school, std::span<const sim::ClassOptions> classes,
                             bool hall) {
    if (classes.size() < 2 && !hall) return {RoomKey{}};
    // With a hall, but nothing that the kernel keeps about classes.
    if (classes.empty()) return {{false, sim::ClassId{0}, 0, sim::clipboards_max, true}};
    std::vector<RoomKey> keys;
    std::size_t clipboard = 0;
    for (const sim::ClassOptions& each : classes) {
        const bool uses =
            each.kind != sim::ClassKind::threads && each.kind != sim::ClassKind::classes;
        keys.push_back({false, sim::ClassId{static_cast<std::uint16_t>(keys.size())}, clipboard,
                        each.clipboards, uses});
        clipboard += each.clipboards;
    }
    // Copies of them.
    while (keys.size() < school.rooms.size())
        keys.push_back(
            {false, sim::ClassId{static_cast<std::uint16_t>(keys.size())}, clipboard, 0, false});
    return keys;
}

// Letters grow with what they stand on, up to this much.
constexpr float letters_grow = 1.35f;
// A room of this size (pixels, for each unit of the user's scale) can be shown with all there is.
constexpr float full_w = 600, full_h = 372;

// Outside rooms that are seen from near.
float letters(const Scene& to, float least, float ui_scale) {
    return std::clamp(std::round(14 * to.hall.unit), least,
                      std::max(least, 14 * ui_scale * letters_grow));
}

Plan plan_of(const School& school, const Census& census, const RoomKey& key, const Rect& box,
             const Scene& to, float ui_scale) {
    const float share = std::max(box.w() / to.area.w(), box.h() / to.area.h());
    const float k = std::max(1.0f, ui_scale * 0.8f);
    // One that has only the hall beside it needs less to be worth its furniture.
    const float enough = to.building.rooms.size() == 1 ? 0.6f : 1;
    const bool full = key.alone || share > 0.95f ||
                      (box.w() > full_w * k * enough && box.h() > full_h * k * enough);
    if (full)
        return floor_plan(school, key, box, ui_scale * share, 14 * ui_scale * letters_grow,
                          &census);
    return small_plan(school, key, box, to.hall.unit, letters(to, to.building.text, ui_scale));
}

// Of a class without a room: nothing of it is seen.
Plan no_plan(const School& school, const Plan& hall) {
    Plan to;
    to.small = true;
    to.unit = hall.unit;
    to.text = hall.text;
    to.line = hall.line;
    to.pegs.resize(school.clipboards.size());
    to.teacher_spots.resize(school.teachers.size());
    return to;
}

Building on_screen(Building building, const Camera& camera, const Rect& area) {
    for (Building::Room& room : building.rooms) {
        for (Rect* box : {&room.box, &room.plate, &room.door}) *box = camera.on_screen(*box, area);
        const ImVec2 corridor = camera.on_screen(ImVec2(room.corridor_x, room.corridor_y), area);
        room.corridor_x = corridor.x;
        room.corridor_y = corridor.y;
    }
    for (Rect* box : {&building.hall, &building.office}) *box = camera.on_screen(*box, area);
    for (Rect& lane : building.lanes) lane = camera.on_screen(lane, area);
    return building;
}

void place_rooms(const School& school, const Census& census, Scene& to, float ui_scale,
                 const Sight& sight) {
    const std::vector<RoomKey> keys = keys_of(school, sight.classes, sight.hall);
    const std::size_t classes = std::max<std::size_t>(1, sight.classes.size());
    const bool walls = sight.classes.size() > 1 || sight.hall;
    const auto rooms_of = [&](const School& which) {
        return walls ? building_of(which, classes, to.area, ui_scale, sight.hall)
                     : building(1, which.teachers.size(), to.area, ui_scale);
    };
    Building now = rooms_of(sight.rooms_to ? *sight.rooms_to : school);
    if (walls && sight.rooms_from)
        now = app::between(rooms_of(*sight.rooms_from), now, *sight.rooms_to, sight.share);
    to.building = on_screen(std::move(now), sight.camera, to.area);
    const float unit = std::min({ui_scale, to.area.w() / 760, to.area.h() / 420});
    to.hall.area = to.building.hall;
    to.hall.unit = unit * sight.camera.zoom;
    to.hall.text = letters(to, to.building.hall_text, ui_scale);
    to.hall.line = std::ceil(to.hall.text * 1.25f);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const Building::Room& room = to.building.rooms[i];
        RoomScene one;
        one.key = keys[i];
        one.plan = room.box.empty() ? no_plan(school, to.hall)
                                    : plan_of(school, census, keys[i], room.box, to, ui_scale);
        one.plate = room.plate;
        one.door = room.door;
        one.in_sight = overlap(room.box, to.area);
        to.rooms.push_back(std::move(one));
    }
}

void place_teachers(const School& school, Scene& to) {
    for (const sim::Teacher& teacher : school.teachers) {
        const std::size_t i = sim::index(teacher.id);
        Rect box = to.rooms[0].plan.teacher_spots[i];
        std::size_t room = 0;
        if (to.has_hall()) {
            const Rect& lane = to.building.lanes[i];
            box = {lane.x0, lane.y0, lane.x0 + std::min(lane.h() * 0.55f, lane.w() * 0.3f),
                   lane.y1};
            room = to.rooms.size();
        }
        const RoomScene& own = to.room_of(teacher.room);
        if (teacher.table == sim::TableId::hall_monitor && !own.plan.area.empty()) {
            box = own.plan.monitors_teacher;
            room = sim::index(teacher.room);
            if (own.plan.small) {
                const float h = std::min(40 * own.plan.unit, own.plan.grid.h() * 0.3f);
                const float x = own.door.centre().x;
                box = {x - h * 0.25f, own.door.y0 - h, x + h * 0.25f, own.door.y0};
            }
        }
        if (const sim::Table* table = school.find(teacher.table)) {
            const TablePlace& place = to.tables[sim::index(table->id)];
            if (!to.has_hall()) room = 0;
            if (to.has_hall() && !own.plan.area.empty()) room = sim::index(teacher.room);
            if (!place.teacher.empty()) box = place.teacher;
        }
        to.teachers.push_back(box);
        to.teachers_room.push_back(room);
    }
}

}  // namespace

Standing standing_of(Student::State state) {
    switch (state) {
        case Student::State::taught:
        case Student::State::called:
            return Standing::taught;
        case Student::State::waiting:
            return Standing::waiting;
        case Student::State::alarm:
            return Standing::asleep;
        case Student::State::errand:
            return Standing::errand;
        case Student::State::gone:
            return Standing::finished;
        case Student::State::nowhere:
        case Student::State::top_line:
        case Student::State::listed:
        case Student::State::bench:
            break;
    }
    return Standing::ready;
}

const RoomScene& Scene::room_of(const sim::Clipboard& clipboard) const {
    for (const RoomScene& room : rooms) {
        if (room.key.has(clipboard)) return room;
    }
    return rooms[0];
}

CardFace card_face(const Rect& box, const Plan& to, std::uint32_t names, std::size_t students) {
    CardFace face;
    face.box = box;
    face.names = names;
    const float pad = std::min(4 * to.unit, box.w() * 0.06f);
    const float clip_h = std::min(5 * to.unit, box.h() * 0.08f);
    face.head = {box.x0 + pad, box.y0 + clip_h, box.x1 - pad,
                 std::min(box.y0 + clip_h + to.line, box.y1 - pad)};
    face.row_h = to.line;
    face.name_h = std::min(to.text * 1.05f, 15 * to.unit);
    float y = face.head.y1 + 1;
    if (y + face.row_h > box.y1 || box.w() < to.text * 2.6f) return face;
    face.top_line = {box.x0 + pad, y, box.x1 - pad, y + face.row_h};
    const float mark = to.text * 0.55f, mark_x = face.top_line.x0 + to.text * 0.05f;
    const float mark_y = face.top_line.centre().y - mark / 2;
    face.mark = {mark_x, mark_y, mark_x + mark, mark_y + mark};
    y += face.row_h + 1;
    face.names_y = y;
    face.rows = static_cast<std::uint32_t>(std::max(0.0f, (box.y1 - pad / 2 - y) / face.row_h));
    const float number_w = static_cast<float>(digits(students) + 1) * to.text * 0.62f;
    face.column_w = face.name_h + number_w + 4;
    face.columns = static_cast<std::uint32_t>(
        std::max(1.0f, (box.w() - 2 * pad) / std::max(face.column_w, 1.0f)));
    face.column_w = (box.w() - 2 * pad) / static_cast<float>(face.columns);
    const std::uint32_t places = face.rows * face.columns;
    // "+N" takes the last place.
    face.shown = names <= places ? names : places > 0 ? places - 1 : 0;
    return face;
}

ImVec2 CardFace::name_at(std::uint32_t i) const {
    if (i >= shown) return more().empty() ? box.centre() : more().centre();
    const float pad = top_line.empty() ? 0 : top_line.x0 - box.x0;
    const std::uint32_t row = i / columns;
    return {box.x0 + pad + static_cast<float>(i % columns) * column_w + name_h * 0.6f,
            names_y + (static_cast<float>(row) + 0.5f) * row_h};
}

// Hair on both sides is wider than a face.
ImVec2 CardFace::top_name_at() const { return {mark.x1 + name_h * 0.62f, top_line.centre().y}; }

Rect CardFace::more() const {
    if (shown >= names || rows == 0) return {};
    const float pad = top_line.x0 - box.x0;
    const float x = box.x0 + pad + static_cast<float>(shown % columns) * column_w;
    const std::uint32_t row = shown / columns;
    const float y = names_y + static_cast<float>(row) * row_h;
    return {x, y, x + column_w, y + row_h};
}

Scene scene(const School& school, const Rect& area, float ui_scale, const Sight& sight) {
    Census own;
    Census& census = sight.census != nullptr ? *sight.census : own;
    census.look(school);
    Scene to;
    to.area = area;
    if (sight.spare != nullptr) to.students = std::move(sight.spare->students);
    to.students.assign(school.students.size(), {});
    to.tables.resize(school.tables.size());
    to.cards.resize(school.clipboards.size());
    to.faces.resize(school.clipboards.size());
    place_rooms(school, census, to, ui_scale, sight);
    place_students(school, census, to);
    place_teachers(school, to);
    return to;
}

}  // namespace homeroom::app
