// Grids of tables, and the parts of each.
#include "app/stage/table_places.h"

#include <algorithm>
#include <cmath>

namespace homeroom::app {

namespace {

using sim::School;
using sim::Table;

// A table with its clipboard, student and teacher looks right in about this size (design units).
constexpr float cell_w = 150, cell_h = 110, cell_w_max = 320, cell_h_max = 236;
// Below this share of it, resting tables are folded up to make room for the others.
constexpr float cell_share_min = 0.8f;
// A teacher without the pointer is not quite half as wide as tall.
constexpr float teacher_slim = 2.04f;

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

// No longer than looks right for who sits at it.
void shorten_desk(TablePlace& place, float figure_h) {
    const float spare = std::max(0.0f, place.desk.w() - figure_h * 2.3f) / 2;
    place.desk.x0 += spare;
    place.desk.x1 -= spare;
}

// Student behind the desk, teacher on the right, label below the two.
void seat_people(TablePlace& place, const Rect& space, const Plan& to) {
    const float gap = std::min(6 * to.unit, space.w() * 0.05f);
    Rect right = space;
    place.label = bottom_part(right, std::min(to.line, right.h() * 0.3f));
    right.y1 = place.label.y0 - 1;
    place.teacher = right_part(right, std::min(right.w() * 0.40f, 82 * to.unit));
    Rect seat = right;
    seat.x1 = place.teacher.x0 - gap;
    const float teacher_max = place.teacher.w() * teacher_slim;
    const float figure_h =
        std::min({seat.w() * 1.05f, seat.h() * 0.62f, 84 * to.unit, teacher_max * 0.62f});
    const float desk_h = std::min(figure_h * 0.62f, seat.h() - figure_h);
    place.desk = bottom_part(seat, desk_h);
    shorten_desk(place, figure_h);
    place.student = {seat.x0, place.desk.y0 - figure_h, seat.x1, place.desk.y0};
    // The teacher stands on the same floor and is the taller one.
    const float teacher_h = std::min({right.h(), (figure_h + desk_h) * 1.2f, teacher_max});
    place.teacher.y0 = place.teacher.y1 - teacher_h;
}

// The clipboard stands on the left; in a narrow and tall cell, where that would leave people no
// room, it hangs above them.
void furnish_people(TablePlace& place, const Rect& all, const Rect& cell, const Plan& to) {
    const float gap = std::min(6 * to.unit, cell.w() * 0.035f);
    Rect people = all;
    if (!to.uses_clipboards) return seat_people(place, people, to);
    if (cell.h() > cell.w() * 0.78f && all.h() * 0.46f > 4.2f * to.line) {
        place.card = top_part(all, all.h() * 0.46f);
        people.y0 = place.card.y1 + gap;
    } else {
        place.card = left_part(all, std::min(all.w() * 0.40f, 116 * to.unit));
        people.x0 = place.card.x1 + gap;
    }
    seat_people(place, people, to);
}

void furnish(TablePlace& place, const Rect& cell, const Plan& to) {
    const float gap = std::min(6 * to.unit, cell.w() * 0.035f);
    const Rect inner = cell.inset(gap, gap * 0.8f);
    place.cell = cell;
    Rect people = inner;
    // From near there is room to say more.
    const bool near = to.text < 12.6f * to.unit;
    if (near && inner.h() > 9.5f * to.line && inner.w() > 13 * to.line) {
        place.notes = bottom_part(inner, 4.2f * to.line);
        people.y1 = place.notes.y0 - gap;
    }
    furnish_people(place, people, cell, to);
}

// A table in the corridor, put away, or seen from afar: no room for more than itself, its student
// and a small card; and, but from afar, its name.
void furnish_small(TablePlace& place, const Rect& cell, const Plan& to) {
    const Rect inner = cell.inset(2 * to.unit);
    place.cell = cell;
    Rect rest = inner;
    if (!to.small) {
        place.label = bottom_part(inner, std::min(to.line, inner.h() * 0.4f));
        rest.y1 = place.label.y0;
    }
    if (to.uses_clipboards) {
        // From afar at least its number can be read.
        const float least = to.small ? 1.8f * to.text : 0;
        place.card = left_part(rest, std::clamp(least, rest.w() * 0.36f, rest.w() * 0.5f));
        rest.x0 = place.card.x1 + 2 * to.unit;
    }
    place.teacher = right_part(rest, rest.w() * 0.36f);
    place.teacher.y0 =
        std::max(place.teacher.y0,
                 place.teacher.y1 - std::min(place.teacher.w() * teacher_slim, 150 * to.unit));
    rest.x1 = place.teacher.x0;
    // Nobody is larger than in a room that is seen from near.
    const float figure_h = std::min(rest.w() * 1.05f, 84 * to.unit);
    place.desk = bottom_part(rest, std::min(rest.h() * 0.36f, 52 * to.unit));
    place.student = {rest.x0, std::max(rest.y0, place.desk.y0 - figure_h), rest.x1, place.desk.y0};
    shorten_desk(place, place.student.h());
}

// The tables of this room, by their numbers.
std::vector<std::size_t> tables_of(const School& school, const RoomKey& room) {
    std::vector<std::size_t> own;
    for (std::size_t i = 0; i < school.tables.size(); ++i) {
        if (room.has(school.tables[i])) own.push_back(i);
    }
    return own;
}

// Gives each awake table a place of its own in a grid that is too small for all: the place with its
// number if that is free, else the next free one. So a table seldom moves when another comes or
// goes.
void seat_awake(const School& school, const std::vector<std::size_t>& own, Plan& to) {
    std::vector<bool> taken(to.marks.size(), false);
    for (std::size_t n = 0; n < own.size(); ++n) {
        const std::size_t i = own[n];
        if (at_rest(school.tables[i]) || is_out(school.tables[i])) continue;
        std::size_t slot = n % taken.size(), tries = 0;
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

void fold_away(const School& school, const std::vector<std::size_t>& own, Plan& to) {
    const float w = std::max(46 * to.unit, to.text * 4.2f);
    const auto fits = static_cast<std::uint32_t>(std::max(1.0f, to.folded.w() / w));
    const auto count = static_cast<std::uint32_t>(std::count_if(
        own.begin(), own.end(), [&](std::size_t i) { return at_rest(school.tables[i]); }));
    const std::uint32_t shown = count <= fits ? count : fits - 1;
    std::uint32_t n = 0;
    for (std::size_t i : own) {
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

}  // namespace

void place_tables(const School& school, const RoomKey& room, Plan& to) {
    to.tables.resize(school.tables.size());
    const std::vector<std::size_t> own = tables_of(school, room);
    const auto total = static_cast<std::uint32_t>(own.size());
    const auto clipboards = static_cast<std::uint32_t>(to.own_pegs.size());
    std::uint32_t slots = std::max({total, clipboards, 1u});
    Grid grid = best_grid(to.grid, slots, to.unit);
    const bool all_have_a_home = grid.share >= cell_share_min || total <= clipboards;
    if (all_have_a_home) {
        to.marks = cells_of(to.grid, slots, grid, to.unit);
        for (std::size_t n = 0; n < own.size(); ++n) {
            TablePlace& place = to.tables[own[n]];
            place.home = to.marks[n];
            if (is_out(school.tables[own[n]])) continue;
            place.where = TablePlace::Where::grid;
            furnish(place, to.marks[n], to);
        }
        return;
    }
    const auto awake =
        static_cast<std::uint32_t>(std::count_if(own.begin(), own.end(), [&](std::size_t i) {
            return !at_rest(school.tables[i]) && !is_out(school.tables[i]);
        }));
    to.folded = bottom_part(to.grid, to.line + 26 * to.unit);
    to.grid.y1 = to.folded.y0 - 4 * to.unit;
    // An even number, so that the grid does not change with every single table.
    slots = std::clamp((std::max(clipboards, awake) + 1) & ~1u, 2u, 40u);
    grid = best_grid(to.grid, slots, to.unit);
    to.marks = cells_of(to.grid, slots, grid, to.unit);
    seat_awake(school, own, to);
    fold_away(school, own, to);
}

void place_errands(const School& school, const RoomKey& room, Plan& to) {
    const std::vector<std::size_t> own = tables_of(school, room);
    const auto count = static_cast<std::uint32_t>(std::count_if(
        own.begin(), own.end(), [&](std::size_t i) { return is_out(school.tables[i]); }));
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
    for (std::size_t i : own) {
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

void place_small_tables(const School& school, const RoomKey& room, Plan& to) {
    // Who has something to do comes first; tables at rest fill what is left.
    std::vector<std::size_t> own = tables_of(school, room);
    std::stable_partition(own.begin(), own.end(),
                          [&](std::size_t i) { return !at_rest(school.tables[i]); });
    constexpr float least_w = 50, least_h = 34;  // pixels: a student is 12 high
    const auto fits = static_cast<std::size_t>(std::max(1.0f, std::floor(to.grid.w() / least_w)) *
                                               std::max(1.0f, std::floor(to.grid.h() / least_h)));
    const std::size_t shown = own.size() <= fits ? own.size() : fits - 1;
    to.hidden_tables = static_cast<std::uint32_t>(own.size() - shown);
    const auto slots = static_cast<std::uint32_t>(std::max<std::size_t>(
        {shown + (to.hidden_tables > 0 ? 1 : 0), to.site.empty() ? to.own_pegs.size() : 0, 1}));
    to.marks = cells_of(to.grid, slots, best_grid(to.grid, slots, to.unit), to.unit);
    std::sort(own.begin(), own.begin() + static_cast<std::ptrdiff_t>(shown));
    for (std::size_t n = 0; n < shown; ++n) {
        TablePlace& place = to.tables[own[n]];
        place.where = TablePlace::Where::grid;
        furnish_small(place, to.marks[n], to);
    }
    if (to.hidden_tables > 0) to.more_tables = to.marks[shown];
}

}  // namespace homeroom::app
