// Charts over the scene: how long the queues are, how busy the teachers, how often things changed,
// and how long students waited; over the whole run that is known, with the shown moment in it.
#include "app/panels/charts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "app/panels/strip.h"
#include "sim/glossary.h"

namespace homeroom::app {
namespace {

// Where a chart draws: its box without title and legend.
struct Plot {
    Box box;
    double top;  // the value at the upper edge

    float y(double value) const {
        const auto share = static_cast<float>(value / top);
        return box.max.y - std::min(share, 1.0f) * box.height();
    }
};

struct Series {
    const char* name;
    ImU32 colour;
    std::uint32_t Sample::*value;
};

// A round number that is not less.
double round_up(double value) {
    double step = 1;
    while (step * 10 < value) step *= 10;
    for (double factor : {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0}) {
        if (step * factor >= value) return step * factor;
    }
    return value;
}

void draw_scale(const Desk& desk, const Plot& plot, const char* unit) {
    const Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float size = ui.fonts().small->FontSize * 0.9f;
    for (double share : {0.0, 0.5, 1.0}) {
        const double value = plot.top * share;
        const float y = plot.y(value);
        list->AddLine({plot.box.min.x, y}, {plot.box.max.x, y}, with_alpha(t.text_dim, 0.25f));
        if (value != std::floor(value)) continue;
        const std::string text = with_commas(static_cast<std::uint64_t>(value)) + unit;
        const float width = ui.fonts().small->CalcTextSizeA(size, 1e6f, 0, text.c_str()).x;
        list->AddText(ui.fonts().small, size,
                      {plot.box.min.x - width - ui.px(5),
                       std::max(plot.box.min.y, y - size / 2) - (share == 0.0 ? size / 2 : 0.0f)},
                      t.text_dim, text.c_str());
    }
}

// The line's name, with a piece of it, right of the ones before.
float draw_key(const Desk& desk, ImVec2 at, const char* name, ImU32 colour) {
    const Ui& ui = desk.ui;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float size = ui.fonts().small->FontSize * 0.9f;
    list->AddRectFilled({at.x, at.y + size * 0.35f}, {at.x + ui.px(12), at.y + size * 0.65f},
                        colour, ui.px(2));
    list->AddText(ui.fonts().small, size, {at.x + ui.px(16), at.y}, ui.theme().text, name);
    return ui.px(30) + ui.fonts().small->CalcTextSizeA(size, 1e6f, 0, name).x;
}

Axis axis_of(const Desk& desk, const Box& box) {
    Axis axis{desk.player.timeline(), desk.view.lanes_by_time, box.min.x, box.width(), 0, 1};
    axis.span = std::max(1.0, axis.place(desk.player.known()));
    return axis;
}

// The sample in force at a decision; null before the first.
const Sample* sample_at(const std::vector<Sample>& samples, std::size_t decision) {
    auto it = std::partition_point(samples.begin(), samples.end(),
                                   [&](const Sample& s) { return s.decision <= decision; });
    return it == samples.begin() ? nullptr : &*(it - 1);
}

// Steps, not slopes: between two decisions nothing changes. Of several in one pixel one sees from
// where to where they go, and how the last of them goes on.
void draw_steps(const Desk& desk, const Plot& plot, const Axis& axis, const Series& series,
                bool filled) {
    const std::vector<Sample>& samples = desk.player.recording().tally().samples();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float thick = desk.ui.px(1.8f);
    std::vector<ImVec2> line;
    // What goes straight on is one stretch.
    const auto go_to = [&line](ImVec2 to) {
        const std::size_t n = line.size();
        if (n >= 2 && line[n - 2].y == to.y && line[n - 1].y == to.y) {
            line[n - 1] = to;
        } else if (n == 0 || line[n - 1].x != to.x || line[n - 1].y != to.y) {
            line.push_back(to);
        }
    };
    for (std::size_t i = 0; i < samples.size();) {
        const float x = axis.x(samples[i].decision);
        float y = plot.y(samples[i].*series.value), low = y, high = y;
        for (++i; i < samples.size() && axis.x(samples[i].decision) < x + 1; ++i) {
            y = plot.y(samples[i].*series.value);
            low = std::max(low, y);
            high = std::min(high, y);
        }
        const float next = i < samples.size() ? axis.x(samples[i].decision) : axis.right();
        if (filled) {
            list->AddRectFilled({x, low}, {std::max(next, x + 1), plot.box.max.y},
                                with_alpha(series.colour, 0.4f));
        }
        if (high < low)
            list->AddRectFilled({x - thick / 2, high}, {x + thick / 2, low}, series.colour);
        go_to({x, y});
        go_to({next, y});
    }
    list->AddPolyline(line.data(), static_cast<int>(line.size()), series.colour, 0, thick);
}

// Playhead, and the mouse: hover reads, a click goes there. Returns the decision under the mouse.
std::size_t handle_axis(const Desk& desk, const char* name, const Axis& axis, const Plot& plot) {
    Ui& ui = desk.ui;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float x = std::round(axis.x(desk.player.position()));
    list->AddLine({x, plot.box.min.y}, {x, plot.box.max.y}, ui.theme().accent, ui.px(1.5f));
    ImGui::SetCursorScreenPos(plot.box.min);
    ui.area(name, plot.box.size());
    const float mouse = std::clamp(ImGui::GetMousePos().x, axis.left, axis.right());
    const std::size_t there = axis.position(mouse);
    if (ImGui::IsItemActive()) {
        desk.want(command::Seek{there});
        desk.view.acted = true;
    }
    if (!ImGui::IsItemHovered()) return desk.player.position();
    list->AddLine({mouse, plot.box.min.y}, {mouse, plot.box.max.y},
                  with_alpha(ui.theme().text, 0.5f), 1);
    return there;
}

void draw_lines(const Desk& desk, const char* name, const char* title, const Box& box,
                std::span<const Series> all, double least_top, bool filled,
                const std::string& value = "") {
    const std::vector<Sample>& samples = desk.player.recording().tally().samples();
    double most = least_top;
    for (const Sample& sample : samples) {
        for (const Series& one : all) most = std::max(most, static_cast<double>(sample.*one.value));
    }
    Box inner = draw_frame(desk, box, title, value);
    const float key_high = all.size() > 1 ? desk.ui.px(18) : 0;
    ImVec2 key = inner.min;
    inner.min.y += key_high + desk.ui.px(4);
    const Plot plot{inner, all.size() > 1 ? round_up(most) : most};
    const Axis axis = axis_of(desk, inner);
    draw_scale(desk, plot, "");
    for (const Series& one : all) {
        // A key without room is left out: hovering reads its values, too.
        const float key_wide = ImGui::CalcTextSize(one.name).x + desk.ui.px(28);
        if (all.size() > 1 && key.x + key_wide < inner.max.x)
            key.x += draw_key(desk, key, one.name, one.colour);
        // A run that still grows may be known further than it was a moment ago.
        ImGui::GetWindowDrawList()->PushClipRect(inner.min, inner.max, true);
        draw_steps(desk, plot, axis, one, filled);
        ImGui::GetWindowDrawList()->PopClipRect();
    }
    const std::size_t there = handle_axis(desk, name, axis, plot);
    if (!ImGui::IsItemHovered()) return;
    const Sample* sample = sample_at(samples, there == 0 ? 0 : there - 1);
    if (sample == nullptr) return;
    std::string text =
        sim::phrase("decision {n}, at {t}",
                    {{'n', with_commas(there)}, {'t', sim::duration_text(sample->time)}});
    for (const Series& one : all)
        text += "\n" + std::string(one.name) + ": " + with_commas(sample->*one.value);
    desk.ui.tip_at_mouse(text.c_str());
}

std::string rounded(const char* form, double value) {
    char text[32];
    std::snprintf(text, sizeof text, form, value);
    return text;
}

double busy_share(const sim::School& school) {
    Nanoseconds busy = 0;
    for (const sim::Teacher& teacher : school.teachers) busy += teacher.busy_until(school.time);
    const auto all = static_cast<double>(school.time) * static_cast<double>(school.teachers.size());
    return all > 0 ? static_cast<double>(busy) / all : 0;
}

double finished_per_ms(const sim::School& school) {
    if (school.time <= 0) return 0;
    return static_cast<double>(school.counters.ends) * 1e6 / static_cast<double>(school.time);
}

// How busy the teachers were until the shown moment, and in all that is known: "47 / 87 %".
std::string utilisation(const Desk& desk) {
    return rounded("%.0f", busy_share(desk.player.now()) * 100) + " / " +
           rounded("%.0f %%", busy_share(desk.player.timeline().latest()) * 100);
}

// The same for how many have finished in a millisecond.
std::string throughput(const Desk& desk) {
    return sim::phrase("{n} / {m} per ms",
                       {{'n', rounded("%.1f", finished_per_ms(desk.player.now()))},
                        {'m', rounded("%.1f", finished_per_ms(desk.player.timeline().latest()))}});
}

void draw_changes(const Desk& desk, const Box& box) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const sim::Counters& now = desk.player.now().counters;
    const sim::Counters& all = desk.player.timeline().latest().counters;
    struct Row {
        const char* name;
        std::uint64_t now, all;
        ImU32 colour;
    };
    const Row rows[] = {
        {desk.say("changes of student", "coroutine switches"), now.student_switches,
         all.student_switches, t.running},
        {desk.say("teachers walked", "thread switches"), now.teacher_switches, all.teacher_switches,
         t.alert},
        {desk.say("thefts", "steals"), now.steals, all.steals, t.away},
        {desk.say("waits begun", "parks"), now.parks, all.parks, t.waiting},
        {desk.say("gave way", "yields"), now.yields, all.yields, t.ready},
        {desk.say("stopped by the bell", "preemptions"), now.preemptions, all.preemptions, t.alert},
        {desk.say("errands", "blocking calls"), now.errands, all.errands, t.asleep},
    };
    Box inner = draw_frame(desk, box, desk.say("Changes, by kind", "Switches, by kind"),
                           desk.say("so far / in all", "so far / in all"));
    inner.min.x = box.min.x + ui.px(10);
    std::uint64_t most = 1;
    for (const Row& row : rows) most = std::max(most, row.all);
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float high = inner.height() / static_cast<float>(std::size(rows));
    float size = std::min(ui.fonts().small->FontSize * 0.95f, high);
    auto text_width = [&](const char* text) {
        return ui.fonts().small->CalcTextSizeA(size, 1e6f, 0, text).x;
    };
    float names = 0;
    for (const Row& row : rows) names = std::max(names, text_width(row.name) + ui.px(10));
    // Where there is no room for the names they are smaller, and so are the numbers.
    const float names_max = inner.width() * 0.55f;
    if (names > names_max) size *= names_max / names;
    names = std::min(names, names_max);
    const float values = std::min(ui.px(104), inner.width() - names);
    const float room = inner.width() - names - values;
    float y = inner.min.y;
    int number = 0;
    for (const Row& row : rows) {
        const float x = inner.min.x + names, middle = y + high / 2, half = high * 0.3f;
        auto width_of = [&](std::uint64_t value) {
            return room * static_cast<float>(value) / static_cast<float>(most);
        };
        list->PushClipRect({inner.min.x, y}, {x, y + high}, true);
        list->AddText(ui.fonts().small, size, {inner.min.x, middle - size / 2}, t.text, row.name);
        list->PopClipRect();
        list->AddRectFilled({x, middle - half}, {x + width_of(row.all), middle + half},
                            with_alpha(row.colour, 0.3f), ui.px(2));
        list->AddRectFilled({x, middle - half}, {x + width_of(row.now), middle + half}, row.colour,
                            ui.px(2));
        const std::string value = with_commas(row.now) + " / " + with_commas(row.all);
        list->AddText(ui.fonts().small, size,
                      {inner.max.x - text_width(value.c_str()), middle - size / 2}, t.text,
                      value.c_str());
        ImGui::SetCursorScreenPos({inner.min.x, y + 1});
        ui.area(("charts.change" + std::to_string(number++)).c_str(),
                {inner.width(), std::max(1.0f, std::floor(high) - 2)});
        ui.tip(
            sim::phrase("{s}: {n} until the shown moment, {m} in all that is known of the run",
                        {{'s', row.name}, {'n', with_commas(row.now)}, {'m', with_commas(row.all)}})
                .c_str());
        y += high;
    }
}

// Where the charts are: two rows, the upper of four columns, the lower of three; or in a pocket,
// one below the other.
class Places {
public:
    Places(const Desk& desk, const Box& card)
        : gap_(desk.ui.px(8)), pocket_(desk.layout.pocket), high_(desk.ui.px(150)) {
        area_ = {{card.min.x + desk.ui.px(10), card.min.y + desk.ui.px(44)},
                 {card.max.x - desk.ui.px(10), card.max.y - desk.ui.px(10)}};
        if (!pocket_) return;
        area_.min = ImGui::GetCursorScreenPos();
        area_.max.x = area_.min.x + ImGui::GetContentRegionAvail().x;
    }
    Box upper(int column, int columns) const {
        if (pocket_) return row(std::max(0, column - 1));
        return cell(0, column, columns, 4);
    }
    Box lower(int column) const { return pocket_ ? row(3 + column) : cell(1, column, 1, 3); }

private:
    Box row(int number) const {
        const float top = area_.min.y + static_cast<float>(number) * (high_ + gap_);
        return {{area_.min.x, top}, {area_.max.x, top + high_}};
    }
    Box cell(int row, int column, int columns, int of) const {
        const auto all = static_cast<float>(of), wide = static_cast<float>(columns);
        const float w = (area_.width() - (all - 1) * gap_) / all, h = (area_.height() - gap_) / 2;
        const ImVec2 at{area_.min.x + static_cast<float>(column) * (w + gap_),
                        area_.min.y + static_cast<float>(row) * (h + gap_)};
        return {at, {at.x + wide * w + (wide - 1) * gap_, at.y + h}};
    }

    float gap_;
    bool pocket_;
    float high_;
    Box area_;
};

}  // namespace

Box draw_frame(const Desk& desk, const Box& box, const char* title, const std::string& value) {
    const Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(box.min, box.max, t.control, ui.px(8));
    const float size = ui.fonts().small->FontSize;
    const float width = ui.fonts().small->CalcTextSizeA(size, 1e6f, 0, value.c_str()).x;
    const float title_width = ui.fonts().bold->CalcTextSizeA(size, 1e6f, 0, title).x;
    const float room = box.width() - ui.px(20);
    list->AddText(ui.fonts().bold, title_width > room ? size * room / title_width : size,
                  {box.min.x + ui.px(10), box.min.y + ui.px(6)}, t.text, title);
    if (title_width + width + ui.px(28) < box.width())
        list->AddText(ui.fonts().small, size, {box.max.x - width - ui.px(10), box.min.y + ui.px(6)},
                      t.text_dim, value.c_str());
    const float head = size + ui.px(12);
    return {{box.min.x + ui.px(46), box.min.y + head},
            {box.max.x - ui.px(10), box.max.y - ui.px(8)}};
}

void draw_charts(const Desk& desk) {
    View& view = desk.view;
    if (!view.charts) return;
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    const Box& box = desk.layout.over;
    const Tally& tally = desk.player.recording().tally();
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(12), ui.px(8)));
    ui.begin_overlay("charts", box,
                     ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    ui.heading("Charts");
    ImGui::SameLine(0, ui.px(12));
    ui.dim(desk.player.over() ? "of the whole run" : "of the run as far as it is known");
    if (ui.close_button("charts.close", "Back to the school.  C")) view.charts = false;

    if (desk.layout.pocket) ImGui::BeginChild("all");
    const Places places(desk, box);
    const Series queues[] = {
        {desk.say("on clipboards", "in local queues"), t.away, &Sample::listed},
        {desk.say("on the bench", "in the global queue"), t.ready, &Sample::bench},
        {desk.say("waiting", "waiting"), t.waiting, &Sample::waiting}};
    draw_lines(desk, "charts.queues", desk.say("Who is in line, and who waits", "Queue lengths"),
               places.upper(0, 2), queues, 4, false);
    const Series busy[] = {{desk.say("teachers who teach", "cores that run a coroutine"), t.running,
                            &Sample::teaching}};
    draw_lines(desk, "charts.busy", desk.say("Teachers who teach", "Cores that run a coroutine"),
               places.upper(2, 1), busy, desk.player.run().teachers, true, utilisation(desk));
    const Series finished[] = {
        {desk.say("students who have finished", "coroutines that have ended"), t.ready,
         &Sample::finished}};
    draw_lines(desk, "charts.throughput", desk.say("Finished", "Throughput"), places.upper(3, 1),
               finished, 4, false, throughput(desk));
    draw_changes(desk, places.lower(0));
    draw_waits(desk, "charts.in_line", desk.say("Time in line", "Time runnable"), places.lower(1),
               tally.in_line(), t.ready);
    draw_waits(desk, "charts.waits", desk.say("Time waiting", "Time blocked"), places.lower(2),
               tally.waits(), t.waiting);
    if (desk.layout.pocket) ImGui::EndChild();
    ui.end_card();
    ImGui::PopStyleVar();
}

}  // namespace homeroom::app
