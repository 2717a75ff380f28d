// Run until: a menu of moments, and the film goes to the next of the kind.
#include "sim/until.h"

#include <cstdio>
#include <string>

#include "app/panels/panels.h"

namespace homeroom::app {
namespace {

using Argument = sim::UntilInfo::Argument;

// With a student selected, the moments of students are that student's.
sim::Until offered(const Desk& desk, const sim::UntilInfo& info) {
    sim::Until moment{info.kind, info.usual, 1};
    if (info.argument == Argument::student && desk.view.selected.kind == StagePick::student)
        moment.number = desk.view.selected.id;
    // Whoever asked for more than 7 will want to ask for it again.
    if (desk.view.until.kind == info.kind && info.argument != Argument::student)
        moment = desk.view.until;
    return moment;
}

void draw_moment(const Desk& desk, const sim::UntilInfo& info) {
    Ui& ui = desk.ui;
    sim::Until moment = offered(desk, info);
    std::string words = sim::words_of(moment, desk.view.words);
    std::string name = std::string("until.") + info.name;
    ImGui::PushID(info.name);
    if (ImGui::Selectable(words.c_str(), desk.view.until == moment)) {
        desk.view.until = moment;
        desk.want(command::RunUntil{moment});
        desk.view.acted = true;
    }
    ui.remember(name.c_str());
    // A number can be changed where it stands, and the menu stays open for it.
    if (info.argument == Argument::more_than && ImGui::IsItemHovered()) {
        float wheel = ImGui::GetIO().MouseWheel;
        if (ImGui::GetIO().KeyShift && wheel != 0) {
            moment.number += wheel > 0 ? 1u : 0u;
            if (wheel < 0 && moment.number > 0) --moment.number;
            desk.view.until = moment;
        }
    }
    std::string tip =
        sim::phrase("On the command line: --until \"{m}\"", {{'m', sim::to_string(moment)}});
    if (info.argument == Argument::more_than)
        tip += sim::tr("\nShift and the wheel change the number.");
    ui.tip(tip.c_str());
    ImGui::PopID();
}

}  // namespace

void draw_until(const Desk& desk) {
    Ui& ui = desk.ui;
    const char* tip =
        "Goes on to the next moment of a kind: a steal, a switch, a full list …  U\n"
        "The same again.  Shift+U";
    bool end = desk.player.at_end();
    ImGui::BeginDisabled(end);
    bool pressed = ui.button("until", desk.player.searching() ? "Searching …" : "Run until …", tip);
    ImGui::EndDisabled();
    if ((pressed || desk.view.open_until) && !end) ImGui::OpenPopup("moments");
    desk.view.open_until = false;
    ImVec2 button = ImGui::GetItemRectMin();
    ImGui::SetNextWindowPos({button.x, button.y - ui.px(12)}, ImGuiCond_Always, {0, 1});
    ImGui::SetNextWindowSizeConstraints({0, 0}, {ui.px(460), button.y - ui.px(32)});
    if (!ImGui::BeginPopup("moments")) return;
    ui.heading("Run until …");
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(4)));
    for (const sim::UntilInfo& info : sim::until_infos()) draw_moment(desk, info);
    ImGui::PopStyleVar();
    ImGui::EndPopup();
}

}  // namespace homeroom::app
