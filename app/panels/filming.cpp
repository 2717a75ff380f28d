// How much of a film has been written, and the button that stops it.
#include <algorithm>

#include "app/panels/panels.h"

namespace homeroom::app {

void draw_filming(const Desk& desk) {
    View& view = desk.view;
    if (view.filmed < 0) return;
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const Box& scene = desk.layout.scene;
    const float width = std::min(ui.px(360), scene.width() - ui.px(16)), height = ui.px(54);
    const ImVec2 at{scene.max.x - width - ui.px(8), scene.min.y + ui.px(8)};
    ImGui::PushStyleColor(ImGuiCol_Border, t.accent);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(12), ui.px(8)));
    ui.begin_overlay("filming", {at, {at.x + width, at.y + height}},
                     ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    const float top = ImGui::GetCursorPosY();
    const char* stop = sim::tr("stop");
    const float button = ImGui::CalcTextSize(stop).x + ui.px(28);
    ui.dim(sim::phrase("A film is being written: {n} %",
                       {{'n', std::to_string(static_cast<int>(view.filmed * 100))}})
               .c_str());
    const ImVec2 left = ImGui::GetCursorScreenPos();
    const float wide = width - ui.px(36) - button, high = ui.px(6);
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(left, {left.x + wide, left.y + high}, t.control_active, high / 2);
    list->AddRectFilled(left, {left.x + wide * std::min(view.filmed, 1.0f), left.y + high},
                        t.accent, high / 2);
    ImGui::SetCursorPos({width - ui.px(12) - button, top + ui.px(2)});
    if (ui.button("filming.stop", stop, "The film is not wanted any more.  Esc", button / ui.px(1)))
        view.stop_filming = true;
    ui.end_card();
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
}

}  // namespace homeroom::app
