// Where the parts of the window are.
#include "app/layout.h"

#include <algorithm>
#include <cmath>

namespace homeroom::app {

float suggested_scale(ImVec2 window) {
    float fits = std::min(window.x / 1280.0f, window.y / 720.0f);
    return std::clamp(1.0f + 0.6f * (fits - 1.0f), 0.85f, 2.5f);
}

// Below so many units the scene has no room beside the side panel and above the timeline; without
// these it has for longer.
constexpr ImVec2 beside{760, 500}, beside_alone{640, 400};

// Charts and the like need so many, and the row above the lanes.
constexpr float over_width = 640, strip_width = 610;

// What a pocket cannot do without: a window of 1024 by 640 has it at 2.5 pixels per unit.
constexpr float least_width = 408, least_height = 255;

float fitting_scale(ImVec2 window, float user_scale) {
    return std::min(
        {suggested_scale(window) * user_scale, window.x / least_width, window.y / least_height});
}

namespace {

// The caption, the scene as wide as the window, one row of controls.
void lay_out_pocket(Layout& layout, ImVec2 window) {
    const float s = layout.scale, gap = std::round(4 * s);
    const float right = window.x - gap, bottom = window.y - gap;
    layout.compact = layout.no_speed = layout.narrow = layout.tiny = true;
    layout.transport = {{gap, bottom - std::round(50 * s)}, {right, bottom}};
    layout.over = {{gap, gap}, {right, layout.transport.min.y - gap}};
    layout.caption = {layout.over.min, {right, gap + std::round(46 * s)}};
    layout.scene = {{gap, layout.caption.max.y + gap}, layout.over.max};
}

}  // namespace

Layout lay_out(ImVec2 window, float user_scale, unsigned teachers, bool alone) {
    Layout layout{};
    layout.alone = alone;
    const float s = layout.scale = fitting_scale(window, user_scale);
    const ImVec2 needed = alone ? beside_alone : beside;
    layout.pocket = window.x < needed.x * s || window.y < needed.y * s;
    if (layout.pocket) {
        lay_out_pocket(layout, window);
        return layout;
    }
    const float gap = std::round(8 * s);
    layout.compact = window.x < 1800 * s || window.y < 560 * s;
    layout.no_speed = window.x < 1233 * s;
    layout.narrow = window.x < 993 * s;
    layout.tiny = window.x < 833 * s;
    const float right_width = std::round((layout.compact ? 280 : 300) * s);
    const float left_width = layout.compact ? 0 : std::round(250 * s);
    const float transport_height = std::round(60 * s);
    const float caption_height = std::round(66 * s);

    // One lane per teacher, as high as is comfortable and as there is room for. A lecture has the
    // picture instead.
    float strip_height = 0;
    if (!alone) {
        float lanes = std::clamp(static_cast<float>(teachers) * 20, 60.0f, 150.0f);
        strip_height = std::round(std::min((62 + lanes) * s, window.y * 0.28f));
    }

    const float right = window.x - gap;
    float bottom = window.y - gap;
    layout.transport = {{gap, bottom - transport_height}, {right, bottom}};
    bottom = layout.transport.min.y - gap;
    layout.strip = {{gap, bottom - strip_height}, {right, bottom}};
    if (strip_height > 0) bottom = layout.strip.min.y - gap;

    layout.reason = {{right - right_width, gap}, {right, bottom}};
    layout.lesson = layout.compact ? layout.reason : Box{{gap, gap}, {gap + left_width, bottom}};
    float middle_left = layout.compact ? gap : layout.lesson.max.x + gap;
    float middle_right = layout.reason.min.x - gap;
    if (alone) {
        layout.reason = layout.lesson = {};
        middle_left = gap;
        middle_right = right;
    }
    layout.caption = {{middle_left, gap}, {middle_right, gap + caption_height}};
    layout.scene = {{middle_left, layout.caption.max.y + gap}, {middle_right, bottom}};
    layout.over = layout.scene;
    if (layout.scene.width() < over_width * s) {
        layout.over.min.x = gap;
        layout.over.max.x = right;
    }
    if (layout.scene.height() < 380 * s) {
        layout.over.min.y = gap;
        layout.over.max.y = layout.transport.min.y - gap;
    }
    return layout;
}

void make_room_for_card(Layout& layout, bool timeline) {
    layout.reason = layout.lesson = layout.over;
    if (!timeline) return;
    layout.reason.max.y = layout.over.min.y + std::round(46 * layout.scale);
    layout.strip = {{layout.over.min.x, layout.reason.max.y + std::round(4 * layout.scale)},
                    layout.over.max};
}

void make_room_for_caption(Layout& layout, float height) {
    if (layout.caption.width() <= 0) return;
    const bool over_scene = layout.over.min.y >= layout.scene.min.y;
    const float most = layout.caption.height() + layout.scene.height() / 2;
    const float more = std::ceil(std::min(height, most) - layout.caption.height());
    if (more <= 0) return;
    layout.caption.max.y += more;
    layout.scene.min.y += more;
    if (over_scene) layout.over.min.y += more;
}

void make_room_for_classes(Layout& layout) {
    const float gap = std::round(8 * layout.scale), height = std::round(46 * layout.scale);
    layout.classes = {layout.scene.min, {layout.scene.max.x, layout.scene.min.y + height}};
    layout.scene.min.y = layout.classes.max.y + gap;
}

void make_room_for_levels(Layout& layout, bool caption_needed) {
    if (layout.pocket && !caption_needed) {
        layout.scene = layout.over;
        layout.caption = {};
    }
    if (!layout.compact || layout.alone || layout.pocket) return;
    layout.scene.max.x = layout.caption.max.x = layout.over.max.x = layout.reason.max.x;
    layout.reason = layout.lesson = {};
}

namespace {

// The side panel, wider, and down to the transport bar where the timeline is wide enough beside it.
void widen_for_lesson(Layout& layout) {
    const float s = layout.scale, gap = std::round(8 * s);
    Box& card = layout.reason;
    const float left = layout.scene.min.x;
    const float width = std::clamp((card.max.x - left) * 0.31f, card.width(), std::round(400 * s));
    card.min.x = std::round(card.max.x - width);
    layout.scene.max.x = layout.caption.max.x = card.min.x - gap;
    if (layout.scene.width() >= over_width * s) layout.over.max.x = layout.scene.max.x;
    if (layout.strip.height() > 0 && layout.scene.width() >= strip_width * s) {
        layout.strip.max.x = layout.scene.max.x;
        card.max.y = layout.strip.max.y;
    }
    layout.lesson = card;
}

}  // namespace

void make_room_for_lesson(Layout& layout) {
    if (!layout.alone) return widen_for_lesson(layout);
    const float gap = std::round(8 * layout.scale);
    const float width = std::min(std::round(450 * layout.scale), layout.scene.width() * 0.43f);
    layout.lesson = {{layout.scene.max.x - width, layout.caption.min.y}, layout.scene.max};
    layout.scene.max.x = layout.caption.max.x = layout.lesson.min.x - gap;
}

void make_room_for_kept(Layout& layout) {
    const float gap = std::round(8 * layout.scale);
    Box &kept = layout.kept, &scene = layout.scene;
    kept = scene;
    if (scene.width() > scene.height()) {
        kept.max.x = std::round(scene.centre().x - gap / 2);
        scene.min.x = kept.max.x + gap;
    } else {
        kept.max.y = std::round(scene.centre().y - gap / 2);
        scene.min.y = kept.max.y + gap;
    }
}

}  // namespace homeroom::app
