// Divides the rectangle: the back wall on top, tables on the floor, a strip at the front, and a
// column on the right for the corridor, the door and the bench.
#include "app/stage/floor_plan.h"

#include <algorithm>
#include <cmath>

namespace homeroom::app {

namespace {

using sim::School;
using sim::Table;

// The smallest picture that the design was drawn for, in design units; in less room everything
// shrinks, except text, which stays legible.
constexpr float design_w = 760, design_h = 420, text_min_px = 12;

// Above these, students are drawn ever more simply. Measured without a GPU: 300 people cost about
// as much as everything else on the stage together.
constexpr std::size_t figures_max = 300, heads_max = 2000;

// A table with its clipboard, student and teacher looks right in about this size (design units).
constexpr float cell_w = 150, cell_h = 110, cell_w_max = 320, cell_h_max = 236;
// Below this share of it, resting tables are folded up to make room for the others.
constexpr float cell_share_min = 0.8f;

Rect left_part(const Rect& r, float w) { return {r.x0, r.y0, r.x0 + w, r.y1}; }
Rect right_part(const Rect& r, float w) { return {r.x1 - w, r.y0, r.x1, r.y1}; }
Rect top_part(const Rect& r, float h) { return {r.x0, r.y0, r.x1, r.y0 + h}; }
Rect bottom_part(const Rect& r, float h) { return {r.x0, r.y1 - h, r.x1, r.y1}; }

bool at_rest(const Table& table) {
    return table.mood == Table::Mood::resting || table.mood == Table::Mood::closed;
}
bool is_out(const Table& table) { return table.mood == Table::Mood::errand; }

struct Grid {
    std::uint32_t columns = 1, rows = 1;
    float share = 0;  // of the ideal size of a cell
};

Grid best_grid(const Rect& area, std::uint32_t count, float unit) {
    Grid best;
    for (std::uint32_t columns = 1; columns <= count; ++columns) {
        const std::uint32_t rows = (count + columns - 1) / columns;
        const float share = std::min(area.w() / static_cast<float>(columns) / (cell_w * unit),
                                     area.h() / static_cast<float>(rows) / (cell_h * unit));
        if (share > best.share) best = {columns, rows, share};
    }
    return best;
}

std::vector<Rect> cells_of(const Rect& area, std::uint32_t count, const Grid& grid, float unit) {
    const float pitch_x = area.w() / static_cast<float>(grid.columns);
    const float pitch_y = area.h() / static_cast<float>(grid.rows);
    const float gap = std::min(8 * unit, std::min(pitch_x, pitch_y) * 0.08f);
    const float w = std::min(pitch_x - gap, cell_w_max * unit);
    const float h = std::min({pitch_y - gap, cell_h_max * unit, w * 1.15f});
    std::vector<Rect> cells;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t row = i / grid.columns;
        const std::uint32_t in_row = std::min(grid.columns, count - row * grid.columns);
        // A last row that is not full stands in the middle.
        const float x = area.x0 + (area.w() - static_cast<float>(in_row) * pitch_x) / 2 +
                        (static_cast<float>(i % grid.columns) + 0.5f) * pitch_x;
        const float y = area.y0 + (static_cast<float>(row) + 0.5f) * pitch_y;
        cells.push_back({x - w / 2, y - h / 2, x + w / 2, y + h / 2});
    }
    return cells;
}

// Student behind the desk, teacher on the right, label below the two.
void seat_people(TablePlace& place, const Rect& space, const Plan& to) {
    const float gap = std::min(6 * to.unit, space.w() * 0.05f);
    Rect right = space;
    place.label = bottom_part(right, std::min(to.line, right.h() * 0.3f));
    right.y1 = place.label.y0 - 1;
    place.teacher = right_part(right, std::min(right.w() * 0.38f, 66 * to.unit));
    Rect seat = right;
    seat.x1 = place.teacher.x0 - gap;
    const float figure_h = std::min({seat.w() * 1.05f, seat.h() * 0.62f, 84 * to.unit});
    const float desk_h = std::min(figure_h * 0.62f, seat.h() - figure_h);
    place.desk = bottom_part(seat, desk_h);
    place.student = {seat.x0, place.desk.y0 - figure_h, seat.x1, place.desk.y0};
    // The teacher stands on the same floor and is the taller one.
    const float teacher_h =
        std::min({right.h(), (figure_h + desk_h) * 1.2f, place.teacher.w() * 2.6f});
    place.teacher.y0 = place.teacher.y1 - teacher_h;
}

// The clipboard stands on the left; in a narrow and tall cell, where that would leave people no
// room, it hangs above them.
void furnish(TablePlace& place, const Rect& cell, const Plan& to) {
    const float gap = std::min(6 * to.unit, cell.w() * 0.035f);
    const Rect inner = cell.inset(gap, gap * 0.8f);
    place.cell = cell;
    Rect people = inner;
    if (cell.h() > cell.w() * 0.93f && inner.h() * 0.46f > 4.2f * to.line) {
        place.card = top_part(inner, inner.h() * 0.46f);
        people.y0 = place.card.y1 + gap;
    } else {
        place.card = left_part(inner, std::min(inner.w() * 0.40f, 116 * to.unit));
        people.x0 = place.card.x1 + gap;
    }
    seat_people(place, people, to);
}

// A table in the corridor or put away: no room for more than itself, its student and a small card.
void furnish_small(TablePlace& place, const Rect& cell, const Plan& to) {
    const Rect inner = cell.inset(2 * to.unit);
    place.cell = cell;
    place.label = bottom_part(inner, std::min(to.line, inner.h() * 0.4f));
    Rect rest = inner;
    rest.y1 = place.label.y0;
    place.card = left_part(rest, rest.w() * 0.36f);
    rest.x0 = place.card.x1 + 2 * to.unit;
    place.teacher = right_part(rest, rest.w() * 0.36f);
    rest.x1 = place.teacher.x0;
    place.desk = bottom_part(rest, rest.h() * 0.36f);
    place.student = {rest.x0, rest.y0, rest.x1, place.desk.y0};
}

// Gives each awake table a place of its own in a grid that is too small for all: the place with its
// number if that is free, else the next free one. So a table seldom moves when another comes or
// goes.
void seat_awake(const School& school, Plan& to) {
    std::vector<bool> taken(to.marks.size(), false);
    for (std::size_t i = 0; i < school.tables.size(); ++i) {
        if (at_rest(school.tables[i]) || is_out(school.tables[i])) continue;
        std::size_t slot = i % taken.size(), tries = 0;
        while (tries < taken.size() && taken[slot]) {
            slot = (slot + 1) % taken.size();
            ++tries;
        }
        if (tries == taken.size()) {
            ++to.hidden_tables;
            continue;
        }
        taken[slot] = true;
        to.tables[i].where = TablePlace::Where::grid;
        furnish(to.tables[i], to.marks[slot], to);
    }
}

void fold_away(const School& school, Plan& to) {
    const float w = std::max(46 * to.unit, to.text * 4.2f);
    const auto fits = static_cast<std::uint32_t>(std::max(1.0f, to.folded.w() / w));
    const auto count = static_cast<std::uint32_t>(
        std::count_if(school.tables.begin(), school.tables.end(), at_rest));
    const std::uint32_t shown = count <= fits ? count : fits - 1;
    std::uint32_t n = 0;
    for (std::size_t i = 0; i < school.tables.size(); ++i) {
        if (!at_rest(school.tables[i])) continue;
        if (n == shown) {
            ++to.hidden_tables;
            continue;
        }
        const float x = to.folded.x0 + static_cast<float>(n++) * w;
        to.tables[i].where = TablePlace::Where::folded;
        furnish_small(to.tables[i], {x, to.folded.y0, x + w, to.folded.y1}, to);
    }
    if (to.hidden_tables > 0) {
        const float x = to.folded.x0 + static_cast<float>(shown) * w;
        to.more_tables = {x, to.folded.y0, x + w, to.folded.y1};
    }
}

void place_tables(const School& school, Plan& to) {
    to.tables.resize(school.tables.size());
    const auto total = static_cast<std::uint32_t>(school.tables.size());
    const auto clipboards = static_cast<std::uint32_t>(school.clipboards.size());
    std::uint32_t slots = std::max({total, clipboards, 1u});
    Grid grid = best_grid(to.grid, slots, to.unit);
    const bool all_have_a_home = grid.share >= cell_share_min || total <= clipboards;
    if (all_have_a_home) {
        to.marks = cells_of(to.grid, slots, grid, to.unit);
        for (std::size_t i = 0; i < to.tables.size(); ++i) {
            to.tables[i].home = to.marks[i];
            if (is_out(school.tables[i])) continue;
            to.tables[i].where = TablePlace::Where::grid;
            furnish(to.tables[i], to.marks[i], to);
        }
        return;
    }
    const auto awake = static_cast<std::uint32_t>(
        std::count_if(school.tables.begin(), school.tables.end(),
                      [](const Table& t) { return !at_rest(t) && !is_out(t); }));
    to.folded = bottom_part(to.grid, to.line + 26 * to.unit);
    to.grid.y1 = to.folded.y0 - 4 * to.unit;
    // An even number, so that the grid does not change with every single table.
    slots = std::clamp((std::max(clipboards, awake) + 1) & ~1u, 2u, 40u);
    grid = best_grid(to.grid, slots, to.unit);
    to.marks = cells_of(to.grid, slots, grid, to.unit);
    seat_awake(school, to);
    fold_away(school, to);
}

void place_errands(const School& school, Plan& to) {
    const auto count = static_cast<std::uint32_t>(
        std::count_if(school.tables.begin(), school.tables.end(), is_out));
    if (count == 0) return;
    const float w_min = std::max(60 * to.unit, to.text * 4.2f), h_min = to.line + 34 * to.unit;
    const auto columns = static_cast<std::uint32_t>(std::max(1.0f, to.errands.w() / w_min));
    const auto rows = static_cast<std::uint32_t>(std::max(1.0f, to.errands.h() / h_min));
    const std::uint32_t fits = columns * rows;
    const std::uint32_t shown = count <= fits ? count : fits - 1;
    const float w = to.errands.w() / static_cast<float>(columns);
    const float h = std::min(to.errands.h() / static_cast<float>(rows), h_min * 1.5f);
    auto cell = [&](std::uint32_t n) {
        const std::uint32_t row = n / columns;
        const float x = to.errands.x0 + static_cast<float>(n % columns) * w;
        const float y = to.errands.y0 + static_cast<float>(row) * h;
        return Rect{x, y, x + w, y + h};
    };
    std::uint32_t n = 0;
    for (std::size_t i = 0; i < school.tables.size(); ++i) {
        if (!is_out(school.tables[i])) continue;
        if (n == shown) {
            ++to.hidden_errands;
            to.tables[i].cell = cell(shown);
            continue;
        }
        to.tables[i].where = TablePlace::Where::out;
        furnish_small(to.tables[i], cell(n++), to);
    }
    if (to.hidden_errands > 0) to.more_errands = cell(shown);
}

void place_rack(const School& school, Plan& to, Rect& wall) {
    const std::size_t count = std::max<std::size_t>(school.clipboards.size(), 1);
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
    for (std::size_t i = 0; i < school.clipboards.size(); ++i) {
        const std::size_t row = i / columns;
        const float x = x0 + static_cast<float>(i % columns) * peg_w;
        const float y = y0 + static_cast<float>(row) * peg_h;
        to.pegs.push_back(Rect{x, y, x + peg_w, y + peg_h}.inset(2 * to.unit));
    }
}

bool is_present(const sim::Thing& thing) { return !thing.gone && thing.id != 0; }

// Where students wait comes first, if there is no room for all; in the order of their making.
std::vector<ObjectId> choose_things(const School& school, std::size_t count) {
    std::vector<ObjectId> chosen;
    for (bool awaited : {true, false}) {
        for (const sim::Thing& thing : school.things) {
            if (chosen.size() == count) break;
            if (is_present(thing) && thing.queue.empty() != awaited) chosen.push_back(thing.id);
        }
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

void place_things(const School& school, Plan& to, const Rect& zone) {
    const float line_h = std::max(zone.h() * 0.40f, 40 * to.unit);
    to.board = {zone.x0, zone.y0, zone.x1, zone.y1 - line_h - 4 * to.unit};
    const std::size_t present = static_cast<std::size_t>(
        std::count_if(school.things.begin(), school.things.end(), is_present));
    // A few things do not need the whole wall: a window keeps them company.
    const float wanted = std::max(static_cast<float>(present) * 190, 400.0f) * to.unit;
    if (to.board.w() - wanted > 150 * to.unit) {
        to.window = {to.board.x0 + wanted + 20 * to.unit, to.board.y0, to.board.x1 - 12 * to.unit,
                     to.board.y1};
        to.board.x1 = to.board.x0 + wanted;
    }
    if (present == 0) return;
    Rect signs = to.board.inset(6 * to.unit, 5 * to.unit);
    signs.y0 += to.line;
    const float w_min = std::max(52 * to.unit, to.text * 4.6f);
    const auto fits = [&] { return static_cast<std::size_t>(std::max(1.0f, signs.w() / w_min)); };
    if (fits() < present) {
        to.more_things = right_part(signs, to.text * 3.2f);
        signs.x1 = to.more_things.x0;
    }
    const std::vector<ObjectId> chosen = choose_things(school, std::min(fits(), present));
    to.hidden_things = static_cast<std::uint32_t>(present - chosen.size());
    // One or two things do not need the whole board, but a long line is welcome to its length.
    const float w = signs.w() / static_cast<float>(chosen.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const float x = signs.x0 + static_cast<float>(i) * w;
        Station station;
        station.id = chosen[i];
        station.sign = {x + 3 * to.unit, signs.y0, x + std::min(w, 230 * to.unit) - 3 * to.unit,
                        signs.y1};
        // The line of the last one may go on in front of the window.
        const float line_x1 = i + 1 == chosen.size() && to.hidden_things == 0 ? zone.x1 : x + w;
        station.line = {x + 3 * to.unit, zone.y1 - line_h, line_x1 - 3 * to.unit, zone.y1};
        to.stations.push_back(station);
    }
}

void place_wall(const School& school, Plan& to) {
    Rect wall = to.wall.inset(8 * to.unit, 6 * to.unit);
    place_rack(school, to, wall);
    const float share = to.detail == Detail::figures ? 0.17f : 0.24f;
    const Rect alarm =
        right_part(wall, std::clamp(to.room.w() * share, 108 * to.unit, 320 * to.unit));
    wall.x1 = alarm.x0 - 8 * to.unit;
    const float clock_h = std::max(alarm.h() * 0.42f, 44 * to.unit);
    to.clock = top_part(alarm, clock_h);
    to.sleepers = {alarm.x0, to.clock.y1 + 2 * to.unit, alarm.x1, alarm.y1};
    place_things(school, to, wall);
}

void place_front(const School& school, Plan& to, const Rect& strip) {
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
        to.teacher_spots.push_back({x, top, x + w, foot});
    }
}

void place_column(Plan& to, const Rect& column) {
    const float gap = 6 * to.unit;
    const float errands_share = to.detail == Detail::figures ? 0.36f : 0.30f;
    to.corridor = top_part(column, column.h() * errands_share);
    to.errands = to.corridor.inset(gap);
    to.errands.y0 += to.line;
    to.monitor = {column.x0, to.corridor.y1 + gap, column.x1,
                  to.corridor.y1 + gap + std::max(82 * to.unit, column.h() * 0.16f)};
    to.monitors_teacher = {column.x0 + 4 * to.unit, to.monitor.y0 + to.monitor.h() * 0.12f,
                           column.x0 + 4 * to.unit + to.monitor.h() * 0.46f, to.monitor.y1};
    to.bench = {column.x0, to.monitor.y1 + gap, column.x1, column.y1};
}

}  // namespace

Crowd pack(const Rect& area, std::uint32_t count, float tallest, float smallest, float more_w) {
    // Busts are a little narrower than tall.
    constexpr float aspect = 0.84f;
    Crowd crowd;
    crowd.area = area;
    crowd.count = crowd.shown = count;
    if (area.empty() || count == 0) return crowd;
    auto fit = [&](float h) {
        crowd.figure_h = h;
        crowd.figure_w = h * aspect;
        crowd.columns = static_cast<std::uint32_t>(std::max(1.0f, area.w() / crowd.figure_w));
        const auto rows = static_cast<std::uint32_t>(std::max(1.0f, area.h() / h));
        return crowd.columns * rows;
    };
    float h = std::max(std::min(tallest, area.h()), 1.0f);
    smallest = std::min(smallest, h);
    // Few sizes, so that one more student seldom changes them for all; in a large crowd nobody
    // notices.
    const float shrink = count < 300 ? 0.8f : 0.94f;
    while (fit(h) < count && h > smallest) h = std::max(h * shrink, smallest);
    const std::uint32_t places = fit(h);
    if (places >= count) return crowd;
    const auto kept_free = static_cast<std::uint32_t>(std::ceil(more_w / crowd.figure_w));
    crowd.shown = places > kept_free ? places - kept_free : 0;
    return crowd;
}

ImVec2 Crowd::at(std::uint32_t i) const {
    if (i >= shown) return more().empty() ? area.centre() : more().centre();
    const std::uint32_t row = i / columns;
    return {area.x0 + (static_cast<float>(i % columns) + 0.5f) * figure_w,
            area.y0 + (static_cast<float>(row) + 0.5f) * figure_h};
}

Rect Crowd::more() const {
    if (shown >= count || figure_h <= 0) return {};
    const float x = area.x0 + static_cast<float>(shown % columns) * figure_w;
    const std::uint32_t row = shown / columns;
    const float y = area.y0 + static_cast<float>(row) * figure_h;
    const float bottom = std::min(area.y1, y + std::max(figure_h, 1.0f));
    return {x, y, area.x1, bottom};
}

Plan floor_plan(const School& school, const Rect& area, float ui_scale) {
    Plan to;
    to.area = area;
    to.unit = std::min({ui_scale, area.w() / design_w, area.h() / design_h});
    to.text = std::max(text_min_px, std::round(14 * to.unit));
    to.line = std::ceil(to.text * 1.25f);
    to.detail = school.students.size() <= figures_max ? Detail::figures
                : school.students.size() <= heads_max ? Detail::heads
                                                      : Detail::dots;
    const float gap = 8 * to.unit;
    const Rect inner = area.inset(gap);
    const float column_share = to.detail == Detail::figures ? 0.20f
                               : to.detail == Detail::heads ? 0.25f
                                                            : 0.31f;
    const Rect column =
        right_part(inner, std::clamp(inner.w() * column_share, 172 * to.unit, 460 * to.unit));
    to.room = {area.x0, area.y0, column.x0 - gap, area.y1};
    const float wall_h = std::clamp(area.h() * 0.31f, 132 * to.unit, 230 * to.unit);
    const float front_h = std::clamp(area.h() * 0.14f, 66 * to.unit, 96 * to.unit);
    to.wall = top_part(to.room, wall_h);
    const Rect front = bottom_part({inner.x0, inner.y0, to.room.x1 - gap, inner.y1}, front_h);
    to.grid = {inner.x0, to.wall.y1 + gap, to.room.x1 - gap, front.y0 - gap * 0.5f};
    place_wall(school, to);
    place_front(school, to, front);
    place_column(to, column);
    place_tables(school, to);
    place_errands(school, to);
    return to;
}

}  // namespace homeroom::app
