// The histogram of states.
#include "app/stage/states.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "app/stage/figures.h"

namespace homeroom::app {

namespace {

struct Sign {
    Glyph glyph;
    ImU32 colour;
};

Sign sign_of(const Theme& t, std::size_t standing) {
    switch (static_cast<Standing>(standing)) {
        case Standing::taught:
            return {Glyph::play, t.running};
        case Standing::ready:
            return {Glyph::dots, t.ready};
        case Standing::waiting:
            return {Glyph::hourglass, t.waiting};
        case Standing::asleep:
            return {Glyph::zzz, t.asleep};
        case Standing::errand:
            return {Glyph::phone, t.away};
        case Standing::finished:
            return {Glyph::check, t.gone};
    }
    return {Glyph::dots, t.ready};
}

void draw_bar(const Pen& pen, const Rect& box, const StandingCounts& counts, float total) {
    pen.fill(box, mix(pen.theme.floor, pen.theme.outline, 0.12f), pen.u(3));
    float x = box.x0;
    for (std::size_t i = 0; i < standings; ++i) {
        const float w = box.w() * static_cast<float>(counts[i]) / total;
        pen.fill({x, box.y0, x + w, box.y1}, sign_of(pen.theme, i).colour,
                 std::min(pen.u(3), w / 2));
        x += w;
    }
}

}  // namespace

void draw_states(const Pen& pen, const Rect& box, const StandingCounts& counts) {
    const std::uint32_t total = std::accumulate(counts.begin(), counts.end(), 0u);
    const float line = pen.plan.line, s = pen.plan.text;
    Rect numbers = box;
    if (box.h() > line * 1.3f) {
        numbers.y0 = box.y1 - line;
        const Rect bar{box.x0, std::max(box.y0, numbers.y0 - line), box.x1, numbers.y0 - pen.u(2)};
        draw_bar(pen, bar, counts, static_cast<float>(std::max(total, 1u)));
    }
    // All that are not nobody; from the left, as far as there is room.
    ListBrush brush = pen.brush();
    float x = numbers.x0;
    for (std::size_t i = 0; i < standings; ++i) {
        if (counts[i] == 0) continue;
        const std::string number = grouped(counts[i]);
        const float w = s * 1.3f + pen.width(number, true);
        if (x + w > numbers.x1 + 1) break;
        const Sign sign = sign_of(pen.theme, i);
        draw_badge(brush, sign.glyph, {x + s * 0.5f, numbers.centre().y}, s * 1.05f, sign.colour);
        pen.text({x + s * 1.3f, numbers.y0, x + w + s, numbers.y1}, number, pen.theme.text,
                 Align::left, true);
        x += w + s * 0.8f;
    }
}

}  // namespace homeroom::app
