// How signs are put together from simple shapes.
#include "app/stage/glyphs.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "app/palette.h"

namespace homeroom::app {

namespace {

using std::numbers::pi_v;

ImVec2 offset(ImVec2 p, float x, float y) { return {p.x + x, p.y + y}; }

void draw_z(ListBrush& brush, ImVec2 c, float s, ImU32 colour) {
    const float th = std::max(s * 0.2f, 1.2f), half = s / 2;
    brush.line(offset(c, -half, -half), offset(c, half, -half), th, colour);
    brush.line(offset(c, half, -half), offset(c, -half, half), th, colour);
    brush.line(offset(c, -half, half), offset(c, half, half), th, colour);
}

void draw_bell(ListBrush& brush, ImVec2 c, float s, ImU32 colour) {
    brush.disc(offset(c, 0, -s * 0.12f), s * 0.28f, colour);
    brush.box(offset(c, -s * 0.28f, -s * 0.12f), offset(c, s * 0.28f, s * 0.2f), 0, colour);
    brush.box(offset(c, -s * 0.42f, s * 0.16f), offset(c, s * 0.42f, s * 0.28f), s * 0.06f, colour);
    brush.disc(offset(c, 0, s * 0.36f), s * 0.1f, colour);
}

void draw_hourglass(ListBrush& brush, ImVec2 c, float s, ImU32 colour) {
    const float w = s * 0.32f, h = s * 0.42f;
    brush.triangle(offset(c, -w, -h), offset(c, w, -h), c, colour);
    brush.triangle(offset(c, w, h), offset(c, -w, h), c, colour);
    const float th = std::max(s * 0.12f, 1.0f);
    brush.line(offset(c, -w * 1.2f, -h), offset(c, w * 1.2f, -h), th, colour);
    brush.line(offset(c, -w * 1.2f, h), offset(c, w * 1.2f, h), th, colour);
}

}  // namespace

void draw_glyph(ListBrush& brush, Glyph glyph, ImVec2 c, float s, ImU32 colour) {
    const float th = std::max(s * 0.14f, 1.2f);
    switch (glyph) {
        case Glyph::play:
            brush.triangle(offset(c, -s * 0.28f, -s * 0.38f), offset(c, s * 0.42f, 0),
                           offset(c, -s * 0.28f, s * 0.38f), colour);
            break;
        case Glyph::dots:
            for (float x : {-0.32f, 0.0f, 0.32f})
                brush.disc(offset(c, x * s, 0), s * 0.11f, colour);
            break;
        case Glyph::lens:
            brush.arc(offset(c, -s * 0.1f, -s * 0.1f), s * 0.26f, 0, pi_v<float>, th, colour);
            brush.arc(offset(c, -s * 0.1f, -s * 0.1f), s * 0.26f, pi_v<float>, 2 * pi_v<float>, th,
                      colour);
            brush.line(offset(c, s * 0.1f, s * 0.1f), offset(c, s * 0.4f, s * 0.4f), th, colour);
            break;
        case Glyph::hourglass:
            draw_hourglass(brush, c, s, colour);
            break;
        case Glyph::zzz:
            draw_z(brush, offset(c, -s * 0.2f, s * 0.2f), s * 0.45f, colour);
            draw_z(brush, offset(c, s * 0.25f, -s * 0.22f), s * 0.32f, colour);
            break;
        case Glyph::phone:
            brush.box(offset(c, -s * 0.22f, -s * 0.42f), offset(c, s * 0.22f, s * 0.42f), s * 0.1f,
                      colour);
            brush.box(offset(c, -s * 0.12f, -s * 0.28f), offset(c, s * 0.12f, s * 0.18f), 0,
                      IM_COL32(255, 255, 255, 220));
            break;
        case Glyph::check:
            brush.line(offset(c, -s * 0.34f, 0), offset(c, -s * 0.08f, s * 0.28f), th, colour);
            brush.line(offset(c, -s * 0.08f, s * 0.28f), offset(c, s * 0.36f, -s * 0.3f), th,
                       colour);
            break;
        case Glyph::padlock:
            brush.arc(offset(c, 0, -s * 0.08f), s * 0.2f, pi_v<float>, 2 * pi_v<float>, th, colour);
            brush.box(offset(c, -s * 0.3f, -s * 0.08f), offset(c, s * 0.3f, s * 0.4f), s * 0.06f,
                      colour);
            break;
        case Glyph::letter: {
            const ImVec2 min = offset(c, -s * 0.42f, -s * 0.3f),
                         max = offset(c, s * 0.42f, s * 0.3f);
            const float thin = std::max(s * 0.10f, 1.0f);
            brush.line(min, {max.x, min.y}, thin, colour);
            brush.line({max.x, min.y}, max, thin, colour);
            brush.line(max, {min.x, max.y}, thin, colour);
            brush.line({min.x, max.y}, min, thin, colour);
            brush.line(min, offset(c, 0, s * 0.08f), thin, colour);
            brush.line({max.x, min.y}, offset(c, 0, s * 0.08f), thin, colour);
            break;
        }
        case Glyph::list:
            for (float y : {-0.28f, 0.0f, 0.28f}) {
                brush.disc(offset(c, -s * 0.32f, y * s), s * 0.08f, colour);
                brush.line(offset(c, -s * 0.14f, y * s), offset(c, s * 0.4f, y * s), th, colour);
            }
            break;
        case Glyph::bell:
            draw_bell(brush, c, s, colour);
            break;
        case Glyph::door:
            brush.box(offset(c, -s * 0.24f, -s * 0.42f), offset(c, s * 0.24f, s * 0.42f), s * 0.03f,
                      colour);
            brush.disc(offset(c, s * 0.13f, s * 0.04f), s * 0.06f, IM_COL32(255, 255, 255, 255));
            break;
        case Glyph::cross:
            brush.line(offset(c, -s * 0.3f, -s * 0.3f), offset(c, s * 0.3f, s * 0.3f), th, colour);
            brush.line(offset(c, s * 0.3f, -s * 0.3f), offset(c, -s * 0.3f, s * 0.3f), th, colour);
            break;
    }
}

void draw_badge(ListBrush& brush, Glyph glyph, ImVec2 centre, float size, ImU32 fill) {
    brush.disc(centre, size / 2, fill);
    draw_glyph(brush, glyph, centre, size * 0.66f, ink_on(fill));
}

}  // namespace homeroom::app
