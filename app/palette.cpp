// The values of the palette, and mixing of colours.
#include "app/palette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace homeroom::app {

namespace {

// Colours are written as on the web, 0xrrggbb; ImGui keeps red in the lowest byte.
constexpr ImU32 rgb(std::uint32_t value) {
    return IM_COL32(value >> 16 & 0xffu, value >> 8 & 0xffu, value & 0xffu, 255);
}

// Okabe and Ito's set, which most colour-blind people can tell apart.
constexpr std::uint32_t orange = 0xe69f00, sky_blue = 0x56b4e9, green = 0x009e73, blue = 0x0072b2,
                        vermilion = 0xd55e00, purple = 0xcc79a7;

Theme light_theme() {
    Theme t;
    t.dark = false;
    t.window = rgb(0xf3efe7);
    t.panel = rgb(0xfbf9f4);
    t.panel_edge = rgb(0xd9d2c3);
    t.control = rgb(0xebe5d9);
    t.control_hover = rgb(0xdfd7c6);
    t.control_active = rgb(0xd0c6b0);
    t.text = rgb(0x23272f);
    t.text_dim = rgb(0x555a64);
    t.text_on_accent = rgb(0xffffff);
    t.accent = rgb(blue);
    t.running = rgb(green);
    t.ready = rgb(orange);
    t.waiting = rgb(purple);
    t.asleep = rgb(sky_blue);
    t.away = rgb(blue);
    t.gone = rgb(0x8b8f98);
    t.alert = rgb(vermilion);
    t.wall = rgb(0xf5ecdb);
    t.wall_low = rgb(0xe6d8bd);
    t.wall_line = rgb(0xcdbb98);
    t.floor = rgb(0xe9e2d4);
    t.floor_line = rgb(0xddd4c2);
    t.sky = rgb(0xbfe0f2);
    t.sky_low = rgb(0xe7f3f5);
    t.frame = rgb(0xfffaf0);
    t.door = rgb(0xb8794a);
    t.door_edge = rgb(0x85552f);
    t.curtain = rgb(0xd2695a);
    t.wood = rgb(0xd49a62);
    t.wood_edge = rgb(0xa36c3b);
    t.wood_dim = rgb(0xd9cdb9);
    t.wood_dim_edge = rgb(0xb9ab93);
    t.metal = rgb(0xb9bec7);
    t.metal_edge = rgb(0x7d838e);
    t.paper = rgb(0xffffff);
    t.paper_edge = rgb(0x9c8c70);
    t.paper_line = rgb(0xe4e0d6);
    t.paper_text = rgb(0x23272f);
    t.paper_dim = rgb(0x5c616c);
    t.board = rgb(0xa9784b);
    t.board_edge = rgb(0x7a522e);
    t.clip = rgb(0x8f96a3);
    t.whiteboard = rgb(0xfdfdfb);
    t.whiteboard_edge = rgb(0xa9adb5);
    t.shade = IM_COL32(60, 40, 10, 40);
    t.outline = rgb(0x3b3f48);
    return t;
}

Theme dark_theme() {
    Theme t = light_theme();
    t.dark = true;
    t.window = rgb(0x171a20);
    t.panel = rgb(0x1f232b);
    t.panel_edge = rgb(0x363c48);
    t.control = rgb(0x2c323d);
    t.control_hover = rgb(0x39414f);
    t.control_active = rgb(0x465063);
    t.text = rgb(0xe9e6de);
    t.text_dim = rgb(0xa9adb6);
    t.text_on_accent = rgb(0x0f1318);
    t.accent = rgb(0x62b5ee);
    t.running = rgb(0x27c398);
    t.ready = rgb(0xf0b430);
    t.waiting = rgb(0xdc93bb);
    t.asleep = rgb(0x79c4f0);
    t.away = rgb(0x62a8e0);
    t.gone = rgb(0x8d929c);
    t.alert = rgb(0xf08040);
    t.wall = rgb(0x2e323c);
    t.wall_low = rgb(0x292c35);
    t.wall_line = rgb(0x454a56);
    t.floor = rgb(0x22252c);
    t.floor_line = rgb(0x2a2e37);
    t.sky = rgb(0x1d2c47);
    t.sky_low = rgb(0x2f4260);
    t.frame = rgb(0x4b515e);
    t.door = rgb(0x6f4a2f);
    t.door_edge = rgb(0x9a6d48);
    t.curtain = rgb(0x7d4741);
    t.wood = rgb(0x8f6540);
    t.wood_edge = rgb(0xb98a5e);
    t.wood_dim = rgb(0x393a3f);
    t.wood_dim_edge = rgb(0x54555c);
    t.metal = rgb(0x6d737f);
    t.metal_edge = rgb(0x9aa0ac);
    t.paper = rgb(0xf2eee3);
    t.paper_edge = rgb(0x6b6150);
    t.paper_line = rgb(0xdad4c5);
    t.board = rgb(0x7a5636);
    t.board_edge = rgb(0xa67c54);
    t.clip = rgb(0x9aa1ae);
    t.whiteboard = rgb(0x3a404c);
    t.whiteboard_edge = rgb(0x5a6170);
    t.shade = IM_COL32(0, 0, 0, 70);
    t.outline = rgb(0xc9ccd3);
    return t;
}

// A beam in a lit room fades what is pale, so pale things go: grounds are white or black, lines and
// small text dark or light, and meanings deep in colour.
Theme for_projector(Theme t) {
    const ImU32 far = t.dark ? IM_COL32_WHITE : IM_COL32_BLACK;
    const ImU32 near = t.dark ? IM_COL32_BLACK : IM_COL32_WHITE;
    t.text = far;
    t.text_dim = mix(t.text_dim, far, 0.65f);
    t.paper_text = t.paper_dim = IM_COL32_BLACK;
    for (ImU32* ground : {&t.window, &t.panel, &t.wall, &t.floor, &t.whiteboard, &t.frame})
        *ground = mix(*ground, near, 0.75f);
    t.floor_line = mix(t.floor, t.floor_line, 0.5f);
    for (ImU32* ground : {&t.wall_low, &t.control}) *ground = mix(*ground, near, 0.4f);
    for (ImU32* edge : {&t.panel_edge, &t.wall_line, &t.whiteboard_edge, &t.paper_edge, &t.outline,
                        &t.wood_edge, &t.metal_edge, &t.board_edge, &t.control_active})
        *edge = mix(*edge, t.dark ? far : IM_COL32(40, 30, 20, 255), 0.4f);
    if (!t.dark) {
        for (ImU32* meaning :
             {&t.accent, &t.running, &t.ready, &t.waiting, &t.asleep, &t.away, &t.gone, &t.alert})
            *meaning = mix(*meaning, IM_COL32_BLACK, 0.22f);
    }
    return t;
}

// Spreads neighbouring ids over the whole range, so that students 1, 2, 3 do not look like a
// series.
std::uint32_t scatter(std::uint32_t value) {
    value ^= value >> 16;
    value *= 0x7feb352du;
    value ^= value >> 15;
    value *= 0x846ca68bu;
    value ^= value >> 16;
    return value;
}

}  // namespace

const Theme& theme(bool dark, bool projector) {
    static const std::array<Theme, 4> all = {
        light_theme(), dark_theme(), for_projector(light_theme()), for_projector(dark_theme())};
    return all[(projector ? 2u : 0u) + (dark ? 1u : 0u)];
}

namespace {

float luminance(ImU32 colour) {
    auto part = [&](int shift) {
        const float c = static_cast<float>(colour >> shift & 0xffu) / 255;
        return c <= 0.03928f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f);
    };
    return 0.2126f * part(IM_COL32_R_SHIFT) + 0.7152f * part(IM_COL32_G_SHIFT) +
           0.0722f * part(IM_COL32_B_SHIFT);
}

}  // namespace

float contrast(ImU32 a, ImU32 b) {
    const float one = luminance(a), other = luminance(b);
    return (std::max(one, other) + 0.05f) / (std::min(one, other) + 0.05f);
}

ImU32 ink_on(ImU32 colour) {
    return contrast(IM_COL32_BLACK, colour) > contrast(IM_COL32_WHITE, colour) ? IM_COL32_BLACK
                                                                               : IM_COL32_WHITE;
}

ImU32 shirt_of(sim::StudentId id) {
    static constexpr std::array<ImU32, 8> shirts = {rgb(0x3f7fb5), rgb(0xe07a5f), rgb(0x5fa386),
                                                    rgb(0xf0bd5b), rgb(0x7d6596), rgb(0xc0607a),
                                                    rgb(0x2a9d8f), rgb(0xf0935a)};
    return shirts[sim::index(id) % shirts.size()];
}

ImU32 hair_of(sim::StudentId id) {
    static constexpr std::array<ImU32, 7> hairs = {rgb(0x2b2118), rgb(0x5a3825), rgb(0x8c5a2b),
                                                   rgb(0xc9a04f), rgb(0xa5482f), rgb(0x54545c),
                                                   rgb(0x1f2030)};
    return hairs[scatter(static_cast<std::uint32_t>(id)) % hairs.size()];
}

ImU32 skin_of(sim::StudentId id) {
    static constexpr std::array<ImU32, 5> skins = {rgb(0xf6d3b3), rgb(0xebbd95), rgb(0xcf9669),
                                                   rgb(0xa56f49), rgb(0x7b4e32)};
    return skins[scatter(static_cast<std::uint32_t>(id) + 977u) % skins.size()];
}

namespace {

// Seven of Okabe and Ito's, then five that differ from them in lightness.
constexpr std::array<ImU32, 12> twelve = {
    rgb(blue),     rgb(orange),   rgb(green),    rgb(purple),   rgb(sky_blue), rgb(vermilion),
    rgb(0x7a5fa8), rgb(0xa89a00), rgb(0x1c6b3c), rgb(0x8a2a57), rgb(0x4fb3a3), rgb(0x6e4b2a)};

}  // namespace

ImU32 colour_of(sim::ClipboardId id) { return twelve[sim::index(id) % twelve.size()]; }

// Teachers start elsewhere in the row, so that teacher 0 and clipboard 0 do not seem to belong
// together.
ImU32 colour_of(sim::TeacherId id) { return twelve[(sim::index(id) + 6) % twelve.size()]; }

ImU32 mix(ImU32 a, ImU32 b, float share) {
    if (share <= 0) return a;
    if (share >= 1) return b;
    ImU32 result = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        const float from = static_cast<float>(a >> shift & 0xffu);
        const float to = static_cast<float>(b >> shift & 0xffu);
        result |= static_cast<ImU32>(std::lround(from + (to - from) * share)) << shift;
    }
    return result;
}

ImU32 with_alpha(ImU32 colour, float alpha) {
    const float own = static_cast<float>(colour >> IM_COL32_A_SHIFT & 0xffu);
    const float clamped = alpha < 0 ? 0 : alpha > 1 ? 1 : alpha;
    return (colour & ~IM_COL32_A_MASK) | static_cast<ImU32>(own * clamped) << IM_COL32_A_SHIFT;
}

}  // namespace homeroom::app
