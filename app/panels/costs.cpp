// What things cost, over the scene: a slider for each cost of the model, and beside them the price
// list of this machine, if somebody has measured it.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "app/panels/panels.h"
#include "sim/glossary.h"

namespace homeroom::app {

std::string cost_label(const sim::CostInfo& info, sim::Words words) {
    const auto say = [words](const char* school, const char* field) {
        return sim::tr(words == sim::Words::field ? field : school);
    };
    struct Names {
        const char *name, *label;
    };
    const Names names[] = {
        {"coroutine-switch", say("to the next student", "coroutine switch")},
        {"system-call", say("to the office and back", "system call")},
        {"futex-wake", say("waking a table", "waking a thread")},
        {"wake-latency", say("until it is awake", "until it may run")},
        {"thread-create", say("opening a table", "thread creation")},
        {"thread-start", say("until it is open", "until it may run first")},
        {"thread-switch", say("to another table", "thread switch")},
        {"seat-again", say("back to the same table", "same thread again")},
        {"space-switch", say("to another class", "address space switch")},
        {"tlb-refill", say("its plan again", "TLB refill")},
        {"cache-refill", say("a cold board again", "cache refill")},
        {"cache-fade", say("until chalk fades", "until caches cool")},
        {"student-refill", say("after a theft", "after migration")},
        {"make-task", say("file card of a class", "making task_struct")},
        {"make-memory", say("its floor plan", "making mm_struct")},
        {"make-region", say("each part of a room", "each region")},
        {"make-page-table", say("each page of it", "each page table")},
        {"make-files", say("its cupboard", "making files_struct")},
        {"copy-region", say("copying a part of it", "copying a region")},
        {"copy-page-table", say("copying a page of it", "copying a page table")},
        {"read-program", say("reading the book", "exec: reading")},
        {"end-class", say("closing the class", "ending the process")},
        {"page-fault", say("a sheet in common", "page fault")},
        {"page-copy", say("copying that sheet", "copying that page")},
    };
    for (const Names& each : names)
        if (std::string_view(each.name) == info.name) return each.label;
    return info.name;
}

namespace {

// --- The model's costs. ---

// Places of the slider: 0 at the left, then from 1 ns to 10 ms on a logarithmic scale. A cost may
// be larger on the command line; there the knob stands at the right.
constexpr double slider_most_ns = 1e7;

float share_of(Nanoseconds cost) {
    if (cost < 1) return 0;
    const double share = std::log(static_cast<double>(cost)) / std::log(slider_most_ns);
    return 0.04f + 0.96f * std::min(static_cast<float>(share), 1.0f);
}

// Two digits: nobody can point more exactly.
Nanoseconds rounded(double ns) {
    double unit = 1;
    while (ns / unit >= 100) unit *= 10;
    return static_cast<Nanoseconds>(std::lround(ns / unit) * std::lround(unit));
}

Nanoseconds cost_at(float share) {
    if (share < 0.02f) return 0;
    if (share > 0.98f) return static_cast<Nanoseconds>(slider_most_ns);
    const double place = std::max(0.0, (static_cast<double>(share) - 0.04) / 0.96);
    return rounded(std::pow(slider_most_ns, place));
}

std::string tip_of(const Desk& desk, const sim::CostInfo& info) {
    const sim::Costs usual;
    std::string tip =
        std::string(sim::tr(info.words)) + "\n" +
        sim::phrase("at first {t}: {s}",
                    {{'t', sim::duration_text(usual.*info.field)}, {'s', sim::tr(info.source)}});
    if (!desk.prices.empty())
        tip += "\n" + sim::phrase("on this machine {t}",
                                  {{'t', sim::duration_text(desk.prices.costs.*info.field)}});
    return tip;
}

void draw_cost(const Desk& desk, const sim::CostInfo& info, sim::Costs& costs) {
    const Nanoseconds before = costs.*info.field;
    float share = share_of(before);
    int wheel = 0;
    const bool held = desk.ui.track(
        ("cost." + std::string(info.name)).c_str(), cost_label(info, desk.view.words).c_str(),
        sim::duration_text(before).c_str(), share, wheel, tip_of(desk, info).c_str(), 172);
    if (held) {
        costs.*info.field = cost_at(share);
    } else if (wheel > 0) {
        costs.*info.field = std::max(before + 1, rounded(static_cast<double>(before) * 1.25));
    } else if (wheel < 0) {
        costs.*info.field = rounded(static_cast<double>(before) * 0.8);
    }
}

// Off, a run is as Go's rules alone make it: to go on at another core costs no more than at the
// same one.
void draw_machine_choice(const Desk& desk, sim::RunOptions& run) {
    Ui& ui = desk.ui;
    sim::RunOptions plain = run;
    bool on = !run.classes.empty();
    if (on && !sim::make_plain(plain))
        return ui.label(desk.say("Classes, plans and chalk", "Address spaces, caches"));
    ImGui::Dummy({0, ui.px(2)});
    if (!ui.toggle("costs.machine", desk.say("classes, plans and chalk", "address spaces, caches"),
                   on,
                   desk.say("On: opening the class, learning its plan and cold boards cost time, "
                            "and the hall with the head teacher is seen.",
                            "On: opening the process, its translations and cold caches cost time, "
                            "and the kernel's run queues are seen.")))
        return;
    if (on)
        sim::make_machine(run);
    else
        run = plain;
}

void draw_sliders(const Desk& desk) {
    Ui& ui = desk.ui;
    sim::RunOptions run = desk.player.run();
    if (desk.player.world() == WorldKind::native)
        ui.paragraph("These are the model's; natively everything costs what it costs.", true);
    bool of_classes = false;
    for (const sim::CostInfo& info : sim::cost_infos()) {
        if (info.of_classes && !std::exchange(of_classes, true)) draw_machine_choice(desk, run);
        const Nanoseconds before = run.costs.*info.field;
        draw_cost(desk, info, run.costs);
        // Whoever sets one of these wants to see it.
        if (info.of_classes && run.costs.*info.field != before) sim::make_machine(run);
    }
    ImGui::Dummy({0, ui.px(4)});
    if (ui.button("costs.reset", "as at first", "All costs as the model has them by default."))
        run.costs = sim::Costs{};
    if (!desk.prices.empty()) {
        ImGui::SameLine();
        if (ui.button("costs.mine", "as on this machine", "The costs that were measured here."))
            run.costs = desk.prices.costs;
    }
    if (!(run == desk.player.run())) desk.want(command::ChangeRun{run});
}

// --- The price list. ---

struct CostRow {
    const char* name;  // of the Price; "": the heading of a group
    const char* label;
    const char* tip;
};

std::array<CostRow, 20> rows_of(const Desk& desk) {
    return {{
        {"", desk.say("Opening", "Opening"), ""},
        {"coroutine", desk.say("a student", "a coroutine"),
         desk.say("A student is sent in, and leaves.", "A coroutine: go, end.")},
        {"thread", desk.say("a table", "a thread"),
         desk.say("A table is opened, and put away.", "A thread: create, end, join.")},
        {"fork", desk.say("a class, copied", "a process, forked"),
         desk.say("A class is opened as a copy of another, and closed.",
                  "A process: fork, end, wait.")},
        {"fork-exec", desk.say("a class of its own", "a process, fork and exec"),
         desk.say("A class with another book is opened, and closed.",
                  "A process with another program: fork, exec, end, wait.")},
        {"", desk.say("Going on to", "Switching to"), ""},
        {"context-switch", desk.say("the next student, bare", "a coroutine, bare"),
         desk.say("The next student, without looking who is next.",
                  "Coroutine to coroutine: the bare switch of the registers.")},
        {"yield", desk.say("the next student", "a coroutine"),
         desk.say("The next student at the same table, by the list.",
                  "Coroutine to coroutine, with the scheduler: yield.")},
        {"thread-switch", desk.say("another table", "a thread"),
         desk.say("A table of the same class on the same teacher.",
                  "Thread to thread of one process on one core.")},
        {"process-switch", desk.say("another class", "a process"),
         desk.say("A table of another class: another lesson plan.",
                  "Process to process on one core: another address space.")},
        {"", desk.say("First look at a page", "First touch of a page"), ""},
        {"touch-warm", desk.say("just seen", "warm"),
         desk.say("A page that was looked at just before.", "A line touched just before.")},
        {"touch-after-thread", desk.say("after another table", "after a thread"),
         desk.say("After another table of the class had the teacher.",
                  "After another thread of the process had the core.")},
        {"touch-after-process", desk.say("after another class", "after a process"),
         desk.say("After another class had the teacher.", "After another process had the core.")},
        {"touch-fresh", desk.say("for the first time", "page fault"),
         desk.say("A page that the class did not have yet.",
                  "A page for the first time: a page fault.")},
        {"", desk.say("Room for one that waits", "Memory of one that waits"), ""},
        {"coroutine-bytes", desk.say("a student", "a coroutine"),
         desk.say("A student who waits.", "A coroutine that waits.")},
        {"thread-bytes", desk.say("a table", "a thread"),
         desk.say("A table that waits.", "A thread that waits, without what the kernel keeps.")},
        {"fork-bytes", desk.say("a class, copied", "a process, forked"),
         desk.say("A copied class that waits, beside what it shares.",
                  "A forked process that waits, beside what it shares.")},
        {"exec-bytes", desk.say("a class of its own", "a process, exec"),
         desk.say("A class with another book that waits.",
                  "A process with another program (cat) that waits.")},
    }};
}

// Where a value lies on the logarithmic scale of its unit, 0 to 1.
float place_of(double value, Measurement::Unit unit) {
    const bool bytes = unit == Measurement::Unit::bytes;
    const double least = bytes ? 100 : 1, most = bytes ? 1e7 : 1e7;
    return static_cast<float>(
        std::clamp(std::log(value / least) / std::log(most / least), 0.0, 1.0));
}

// A bar up to the median; on its end the middle half of the samples, and all of them.
void draw_bar(const Desk& desk, const Price& price, const Box& box, ImU32 colour) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const Theme& t = desk.ui.theme();
    auto x = [&](double value) { return box.min.x + box.width() * place_of(value, price.unit); };
    const Spread& s = price.spread;
    const float middle = std::round(box.centre().y), line = std::max(1.0f, desk.ui.px(1));
    list->AddRectFilled(box.min, box.max, t.control, desk.ui.px(3));
    list->AddRectFilled(box.min, {x(s.median), box.max.y}, with_alpha(colour, 0.75f),
                        desk.ui.px(3));
    list->AddLine({x(s.least), middle}, {x(s.most), middle}, t.text, line);
    list->AddRectFilled({x(s.lower_quartile), middle - 3 * line},
                        {x(s.upper_quartile) + line, middle + 3 * line}, t.text);
}

std::string tip_of(const CostRow& row, const Price* price) {
    if (price == nullptr)
        return std::string(row.tip) + "\n" + sim::tr("It could not be measured here.");
    auto text = [price](double value) { return price_text(value, price->unit); };
    const Spread& s = price->spread;
    return std::string(row.tip) + "\n" +
           sim::phrase("median {m}; half of the rounds {a} to {b}; all {c} to {d}",
                       {{'m', text(s.median)},
                        {'a', text(s.lower_quartile)},
                        {'b', text(s.upper_quartile)},
                        {'c', text(s.least)},
                        {'d', text(s.most)}});
}

void draw_price_rows(const Desk& desk) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const auto rows = rows_of(desk);
    const float each = std::clamp(
        ImGui::GetContentRegionAvail().y / static_cast<float>(rows.size()), ui.px(16), ui.px(26));
    const float size = std::min(ui.fonts().small->FontSize, each);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float labels = ui.px(182), values = ui.px(66);
    const std::array colours = {t.accent, t.running, t.away, t.waiting};
    std::size_t group = 0;
    float y = origin.y;
    for (const CostRow& row : rows) {
        const float text_y = std::round(y + (each - size) / 2);
        if (row.name[0] == 0) {
            if (&row != &rows.front()) ++group;
            list->AddText(ui.fonts().bold, size, {origin.x, text_y}, t.text, row.label);
            y += each;
            continue;
        }
        const Price* price = desk.prices.find(row.name);
        list->AddText(ui.fonts().small, size, {origin.x + ui.px(10), text_y}, t.text, row.label);
        const std::string value =
            price == nullptr ? "–" : price_text(price->spread.median, price->unit);
        const float wide = ui.fonts().bold->CalcTextSizeA(size, 1e6f, 0, value.c_str()).x;
        list->AddText(ui.fonts().bold, size, {origin.x + width - wide, text_y}, t.text,
                      value.c_str());
        const Box bar{{origin.x + labels, y + each * 0.18f},
                      {origin.x + width - values, y + each * 0.82f}};
        if (price != nullptr) draw_bar(desk, *price, bar, colours[group % colours.size()]);
        ImGui::SetCursorScreenPos({origin.x, y + 1});
        ui.area((std::string("price.") + row.name).c_str(), {width, std::floor(each) - 2});
        ui.tip(tip_of(row, price).c_str());
        y += each;
    }
}

void draw_measuring(const Desk& desk) {
    Ui& ui = desk.ui;
    if (desk.measuring.running()) {
        const std::string text =
            sim::phrase("measuring … {n} %",
                        {{'n', std::to_string(std::lround(desk.measuring.share() * 100))}});
        ImGui::ProgressBar(static_cast<float>(desk.measuring.share()), {ui.px(220), 0},
                           text.c_str());
        ui.remember("prices.progress");
        return;
    }
    if (ui.button("prices.measure", "measure this machine",
                  "Opens and switches for some seconds, in a process of its own, and keeps the "
                  "result. Do nothing else with the machine meanwhile."))
        desk.view.measure = true;
}

void draw_heading(const Desk& desk) {
    desk.ui.heading(desk.say("Price list of this machine", "Prices on this machine"));
    if (desk.ui.close_button("costs.close", "Back to the school.  E")) desk.view.prices = false;
}

void draw_price_list(const Desk& desk) {
    Ui& ui = desk.ui;
    if (desk.prices.empty()) {
        ui.paragraph(
            "Nobody has measured this machine yet. What does it cost here to open a process, a "
            "thread, a coroutine, and to go from one to another?");
    }
    if (!desk.measuring.problem().empty())
        ui.paragraph(
            sim::phrase("It was not measured: {s}", {{'s', desk.measuring.problem()}}).c_str());
    draw_measuring(desk);
    if (desk.prices.empty()) return;
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    ui.dim(desk.prices.machine.c_str());
    // Where it scrolls with what is below it, it is as high as it is.
    const float high =
        desk.layout.pocket ? ui.px(22) * static_cast<float>(rows_of(desk).size()) : 0;
    ImGui::BeginChild("prices", {0, high});
    draw_price_rows(desk);
    ImGui::EndChild();
}

// In a pocket: the prices first, and the sliders below them.
void draw_below_each_other(const Desk& desk) {
    draw_heading(desk);
    ImGui::BeginChild("both");
    draw_price_list(desk);
    desk.ui.heading(desk.say("What it costs in the model", "Costs in the model"));
    draw_sliders(desk);
    ImGui::EndChild();
}

void draw_beside_each_other(const Desk& desk) {
    Ui& ui = desk.ui;
    const Box& box = desk.layout.over;
    const float gap = ui.px(22), inner = box.width() - ui.px(28), left = inner * 0.42f;
    ImGui::BeginChild("sliders", {left, 0});
    ui.heading(desk.say("What it costs in the model", "Costs in the model"));
    draw_sliders(desk);
    ImGui::EndChild();
    ImGui::SameLine(0, gap);
    ImGui::BeginChild("list", {inner - left - gap, 0});
    draw_heading(desk);
    draw_price_list(desk);
    ImGui::EndChild();
}

}  // namespace

void draw_costs(const Desk& desk) {
    View& view = desk.view;
    if (!view.prices) return;
    Ui& ui = desk.ui;
    const Box& box = desk.layout.over;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(14), ui.px(10)));
    ui.begin_overlay("costs", box,
                     ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    desk.layout.pocket ? draw_below_each_other(desk) : draw_beside_each_other(desk);
    ui.end_card();
    ImGui::PopStyleVar();
}

}  // namespace homeroom::app
