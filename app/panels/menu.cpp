// In a pocket: what the transport bar has no room for, one at a time. Who has chosen sees the
// school again.
#include <cmath>

#include "app/keys.h"
#include "app/panels/panels.h"

namespace homeroom::app {
namespace {

struct MenuItem {
    const char *name, *label, *tip;
    void (*act)(const Desk& desk);
};

constexpr MenuItem items[] = {
    {"transport.start", "to the start", "To the start of the run.  Home",
     [](const Desk& desk) { desk.want(command::Seek{0}); }},
    {"transport.end", "to the end", "To the end of the run.  End",
     [](const Desk& desk) { desk.want(command::SeekEnd{}); }},
    {"transport.restart", "once more",
     "Start again with the same seed: the same run.  R\n"
     "With another seed: another run.  Shift+R",
     [](const Desk& desk) { desk.want(command::Restart{}); }},
    {"until", "Run until …",
     "Goes on to the next moment of a kind: a steal, a switch, a full list …  U\n"
     "The same again.  Shift+U",
     [](const Desk& desk) { desk.view.open_until = true; }},
    {"what_if", "What if …", "From here on, decide yourself who goes next.  I",
     [](const Desk& desk) { desk.want(command::AskFromHere{}); }},
    {"course", "Lessons …", "Cards that tell and ask; the run gives the answers.  L",
     [](const Desk& desk) { desk.view.course = true; }},
    {"charts", "Charts", "Charts: queues, busy teachers, changes, waiting times.  C",
     [](const Desk& desk) { desk.view.charts = true; }},
    {"legend", "Legend", "Legend: what things look like.  Q",
     [](const Desk& desk) { desk.view.legend = true; }},
    {"transcript", "Transcript", "The text twin of the picture.  F2",
     [](const Desk& desk) { desk.view.transcript = true; }},
    {"levels", "Four levels", "One lesson at four levels, side by side.  F4", toggle_levels},
    {"find", "Find …", "Find a student, a table, a clipboard by name or number.  /",
     [](const Desk& desk) { desk.view.finder = View::search; }},
    {"all", "All else …", "Everything that can be done, by name.  Ctrl+K",
     [](const Desk& desk) { desk.view.finder = View::palette; }},
    {"panels", "Presenter", "Presenter mode: large type, few panels.  P",
     [](const Desk& desk) { desk.view.alone = !desk.view.alone; }},
    {"theme", "Colours", "Light, dark, or hard contrasts for a projector.  T",
     [](const Desk& desk) { desk.view.next_theme(); }},
    {"help", "Keys", "All keys on one sheet.  ?", [](const Desk& desk) { desk.view.help = true; }},
};

}  // namespace

void draw_menu(const Desk& desk) {
    View& view = desk.view;
    if (!desk.layout.pocket || !view.menu) return;
    Ui& ui = desk.ui;
    ui.begin_card("menu", desk.layout.over,
                  ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    const char* words[] = {"school", "field"};
    int chosen = desk.field_words() ? 1 : 0;
    if (ui.choice("words", words, 2, chosen,
                  "Words of the school (teacher, table, clipboard, student) or of the field (core, "
                  "thread M, "
                  "processor P, coroutine G).  V",
                  ui.px(150)))
        view.words = chosen == 1 ? sim::Words::field : sim::Words::school;
    ImGui::SameLine();
    if (ui.close_button("menu.close", "Back to the school.  Esc")) view.menu = false;
    ImGui::BeginChild("items");
    if (view.keys == View::Keys::menu && desk.teaching == nullptr) ui.scroll_by_keys(false);
    const float gap = ImGui::GetStyle().ItemSpacing.x, whole = ImGui::GetContentRegionAvail().x;
    const int columns = whole >= ui.px(480) ? 4 : 3;
    const float each =
        (whole - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    int column = 0;
    for (const MenuItem& item : items) {
        if (column > 0) ImGui::SameLine();
        column = (column + 1) % columns;
        if (!ui.button(item.name, item.label, item.tip, each / ui.px(1))) continue;
        view.menu = false;
        item.act(desk);
    }
    ImGui::Dummy({0, ui.px(2)});
    const ImVec2 at = ImGui::GetCursorScreenPos();
    draw_speed(desk, whole - ui.px(4));
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy({0, ui.px(48)});
    ImGui::EndChild();
    ui.end_card();
}

}  // namespace homeroom::app
