// What was selected in the timeline by dragging: how long it is, and what happened in it.
#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/strip.h"
#include "sim/glossary.h"

namespace homeroom::app {

void draw_measured(const Desk& desk, const Axis& axis, const Box& box) {
    const View& view = desk.view;
    if (!view.measured()) return;
    const Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float from = std::round(axis.x(view.range_from)), to = std::round(axis.x(view.range_to));
    list->AddRectFilled({from, box.min.y}, {to, box.max.y}, with_alpha(t.accent, 0.16f));
    for (float x : {from, to}) list->AddLine({x, box.min.y}, {x, box.max.y}, t.accent, ui.px(1.5f));
}

std::string tell_measured(const Desk& desk) {
    const View& view = desk.view;
    const sim::Timeline& film = desk.player.timeline();
    const std::size_t to = std::min(view.range_to, film.decisions());
    const std::size_t from = std::min(view.range_from, to);
    auto time_at = [&](std::size_t position) {
        if (position >= film.decisions()) return film.duration();
        return film.step(film.step_of_decision(position)).time;
    };
    return sim::phrase("{a} – {b}: {n} decisions, {t}",
                       {{'a', with_commas(from)},
                        {'b', with_commas(to)},
                        {'n', with_commas(to - from)},
                        {'t', sim::duration_text(time_at(to) - time_at(from))}});
}

std::string tell_changes(const Desk& desk) {
    const View& view = desk.view;
    const sim::Timeline& film = desk.player.timeline();
    const std::size_t to = std::min(view.range_to, film.decisions());
    const std::size_t from = std::min(view.range_from, to);
    auto counters = [&](std::size_t position) {
        return position == 0 ? film.school_at(0).counters
                             : film.school_after_decision(position - 1).counters;
    };
    const sim::Counters a = counters(from), b = counters(to);
    struct Row {
        const char* name;
        std::uint64_t sim::Counters::*value;
    };
    const Row rows[] = {
        {desk.say("calls", "runs"), &sim::Counters::calls},
        {desk.say("changes of student", "coroutine switches"), &sim::Counters::student_switches},
        {desk.say("teachers walked", "thread switches"), &sim::Counters::teacher_switches},
        {desk.say("thefts", "steals"), &sim::Counters::steals},
        {desk.say("waits begun", "parks"), &sim::Counters::parks},
        {desk.say("errands", "blocking calls"), &sim::Counters::errands}};
    std::string text;
    for (const Row& row : rows)
        text += (text.empty() ? "" : "\n") + std::string(row.name) + ": " +
                with_commas(b.*row.value - a.*row.value);
    return text;
}

}  // namespace homeroom::app
