// Run until: a menu of moments, and the film goes to the next of the kind.
#include "sim/until.h"

#include <algorithm>
#include <cfloat>
#include <cstdio>
#include <string>
#include <utility>

#include "app/panels/panels.h"
#include "app/wrap.h"

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

std::string words_of(const Desk& desk, const sim::UntilInfo& info) {
    return sim::words_of(offered(desk, info), desk.view.words);
}

void draw_moment(const Desk& desk, const sim::UntilInfo& info, bool chosen) {
    Ui& ui = desk.ui;
    sim::Until moment = offered(desk, info);
    const std::string words = words_of(desk, info);
    std::string name = std::string("until.") + info.name;
    ImGui::PushID(info.name);
    const bool entered = chosen && ImGui::IsKeyPressed(ImGuiKey_Enter, false);
    if (chosen &&
        (ImGui::IsKeyPressed(ImGuiKey_DownArrow) || ImGui::IsKeyPressed(ImGuiKey_UpArrow)))
        ImGui::SetScrollHereY();
    // What is too long for the window takes two lines.
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x;
    const std::string lines = wrapped(words, *ImGui::GetFont(), ImGui::GetFontSize(), room);
    const float high = ImGui::CalcTextSize(lines.c_str()).y;
    const bool pressed = ImGui::Selectable("##moment", chosen, 0, {0, high});
    ImGui::GetWindowDrawList()->AddText(at, ui.theme().text, lines.c_str());
    if (pressed || entered) {
        ImGui::CloseCurrentPopup();
        desk.view.until = moment;
        desk.want(command::RunUntil{moment});
        desk.view.acted = true;
    }
    ui.remember(name.c_str());
    // A number can be changed where it stands, and the menu stays open for it.
    if (info.argument == Argument::more_than) {
        const ImGuiIO& io = ImGui::GetIO();
        const float wheel = ImGui::IsItemHovered() && io.KeyShift ? io.MouseWheel : 0;
        const bool more = wheel > 0 || (chosen && ImGui::IsKeyPressed(ImGuiKey_RightArrow));
        const bool less = wheel < 0 || (chosen && ImGui::IsKeyPressed(ImGuiKey_LeftArrow));
        if (more) ++moment.number;
        if (less && moment.number > 0) --moment.number;
        if (more || less) desk.view.until = moment;
    }
    std::string tip =
        sim::phrase("On the command line: --until \"{m}\"", {{'m', sim::to_string(moment)}});
    if (info.argument == Argument::more_than)
        tip += sim::tr("\nShift and the wheel, or ← and →, change the number.");
    ui.tip(tip.c_str());
    ImGui::PopID();
}

// Above this place, as wide as its longest line.
void draw_menu(const Desk& desk, ImVec2 at) {
    Ui& ui = desk.ui;
    const ImVec2 window = ImGui::GetIO().DisplaySize;
    float widest = 0;
    for (const sim::UntilInfo& info : sim::until_infos())
        widest = std::max(widest, ImGui::CalcTextSize(words_of(desk, info).c_str()).x);
    const float padding = 2 * ImGui::GetStyle().WindowPadding.x + ImGui::GetStyle().ScrollbarSize;
    const float width = std::min(widest + padding + ui.px(8), window.x - ui.px(16));
    ImGui::SetNextWindowPos({std::min(at.x, window.x - width - ui.px(8)), at.y - ui.px(12)},
                            ImGuiCond_Always, {0, 1});
    const float highest = at.y - ui.px(24), pad = ImGui::GetStyle().WindowPadding.y;
    ImGui::SetNextWindowSizeConstraints({width, 0}, {width, highest});
    desk.view.moments = ImGui::BeginPopup("moments");
    if (!desk.view.moments) return;
    if (ImGui::IsKeyPressed(ImGuiKey_Escape) || ImGui::IsKeyPressed(ImGuiKey_U, false))
        ImGui::CloseCurrentPopup();
    ui.heading("Run until …");
    if (ui.close_button("until.close", "Back to the school.  Esc")) ImGui::CloseCurrentPopup();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(4)));
    // The rows scroll below the title and its cross.
    ImGui::SetNextWindowSizeConstraints({0, 0}, {FLT_MAX, highest - ImGui::GetCursorPosY() - pad});
    ImGui::BeginChild("rows", {0, 0}, ImGuiChildFlags_AutoResizeY);
    // By keyboard, too: a row is chosen with the arrows.
    int& row = desk.view.find_row;
    const auto infos = sim::until_infos();
    row += static_cast<int>(ImGui::IsKeyPressed(ImGuiKey_DownArrow)) -
           static_cast<int>(ImGui::IsKeyPressed(ImGuiKey_UpArrow));
    row = std::clamp(row, 0, static_cast<int>(infos.size()) - 1);
    for (const sim::UntilInfo& info : infos)
        draw_moment(desk, info, &info == &infos[static_cast<std::size_t>(row)]);
    ImGui::EndChild();
    ImGui::PopStyleVar();
    ImGui::EndPopup();
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
    draw_menu(desk, ImGui::GetItemRectMin());
}

void draw_moments(const Desk& desk) {
    const bool wanted = std::exchange(desk.view.open_until, false);
    if (wanted && !desk.player.at_end()) ImGui::OpenPopup("moments");
    draw_menu(desk, desk.layout.transport.min);
}

}  // namespace homeroom::app
