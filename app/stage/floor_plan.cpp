// Divides the rectangle: the back wall on top, tables on the floor, a strip at the front, and a
// column on the right for the corridor, the door and the bench.
#include "app/stage/floor_plan.h"

#include <algorithm>
#include <cmath>

#include "app/stage/table_places.h"

namespace homeroom::app {

namespace {

using sim::School;

// The smallest picture that the design was drawn for, in design units; in less room everything
// shrinks, except text, which stays legible.
constexpr float design_w = 760, design_h = 420, text_min_px = 12;
// Of the smallest letters that are larger, because the user wants them so, as many lines and widths
// are in a room.
constexpr float lines_least = 15.5f, widths_least = 44;

// Above these, students are drawn ever more simply. Measured without a GPU: 300 people cost about
// as much as everything else on the stage together.
constexpr std::size_t figures_max = 300, heads_max = 2000, dots_max = 20'000;

std::vector<std::size_t> clipboards_of(const School& school, const RoomKey& room) {
    std::vector<std::size_t> own;
    for (std::size_t i = 0; i < school.clipboards.size(); ++i) {
        if (room.has(school.clipboards[i])) own.push_back(i);
    }
    return own;
}

bool is_being_opened(const School& school, const RoomKey& room) {
    const std::size_t i = sim::index(room.id);
    return !room.alone && i < school.rooms.size() && school.rooms[i].open &&
           school.rooms[i].opened == 0 && !school.rooms[i].ended;
}

void place_rack(const School& school, Plan& to, Rect& wall) {
    to.pegs.resize(school.clipboards.size());
    if (!to.uses_clipboards) return;
    const std::size_t count = std::max<std::size_t>(to.own_pegs.size(), 1);
    const float pad = 6 * to.unit;
    const float peg_w_min = to.text * 2.3f, peg_h_min = to.text * 2.1f;
    const float inner_h = wall.h() - to.line - pad;
    const float w_min = std::max(118 * to.unit, to.text * 9.5f);
    // As many rows as there is height for, so that the rack leaves its width to the whiteboard.
    const auto rows_max = static_cast<std::size_t>(std::max(1.0f, inner_h / peg_h_min));
    const auto columns_free = static_cast<std::size_t>((w_min - 2 * pad) / peg_w_min);
    std::size_t columns = std::max<std::size_t>(1, (count + rows_max - 1) / rows_max);
    // Squarish is nicest to look at, where that costs nothing.
    while (columns < columns_free && columns * columns < count) ++columns;
    const std::size_t rows = (count + columns - 1) / columns;
    const float w = std::max(static_cast<float>(columns) * peg_w_min + 2 * pad, w_min);
    to.rack = left_part(wall, w);
    wall.x0 = to.rack.x1 + 8 * to.unit;
    const float peg_w = std::min((w - 2 * pad) / static_cast<float>(columns), 50 * to.unit);
    const float peg_h = std::min(inner_h / static_cast<float>(rows), peg_w * 1.35f);
    const float x0 = to.rack.centre().x - peg_w * static_cast<float>(columns) / 2;
    const float spare = std::max(0.0f, inner_h - peg_h * static_cast<float>(rows));
    const float y0 = to.rack.y0 + to.line + pad * 0.5f + spare / 2;
    for (std::size_t n = 0; n < to.own_pegs.size(); ++n) {
        const std::size_t row = n / columns;
        const float x = x0 + static_cast<float>(n % columns) * peg_w;
        const float y = y0 + static_cast<float>(row) * peg_h;
        to.pegs[to.own_pegs[n]] = Rect{x, y, x + peg_w, y + peg_h}.inset(2 * to.unit);
    }
}

// Where students wait comes first, if there is no room for all; in the order of their making.
std::vector<ObjectId> choose_things(const School& school, const Census& census, const RoomKey& room,
                                    std::size_t count) {
    std::vector<ObjectId> chosen;
    for (bool awaited : {true, false}) {
        for (std::size_t i = 0; i < census.things().size() && chosen.size() < count; ++i) {
            const Census::What& thing = census.things()[i];
            if (thing.present && room.has(thing.room) && thing.awaited == awaited)
                chosen.push_back(school.things[i].id);
        }
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

// A name, and what it is up to.
float board_needs(const Plan& to) { return 2.1f * to.line + 14 * to.unit; }

void place_things(const School& school, const Census& census, const RoomKey& room, Plan& to,
                  const Rect& zone) {
    const float line_h =
        std::max(std::min(zone.h() * 0.40f, zone.h() - board_needs(to)), 40 * to.unit);
    to.board = {zone.x0, zone.y0, zone.x1, zone.y1 - line_h - 4 * to.unit};
    const std::size_t present = static_cast<std::size_t>(std::count_if(
        census.things().begin(), census.things().end(),
        [&](const Census::What& thing) { return thing.present && room.has(thing.room); }));
    // A few things do not need the whole wall: a window keeps them company.
    const float wanted = std::max(static_cast<float>(present) * 190, 400.0f) * to.unit;
    if (to.board.w() - wanted > 150 * to.unit) {
        to.window = {to.board.x0 + wanted + 20 * to.unit, to.board.y0, to.board.x1 - 12 * to.unit,
                     to.board.y1};
        to.board.x1 = to.board.x0 + wanted;
    }
    if (present == 0) return;
    Rect signs = to.board.inset(6 * to.unit, 5 * to.unit);
    to.board_named = signs.h() >= 3 * to.line;
    if (to.board_named) signs.y0 += to.line;
    const float w_min = std::max(52 * to.unit, to.text * 4.6f);
    const auto fits = [&] { return static_cast<std::size_t>(std::max(1.0f, signs.w() / w_min)); };
    if (fits() < present) {
        to.more_things = right_part(signs, to.text * 3.2f);
        signs.x1 = to.more_things.x0;
    }
    const std::vector<ObjectId> chosen =
        choose_things(school, census, room, std::min(fits(), present));
    to.hidden_things = static_cast<std::uint32_t>(present - chosen.size());
    // One or two things do not need the whole board, but a long line is welcome to its length.
    const float w = signs.w() / static_cast<float>(chosen.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const float x = signs.x0 + static_cast<float>(i) * w;
        Station station;
        station.id = chosen[i];
        // What stands at the end of one must not be read with the name of the next.
        const float apart = std::max(3 * to.unit, to.text * 0.4f);
        station.sign = {x + 3 * to.unit, signs.y0, x + std::min(w, 230 * to.unit) - apart,
                        signs.y1};
        // The line of the last one may go on in front of the window.
        const float line_x1 = i + 1 == chosen.size() && to.hidden_things == 0 ? zone.x1 : x + w;
        station.line = {x + 3 * to.unit, zone.y1 - line_h, line_x1 - 3 * to.unit, zone.y1};
        to.stations.push_back(station);
    }
}

void place_wall(const School& school, const Census& census, const RoomKey& room, Plan& to) {
    Rect wall = to.wall.inset(8 * to.unit, 6 * to.unit);
    place_rack(school, to, wall);
    const float share = to.detail == Detail::figures ? 0.17f : 0.24f;
    const Rect alarm =
        right_part(wall, std::clamp(to.room.w() * share, 108 * to.unit, 320 * to.unit));
    wall.x1 = alarm.x0 - 8 * to.unit;
    const float clock_h = std::max(alarm.h() * 0.42f, 44 * to.unit);
    to.clock = top_part(alarm, clock_h);
    to.sleepers = {alarm.x0, to.clock.y1 + 2 * to.unit, alarm.x1, alarm.y1};
    place_things(school, census, room, to, wall);
}

void place_front(const School& school, const RoomKey& room, Plan& to, const Rect& strip) {
    to.teacher_spots.resize(school.teachers.size());
    if (!room.alone) {
        to.graduates = strip;
        return;
    }
    const auto count = static_cast<float>(std::max<std::size_t>(school.teachers.size(), 1));
    const float pad = 6 * to.unit;
    const float wanted = std::max(count * 34 * to.unit + 2 * pad, to.text * 10);
    to.teachers = left_part(strip, std::min(wanted, strip.w() * 0.5f));
    to.graduates = {to.teachers.x1 + 8 * to.unit, strip.y0, strip.x1, strip.y1};
    const float w = std::min((to.teachers.w() - 2 * pad) / count, 40 * to.unit);
    for (std::size_t i = 0; i < school.teachers.size(); ++i) {
        const float x = to.teachers.x0 + pad + static_cast<float>(i) * w;
        // Many stand closer together, and are smaller, so that nobody hides another.
        const float foot = to.teachers.y1 - 2 * to.unit;
        const float top = std::max(to.teachers.y0 + to.line, foot - w * 2);
        to.teacher_spots[i] = {x, top, x + w, foot};
    }
}

void place_column(Plan& to, const Rect& column) {
    const float gap = 6 * to.unit;
    const float errands_share = to.detail == Detail::figures ? 0.36f : 0.30f;
    to.corridor = top_part(column, column.h() * errands_share);
    to.errands = to.corridor.inset(gap);
    to.errands.y1 -= 8 * to.unit;  // above the skirting
    to.errands.y0 += to.line;
    to.monitor = {
        column.x0, to.corridor.y1 + gap, column.x1,
        to.corridor.y1 + gap + std::max({82 * to.unit, column.h() * 0.16f, 3.2f * to.line})};
    to.monitors_teacher = {column.x0 + 4 * to.unit, to.monitor.y0 + to.monitor.h() * 0.12f,
                           column.x0 + 4 * to.unit + to.monitor.h() * 0.46f, to.monitor.y1};
    to.bench = {column.x0, to.monitor.y1 + gap, column.x1, column.y1};
}

}  // namespace

float least_text(const Rect& room, float ui_scale) {
    const float fits = std::min(room.w() / widths_least, room.h() / lines_least);
    return std::max(text_min_px, std::floor(std::min(12 * ui_scale, fits)));
}

namespace {

Plan plan_with(float least, const School& school, const Census& census, const RoomKey& room,
               const Rect& area, float ui_scale, float text_max) {
    Plan to;
    to.area = area;
    to.unit = std::min({ui_scale, area.w() / design_w, area.h() / design_h});
    to.text = std::clamp(std::round(14 * to.unit), least, std::max(least, text_max));
    to.line = std::ceil(to.text * 1.25f);
    to.uses_clipboards = room.uses_clipboards;
    if (to.uses_clipboards) to.own_pegs = clipboards_of(school, room);
    to.detail = school.students.size() <= figures_max ? Detail::figures
                : school.students.size() <= heads_max ? Detail::heads
                : school.students.size() <= dots_max  ? Detail::dots
                                                      : Detail::density;
    const float gap = 8 * to.unit;
    const Rect inner = area.inset(gap);
    const float column_share = to.detail == Detail::figures ? 0.20f
                               : to.detail == Detail::heads ? 0.25f
                                                            : 0.31f;
    const Rect column =
        right_part(inner, std::clamp(inner.w() * column_share, 172 * to.unit, 460 * to.unit));
    to.room = {area.x0, area.y0, column.x0 - gap, area.y1};
    const float wall_h = std::max(std::clamp(area.h() * 0.31f, 132 * to.unit, 230 * to.unit),
                                  board_needs(to) + 52 * to.unit);
    const float front_h =
        std::max(std::clamp(area.h() * 0.14f, 66 * to.unit, 96 * to.unit), to.line + 40 * to.unit);
    to.wall = top_part(to.room, wall_h);
    const Rect front = bottom_part({inner.x0, inner.y0, to.room.x1 - gap, inner.y1}, front_h);
    to.grid = {inner.x0, to.wall.y1 + gap, to.room.x1 - gap, front.y0 - gap * 0.5f};
    // Of a crowd nobody can count the heads.
    if (to.detail >= Detail::dots) {
        to.states = bottom_part(to.grid, 2.2f * to.line);
        to.grid.y1 = to.states.y0 - gap * 0.5f;
    }
    place_wall(school, census, room, to);
    place_front(school, room, to, front);
    place_column(to, column);
    // What is being made of a new class hangs where its whiteboard will: nothing is on that yet.
    if (is_being_opened(school, room))
        to.site = {to.board.x0, to.board.y0, to.sleepers.x1, to.sleepers.y1};
    place_tables(school, room, to);
    place_errands(school, room, to);
    return to;
}

// A rack of many clipboards takes so much of the wall that the whiteboard has no room for larger
// letters.
bool board_is_too_small(const Plan& plan) { return plan.board.w() < 13 * plan.text; }

// Below its top line a clipboard shows at least one row of names.
bool cards_are_too_small(const Plan& plan) {
    const float least = 3 * plan.line + 6 * plan.unit;
    return std::any_of(plan.tables.begin(), plan.tables.end(), [&](const TablePlace& place) {
        return place.where == TablePlace::Where::grid && !place.card.empty() &&
               place.card.h() < least;
    });
}

}  // namespace

Plan floor_plan(const School& school, const RoomKey& room, const Rect& area, float ui_scale,
                float text_max, const Census* known) {
    Census census;
    if (known == nullptr) census.look(school);
    if (known == nullptr) known = &census;
    float least = least_text(area, ui_scale);
    Plan to = plan_with(least, school, *known, room, area, ui_scale, text_max);
    while ((board_is_too_small(to) || cards_are_too_small(to)) && least > text_min_px &&
           to.text <= least) {
        least = std::max(text_min_px, least - 2);
        to = plan_with(least, school, *known, room, area, ui_scale, text_max);
    }
    return to;
}

namespace {

Plan small_plan_with(float text, const School& school, const RoomKey& room, const Rect& area,
                     float unit) {
    Plan to;
    to.area = to.room = area;
    to.small = true;
    to.unit = unit;
    to.text = text;
    to.line = std::ceil(text * 1.25f);
    to.uses_clipboards = room.uses_clipboards;
    if (to.uses_clipboards) to.own_pegs = clipboards_of(school, room);
    to.pegs.resize(school.clipboards.size());
    to.teacher_spots.resize(school.teachers.size());
    to.tables.resize(school.tables.size());
    const float gap = std::min(6 * unit, area.w() * 0.02f);
    const Rect inner = area.inset(gap);
    to.states = bottom_part(inner, std::min(2.2f * to.line, inner.h() * 0.4f));
    to.grid = {inner.x0, inner.y0, inner.x1, to.states.y0 - gap};
    if (is_being_opened(school, room)) {
        to.site = right_part(to.grid, to.grid.w() * 0.62f);
        to.grid.x1 = to.site.x0 - gap;
    }
    place_small_tables(school, room, to);
    return to;
}

// The largest letters in which each clipboard's number can be read.
float text_of_cards(const Plan& plan) {
    float text = plan.text;
    for (const TablePlace& place : plan.tables)
        if (place.where == TablePlace::Where::grid && !place.card.empty())
            text = std::min({text, place.card.w() / 1.5f, place.card.h() / 1.6f});
    return std::max(text_min_px, std::floor(text));
}

}  // namespace

Plan small_plan(const School& school, const RoomKey& room, const Rect& area, float unit,
                float text) {
    Plan to = small_plan_with(text, school, room, area, unit);
    if (const float fits = text_of_cards(to); fits < text)
        to = small_plan_with(fits, school, room, area, unit);
    return to;
}

}  // namespace homeroom::app
