// Writing a run into a file, reading it back, and the same as words for a command line.
#include "app/keep/kept_run.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

#include "sim/lesson.h"
#include "sim/text.h"

namespace homeroom::app {
namespace {

constexpr std::string_view first_word = "homeroom";
// More answers than any run here asks for; a small file must not fill the memory.
constexpr std::size_t answers_max = 50'000'000;
constexpr std::size_t position_max = 1'000'000'000;

std::optional<std::uint64_t> parse_number(std::string_view text, std::uint64_t most) {
    std::uint64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || problem != std::errc{} || end != text.data() + text.size() || value > most)
        return std::nullopt;
    return value;
}

std::optional<sim::RunOptions> parse_known_run(std::string_view text, std::string& error) {
    auto run = sim::parse_run(text, error);
    if (run && sim::find_lesson(run->lesson) == nullptr) {
        error = "there is no lesson " + sim::in_quotes(run->lesson) + " here; --lessons lists them";
        return std::nullopt;
    }
    return run;
}

// Takes in the lines of a file. They throw nothing: false means that `error` is set.
class RunReader {
public:
    RunReader(KeptRun& kept, std::string& error) : kept_(kept), error_(error) {}

    bool read(std::string_view line) {
        std::string_view rest = line;
        const std::string_view name = sim::cut(rest, ' ');
        rest = sim::trimmed(rest);
        if (name == "run") return read_run(rest);
        if (name == "answers") return read_answers(rest);
        if (name == "position") return read_position(rest, kept_.position);
        if (name == "bookmark") return read_bookmark(rest);
        return fail("unknown word " + sim::in_quotes(name) +
                    "; known are run, answers, position, bookmark");
    }
    bool has_run() const { return has_run_; }

private:
    bool fail(const std::string& why) {
        error_ = why;
        return false;
    }

    bool read_run(std::string_view text) {
        if (has_run_) return fail("there is a second run");
        auto run = parse_known_run(text, error_);
        if (!run) return false;
        kept_.run = *run;
        return has_run_ = true;
    }

    bool read_answers(std::string_view text) {
        auto answers = parse_answers(text, error_);
        if (!answers) return false;
        kept_.answers = std::move(*answers);
        return true;
    }

    bool read_position(std::string_view text, std::size_t& position) {
        const auto number = parse_number(text, position_max);
        if (!number)
            return fail("a position is a whole number from 0 to 1000000000, not " +
                        sim::in_quotes(text));
        position = *number;
        return true;
    }

    bool read_bookmark(std::string_view text) {
        Bookmark mark;
        std::string_view end = sim::cut(text, ' ');
        if (!read_position(sim::cut(end, '-'), mark.position)) return false;
        if (!end.empty() && !read_position(end, mark.end)) return false;
        if (!end.empty() && mark.end <= mark.position)
            return fail("the stretch of a bookmark ends after it begins");
        mark.note = sim::trimmed(text);
        const auto place = std::lower_bound(
            kept_.bookmarks.begin(), kept_.bookmarks.end(), mark,
            [](const Bookmark& a, const Bookmark& b) { return a.position < b.position; });
        if (place != kept_.bookmarks.end() && place->position == mark.position)
            return fail("there is a second bookmark at " + std::to_string(mark.position));
        kept_.bookmarks.insert(place, mark);
        return true;
    }

    KeptRun& kept_;
    std::string& error_;
    bool has_run_ = false;
};

// "homeroom 2"; nothing and `error` for other versions and other files.
bool check_version(std::string_view line, std::string& error) {
    const std::string_view name = sim::cut(line, ' ');
    const auto version = parse_number(sim::trimmed(line), 1'000'000);
    if (name != first_word || !version || *version == 0) {
        error = "this is no run of Homeroom: its first line must be 'homeroom 2'";
        return false;
    }
    if (*version > kept_run_version) {
        error = "version " + std::to_string(*version) +
                " is newer than this program, which reads " + std::to_string(kept_run_version);
        return false;
    }
    return true;
}

// The words of a command line, with the quotes of a shell taken away.
std::vector<std::string> shell_words(std::string_view text) {
    std::vector<std::string> words;
    bool inside = false;
    char quote = 0;
    for (char c : text) {
        if (quote != 0) {
            if (c == quote) {
                quote = 0;
            } else {
                words.back() += c;
            }
            continue;
        }
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!blank && !inside) words.emplace_back();
        inside = !blank;
        if (c == '"' || c == '\'') {
            quote = c;
        } else if (!blank) {
            words.back() += c;
        }
    }
    return words;
}

std::optional<KeptRun> parse_command_line(std::string_view text, std::string& error) {
    const std::vector<std::string> words = shell_words(text);
    KeptRun kept;
    std::string lines = "homeroom 1\n";
    for (std::size_t i = 1; i < words.size(); i += 2) {
        const std::string& flag = words[i];
        const char* name = flag == "--run"       ? "run"
                           : flag == "--answers" ? "answers"
                           : flag == "--at"      ? "position"
                                                 : nullptr;
        if (name == nullptr || i + 1 == words.size()) {
            error = "a command line may have --run, --answers and --at here, each with a value; " +
                    sim::in_quotes(flag) + " is none of them";
            return std::nullopt;
        }
        lines += std::string(name) + " " + words[i + 1] + "\n";
    }
    return parse_kept_run(lines, error);
}

}  // namespace

std::string answers_to_string(const sim::Answers& answers) {
    std::string text;
    for (std::size_t i = 0; i < answers.size();) {
        std::size_t next = i;
        while (next < answers.size() && answers[next] == answers[i]) ++next;
        if (!text.empty()) text += ",";
        text += std::to_string(answers[i]);
        if (next - i > 1) text += "*" + std::to_string(next - i);
        i = next;
    }
    return text;
}

std::optional<sim::Answers> parse_answers(std::string_view text, std::string& error) {
    sim::Answers answers;
    while (!text.empty()) {
        const std::string_view piece = sim::cut(text, ',');
        std::string_view times = piece;
        const auto answer = parse_number(sim::cut(times, '*'), 1'000'000);
        const bool repeated = piece.find('*') != std::string_view::npos;
        const auto count = repeated ? parse_number(times, answers_max) : std::uint64_t{1};
        if (!answer || !count || *count == 0) {
            error = "answers are numbers such as 0*57,1,0*3, not " + sim::in_quotes(piece);
            return std::nullopt;
        }
        if (answers.size() + *count > answers_max) {
            error = "there are more than " + std::to_string(answers_max) + " answers";
            return std::nullopt;
        }
        answers.insert(answers.end(), *count, static_cast<std::uint32_t>(*answer));
    }
    return answers;
}

std::string to_text(const KeptRun& kept) {
    std::string text = std::string(first_word) + " " + std::to_string(kept_run_version) + "\n";
    text += "run " + sim::to_string(kept.run) + "\n";
    if (!kept.answers.empty()) text += "answers " + answers_to_string(kept.answers) + "\n";
    text += "position " + std::to_string(kept.position) + "\n";
    for (const Bookmark& mark : kept.bookmarks) {
        std::string note = mark.note;
        std::replace(note.begin(), note.end(), '\n', ' ');
        text += "bookmark " + std::to_string(mark.position) +
                (mark.end == 0 ? "" : "-" + std::to_string(mark.end)) + (note.empty() ? "" : " ") +
                note + "\n";
    }
    return text;
}

std::optional<KeptRun> parse_kept_run(std::string_view text, std::string& error) {
    KeptRun kept;
    RunReader reader(kept, error);
    std::size_t number = 0;
    bool known = false;
    while (!text.empty()) {
        const std::string_view line = sim::trimmed(sim::cut(text, '\n'));
        ++number;
        if (known && (line.empty() || line[0] == '#')) continue;
        if (!(known ? reader.read(line) : check_version(line, error))) {
            error = std::to_string(number) + ": " + error;
            return std::nullopt;
        }
        known = true;
    }
    if (reader.has_run()) return kept;
    error = std::to_string(std::max<std::size_t>(number, 1)) + ": " +
            (known ? "a line with the run is missing" : "this is no run of Homeroom: it is empty");
    return std::nullopt;
}

std::optional<KeptRun> open_kept_run(const std::string& file, std::string& error) {
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in.is_open() || in.bad()) {
        error = file + ": cannot be read";
        return std::nullopt;
    }
    auto kept = parse_kept_run(text, error);
    if (!kept) error = file + ":" + error;
    return kept;
}

std::string command_line_of(const KeptRun& kept) {
    std::string text = "homeroom --run \"" + sim::to_string(kept.run) + "\"";
    if (!kept.answers.empty()) text += " --answers " + answers_to_string(kept.answers);
    if (kept.position > 0) text += " --at " + std::to_string(kept.position);
    return text;
}

std::optional<KeptRun> parse_pasted(std::string_view text, std::string& error) {
    text = sim::trimmed(text);
    const std::string_view start = text.substr(0, text.find_first_of(" \n"));
    const bool program = start == first_word || start == "./run.sh";
    if (program && text.find("--") != std::string_view::npos && text.find("--") < text.find('\n'))
        return parse_command_line(text, error);
    if (program) return parse_kept_run(text, error);
    const auto run = parse_known_run(text, error);
    if (!run) return std::nullopt;
    KeptRun kept;
    kept.run = *run;
    return kept;
}

}  // namespace homeroom::app
