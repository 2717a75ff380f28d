// The list of lessons with questions, and how far one has come; and the dark screen.
#include <algorithm>
#include <string>
#include <vector>

#include "app/panels/panels.h"
#include "app/teach/lesson_files.h"
#include "sim/glossary.h"

namespace homeroom::app {

using TeachKind = TeachWish::Kind;

void draw_course(const Desk& desk) {
    Ui& ui = desk.ui;
    ImVec2 window = ImGui::GetIO().DisplaySize;
    if (desk.view.blank)
        ImGui::GetForegroundDrawList()->AddRectFilled({0, 0}, window, IM_COL32(0, 0, 0, 255));
    if (!desk.view.course) return;
    const std::vector<CourseEntry>& entries = course_entries();
    const float row = ImGui::GetFrameHeightWithSpacing(), pad = ui.sheet_padding();
    // In two columns, where the window is wide enough: then all are seen at once.
    const std::size_t columns = window.x >= ui.px(1000) ? 2 : 1;
    const std::size_t rows = (entries.size() + columns - 1) / columns;
    const float height = row * (static_cast<float>(rows) + 2) + ui.px(86);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(pad, pad * 0.8f));
    ui.begin_sheet("course", ui.sheet_box(ui.px(columns == 2 ? 960 : 620), height));
    ui.heading("Lessons with questions");
    if (ui.close_button("course.close", "Close.  Esc")) desk.view.course = false;
    const float bottom = ImGui::GetFrameHeightWithSpacing() + ui.px(6);
    ImGui::BeginChild("lessons", {0, ImGui::GetContentRegionAvail().y - bottom});
    if (desk.view.keys == View::Keys::sheet) ui.scroll_by_keys(false);  // arrows choose
    // Beside each, how far one has come; or below it, where there is no room.
    const float scores = desk.layout.pocket ? 0 : ui.px(columns == 2 ? 126 : 150);
    const float wide = ImGui::GetContentRegionAvail().x / static_cast<float>(columns);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const CourseEntry& entry = entries[i];
        if (columns == 2)
            ImGui::SetCursorPos(
                {wide * static_cast<float>(i / rows), row * static_cast<float>(i % rows)});
        const std::string tip = sim::phrase("Some believe: {x}", {{'x', entry.repairs}}) + "\n" +
                                sim::tr("Take this lesson.");
        if (ui.button(("course." + entry.name).c_str(), entry.title.c_str(), tip.c_str(),
                      (wide - scores) / ui.px(1)))
            desk.teach = {TeachKind::start, entry.name, 0};
        const Progress::Score score = desk.progress.of(entry.name);
        if (scores > 0) {
            ImGui::SameLine();
            ImGui::AlignTextToFramePadding();
        } else if (score.answered + score.votes == 0) {
            continue;
        }
        ui.dim(
            score.answered == 0 && score.votes > 0
                ? sim::phrase("votes: {n} of {m} right", {{'n', std::to_string(score.votes_right)},
                                                          {'m', std::to_string(score.votes)}})
                      .c_str()
            : score.answered == 0
                ? "new"
                : sim::phrase("{n} of {m} right", {{'n', std::to_string(score.right)},
                                                   {'m', std::to_string(score.answered)}})
                      .c_str());
    }
    ImGui::EndChild();
    if (ui.button("course.quiz", "A quiz from random runs",
                  "Questions drawn from a seed; the same as homeroom quiz --seed N prints.")) {
        desk.teach = {TeachKind::start, "quiz:" + std::to_string(desk.view.quiz_seed++), 0};
    }
    ui.end_card();
    ImGui::PopStyleVar();
}

}  // namespace homeroom::app
