// Puts the students of a school on clipboards, benches and chairs.
#include "app/stage/scene.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/run.h"

namespace homeroom::app {

namespace {

using sim::School;
using sim::Student;
using sim::StudentId;

// Groups are numbers that differ between places; see StudentSpot::group.
enum : std::uint32_t {
    on_clipboard = 1u << 24,
    on_bench = 2u << 24,
    at_table = 3u << 24,
    at_thing = 4u << 24,
    at_alarm = 5u << 24,
    with_graduates = 6u << 24,
    between = 7u << 24,
};

int digits(std::size_t number) {
    int n = 1;
    for (; number >= 10; number /= 10) ++n;
    return n;
}

// Of all students at once, sorted by rooms.
struct Roster {
    std::vector<StudentId> bench, sleepers, graduates;
};

// Puts everybody of one room into its places.
class Placing {
public:
    Placing(const School& school, Scene& to, std::size_t room)
        : school_(school), to_(to), room_(to.rooms[room]) {}

    void all(const Roster& roster) {
        tables();
        cards();
        names();
        lines();
        room_.bench = stand(plan().bench, 6, 4, roster.bench, 46, Pose::bench, on_bench);
        std::vector<StudentId> sleepers = roster.sleepers;
        // Whoever waits for nothing that can be seen sleeps here as well.
        std::erase_if(sleepers, [&](StudentId id) { return spot(id).group != 0; });
        room_.sleepers = crowd(plan().sleepers, sleepers.size(), 42);
        put_all(room_.sleepers, sleepers, Pose::asleep, at_alarm);
        room_.graduates =
            stand(plan().graduates, 6, 2, roster.graduates, 44, Pose::finished, with_graduates);
    }

    void at_tables(const Student& student) {
        const TablePlace* place = place_of(student.table);
        switch (student.state) {
            case Student::State::taught:
            case Student::State::called:
            case Student::State::errand: {
                const Pose pose =
                    student.state == Student::State::errand ? Pose::errand : Pose::taught;
                const std::uint32_t group = at_table | static_cast<std::uint32_t>(student.table);
                if (place && place->where != TablePlace::Where::hidden) {
                    put(student.id, place->student.centre(), place->student.h(), pose, group);
                } else {
                    put(student.id, elsewhere(), 20 * plan().unit, pose, group, false);
                }
                break;
            }
            case Student::State::nowhere:
                stands_about(student);
                break;
            default:
                break;
        }
    }

private:
    const Plan& plan() const { return room_.plan; }
    StudentSpot& spot(StudentId id) { return to_.students[sim::index(id) - 1]; }
    bool known(StudentId id) const {
        return id != StudentId::none && sim::index(id) <= to_.students.size();
    }

    void put(StudentId id, ImVec2 at, float height, Pose pose, std::uint32_t group,
             bool shown = true) {
        if (known(id)) spot(id) = {at, height, pose, shown, group};
    }

    // Where those are counted who have no place of their own.
    ImVec2 elsewhere() const {
        if (plan().small) return plan().states.centre();
        return plan().more_errands.empty() ? plan().errands.centre() : plan().more_errands.centre();
    }

    void tables() {
        for (std::size_t i = 0; i < school_.tables.size(); ++i) {
            if (i < plan().tables.size() && room_.key.has(school_.tables[i]))
                to_.tables[i] = plan().tables[i];
        }
    }

    void cards() {
        for (std::size_t i : plan().own_pegs) {
            const sim::Clipboard& clipboard = school_.clipboards[i];
            Rect box = plan().pegs[i];
            if (const sim::Table* table = school_.find(clipboard.holder)) {
                const TablePlace& place = to_.tables[sim::index(table->id)];
                if (!place.card.empty()) box = place.card;
            }
            to_.cards[i] = box;
            to_.faces[i] =
                card_face(box, plan(), static_cast<std::uint32_t>(clipboard.names.size()),
                          school_.students.size());
        }
    }

    void names() {
        for (std::size_t i : plan().own_pegs) {
            const sim::Clipboard& clipboard = school_.clipboards[i];
            const CardFace& face = to_.faces[i];
            const std::uint32_t group = on_clipboard | static_cast<std::uint32_t>(clipboard.id);
            const ImVec2 top =
                face.top_line.empty()
                    ? (face.box.empty() ? elsewhere() : face.box.centre())
                    : ImVec2(face.top_line.x0 + face.name_h * 1.1f, face.top_line.centre().y);
            put(clipboard.top_line, top, face.name_h, Pose::name, group, !face.top_line.empty());
            for (std::uint32_t k = 0; k < clipboard.names.size(); ++k) {
                put(clipboard.names[k], face.box.empty() ? elsewhere() : face.name_at(k),
                    face.name_h, Pose::name, group, k < face.shown);
            }
        }
    }

    Crowd crowd(const Rect& area, std::size_t count, float tallest) const {
        const float smallest = plan().detail == Detail::figures ? 20 * plan().unit
                               : plan().detail == Detail::heads ? 9.0f
                                                                : 3.0f;
        if (plan().detail == Detail::density)
            return pack_densely(area, static_cast<std::uint32_t>(count), tallest * plan().unit,
                                4.0f);
        // Where figures are too small for text beside them, the heading tells the number.
        const float more_w = plan().detail == Detail::figures ? plan().text * 3 : 0;
        return pack(area, static_cast<std::uint32_t>(count), tallest * plan().unit, smallest,
                    more_w);
    }

    void put_all(const Crowd& crowd, std::span<const StudentId> ids, Pose pose,
                 std::uint32_t group) {
        const ImVec2 beyond = plan().small ? elsewhere() : crowd.at(crowd.shown);
        const float height = plan().small ? 0 : crowd.figure_h;
        for (std::uint32_t i = 0; i < ids.size(); ++i) {
            const bool counted = plan().small || i >= crowd.shown;
            put(ids[i], counted ? beyond : crowd.at(i), height, pose, group,
                !plan().small && crowd.stands_for_others(i));
        }
    }

    // Below the heading of a zone.
    Crowd stand(const Rect& zone, float inset_x, float inset_y, std::span<const StudentId> ids,
                float tallest, Pose pose, std::uint32_t group) {
        Rect area = zone.inset(inset_x * plan().unit, inset_y * plan().unit);
        area.y0 += plan().line;
        const Crowd all = crowd(area, ids.size(), tallest);
        put_all(all, ids, pose, group);
        return all;
    }

    void lines() {
        for (const Station& station : plan().stations) {
            const sim::Thing* thing = school_.find_thing(station.id);
            const std::size_t count = thing ? thing->queue.size() : 0;
            room_.lines.push_back(crowd(station.line, count, 44));
            if (thing)
                put_all(room_.lines.back(), thing->queue, Pose::waiting, at_thing | station.id);
        }
        // Those who wait at a thing for which the board had no room.
        const ImVec2 at = plan().small ? elsewhere() : plan().more_things.centre();
        for (const sim::Thing& thing : school_.things) {
            if (!room_.key.has(thing)) continue;
            for (StudentId id : thing.queue) {
                if (!known(id) || spot(id).group != 0) continue;
                put(id, at, 0, Pose::waiting, at_thing | thing.id, false);
            }
        }
    }

    const TablePlace* place_of(sim::TableId id) const {
        return school_.find(id) ? &to_.tables[sim::index(id)] : nullptr;
    }

    // Beside the table where it was last, or where its parent is: it will be queued in a moment.
    void stands_about(const Student& student) {
        const TablePlace* place = place_of(student.table);
        if (!place) place = place_of(student.last_table);
        if (!place) {
            const Student* parent = school_.find(student.parent);
            if (parent) place = place_of(parent->table);
        }
        const float height = std::min(26 * plan().unit, place ? place->student.h() : 1e9f);
        if (place && !place->cell.empty()) {
            const float x = place->card.empty() ? place->cell.x1 - height : place->card.x1;
            put(student.id, {x, place->student.y0 + height / 2}, height, Pose::nowhere, between);
        } else if (plan().small) {
            put(student.id, elsewhere(), 0, Pose::nowhere, between, false);
        } else {
            put(student.id, {plan().monitor.x0 + height, plan().monitor.centre().y}, height,
                Pose::nowhere, between);
        }
    }

    const School& school_;
    Scene& to_;
    RoomScene& room_;
};

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

Plan plan_of(const School& school, const RoomKey& key, const Rect& box, const Scene& to,
             float ui_scale) {
    const float share = std::max(box.w() / to.area.w(), box.h() / to.area.h());
    const float k = std::max(1.0f, ui_scale * 0.8f);
    // One that has only the hall beside it needs less to be worth its furniture.
    const float enough = to.building.rooms.size() == 1 ? 0.6f : 1;
    const bool full = key.alone || share > 0.95f ||
                      (box.w() > full_w * k * enough && box.h() > full_h * k * enough);
    if (full) return floor_plan(school, key, box, ui_scale * share, 14 * ui_scale * letters_grow);
    return small_plan(school, key, box, to.hall.unit, to.hall.text);
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

void place_rooms(const School& school, Scene& to, float ui_scale, const Sight& sight) {
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
    to.hall.text = std::clamp(std::round(14 * to.hall.unit), 12.0f,
                              std::max(12.0f, 14 * ui_scale * letters_grow));
    to.hall.line = std::ceil(to.hall.text * 1.25f);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const Building::Room& room = to.building.rooms[i];
        RoomScene one;
        one.key = keys[i];
        one.plan = room.box.empty() ? no_plan(school, to.hall)
                                    : plan_of(school, keys[i], room.box, to, ui_scale);
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

void place_students(const School& school, Scene& to) {
    std::vector<Roster> rosters(to.rooms.size());
    const auto room_of = [&](const Student& student) {
        const std::size_t room = to.has_hall() ? sim::index(student.room) : 0;
        return room < to.rooms.size() ? room : 0;
    };
    if (to.has_hall()) {
        for (StudentId id : school.bench)
            if (const Student* student = school.find(id))
                rosters[room_of(*student)].bench.push_back(id);
    } else {
        rosters[0].bench.assign(school.bench.begin(), school.bench.end());
    }
    std::vector<const Student*> others;
    for (const Student& student : school.students) {
        const std::size_t room = room_of(student);
        ++to.rooms[room].counts[static_cast<std::size_t>(standing_of(student.state))];
        switch (student.state) {
            case Student::State::alarm:
            case Student::State::waiting:
                rosters[room].sleepers.push_back(student.id);
                break;
            case Student::State::gone:
                rosters[room].graduates.push_back(student.id);
                break;
            case Student::State::top_line:
            case Student::State::listed:
            case Student::State::bench:
                break;
            default:
                others.push_back(&student);
        }
    }
    for (std::size_t i = 0; i < to.rooms.size(); ++i) Placing(school, to, i).all(rosters[i]);
    for (const Student* student : others)
        Placing(school, to, room_of(*student)).at_tables(*student);
    // What is out of sight is not drawn.
    const Rect seen = to.area.inset(-to.hall.unit * 60);
    for (StudentSpot& spot : to.students) spot.shown = spot.shown && seen.contains(spot.at);
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

Rect CardFace::more() const {
    if (shown >= names || rows == 0) return {};
    const float pad = top_line.x0 - box.x0;
    const float x = box.x0 + pad + static_cast<float>(shown % columns) * column_w;
    const std::uint32_t row = shown / columns;
    const float y = names_y + static_cast<float>(row) * row_h;
    return {x, y, x + column_w, y + row_h};
}

Scene scene(const School& school, const Rect& area, float ui_scale, const Sight& sight) {
    Scene to;
    to.area = area;
    to.students.resize(school.students.size());
    to.tables.resize(school.tables.size());
    to.cards.resize(school.clipboards.size());
    to.faces.resize(school.clipboards.size());
    place_rooms(school, to, ui_scale, sight);
    place_students(school, to);
    place_teachers(school, to);
    return to;
}

}  // namespace homeroom::app
