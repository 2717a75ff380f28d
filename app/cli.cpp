// The command line: what the user asks for, or one line that says what is wrong with it.
#include "app/cli.h"

#include <string_view>
#include <vector>

#include "app/cli_flags.h"
#include "sim/lesson.h"
#include "sim/text.h"

namespace homeroom::app {
namespace {

using Mode = Arguments::Mode;

bool choose_lesson(std::string_view name, Arguments& arguments, std::string& error) {
    const sim::Lesson* lesson = sim::find_lesson(name);
    if (lesson == nullptr) {
        error = "--lesson must be one of ";
        for (const sim::Lesson& each : sim::lessons()) error += std::string(each.name) + ", ";
        error += "not " + sim::in_quotes(name);
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
           name == "charts" || name == "prices" || name == "accounts" || name == "reduced-motion" ||
           name == "present" || name == "legend" || name == "levels";
}

// Splits the words into flags with values. "--seed 3" and "--seed=3" are the same.
bool split(std::span<const char* const> words, std::vector<Flag>& flags, std::string& error) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string_view word = words[i];
        if (word == "-h") word = "--help";
        if (word == "quiz" && i == 0) word = "--quiz";
        if (word.substr(0, 2) != "--" || word.size() == 2) {
            error = "unknown argument " + sim::in_quotes(word) + "; --help lists the flags";
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
                "count",  "format",     "pictures", "program",      "policy",   "quantum",
                "queues", "costs",      "select",   "language",     "open",     "answers",
                "class",  "pcid",       "classes",  "press",        "only",     "film",
                "to",     "speed",      "hand-out", "look",         "level"};
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
    const Flag *lesson = nullptr, *run = nullptr, *open = nullptr;
    bool classes = false;
    for (const Flag& flag : flags) {
        if (flag.name == "open") open = &flag;
        if (flag.name == "lesson") lesson = &flag;
        if (flag.name == "run") run = &flag;
        classes = classes || flag.name == "class";
    }
    if (classes && (lesson != nullptr || run != nullptr || open != nullptr)) {
        error =
            "--class names the lesson of each class, so it cannot be given with --lesson, --run or "
            "--open";
        return false;
    }
    if (lesson != nullptr && run != nullptr) {
        error = "--lesson cannot be given with --run, which names the lesson already";
        return false;
    }
    if (open != nullptr && (lesson != nullptr || run != nullptr)) {
        error = std::string("--open cannot be given with ") +
                (lesson != nullptr ? "--lesson" : "--run") + ": the file says what runs";
        return false;
    }
    if (open != nullptr) return read_flag(*open, arguments, error);
    if (run != nullptr) return choose_run(run->value, arguments, error);
    return choose_lesson(lesson != nullptr ? lesson->value : "stealing", arguments, error);
}

// What --FLAG VALUE means, if it says what to do.
std::optional<Mode> mode_with_value(std::string_view name) {
    if (name == "screenshot") return Mode::screenshot;
    if (name == "film") return Mode::film;
    if (name == "explore") return Mode::explore;
    if (name == "explore-seed") return Mode::replay;
    return std::nullopt;
}

bool check_together(const Arguments& arguments, bool at, bool motion, bool pace,
                    std::string& error) {
    if (!sim::check_run(arguments.options.run, error)) return false;
    if (!arguments.options.run.classes.empty()) {
        if (arguments.options.world == WorldKind::native) {
            error = "--class is for --world model";
            return false;
        }
        if (!arguments.options.teach.empty()) {
            error = "--class cannot be given with --teach, whose lessons bring their own";
            return false;
        }
    }
    bool native = arguments.options.world == WorldKind::native;
    const bool film = arguments.mode == Mode::film;
    bool picture = arguments.mode == Mode::screenshot || film;
    bool runs = picture || arguments.mode == Mode::window || arguments.mode == Mode::headless ||
                arguments.mode == Mode::steps;
    const Options& options = arguments.options;
    runs = runs || arguments.mode == Mode::files || arguments.mode == Mode::hand_out;
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
    } else if (const char* shown = !arguments.select.empty()  ? "--select"
                                   : !arguments.press.empty() ? "--press"
                                   : arguments.charts         ? "--charts"
                                   : arguments.prices         ? "--prices"
                                   : arguments.accounts       ? "--accounts"
                                                              : nullptr;
               shown != nullptr && !picture) {
        error = std::string(shown) + " is for --screenshot FILE";
    } else if (at && !picture && arguments.mode != Mode::window) {
        error = "--at is for the window and for --screenshot FILE";
    } else if (native && (at || !options.answers.empty() || options.position > 0)) {
        error = "--at, --answers and --open are for --world model: native runs differ each time";
    } else if (options.levels && (native || !options.teach.empty() ||
                                  (!picture && arguments.mode != Mode::window) || film)) {
        error = "--levels is for the window and for --screenshot FILE, and for --world model";
    } else if (motion && (!picture || film)) {
        error = "--motion is for --screenshot FILE";
    } else if (film && (native || !options.teach.empty())) {
        error = std::string("--film is for --world model") + (native ? "" : ", without --teach");
    } else if (film && arguments.to && *arguments.to < arguments.at) {
        error = "--to must not be before --at";
    } else if (!arguments.only.empty() && !arguments.screenshot.ends_with(".svg")) {
        error = "--only is for --screenshot FILE.svg";
    } else if ((options.classes > 1 || arguments.accounts) && !native) {
        error =
            std::string(arguments.accounts ? "--accounts" : "--classes") + " is for --world native";
    } else if (options.classes > 1 &&
               (arguments.mode == Mode::steps || arguments.mode == Mode::files || files ||
                (arguments.until && arguments.mode == Mode::headless))) {
        error =
            "--classes is for the window, --screenshot and --headless, without --until and "
            "--export";
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
    bool at = false, motion = false, pace = false;
    std::string_view mode;
    for (const Flag& flag : flags) {
        if (flag.name == "lesson" || flag.name == "run" || flag.name == "open") continue;
        at = at || flag.name == "at";
        motion = motion || flag.name == "motion";
        pace = pace || flag.name == "pace";
        if (flag.name == "full-speed") {
            arguments.options.full_speed = true;
        } else if (flag.name == "charts") {
            arguments.charts = true;
        } else if (flag.name == "prices") {
            arguments.prices = true;
        } else if (flag.name == "accounts") {
            arguments.accounts = true;
        } else if (flag.name == "reduced-motion") {
            arguments.options.still = true;
        } else if (flag.name == "present") {
            arguments.options.present = true;
        } else if (flag.name == "legend") {
            arguments.options.legend = true;
        } else if (flag.name == "levels") {
            arguments.options.levels = true;
        } else if (flag.name == "report-state") {
            arguments.report_state = true;
        } else if (flag.name == "revealed") {
            arguments.options.revealed = true;
        } else if (mode_of(flag.name) || mode_with_value(flag.name)) {
            const auto with_value = mode_with_value(flag.name);
            if (with_value && !read_flag(flag, arguments, error)) return std::nullopt;
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
        } else if (!read_flag(flag, arguments, error)) {
            return std::nullopt;
        }
    }
    if (!at) arguments.at = arguments.options.position;
    if (arguments.machine && arguments.options.world == WorldKind::model &&
        arguments.options.teach.empty())
        sim::make_machine(arguments.options.run);
    for (const Flag& flag : flags) {
        if ((flag.name != "to" && flag.name != "speed") || arguments.mode == Mode::film) continue;
        error = "--" + std::string(flag.name) + " is for --film FILE";
        return std::nullopt;
    }
    const bool files = !arguments.exports.empty() || !arguments.transcript.empty();
    if (files && arguments.mode == Mode::window) arguments.mode = Mode::files;
    if (!arguments.hand_out.empty()) {
        if (arguments.options.teach.empty() || arguments.mode != Mode::window) {
            error = "--hand-out is for --teach LESSON, and for nothing else";
            return std::nullopt;
        }
        arguments.mode = Mode::hand_out;
    }
    if (arguments.options.levels && arguments.options.run.classes.size() < 2 &&
        arguments.options.teach.empty() &&
        !sim::apply_setting(arguments.options.run, "level", "class", error)) {
        error = "--levels: " + error;
        return std::nullopt;
    }
    if (!check_together(arguments, at, motion, pace, error)) return std::nullopt;
    for (const Flag& flag : flags) {
        const bool of_quiz =
            flag.name == "count" || flag.name == "format" || flag.name == "pictures";
        if (!of_quiz || arguments.mode == Mode::quiz) continue;
        error = "--" + std::string(flag.name) + " is for quiz";
        return std::nullopt;
    }
    for (const Flag& flag : flags)
        if (flag.name == "seed") arguments.from = arguments.options.run.seed;
    return arguments;
}

}  // namespace homeroom::app
