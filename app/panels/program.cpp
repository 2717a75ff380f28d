// Your own program: the line of text that says what the students do.
#include <cstdio>
#include <string>

#include "app/panels/panels.h"
#include "sim/workload.h"

namespace homeroom::app {

void draw_program(const Desk& desk, sim::RunOptions& run) {
    Ui& ui = desk.ui;
    View& view = desk.view;
    // What is being typed is kept apart: only what can be read becomes the run.
    if (view.program_of != run.program) {
        view.program_of = run.program;
        std::string lines;  // a group each, since the box does not wrap
        for (const char c : run.program) lines += c == '/' ? std::string("/\n") : std::string(1, c);
        std::snprintf(view.program, sizeof view.program, "%s", lines.c_str());
    }
    ui.label("program");
    ImGui::InputTextMultiline(
        "##program", view.program, sizeof view.program,
        {ImGui::GetContentRegionAvail().x, 3 * ImGui::GetTextLineHeight() + ui.px(12)});
    ui.remember("program");
    ui.tip(
        "Groups of students with / between; n*… as many as the slider says, 3*… three. What each "
        "does, with commas: work, work:2ms, compute:2ms, sleep:1ms, errand:1ms, call:1ms, yield, "
        "lock, unlock, add, read, send, receive; again:4 begins anew, four times.");
    std::string text, error;
    for (const char* c = view.program; *c != '\0'; ++c)
        if (*c != ' ' && *c != '\n') text += *c;
    if (!sim::parse_workload(text, error)) {
        ImGui::PushStyleColor(ImGuiCol_Text, ui.theme().alert);
        ui.paragraph(error.c_str());
        ImGui::PopStyleColor();
        return;
    }
    ImGui::BeginDisabled(text == run.program);
    if (ui.button("program.run", "run it", "The run begins anew with this program.")) {
        run.program = text;
        view.program_of = text;
    }
    ImGui::EndDisabled();
}

}  // namespace homeroom::app
