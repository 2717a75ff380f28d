// Which colours of the theme go into which drawing, and how large it is.
#include "app/stage/furniture.h"

#include <algorithm>

namespace homeroom::app {

namespace {

Dress wooden(const Theme& t, bool dim) {
    return {0, 0, dim ? t.wood_dim : t.wood, dim ? t.wood_dim_edge : t.wood_edge, 0, 0};
}

void draw_small(const Pen& pen, Art art, const Dress& dress, ImVec2 centre, float height) {
    pen.sprites.draw(pen.list, art, dress, centre, height, Sprites::Fit::stepped);
}

}  // namespace

void draw_desk(const Pen& pen, const Rect& box, bool dim, bool folded) {
    Dress dress = wooden(pen.theme, dim);
    dress.pose = folded ? 1 : 0;
    pen.sprites.draw_stretched(pen.list, Art::desk, dress, box.min(), box.max(), pen.plan.unit);
}

void draw_chair(const Pen& pen, const Rect& box) {
    draw_small(pen, Art::chair, wooden(pen.theme, false), box.centre(),
               std::min(box.h(), box.w() * 0.46f));
}

void draw_chair_up(const Pen& pen, const Rect& box) {
    Dress dress = wooden(pen.theme, true);
    dress.pose = 1;
    const float h = std::min(box.h(), box.w() * 0.46f);
    draw_small(pen, Art::chair, dress, {box.centre().x, box.y1 - h / 2}, h);
}

void draw_book(const Pen& pen, ImVec2 centre, float width) {
    draw_small(pen, Art::book, {}, centre, width * 0.44f);
}

void draw_clipboard(const Pen& pen, const Rect& box, float pad) {
    const Theme& t = pen.theme;
    const float unit = pad / 4;  // the drawing's edge is four units wide
    const Dress dress{0, 0, t.board, t.board_edge, 0, t.paper};
    pen.sprites.draw_stretched(pen.list, Art::clipboard, dress, {box.x0 - unit, box.y0 - unit},
                               {box.x1 + 5 * unit, box.y1 + 5 * unit}, unit, t.paper);
}

void draw_clip(const Pen& pen, ImVec2 centre, float height) {
    draw_small(pen, Art::clip, {0, 0, pen.theme.clip, 0, 0, 0}, centre, height);
}

void draw_board(const Pen& pen, const Rect& box) {
    const Theme& t = pen.theme;
    const Rect frame = box.inset(-pen.u(3));
    pen.sprites.draw_stretched(pen.list, Art::whiteboard,
                               {0, 0, t.whiteboard, t.whiteboard_edge, 0, 0}, frame.min(),
                               frame.max(), pen.plan.unit, t.whiteboard);
    const float h = pen.u(12);
    draw_small(pen, Art::tray, {0, 0, t.metal_edge, 0, 0, 0}, {box.centre().x, box.y1 + h * 0.36f},
               h);
}

void draw_rack_board(const Pen& pen, const Rect& box) {
    const Theme& t = pen.theme;
    const ImU32 felt = mix(t.wall, t.board, 0.16f);
    pen.sprites.draw_stretched(pen.list, Art::rack, {0, 0, felt, t.wood_edge, 0, 0}, box.min(),
                               box.max(), pen.u(0.8f), felt);
}

void draw_peg(const Pen& pen, ImVec2 centre, float height) {
    draw_small(pen, Art::peg, {}, centre, height);
}

void draw_bench_seat(const Pen& pen, const Rect& box) {
    pen.sprites.draw_stretched(pen.list, Art::bench, wooden(pen.theme, false), box.min(), box.max(),
                               pen.plan.unit);
}

void draw_door(const Pen& pen, const Rect& box) {
    const Theme& t = pen.theme;
    const float h = box.h() / 0.95f;
    pen.sprites.draw(pen.list, Art::door, {0, 0, t.door, t.door_edge, t.wall_line, 0},
                     {box.centre().x, box.y1 - h / 2}, h, Sprites::Fit::exact);
}

void draw_pane(const Pen& pen, const Rect& box) {
    Dress dress;
    dress.pose = pen.theme.dark ? 1 : 0;
    pen.sprites.draw_filling(pen.list, Art::pane, dress, box.min(), box.max());
}

void draw_envelope(const Pen& pen, const Rect& box, ImU32 colour) {
    draw_small(pen, Art::envelope, {0, 0, colour, 0, 0, 0}, box.centre(), box.h());
}

void draw_hatch(const Pen& pen, const Rect& box) {
    const Theme& t = pen.theme;
    draw_small(pen, Art::hatch, {0, 0, t.board, t.board_edge, 0, 0}, box.centre(), box.h());
}

void draw_flip_card(const Pen& pen, const Rect& box) {
    const Theme& t = pen.theme;
    pen.sprites.draw_stretched(pen.list, Art::flip_card, {0, 0, t.outline, 0, 0, 0}, box.min(),
                               box.max(), box.h() / 40);
}

void draw_rug(const Pen& pen, const Rect& box, ImU32 colour) {
    const Dress dress{0, 0, colour, mix(colour, pen.theme.wood_edge, 0.30f), 0, 0};
    pen.sprites.draw_stretched(pen.list, Art::rug, dress, box.min(), box.max(), pen.plan.unit,
                               colour);
}

void draw_mat(const Pen& pen, const Rect& box, ImU32 colour) {
    const Dress dress{0, 0, colour, mix(colour, pen.theme.outline, 0.12f), 0, 0};
    pen.sprites.draw_stretched(pen.list, Art::mat, dress, box.min(), box.max(), pen.plan.unit,
                               colour);
}

void draw_slip(const Pen& pen, const Rect& box, float unit, ImU32 paper, ImU32 edge) {
    pen.sprites.draw_stretched(pen.list, Art::slip, {0, 0, 0, edge, 0, paper}, box.min(), box.max(),
                               unit, paper);
}

void draw_slate(const Pen& pen, const Rect& box, ImU32 ground, ImU32 edge) {
    pen.sprites.draw_stretched(pen.list, Art::slate, {0, 0, ground, edge, 0, 0}, box.min(),
                               box.max(), pen.plan.unit, ground);
}

void draw_slot(const Pen& pen, const Rect& box) {
    const Theme& t = pen.theme;
    draw_small(pen, Art::slot, {0, 0, mix(t.whiteboard, t.outline, 0.06f), t.whiteboard_edge, 0, 0},
               box.centre(), box.h());
}

void draw_cord(const Pen& pen, const Rect& box) {
    const Theme& t = pen.theme;
    pen.sprites.draw_stretched(
        pen.list, Art::cord, {0, 0, t.board_edge, mix(t.whiteboard_edge, t.metal_edge, 0.6f), 0, 0},
        box.min(), box.max(), pen.plan.unit);
}

void draw_thought(const Pen& pen, const Rect& box, ImU32 paper, ImU32 edge) {
    pen.sprites.draw_stretched(pen.list, Art::thought, {0, 0, edge, 0, 0, paper}, box.min(),
                               box.max(), box.h() / 40);
}

void draw_absent(const Pen& pen, const Rect& box) {
    pen.sprites.draw(pen.list, Art::absent, {0, 0, pen.theme.text_dim, 0, 0, 0}, box.centre(),
                     box.h(), Sprites::Fit::exact, false, IM_COL32(255, 255, 255, 64));
}

void draw_sheet(const Pen& pen, const Rect& box, ImU32 colour, bool in_common) {
    const Theme& t = pen.theme;
    Dress dress{0, 0, colour, t.outline, 0, t.paper};
    dress.pose = in_common ? 1 : 0;
    pen.sprites.draw_filling(pen.list, Art::sheet, dress, box.min(), box.max());
}

void draw_lesson_plan(const Pen& pen, const Rect& box, ImU32 colour, float faded) {
    const Theme& t = pen.theme;
    const Dress dress{0,
                      0,
                      mix(t.floor, colour, faded),
                      mix(t.floor, t.outline, faded),
                      0,
                      mix(t.floor, t.paper, faded)};
    draw_small(pen, Art::lesson_plan, dress, box.centre(), box.h());
}

void draw_eraser(const Pen& pen, const Rect& box) {
    const Theme& t = pen.theme;
    pen.sprites.draw_stretched(pen.list, Art::eraser, {0, 0, t.wood, t.wood_edge, 0, t.paper_edge},
                               box.min(), box.max(), pen.plan.unit);
}

}  // namespace homeroom::app
