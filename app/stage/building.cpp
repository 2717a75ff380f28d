// Rooms in a grid, the hall below them or on their right.
#include "app/stage/building.h"

#include <algorithm>
#include <cmath>

namespace homeroom::app {

namespace {

// A room of this size (design units) shows everything; the arrangement that comes nearest wins.
constexpr float room_w = 760, room_h = 420;
// The user's letters are as large as they can be when of them there are so many widths and heights:
// in a room that is seen from afar (a clipboard's head and how many names are on it, a histogram
// with its numbers), in the office, in a teacher's lane.
constexpr float room_widths = 13, room_lines = 6.25f, office_widths = 11, office_lines = 3.1f,
                lane_widths = 8, lane_lines = 1.3f;
// As many rooms can still be told apart.
constexpr std::size_t copies_places_max = 30;
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

    Measures(const Rect& all, float ui_scale, float text_least) : area(all) {
        unit = std::min({ui_scale, all.w() / room_w, all.h() / room_h});
        const float text = std::max(text_least, std::round(14 * unit));
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
        rest.y0 += gap * 0.4f;  // above the plates
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

Arrangement best_arrangement(const Measures& m, std::size_t classes, bool beside) {
    Arrangement best;
    for (bool below : {true, false}) {
        if (below && beside) continue;
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

// With letters of this size.
Building building_with(float text, std::size_t classes, std::size_t teachers, const Rect& area,
                       float ui_scale, bool beside) {
    Building to;
    to.text = text;
    const Measures m(area, ui_scale, text);
    const Arrangement grid = best_arrangement(m, classes, beside);
    const float w = m.cell_w(grid), h = m.cell_h(grid), top = m.rooms(grid.hall_below).y0;
    // Where the rooms do not fill the grid, those of the first row are wider, so that no place
    // stays empty.
    const std::size_t wide = grid.columns - (grid.rows * grid.columns - classes);
    const float all_w = static_cast<float>(grid.columns) * (w + m.gap);
    const float wide_w = all_w / static_cast<float>(wide) - m.gap;
    for (std::size_t i = 0; i < classes; ++i) {
        const bool first = i < wide;
        const std::size_t place = first ? i : i + grid.columns - wide;
        const float own_w = first ? wide_w : w;
        const auto column = static_cast<float>(first ? i : place % grid.columns);
        const float x = area.x0 + m.gap + column * (own_w + m.gap);
        const float y =
            top + static_cast<float>(place / grid.columns) * (h + m.plate + m.gap) + m.plate;
        Building::Room room;
        room.box = {x, y, x + own_w, y + h};
        room.plate = {x, y - m.plate, x + own_w, y - m.wall};
        const float door_w = std::min(46 * m.unit, own_w * 0.2f), middle = x + own_w * 0.5f;
        room.door = {middle - door_w / 2, y + h, middle + door_w / 2, y + h + m.wall};
        // Between wide rooms no way leads to those below.
        room.corridor_x =
            first && wide < grid.columns ? area.x0 + m.gap / 2 + all_w : x + own_w + m.gap / 2;
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

bool rooms_hold_their_text(const Building& all) {
    return std::all_of(all.rooms.begin(), all.rooms.end(), [&](const Building::Room& room) {
        return room.box.w() >= room_widths * all.text && room.box.h() >= room_lines * all.text;
    });
}

// In the hall, where many teachers leave less room.
float hall_text_of(const Building& all, float least) {
    float text =
        std::min({all.text, all.office.w() / office_widths, all.office.h() / office_lines});
    for (const Rect& lane : all.lanes)
        text = std::min({text, lane.w() / lane_widths, lane.h() / lane_lines});
    return std::max(least, std::floor(text));
}

}  // namespace

Building building(std::size_t classes, std::size_t teachers, const Rect& area, float ui_scale,
                  bool hall, bool beside) {
    if (classes < 2 && !hall) {
        Building to;
        to.rooms.push_back({area, {}, {}, 0, 0});
        return to;
    }
    // Down to those that are used where nobody wants larger ones.
    const float least = least_text({}, ui_scale);
    for (float text = least_text(area, ui_scale);; --text) {
        Building to = building_with(text, classes, teachers, area, ui_scale, beside);
        to.hall_text = hall_text_of(to, least);
        if (text <= least || rooms_hold_their_text(to)) return to;
    }
}

namespace {

// Has a copy anything that needs a room? Others are always there.
bool takes_room(const sim::Room& room) { return !room.is_copy || !room.is_gone(); }

std::size_t places_for(std::size_t classes, std::size_t copies) {
    if (copies == 0) return classes;
    for (std::size_t places : {4u, 6u, 9u, 12u, 16u, 20u, 25u, 30u})
        if (places >= classes + copies) return places;
    return copies_places_max;
}

}  // namespace

Building building_of(const sim::School& school, std::size_t classes, const Rect& area,
                     float ui_scale, bool hall) {
    // Where rooms come and go, the hall stays where it is.
    const bool copied = school.rooms.size() > classes;
    Building to = building(places_for(classes, copied ? school.places : 0), school.teachers.size(),
                           area, ui_scale, hall, copied || classes == 1);
    if (!copied) return to;
    const std::vector<Building::Room> places = std::move(to.rooms);
    to.rooms.assign(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(classes));
    for (std::size_t i = classes; i < school.rooms.size(); ++i) {
        const std::size_t place = classes + school.rooms[i].place;
        const bool seen = takes_room(school.rooms[i]) && place < places.size();
        to.rooms.push_back(seen ? places[place] : Building::Room{});
    }
    return to;
}

bool rooms_differ(const sim::School& a, const sim::School& b) {
    if (a.rooms.size() != b.rooms.size()) return b.rooms.size() > 0 && b.rooms.back().is_copy;
    for (std::size_t i = 0; i < a.rooms.size(); ++i)
        if (takes_room(a.rooms[i]) != takes_room(b.rooms[i])) return true;
    return false;
}

Building between(const Building& a, const Building& b, const sim::School& to, float share) {
    const auto mid = [share](float x, float y) { return x + (y - x) * share; };
    const auto both = [&](const Rect& x, const Rect& y) {
        return Rect{mid(x.x0, y.x0), mid(x.y0, y.y0), mid(x.x1, y.x1), mid(x.y1, y.y1)};
    };
    // What was not there is as thin as the wall from which it grows.
    const auto thin = [](const Building::Room& room) {
        Building::Room edge = room;
        for (Rect* box : {&edge.box, &edge.plate, &edge.door}) box->x0 = box->x1 - 1;
        return edge;
    };
    Building now = b;
    now.hall = both(a.hall, b.hall);
    now.office = both(a.office, b.office);
    for (std::size_t i = 0; i < std::min(a.lanes.size(), b.lanes.size()); ++i)
        now.lanes[i] = both(a.lanes[i], b.lanes[i]);
    for (std::size_t i = 0; i < b.rooms.size(); ++i) {
        const bool was = i < a.rooms.size() && !a.rooms[i].box.empty();
        const bool is = !b.rooms[i].box.empty();
        if (!was && !is) continue;
        const std::size_t by = i < to.rooms.size() ? sim::index(to.rooms[i].parent) : 0;
        const bool known = by < a.rooms.size() && !a.rooms[by].box.empty();
        const Building::Room from = was ? a.rooms[i] : thin(known ? a.rooms[by] : b.rooms[i]);
        const Building::Room into = is ? b.rooms[i] : thin(from);
        now.rooms[i] = {both(from.box, into.box), both(from.plate, into.plate),
                        both(from.door, into.door), mid(from.corridor_x, into.corridor_x),
                        mid(from.corridor_y, into.corridor_y)};
    }
    return now;
}

std::vector<ImVec2> way(const Building& in, std::size_t from_room, ImVec2 from, std::size_t to_room,
                        ImVec2 to) {
    std::vector<ImVec2> points{from};
    if (from_room == to_room || !in.has_hall()) {
        points.push_back(to);
        return points;
    }
    const auto walled = [&](std::size_t i) {
        return i < in.rooms.size() && !in.rooms[i].box.empty() ? &in.rooms[i] : nullptr;
    };
    const Building::Room* out = walled(from_room);
    const Building::Room* into = walled(to_room);
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
