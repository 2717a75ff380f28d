// Two runs side by side: the card over the scene with what differs. Their lanes are in the strip.
#include "sim/teach/compare.h"

#include <algorithm>
#include <string>

#include "app/model_run.h"
#include "app/panels/panels.h"

namespace homeroom::app {
namespace {

void draw_cell(const std::string& text, float right, float top, ImU32 ink) {
    const float width = ImGui::CalcTextSize(text.c_str()).x;
    ImGui::GetWindowDrawList()->AddText({right - width, top}, ink, text.c_str());
}

}  // namespace

void draw_compare(const Desk& desk) {
    const ModelRun* kept = desk.session.kept_run();
    if (kept == nullptr || desk.view.charts || desk.view.sweep) return;
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const Player& player = desk.player;
    const Box& scene = desk.layout.over;
    const Comparison& shown = desk.session.comparison();
    const auto rows_shown = std::count_if(
        shown.rows.begin(), shown.rows.end(),
        [](const sim::ComparedRow& row) { return row.first != 0 || row.second != 0; });

    ImGui::PushFont(ui.fonts().small);
    const float line = ImGui::GetTextLineHeight() + ui.px(3);
    const float width = std::min(ui.px(460), scene.width() - ui.px(24));
    const std::string changes = sim::changes_between(desk.session.kept_options(), player.run());
    const float wrap = width - ui.px(28);
    const float changes_height =
        ImGui::CalcTextSize(changes.empty() ? " " : changes.c_str(), nullptr, false, wrap).y;
    const float height =
        std::min(line * static_cast<float>(rows_shown + 3) + changes_height + ui.px(46),
                 scene.height() - ui.px(16));
    const ImVec2 at{scene.min.x + ui.px(8), scene.min.y + ui.px(8)};
    ImGui::PushStyleColor(ImGuiCol_Border, t.accent);
    ui.begin_overlay("compare", {at, {at.x + width, at.y + height}});
    ui.heading("Two runs side by side");
    if (ui.close_button("compare.close", "Let the kept run go.  K")) desk.wish(Wish::Kind::compare);
    ui.paragraph(changes.empty()
                     ? sim::tr("The same options: change one, or decide something yourself (I).")
                     : changes.c_str());
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(3)));
    const float edge = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
    const float columns[] = {edge - ui.px(196), edge - ui.px(98), edge};
    auto row = [&](const char* name, const std::string& a, const std::string& b,
                   const std::string& difference, ImU32 ink) {
        const float top = ImGui::GetCursorScreenPos().y;
        ui.dim(name);
        draw_cell(a, columns[0], top, t.text);
        draw_cell(b, columns[1], top, t.text);
        draw_cell(difference, columns[2], top, ink);
    };
    row(" ", sim::tr("kept"), sim::tr("now"), sim::tr("difference"), t.text);
    for (const sim::ComparedRow& each : shown.rows) {
        if (each.first == 0 && each.second == 0) continue;
        row(each.name, value_text(*each.measure, each.first),
            value_text(*each.measure, each.second), difference_text(each),
            each.first == each.second ? t.text_dim : t.accent);
    }
    ImGui::PopStyleVar();
    if (shown.same > 0)
        ui.dim(sim::phrase(
                   shown.whole ? "the same run, all {n} decisions" : "the same for {n} decisions",
                   {{'n', with_commas(shown.same)}})
                   .c_str());
    if (!player.over() || !kept->over()) ui.dim("as far as they are known");
    ui.end_card();
    ImGui::PopFont();
    ImGui::PopStyleColor();
}

}  // namespace homeroom::app
