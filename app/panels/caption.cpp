// The caption: one sentence, in large type, about what just happened and why.
#include <algorithm>
#include <string>

#include "app/panels/panels.h"
#include "app/panels/sentence.h"
#include "sim/lesson.h"

namespace homeroom::app {

void draw_caption(const Desk& desk) {
    Ui& ui = desk.ui;
    const Box& box = desk.layout.caption;
    std::string text = desk.reason.caption;
    if (text.empty()) {
        const sim::Lesson* lesson = sim::find_lesson(desk.player.run().lesson);
        text = lesson == nullptr ? desk.player.run().lesson : sim::tr(lesson->title);
    }

    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ui.begin_card("caption", box,
                  ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    // As large as it fits on two lines.
    const float width = box.width() - ui.px(32), room = box.height() - ui.px(4);
    Run run{text, ui.fonts().large, ui.theme().text};
    ImVec2 extent = size_of_sentence(desk, {&run, 1}, width);
    for (ImFont* smaller : {ui.fonts().bold, ui.fonts().small}) {
        if (extent.y <= room) break;
        run.font = smaller;
        extent = size_of_sentence(desk, {&run, 1}, width);
    }
    ImGui::SetCursorScreenPos(
        {box.min.x + ui.px(16), box.min.y + std::max(ui.px(2), (box.height() - extent.y) / 2)});
    draw_sentence(desk, "caption", run, box.max.x - ui.px(16));
    ui.end_card();
    ImGui::PopStyleVar();
}

}  // namespace homeroom::app
