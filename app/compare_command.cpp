// homeroom compare and homeroom sweep: their flags and what they print.
#include "app/compare_command.h"

#include <string_view>
#include <vector>

#include "app/headless.h"
#include "app/model_run.h"
#include "sim/lesson.h"
#include "sim/teach/compare.h"
#include "sim/teach/question.h"
#include "sim/text.h"

namespace homeroom::app {
namespace {

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// A file, a run's line, or settings after the name of a lesson, whose own numbers fill the rest.
std::optional<KeptRun> read_run(std::string_view text, const sim::RunOptions* base,
                                std::string& error) {
    if (ends_with(text, ".homeroom")) return open_kept_run(std::string(text), error);
    if (text.substr(0, 9) == "homeroom ") return parse_pasted(text, error);
    sim::RunOptions start = base != nullptr ? *base : sim::find_lesson("stealing")->defaults;
    const auto run = sim::changed_run(start, text, error);
    if (!run) return std::nullopt;
    KeptRun kept;
    kept.run = *run;
    return kept;
}

// A flag with its value, which may be the next word. False: `error` is set.
bool split_flag(std::span<const char* const> words, std::size_t& i, std::string_view& name,
                std::string_view& value, const char* command, std::string& error) {
    name = words[i];
    const std::size_t equals = name.find('=');
    if (equals != std::string_view::npos) {
        value = name.substr(equals + 1);
        name = name.substr(0, equals);
        return true;
    }
    if (i + 1 == words.size()) {
        error = std::string(command) + ": " + std::string(name) + " needs a value";
        return false;
    }
    value = words[++i];
    return true;
}

bool is_help(std::string_view word) { return word == "--help" || word == "-h"; }

}  // namespace

std::optional<CompareArguments> parse_compare_arguments(std::span<const char* const> words,
                                                        std::string& error) {
    CompareArguments arguments;
    std::vector<std::string_view> runs;
    bool levels = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        if (is_help(word)) {
            arguments.help = true;
            return arguments;
        }
        if (word == "--levels") {
            levels = true;
            continue;
        }
        if (word.substr(0, 2) != "--") {
            runs.push_back(word);
            continue;
        }
        std::string_view name, value;
        if (word.substr(0, 7) != "--words") {
            error =
                "compare: unknown argument " + sim::in_quotes(word) + "; compare --help lists them";
            return std::nullopt;
        }
        if (!split_flag(words, i, name, value, "compare", error)) return std::nullopt;
        if (value != "school" && value != "field") {
            error = "compare: --words must be school or field, not " + sim::in_quotes(value);
            return std::nullopt;
        }
        arguments.words = value == "school" ? sim::Words::school : sim::Words::field;
    }
    if (levels) {
        if (runs.size() != 1) {
            error =
                "compare: --levels needs one run, such as opening or \"lock students=20\"; here "
                "are " +
                std::to_string(runs.size());
            return std::nullopt;
        }
        const auto run = read_run(runs[0], nullptr, error);
        auto all = run ? sim::levels_of(run->run, error) : std::nullopt;
        if (!all) {
            error = "compare: " + error;
            return std::nullopt;
        }
        arguments.levels = std::move(*all);
        return arguments;
    }
    if (runs.size() != 2) {
        error = "compare: needs two runs, such as \"lock\" \"rules=no-steal\"; here are " +
                std::to_string(runs.size());
        return std::nullopt;
    }
    auto first = read_run(runs[0], nullptr, error);
    auto second = first ? read_run(runs[1], &first->run, error) : std::nullopt;
    if (!second) {
        error = "compare: " + error;
        return std::nullopt;
    }
    arguments.first = std::move(*first);
    arguments.second = std::move(*second);
    return arguments;
}

std::string compare_help_text() {
    return R"(homeroom compare: two runs of the model side by side

    homeroom compare "RUN A" "RUN B" [--words school|field]
    homeroom compare --levels "RUN" [--words school|field]

A RUN is a lesson's name with settings, such as "lock students=20 rules=no-steal" (what is not given
is the lesson's own); or a file NAME.homeroom. RUN B may be settings only: then it is RUN A with
these changed. Printed are the settings that differ, for how many decisions both are the same, and
what each comes to.

With --levels one lesson is played four times: with a class (process), opened by fork, for each
student, with a table (thread) for each, with students at tables (M:P:G), and at one table. What is
printed is the time, the memory, the switches and what was lost in them. A setting level=class,
level=table, level=student or level=one-table makes any run such a one.
)";
}

int print_comparison(const CompareArguments& arguments, std::FILE* out, std::string& error) {
    if (!arguments.levels.empty()) {
        std::vector<sim::LevelResult> levels = arguments.levels;
        for (sim::LevelResult& level : levels) {
            if (sim::play_level(level, error)) continue;
            error = "compare: " + error;
            return 2;
        }
        std::fputs(sim::levels_table(levels, arguments.words).c_str(), out);
        return 0;
    }
    auto play = [](const KeptRun& kept) {
        auto run = std::make_unique<ModelRun>(kept.run, kept.answers);
        run->wait_for(~std::size_t{0});
        return run;
    };
    const auto first = play(arguments.first), second = play(arguments.second);
    std::fputs(sim::comparison(arguments.first.run, first->timeline(), arguments.second.run,
                               second->timeline(), arguments.words)
                   .c_str(),
               out);
    return 0;
}

std::optional<SweepArguments> parse_sweep_arguments(std::span<const char* const> words,
                                                    std::string& error) {
    SweepArguments arguments;
    auto fail = [&error](const std::string& why) {
        error = "sweep: " + why;
        return std::nullopt;
    };
    sim::Sweep& sweep = arguments.sweep;
    sweep.base = sim::find_lesson("stealing")->defaults;
    std::vector<std::string_view> settings;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (is_help(words[i])) {
            arguments.help = true;
            return arguments;
        }
        const std::string_view word = words[i];
        std::string_view name = word.substr(0, word.find('=')), value;
        bool known = false;
        for (std::string_view each : {"--lesson", "--run", "--vary", "--measure", "--csv"})
            known = known || name == each;
        if (!known)
            return fail("unknown argument " + sim::in_quotes(word) +
                        "; sweep --help lists the flags");
        if (!split_flag(words, i, name, value, "sweep", error)) return std::nullopt;
        std::string why;
        if (name == "--lesson" || name == "--run") {
            const auto kept = read_run(value, nullptr, why);
            if (!kept) return fail(std::string(name) + ": " + why);
            if (!kept->answers.empty())
                return fail(std::string(name) + ": what was decided by hand does not fit others");
            sweep.base = kept->run;
        } else if (name == "--vary") {
            const auto vary = sim::parse_vary(value, why);
            if (!vary) return fail("--vary: " + why);
            sweep.vary.push_back(*vary);
        } else if (name == "--csv") {
            if (value.empty()) return fail("--csv must be the name of a file to write, or -");
            arguments.csv = value;
        } else {
            for (std::string_view rest = value; !rest.empty();) {
                const std::string_view one = rest.substr(0, rest.find(','));
                rest.remove_prefix(std::min(one.size() + 1, rest.size()));
                const sim::Measure* measure = sim::find_measure(one);
                if (measure == nullptr) {
                    why = "--measure: unknown measure " + sim::in_quotes(one) + "; known are";
                    for (const sim::Measure& each : sim::measures())
                        why += std::string(" ") + each.name;
                    return fail(why);
                }
                sweep.measures.push_back(measure);
            }
        }
    }
    if (sweep.vary.empty() || sweep.vary.size() > 2)
        return fail("needs one or two --vary, such as --vary clipboards=1..8");
    if (sweep.measures.empty()) sweep.measures.push_back(sim::find_measure("makespan"));
    if (sweep.size() > sim::sweep_runs_max)
        return fail("these are " + std::to_string(sweep.size()) + " runs; at most " +
                    std::to_string(sim::sweep_runs_max) + " are played");
    for (std::size_t run = 0; run < sweep.size(); ++run) {
        std::string why;
        if (!sweep.options(run, why)) return fail("--vary: " + why);
    }
    return arguments;
}

std::string sweep_help_text() {
    std::string text =
        R"(homeroom sweep: a run with one or two settings varied, and what comes of it

    homeroom sweep --lesson NAME --vary NAME=VALUES [--vary NAME=VALUES] [--measure LIST]

    --lesson NAME      which lesson, with its own numbers; or --run "RUN" or a file NAME.homeroom
    --vary NAME=VALUES a setting (teachers, clipboards, students, length, seed, rules, policy,
                       quantum, queues, costs) and its values: 1..8, 10..100/10 or 1,2,5; with |
                       between values that have commas, as in rules=|no-steal|no-steal,no-wake
    --measure LIST     what is measured at the end of each run, separated by commas (makespan)
    --csv FILE|-       a line per run for spreadsheets, instead of a table: times in ns, shares in
                       tenths of a percent
    --help             this

Measures
)";
    for (const sim::Measure& measure : sim::measures()) {
        std::string name = std::string("    ") + measure.name;
        name.resize(std::max<std::size_t>(name.size() + 1, 23), ' ');
        text += name + measure.field + "\n";
    }
    return text;
}

int print_sweep(const SweepArguments& arguments, std::FILE* out, std::string& error) {
    const sim::Sweep& sweep = arguments.sweep;
    std::vector<std::vector<std::int64_t>> results;
    for (std::size_t run = 0; run < sweep.size(); ++run) {
        const auto options = sweep.options(run, error);
        auto values = options ? sim::measure_run(*options, sweep.measures, error) : std::nullopt;
        if (!values) {
            error = "sweep: " + error;
            return 2;
        }
        results.push_back(std::move(*values));
    }
    if (arguments.csv.empty() || arguments.csv == "-") {
        std::fputs((arguments.csv.empty() ? sim::sweep_table(sweep, results)
                                          : sim::sweep_csv(sweep, results))
                       .c_str(),
                   out);
        return 0;
    }
    if (write_file(arguments.csv, sim::sweep_csv(sweep, results))) return 0;
    error = "sweep: --csv: cannot write " + sim::in_quotes(arguments.csv);
    return 2;
}

}  // namespace homeroom::app
