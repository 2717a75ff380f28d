// Rooms in a grid, the hall below them or on their right.
#include "app/stage/building.h"

#include <algorithm>
#include <cmath>

namespace homeroom::app {

namespace {

// A room of this size (design units) shows everything; the arrangement that comes nearest wins.
constexpr float room_w = 760, room_h = 420;
// A teacher with a short queue (design units).
constexpr float lane_w = 210, lane_h = 40;

struct Arrangement {
    std::size_t columns = 1, rows = 1;
    bool hall_below = true;
    float share = 0;
};

struct Measures {
    Rect area;
    float unit, line, gap, wall, plate;
    float hall_h, hall_w;

    Measures(const Rect& all, float ui_scale) : area(all) {
        unit = std::min({ui_scale, all.w() / room_w, all.h() / room_h});
        const float text = std::max(12.0f, std::round(14 * unit));
        line = std::ceil(text * 1.25f);
        gap = 16 * unit;
        wall = 5 * unit;
        plate = line * 1.35f;
        hall_h = std::clamp(all.h() * 0.24f, 4 * line, 240 * unit);
        hall_w = std::clamp(all.w() * 0.24f, 190 * unit, 460 * unit);
    }

    Rect rooms(bool hall_below) const {
        Rect rest = area;
        (hall_below ? rest.y1 : rest.x1) -= hall_below ? hall_h : hall_w;
        return rest;
    }
    float cell_w(const Arrangement& a) const {
        const Rect rest = rooms(a.hall_below);
        return (rest.w() - gap) / static_cast<float>(a.columns) - gap;
    }
    float cell_h(const Arrangement& a) const {
        const Rect rest = rooms(a.hall_below);
        return rest.h() / static_cast<float>(a.rows) - plate - gap;
    }
};

Arrangement best_arrangement(const Measures& m, std::size_t classes) {
    Arrangement best;
    for (bool below : {true, false}) {
        for (std::size_t columns = 1; columns <= classes; ++columns) {
            Arrangement one{columns, (classes + columns - 1) / columns, below, 0};
            one.share = std::min(m.cell_w(one) / room_w, m.cell_h(one) / room_h);
            if (one.share > best.share) best = one;
        }
    }
    return best;
}

void place_lanes(Building& to, const Rect& free, std::size_t teachers, const Measures& m) {
    if (teachers == 0) return;
    const auto count = static_cast<float>(teachers);
    float best = 0;
    std::size_t columns = 1, rows = teachers;
    for (std::size_t c = 1; c <= teachers; ++c) {
        const float r = std::ceil(count / static_cast<float>(c));
        const float share = std::min(free.w() / static_cast<float>(c) / (lane_w * m.unit),
                                     free.h() / r / (lane_h * m.unit));
        if (share > best * 1.01f) {
            best = share;
            columns = c;
            rows = static_cast<std::size_t>(r);
        }
    }
    const float w = free.w() / static_cast<float>(columns);
    const float h = std::min(free.h() / static_cast<float>(rows), 90 * m.unit);
    for (std::size_t i = 0; i < teachers; ++i) {
        const float x = free.x0 + static_cast<float>(i / rows) * w;
        const float y = free.y0 + static_cast<float>(i % rows) * h;
        to.lanes.push_back(Rect{x, y, x + w, y + h}.inset(std::min(3 * m.unit, h * 0.05f)));
    }
}

}  // namespace

Building building(std::size_t classes, std::size_t teachers, const Rect& area, float ui_scale) {
    Building to;
    if (classes < 2) {
        to.rooms.push_back({area, {}, {}, 0, 0});
        return to;
    }
    const Measures m(area, ui_scale);
    const Arrangement grid = best_arrangement(m, classes);
    const float w = m.cell_w(grid), h = m.cell_h(grid);
    for (std::size_t i = 0; i < classes; ++i) {
        const float x = area.x0 + m.gap + static_cast<float>(i % grid.columns) * (w + m.gap);
        const float y =
            area.y0 + static_cast<float>(i / grid.columns) * (h + m.plate + m.gap) + m.plate;
        Building::Room room;
        room.box = {x, y, x + w, y + h};
        room.plate = {x, y - m.plate, x + w, y - m.wall};
        const float door_w = std::min(46 * m.unit, w * 0.2f);
        room.door = {x + w * 0.5f - door_w / 2, y + h, x + w * 0.5f + door_w / 2, y + h + m.wall};
        room.corridor_x = x + w + m.gap / 2;
        room.corridor_y = y + h + m.wall + (m.gap - m.wall) / 2;
        to.rooms.push_back(room);
    }
    const Rect rooms = m.rooms(grid.hall_below);
    to.hall = grid.hall_below ? Rect{area.x0, rooms.y1, area.x1, area.y1}
                              : Rect{rooms.x1, area.y0, area.x1, area.y1};
    const Rect inner = to.hall.inset(m.gap * 0.6f);
    Rect lanes = inner;
    to.office = inner;
    if (grid.hall_below) {
        to.office.x1 = inner.x0 + std::clamp(inner.w() * 0.22f, 150 * m.unit, 300 * m.unit);
        lanes.x0 = to.office.x1 + m.gap / 2;
    } else {
        to.office.y1 = inner.y0 + std::clamp(inner.h() * 0.30f, 4 * m.line, 180 * m.unit);
        lanes.y0 = to.office.y1 + m.gap / 2;
    }
    place_lanes(to, lanes, teachers, m);
    return to;
}

std::vector<ImVec2> way(const Building& in, std::size_t from_room, ImVec2 from, std::size_t to_room,
                        ImVec2 to) {
    std::vector<ImVec2> points{from};
    if (from_room == to_room || !in.several()) {
        points.push_back(to);
        return points;
    }
    const Building::Room* out = from_room < in.rooms.size() ? &in.rooms[from_room] : nullptr;
    const Building::Room* into = to_room < in.rooms.size() ? &in.rooms[to_room] : nullptr;
    if (out) {
        points.push_back({out->door.centre().x, out->door.y0});
        points.push_back({out->door.centre().x, out->corridor_y});
    }
    if (out && into && out->corridor_y != into->corridor_y) {
        points.push_back({into->corridor_x, out->corridor_y});
        points.push_back({into->corridor_x, into->corridor_y});
    }
    if (out && !into) points.push_back({out->corridor_x, out->corridor_y});
    if (!out && into) points.push_back({into->corridor_x, into->corridor_y});
    if (into) {
        points.push_back({into->door.centre().x, into->corridor_y});
        points.push_back({into->door.centre().x, into->door.y0});
    }
    points.push_back(to);
    return points;
}

ImVec2 along(const std::vector<ImVec2>& way, float share) {
    if (way.empty()) return {0, 0};
    float length = 0;
    const auto piece = [&](std::size_t i) {
        return std::hypot(way[i].x - way[i - 1].x, way[i].y - way[i - 1].y);
    };
    for (std::size_t i = 1; i < way.size(); ++i) length += piece(i);
    float left = length * std::clamp(share, 0.0f, 1.0f);
    for (std::size_t i = 1; i < way.size(); ++i) {
        const float here = piece(i);
        if (left <= here && here > 0) {
            const float part = left / here;
            return {way[i - 1].x + (way[i].x - way[i - 1].x) * part,
                    way[i - 1].y + (way[i].y - way[i - 1].y) * part};
        }
        left -= here;
    }
    return way.back();
}

}  // namespace homeroom::app
