// One lesson at four levels, side by side on one clock: a class for each student, a table for each,
// students at several tables, students at one. Below each scene what it has cost so far.
#include "sim/teach/levels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "app/panels/panels.h"

namespace homeroom::app {
namespace {

struct Number {
    const char* label;
    std::string value;
};

std::int64_t measured(const char* name, const LevelRuns::Level& level, const ClockScene& scene) {
    return sim::find_measure(name)->value(level.film->timeline(), scene.position(), scene.now());
}

std::string text_of(const char* name, const LevelRuns::Level& level, const ClockScene& scene) {
    return sim::value_text(*sim::find_measure(name), measured(name, level, scene));
}

// All that the table of the command line has, as far as the clock has come.
std::string tip_of(const Desk& desk, const LevelRuns::Level& level, const ClockScene& scene) {
    std::string tip;
    for (const sim::LevelMeasure& each : sim::level_measures())
        tip += std::string(desk.say(each.school, each.field)) + ": " +
               text_of(each.measure, level, scene) + "\n";
    return tip + sim::tr("Click: this run alone, from this moment on.");
}

void write(ImDrawList* list, ImFont* font, ImVec2 at, ImU32 ink, const std::string& text) {
    list->AddText(font, font->FontSize, at, ink, text.c_str());
}

float width_of(ImFont* font, const std::string& text) {
    return font->CalcTextSizeA(font->FontSize, 1e9f, 0, text.c_str()).x;
}

void draw_head(const Desk& desk, const LevelRuns::Level& level, const Rect& head, bool over) {
    const Theme& t = desk.ui.theme();
    const Fonts& fonts = desk.ui.fonts();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const std::string_view name = level.level.level;
    const std::string title = sim::tr(sim::name_of_level(name, desk.view.words));
    write(list, fonts.bold, {head.x0, head.y0}, t.text, title);
    float end = head.x1;
    if (over) {
        const std::string text = sim::tr("over");
        end -= width_of(fonts.small, text);
        write(list, fonts.small, {end, head.y0 + desk.ui.px(2)}, t.text_dim, text);
    }
    const sim::Words other = desk.field_words() ? sim::Words::school : sim::Words::field;
    const std::string also = sim::tr(sim::name_of_level(name, other));
    const float x = head.x0 + width_of(fonts.bold, title) + desk.ui.px(8);
    if (x + width_of(fonts.small, also) < end - desk.ui.px(8))
        write(list, fonts.small, {x, head.y0 + desk.ui.px(2)}, t.text_dim, also);
}

// How much of the longest of the four runs has passed, and where this one ends.
void draw_clock(const Desk& desk, const LevelRuns::Level& level, const Rect& bar, Nanoseconds now) {
    const Theme& t = desk.ui.theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const auto longest =
        static_cast<float>(std::max<Nanoseconds>(1, desk.session.levels().longest()));
    const Nanoseconds own = level.film->timeline().duration();
    const auto x = [&](Nanoseconds at) {
        return bar.x0 + bar.w() * std::min(1.0f, static_cast<float>(at) / longest);
    };
    list->AddRectFilled(bar.min(), bar.max(), t.control, bar.h() / 2);
    list->AddRectFilled(bar.min(), {x(own), bar.y1}, with_alpha(t.accent, 0.35f), bar.h() / 2);
    if (now > 0)
        list->AddRectFilled(bar.min(), {x(std::min(now, own)), bar.y1}, t.accent, bar.h() / 2);
}

// Labels above values, in columns.
void draw_numbers(const Desk& desk, const LevelRuns::Level& level, const ClockScene& scene,
                  const Rect& box) {
    const Theme& t = desk.ui.theme();
    const Fonts& fonts = desk.ui.fonts();
    const std::int64_t switches =
        measured("teacher-switches", level, scene) + measured("switches", level, scene);
    const Number numbers[] = {
        {desk.say("has taken", "time"), text_of("makespan", level, scene)},
        {desk.say("memory at most", "peak memory"), text_of("memory", level, scene)},
        {desk.say("changes", "switches"), with_commas(static_cast<std::uint64_t>(switches))},
        {desk.say("lost on the way", "lost in switching"), text_of("on-the-way", level, scene)},
    };
    // As many as there is room for; the tip has all.
    const float gap = desk.ui.px(8);
    float widest = 0;
    for (const Number& each : numbers)
        widest = std::max({widest, width_of(fonts.small, each.label) + gap,
                           width_of(fonts.bold, each.value) + gap});
    const auto fits =
        static_cast<std::size_t>(std::clamp(std::floor(box.w() / widest), 0.0f, 4.0f));
    ImDrawList* list = ImGui::GetWindowDrawList();
    for (std::size_t i = 0; i < fits; ++i) {
        const float x = box.x0 + box.w() / static_cast<float>(fits) * static_cast<float>(i);
        write(list, fonts.small, {x, box.y0}, t.text_dim, numbers[i].label);
        write(list, fonts.bold, {x, box.y0 + fonts.small->FontSize}, t.text, numbers[i].value);
    }
}

void draw_level(const Desk& desk, std::size_t which, const Rect& cell, Nanoseconds now) {
    Ui& ui = desk.ui;
    const LevelRuns::Level& level = desk.session.levels().all()[which];
    ClockScene& scene = desk.scenes[which];
    const double passed = static_cast<double>(ImGui::GetIO().DeltaTime);
    const double motion =
        desk.view.still || desk.player.fast() ? 0 : desk.player.usual_motion_seconds();
    scene.shows(desk.session.levels().made());
    scene.go_to(level.film->timeline(), now, passed, motion, level.level.run.costs.thread_switch);
    const bool over = level.film->over() && scene.position() == level.film->timeline().decisions();

    const Fonts& fonts = ui.fonts();
    const float head_h = fonts.bold->FontSize + ui.px(4);
    const float numbers_h = fonts.small->FontSize + fonts.bold->FontSize + ui.px(2);
    const Rect inner = cell.inset(ui.px(6), ui.px(4));
    draw_head(desk, level, {inner.x0, inner.y0, inner.x1, inner.y0 + head_h}, over);
    const Rect bar{inner.x0, inner.y0 + head_h, inner.x1, inner.y0 + head_h + ui.px(5)};
    draw_clock(desk, level, bar, now);
    Rect picture{inner.x0, bar.y1 + ui.px(4), inner.x1, inner.y1 - numbers_h - ui.px(3)};
    // Where not both have room, the numbers are in the tip.
    const bool numbers = picture.h() >= ui.px(40);
    if (!numbers) picture.y1 = inner.y1;
    StageView view = looks_of(desk);
    view.classes = level.level.run.classes;
    view.hall = true;
    if (picture.h() >= ui.px(40))
        scene.draw(ImGui::GetWindowDrawList(), picture, view, ImGui::GetTime());
    if (numbers)
        draw_numbers(desk, level, scene, {inner.x0, inner.y1 - numbers_h, inner.x1, inner.y1});

    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRect(cell.min(), cell.max(), ui.theme().panel_edge, ui.px(6));
    ImGui::SetCursorScreenPos(cell.min());
    const std::string name = std::string("levels.") + level.level.level;
    if (ui.area(name.c_str(), {cell.w(), cell.h()})) {
        desk.view.levels = false;
        desk.want(command::OpenRun{{level.level.run, {}, scene.position(), {}}});
    }
    ui.tip(tip_of(desk, level, scene).c_str());
}

// In a pocket two are seen beside each other, and the others below them.
Rect cell_of_level(const Desk& desk, const Rect& area, std::size_t i, std::size_t count) {
    const float gap = desk.ui.px(8);
    if (!desk.layout.pocket) return cell_of(area, i, count, gap);
    Rect cell = cell_of(area, i % 2, 2, gap);
    const float down = (area.h() + gap) * static_cast<float>(i / 2);
    cell.y0 += down;
    cell.y1 += down;
    return cell;
}

}  // namespace

void toggle_levels(const Desk& desk) {
    if (desk.teaching == nullptr) desk.wish(Wish::Kind::levels);
}

void draw_levels(const Desk& desk) {
    Ui& ui = desk.ui;
    const Box& box = desk.layout.scene;
    const float pad = ui.px(8);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(pad, pad));
    ui.begin_card("scene", box, ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoScrollbar);
    ui.heading("One lesson at four levels");
    ImGui::SameLine(0, ui.px(10));
    const Player& player = desk.player;
    const bool end = player.at_end() && !player.moving();
    ui.dim(sim::phrase("all at {n}", {{'n', sim::duration_text(player.now().time)}}).c_str());
    if (ui.close_button("levels.close", "Back to one scene.  F4")) toggle_levels(desk);
    const std::size_t count = desk.session.levels().all().size();
    const ImVec2 room = ImGui::GetContentRegionAvail();
    ImGui::BeginChild("scenes");
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const Rect area{at.x, at.y, at.x + ImGui::GetContentRegionAvail().x - 1, at.y + room.y - 1};
    // Who takes longer than the one that is played comes to its end with that.
    const Nanoseconds now = end ? std::numeric_limits<Nanoseconds>::max() - 1 : player.now().time;
    for (std::size_t i = 0; i < count; ++i)
        draw_level(desk, i, cell_of_level(desk, area, i, count), now);
    ImGui::EndChild();
    ui.end_card();
    ImGui::PopStyleVar();
}

}  // namespace homeroom::app
