// The side cards; unless the window is very wide they share one card, with tabs.
#include <cmath>

#include "app/panels/panels.h"

namespace homeroom::app {
namespace {

void draw_selection_or_counters(const Desk& desk) {
    if (desk.view.selected.kind == StagePick::nothing) {
        draw_counters(desk);
    } else {
        draw_inspector(desk);
    }
}

void draw_lesson_or_card(const Desk& desk) {
    if (desk.teaching != nullptr) return draw_lesson_player(desk);
    draw_lesson(desk);
}

void draw_compact(const Desk& desk) {
    Ui& ui = desk.ui;
    View& view = desk.view;
    // Where there is room, what is selected is shown below the reason, which stays in sight.
    const Box& box = desk.layout.reason;
    const bool below = view.tab == View::why && box.height() > ui.px(400) &&
                       view.selected.kind != StagePick::nothing;
    if (!(view.selected == view.looked_at)) {  // whatever is newly selected is shown
        view.looked_at = view.selected;
        if (view.selected.kind != StagePick::nothing && !below) view.tab = View::look;
    }
    const float split = std::round(box.max.y - (below ? box.height() * 0.46f : 0));
    ui.begin_card("side", {box.min, {box.max.x, below ? split - ui.px(8) : split}});
    const char* tabs[] = {"lesson", "why", "look"};
    ui.choice("tab", tabs, 3, view.tab, "Which card is shown here.  Tab",
              ImGui::GetContentRegionAvail().x);
    ImGui::BeginChild("page");
    if (view.tab == View::lesson) draw_lesson_or_card(desk);
    if (view.tab == View::why) draw_reason(desk);
    if (view.tab == View::look) draw_selection_or_counters(desk);
    ImGui::EndChild();
    ui.end_card();
    if (!below) return;
    ui.begin_card("details", {{box.min.x, split}, box.max});
    draw_inspector(desk);
    ui.end_card();
}

}  // namespace

void draw_side_cards(const Desk& desk) {
    if (desk.layout.alone && desk.teaching != nullptr) {
        desk.ui.begin_card("lesson", desk.layout.lesson);
        draw_lesson_player(desk);
        desk.ui.end_card();
    }
    if (desk.layout.reason.width() <= 0) return;
    if (desk.layout.compact) return draw_compact(desk);
    Ui& ui = desk.ui;
    ui.begin_card("lesson", desk.layout.lesson);
    draw_lesson_or_card(desk);
    ui.end_card();

    // The lower part is as high as the counters need, so that nothing jumps when something is
    // selected.
    const Box& box = desk.layout.reason;
    float gap = ui.px(8), lower = ui.px(218);
    float split = box.max.y - lower;
    ui.begin_card("reason", {box.min, {box.max.x, split - gap}});
    draw_reason(desk);
    ui.end_card();
    ui.begin_card("details", {{box.min.x, split}, box.max});
    draw_selection_or_counters(desk);
    ui.end_card();
}

}  // namespace homeroom::app
