// Desks and clipboards.
#include "app/stage/tables.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/stage/figures.h"
#include "app/stage/furniture.h"
#include "app/stage/labels.h"

namespace homeroom::app {

namespace {

using sim::Table;

bool rests(const Table& table) {
    return table.mood == Table::Mood::resting || table.mood == Table::Mood::closed;
}

Glyph mood_glyph(Table::Mood mood) {
    switch (mood) {
        case Table::Mood::deciding:
            return Glyph::dots;
        case Table::Mood::teaching:
            return Glyph::play;
        case Table::Mood::searching:
            return Glyph::lens;
        case Table::Mood::errand:
            return Glyph::phone;
        case Table::Mood::resting:
            return Glyph::zzz;
        case Table::Mood::closed:
            return Glyph::cross;
    }
    return Glyph::dots;
}

ImU32 mood_colour(const Theme& t, Table::Mood mood) {
    switch (mood) {
        case Table::Mood::deciding:
            return t.ready;
        case Table::Mood::teaching:
            return t.running;
        case Table::Mood::searching:
            return t.accent;
        case Table::Mood::errand:
            return t.away;
        case Table::Mood::resting:
            return t.asleep;
        case Table::Mood::closed:
            return t.gone;
    }
    return t.gone;
}

}  // namespace

void draw_table_back(const Pen& pen, const Table& table, const TablePlace& place) {
    const Theme& t = pen.theme;
    const bool dim = rests(table);
    if (place.where == TablePlace::Where::grid) {
        draw_rug(pen, place.cell, mix(t.floor, t.wood_edge, dim ? 0.08f : 0.22f));
    }
    const bool alone = table.clipboard == sim::ClipboardId::none;
    if (alone && place.where == TablePlace::Where::grid && !place.card.empty()) {
        const Rect gap = place.card.inset(pen.u(3));
        pen.dashes(gap, with_alpha(t.text_dim, dim ? 0.35f : 0.7f), pen.u(1.5f));
        const Rect inside = gap.inset(std::max(pen.u(5), 4.0f));
        const bool whole_words = pen.width(pen.either("clipboard", "P")) <= inside.w();
        if (!dim && whole_words) pen.note(inside, pen.either("no clipboard", "no P"), t.text_dim);
    }
    // The back of the chair; of a table at rest it stands on the desk, as in the evening.
    const float h = place.student.h();
    if (h <= pen.u(26)) return;
    const ImVec2 c = place.student.centre();
    const Rect chair{c.x - h * 0.46f, c.y + h * 0.10f, c.x + h * 0.46f, place.student.y1};
    if (!dim) draw_chair(pen, chair);
    if (dim && place.where == TablePlace::Where::grid) draw_chair_up(pen, chair);
}

void draw_table_front(const Pen& pen, const Table& table, const TablePlace& place, bool selected) {
    const Theme& t = pen.theme;
    const bool dim = rests(table);
    const Rect& desk = place.desk;
    if (!desk.empty()) draw_desk(pen, desk, dim, dim && place.where != TablePlace::Where::grid);
    if (table.student != sim::StudentId::none && desk.w() > pen.u(30)) {
        const float w = std::min(desk.w() * 0.44f, pen.u(38));
        draw_book(pen, {desk.centre().x, desk.y0 + w * 0.08f}, w);
    }
    ListBrush brush = pen.brush();
    const float s = pen.plan.text;
    Rect label = place.label;
    if (!label.empty()) {
        const std::string name = capitalised(sim::name_of(table.id, pen.words));
        const float wanted = s * 1.3f + pen.width(name, true);
        const ImU32 ink = dim ? t.text_dim : t.text;
        if (wanted <= label.w() && place.where == TablePlace::Where::grid) {
            draw_badge(brush, mood_glyph(table.mood), {label.x0 + s * 0.5f, label.centre().y},
                       s * 1.05f, mood_colour(t, table.mood));
            label.x0 += s * 1.3f;
        }
        const bool fits = pen.width(name, !dim) <= label.w() + 1;
        pen.text(label, fits ? name : std::to_string(sim::index(table.id)), ink,
                 fits && place.where == TablePlace::Where::grid ? Align::left : Align::centre,
                 !dim);
    }
    // An empty seat says what the table is up to.
    if (table.student == sim::StudentId::none && !dim && place.where == TablePlace::Where::grid) {
        const float size = std::min(place.student.h() * 0.62f, place.student.w() * 0.7f);
        ImVec2 c = place.student.centre();
        c.x += table.mood == Table::Mood::searching
                   ? std::sin(static_cast<float>(pen.seconds) * 3) * size * 0.15f
                   : 0;
        if (size > pen.u(10)) {
            draw_badge(brush, mood_glyph(table.mood), c, size, mood_colour(t, table.mood));
        }
    }
    if (selected) pen.select(place.cell.inset(pen.u(2)), pen.u(7));
}

void draw_empty_place(const Pen& pen, const Table* table, const Rect& home) {
    pen.dashes(home, with_alpha(pen.theme.text_dim, 0.28f), pen.u(1.2f));
    if (!table) return;
    const std::string text =
        sim::phrase("{t}: out", {{'t', capitalised(sim::name_of(table->id, pen.words))}});
    const Rect line{home.x0 + pen.u(6), home.y1 - pen.plan.line, home.x1 - pen.u(6), home.y1};
    pen.text(line, text, pen.theme.text_dim, Align::right);
}

void draw_card(const Pen& pen, const sim::Clipboard& clipboard, const CardFace& face, bool settled,
               bool selected) {
    const Theme& t = pen.theme;
    const Rect& box = face.box;
    const float rounding = std::min(pen.u(5), box.w() * 0.1f), pad = face.head.x0 - box.x0;
    draw_clipboard(pen, box, pad);
    const ImU32 colour = colour_of(clipboard.id);
    pen.fill(face.head, colour, pen.u(2), ImDrawFlags_RoundCornersTop);
    // The clip, over the upper edge.
    const float clip_h = std::min(pen.u(16), box.w() * 0.14f);
    draw_clip(pen, {box.centre().x, face.head.y0 - clip_h * 0.22f}, clip_h);
    const std::string id = "P" + std::to_string(sim::index(clipboard.id));
    const ImU32 ink = ink_on(colour);
    Rect head = face.head.inset(pen.u(3), 0);
    const auto total = static_cast<std::uint64_t>(clipboard.names.size()) +
                       (clipboard.top_line == sim::StudentId::none ? 0 : 1);
    const std::string count = grouped(total);
    if (face.top_line.empty()) {
        const bool fits = pen.width(id, true) <= face.head.w();
        pen.text(face.head, fits ? id : id.substr(1), ink, Align::centre, true);
        const Rect body{face.head.x0, face.head.y1, face.head.x1, box.y1 - pad};
        if (total > 0 && body.h() >= pen.plan.text) {
            pen.text(body, count, t.paper_text, Align::centre, true);
        }
    } else {
        pen.text(head, id, ink, Align::left, true);
        if (pen.width(id, true) + pen.width(count) + pen.u(6) < head.w()) {
            pen.text(head, count, ink, Align::right);
        }
        // The top line is a line of its own, whether or not a name stands on it.
        pen.fill(face.top_line, mix(t.paper, IM_COL32(245, 196, 66, 255), 0.45f), pen.u(2));
        ListBrush brush = pen.brush();
        draw_glyph(brush, Glyph::play, face.mark.centre(), face.mark.w(),
                   IM_COL32(120, 84, 0, 255));
        if (clipboard.top_line == sim::StudentId::none) {
            Rect hint = face.top_line.inset(pen.u(2), 0);
            hint.x0 += pen.plan.text * 0.8f;
            pen.text_if_it_fits(hint, pen.either("next", "runnext"),
                                with_alpha(t.paper_dim, 0.75f));
        }
        for (std::uint32_t row = 0; row < face.rows; ++row) {
            const float y = face.names_y + static_cast<float>(row + 1) * face.row_h - 1;
            pen.list->AddLine({face.top_line.x0, y}, {face.top_line.x1, y}, t.paper_line, 1);
        }
        const Rect more = face.more();
        if (!more.empty() && settled) {
            pen.text(more, "+" + grouped(face.names - face.shown), t.paper_text, Align::left, true);
        }
    }
    if (selected) pen.select(box, rounding);
}

void draw_rack(const Pen& pen, const sim::School& school) {
    const Theme& t = pen.theme;
    const Rect& rack = pen.plan.rack;
    if (rack.empty()) return;
    std::size_t idle = 0;
    for (std::size_t i : pen.plan.own_pegs) {
        if (school.clipboards[i].holder == sim::TableId::none) ++idle;
    }
    draw_rack_board(pen, rack);
    const Rect title =
        Rect{rack.x0, rack.y0 + pen.u(2), rack.x1, rack.y0 + pen.u(2) + pen.plan.line}.inset(
            pen.u(6), 0);
    pen.first_that_fits(
        title,
        {counted(pen.either("Free clipboards", "Idle P"), idle), counted(sim::tr("Free"), idle)},
        t.text, true);
    for (std::size_t i : pen.plan.own_pegs) {
        const sim::Clipboard& clipboard = school.clipboards[i];
        const Rect& peg = pen.plan.pegs[i];
        draw_peg(pen, {peg.centre().x, peg.y0 + pen.u(3)}, pen.u(9));
        if (clipboard.holder == sim::TableId::none) continue;
        const Rect gap = peg.inset(pen.u(1), pen.u(2));
        pen.dashes(gap, with_alpha(t.wall_line, 0.9f), pen.u(1.2f));
        pen.text(gap, "P" + std::to_string(sim::index(clipboard.id)), with_alpha(t.text_dim, 0.7f),
                 Align::centre);
    }
}

}  // namespace homeroom::app
