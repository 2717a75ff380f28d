// Headings of zones, and how many there are.
#include "app/stage/labels.h"

namespace homeroom::app {

std::string counted(const char* label, std::uint64_t count) {
    return std::string(label) + "  " + grouped(count);
}

void heading(const Pen& pen, const Rect& zone, Glyph glyph, ImU32 colour,
             std::initializer_list<std::string> texts) {
    const float s = pen.plan.text;
    Rect line{zone.x0, zone.y0, zone.x1, zone.y0 + pen.plan.line};
    ListBrush brush = pen.brush();
    draw_badge(brush, glyph, {line.x0 + s * 0.5f, line.centre().y}, s * 1.05f, colour);
    line.x0 += s * 1.3f;
    pen.first_that_fits(line, texts, pen.theme.text, true);
}

void draw_more(const Pen& pen, const Crowd& crowd) {
    if (crowd.each > 1) {
        const std::string text = "• = " + grouped(crowd.each);
        const Rect line{crowd.area.x1 - pen.width(text) - 1, crowd.area.y0 - pen.plan.line,
                        crowd.area.x1, crowd.area.y0};
        pen.text(line, text, pen.theme.text_dim, Align::right);
    }
    const Rect more = crowd.more();
    if (more.h() < pen.plan.text) return;
    pen.text(more, "+" + grouped(crowd.count - crowd.shown), pen.theme.text, Align::left, true);
}

}  // namespace homeroom::app
