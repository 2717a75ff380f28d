// The sheet of keys.
#include <algorithm>
#include <iterator>

#include "app/panels/panels.h"

namespace homeroom::app {
namespace {

struct Key {
    const char* key;
    const char* does;
};

constexpr Key keys[] = {
    {"Space", "play, pause"},
    {"→", "one decision forward; held: faster and faster"},
    {"←", "one decision back"},
    {"Home   End", "to the start, to the end"},
    {"+   −", "faster, slower"},
    {"R", "start again: same seed, same run"},
    {"Shift R", "start again with another seed"},
    {"U", "run until a moment: the next steal, switch, wait …"},
    {"Shift U   .   ,", "the same moment again; the next one, the one before"},
    {"[   ]", "to who woke the selected student, whom it wakes"},
    {"I", "what if: choose yourself who goes next"},
    {"G", "be the scheduler: say who is called next"},
    {"K   Shift K", "keep this run beside the next one; what differs"},
    {"X", "sweep: vary a setting"},
    {"M   Shift M", "bookmark, also of what is measured; none"},
    {"N   Shift N", "next bookmark, the one before"},
    {"Ctrl Z   Ctrl Y", "back to where I was, forward again"},
    {"Ctrl S   Ctrl O", "save the run, open one"},
    {"Ctrl E", "export: pictures, films, files for other programs"},
    {"Ctrl C   Ctrl V", "copy the run as a command line, paste one"},
    {"1 … 9", "answer, when asked"},
    {"L", "the lessons with questions"},
    {"Page Down   Up", "next card (first its answer), the one before"},
    {"Y", "votes of the class: number keys count them"},
    {"J", "reduced motion"},
    {"B", "dark screen, and back"},
    {"V", "words of the school, words of the field"},
    {"T", "light, dark, or hard contrasts for a projector"},
    {"P", "presenter mode: large type, few panels, hard contrasts"},
    {"Q", "legend; 1 … 9, 0 show and hide its things"},
    {"Tab", "next card, in a small window"},
    {"Ctrl +   Ctrl −   Ctrl 0", "larger, smaller, as at first"},
    {"/", "find a student, a table, a clipboard by name or number"},
    {"Ctrl K", "everything that can be done, by name"},
    {"C", "charts: queues, teachers, changes, waiting times"},
    {"F2   F3   F4", "transcript; what is simplified; four levels"},
    {"E", "costs, and the price list of this machine"},
    {"F6   Shift F6", "next control, the one before; Enter, ↑ ↓ use it"},
    {"F11", "full screen"},
    {"Esc", "close, deselect"},
    {"Ctrl Q", "quit"},
    {"?", "this sheet"},
    {"click", "in the picture: look at whatever is there"},
    {"W   S   A   D", "in the timeline: larger, smaller, left, right"},
    {"F", "in the timeline: centre the selection; again: fit it"},
    {"Z   Backspace   H", "in the picture: nearer, farther, all of it"},
    {"O   }", "follow what is selected (Esc: no more); the next room"},
    {"Ctrl → ← ↑ ↓", "in the picture: move it, when it is near"},
    {"wheel, drag", "in the picture: nearer, farther, move;  twice: enter"},
    {"wheel, Ctrl wheel", "in the timeline: other lanes or zoom;  Shift: move"},
    {"click, drag", "in the timeline: go there, measure;  Ctrl drag: zoom"},
};

}  // namespace

void draw_help(const Desk& desk) {
    if (!desk.view.help) return;
    Ui& ui = desk.ui;
    ImVec2 window = ImGui::GetIO().DisplaySize;
    const int columns = window.x < ui.px(1000) ? 1 : 2;
    const std::size_t rows = (std::size(keys) + static_cast<std::size_t>(columns) - 1) /
                             static_cast<std::size_t>(columns);
    const float row = ImGui::GetTextLineHeight() + ui.px(5), pad = ui.sheet_padding();
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(pad, pad * 0.8f));
    ui.begin_sheet("help", ui.sheet_box(ui.px(columns == 1 ? 640 : 1180),
                                        row * (static_cast<float>(rows) + 1) + ui.px(66)));
    ui.heading("Keys");
    if (ui.close_button("help.close", "Close.  Esc")) desk.view.help = false;
    if (Fonts::can_write(sim::Language::chinese)) {
        const ImVec2 below = ImGui::GetCursorPos();
        const char* languages[] = {"English", "中文"};
        int chosen = desk.view.language == sim::Language::chinese ? 1 : 0;
        const float wide = ui.px(170);
        ImGui::SetCursorPos(
            {ImGui::GetWindowContentRegionMax().x - ui.px(28 + 14) - wide, pad * 0.8f});
        if (ui.choice("language", languages, 2, chosen, "The language of all texts.", wide))
            desk.view.language = chosen == 1 ? sim::Language::chinese : sim::Language::english;
        ImGui::SetCursorPos(below);
    }
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(5)));
    ImGui::BeginChild("rows");
    if (desk.view.keys == View::Keys::sheet) ui.scroll_by_keys(true);
    if (ImGui::BeginTable("keys", columns)) {
        for (std::size_t i = 0; i < rows * static_cast<std::size_t>(columns); ++i) {
            ImGui::TableNextColumn();
            // Down the first column, then down the second.
            const std::size_t k = columns == 1 ? i : i / 2 + i % 2 * rows;
            if (k >= std::size(keys)) continue;
            ImGui::PushFont(ui.fonts().bold);
            ImGui::TextUnformatted(keys[k].key);
            ImGui::PopFont();
            if (desk.layout.pocket) {
                ImGui::Indent(ui.px(14));  // no room beside each other
                ui.paragraph(keys[k].does);
                ImGui::Unindent(ui.px(14));
                continue;
            }
            ImGui::SameLine(ui.px(columns == 1 ? 212 : 188));
            ui.paragraph(keys[k].does);
        }
        ImGui::EndTable();
    }
    ImGui::EndChild();
    ImGui::PopStyleVar();
    ui.end_card();
    ImGui::PopStyleVar();
}

}  // namespace homeroom::app
