// What is simplified, level by level; that of the shown decision first.
#include <algorithm>
#include <string>

#include "app/panels/panels.h"

namespace homeroom::app {

void draw_simplified(const Desk& desk) {
    if (!desk.view.simplified) return;
    Ui& ui = desk.ui;
    const ImVec2 window = ImGui::GetIO().DisplaySize;
    const float width = std::min(ui.px(660), window.x - ui.px(40));
    const float height = std::min(ui.px(560), window.y - ui.px(40));
    const ImVec2 at{(window.x - width) / 2, (window.y - height) / 2};
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(24), ui.px(20)));
    ui.begin_sheet("simplified", {at, {at.x + width, at.y + height}});
    ui.heading("What is simplified here");
    ImGui::SameLine(width - ui.px(24 + 28));
    if (ui.icon_button("simplified.close", Icon::close, "Close.  F3", 28))
        desk.view.simplified = false;
    ImGui::BeginChild("levels");
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
