// The caption: one sentence, in large type, about what just happened and why.
#include <algorithm>
#include <cfloat>
#include <string>

#include "app/panels/panels.h"
#include "sim/lesson.h"

namespace homeroom::app {

void draw_caption(const Desk& desk) {
    Ui& ui = desk.ui;
    const Box& box = desk.layout.caption;
    std::string text = desk.reason.caption;
    if (text.empty()) {
        const sim::Lesson* lesson = sim::find_lesson(desk.player.run().lesson);
        text = lesson == nullptr ? desk.player.run().lesson : lesson->title;
    }

    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ui.begin_card("caption", box, ImGuiWindowFlags_NoInputs);
    // As large as it fits on two lines.
    float width = box.width() - ui.px(32), room = box.height() - ui.px(4);
    ImFont* font = ui.fonts().large;
    ImVec2 extent = font->CalcTextSizeA(font->FontSize, FLT_MAX, width, text.c_str());
    for (ImFont* smaller : {ui.fonts().bold, ui.fonts().small}) {
        if (extent.y <= room) break;
        font = smaller;
        extent = font->CalcTextSizeA(font->FontSize, FLT_MAX, width, text.c_str());
    }
    ImDrawList* list = ImGui::GetWindowDrawList();
    ImVec2 at{box.min.x + ui.px(16), box.min.y + std::max(ui.px(2), (box.height() - extent.y) / 2)};
    list->AddText(font, font->FontSize, at, ui.theme().text, text.c_str(), nullptr, width);
    ui.end_card();
    ImGui::PopStyleVar();
}

}  // namespace homeroom::app
