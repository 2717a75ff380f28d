// Text that fits, and frames.
#include "app/stage/pen.h"

#include <algorithm>
#include <cmath>

#include "app/wrap.h"

namespace homeroom::app {

namespace {

// The ellipsis, if the font has it.
const char* ellipsis_of(ImFont* font) {
    return font->FindGlyphNoFallback(0x2026) ? "\xe2\x80\xa6" : "..";
}

float width_of(ImFont* font, float px, const char* first, const char* last) {
    return font->CalcTextSizeA(px, 1e9f, 0, first, last).x;
}

}  // namespace

float Pen::width(std::string_view text, bool heavy) const {
    return width_of(heavy ? bold : font, plan.text, text.data(), text.data() + text.size());
}

void Pen::text(const Rect& box, std::string_view text, ImU32 colour, Align align,
               bool heavy) const {
    if (text.empty() || box.w() < plan.text * 0.5f) return;
    ImFont* face = heavy ? bold : font;
    const char* last = text.data() + text.size();
    float w = width_of(face, plan.text, text.data(), last);
    std::string cut;
    if (w > box.w() + 0.5f) {
        std::size_t keep = text.size();
        do {
            // Whole characters: continuation bytes of UTF-8 go with their first.
            do {
                --keep;
            } while (keep > 0 && (static_cast<unsigned char>(text[keep]) & 0xC0u) == 0x80u);
            cut = std::string(text.substr(0, keep)) + ellipsis_of(face);
            w = width_of(face, plan.text, cut.c_str(), cut.c_str() + cut.size());
        } while (keep > 1 && w > box.w());
        if (w > box.w() + 0.5f) return;
        text = cut;
        last = text.data() + text.size();
    }
    const float x = align == Align::left     ? box.x0
                    : align == Align::centre ? box.centre().x - w / 2
                                             : box.x1 - w;
    const float y = box.centre().y - plan.text / 2;
    list->AddText(face, plan.text, {std::round(x), std::round(y)}, colour, text.data(), last);
}

void Pen::text_if_it_fits(const Rect& box, std::string_view one, ImU32 colour) const {
    if (width(one) <= box.w()) text(box, one, colour);
}

void Pen::first_that_fits(const Rect& box, std::initializer_list<std::string> texts, ImU32 colour,
                          bool heavy) const {
    const std::string* chosen = nullptr;
    for (const std::string& one : texts) {
        chosen = &one;
        if (width(one, heavy) <= box.w()) break;
    }
    if (chosen) text(box, *chosen, colour, Align::left, heavy);
}

void Pen::note(const Rect& box, std::string_view text, ImU32 colour) const {
    const float size = plan.text;
    const std::string lines = wrapped(std::string(text), *font, size, box.w());
    const char* first = lines.data();
    const char* last = first + lines.size();
    const ImVec2 extent = font->CalcTextSizeA(size, 1e6f, box.w(), first, last);
    if (extent.y > box.h() || extent.x > box.w()) return;
    list->AddText(
        font, size,
        {std::round(box.centre().x - extent.x / 2), std::round(box.centre().y - extent.y / 2)},
        colour, first, last, box.w());
}

void Pen::fill(const Rect& box, ImU32 colour, float rounding, ImDrawFlags corners) const {
    if (!box.empty()) list->AddRectFilled(box.min(), box.max(), colour, rounding, corners);
}

void Pen::frame(const Rect& box, ImU32 colour, float rounding, float thickness) const {
    if (!box.empty()) list->AddRect(box.min(), box.max(), colour, rounding, 0, thickness);
}

void Pen::dashes(const Rect& box, ImU32 colour, float thickness) const {
    const float dash = std::max(u(5), 4.0f);
    auto run = [&](ImVec2 a, ImVec2 b) {
        const float dx = b.x - a.x, dy = b.y - a.y;
        const float length = std::abs(dx) + std::abs(dy);  // runs are straight up or across
        const int pieces = std::max(1, static_cast<int>(length / (2 * dash)));
        const float each = 1 / static_cast<float>(pieces);
        for (int i = 0; i < pieces; ++i) {
            const float from = (static_cast<float>(i) + 0.25f) * each, to = from + each / 2;
            list->AddLine({a.x + dx * from, a.y + dy * from}, {a.x + dx * to, a.y + dy * to},
                          colour, thickness);
        }
    };
    run({box.x0, box.y0}, {box.x1, box.y0});
    run({box.x1, box.y0}, {box.x1, box.y1});
    run({box.x1, box.y1}, {box.x0, box.y1});
    run({box.x0, box.y1}, {box.x0, box.y0});
}

void Pen::offer(const Rect& box) const {
    const Rect outer = box.inset(-1.5f);
    const float rounding = std::min(u(7), outer.h() / 3);
    // A name is tinted, too; a whole table would look as if behind glass.
    if (outer.h() < 2 * plan.line) fill(outer, with_alpha(theme.accent, 0.16f), rounding);
    frame(outer, theme.accent, rounding, std::max(u(2), 1.5f));
}

void Pen::select(const Rect& box, float rounding) const {
    const Rect outer = box.inset(-u(2));
    list->AddRect(outer.min(), outer.max(), theme.accent, rounding, 0, std::max(u(2.5f), 2.0f));
}

std::string capitalised(std::string name) {
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z')
        name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name;
}

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t i = digits.size(); i > 3;) digits.insert(i -= 3, 1, ',');
    return digits;
}

}  // namespace homeroom::app
