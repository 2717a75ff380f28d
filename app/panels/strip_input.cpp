// Moving about in the timeline, and measuring in it, by mouse and keys.
#include <algorithm>
#include <cmath>
#include <utility>

#include "app/panels/strip.h"

namespace homeroom::app {
namespace {

void zoom(View& view, std::size_t known, double share, double factor) {
    const double at = view.lane_first + share * view.lane_span;
    const double least =
        std::min(1.0, 12.0 / static_cast<double>(std::max<std::size_t>(known, 12)));
    view.lane_span = std::clamp(view.lane_span * factor, least, 1.0);
    view.lane_first = at - share * view.lane_span;
}

struct Stretch {
    double from, until;  // shares of the run
};

Stretch stretch(const Axis& whole, std::size_t first, std::size_t last) {
    return {whole.place(first) / whole.span, whole.place(last) / whole.span};
}

void show_stretch(const Desk& desk, const Stretch& what) {
    View& view = desk.view;
    const double margin = (what.until - what.from) * 0.04;
    view.lane_first = 0;
    view.lane_span = 1;
    zoom(view, desk.player.known(), 0, what.until - what.from + 2 * margin);
    view.lane_first = what.from - margin;
}

// What has been measured; else the selected student from its first to its last decision; else
// everything.
Stretch selected_stretch(const Desk& desk, const Axis& whole) {
    const View& view = desk.view;
    if (view.measured()) return stretch(whole, view.range_from, view.range_to);
    const std::vector<LifeSpan>& spans = desk.study.life.spans;
    if (view.selected.kind != StagePick::student || spans.empty()) return {0, 1};
    const std::uint32_t end = spans.back().last;
    return stretch(whole, spans.front().first, end == open_end ? desk.player.known() : end);
}

// Puts it into the middle, as large as things are; or fills the width with it, if it is there
// already, or cannot be.
void centre_or_fit(const Desk& desk, const Stretch& what) {
    View& view = desk.view;
    const double middle = (what.from + what.until) / 2;
    const double first = std::clamp(middle - view.lane_span / 2, 0.0, 1 - view.lane_span);
    const bool everything = what.until - what.from >= 1;
    if (everything || std::abs(first - view.lane_first) < view.lane_span * 0.001)
        return show_stretch(desk, what);
    view.lane_first = first;
}

// While a button is held: where it was pressed, in decisions.
void drag(const Desk& desk, const Axis& axis) {
    View& view = desk.view;
    const ImGuiIO& io = ImGui::GetIO();
    const float here = std::clamp(io.MousePos.x, axis.left, axis.right());
    if (io.KeyShift || std::abs(io.MousePos.x - io.MouseClickedPos[0].x) < desk.ui.px(4)) return;
    const float there = std::clamp(io.MouseClickedPos[0].x, axis.left, axis.right());
    view.range_from = axis.position(std::min(here, there));
    view.range_to = axis.position(std::max(here, there));
}

}  // namespace

void handle_strip_keys(const Desk& desk, const Axis& axis, const Axis& whole) {
    const ImGuiIO& io = ImGui::GetIO();
    View& view = desk.view;
    if (std::exchange(view.fit, false)) show_stretch(desk, selected_stretch(desk, whole));
    if (io.WantTextInput || io.KeyCtrl || view.keys != View::Keys::school) return;
    // At the mouse where it is over the lanes, else at the playhead.
    double share = 0.5;
    const auto at_playhead =
        static_cast<double>((axis.x(desk.player.position()) - axis.left) / axis.width);
    const auto at_mouse = static_cast<double>((io.MousePos.x - axis.left) / axis.width);
    if (desk.layout.strip.contains(io.MousePos) && at_mouse > 0 && at_mouse < 1) {
        share = at_mouse;
    } else if (at_playhead > 0 && at_playhead < 1) {
        share = at_playhead;
    }
    if (ImGui::IsKeyPressed(ImGuiKey_W)) zoom(view, desk.player.known(), share, 0.8);
    if (ImGui::IsKeyPressed(ImGuiKey_S)) zoom(view, desk.player.known(), share, 1.25);
    if (ImGui::IsKeyPressed(ImGuiKey_A)) view.lane_first -= view.lane_span / 8;
    if (ImGui::IsKeyPressed(ImGuiKey_D)) view.lane_first += view.lane_span / 8;
    if (ImGui::IsKeyPressed(ImGuiKey_F, false)) centre_or_fit(desk, selected_stretch(desk, whole));
}

void handle_strip_mouse(const Desk& desk, const Axis& axis, const Axis& whole, bool more_lanes) {
    View& view = desk.view;
    const ImGuiIO& io = ImGui::GetIO();
    const bool hovered = ImGui::IsItemHovered(), held = ImGui::IsItemActive();
    const auto share = static_cast<double>((io.MousePos.x - axis.left) / axis.width);
    if (hovered && io.MouseWheel != 0) {
        if (io.KeyShift) {
            view.lane_first -= static_cast<double>(io.MouseWheel) * view.lane_span / 8;
        } else if (more_lanes && !io.KeyCtrl) {
            view.lane_scroll -= io.MouseWheel > 0 ? 1 : -1;
        } else {
            zoom(view, desk.player.known(), std::clamp(share, 0.0, 1.0),
                 std::pow(0.8, static_cast<double>(io.MouseWheel)));
        }
    }
    const bool move =
        (held && io.KeyShift) || (hovered && ImGui::IsMouseDown(ImGuiMouseButton_Middle));
    if (move) view.lane_first -= static_cast<double>(io.MouseDelta.x / axis.width) * view.lane_span;
    if (held) drag(desk, axis);
    if (!ImGui::IsItemDeactivated() || io.KeyShift) return;
    const float way = std::abs(io.MousePos.x - io.MouseClickedPos[0].x);
    if (way >= desk.ui.px(4)) {
        if (io.KeyCtrl && view.measured())
            show_stretch(desk, stretch(whole, view.range_from, view.range_to));
        return;
    }
    view.range_from = view.range_to = 0;
    desk.want(command::Seek{axis.position(std::clamp(io.MousePos.x, axis.left, axis.right()))});
    view.acted = true;
}

void follow_playhead(const Desk& desk, const Axis& whole) {
    View& view = desk.view;
    if (!desk.player.playing() || view.lane_span >= 1) return;
    const double share = (whole.place(desk.player.position()) - whole.first) / whole.span;
    if (share < view.lane_first || share > view.lane_first + view.lane_span * 0.9)
        view.lane_first = share - view.lane_span * 0.2;
}

}  // namespace homeroom::app
