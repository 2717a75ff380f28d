// Two runs side by side on one clock: the scene of the one that was kept, and over it, if it is
// asked for, what differs. Their lanes are in the strip.
#include "sim/teach/compare.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "app/model_run.h"
#include "app/panels/panels.h"

namespace homeroom::app {
namespace {

void draw_cell(const std::string& text, float right, float top, ImU32 ink) {
    const float width = ImGui::CalcTextSize(text.c_str()).x;
    ImGui::GetWindowDrawList()->AddText({right - width, top}, ink, text.c_str());
}

// Of the scenes beside the large one, those before belong to the four levels.
constexpr std::size_t kept_scene = 4;

}  // namespace

float draw_run_line(const Desk& desk, const Box& box, bool kept) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const float height = ui.px(26), pad = ui.px(8);
    const ClockScene& scene = desk.scenes[kept_scene];
    const sim::Timeline& film = kept ? desk.session.kept_run()->timeline() : desk.player.timeline();
    const std::size_t at = kept ? scene.position() : desk.player.position();
    const sim::School& now = kept ? scene.now() : desk.player.now();
    const std::string place = sim::duration_text(now.time) + ",  " + with_commas(at) + " / " +
                              with_commas(film.decisions());
    ImDrawList* list = ImGui::GetWindowDrawList();
    ImFont* small = ui.fonts().small;
    const char* name = sim::tr(kept ? "kept" : "now");
    const auto width = [](ImFont* font, const std::string& text) {
        return font->CalcTextSizeA(font->FontSize, 1e9f, 0, text.c_str()).x;
    };
    const float y = box.min.y + (height - small->FontSize) / 2;
    list->AddText(ui.fonts().bold, small->FontSize, {box.min.x + pad, y}, kept ? t.accent : t.text,
                  name);
    float x = box.min.x + pad + width(ui.fonts().bold, name) + pad;
    const char* link = sim::tr("differences");
    const float link_width = kept ? ui.px(26) : ImGui::CalcTextSize(link).x + pad;
    if (x + width(small, place) < box.max.x - pad - link_width)
        list->AddText(small, small->FontSize, {x, y}, t.text_dim, place.c_str());
    if (kept) {
        ImGui::SetCursorScreenPos({box.max.x - ui.px(25), box.min.y + ui.px(1)});
        if (ui.icon_button("compare.release", Icon::close, "Let the kept run go.  K", 24))
            desk.wish(Wish::Kind::compare);
    } else if (x + link_width < box.max.x) {
        ImGui::SetCursorScreenPos({box.max.x - link_width, box.min.y + ui.px(2)});
        if (ui.link("compare.differences", "differences",
                    "In numbers: what differs between the two runs.  Shift+K"))
            desk.view.differences = !desk.view.differences;
    }
    return height;
}

void draw_kept(const Desk& desk) {
    const ModelRun* kept = desk.session.kept_run();
    if (kept == nullptr || desk.view.levels) return;
    Ui& ui = desk.ui;
    const Player& player = desk.player;
    const Box& box = desk.layout.kept;
    ClockScene& scene = desk.scenes[kept_scene];
    scene.shows(desk.session.kept_number());
    // Who takes longer than the shown run comes to its end with that.
    const bool end = player.at_end() && !player.moving();
    const Nanoseconds now = end ? std::numeric_limits<Nanoseconds>::max() - 1 : player.now().time;
    const double motion = desk.view.still || player.fast() ? 0 : player.motion_seconds();
    scene.go_to(kept->timeline(), now, static_cast<double>(ImGui::GetIO().DeltaTime), motion);

    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ui.begin_card("kept", box, ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoScrollbar);
    const float inset = ui.px(1), line = draw_run_line(desk, box, true);
    const Rect picture{box.min.x + inset, box.min.y + inset + line, box.max.x - inset,
                       box.max.y - inset};
    ImGui::SetCursorScreenPos(picture.min());
    const bool clicked = ui.area("compare.scene", {picture.w(), picture.h()});
    const bool hovered = ImGui::IsItemHovered();
    StageView view = looks_of(desk);
    view.hidden = desk.view.hidden;
    view.camera = desk.view.camera.now();
    view.classes = desk.session.kept_options().classes;
    view.selected = desk.view.selected;
    view.pointed = desk.view.pointed;
    const StagePick under = scene.draw(ImGui::GetWindowDrawList(), picture, view, ImGui::GetTime());
    if (clicked) desk.view.selected = under;
    if (hovered && scene.position() > 0) {
        const std::size_t last = scene.position() - 1;
        ui.tip_at_mouse(
            sim::describe(kept->timeline(), last, scene.before(), desk.view.words).c_str());
    }
    ui.end_card();
    ImGui::PopStyleVar();
}

void draw_compare(const Desk& desk) {
    const ModelRun* kept = desk.session.kept_run();
    if (kept == nullptr || !desk.view.differences || desk.view.charts || desk.view.sweep) return;
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const Player& player = desk.player;
    // Over the kept scene, where that is large enough; the shown one stays in sight.
    const Box& scene = desk.layout.kept.height() > ui.px(300) ? desk.layout.kept : desk.layout.over;
    const Comparison& shown = desk.session.comparison();
    const auto rows_shown = std::count_if(
        shown.rows.begin(), shown.rows.end(),
        [](const sim::ComparedRow& row) { return row.first != 0 || row.second != 0; });

    ImGui::PushFont(ui.fonts().small);
    const float line = ImGui::GetTextLineHeight() + ui.px(3);
    // Over the kept scene, and over all of its width where that is not far more than needed.
    const float beside = desk.layout.kept.width() - ui.px(16);
    const bool fills = beside > ui.px(400) && beside < ui.px(620) && beside < scene.width();
    const float width = fills ? beside : std::min(ui.px(460), scene.width() - ui.px(24));
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
    if (ui.close_button("compare.close", "Close the numbers; both runs stay.  Shift+K"))
        desk.view.differences = false;
    ImGui::BeginChild("rows");
    ui.paragraph(changes.empty()
                     ? sim::tr("The same options: change one, or decide something yourself (I).")
                     : changes.c_str());
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(3)));
    const float edge = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
    const float column = std::min(ui.px(98), wrap * 0.225f);
    const float columns[] = {edge - 2 * column, edge - column, edge};
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
    ImGui::EndChild();
    ui.end_card();
    ImGui::PopFont();
    ImGui::PopStyleColor();
}

}  // namespace homeroom::app
