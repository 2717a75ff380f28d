// The whole run in small, above the lanes of the timeline.
#include <algorithm>
#include <cmath>

#include "app/panels/strip.h"

namespace homeroom::app {

DrawingKey key_of(const Desk& desk, const Axis& axis, const Box& box) {
    DrawingKey key;
    const View& view = desk.view;
    key.with(std::uint64_t{desk.player.runs()}).with(std::uint64_t{axis.film.size()});
    key.with(axis.left).with(axis.width).with(axis.first).with(axis.span);
    key.with(std::uint64_t{axis.by_time ? 1u : 0u});
    key.with(box.min.x).with(box.min.y).with(box.max.x).with(box.max.y).with(desk.ui.px(1));
    const StagePick chosen = view.selected;
    key.with(static_cast<std::uint64_t>(view.lane_kind)).with(std::uint64_t{chosen.id});
    key.with(static_cast<std::uint64_t>(chosen.kind));
    const Theme& t = desk.ui.theme();
    for (const ImU32 colour : {t.control, t.running, t.text, t.text_dim, t.accent, t.panel, t.away,
                               t.waiting, t.alert, t.asleep})
        key.with(std::uint64_t{colour});
    return key;
}

namespace {

// How many teachers teach, column by column.
void draw_columns(const Desk& desk, const Axis& whole, const Box& box) {
    const Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const std::vector<Lane>& lanes = desk.player.recording().lanes().teachers();
    const float column = std::max(2.0f, ui.px(2));
    struct Reached {
        std::vector<LaneBlock>::const_iterator block;
        std::ptrdiff_t stride = 0;
    };
    std::vector<Reached> reached;
    for (const Lane& lane : lanes) reached.push_back({lane.blocks.begin()});
    for (float x = box.min.x; x < box.max.x && !lanes.empty(); x += column) {
        const auto k = static_cast<std::uint32_t>(whole.position(x + column / 2));
        std::size_t taught = 0;
        for (std::size_t i = 0; i < lanes.size(); ++i) {
            const auto end = lanes[i].blocks.end();
            auto& [block, stride] = reached[i];
            block = go_along(block, end, stride, [k](const LaneBlock& b) { return b.last <= k; });
            if (block != end && block->first <= k && block->doing == Doing::taught) ++taught;
        }
        const float high =
            box.height() * static_cast<float>(taught) / static_cast<float>(lanes.size());
        list->AddRectFilled({x, box.max.y - high}, {std::min(x + column, box.max.x), box.max.y},
                            with_alpha(t.running, 0.55f));
    }
}

}  // namespace

// The whole run in small; the bright part is what the lanes show, and can be dragged.
void draw_overview(const Desk& desk, const Axis& whole, const Box& box) {
    Ui& ui = desk.ui;
    View& view = desk.view;
    const Theme& t = ui.theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(box.min, box.max, t.control, ui.px(3));
    desk.kept_overview.draw(list, key_of(desk, whole, box),
                            [&] { draw_columns(desk, whole, box); });
    const float from = box.min.x + box.width() * static_cast<float>(view.lane_first);
    const float until = from + std::max(ui.px(5), box.width() * static_cast<float>(view.lane_span));
    if (view.lane_span < 1) {
        list->AddRectFilled(box.min, {from, box.max.y}, with_alpha(t.panel, 0.65f));
        list->AddRectFilled({until, box.min.y}, box.max, with_alpha(t.panel, 0.65f));
    }
    list->AddRect({from, box.min.y}, {std::min(until, box.max.x), box.max.y}, t.text, ui.px(3), 0,
                  ui.px(1.5f));
    for (const Bookmark& mark : desk.session.bookmarks(desk.player)) {
        const float left = std::round(whole.x(mark.position));
        const float right = std::max(left + ui.px(3), whole.x(std::max(mark.end, mark.position)));
        list->AddRectFilled({left, box.min.y - ui.px(2)}, {right, box.min.y + ui.px(2)}, t.ready);
    }
    const float x = std::round(whole.x(desk.player.position()));
    list->AddLine({x, box.min.y}, {x, box.max.y}, t.accent, ui.px(2));

    ImGui::SetCursorScreenPos(box.min);
    ui.area("strip.overview", box.size());
    ui.tip("The whole run: how many teachers teach. Drag the frame to move.  A, D; zoom: W, S");
    if (!ImGui::IsItemActive()) return;
    const auto share = static_cast<double>((ImGui::GetMousePos().x - box.min.x) / box.width());
    view.lane_first = share - view.lane_span / 2;
}

}  // namespace homeroom::app
