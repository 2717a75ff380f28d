// Packing a crowd.
#include <algorithm>
#include <cmath>

#include "app/stage/floor_plan.h"

namespace homeroom::app {

Crowd pack(const Rect& area, std::uint32_t count, float tallest, float smallest, float more_w) {
    // Busts are a little narrower than tall.
    constexpr float aspect = 0.84f;
    Crowd crowd;
    crowd.area = area;
    crowd.count = crowd.shown = count;
    if (area.empty() || count == 0) return crowd;
    auto fit = [&](float h) {
        crowd.figure_h = h;
        crowd.figure_w = h * aspect;
        crowd.columns = static_cast<std::uint32_t>(std::max(1.0f, area.w() / crowd.figure_w));
        const auto rows = static_cast<std::uint32_t>(std::max(1.0f, area.h() / h));
        return crowd.columns * rows;
    };
    float h = std::max(std::min(tallest, area.h()), 1.0f);
    smallest = std::min(smallest, h);
    // Few sizes, so that one more student seldom changes them for all; in a large crowd nobody
    // notices.
    const float shrink = count < 300 ? 0.8f : 0.94f;
    while (fit(h) < count && h > smallest) h = std::max(h * shrink, smallest);
    const std::uint32_t places = fit(h);
    if (places >= count) return crowd;
    const auto kept_free = static_cast<std::uint32_t>(std::ceil(more_w / crowd.figure_w));
    crowd.shown = places > kept_free ? places - kept_free : 0;
    return crowd;
}

Crowd pack_densely(const Rect& area, std::uint32_t count, float tallest, float smallest) {
    Crowd crowd = pack(area, count, tallest, smallest, 0);
    if (crowd.shown == 0 || crowd.shown >= count) return crowd;
    const std::uint32_t places = crowd.shown, each = (count + places - 1) / places;
    crowd = pack(area, (count + each - 1) / each, tallest, smallest, 0);
    crowd.each = each;
    crowd.count = crowd.shown = count;
    return crowd;
}

ImVec2 Crowd::at(std::uint32_t i) const {
    if (i >= shown) return more().empty() ? area.centre() : more().centre();
    i /= each;
    const std::uint32_t row = i / columns;
    return {area.x0 + (static_cast<float>(i % columns) + 0.5f) * figure_w,
            area.y0 + (static_cast<float>(row) + 0.5f) * figure_h};
}

Rect Crowd::more() const {
    if (shown >= count || figure_h <= 0) return {};
    const float x = area.x0 + static_cast<float>(shown % columns) * figure_w;
    const std::uint32_t row = shown / columns;
    const float y = area.y0 + static_cast<float>(row) * figure_h;
    const float bottom = std::min(area.y1, y + std::max(figure_h, 1.0f));
    return {x, y, area.x1, bottom};
}

}  // namespace homeroom::app
