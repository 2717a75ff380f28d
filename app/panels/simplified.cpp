// What is simplified, level by level; that of the shown decision first.
#include <algorithm>
#include <string>

#include "app/panels/panels.h"

namespace homeroom::app {

void draw_simplified(const Desk& desk) {
    if (!desk.view.simplified) return;
    Ui& ui = desk.ui;
    const float pad = ui.sheet_padding();
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(pad, pad * 0.8f));
    ui.begin_sheet("simplified", ui.sheet_box(ui.px(660), ui.px(560)));
    ui.heading("What is simplified here");
    if (ui.close_button("simplified.close", "Close.  F3")) desk.view.simplified = false;
    ImGui::BeginChild("levels");
    if (desk.view.keys == View::Keys::sheet) ui.scroll_by_keys(true);
    const sim::Level here = shown_level(desk);
    auto draw = [&](sim::Level level) {
        ui.label(title_of(level, desk.view.words));
        for (const sim::Simplification& each : sim::simplifications())
            if (each.level == level)
                ui.paragraph((std::string("• ") + desk.say(each.school, each.field)).c_str());
    };
    draw(here);
    for (sim::Level level :
         {sim::Level::machine, sim::Level::kernel, sim::Level::scheduler, sim::Level::program})
        if (level != here) draw(level);
    ImGui::EndChild();
    ui.end_card();
    ImGui::PopStyleVar();
}

sim::Level shown_level(const Desk& desk) {
    const Player& player = desk.player;
    if (player.position() == 0) return sim::Level::scheduler;
    const sim::Timeline& film = player.timeline();
    return sim::level_of(film.step(film.step_of_decision(player.position() - 1)).event.kind);
}

}  // namespace homeroom::app
