// The legend: what things look like and what they mean, always in the same corner.
#include "app/stage/legend.h"

#include <algorithm>
#include <string>

#include "app/panels/panels.h"

namespace homeroom::app {

namespace {

constexpr float row_units = 34;

// Key 0 is the tenth.
std::string key_of(std::size_t row) { return std::to_string((row + 1) % 10); }

void draw_row(const Desk& desk, std::size_t row) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const auto part = static_cast<Part>(row);
    const PartInfo& info = info_of(part);
    const std::string name = std::string("legend.") + info.id;
    const float width = ImGui::GetContentRegionAvail().x, height = ui.px(row_units - 4);
    const ImVec2 min = ImGui::GetCursorScreenPos();
    if (ui.area(name.c_str(), {width, height})) desk.view.hidden.toggle(part);
    const bool hovered = ImGui::IsItemHovered(), hidden = desk.view.hidden.has(part);
    ui.tip(sim::phrase("Show or hide it in the picture.  {k}", {{'k', key_of(row)}}).c_str());
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (hovered) list->AddRectFilled(min, {min.x + width, min.y + height}, t.control, ui.px(5));
    const float y = min.y + height / 2;
    draw_sample(desk.stage.sprites(), list, t, part, {min.x + ui.px(20), y}, ui.px(28));
    ListBrush brush(list);
    draw_badge(brush, info.glyph, {min.x + ui.px(48), y}, ui.px(17), t.*info.colour);
    const ImU32 ink = hidden ? t.text_dim : t.text;
    const float text_y = y - ImGui::GetTextLineHeight() / 2, text_x = min.x + ui.px(64);
    const char* words = desk.say(info.school, info.field);
    list->AddText({text_x, text_y}, ink, words);
    if (hidden) {
        // Crossed out, as it is in the picture.
        list->AddRectFilled(min, {min.x + ui.px(60), min.y + height}, with_alpha(t.panel, 0.6f));
        list->AddLine({text_x, y}, {text_x + ImGui::CalcTextSize(words).x, y}, ink, ui.px(1.5f));
    }
    list->AddText({min.x + width - ui.px(14), text_y}, t.text_dim, key_of(row).c_str());
}

}  // namespace

void draw_legend(const Desk& desk) {
    if (!desk.view.legend) return;
    Ui& ui = desk.ui;
    const Box& scene = desk.layout.scene;
    float words = 0;
    for (std::size_t row = 0; row < parts; ++row) {
        const PartInfo& info = info_of(static_cast<Part>(row));
        words = std::max(words, ImGui::CalcTextSize(desk.say(info.school, info.field)).x);
    }
    const float gap = ui.px(8), width = std::min(words + ui.px(64 + 20 + 2 * 12), scene.width()),
                height = std::min(ui.px(56 + row_units * parts), scene.height() - 2 * gap);
    const ImVec2 min{scene.max.x - gap - width, scene.min.y + gap};
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(12), ui.px(10)));
    ui.begin_overlay("legend", {min, {min.x + width, min.y + height}});
    ui.heading("Legend");
    if (ui.close_button("legend.close", "Close the legend.  Q")) desk.view.legend = false;
    ImGui::BeginChild("rows");
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, ui.px(4)));
    for (std::size_t row = 0; row < parts; ++row) draw_row(desk, row);
    ImGui::PopStyleVar();
    ImGui::EndChild();
    ui.end_card();
    ImGui::PopStyleVar();
}

}  // namespace homeroom::app
