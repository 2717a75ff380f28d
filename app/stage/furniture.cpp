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

void draw_desk(const Pen& pen, const Rect& box, bool folded) {
    Dress dress = wooden(pen.theme, folded);
    dress.pose = folded ? 1 : 0;
    pen.sprites.draw_stretched(pen.list, Art::desk, dress, box.min(), box.max(), pen.plan.unit);
}

void draw_chair(const Pen& pen, const Rect& box, bool dim) {
    draw_small(pen, Art::chair, wooden(pen.theme, dim), box.centre(),
               std::min(box.h(), box.w() * 0.46f));
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

}  // namespace homeroom::app
