// The command line: what the user asks for, or one line that says what is wrong with it.
#include "app/cli.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "app/fonts.h"
#include "app/teach/lesson_files.h"
#include "sim/lesson.h"

namespace homeroom::app {
namespace {

using Mode = Arguments::Mode;

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

// A flag as it was given, and its value.
struct Flag {
    std::string_view name, value;
};

// A decimal number such as 1.25. Not from_chars, which libc++ lacks for double; not strtod alone,
// which takes "0x1p3", "inf" and " 1" too.
std::optional<double> parse_decimal(std::string_view text, double low, double high) {
    if (text.empty() || text.find_first_not_of("0123456789.") != std::string_view::npos)
        return std::nullopt;
    std::string copy(text);
    char* end = nullptr;
    double value = std::strtod(copy.c_str(), &end);
    if (end != copy.c_str() + copy.size() || value < low || value > high) return std::nullopt;
    return value;
}

std::optional<std::uint64_t> parse_whole(std::string_view text, std::uint64_t low,
                                         std::uint64_t high) {
    std::uint64_t value = 0;
    auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size() || value < low || value > high)
        return std::nullopt;
    return value;
}

// Reads one flag into the arguments. They throw nothing: false means that `error` is set.
class Reader {
public:
    Reader(Arguments& arguments, std::string& error) : arguments_(arguments), error_(error) {}

    bool read(const Flag& flag) {
        Options& options = arguments_.options;
        std::string_view name = flag.name, value = flag.value;
        for (std::string_view setting : {"teachers", "clipboards", "students", "length", "seed",
                                         "rules", "policy", "quantum", "queues"}) {
            if (name == setting) return read_setting(name, value);
        }
        if (name == "costs") return read_costs(value);
        if (name == "world")
            return pick(flag, "model", "native", options.world, WorldKind::model,
                        WorldKind::native);
        if (name == "words")
            return pick(flag, "school", "field", options.words, sim::Words::school,
                        sim::Words::field);
        if (name == "theme") return pick(flag, "light", "dark", options.dark, false, true);
        if (name == "language") return read_language(flag);
        if (name == "scale") return read_decimal(flag, scale_min, scale_max, options.scale);
        if (name == "pace") return read_decimal(flag, pace_min, pace_max, options.pace);
        if (name == "motion") return read_decimal(flag, 0, 1, arguments_.motion);
        if (name == "select") {
            arguments_.select = value;
            return true;
        }
        if (name == "at") return read_at(flag);
        if (name == "export") return read_export(value);
        if (name == "transcript") return read_transcript(value);
        if (name == "count") return read_count(value);
        if (name == "format") return read_format(value);
        if (name == "teach") return read_lesson(value);
        if (name == "card") return read_card(value);
        if (name == "until") return read_until(value);
        if (name == "size") return read_size(value);
        if (name == "screenshot") return read_file(value);
        if (name == "explore") return read_decimal(flag, 0, 100'000, arguments_.explore_minutes);
        if (name == "explore-seed") return read_random_run(value);
        error_ = "unknown flag --" + std::string(name) + "; --help lists them all";
        return false;
    }

private:
    bool read_setting(std::string_view name, std::string_view value) {
        if (sim::apply_setting(arguments_.options.run, name, value, error_)) return true;
        bool named = error_.compare(0, name.size(), name) == 0;
        error_ = "--" + (named ? error_ : std::string(name) + ": " + error_);
        return false;
    }

    template <class T>
    bool pick(const Flag& flag, std::string_view first, std::string_view second, T& target,
              T if_first, T if_second) {
        if (flag.value != first && flag.value != second) {
            error_ = "--" + std::string(flag.name) + " must be " + std::string(first) + " or " +
                     std::string(second) + ", not " + quoted(flag.value);
            return false;
        }
        target = flag.value == first ? if_first : if_second;
        return true;
    }

    bool read_decimal(const Flag& flag, double low, double high, double& target) {
        auto value = parse_decimal(flag.value, low, high);
        if (!value) {
            auto plain = [](double number) {
                std::string text = std::to_string(number);
                text.erase(text.find_last_not_of('0') + 1);
                if (text.back() == '.') text.pop_back();
                return text;
            };
            error_ = "--" + std::string(flag.name) + " must be a number from " + plain(low) +
                     " to " + plain(high) + ", not " + quoted(flag.value);
            return false;
        }
        target = *value;
        return true;
    }

    bool read_language(const Flag& flag) {
        if (!pick(flag, "en", "zh", arguments_.options.language, sim::Language::english,
                  sim::Language::chinese))
            return false;
        if (Fonts::can_write(arguments_.options.language)) return true;
        error_ = "--language zh needs a Chinese font (fonts-wqy-microhei) when it is built";
        return false;
    }

    bool read_at(const Flag& flag) {
        auto value = parse_whole(flag.value, 0, 1'000'000'000);
        if (!value) {
            error_ = "--at must be a whole number of decisions from 0 to 1000000000, not " +
                     quoted(flag.value);
            return false;
        }
        arguments_.at = *value;
        return true;
    }

    bool read_export(std::string_view value) {
        auto ends = [value](std::string_view end) {
            return value.size() > end.size() && value.substr(value.size() - end.size()) == end;
        };
        if (!ends(".json") && !ends(".csv")) {
            error_ =
                "--export must be a file that ends in .json (a trace) or .csv (counters), not " +
                quoted(value);
            return false;
        }
        arguments_.exports.emplace_back(value);
        return true;
    }

    bool read_transcript(std::string_view value) {
        if (value.empty()) {
            error_ = "--transcript must be the name of a file to write, or -";
            return false;
        }
        arguments_.transcript = value;
        return true;
    }

    bool read_count(std::string_view value) {
        auto count = parse_whole(value, 1, 1'000);
        if (!count) {
            error_ = "--count must be a whole number from 1 to 1000, not " + quoted(value);
            return false;
        }
        arguments_.quiz_count = *count;
        return true;
    }

    bool read_format(std::string_view value) {
        using Format = sim::QuizFormat;
        if (value == "text" || value == "md" || value == "json") {
            arguments_.quiz_format = value == "text" ? Format::text
                                     : value == "md" ? Format::md
                                                     : Format::json;
            return true;
        }
        error_ = "--format must be text, md or json, not " + quoted(value);
        return false;
    }

    bool read_lesson(std::string_view value) {
        if (load_lesson(value, error_) == nullptr) {
            // A mistake in a text stands first, with its place, so that editors find it.
            return false;
        }
        arguments_.options.teach = value;
        return true;
    }

    bool read_card(std::string_view value) {
        auto card = parse_whole(value, 1, 1'000);
        if (!card) {
            error_ = "--card must be the number of a card, from 1 on, not " + quoted(value);
            return false;
        }
        arguments_.options.card = *card - 1;
        return true;
    }

    bool read_until(std::string_view value) {
        arguments_.until = sim::parse_until(value, error_);
        if (!arguments_.until) error_ = "--until: " + error_;
        return arguments_.until.has_value();
    }

    bool read_size(std::string_view value) {
        std::size_t x = value.find('x');
        if (x != std::string_view::npos) {
            auto width = parse_whole(value.substr(0, x), 640, 7680);
            auto height = parse_whole(value.substr(x + 1), 400, 4320);
            if (width && height) {
                arguments_.width = static_cast<int>(*width);
                arguments_.height = static_cast<int>(*height);
                return true;
            }
        }
        error_ = "--size must be WIDTHxHEIGHT from 640x400 to 7680x4320, not " + quoted(value);
        return false;
    }

    // Settings, or the name of a file with settings, such as `homeroom measure --save` writes.
    bool read_costs(std::string_view value) {
        if (value.find('=') != std::string_view::npos) return read_setting("costs", value);
        std::ifstream file{std::string(value)};
        std::string text{std::istreambuf_iterator<char>(file), {}};
        if (!file.is_open() || file.bad()) {
            error_ = "--costs: cannot read the file " + quoted(value);
            return false;
        }
        text += "\n";  // so that a mistake is named with its line, in a file of one line, too
        if (sim::parse_costs(text, arguments_.options.run.costs, error_)) return true;
        error_ = "--costs: " + std::string(value) + ": " + error_;
        return false;
    }

    bool read_file(std::string_view value) {
        if (value.empty()) {
            error_ = "--screenshot must be the name of a file to write";
            return false;
        }
        arguments_.screenshot = value;
        return true;
    }

    bool read_random_run(std::string_view value) {
        auto run = sim::parse_random_run(value, error_);
        if (!run) {
            error_ = "--explore-seed: " + error_;
            return false;
        }
        arguments_.replayed = *run;
        return true;
    }

    Arguments& arguments_;
    std::string& error_;
};

bool choose_lesson(std::string_view name, Arguments& arguments, std::string& error) {
    const sim::Lesson* lesson = sim::find_lesson(name);
    if (lesson == nullptr) {
        error = "--lesson must be one of ";
        for (const sim::Lesson& each : sim::lessons()) error += std::string(each.name) + ", ";
        error += "not " + quoted(name);
        return false;
    }
    arguments.options.run = lesson->defaults;
    arguments.options.run.lesson = lesson->name;
    return true;
}

bool choose_run(std::string_view text, Arguments& arguments, std::string& error) {
    auto run = sim::parse_run(text, error);
    if (!run) {
        error = "--run: " + error;
        return false;
    }
    if (!choose_lesson(run->lesson, arguments, error)) return false;
    arguments.options.run = *run;
    return true;
}

// What --FLAG alone means; nothing if it needs a value.
std::optional<Mode> mode_of(std::string_view name) {
    if (name == "headless") return Mode::headless;
    if (name == "steps") return Mode::steps;
    if (name == "quiz") return Mode::quiz;
    if (name == "lessons") return Mode::lessons;
    if (name == "help" || name == "h") return Mode::help;
    if (name == "version") return Mode::version;
    return std::nullopt;
}

bool is_switch(std::string_view name) {
    return mode_of(name) || name == "full-speed" || name == "report-state" || name == "revealed" ||
           name == "charts";
}

// Splits the words into flags with values. "--seed 3" and "--seed=3" are the same.
bool split(std::span<const char* const> words, std::vector<Flag>& flags, std::string& error) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string_view word = words[i];
        if (word == "-h") word = "--help";
        if (word == "quiz" && i == 0) word = "--quiz";
        if (word.substr(0, 2) != "--" || word.size() == 2) {
            error = "unknown argument " + quoted(word) + "; --help lists the flags";
            return false;
        }
        word.remove_prefix(2);
        std::size_t equals = word.find('=');
        Flag flag{word.substr(0, equals), {}};
        bool has_value = equals != std::string_view::npos;
        if (has_value) flag.value = word.substr(equals + 1);
        if (is_switch(flag.name)) {
            if (has_value) {
                error = "--" + std::string(flag.name) + " takes no value";
                return false;
            }
        } else if (!has_value) {
            static constexpr std::string_view known[] = {
                "lesson", "run",        "teachers", "clipboards",   "students", "length",
                "seed",   "rules",      "world",    "words",        "theme",    "scale",
                "pace",   "motion",     "at",       "until",        "teach",    "card",
                "size",   "screenshot", "explore",  "explore-seed", "export",   "transcript",
                "count",  "format",     "policy",   "quantum",      "queues",   "costs",
                "select", "language"};
            bool takes_value = false;
            for (std::string_view name : known) takes_value = takes_value || flag.name == name;
            if (!takes_value) {
                error = "unknown flag --" + std::string(flag.name) + "; --help lists them all";
                return false;
            }
            if (i + 1 == words.size()) {
                error = "--" + std::string(flag.name) + " needs a value";
                return false;
            }
            flag.value = words[++i];
        }
        flags.push_back(flag);
    }
    return true;
}

// The lesson brings its own numbers, so it is chosen before the flags that change them.
bool choose_first(const std::vector<Flag>& flags, Arguments& arguments, std::string& error) {
    const Flag *lesson = nullptr, *run = nullptr;
    for (const Flag& flag : flags) {
        if (flag.name == "lesson") lesson = &flag;
        if (flag.name == "run") run = &flag;
    }
    if (lesson != nullptr && run != nullptr) {
        error = "--lesson cannot be given with --run, which names the lesson already";
        return false;
    }
    if (run != nullptr) return choose_run(run->value, arguments, error);
    return choose_lesson(lesson != nullptr ? lesson->value : "stealing", arguments, error);
}

// What --FLAG VALUE means, if it says what to do.
std::optional<Mode> mode_with_value(std::string_view name) {
    if (name == "screenshot") return Mode::screenshot;
    if (name == "explore") return Mode::explore;
    if (name == "explore-seed") return Mode::replay;
    return std::nullopt;
}

bool check_together(const Arguments& arguments, bool at, bool motion, bool pace,
                    std::string& error) {
    bool native = arguments.options.world == WorldKind::native;
    bool picture = arguments.mode == Mode::screenshot;
    bool runs = picture || arguments.mode == Mode::window || arguments.mode == Mode::headless ||
                arguments.mode == Mode::steps;
    const Options& options = arguments.options;
    runs = runs || arguments.mode == Mode::files;
    const bool files = !arguments.exports.empty() || !arguments.transcript.empty();
    if (files && arguments.mode != Mode::files && arguments.mode != Mode::headless) {
        error = std::string(arguments.exports.empty() ? "--transcript" : "--export") +
                " cannot be given with what does something else; --headless goes with it";
    } else if (files && !options.teach.empty()) {
        error = "--teach cannot be given with --export or --transcript";
    } else if (!options.teach.empty() && (native || !runs || arguments.mode == Mode::steps)) {
        error = "--teach is for the window, --screenshot and --headless, and for --world model";
    } else if (options.teach.empty() && (options.card > 0 || options.revealed)) {
        error = std::string(options.revealed ? "--revealed" : "--card") + " is for --teach LESSON";
    } else if (!options.teach.empty() && (arguments.until || at)) {
        error = std::string(at ? "--at" : "--until") + " cannot be given with --teach; use --card";
    } else if (arguments.until && !runs && arguments.mode != Mode::explore) {
        error = "--until is for the window, --screenshot, --headless, --steps and --explore";
    } else if ((!arguments.select.empty() || arguments.charts) && !picture) {
        error =
            std::string(arguments.charts ? "--charts" : "--select") + " is for --screenshot FILE";
    } else if ((at || motion) && !picture) {
        error = std::string(at ? "--at" : "--motion") + " is for --screenshot FILE";
    } else if (picture && native) {
        error = "--screenshot is for --world model: native runs differ each time";
    } else if ((pace || arguments.options.full_speed) && !native) {
        error = std::string(pace ? "--pace" : "--full-speed") + " is for --world native";
    } else {
        return true;
    }
    return false;
}

}  // namespace

std::optional<Arguments> parse_arguments(std::span<const char* const> words, std::string& error) {
    Arguments arguments;
    std::vector<Flag> flags;
    if (!split(words, flags, error) || !choose_first(flags, arguments, error)) return std::nullopt;
    Reader reader(arguments, error);
    bool at = false, motion = false, pace = false;
    std::string_view mode;
    for (const Flag& flag : flags) {
        if (flag.name == "lesson" || flag.name == "run") continue;
        at = at || flag.name == "at";
        motion = motion || flag.name == "motion";
        pace = pace || flag.name == "pace";
        if (flag.name == "full-speed") {
            arguments.options.full_speed = true;
        } else if (flag.name == "charts") {
            arguments.charts = true;
        } else if (flag.name == "report-state") {
            arguments.report_state = true;
        } else if (flag.name == "revealed") {
            arguments.options.revealed = true;
        } else if (mode_of(flag.name) || mode_with_value(flag.name)) {
            const auto with_value = mode_with_value(flag.name);
            if (with_value && !reader.read(flag)) return std::nullopt;
            Mode asked = with_value ? *with_value : *mode_of(flag.name);
            if (asked == Mode::help || asked == Mode::version) {
                arguments.mode = asked;
                return arguments;
            }
            if (!mode.empty() && mode != flag.name) {
                error =
                    "--" + std::string(flag.name) + " cannot be given with --" + std::string(mode);
                return std::nullopt;
            }
            mode = flag.name;
            arguments.mode = asked;
        } else if (!reader.read(flag)) {
            return std::nullopt;
        }
    }
    const bool files = !arguments.exports.empty() || !arguments.transcript.empty();
    if (files && arguments.mode == Mode::window) arguments.mode = Mode::files;
    if (!check_together(arguments, at, motion, pace, error)) return std::nullopt;
    for (const Flag& flag : flags) {
        const bool of_quiz = flag.name == "count" || flag.name == "format";
        if (!of_quiz || arguments.mode == Mode::quiz) continue;
        error = "--" + std::string(flag.name) + " is for quiz";
        return std::nullopt;
    }
    for (const Flag& flag : flags)
        if (flag.name == "seed") arguments.from = arguments.options.run.seed;
    return arguments;
}

namespace {

std::string moments_text() {
    std::string text = "\nMoments (N=5: of student 5 only; *3: the third one)\n";
    for (const sim::UntilInfo& info : sim::until_infos()) {
        using Argument = sim::UntilInfo::Argument;
        std::string name = std::string("    ") + info.name;
        if (info.argument == Argument::student) name += "[=N]";
        if (info.argument == Argument::place) name += "[=PLACE]";
        if (info.argument == Argument::more_than) name += ">N";
        if (info.argument == Argument::longer_than) name += ">TIME";
        name.resize(std::max<std::size_t>(name.size() + 1, 26), ' ');
        const bool counts =
            info.argument == Argument::more_than || info.argument == Argument::longer_than;
        text += name +
                (counts ? std::string(info.school) + (info.argument == Argument::more_than
                                                          ? ": more than N"
                                                          : " longer than TIME")
                        : sim::words_of({info.kind, 0, 1}, sim::Words::school)) +
                "\n";
    }
    text += "    PLACE is one of";
    for (const char* place : sim::until_places())
        if (*place != 0) text += std::string(" ") + place;
    return text + "\n";
}

}  // namespace

std::string help_text() {
    std::string text = R"(homeroom: how a computer schedules work, shown as a school

    homeroom [FLAGS]              opens the window
    homeroom --headless [FLAGS]   runs the lesson without a window and prints a summary
    homeroom --steps [FLAGS]      prints each decision as text, with its reason
    homeroom --screenshot FILE    draws one picture into a PNG file; --at N: after N decisions;
                                  --motion 0.5: in the middle of the last one's motion
                                  --select "student 7": with this one selected;
                                  --charts: with the charts over the scene
    --until MOMENT                with any of these: only until then, such as steal, queue>5,
                                  run=7*2 (the second call of student 7); see the list below
    homeroom --teach LESSON       opens a lesson with questions, or a folder with a lesson.md;
                                  --card N: at this card; --revealed: with its answer;
                                  with --headless: prints all of it, with the answers
    homeroom quiz [--seed N] [--count N] [--format text|md|json]
                                  prints questions drawn from random runs, and the answers
    --export FILE.json|FILE.csv   writes a trace for Perfetto and the like, or the counters of each
                                  decision; without a window, or with --headless
    --transcript FILE|-           the same for every decision as a sentence, with its reason
    homeroom --explore MINUTES    plays random programs in the model, and stops at the first that
                                  breaks a promise of the scheduler; --seed N: begins there;
                                  with --until MOMENT: plays --lesson with one seed after another,
                                  and stops at the first in which it comes, such as wrong or race
    homeroom --explore-seed RUN   plays one of them again, such as few-17, and prints its end
    homeroom --lessons            lists the lessons
    homeroom kernel [FLAGS]       plays an exercise about the kernel's scheduler; kernel --help
    homeroom measure [FLAGS]      what opening and switching cost on this machine; measure --help
    homeroom --help | --version

What runs
    --lesson NAME         which lesson (stealing)
    --world model|native  virtual time, or real threads of this computer (model)
    --teachers N          cores, 1 to 16
    --clipboards N        processors, that is GOMAXPROCS, 1 to 16
    --students N          coroutines, 1 to 10000
    --length TIME         of one stretch of a student's work, 1ns to 10s, such as 500us or 2ms
    --seed N              all chance comes from it: the same seed, the same run (1)
    --rules LIST          rules to change, separated by commas: no-steal,no-wake,slice=5ms,...
    --policy NAME         model: to which table a teacher goes: turns, fifo, sjf, srtf, rr, mlfq,
                          fair; settings as in mlfq,levels=4 (turns); see kernel --help
    --quantum TIME        for how long a table keeps its teacher while others wait (4ms)
    --queues LIST         with a policy: per-core, no-balance, no-affinity (shared)
    --costs LIST|FILE     what the kernel's acts cost, such as thread-switch=3us,system-call=200ns
    --run "RUN"           all of the above in one string, as --headless prints it
    --pace X              native: X times slower than the machine, 1 to 10000 (500)
    --full-speed          native: as fast as the machine can; looked at afterwards
    Numbers that are not given are the lesson's own.

How it looks
    --words school|field  teacher, table, clipboard, student; or core, M, P, G (school)
    --theme light|dark    (light)
    --language en|zh      English or Chinese (en)
    --scale X             size of text and controls, 0.75 to 2.5 (1)
    --size WIDTHxHEIGHT   of the window or the picture, in pixels (1280x720)

Costs
)";
    for (const sim::CostInfo& info : sim::cost_infos()) {
        std::string name = std::string("    ") + info.name + "=TIME";
        name.resize(std::max<std::size_t>(name.size() + 1, 26), ' ');
        text += name + info.words + " (" + sim::duration_to_string(sim::Costs{}.*info.field) +
                ", " + info.source + ")\n";
    }
    text += R"(
Rules
)";
    for (const sim::RuleInfo& rule : sim::rule_infos()) {
        std::string name = std::string("    no-") + rule.name;
        name.resize(std::max<std::size_t>(name.size() + 1, 26), ' ');
        text += name + "not: " + rule.field_words + "\n";
    }
    text +=
        "    ring=N, tick=N, slice=TIME   places in a run queue; calls between two looks at "
        "the\n"
        "                                 global queue; length of a time slice\n";
    return text + moments_text();
}

}  // namespace homeroom::app
