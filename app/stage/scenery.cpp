// Large areas are filled, and only what is on them is a sprite: without a GPU each pixel costs each
// time, one of an image more than one of a colour.
#include "app/stage/scenery.h"

#include <algorithm>
#include <cmath>

#include "app/stage/furniture.h"

namespace homeroom::app {

namespace {

// A strip along a wall, in whole pixels; its upper edge is `y`.
void draw_strip(const Pen& pen, Art art, const Dress& dress, float x0, float x1, float y,
                float units) {
    const float h = std::max(1.0f, std::round(pen.u(units)));
    pen.sprites.draw_stretched(pen.list, art, dress, {x0, std::round(y)}, {x1, std::round(y) + h},
                               pen.plan.unit);
}

// What is lit from above.
Dress lit(const Theme& t, ImU32 cloth, ImU32 second) {
    return {0, 0, cloth, second, mix(cloth, IM_COL32_WHITE, t.dark ? 0.05f : 0.45f), 0};
}

Dress plaster(const Theme& t) { return lit(t, t.wall, t.wall_line); }

}  // namespace

void draw_floor(const Pen& pen, const Rect& box, float top) {
    const Theme& t = pen.theme;
    pen.fill(box, t.floor);
    const Dress dress = lit(t, t.floor, t.floor_line);
    const float board = pen.u(34), length = pen.u(330), w = pen.u(14);
    int row = 0;
    for (float y = top; y < box.y1; y += board, ++row) {
        if (y < box.y0) continue;
        draw_strip(pen, Art::floor_seam, dress, box.x0, box.x1, y, 4);
        // Each board begins elsewhere; three rows make a pattern that nobody sees as one.
        const float end = std::min(y + board, box.y1);
        if (end - y < board * 0.9f) continue;
        const float shift = std::fmod(static_cast<float>(row) * 0.38f + 0.2f, 1.0f);
        for (float x = box.x0 + shift * length; x + w < box.x1; x += length)
            pen.sprites.draw_stretched(pen.list, Art::floor_joint, dress, {x, y}, {x + w, end},
                                       pen.plan.unit);
    }
}

void draw_back_wall(const Pen& pen, const Rect& box) {
    const Theme& t = pen.theme;
    const float wainscot = std::round(box.y1 - box.h() * 0.34f);
    pen.fill({box.x0, box.y0, box.x1, wainscot}, t.wall);
    const Dress wood = lit(t, t.wall_low, t.wall_line);
    const float low = box.y1 - pen.u(6);
    const float count = std::max(1.0f, std::round(box.w() / pen.u(72)));
    const float w = box.w() / count;
    for (float i = 0; i < count; ++i)
        pen.sprites.draw_stretched(pen.list, Art::panel, wood, {box.x0 + i * w, wainscot},
                                   {box.x0 + (i + 1) * w, low}, pen.plan.unit, t.wall_low);
    draw_strip(pen, Art::rail, wood, box.x0, box.x1, wainscot - pen.u(2), 8);
    draw_strip(pen, Art::skirting, wood, box.x0, box.x1, box.y1 - pen.u(8), 11);
}

void draw_corridor_wall(const Pen& pen, const Rect& box) {
    const Theme& t = pen.theme;
    const ImU32 paint = mix(t.wall_low, t.asleep, 0.16f);
    const float floor = box.y1 - pen.u(14);
    pen.fill({box.x0, box.y0, box.x1, floor}, paint);
    pen.fill({box.x0, floor, box.x1, box.y1 + pen.u(3)}, mix(paint, t.outline, 0.10f));
    const Dress dress = lit(t, mix(paint, t.wall, 0.25f), mix(paint, t.wall_line, 0.7f));
    draw_strip(pen, Art::skirting, dress, box.x0, box.x1, floor - pen.u(8), 11);
    draw_strip(pen, Art::rail, plaster(t), box.x0, box.x1, box.y1 - pen.u(1), 8);
}

void draw_wall_end(const Pen& pen, float x, float y0, float y1) {
    const float w = std::max(2.0f, std::round(pen.u(10)));
    x = std::round(x - pen.u(4));
    pen.sprites.draw_stretched(pen.list, Art::wall_end, plaster(pen.theme), {x, y0}, {x + w, y1},
                               pen.plan.unit);
}

void draw_window(const Pen& pen, const Rect& box) {
    const Theme& t = pen.theme;
    if (box.empty()) return;
    const Dress wood{0, 0, t.frame, 0, 0, 0};
    const float panes = std::max(1.0f, std::floor(box.w() / pen.u(110)));
    const float w = box.w() / panes, rim = pen.u(4);
    for (float i = 0; i < panes; ++i) {
        const Rect frame{box.x0 + i * w, box.y0, box.x0 + (i + 1) * w, box.y1};
        draw_pane(pen, frame.inset(rim));
        pen.sprites.draw_stretched(pen.list, Art::window, wood, frame.min(), frame.max(),
                                   pen.plan.unit);
    }
    const float reach = pen.u(8);
    draw_strip(pen, Art::sill, wood, box.x0 - reach, box.x1 + reach, box.y1 - pen.u(3), 14);
    const float curtain = box.h() * 0.4f;
    if (box.w() < curtain * 4) return;
    const Dress cloth{0, 0, t.curtain, t.ready, 0, 0};
    const float h = box.h() + pen.u(2), y = box.y0 - pen.u(3) + h / 2, in = h * 0.2f - pen.u(5);
    pen.sprites.draw(pen.list, Art::curtain, cloth, {box.x0 + in, y}, h, Sprites::Fit::exact);
    pen.sprites.draw(pen.list, Art::curtain, cloth, {box.x1 - in, y}, h, Sprites::Fit::exact, true);
}

void draw_room_walls(const Pen& pen, const Rect& room) {
    const Rect outer = room.inset(-pen.u(5));
    pen.sprites.draw_stretched(pen.list, Art::room_walls, plaster(pen.theme), outer.min(),
                               outer.max(), pen.plan.unit);
}

void draw_plate(const Pen& pen, const Rect& box) {
    pen.sprites.draw_stretched(pen.list, Art::plate, plaster(pen.theme), box.min(), box.max(),
                               box.h() / 40);
}

void draw_leaf(const Pen& pen, const Rect& box) {
    const Theme& t = pen.theme;
    pen.sprites.draw_stretched(pen.list, Art::leaf, {0, 0, t.door, t.door_edge, 0, 0}, box.min(),
                               box.max(), box.h() / 20);
}

}  // namespace homeroom::app
