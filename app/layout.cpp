// Where the parts of the window are.
#include "app/layout.h"

#include <algorithm>
#include <cmath>

namespace homeroom::app {

float suggested_scale(ImVec2 window) {
    float fits = std::min(window.x / 1280.0f, window.y / 720.0f);
    return std::clamp(1.0f + 0.6f * (fits - 1.0f), 0.85f, 2.5f);
}

// Below so many units the side panel and the scene have no room beside each other.
constexpr float least_width = 640, least_height = 400;

float fitting_scale(ImVec2 window, float user_scale) {
    return std::min(
        {suggested_scale(window) * user_scale, window.x / least_width, window.y / least_height});
}

Layout lay_out(ImVec2 window, float user_scale, unsigned teachers, bool alone) {
    Layout layout{};
    layout.alone = alone;
    const float s = layout.scale = fitting_scale(window, user_scale);
    const float gap = std::round(8 * s);
    layout.compact = window.x < 1800 * s || window.y < 560 * s;
    layout.no_speed = window.x < 1233 * s;
    layout.narrow = window.x < 993 * s;
    layout.tiny = window.x < 833 * s;
    const float right_width = std::round((layout.compact ? 280 : 300) * s);
    const float left_width = layout.compact ? 0 : std::round(250 * s);
    const float transport_height = std::round(60 * s);
    const float caption_height = std::round(66 * s);

    // One lane per teacher, as high as is comfortable and as there is room for.
    float strip_height = 0;
    // A lecture has the picture instead.
    if (window.y >= 430 * s && !alone) {
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
    if (layout.scene.width() < 640 * s) {
        layout.over.min.x = gap;
        layout.over.max.x = right;
    }
    if (layout.scene.height() < 380 * s) {
        layout.over.min.y = gap;
        layout.over.max.y = layout.transport.min.y - gap;
    }
    return layout;
}

void make_room_for_classes(Layout& layout) {
    const float gap = std::round(8 * layout.scale), height = std::round(46 * layout.scale);
    layout.classes = {layout.scene.min, {layout.scene.max.x, layout.scene.min.y + height}};
    layout.scene.min.y = layout.classes.max.y + gap;
}

void make_room_for_levels(Layout& layout) {
    if (!layout.compact || layout.alone) return;
    layout.scene.max.x = layout.caption.max.x = layout.over.max.x = layout.reason.max.x;
    layout.reason = layout.lesson = {};
}

void make_room_for_lesson(Layout& layout) {
    const float gap = std::round(8 * layout.scale);
    const float width = std::min(std::round(420 * layout.scale), layout.scene.width() * 0.4f);
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
