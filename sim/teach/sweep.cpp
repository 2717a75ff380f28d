// Playing many runs and writing down what came of them.
#include "sim/teach/sweep.h"

#include <algorithm>
#include <charconv>

#include "sim/choosers.h"
#include "sim/lesson.h"
#include "sim/text.h"
#include "sim/world.h"

namespace homeroom::sim {

namespace {

std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || problem != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

// "1..8" or "10..100/10".
bool read_range(std::string_view text, Vary& vary, std::string& error) {
    const std::size_t dots = text.find("..");
    const std::size_t slash = text.find('/');
    const auto from = parse_number(text.substr(0, dots));
    const auto to = parse_number(text.substr(dots + 2, slash - dots - 2));
    const auto by =
        slash == std::string_view::npos ? std::uint64_t{1} : parse_number(text.substr(slash + 1));
    if (!from || !to || !by || *by == 0 || *from > *to) {
        error = "a range is FROM..TO or FROM..TO/STEP in whole numbers, not " + in_quotes(text);
        return false;
    }
    if ((*to - *from) / *by >= sweep_runs_max) {
        error = "a range has at most " + std::to_string(sweep_runs_max) + " values";
        return false;
    }
    for (std::uint64_t i = 0; i <= (*to - *from) / *by; ++i)
        vary.values.push_back(std::to_string(*from + i * *by));
    return true;
}

std::size_t letters_in(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

}  // namespace

std::optional<Vary> parse_vary(std::string_view text, std::string& error) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0) {
        error = "expected NAME=VALUES, not " + in_quotes(text);
        return std::nullopt;
    }
    Vary vary;
    vary.name = text.substr(0, equals);
    std::string_view values = text.substr(equals + 1);
    if (values.find("..") != std::string_view::npos)
        return read_range(values, vary, error) ? std::optional(vary) : std::nullopt;
    const char separator = values.find('|') == std::string_view::npos ? ',' : '|';
    for (;;) {
        const std::size_t end = values.find(separator);
        vary.values.emplace_back(values.substr(0, end));
        if (end == std::string_view::npos) break;
        values.remove_prefix(end + 1);
    }
    return vary;
}

std::size_t Sweep::size() const {
    std::size_t runs = 1;
    for (const Vary& each : vary) runs *= each.values.size();
    return runs;
}

std::vector<std::string> Sweep::settings(std::size_t run) const {
    std::vector<std::string> all(vary.size());
    for (std::size_t i = vary.size(); i-- > 0;) {
        const std::size_t count = vary[i].values.size();
        all[i] = vary[i].name + "=" + vary[i].values[run % count];
        run /= count;
    }
    return all;
}

std::optional<RunOptions> Sweep::options(std::size_t run, std::string& error) const {
    RunOptions changed = base;
    for (const std::string& setting : settings(run)) {
        const std::size_t equals = setting.find('=');
        if (!apply_setting(changed, setting.substr(0, equals), setting.substr(equals + 1), error))
            return std::nullopt;
    }
    return changed;
}

std::optional<std::vector<std::int64_t>> measure_run(const RunOptions& run,
                                                     const std::vector<const Measure*>& measures,
                                                     std::string& error) {
    const Lesson* lesson = find_lesson(run.lesson);
    if (lesson == nullptr) {
        error = "unknown lesson " + in_quotes(run.lesson);
        return std::nullopt;
    }
    if (!check_run(run, error)) return std::nullopt;
    Timeline film(run);
    ClockOrder chooser(run.seed);
    World world(run, {}, model_programs(run), chooser);
    world.on_step = [&film](const Step& step) { film.append(step); };
    if (world.advance(sweep_decisions_max)) {
        error = "the run '" + to_string(run) + "' has more than " +
                std::to_string(sweep_decisions_max) + " decisions";
        return std::nullopt;
    }
    const std::size_t end = end_of(film);
    std::vector<std::int64_t> values;
    for (const Measure* measure : measures) values.push_back(value_of(*measure, film, end));
    return values;
}

std::string sweep_csv(const Sweep& sweep, const std::vector<std::vector<std::int64_t>>& results) {
    std::string text;
    for (const Vary& vary : sweep.vary) text += vary.name + ",";
    for (std::size_t i = 0; i < sweep.measures.size(); ++i) {
        const Measure& measure = *sweep.measures[i];
        text += (i == 0 ? "" : ",") + std::string(measure.name) +
                (measure.unit == Measure::Unit::time    ? "_ns"
                 : measure.unit == Measure::Unit::share ? "_permille"
                 : measure.unit == Measure::Unit::bytes ? "_bytes"
                                                        : "");
    }
    text += "\n";
    for (std::size_t run = 0; run < results.size(); ++run) {
        for (const std::string& setting : sweep.settings(run)) {
            const std::string value = setting.substr(setting.find('=') + 1);
            const bool commas = value.find(',') != std::string::npos;
            text += (commas ? "\"" + value + "\"" : value) + ",";
        }
        for (std::size_t i = 0; i < results[run].size(); ++i)
            text += (i == 0 ? "" : ",") + std::to_string(results[run][i]);
        text += "\n";
    }
    return text;
}

std::string sweep_table(const Sweep& sweep, const std::vector<std::vector<std::int64_t>>& results) {
    std::vector<std::vector<std::string>> rows(1);
    for (const Vary& vary : sweep.vary) rows[0].push_back(vary.name);
    for (const Measure* measure : sweep.measures) rows[0].emplace_back(measure->name);
    for (std::size_t run = 0; run < results.size(); ++run) {
        std::vector<std::string>& row = rows.emplace_back();
        for (const std::string& setting : sweep.settings(run))
            row.push_back(setting.substr(setting.find('=') + 1));
        for (std::size_t i = 0; i < results[run].size(); ++i)
            row.push_back(value_text(*sweep.measures[i], results[run][i]));
    }
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::size_t width = 0;
            for (const auto& other : rows) width = std::max(width, letters_in(other[i]));
            text += std::string(width - letters_in(row[i]) + (i == 0 ? 0 : 3), ' ') + row[i];
        }
        text += "\n";
    }
    return text;
}

}  // namespace homeroom::sim
