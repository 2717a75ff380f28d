// The native classes: a card for each process, and what the kernel noted about their threads.
#include <algorithm>
#include <cmath>
#include <string>

#include "app/native_run.h"
#include "app/panels/panels.h"
#include "sim/glossary.h"

namespace homeroom::app {
namespace {

std::string class_name(const Desk& desk, std::size_t which) {
    return sim::phrase(desk.field_words() ? "process {n}" : "class {n}",
                       {{'n', std::to_string(which)}});
}

// "goes on, 4 tables", "ended by SIGKILL", ...
std::string state_of(const Desk& desk, const NativeRun& run) {
    const NativeClass* process = run.process();
    if (process == nullptr) return sim::tr("could not be started");
    if (!process->over()) {
        const auto& all = process->accounts().all();
        const auto threads = std::count_if(all.begin(), all.end(), [](const KernelAccount& each) {
            return !each.gone && each.table != KernelAccount::monitor;
        });
        return sim::phrase(desk.field_words() ? "{n} threads" : "{n} tables",
                           {{'n', std::to_string(threads)}});
    }
    if (!process->signal().empty()) return sim::phrase("ended by {s}", {{'s', process->signal()}});
    if (process->crashed()) return sim::tr("broke off");
    return process->report().empty() ? sim::tr("finished") : sim::tr("stuck");
}

bool went_wrong(const NativeRun& run) {
    return run.class_crashed() || !run.report().empty() || run.losses() > 0;
}

void draw_card(const Desk& desk, std::size_t which, const Box& box) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const NativeRun& run = desk.player.native(which);
    const std::string name = "native." + std::to_string(which + 1);
    const bool shown = which == desk.player.native_shown(), alive = !run.over();
    const float cross = alive ? ui.px(24) : 0;
    ImGui::SetCursorScreenPos(box.min);
    if (ui.area(name.c_str(), {box.width() - cross - ui.px(6), box.height()}))
        desk.want(command::ShowNative{which});
    const bool hovered = ImGui::IsItemHovered();
    std::string tip = desk.say("A class of its own: a real process. A click looks into its room.",
                               "A real process. A click shows it.");
    if (run.process() != nullptr && run.process()->pid() != 0)
        tip +=
            "\n" + sim::phrase("process number {n}", {{'n', std::to_string(run.process()->pid())}});
    if (!run.report().empty()) tip += "\n" + run.report().substr(0, run.report().find('\n'));
    if (run.losses() > 0)
        tip += "\n" + sim::phrase("{n} steps were lost: the class was faster than its recorder.",
                                  {{'n', with_commas(run.losses())}});
    ui.tip(tip.c_str());

    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImU32 ground = went_wrong(run) ? mix(t.panel, t.alert, 0.2f)
                         : hovered       ? t.control_hover
                                         : t.control;
    list->AddRectFilled(box.min, box.max, ground, ui.px(7));
    if (shown) list->AddRect(box.min, box.max, t.accent, ui.px(7), 0, ui.px(2));
    const float size = ui.fonts().small->FontSize, x = box.min.x + ui.px(10);
    const float top = std::round(box.centre().y - size - ui.px(1));
    list->PushClipRect(box.min, {box.max.x - cross - ui.px(4), box.max.y}, true);
    list->AddText(ui.fonts().bold, size, {x, top}, t.text, class_name(desk, which).c_str());
    list->AddText(ui.fonts().small, size, {x, top + size + ui.px(2)}, t.text_dim,
                  state_of(desk, run).c_str());
    list->PopClipRect();
    if (!alive) return;
    ImGui::SetCursorScreenPos({box.max.x - cross - ui.px(5), box.centre().y - cross / 2});
    if (ui.icon_button((name + ".kill").c_str(), Icon::close,
                       desk.say("End this class from outside (SIGKILL). The others go on.",
                                "Kill this process (SIGKILL). The others go on."),
                       24))
        desk.want(command::KillNative{which});
}

// All rooms in one school.
void draw_all_card(const Desk& desk, const Box& box) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    ImGui::SetCursorScreenPos(box.min);
    if (ui.area("native.all", box.size())) desk.want(command::ShowNative{desk.player.natives()});
    const bool hovered = ImGui::IsItemHovered();
    ui.tip(desk.say("All rooms in one school. A double click on one goes into it.",
                    "All processes in one picture. A double click on one goes nearer."));
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(box.min, box.max, hovered ? t.control_hover : t.control, ui.px(7));
    if (desk.player.natives_together())
        list->AddRect(box.min, box.max, t.accent, ui.px(7), 0, ui.px(2));
    const char* text = sim::tr("all");
    const ImVec2 size = ImGui::CalcTextSize(text);
    list->AddText({box.centre().x - size.x / 2, box.centre().y - size.y / 2}, t.text, text);
}

std::string table_name(const Desk& desk, const KernelAccount& account) {
    if (account.table == KernelAccount::monitor) return desk.say("the hall monitor", "sysmon");
    if (account.table == KernelAccount::nobody) return sim::tr("another");
    return name_of(static_cast<sim::TableId>(account.table), desk.view.words);
}

void cell(const std::string& text) {
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(text.c_str());
}

// Without the state and the teacher where there is little room: the inspector has both.
void draw_row(const std::string& name, const KernelAccount& account, bool all, bool few) {
    cell(name);
    if (!few) {
        cell(all ? std::string{} : sim::tr(state_words(account)));
        cell(all || account.core < 0 ? std::string{} : std::to_string(account.core));
    }
    cell(sim::duration_text(account.run_ns));
    cell(sim::duration_text(account.wait_ns));
    cell(with_commas(account.voluntary));
    cell(with_commas(account.involuntary));
}

void draw_table(const Desk& desk) {
    Ui& ui = desk.ui;
    constexpr ImGuiTableFlags flags =
        ImGuiTableFlags_RowBg | ImGuiTableFlags_SizingStretchProp | ImGuiTableFlags_ScrollY;
    const bool few = desk.layout.pocket;
    if (!ImGui::BeginTable("accounts", few ? 5 : 7, flags)) return;
    ImGui::TableSetupScrollFreeze(0, 1);
    const char* headings[] = {desk.say("table", "thread"),
                              sim::tr("state"),
                              desk.say("teacher", "core"),
                              desk.say("taught", "ran"),
                              desk.say("waited for a teacher", "waited for a core"),
                              desk.say("left by itself", "voluntary"),
                              desk.say("was sent away", "involuntary")};
    // Shares of our own: Dear ImGui would divide by the width of what is drawn, which may be 0.
    constexpr float shares[] = {1.6f, 1.3f, 0.8f, 1.2f, 1.7f, 1.2f, 1.2f};
    const auto shown = [&](std::size_t i) { return !few || (i != 1 && i != 2); };
    for (std::size_t i = 0; i < std::size(headings); ++i)
        if (shown(i))
            ImGui::TableSetupColumn(headings[i], ImGuiTableColumnFlags_WidthStretch, shares[i]);
    for (std::size_t i = 0; i < std::size(headings); ++i) {
        if (!shown(i)) continue;
        ImGui::TableNextColumn();
        ui.paragraph(headings[i], true);
    }
    for (std::size_t i = 0; i < desk.player.natives(); ++i) {
        const NativeClass* process = desk.player.native(i).process();
        if (process == nullptr) continue;
        ImGui::TableNextRow();
        ImGui::PushFont(ui.fonts().bold);
        draw_row(class_name(desk, i), process->accounts().sum(), true, few);
        ImGui::PopFont();
        for (const KernelAccount& account : process->accounts().all()) {
            ImGui::TableNextRow();
            draw_row("    " + table_name(desk, account), account, false, few);
        }
    }
    ImGui::EndTable();
}

}  // namespace

void draw_natives(const Desk& desk) {
    const std::size_t count = desk.player.natives();
    if (count == 0) return;
    Ui& ui = desk.ui;
    const Box& box = desk.layout.classes;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(6), ui.px(4)));
    ui.begin_card("classes", box, ImGuiWindowFlags_NoScrollbar);
    const float gap = ui.px(5), right = ui.px(150), inset = ui.px(4);
    const float all = count > 1 ? ui.px(46) : 0;
    const float room = box.width() - 2 * inset - right - all;
    const float each = std::min(ui.px(190), room / static_cast<float>(count) - gap);
    float x = box.min.x + inset;
    if (count > 1) {
        draw_all_card(desk, {{x, box.min.y + inset}, {x + all - gap, box.max.y - inset}});
        x += all;
    }
    for (std::size_t i = 0; i < count; ++i, x += each + gap)
        draw_card(desk, i, {{x, box.min.y + inset}, {x + each, box.max.y - inset}});
    const float y = box.centre().y - ImGui::GetFrameHeight() / 2;
    ImGui::SetCursorScreenPos({box.max.x - right, y});
    if (count < classes_max) {
        if (ui.button("native.open", "+",
                      desk.say("Open another class: a process of its own with the same lesson.",
                               "Start another process with the same program."),
                      30))
            desk.want(command::OpenNative{});
    } else {
        ImGui::Dummy({ui.px(30), 1});
    }
    ImGui::SameLine(0, gap);
    if (ui.button("native.accounts", "accounts",
                  "What the kernel of this computer noted about each thread.", 106))
        desk.view.accounts = !desk.view.accounts;
    ui.end_card();
    ImGui::PopStyleVar();
}

void draw_kernel_accounts(const Desk& desk) {
    if (!desk.view.accounts || desk.player.natives() == 0) return;
    Ui& ui = desk.ui;
    const Box& box = desk.layout.over;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(14), ui.px(10)));
    ui.begin_overlay("accounts", box);
    ui.heading(desk.say("What this computer's head teacher noted", "The kernel's own accounts"));
    ImGui::SameLine(box.width() - ui.px(14 + 28));
    if (ui.icon_button("accounts.close", Icon::close, "Back to the school.  Esc", 28))
        desk.view.accounts = false;
    ui.paragraph("From /proc/PID/task: switches, and time on a core and in a run queue.", true);
    draw_table(desk);
    ui.end_card();
    ImGui::PopStyleVar();
}

void draw_kernel_account(const Desk& desk, sim::TableId table) {
    if (desk.player.natives() == 0) return;
    const auto [which, number] = desk.player.native_table(table);
    const NativeClass* process = desk.player.native(which).process();
    if (process == nullptr) return;
    const KernelAccount* account = process->accounts().of_table(number);
    if (account == nullptr) return;
    Ui& ui = desk.ui;
    ui.label(desk.say("this computer's head teacher noted", "the kernel's own account"));
    ui.row("state", sim::tr(state_words(*account)));
    if (account->core >= 0)
        ui.row(desk.say("last teacher", "last core"), std::to_string(account->core));
    ui.row(desk.say("taught", "ran"), sim::duration_text(account->run_ns));
    ui.row(desk.say("waited for a teacher", "waited for a core"),
           sim::duration_text(account->wait_ns));
    ui.row(desk.say("left by itself", "voluntary switches"), with_commas(account->voluntary));
    ui.row(desk.say("was sent away", "involuntary switches"), with_commas(account->involuntary));
}

}  // namespace homeroom::app
