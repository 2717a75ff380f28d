// The text twin of the picture: every decision as a sentence, up to the shown one and as far as the
// run is known. A click goes there.
#include <algorithm>
#include <string>

#include "app/panels/panels.h"
#include "app/panels/sentence.h"

namespace homeroom::app {
namespace {

void draw_line(const Desk& desk, std::size_t k, const sim::School& before, float height) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const sim::Timeline& film = desk.player.timeline();
    const sim::Reason reason = explain(film, k, before, desk.view.words, sim::Names::marked);
    const std::string name = "transcript." + std::to_string(k + 1);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const bool shown = k + 1 == desk.player.position(), future = k + 1 > desk.player.position();
    if (shown)
        list->AddRectFilled(at, {at.x + width, at.y + height}, with_alpha(t.accent, 0.16f),
                            ui.px(4));
    const float text_y = at.y + (height - ui.fonts().small->FontSize) / 2;
    const std::string number = with_commas(k + 1);
    const std::string time = sim::duration_text(film.step(film.step_of_decision(k)).time);
    ImFont* small = ui.fonts().small;
    list->AddText(small, small->FontSize, {at.x + ui.px(4), text_y}, t.text_dim, number.c_str());
    list->AddText(small, small->FontSize, {at.x + ui.px(58), text_y}, t.text_dim, time.c_str());
    if (ui.area((name + ".at").c_str(), {ui.px(142), height})) desk.want(command::Seek{k + 1});
    ui.tip("Go to this decision.");
    ImGui::SetCursorScreenPos({at.x + ui.px(146), text_y});
    list->PushClipRect(at, {at.x + width, at.y + height}, true);
    draw_sentence(desk, name.c_str(), {reason.caption, small, future ? t.text_dim : t.text},
                  at.x + std::max(width, ui.px(4000)));
    list->PopClipRect();
    ImGui::SetCursorScreenPos({at.x, at.y + height});
}

}  // namespace

void draw_transcript(const Desk& desk) {
    View& view = desk.view;
    if (!view.transcript) return;
    Ui& ui = desk.ui;
    const Box& box = desk.layout.over;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(12), ui.px(8)));
    ui.begin_overlay("transcript", box,
                     ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    ui.heading("Transcript");
    ImGui::SameLine(0, ui.px(12));
    ui.dim("every decision as a sentence; --transcript writes the same");
    ImGui::SameLine(box.width() - ui.px(12 + 28));
    if (ui.icon_button("transcript.close", Icon::close, "Back to the school.  F2", 28))
        view.transcript = false;
    ImGui::BeginChild("lines");
    const float height = ui.fonts().small->FontSize + ui.px(7);
    const sim::Timeline& film = desk.player.timeline();
    const std::size_t position = desk.player.position();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(film.decisions()), height);
    while (clipper.Step()) {
        if (clipper.DisplayStart >= clipper.DisplayEnd) continue;
        auto k = static_cast<std::size_t>(clipper.DisplayStart);
        sim::School before = k == 0 ? film.school_at(0) : film.school_after_decision(k - 1);
        std::size_t folded = k == 0 ? 0 : film.decision_end(k - 1);
        for (; k < static_cast<std::size_t>(clipper.DisplayEnd); ++k) {
            draw_line(desk, k, before, height);
            for (; folded < film.decision_end(k); ++folded) before.fold(film.step(folded));
        }
    }
    clipper.End();
    ImGui::PopStyleVar();
    // It goes along with the film, unless one has scrolled since.
    if (view.transcript_at != position) {
        view.transcript_at = position;
        const float line = height * static_cast<float>(position == 0 ? 0 : position - 1);
        const float top = ImGui::GetScrollY(), room = ImGui::GetWindowHeight() - 2 * height;
        if (line < top || line > top + room) ImGui::SetScrollY(std::max(0.0f, line - room * 0.6f));
    }
    ImGui::EndChild();
    ui.end_card();
    ImGui::PopStyleVar();
}

}  // namespace homeroom::app
