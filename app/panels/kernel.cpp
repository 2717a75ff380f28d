// The head teacher: by which policy the teachers go to tables, and what they did with their time.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "app/panels/panels.h"
#include "sim/glossary.h"

namespace homeroom::app {
namespace {

using sim::kernel::PolicyInfo;

constexpr const char* turns_title = "Turns";
constexpr const char* turns_words =
    "Who is ready first gets the first that is free; when none is, whoever has had its own the "
    "longest makes room after a quantum.\nAt the same moment: the one that was opened first.";

std::string tip_of(const Desk& desk, const PolicyInfo& info) {
    return std::string(desk.say(info.school_words, info.field_words)) + "\n" + sim::tr(info.tie);
}

void draw_policy_choice(const Desk& desk, sim::KernelOptions& kernel) {
    Ui& ui = desk.ui;
    const PolicyInfo* now =
        kernel.policy ? &sim::kernel::policy_info(kernel.policy->kind) : nullptr;
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
    const bool open = ui.begin_list("##policy", sim::tr(now == nullptr ? turns_title : now->title));
    if (!open) {
        ui.remember("policy");
        ui.tip(now == nullptr ? turns_words : tip_of(desk, *now).c_str());
        return;
    }
    if (ImGui::Selectable(sim::tr(turns_title), now == nullptr)) kernel.policy.reset();
    ui.remember("policy.turns");
    ui.tip(turns_words);
    for (const PolicyInfo& info : sim::kernel::policy_infos()) {
        if (ImGui::Selectable(sim::tr(info.title), &info == now)) {
            kernel.policy.emplace();
            kernel.policy->kind = info.kind;
        }
        ui.remember((std::string("policy.") + info.name).c_str());
        ui.tip(tip_of(desk, info).c_str());
    }
    ImGui::EndCombo();
}

// 10, 20, 50, 100, ... microseconds.
std::int64_t round_quantum(int step) {
    constexpr std::array<std::int64_t, 3> digits{1, 2, 5};
    std::int64_t value = sim::quantum_ns_min * digits[static_cast<std::size_t>(step % 3)];
    for (int i = 0; i < step / 3; ++i) value *= 10;
    return value;
}

void draw_quantum(const Desk& desk, sim::KernelOptions& kernel) {
    constexpr int steps = 13;  // round_quantum(12) is 100 ms: longer ones look like none
    int step = 0;
    while (step + 1 < steps && round_quantum(step + 1) <= kernel.quantum_ns) ++step;
    auto share = static_cast<float>(step) / static_cast<float>(steps - 1);
    int wheel = 0;
    const int before = step;
    if (desk.ui.track("quantum", "quantum", sim::duration_text(kernel.quantum_ns).c_str(), share,
                      wheel,
                      desk.say("How long a table keeps its teacher while others wait for one.",
                               "How long a thread keeps its core while others wait for one.")))
        step = static_cast<int>(std::lround(share * static_cast<float>(steps - 1)));
    step = std::clamp(step + wheel, 0, steps - 1);
    if (step != before) kernel.quantum_ns = round_quantum(step);
}

void draw_queues(const Desk& desk, sim::kernel::Queues& queues) {
    Ui& ui = desk.ui;
    bool own = queues.per_core;
    ui.toggle("queues.own", desk.say("a queue for each teacher", "a run queue for each core"), own,
              desk.say("Off: one queue for all teachers.", "Off: one run queue for all cores."));
    queues.per_core = own;
    const float half = ImGui::GetContentRegionAvail().x / 2;
    ui.toggle("queues.affinity", "affinity", queues.affinity,
              desk.say("A table waits for the teacher that it had last.",
                       "A thread goes back to the core that it had last."));
    if (!queues.per_core) return;
    ImGui::SameLine(half + ImGui::GetStyle().WindowPadding.x);
    ui.toggle("queues.balance", "balancing", queues.balance,
              desk.say("A teacher without tables takes one from the longest queue.",
                       "A core without threads takes one from the longest run queue."));
}

}  // namespace

void draw_kernel(const Desk& desk, sim::RunOptions& run) {
    if (desk.player.world() == WorldKind::native) return;  // there the computer's own decides
    desk.ui.heading(desk.say("Head teacher", "Kernel"));
    const float link = ImGui::CalcTextSize(sim::tr("costs …")).x;
    ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - link);
    if (desk.ui.link("costs", "costs …",
                     "What switching and opening cost in the model, and on this machine.  E"))
        desk.view.prices = !desk.view.prices;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(desk.ui.px(8), desk.ui.px(4)));
    draw_policy_choice(desk, run.kernel);
    const bool has_quantum =
        !run.kernel.policy || sim::kernel::policy_info(run.kernel.policy->kind).uses_quantum;
    if (has_quantum) draw_quantum(desk, run.kernel);
    if (run.kernel.policy) draw_queues(desk, run.kernel.queues);
    ImGui::PopStyleVar();
}

// One line for each teacher: a bar of running, on the way and idle, which are all of its time.
void draw_accounts(const Desk& desk) {
    Ui& ui = desk.ui;
    const sim::School& school = desk.player.now();
    if (school.time <= 0) return;
    const Theme& theme = ui.theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const auto whole = static_cast<float>(school.time);
    for (const sim::Teacher& teacher : school.teachers) {
        const Nanoseconds running = teacher.running_until(school.time);
        const Nanoseconds switching = teacher.switching_until(school.time);
        const Nanoseconds idle = teacher.idle_until(school.time);
        ImGui::TextUnformatted(name_of(teacher.id, desk.view.words).c_str());
        ImGui::SameLine(ImGui::GetStyle().WindowPadding.x + ui.px(92));
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float width = ImGui::GetContentRegionAvail().x, line = ImGui::GetTextLineHeight();
        const float top = at.y + line * 0.3f, bottom = at.y + line * 0.75f;
        const float ran = width * static_cast<float>(running) / whole;
        const float went = ran + width * static_cast<float>(switching) / whole;
        list->AddRectFilled({at.x, top}, {at.x + width, bottom}, theme.control);
        list->AddRectFilled({at.x, top}, {at.x + ran, bottom}, theme.accent);
        if (switching > 0)  // at least one pixel: it is there
            list->AddRectFilled({at.x + ran, top}, {at.x + std::max(went, ran + 1), bottom},
                                theme.alert);
        ui.area(("account." + std::to_string(index(teacher.id))).c_str(), {width, line});
        const std::string tip =
            sim::phrase(desk.field_words() ? "running {a}, switching {b}, idle {c}"
                                           : "teaching {a}, on the way {b}, idle {c}",
                        {{'a', sim::duration_text(running)},
                         {'b', sim::duration_text(switching)},
                         {'c', sim::duration_text(idle)}});
        ui.tip(tip.c_str());
    }
}

}  // namespace homeroom::app
