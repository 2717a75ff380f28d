// From points to things and back.
#include "app/stage/pointing.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/stage/people.h"

namespace homeroom::app {

namespace {

StagePick student_at(const Picture& picture, ImVec2 point) {
    // The nearest of those whose figure or name is under the point.
    StagePick found;
    float nearest = 1e9f;
    for (std::size_t i = 0; i < picture.students.size(); ++i) {
        const StudentSpot& spot = picture.students[i].spot;
        if (!spot.shown) continue;
        const float dx = point.x - spot.at.x, dy = point.y - spot.at.y;
        const float right = spot.pose == Pose::name ? spot.height * 2.2f : spot.height * 0.42f;
        if (std::abs(dy) > spot.height / 2 || dx < -spot.height * 0.42f || dx > right) continue;
        const float distance = dx * dx + dy * dy;
        if (distance < nearest) {
            nearest = distance;
            found = {StagePick::student, static_cast<std::uint32_t>(i + 1)};
        }
    }
    return found;
}

template <class Boxes>
StagePick in_one_of(const Boxes& boxes, StagePick::Kind kind, ImVec2 point) {
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (boxes[i].contains(point)) return {kind, static_cast<std::uint32_t>(i)};
    }
    return {};
}

}  // namespace

StagePick pick_at(const sim::School& school, const Scene& scene, const Picture& picture,
                  ImVec2 point) {
    if (!scene.area.contains(point)) return {};
    if (const StagePick found = student_at(picture, point); found.kind != StagePick::nothing)
        return found;
    if (const StagePick found = in_one_of(picture.cards, StagePick::clipboard, point);
        found.kind != StagePick::nothing)
        return found;
    if (kernel_is_seen(school)) {
        for (const std::vector<Rect>* boxes : {&picture.teachers, &scene.building.lanes}) {
            const StagePick found = in_one_of(*boxes, StagePick::teacher, point);
            if (found.kind != StagePick::nothing) return found;
        }
    }
    for (const RoomScene& room : scene.rooms) {
        for (const Station& station : room.plan.stations) {
            if (station.sign.contains(point) || station.line.contains(point))
                return {StagePick::thing, station.id};
        }
    }
    for (std::size_t i = 0; i < picture.tables.size(); ++i) {
        if (picture.tables[i].where != TablePlace::Where::hidden &&
            picture.tables[i].cell.contains(point)) {
            return {StagePick::table, static_cast<std::uint32_t>(i)};
        }
    }
    for (const RoomScene& room : scene.rooms) {
        if (room.plan.bench.contains(point)) return {StagePick::bench, 0};
        if (room.plan.monitor.contains(point) && school.monitor.present)
            return {StagePick::monitor, 0};
        if (scene.has_hall() && (room.plan.area.contains(point) || room.plate.contains(point)))
            return {StagePick::room, static_cast<std::uint32_t>(room.key.id)};
    }
    return {};
}

Rect box_of(const Scene& scene, const Picture& picture, StagePick what) {
    switch (what.kind) {
        case StagePick::nothing:
            break;
        case StagePick::student: {
            if (what.id == 0 || what.id > picture.students.size()) break;
            const Plan& plan = scene.rooms[0].plan;
            const StudentSpot& spot = picture.students[what.id - 1].spot;
            if (spot.group == 0) break;
            const float h = std::max(spot.height, 14 * plan.unit) / 2;
            if (spot.pose != Pose::name || !spot.shown)
                return {spot.at.x - h * 0.9f, spot.at.y - h, spot.at.x + h * 0.9f, spot.at.y + h};
            // A name: the head, and the number after it.
            const float number =
                plan.text * 0.62f * (static_cast<float>(std::to_string(what.id).size()) + 0.6f);
            return {spot.at.x - h * 1.25f, spot.at.y - h, spot.at.x + h + 4 * plan.unit + number,
                    spot.at.y + h};
        }
        case StagePick::table:
            if (what.id < picture.tables.size()) return picture.tables[what.id].cell;
            break;
        case StagePick::clipboard:
            if (what.id < picture.cards.size()) return picture.cards[what.id];
            break;
        case StagePick::thing:
            for (const RoomScene& room : scene.rooms) {
                for (const Station& station : room.plan.stations) {
                    if (station.id == what.id) return station.sign;
                }
            }
            return scene.rooms[0].plan.more_things;
        case StagePick::bench:
            return scene.rooms[room_in_the_middle(scene)].plan.bench;
        case StagePick::monitor:
            return scene.rooms[room_in_the_middle(scene)].plan.monitor;
        case StagePick::teacher:
            if (what.id < picture.teachers.size()) return picture.teachers[what.id];
            break;
        case StagePick::room:
            if (what.id < scene.rooms.size()) return scene.rooms[what.id].plan.area;
            break;
    }
    return {};
}

bool point_of(const Scene& scene, const Picture& picture, StagePick what, ImVec2& point) {
    const auto take = [&](const Rect& box) {
        point = box.centre();
        return !box.empty();
    };
    const Rect box = box_of(scene, picture, what);
    switch (what.kind) {
        case StagePick::student:
            if (what.id == 0 || what.id > picture.students.size()) return false;
            point = picture.students[what.id - 1].spot.at;
            return picture.students[what.id - 1].spot.shown;
        case StagePick::table:
            if (box.empty()) return false;
            // Beside the seat, where neither student nor clipboard lies on top.
            if (take(picture.tables[what.id].label)) return true;
            return take(box);
        case StagePick::clipboard:
            point = {box.centre().x, box.y0 + 4};
            return !box.empty();
        case StagePick::bench:
            point = {box.centre().x, box.y0 + scene.rooms[0].plan.line / 2};
            return !box.empty();
        case StagePick::room:
            if (what.id >= scene.rooms.size() || scene.rooms[what.id].plate.empty()) return false;
            return take(scene.rooms[what.id].plate);
        case StagePick::nothing:
        case StagePick::thing:
        case StagePick::monitor:
        case StagePick::teacher:
            break;
    }
    return take(box);
}

std::size_t room_in_the_middle(const Scene& scene) {
    const ImVec2 middle = scene.area.centre();
    std::size_t nearest = 0;
    float least = 1e30f;
    for (std::size_t i = 0; i < scene.rooms.size(); ++i) {
        const Rect& box = scene.rooms[i].plan.area;
        const float dx = middle.x - std::clamp(middle.x, box.x0, box.x1);
        const float dy = middle.y - std::clamp(middle.y, box.y0, box.y1);
        if (dx * dx + dy * dy < least) {
            least = dx * dx + dy * dy;
            nearest = i;
        }
    }
    return nearest;
}

bool room_fills(const Scene& scene, std::size_t room) {
    const Rect& box = scene.rooms[room].plan.area;
    return std::min(box.w() / scene.area.w(), box.h() / scene.area.h()) > 0.85f;
}

std::size_t room_of(const sim::School& school, const Scene& scene, StagePick what) {
    const std::size_t none = scene.rooms.size();
    if (!scene.has_hall()) return 0;
    switch (what.kind) {
        case StagePick::student:
            if (const sim::Student* student = school.find(sim::StudentId{what.id}))
                return std::min(none, sim::index(student->room));
            break;
        case StagePick::table:
            if (const sim::Table* table = school.find(static_cast<sim::TableId>(what.id)))
                return std::min(none, sim::index(table->room));
            break;
        case StagePick::clipboard:
            if (const sim::Clipboard* clip = school.find(static_cast<sim::ClipboardId>(what.id)))
                return std::min(none, sim::index(scene.room_of(*clip).key.id));
            break;
        case StagePick::thing:
            if (const sim::Thing* thing = school.find_thing(what.id))
                return std::min(none, sim::index(thing->room));
            break;
        case StagePick::teacher:
            if (what.id < scene.teachers_room.size()) return scene.teachers_room[what.id];
            break;
        case StagePick::room:
            return std::min<std::size_t>(none, what.id);
        case StagePick::nothing:
        case StagePick::bench:
        case StagePick::monitor:
            break;
    }
    return none;
}

}  // namespace homeroom::app
