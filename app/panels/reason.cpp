// Why it was decided so: what was looked at, in which order, and what was found.
#include <cstdio>

#include "app/panels/panels.h"
#include "sim/lesson.h"

namespace homeroom::app {
namespace {

void draw_about(const Desk& desk) {
    const sim::Lesson* lesson = sim::find_lesson(desk.player.run().lesson);
    desk.ui.heading("About this lesson");
    if (lesson != nullptr) desk.ui.paragraph(desk.say(lesson->about, lesson->field));
}

void draw_rung(const Desk& desk, const sim::ReasonLine& rung) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const char* mark = rung.decisive ? "✓" : rung.skipped ? "·" : "–";
    ImU32 ink = rung.decisive ? t.accent : rung.skipped ? with_alpha(t.text_dim, 0.6f) : t.text;
    ImVec2 at = ImGui::GetCursorScreenPos();
    list->AddText(rung.decisive ? ui.fonts().bold : ui.fonts().regular,
                  ui.fonts().regular->FontSize, at, ink, mark);
    float left = ImGui::GetCursorPosX();
    ImGui::SetCursorPosX(left + ui.px(20));
    ImGui::PushFont(rung.decisive ? ui.fonts().bold : ui.fonts().regular);
    std::string text = rung.looked;
    if (!rung.found.empty()) text += (text.back() == '?' ? " " : ": ") + rung.found;
    ui.paragraph(text.c_str(), rung.skipped);
    ImGui::PopFont();
}

}  // namespace

void draw_what_if(const Desk& desk) {
    ImGui::BeginDisabled(!desk.player.can_ask() || desk.player.at_end());
    if (desk.ui.button("what_if", "What if …", "From here on, decide yourself who goes next.  I"))
        desk.want(command::AskFromHere{});
    ImGui::EndDisabled();
}

void draw_reason(const Desk& desk) {
    Ui& ui = desk.ui;
    const sim::Reason& reason = desk.reason;
    if (desk.player.position() == 0) return draw_about(desk);
    ImGui::PushFont(ui.fonts().bold);
    ui.paragraph(reason.rule.c_str());
    ImGui::PopFont();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(4)));
    for (const sim::ReasonLine& rung : reason.ladder) draw_rung(desk, rung);
    ImGui::PopStyleVar();
    if (!reason.go_function.empty()) {
        ImGui::PushFont(ui.fonts().mono);
        ui.paragraph(reason.go_function.c_str(), true);
        ImGui::PopFont();
    }
    if (!reason.fidelity.empty()) ui.paragraph(reason.fidelity.c_str(), true);
    const sim::Step& step = desk.player.timeline().step(
        desk.player.timeline().step_of_decision(desk.player.position() - 1));
    if (step.orders > 1) {
        char text[96];
        std::snprintf(text, sizeof text, "The order is one of %u that were possible here.",
                      unsigned{step.orders});
        ui.paragraph(text, true);
    }
    if (desk.layout.narrow) draw_what_if(desk);
}

}  // namespace homeroom::app
