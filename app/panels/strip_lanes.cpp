// One lane of the timeline: blocks for who was there, marks for what happened. What is too small to
// be seen is merged into another sign, never left out.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/panels/strip.h"
#include "sim/glossary.h"

namespace homeroom::app {
namespace {

bool selected(const Desk& desk, const LaneBlock& block) {
    return desk.view.selected.kind == StagePick::student && block.student != sim::StudentId::none &&
           static_cast<std::uint32_t>(block.student) == desk.view.selected.id;
}

void draw_number(const Ui& ui, ImDrawList* list, const LaneBlock& block, ImVec2 low, ImVec2 high,
                 ImU32 ground) {
    std::string number = std::to_string(index(block.student));
    ImFont* font = ui.fonts().bold;
    const float height = high.y - low.y;
    float size = std::min(height * 0.86f, font->FontSize * 0.85f);
    if (size < ui.px(9)) return;  // too small to be read
    ImVec2 extent = font->CalcTextSizeA(size, 1e6f, 0, number.c_str());
    if (extent.x + ui.px(4) > high.x - low.x) return;
    // Black or white, whichever is further from the shirt.
    ImVec4 c = ImGui::ColorConvertU32ToFloat4(ground);
    bool light = 0.299f * c.x + 0.587f * c.y + 0.114f * c.z > 0.55f;
    list->AddText(font, size, {(low.x + high.x - extent.x) / 2, (low.y + high.y - extent.y) / 2},
                  light ? IM_COL32(20, 20, 24, 255) : IM_COL32(255, 255, 255, 255), number.c_str());
}

void draw_block(const Desk& desk, ImDrawList* list, const LaneBlock& block, const Axis& axis,
                float top, float height) {
    const Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    std::size_t last = block.last == open_end ? axis.film.decisions() : block.last;
    float left = std::max(axis.x(block.first), axis.left - 4),
          right = std::min(axis.x(last), axis.right() + 4);
    right = std::max(right, left + 1);
    if (block.doing == Doing::looking) {
        // Nobody is taught: only that somebody is busy with finding out whom to teach.
        const float middle = top + height / 2, thick = std::max(1.0f, height * 0.12f);
        list->AddRectFilled({left, middle - thick}, {right, middle + thick},
                            with_alpha(t.text_dim, 0.45f));
        return;
    }
    ImU32 colour = shirt_of(block.student);
    if (desk.view.selected.kind == StagePick::student && !selected(desk, block))
        colour = mix(colour, t.control, 0.55f);
    const ImVec2 low{left, top}, high{right, top + height};
    float rounding = std::min({ui.px(4), (right - left) / 2, height / 2});
    if (block.doing == Doing::away) {
        list->AddRectFilled(low, high, with_alpha(colour, 0.25f), rounding);
        list->AddRect(low, high, colour, rounding, 0, ui.px(1.5f));
        draw_number(ui, list, block, low, high, t.control);
        return;
    }
    list->AddRectFilled(low, high, colour, rounding);
    if (right - left > ui.px(10)) list->AddRect(low, high, with_alpha(t.text, 0.25f), rounding);
    draw_number(ui, list, block, low, high, colour);
    if (selected(desk, block)) list->AddRect(low, high, t.accent, rounding, 0, ui.px(2));
}

// Blocks narrower than two pixels are drawn as one hatched stretch.
void draw_blocks(const Desk& desk, ImDrawList* list, const Lane& lane, const Axis& axis, float top,
                 float height) {
    const Theme& t = desk.ui.theme();
    auto end_of = [&](const LaneBlock& b) {
        return axis.x(b.last == open_end ? axis.film.decisions() : b.last);
    };
    auto it = std::partition_point(lane.blocks.begin(), lane.blocks.end(),
                                   [&](const LaneBlock& b) { return end_of(b) < axis.left; });
    std::ptrdiff_t stride = 0;
    while (it != lane.blocks.end() && axis.x(it->first) < axis.right()) {
        if (end_of(*it) - axis.x(it->first) >= 2) {
            draw_block(desk, list, *it++, axis, top, height);
            continue;
        }
        // Many in two pixels: one look says "many", whatever their number.
        float from = axis.x(it->first), until = from + 2;
        bool own = selected(desk, *it);
        list->AddRectFilled({from, top + height * 0.15f}, {until, top + height * 0.85f},
                            own ? t.accent : with_alpha(t.text_dim, 0.55f));
        it = go_along(it + 1, lane.blocks.end(), stride,
                      [&](const LaneBlock& b) { return end_of(b) < until; });
    }
}

float mark_radius(const Ui& ui, float height) { return std::min(ui.px(5), height * 0.32f); }

// The first mark that is more than `pixels` right of the one at `it`.
std::vector<LaneMark>::const_iterator end_of_group(const Lane& lane, const Axis& axis,
                                                   std::vector<LaneMark>::const_iterator it,
                                                   float pixels, std::ptrdiff_t& stride) {
    const float until = axis.x(it->decision) + pixels;
    return go_along(it, lane.marks.end(), stride,
                    [&](const LaneMark& m) { return axis.x(m.decision) < until; });
}

void draw_marks(const Desk& desk, ImDrawList* list, const Lane& lane, const Axis& axis, float top,
                float height) {
    const Theme& t = desk.ui.theme();
    const float r = mark_radius(desk.ui, height), least = r * 1.4f;
    auto it = std::partition_point(lane.marks.begin(), lane.marks.end(), [&](const LaneMark& m) {
        return axis.x(m.decision) < axis.left;
    });
    std::ptrdiff_t stride = 0;
    float zigzag_from = 0, zigzag_to = 0;  // merged marks side by side are one line
    auto end_zigzag = [&] {
        if (zigzag_to > zigzag_from) draw_zigzag(list, zigzag_from, zigzag_to, top + r, r, t.text);
        zigzag_from = zigzag_to = 0;
    };
    while (it != lane.marks.end() && axis.x(it->decision) < axis.right()) {
        const float x = axis.x(it->decision);
        auto next = end_of_group(lane, axis, it, least, stride);
        if (next - it == 1) {
            end_zigzag();
            draw_mark(list, it->kind, {x, top + r + 1}, r, t);
        } else {
            if (zigzag_to < x - least) end_zigzag();
            if (zigzag_to == 0) zigzag_from = x - r;
            zigzag_to = x + least;
        }
        it = next;
    }
    end_zigzag();
}

}  // namespace

void draw_zigzag(ImDrawList* list, float left, float right, float y, float height, ImU32 ink) {
    const float step = std::max(height * 0.9f, 2.0f);
    bool up = false;
    list->PathClear();
    for (float x = left; x < right + step; x += step, up = !up)
        list->PathLineTo({std::min(x, right), y + (up ? -height : height) * 0.6f});
    list->PathStroke(ink, 0, std::max(1.0f, height * 0.3f));
}

void draw_mark(ImDrawList* list, LaneMark::Kind kind, ImVec2 c, float r, const Theme& t) {
    ImU32 paper = t.panel;
    switch (kind) {
        case LaneMark::Kind::steal:  // an arrow head into the lane
            list->AddTriangleFilled({c.x - r, c.y - r}, {c.x + r, c.y - r}, {c.x, c.y + r}, t.away);
            list->AddTriangle({c.x - r, c.y - r}, {c.x + r, c.y - r}, {c.x, c.y + r}, paper);
            break;
        case LaneMark::Kind::park:  // two bars, as on a pause button
            for (float side : {-0.5f, 0.5f})
                list->AddRectFilled({c.x + side * r - r * 0.28f, c.y - r * 0.9f},
                                    {c.x + side * r + r * 0.28f, c.y + r * 0.9f}, t.waiting,
                                    r * 0.2f);
            break;
        case LaneMark::Kind::bell:  // a bell with its clapper
            list->PathArcTo({c.x, c.y}, r * 0.85f, 3.1416f, 6.2832f, 12);
            list->PathLineTo({c.x + r, c.y + r * 0.55f});
            list->PathLineTo({c.x - r, c.y + r * 0.55f});
            list->PathFillConvex(t.alert);
            list->AddCircleFilled({c.x, c.y + r * 0.8f}, r * 0.28f, t.alert);
            break;
        case LaneMark::Kind::errand:  // a diamond
            list->AddNgonFilled(c, r * 1.1f, t.asleep, 4);
            list->AddNgon(c, r * 1.1f, paper, 4);
            break;
    }
}

std::string marks_near(const Desk& desk, const Lane& lane, const Axis& axis, float x) {
    const float reach = desk.ui.px(6);
    auto it = std::partition_point(lane.marks.begin(), lane.marks.end(), [&](const LaneMark& m) {
        return axis.x(m.decision) < x - reach;
    });
    std::array<std::size_t, 4> count{};
    for (; it != lane.marks.end() && axis.x(it->decision) < x + reach; ++it)
        ++count[static_cast<std::size_t>(it->kind)];
    const char* names[] = {desk.say("names copied", "steals"), desk.say("waits", "parks"),
                           desk.say("bells", "preemptions asked"),
                           desk.say("errands", "blocking calls")};
    std::string text;
    for (std::size_t kind = 0; kind < count.size(); ++kind) {
        if (count[kind] == 0) continue;
        text += (text.empty() ? "" : ", ") + with_commas(count[kind]) + " " + names[kind];
    }
    return text;
}

void draw_lane(const Desk& desk, const Lane& lane, const Axis& axis, float top, float height) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    draw_blocks(desk, list, lane, axis, top, height);
    draw_marks(desk, list, lane, axis, top, height);
}

}  // namespace homeroom::app
