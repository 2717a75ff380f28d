// The text twin of the picture: every decision as a sentence, up to the shown one and as far as the
// run is known. A click goes there.
#include <algorithm>
#include <string>

#include "app/panels/panels.h"
#include "app/panels/sentence.h"

namespace homeroom::app {
namespace {

// How lines are laid out: number, time and sentence beside each other; or, where there is little
// room, the time below the number, and the sentence on two lines.
struct Columns {
    bool two_lines;
    float time, sentence, height;  // in pixels; where a line's parts begin
};

Columns columns_of(const Ui& ui, float width) {
    const float line = ui.fonts().small->FontSize;
    if (width < ui.px(800)) return {true, ui.px(4), ui.px(88), 2 * line * 1.18f + ui.px(8)};
    return {false, ui.px(58), ui.px(146), line + ui.px(7)};
}

void draw_line(const Desk& desk, std::size_t k, const sim::School& before, const Columns& columns) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const sim::Timeline& film = desk.player.timeline();
    const sim::Reason reason = explain(film, k, before, desk.view.words, sim::Names::marked);
    const std::string name = "transcript." + std::to_string(k + 1);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, height = columns.height;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const bool shown = k + 1 == desk.player.position(), future = k + 1 > desk.player.position();
    if (shown)
        list->AddRectFilled(at, {at.x + width, at.y + height}, with_alpha(t.accent, 0.16f),
                            ui.px(4));
    ImFont* small = ui.fonts().small;
    const float line = small->FontSize * 1.18f;
    Run run{reason.caption, small, future ? t.text_dim : t.text};
    // What is too long is written smaller.
    const float room = width - columns.sentence - ui.px(4);
    const float lines = columns.two_lines ? 2 : 1;
    ImVec2 extent = size_of_sentence(desk, {&run, 1}, room);
    for (run.size = small->FontSize; extent.y > lines * line + 1 && run.size > ui.px(9);) {
        run.size *= 0.94f;
        extent = size_of_sentence(desk, {&run, 1}, room);
    }
    const float top = at.y + (height - lines * line) / 2;
    const std::string number = with_commas(k + 1);
    const std::string time = sim::duration_text(film.step(film.step_of_decision(k)).time);
    list->AddText(small, small->FontSize, {at.x + ui.px(4), top}, t.text_dim, number.c_str());
    list->AddText(small, small->FontSize,
                  {at.x + columns.time, columns.two_lines ? top + line : top}, t.text_dim,
                  time.c_str());
    if (ui.area((name + ".at").c_str(), {columns.sentence - ui.px(4), height}))
        desk.want(command::Seek{k + 1});
    ui.tip("Go to this decision.");
    ImGui::SetCursorScreenPos({at.x + columns.sentence, at.y + (height - extent.y) / 2});
    draw_sentence(desk, name.c_str(), run, at.x + columns.sentence + room);
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
    if (!desk.layout.pocket) {
        ImGui::SameLine(0, ui.px(12));
        ui.dim("every decision as a sentence; --transcript writes the same");
    }
    if (ui.close_button("transcript.close", "Back to the school.  F2")) view.transcript = false;
    ImGui::BeginChild("lines");
    const Columns columns = columns_of(ui, ImGui::GetContentRegionAvail().x);
    const float height = columns.height;
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
            draw_line(desk, k, before, columns);
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
