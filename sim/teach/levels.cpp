// Playing a lesson at each level, and the table of what came of it.
#include "sim/teach/levels.h"

#include <algorithm>

#include "runtime/check.h"
#include "sim/choosers.h"
#include "sim/language.h"
#include "sim/lesson.h"
#include "sim/teach/sweep.h"
#include "sim/world.h"

namespace homeroom::sim {
namespace {

constexpr LevelMeasure told[] = {
    {"makespan", "the whole run", "makespan"},
    {"memory", "memory at most", "peak memory"},
    {"classes", "classes", "processes"},
    {"tables-opened", "tables", "threads"},
    {"started", "students", "coroutines"},
    {"switches", "other student", "coroutine switches"},
    {"teacher-switches", "teacher walked", "thread switches"},
    {"class-switches", "of these to another class", "of these to another process"},
    {"tlb-refills", "plans learnt again", "TLB refills"},
    {"on-the-way", "teachers on the way", "lost in switching"},
    {"idle", "teachers idle", "idle"},
    {"sheets-copied", "sheets copied", "pages copied"},
    {"wrong-results", "wrong results", "wrong results"},
};

struct LevelWords {
    const char* name;
    const char* school;
    const char* field;
};
constexpr LevelWords all_levels[] = {{"class", "a class each", "processes"},
                                     {"table", "a table each", "threads (1:1)"},
                                     {"student", "students at tables", "M:P:G"},
                                     {"one-table", "one table for all", "one thread (N:1)"}};

std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

}  // namespace

std::span<const LevelMeasure> level_measures() { return told; }

const char* name_of_level(std::string_view level, Words words) {
    for (const LevelWords& each : all_levels)
        if (level == each.name) return words == Words::school ? each.school : each.field;
    return "";
}

std::optional<std::vector<LevelResult>> levels_of(const RunOptions& run, std::string& error) {
    RunOptions base = run;
    base.classes.clear();  // its numbers are those of the first class
    std::vector<LevelResult> levels;
    for (const LevelWords& each : all_levels) {
        LevelResult level;
        level.level = each.name;
        level.run = base;
        if (!apply_setting(level.run, "level", each.name, error)) return std::nullopt;
        levels.push_back(std::move(level));
    }
    return levels;
}

bool play_level(LevelResult& level, std::string& error) {
    Timeline film(level.run);
    ClockOrder chooser(level.run.seed);
    World world(level.run, {}, model_programs(level.run), chooser);
    world.on_step = [&film](const Step& step) { film.append(step); };
    if (world.advance(sweep_decisions_max)) {
        error = "the run '" + to_string(level.run) + "' has more than " +
                std::to_string(sweep_decisions_max) + " decisions";
        return false;
    }
    level.ending = world.ending();
    level.values.clear();
    const std::size_t end = film.decisions();
    for (const LevelMeasure& each : told)
        level.values.push_back(value_of(*find_measure(each.measure), film, end));
    return true;
}

std::string levels_table(const std::vector<LevelResult>& levels, Words words) {
    const bool school = words == Words::school;
    std::vector<std::vector<std::string>> rows(1, std::vector<std::string>{""});
    for (const LevelResult& level : levels)
        rows[0].emplace_back(tr(name_of_level(level.level, words)));
    auto add = [&](const char* name, auto&& cell) {
        std::vector<std::string>& row = rows.emplace_back();
        row.emplace_back(tr(name));
        for (const LevelResult& level : levels) row.push_back(cell(level));
    };
    add("ending", [&](const LevelResult& level) { return word_of(level.ending, words); });
    for (std::size_t i = 0; i < std::size(told); ++i) {
        const Measure& measure = *find_measure(told[i].measure);
        add(school ? told[i].school : told[i].field, [&](const LevelResult& level) {
            check(i < level.values.size(), "a level is told that was not played");
            return value_text(measure, level.values[i]);
        });
    }
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::size_t width = 0;
            for (const auto& other : rows) width = std::max(width, width_of(other[i]));
            const std::string blanks(width - width_of(row[i]), ' ');
            text += i == 0 ? row[i] + blanks : "   " + blanks + row[i];
        }
        text.erase(text.find_last_not_of(' ') + 1);
        text += "\n";
    }
    return text;
}

}  // namespace homeroom::sim
