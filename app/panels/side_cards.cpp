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

void draw_page(const Desk& desk) {
    ImGui::BeginChild("page");
    if (desk.view.tab == View::lesson) draw_lesson_or_card(desk);
    if (desk.view.tab == View::why) draw_reason(desk);
    if (desk.view.tab == View::look) draw_selection_or_counters(desk);
    ImGui::EndChild();
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
    if (view.tab == View::timeline) view.tab = View::why;
    const float split = std::round(box.max.y - (below ? box.height() * 0.46f : 0));
    ui.begin_card("side", {box.min, {box.max.x, below ? split - ui.px(8) : split}});
    const char* tabs[] = {"lesson", "why", "look"};
    ui.choice("tab", tabs, 3, view.tab, "Which card is shown here.  Tab",
              ImGui::GetContentRegionAvail().x);
    draw_page(desk);
    ui.end_card();
    if (!below) return;
    ui.begin_card("details", {{box.min.x, split}, box.max});
    draw_inspector(desk);
    ui.end_card();
}

// In a pocket: over the scene, and closed again.
void draw_over_scene(const Desk& desk) {
    Ui& ui = desk.ui;
    View& view = desk.view;
    if (!(view.selected == view.looked_at)) {
        view.looked_at = view.selected;
        if (view.selected.kind != StagePick::nothing) {
            view.card = true;
            view.tab = View::look;
        }
    }
    if (desk.layout.reason.width() <= 0 || !view.card) return;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(12), ui.px(8)));
    ui.begin_card("side", desk.layout.reason,
                  ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    const char* tabs[] = {"lesson", "why", "look", "timeline"};
    ui.choice("tab", tabs, 4, view.tab, "Which card is shown here.  Tab",
              ImGui::GetContentRegionAvail().x - ui.px(38));
    ImGui::SameLine();
    if (ui.close_button("card.close", "Back to the school.  Esc")) view.card = false;
    if (view.tab != View::timeline) draw_page(desk);
    ui.end_card();
    ImGui::PopStyleVar();
}

}  // namespace

void draw_side_cards(const Desk& desk) {
    if (desk.layout.pocket) return draw_over_scene(desk);
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
