// What each flag's value may be.
#include "app/cli_flags.h"

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "app/export/press.h"
#include "app/fonts.h"
#include "app/keep/kept_run.h"
#include "app/stage/look.h"
#include "app/teach/lesson_files.h"
#include "sim/text.h"

namespace homeroom::app {
namespace {

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
class FlagReader {
public:
    FlagReader(Arguments& arguments, std::string& error) : arguments_(arguments), error_(error) {}

    bool read(const Flag& flag) {
        Options& options = arguments_.options;
        std::string_view name = flag.name, value = flag.value;
        for (std::string_view setting :
             {"teachers", "clipboards", "students", "length", "seed", "rules", "policy", "quantum",
              "queues", "pcid", "class", "level", "program"}) {
            if (name == setting) return read_setting(name, value);
        }
        if (name == "costs") return read_costs(value);
        if (name == "world")
            return pick(flag, "model", "native", options.world, WorldKind::model,
                        WorldKind::native);
        if (name == "words")
            return pick(flag, "school", "field", options.words, sim::Words::school,
                        sim::Words::field);
        if (name == "theme") return read_theme(flag);
        if (name == "language") return read_language(flag);
        if (name == "scale") return read_decimal(flag, scale_min, scale_max, options.scale);
        if (name == "pace") return read_decimal(flag, pace_min, pace_max, options.pace);
        if (name == "classes") return read_classes(value);
        if (name == "motion") return read_decimal(flag, 0, 1, arguments_.motion);
        if (name == "select") {
            arguments_.select = value;
            return true;
        }
        if (name == "at") return read_at(flag);
        if (name == "export") return read_export(value);
        if (name == "open") return open_file(value);
        if (name == "answers") return read_answers(value);
        if (name == "transcript") return read_transcript(value);
        if (name == "count") return read_count(value);
        if (name == "format") return read_format(value);
        if (name == "pictures") return read_pictures(value);
        if (name == "teach") return read_lesson(value);
        if (name == "card") return read_card(value);
        if (name == "look") return read_look(value);
        if (name == "until") return read_until(value);
        if (name == "size") return read_size(value);
        if (name == "screenshot") return read_file(flag, arguments_.screenshot, {});
        if (name == "film") return read_file(flag, arguments_.film, {".gif", ".png"});
        if (name == "hand-out") return read_file(flag, arguments_.hand_out, {".html"});
        if (name == "to") return read_to(value);
        if (name == "speed") return read_decimal(flag, speed_min, 100, arguments_.film_speed);
        if (name == "only") return read_only(value);
        if (name == "press") return read_keys(value);
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
                     std::string(second) + ", not " + sim::in_quotes(flag.value);
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
                     " to " + plain(high) + ", not " + sim::in_quotes(flag.value);
            return false;
        }
        target = *value;
        return true;
    }

    bool read_theme(const Flag& flag) {
        Options& options = arguments_.options;
        options.projector = flag.value == "presenter";
        options.dark = flag.value == "dark";
        if (options.projector || options.dark || flag.value == "light") return true;
        error_ = "--theme must be light, dark or presenter, not " + sim::in_quotes(flag.value);
        return false;
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
                     sim::in_quotes(flag.value);
            return false;
        }
        arguments_.at = arguments_.options.position = *value;
        return true;
    }

    bool read_export(std::string_view value) {
        auto ends = [value](std::string_view end) {
            return value.size() > end.size() && value.substr(value.size() - end.size()) == end;
        };
        if (!ends(".json") && !ends(".csv")) {
            error_ =
                "--export must be a file that ends in .json (a trace) or .csv (counters), not " +
                sim::in_quotes(value);
            return false;
        }
        arguments_.exports.emplace_back(value);
        return true;
    }

    bool open_file(std::string_view value) {
        auto kept = open_kept_run(std::string(value), error_);
        if (!kept) {
            error_ = "--open: " + error_;
            return false;
        }
        Options& options = arguments_.options;
        options.run = kept->run;
        options.answers = std::move(kept->answers);
        options.position = kept->position;
        options.bookmarks = std::move(kept->bookmarks);
        return true;
    }

    bool read_answers(std::string_view value) {
        auto answers = parse_answers(value, error_);
        if (!answers) {
            error_ = "--answers: " + error_;
            return false;
        }
        arguments_.options.answers = std::move(*answers);
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

    bool read_pictures(std::string_view value) {
        if (value.empty()) {
            error_ = "--pictures must be the name of a folder to write into";
            return false;
        }
        arguments_.quiz_pictures = value;
        return true;
    }

    bool read_count(std::string_view value) {
        auto count = parse_whole(value, 1, 1'000);
        if (!count) {
            error_ = "--count must be a whole number from 1 to 1000, not " + sim::in_quotes(value);
            return false;
        }
        arguments_.quiz_count = *count;
        return true;
    }

    bool read_classes(std::string_view value) {
        auto count = parse_whole(value, 1, classes_max);
        if (!count) {
            error_ = "--classes must be a whole number from 1 to " + std::to_string(classes_max) +
                     ", not " + sim::in_quotes(value);
            return false;
        }
        arguments_.options.classes = static_cast<std::uint32_t>(*count);
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
        error_ = "--format must be text, md or json, not " + sim::in_quotes(value);
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
            error_ = "--card must be the number of a card, from 1 on, not " + sim::in_quotes(value);
            return false;
        }
        arguments_.options.card = *card - 1;
        return true;
    }

    bool read_look(std::string_view value) {
        if (!look_of(std::string(value))) {
            error_ = "--look must be class:N, table:N, clipboard:N, teacher:N or student:N, not " +
                     sim::in_quotes(value);
            return false;
        }
        arguments_.options.look = value;
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
        error_ =
            "--size must be WIDTHxHEIGHT from 640x400 to 7680x4320, not " + sim::in_quotes(value);
        return false;
    }

    // Settings, or the name of a file with settings, such as `homeroom measure --save` writes.
    bool read_costs(std::string_view value) {
        if (value.find('=') != std::string_view::npos) {
            if (sim::names_costs_of_classes(value)) arguments_.machine = true;
            return read_setting("costs", value);
        }
        std::ifstream file{std::string(value)};
        std::string text{std::istreambuf_iterator<char>(file), {}};
        if (!file.is_open() || file.bad()) {
            error_ = "--costs: cannot read the file " + sim::in_quotes(value);
            return false;
        }
        text += "\n";  // so that a mistake is named with its line, in a file of one line, too
        arguments_.options.costs_file = value;
        if (sim::parse_costs(text, arguments_.options.run.costs, error_)) return true;
        error_ = "--costs: " + std::string(value) + ": " + error_;
        return false;
    }

    // A file to write, which ends in one of these, if there are any.
    bool read_file(const Flag& flag, std::string& target,
                   std::initializer_list<std::string_view> endings) {
        bool good = !flag.value.empty() && endings.size() == 0;
        std::string list;
        for (const std::string_view ending : endings) {
            good = good || (flag.value.ends_with(ending) && flag.value.size() > ending.size());
            list += (list.empty() ? " that ends in " : " or ") + std::string(ending);
        }
        if (!good) {
            error_ = "--" + std::string(flag.name) + " must be the name of a file to write" + list;
            if (!list.empty()) error_ += ", not " + sim::in_quotes(flag.value);
            return false;
        }
        target = flag.value;
        return true;
    }

    bool read_to(std::string_view value) {
        arguments_.to = parse_whole(value, 0, 1'000'000'000);
        if (!arguments_.to)
            error_ = "--to must be a whole number of decisions from 0 to 1000000000, not " +
                     sim::in_quotes(value);
        return arguments_.to.has_value();
    }

    bool read_keys(std::string_view value) {
        arguments_.press = value;
        if (!value.empty() && parse_keys(value, error_)) return true;
        error_ = "--press: " + (value.empty() ? "there is no key in ''" : error_);
        return false;
    }

    bool read_only(std::string_view value) {
        if (value == "scene" || value == "timeline") {
            arguments_.only = value;
            return true;
        }
        error_ = "--only must be scene or timeline, not " + sim::in_quotes(value);
        return false;
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

}  // namespace

bool read_flag(const Flag& flag, Arguments& arguments, std::string& error) {
    return FlagReader(arguments, error).read(flag);
}

}  // namespace homeroom::app
