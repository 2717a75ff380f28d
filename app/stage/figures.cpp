// How people and signs are put together.
#include "app/stage/figures.h"

#include <algorithm>
#include <cmath>

namespace homeroom::app {

namespace {

constexpr float pi = 3.14159265f;
constexpr ImU32 ink = IM_COL32(44, 38, 34, 255);  // eyes and mouths, on any skin

ImVec2 offset(ImVec2 p, float x, float y) { return {p.x + x, p.y + y}; }

// What hangs down behind the head is drawn before it.
template <class Brush>
void draw_hair_behind(Brush& brush, ImVec2 c, float r, const Looks& looks) {
    if (looks.style == 1) {
        brush.box(offset(c, -r * 1.12f, -r * 0.6f), offset(c, r * 1.12f, r * 1.15f), r * 0.6f,
                  looks.hair);
    } else if (looks.style == 2) {
        brush.disc(offset(c, 0, -r * 1.12f), r * 0.42f, looks.hair);
    }
}

template <class Brush>
void draw_hair(Brush& brush, ImVec2 c, float r, const Looks& looks) {
    const float out = r * 1.08f;
    if (looks.style == 3) {
        for (int i = 0; i < 5; ++i) {
            const float angle = pi * (1.05f + 0.225f * static_cast<float>(i));
            brush.disc(offset(c, std::cos(angle) * r * 0.85f, std::sin(angle) * r * 0.85f),
                       r * 0.36f, looks.hair);
        }
    } else if (looks.style == 4) {
        brush.cap(c, out, pi * 0.90f, pi * 1.72f, looks.hair);
        brush.cap(c, out, pi * 1.30f, pi * 2.05f, looks.hair);
    } else {
        brush.cap(c, out, pi * 1.06f, pi * 1.94f, looks.hair);
    }
}

template <class Brush>
void draw_face(Brush& brush, ImVec2 c, float r, Eyes eyes) {
    const float eye_x = r * 0.38f, eye_y = r * 0.10f;
    for (float side : {-1.0f, 1.0f}) {
        const ImVec2 eye = offset(c, side * eye_x, eye_y);
        if (eyes == Eyes::open) {
            brush.disc(eye, std::max(r * 0.13f, 0.8f), ink);
        } else {
            brush.line(offset(eye, -r * 0.18f, 0), offset(eye, r * 0.18f, 0),
                       std::max(r * 0.12f, 0.9f), ink);
        }
    }
    if (r < 5) return;
    if (eyes == Eyes::open) {
        brush.arc(offset(c, 0, r * 0.30f), r * 0.30f, pi * 0.15f, pi * 0.85f, r * 0.11f, ink);
    } else {
        brush.disc(offset(c, 0, r * 0.52f), r * 0.10f, ink);
    }
}

}  // namespace

Looks looks_of(sim::StudentId id) {
    // Neighbours differ in hair as well as in shirt.
    const std::uint32_t n = static_cast<std::uint32_t>(id);
    return {shirt_of(id), hair_of(id), skin_of(id), (n * 7u + n / 5u) % hair_styles};
}

template <class Brush>
void draw_head(Brush& brush, ImVec2 centre, float height, const Looks& looks, Eyes eyes) {
    const float r = height * 0.46f;
    draw_hair_behind(brush, centre, r, looks);
    brush.disc(centre, r, looks.skin);
    draw_hair(brush, centre, r, looks);
    if (r >= 3) draw_face(brush, centre, r, eyes);
}

template <class Brush>
void draw_bust(Brush& brush, ImVec2 centre, float height, const Looks& looks, Eyes eyes) {
    const float half = height / 2;
    const float w = height * 0.37f;
    const ImVec2 top = offset(centre, -w, height * 0.13f), bottom = offset(centre, w, half);
    brush.box(top, bottom, height * 0.20f, looks.shirt);
    // Shoulders are round, the lower edge is not.
    brush.box(offset(centre, -w, height * 0.33f), bottom, height * 0.04f, looks.shirt);
    if (height >= 16) {
        brush.disc(offset(centre, 0, height * 0.15f), height * 0.10f, looks.skin);
    }
    draw_head(brush, offset(centre, 0, -height * 0.15f), height * 0.60f, looks, eyes);
}

template <class Brush>
void draw_graduate_cap(Brush& brush, ImVec2 centre, float height, ImU32 colour) {
    const ImVec2 c = offset(centre, 0, -height * 0.38f);
    const float w = height * 0.36f, h = height * 0.13f;
    brush.box(offset(c, -w * 0.55f, 0), offset(c, w * 0.55f, h * 1.5f), h * 0.4f, colour);
    brush.triangle(offset(c, -w, 0), offset(c, 0, -h), offset(c, w, 0), colour);
    brush.triangle(offset(c, -w, 0), offset(c, w, 0), offset(c, 0, h), colour);
    brush.line(offset(c, w * 0.8f, 0), offset(c, w * 0.8f, h * 1.9f),
               std::max(height * 0.03f, 1.0f), colour);
}

template void draw_bust(ListBrush&, ImVec2, float, const Looks&, Eyes);
template void draw_bust(PixelBrush&, ImVec2, float, const Looks&, Eyes);
template void draw_head(ListBrush&, ImVec2, float, const Looks&, Eyes);
template void draw_head(PixelBrush&, ImVec2, float, const Looks&, Eyes);
template void draw_graduate_cap(ListBrush&, ImVec2, float, ImU32);
template void draw_graduate_cap(PixelBrush&, ImVec2, float, ImU32);

namespace {

// Legs, body and head of a grown-up, in a box of height h with the feet at its bottom.
struct Body {
    ImVec2 feet;
    float h = 0;

    ImVec2 at(float x, float y) const { return {feet.x + x * h, feet.y - y * h}; }
};

void draw_legs(ListBrush& brush, const Body& body, float stride, ImU32 trousers, ImU32 shoes) {
    const float h = body.h;
    for (float side : {-1.0f, 1.0f}) {
        const float step = 0.05f * std::sin(stride) * side;
        const ImVec2 hip = body.at(0.055f * side, 0.40f),
                     foot = body.at(0.065f * side + step, 0.03f);
        brush.line(hip, foot, h * 0.085f, trousers);
        brush.box({foot.x - h * 0.06f, foot.y - h * 0.015f},
                  {foot.x + h * 0.06f, foot.y + h * 0.03f}, h * 0.02f, shoes);
    }
}

void draw_grown_up_head(ListBrush& brush, const Body& body, ImU32 skin, ImU32 hair,
                        std::uint32_t style) {
    const Looks looks{0, hair, skin, style};
    const ImVec2 centre = body.at(0, 0.86f);
    draw_head(brush, centre, body.h * 0.25f, looks, Eyes::open);
}

// Glasses tell a teacher from the students at any size.
void draw_glasses(ListBrush& brush, const Body& body) {
    const float r = body.h * 0.042f, th = std::max(body.h * 0.014f, 1.0f);
    for (float side : {-1.0f, 1.0f}) {
        const ImVec2 eye = body.at(0.048f * side, 0.848f);
        brush.arc(eye, r, 0, pi, th, ink);
        brush.arc(eye, r, pi, 2 * pi, th, ink);
    }
}

}  // namespace

void draw_teacher(ListBrush& brush, const Rect& box, sim::TeacherId id, const TeacherPose& pose,
                  const Theme& theme) {
    const Body body{{box.centre().x, box.y1}, box.h()};
    const float h = body.h;
    const ImU32 jacket = colour_of(id);
    const ImU32 dark = mix(jacket, IM_COL32(20, 20, 30, 255), 0.55f);
    const ImU32 skin = skin_of(sim::StudentId{static_cast<std::uint32_t>(id) + 31});
    const ImU32 hair = hair_of(sim::StudentId{static_cast<std::uint32_t>(id) + 57});
    draw_legs(brush, body, pose.stride, mix(theme.outline, dark, 0.5f), dark);
    // Arms first, the jacket over them.
    if (pose.pointing) {
        const ImVec2 hand = body.at(-0.27f, 0.60f);
        brush.line(hand, body.at(-0.46f, 0.72f), std::max(h * 0.018f, 1.2f), theme.outline);
        brush.line(body.at(-0.14f, 0.66f), hand, h * 0.07f, jacket);
        brush.disc(hand, h * 0.04f, skin);
    } else {
        brush.line(body.at(-0.15f, 0.66f), body.at(-0.20f, 0.42f), h * 0.07f, jacket);
        brush.disc(body.at(-0.20f, 0.40f), h * 0.04f, skin);
    }
    if (pose.resting) {
        const ImVec2 hand = body.at(0.13f, 0.55f);
        brush.line(body.at(0.15f, 0.66f), body.at(0.21f, 0.53f), h * 0.07f, jacket);
        brush.box(body.at(0.06f, 0.63f), body.at(0.17f, 0.52f), h * 0.02f, theme.paper);
        brush.disc(hand, h * 0.04f, skin);
    } else {
        brush.line(body.at(0.15f, 0.66f), body.at(0.20f, 0.42f), h * 0.07f, jacket);
        brush.disc(body.at(0.20f, 0.40f), h * 0.04f, skin);
    }
    brush.box(body.at(-0.17f, 0.73f), body.at(0.17f, 0.36f), h * 0.09f, jacket);
    brush.triangle(body.at(-0.06f, 0.73f), body.at(0.06f, 0.73f), body.at(0, 0.62f), theme.paper);
    draw_grown_up_head(brush, body, skin, hair, static_cast<std::uint32_t>(id) % hair_styles);
    if (h >= 34) draw_glasses(brush, body);
}

void draw_hall_monitor(ListBrush& brush, const Rect& box, float swing, const Theme& theme) {
    const Body body{{box.centre().x, box.y1}, box.h()};
    const float h = body.h;
    const ImU32 uniform = IM_COL32(58, 68, 98, 255), gold = IM_COL32(235, 178, 52, 255);
    const ImU32 skin = skin_of(sim::StudentId{3});
    draw_legs(brush, body, 0, mix(uniform, ink, 0.35f), ink);
    brush.line(body.at(0.15f, 0.66f), body.at(0.20f, 0.42f), h * 0.07f, uniform);
    brush.disc(body.at(0.20f, 0.40f), h * 0.04f, skin);
    // The raised arm with the bell.
    const ImVec2 hand = body.at(-0.27f + 0.04f * swing, 0.84f);
    brush.line(body.at(-0.14f, 0.67f), hand, h * 0.07f, uniform);
    const float tilt = swing * 0.5f;
    auto bell = [&](float x, float y) {
        return ImVec2(hand.x + (x * std::cos(tilt) - y * std::sin(tilt)) * h,
                      hand.y + (x * std::sin(tilt) + y * std::cos(tilt)) * h);
    };
    brush.line(hand, bell(0, -0.05f), h * 0.03f, IM_COL32(120, 80, 40, 255));
    brush.triangle(bell(0, -0.17f), bell(0.11f, -0.02f), bell(-0.11f, -0.02f), gold);
    brush.disc(bell(0, -0.13f), h * 0.05f, gold);
    brush.disc(bell(0.03f * swing, 0.0f), h * 0.028f, mix(gold, ink, 0.4f));
    brush.disc(hand, h * 0.04f, skin);
    brush.box(body.at(-0.17f, 0.73f), body.at(0.17f, 0.36f), h * 0.08f, uniform);
    brush.line(body.at(0.13f, 0.71f), body.at(-0.13f, 0.39f), h * 0.06f, theme.ready);
    draw_grown_up_head(brush, body, skin, uniform, 0);
    // A peaked cap instead of glasses.
    brush.box(body.at(-0.13f, 1.0f), body.at(0.13f, 0.93f), h * 0.03f, uniform);
    brush.box(body.at(-0.17f, 0.935f), body.at(0.13f, 0.905f), h * 0.01f, ink);
    brush.disc(body.at(0, 0.955f), h * 0.018f, gold);
}

namespace {

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
    brush.triangle(offset(c, -w, h), offset(c, w, h), c, colour);
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
            brush.arc(offset(c, -s * 0.1f, -s * 0.1f), s * 0.26f, 0, pi, th, colour);
            brush.arc(offset(c, -s * 0.1f, -s * 0.1f), s * 0.26f, pi, 2 * pi, th, colour);
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
            brush.arc(offset(c, 0, -s * 0.08f), s * 0.2f, pi, 2 * pi, th, colour);
            brush.box(offset(c, -s * 0.3f, -s * 0.08f), offset(c, s * 0.3f, s * 0.4f), s * 0.06f,
                      colour);
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

void draw_badge(ListBrush& brush, Glyph glyph, ImVec2 centre, float size, ImU32 fill, ImU32 sign) {
    brush.disc(centre, size / 2, fill);
    draw_glyph(brush, glyph, centre, size * 0.66f, sign);
}

}  // namespace homeroom::app
