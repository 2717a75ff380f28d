// The timeline strip: for each teacher a lane that shows whom it taught when, with marks for what
// happened there. The same place of the run is under the playhead here and in the transport bar.
#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/panels.h"
#include "sim/glossary.h"

namespace homeroom::app {
namespace {

// From decisions to pixels and back.
struct Axis {
    const sim::Timeline& film;
    bool by_time;
    float left, width;
    double first, span;  // in decisions, or in nanoseconds

    double place(std::size_t decision) const {
        if (!by_time) return static_cast<double>(decision);
        if (film.decisions() == 0) return 0;
        if (decision >= film.decisions()) return static_cast<double>(film.duration());
        return static_cast<double>(film.step(film.step_of_decision(decision)).time);
    }
    float x(std::size_t decision) const {
        return left + static_cast<float>((place(decision) - first) / span) * width;
    }
    // How many decisions have happened at this pixel.
    std::size_t position(float at) const {
        double place_there = first + static_cast<double>((at - left) / width) * span;
        if (place_there <= 0) return 0;
        if (by_time) return film.first_decision_at(static_cast<Nanoseconds>(place_there) + 1);
        return std::min(static_cast<std::size_t>(std::lround(place_there)), film.decisions());
    }
};

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

void draw_block(const Desk& desk, ImDrawList* list, const LaneBlock& block, const Axis& axis,
                float top, float height) {
    const Ui& ui = desk.ui;
    std::size_t last = block.last == open_end ? desk.player.known() : block.last;
    float left = std::max(axis.x(block.first), axis.left - 4),
          right = std::min(axis.x(last), axis.left + axis.width + 4);
    right = std::max(right, left + 1);
    ImU32 colour = shirt_of(block.student);
    float rounding = std::min({ui.px(4), (right - left) / 2, height / 2});
    list->AddRectFilled({left, top}, {right, top + height}, colour, rounding);
    if (right - left > ui.px(10))
        list->AddRect({left, top}, {right, top + height}, with_alpha(ui.theme().text, 0.25f),
                      rounding);
    std::string number = std::to_string(index(block.student));
    ImFont* font = ui.fonts().bold;
    float size = std::min(height * 0.86f, font->FontSize * 0.85f);
    ImVec2 extent = font->CalcTextSizeA(size, 1e6f, 0, number.c_str());
    if (size < ui.px(9)) return;  // too small to be read
    if (extent.x + ui.px(4) > right - left) return;
    // Black or white, whichever is further from the shirt.
    ImVec4 c = ImGui::ColorConvertU32ToFloat4(colour);
    bool light = 0.299f * c.x + 0.587f * c.y + 0.114f * c.z > 0.55f;
    list->AddText(font, size, {(left + right - extent.x) / 2, top + (height - extent.y) / 2},
                  light ? IM_COL32(20, 20, 24, 255) : IM_COL32(255, 255, 255, 255), number.c_str());
}

// Blocks closer together than a pixel are drawn as one hatched stretch, not dropped.
void draw_blocks(const Desk& desk, ImDrawList* list, const Lane& lane, const Axis& axis, float top,
                 float height) {
    const Theme& t = desk.ui.theme();
    auto end_of = [&](const LaneBlock& b) {
        return axis.x(b.last == open_end ? desk.player.known() : b.last);
    };
    auto it = std::partition_point(lane.blocks.begin(), lane.blocks.end(),
                                   [&](const LaneBlock& b) { return end_of(b) < axis.left; });
    const float right = axis.left + axis.width;
    while (it != lane.blocks.end() && axis.x(it->first) < right) {
        if (end_of(*it) - axis.x(it->first) >= 2) {
            draw_block(desk, list, *it++, axis, top, height);
            continue;
        }
        // Many in two pixels: one look says "many", whatever their number.
        float from = axis.x(it->first), until = from + 2;
        list->AddRectFilled({from, top + height * 0.15f}, {until, top + height * 0.85f},
                            with_alpha(t.text_dim, 0.55f));
        it = std::partition_point(it + 1, lane.blocks.end(),
                                  [&](const LaneBlock& b) { return end_of(b) < until; });
    }
}

void draw_marks(const Desk& desk, ImDrawList* list, const Lane& lane, const Axis& axis, float top,
                float height) {
    float r = std::min(desk.ui.px(5), height * 0.32f), next_free = -1e9f;
    auto it = std::partition_point(lane.marks.begin(), lane.marks.end(), [&](const LaneMark& m) {
        return axis.x(m.decision) < axis.left;
    });
    for (; it != lane.marks.end(); ++it) {
        float x = axis.x(it->decision);
        if (x > axis.left + axis.width) break;
        if (x < next_free) continue;  // the strip is zoomed out too far for this one
        next_free = x + r * 1.2f;
        draw_mark(list, it->kind, {x, top + r + 1}, r, desk.ui.theme());
    }
}

void draw_legend(const Desk& desk, float right) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    struct Entry {
        LaneMark::Kind kind;
        const char *school, *field;
    };
    constexpr Entry entries[] = {{LaneMark::Kind::steal, "names copied", "steal"},
                                 {LaneMark::Kind::park, "waits", "park"},
                                 {LaneMark::Kind::bell, "bell", "preempt"},
                                 {LaneMark::Kind::errand, "errand", "blocking call"}};
    ImVec2 at = ImGui::GetCursorScreenPos();
    for (const Entry& entry : entries) {
        const char* text = desk.say(entry.school, entry.field);
        float width = ui.px(16) + ImGui::CalcTextSize(text).x + ui.px(18);
        if (at.x + width > right) return;
        draw_mark(list, entry.kind, {at.x + ui.px(6), at.y + ImGui::GetFrameHeight() / 2}, ui.px(5),
                  t);
        list->AddText({at.x + ui.px(16), at.y + ImGui::GetStyle().FramePadding.y}, t.text_dim,
                      text);
        at.x += width;
    }
}

// Wheel zooms at the mouse, Shift+drag or the middle button moves, drag seeks.
void handle_mouse(const Desk& desk, const Axis& axis, bool hovered, bool held) {
    View& view = desk.view;
    const ImGuiIO& io = ImGui::GetIO();
    if (hovered && io.MouseWheel != 0) {
        float share = std::clamp((io.MousePos.x - axis.left) / axis.width, 0.0f, 1.0f);
        float at = view.lane_first + share * view.lane_span;
        float least = std::min(
            1.0f, 12.0f / static_cast<float>(std::max<std::size_t>(desk.player.known(), 12)));
        view.lane_span = std::clamp(view.lane_span * std::pow(0.8f, io.MouseWheel), least, 1.0f);
        view.lane_first = at - share * view.lane_span;
    }
    bool move = (held && io.KeyShift) || (hovered && ImGui::IsMouseDown(ImGuiMouseButton_Middle));
    if (move) {
        view.lane_first -= io.MouseDelta.x / axis.width * view.lane_span;
    } else if (held) {
        desk.want(command::Seek{
            axis.position(std::clamp(io.MousePos.x, axis.left, axis.left + axis.width))});
        view.acted = true;
    }
    view.lane_first = std::clamp(view.lane_first, 0.0f, 1.0f - view.lane_span);
}

// When the film plays, the strip goes along with the playhead.
void follow(const Desk& desk, const Axis& whole) {
    View& view = desk.view;
    if (!desk.player.playing() || view.lane_span >= 1) return;
    auto share =
        static_cast<float>((whole.place(desk.player.position()) - whole.first) / whole.span);
    if (share < view.lane_first || share > view.lane_first + view.lane_span * 0.9f)
        view.lane_first = std::clamp(share - view.lane_span * 0.2f, 0.0f, 1.0f - view.lane_span);
}

// "teacher 2: student 11, decision 60, 1.2 ms", and what the mouse can do here.
void tell_what_is_there(const Desk& desk, const Axis& axis, const Box& box) {
    const Player& player = desk.player;
    const std::vector<Lane>& lanes = player.recording().lanes().all();
    ImVec2 mouse = ImGui::GetMousePos();
    auto lane = static_cast<std::size_t>((mouse.y - box.min.y) / box.height() *
                                         static_cast<float>(lanes.size()));
    if (lane >= lanes.size()) return;
    std::size_t position = axis.position(mouse.x);
    const std::vector<LaneBlock>& blocks = lanes[lane].blocks;
    auto it = std::partition_point(blocks.begin(), blocks.end(),
                                   [&](const LaneBlock& b) { return b.last <= position; });
    bool taught = it != blocks.end() && it->first <= position;
    std::string text = name_of(static_cast<sim::TeacherId>(lane), desk.view.words) + ": " +
                       (taught ? name_of(it->student, desk.view.words)
                               : std::string(desk.say("no student", "no coroutine"))) +
                       "\ndecision " + with_commas(position);
    if (position > 0 && position <= player.known()) {
        std::size_t step = player.timeline().step_of_decision(position - 1);
        text += ", at " + sim::duration_text(player.timeline().step(step).time);
    }
    desk.ui.tip_at_mouse(
        (text + "\nclick or drag: go there   wheel: zoom   Shift+drag: move").c_str());
}

void draw_lanes(const Desk& desk, const Box& box) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const Player& player = desk.player;
    const std::vector<Lane>& lanes = player.recording().lanes().all();
    const float names = ui.px(lanes.size() > 6 ? 40 : 96);

    Axis axis{
        player.timeline(), desk.view.lanes_by_time, box.min.x + names, box.width() - names, 0, 1};
    axis.span = std::max(1.0, axis.place(player.known()));
    follow(desk, axis);
    axis.first = static_cast<double>(desk.view.lane_first) * axis.span;
    axis.span *= static_cast<double>(desk.view.lane_span);

    ImDrawList* list = ImGui::GetWindowDrawList();
    float each = box.height() / static_cast<float>(std::max<std::size_t>(lanes.size(), 1));
    float pad = each > ui.px(14) ? ui.px(2) : 1;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        float top = box.min.y + static_cast<float>(i) * each;
        auto id = static_cast<sim::TeacherId>(i);
        std::string name = lanes.size() > 6 ? std::to_string(i) : name_of(id, desk.view.words);
        float size = std::min(ui.fonts().regular->FontSize, each);
        list->AddCircleFilled({box.min.x + ui.px(6), top + each / 2},
                              std::min(ui.px(5), each * 0.4f), colour_of(id));
        list->AddText(ui.fonts().regular, size, {box.min.x + ui.px(16), top + (each - size) / 2},
                      t.text, name.c_str());
        list->AddRectFilled({axis.left, top + pad}, {axis.left + axis.width, top + each - pad},
                            t.control, ui.px(4));
    }
    list->PushClipRect({axis.left, box.min.y}, {axis.left + axis.width, box.max.y}, true);
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        float top = box.min.y + static_cast<float>(i) * each + pad;
        draw_blocks(desk, list, lanes[i], axis, top, each - 2 * pad);
        draw_marks(desk, list, lanes[i], axis, top, each - 2 * pad);
    }
    float x = std::round(axis.x(player.position()));
    list->AddLine({x, box.min.y}, {x, box.max.y}, t.accent, ui.px(2));
    list->AddTriangleFilled({x - ui.px(6), box.min.y}, {x + ui.px(6), box.min.y},
                            {x, box.min.y + ui.px(7)}, t.accent);
    list->PopClipRect();

    ImGui::SetCursorScreenPos({axis.left, box.min.y});
    ui.area("strip.lanes", {axis.width, box.height()});
    handle_mouse(desk, axis, ImGui::IsItemHovered(), ImGui::IsItemActive());
    if (ImGui::IsItemHovered() && !ImGui::IsItemActive()) tell_what_is_there(desk, axis, box);
}

}  // namespace

void draw_strip(const Desk& desk) {
    const Box& box = desk.layout.strip;
    if (box.height() <= 0) return;
    Ui& ui = desk.ui;
    View& view = desk.view;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(12), ui.px(6)));
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(ui.px(6), ui.px(1)));
    ui.begin_card("strip", box, ImGuiWindowFlags_NoScrollWithMouse);
    float switch_width = ui.px(176), right = box.max.x - ui.px(12) - switch_width;
    ImGui::PushFont(ui.fonts().bold);
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted("Timeline");
    ImGui::PopFont();
    ImGui::SameLine(0, ui.px(22));
    draw_legend(desk, right - ui.px(12));
    ImGui::SameLine();
    ImGui::SetCursorScreenPos({right, box.min.y + ui.px(6)});
    const char* axes[] = {"decisions", "time"};
    int chosen = view.lanes_by_time ? 1 : 0;
    if (ui.choice("strip.axis", axes, 2, chosen,
                  "Give each decision the same width, or each nanosecond.", switch_width))
        view.lanes_by_time = chosen == 1;
    float top = box.min.y + ui.px(6) + ImGui::GetFrameHeight() + ui.px(4);
    draw_lanes(desk, {{box.min.x + ui.px(12), top}, {box.max.x - ui.px(12), box.max.y - ui.px(6)}});
    ui.end_card();
    ImGui::PopStyleVar(2);
}

}  // namespace homeroom::app
