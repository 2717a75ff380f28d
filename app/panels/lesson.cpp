// What runs: the lesson, the world, how much of everything, and by which rules.
#include "sim/lesson.h"

#include <algorithm>
#include <array>
#include <cfloat>
#include <cmath>
#include <cstdio>

#include "app/panels/panels.h"
#include "sim/glossary.h"

namespace homeroom::app {
namespace {

void draw_lesson_choice(const Desk& desk, sim::RunOptions& run) {
    Ui& ui = desk.ui;
    const sim::Lesson* now = sim::find_lesson(run.lesson);
    // A title may take two lines, which ImGui's own preview cannot.
    ImVec2 origin = ImGui::GetCursorScreenPos();
    float width = ImGui::GetContentRegionAvail().x;
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(ui.px(10), ui.px(16)));
    ImGui::SetNextItemWidth(width);
    ImGui::SetNextWindowSizeConstraints({width, 0}, {ui.px(400), ui.px(600)});
    ImDrawList* list = ImGui::GetWindowDrawList();  // the card's; an open list has its own
    bool open = ImGui::BeginCombo("##lesson", "",
                                  ImGuiComboFlags_HeightLargest | ImGuiComboFlags_NoArrowButton);
    ImGui::PopStyleVar();
    if (!open) ui.remember("lesson");
    float height = ImGui::GetTextLineHeight() + ui.px(32), wrap = width - ui.px(40);
    const char* title = now == nullptr ? run.lesson.c_str() : sim::tr(now->title);
    ImFont* bold = ui.fonts().bold;
    ImVec2 extent = bold->CalcTextSizeA(bold->FontSize, FLT_MAX, wrap, title);
    list->AddText(bold, bold->FontSize, {origin.x + ui.px(12), origin.y + (height - extent.y) / 2},
                  ui.theme().text, title, nullptr, wrap);
    ui.draw_list_arrow(list, {origin.x + width, origin.y + height / 2});
    if (!open) {
        if (now != nullptr) ui.tip(desk.say(now->about, now->field));
        return;
    }
    if (ImGui::Selectable(sim::tr("Lessons with questions …"))) desk.view.course = true;
    ui.remember("lesson.course");
    ui.tip("Cards that tell and ask; the run gives the answers.  L");
    for (const sim::Lesson& lesson : sim::lessons()) {
        // Each lesson is made for its own numbers; the seed is the user's.
        if (ImGui::Selectable(sim::tr(lesson.title), &lesson == now)) {
            std::uint64_t seed = run.seed;
            run = lesson.defaults;
            run.lesson = lesson.name;
            run.seed = seed;
        }
        ui.remember((std::string("lesson.") + lesson.name).c_str());
        ui.tip(desk.say(lesson.about, lesson.field));
    }
    ImGui::EndCombo();
}

void draw_world_choice(const Desk& desk) {
    Ui& ui = desk.ui;
    const char* worlds[] = {"model", "native"};
    int chosen = desk.player.world() == WorldKind::native ? 1 : 0;
    if (ui.choice("world", worlds, 2, chosen,
                  "Model: a machine in virtual time; each decision can be stepped, taken back and "
                  "explained.\n"
                  "Native: real threads of this computer in a process of their own.",
                  ImGui::GetContentRegionAvail().x))
        desk.want(command::ChangeWorld{chosen == 1 ? WorldKind::native : WorldKind::model});
}

// 1, 2, 5, 10, … microseconds, from the shortest lesson on.
std::int64_t round_length(int step) {
    constexpr std::array<std::int64_t, 3> digits{1, 2, 5};
    std::int64_t value = 1'000 * digits[static_cast<std::size_t>(step % 3)];
    for (int i = 0; i < step / 3; ++i) value *= 10;
    return value;
}

void draw_length(const Desk& desk, sim::RunOptions& run) {
    constexpr int steps = 22;  // round_length(21) is 10 s, the longest
    int step = 0;
    while (step + 1 < steps && round_length(step + 1) <= run.lesson_ns) ++step;
    auto share = static_cast<float>(step) / static_cast<float>(steps - 1);
    int wheel = 0, before = step;
    if (desk.ui.track("length", desk.say("length", "work"),
                      sim::duration_text(run.lesson_ns).c_str(), share, wheel,
                      "How long one stretch of work of a student takes."))
        step = static_cast<int>(std::lround(share * static_cast<float>(steps - 1)));
    step = std::clamp(step + wheel, 0, steps - 1);
    if (step != before) run.lesson_ns = round_length(step);
}

void draw_seed(const Desk& desk, sim::RunOptions& run) {
    Ui& ui = desk.ui;
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(sim::tr("seed"));
    ImGui::SameLine(ImGui::GetStyle().WindowPadding.x + ui.px(92));
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - ui.px(36));
    std::uint64_t seed = run.seed;
    if (ImGui::InputScalar("##seed", ImGuiDataType_U64, &seed)) run.seed = seed;
    ui.remember("seed");
    ui.tip("All chance in a run comes from this number: the same seed gives the same run.");
    ImGui::SameLine(0, ui.px(4));
    if (ui.icon_button("seed.dice", Icon::dice, "Another seed.  Shift+R", 32))
        run.seed = next_seed(run.seed);
}

void draw_numbers(const Desk& desk, sim::RunOptions& run) {
    Ui& ui = desk.ui;
    ui.slider("teachers", desk.say("teachers", "cores"), run.teachers, 1, sim::teachers_max, false,
              desk.say("How many tables can be attended at the same time.  (cores)",
                       "How many threads can run at the same time."));
    ui.slider(
        "clipboards", desk.say("clipboards", "processors"), run.clipboards, 1, sim::clipboards_max,
        false,
        desk.say(
            "How many tables may call students: a table needs a clipboard to do so.  (GOMAXPROCS)",
            "GOMAXPROCS: how many threads may run coroutines; each needs a P to do so."));
    std::uint32_t most = std::max(1'000u, run.students);
    ui.slider("students", desk.say("students", "coroutines"), run.students, 1, most, true,
              desk.say("How many students the lesson starts.",
                       "How many coroutines the program starts."));
    draw_length(desk, run);
    draw_seed(desk, run);
}

void draw_rules(const Desk& desk, sim::RunOptions& run) {
    Ui& ui = desk.ui;
    float half = ImGui::GetContentRegionAvail().x / 2;
    bool second = false;
    for (const sim::RuleInfo& rule : sim::rule_infos()) {
        std::string tip = std::string(desk.say(rule.school_words, rule.field_words)) +
                          "\nGo: " + rule.go_function;
        std::string label = rule.name;
        std::replace(label.begin(), label.end(), '-', ' ');
        label = sim::tr(label.c_str());
        // One that is too long for its column has a line of its own.
        const bool wide =
            ui.fonts().small->CalcTextSizeA(ui.fonts().small->FontSize, 1e6f, 0, label.c_str()).x +
                ui.px(32) >
            half;
        if (second && !wide) ImGui::SameLine(half + ImGui::GetStyle().WindowPadding.x);
        ui.toggle((std::string("rule.") + rule.name).c_str(), label.c_str(), run.rules.*rule.field,
                  tip.c_str());
        second = !second && !wide;
    }
}

void draw_native(const Desk& desk) {
    Ui& ui = desk.ui;
    const Options& options = desk.player.options();
    bool full = options.full_speed;
    if (ui.toggle(
            "full_speed", "full speed, then watch", full,
            "Let the class run as fast as the machine can, and look at the recording afterwards."))
        desk.want(command::ChangeFullSpeed{full});
    std::size_t teachers = desk.player.recording().lanes().teachers().size();
    if (teachers < desk.player.run().teachers)
        ui.paragraph(sim::phrase(desk.field_words() ? "This computer has {n} CPUs for this."
                                                    : "This computer has {n} teachers to lend.",
                                 {{'n', std::to_string(teachers)}})
                         .c_str(),
                     true);
    if (full) return;
    // On a logarithmic scale; the value is how long a millisecond of the lesson takes.
    auto share =
        static_cast<float>(std::log(options.pace / pace_min) / std::log(pace_max / pace_min));
    int wheel = 0;
    std::string text = sim::duration_text(static_cast<std::int64_t>(options.pace * 1e6));
    bool held = ui.track(
        "pace", "1 ms takes", text.c_str(), share, wheel,
        "How much slower than the machine the class works, so that one can watch real threads.");
    double pace =
        held ? pace_min * std::pow(pace_max / pace_min, static_cast<double>(share)) : options.pace;
    if (wheel != 0) pace *= wheel > 0 ? 1.25 : 0.8;
    if (pace != options.pace) desk.want(command::ChangePace{pace});
}

}  // namespace

std::uint64_t next_seed(std::uint64_t seed) {
    // Small numbers are easy to tell one's neighbour.
    return (seed * 6364136223846793005u + 1442695040888963407u) >> 33 & 0x3ff;
}

void draw_lesson(const Desk& desk) {
    sim::RunOptions run = desk.player.run();
    draw_lesson_choice(desk, run);
    draw_world_choice(desk);
    if (desk.player.world() == WorldKind::native) draw_native(desk);
    if (run.lesson == "own") draw_program(desk, run);
    draw_numbers(desk, run);
    desk.ui.heading("Rules");
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(desk.ui.px(8), desk.ui.px(4)));
    draw_rules(desk, run);
    ImGui::PopStyleVar();
    draw_kernel(desk, run);
    sim::share_numbers(run);
    if (std::string error; run.classes.size() == 1 && !sim::check_class(run.classes[0], error)) {
        run.students = desk.player.run().students;  // so many such a class cannot have
        sim::share_numbers(run);
    }
    if (desk.ui.link("copy", "copy this run",
                     sim::phrase("As text, for --run or for somebody else:\n{s}",
                                 {{'s', sim::to_string(run)}})
                         .c_str()))
        ImGui::SetClipboardText(sim::to_string(run).c_str());
    ImGui::SameLine(0, desk.ui.px(16));
    if (desk.ui.link("exports", "export …",
                     "Pictures, films, traces, counters, transcripts into files.  Ctrl+E"))
        desk.view.finder = View::exports;
    if (!(run == desk.player.run())) desk.want(command::ChangeRun{run});
}

}  // namespace homeroom::app
