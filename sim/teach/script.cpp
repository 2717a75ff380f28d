// Reading a lesson's text.
#include "sim/teach/script.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "sim/lesson.h"
#include "sim/text.h"

namespace homeroom::sim {

namespace {

constexpr std::string_view setting_names[] = {"teachers", "clipboards", "students", "length",
                                              "seed",     "rules",      "policy",   "program"};
constexpr const char* known_settings =
    "teachers, clipboards, students, length, seed, rules, policy, program";

bool begins(std::string_view text, std::string_view with) {
    return text.substr(0, with.size()) == with;
}

class ScriptParser {
public:
    ScriptParser(std::string_view text, std::string_view file, bool translation, std::string& error)
        : text_(text), error_(error), translation_(translation) {
        script_.file = script_.text_file = file;
    }

    std::optional<Script> parse() {
        if (!read_head()) return std::nullopt;
        while (next_line()) {
            if (!read_line()) return std::nullopt;
        }
        if (script_.cards.empty()) {
            fail("a lesson needs at least one card: a line that begins with '# '");
            return std::nullopt;
        }
        return script_;
    }

private:
    bool fail(const std::string& why) {
        error_ = script_.file + ":" + std::to_string(std::max(line_, 1)) + ": " + why;
        return false;
    }

    bool next_line() {
        if (text_.empty()) return false;
        const std::size_t end = text_.find('\n');
        line_text_ = trimmed(text_.substr(0, end));
        text_ = end == std::string_view::npos ? std::string_view{} : text_.substr(end + 1);
        ++line_;
        return true;
    }

    // "NAME: VALUE"; false when the line is no such thing.
    bool split_setting(std::string_view& name, std::string_view& value) const {
        const std::size_t colon = line_text_.find(':');
        if (colon == std::string_view::npos) return false;
        name = trimmed(line_text_.substr(0, colon));
        value = trimmed(line_text_.substr(colon + 1));
        return true;
    }

    bool read_head() {
        if (!next_line() || line_text_ != "---")
            return fail("a lesson begins with a line '---' and its settings");
        bool has_format = false, has_run = false;
        while (next_line() && line_text_ != "---") {
            std::string_view name, value;
            if (line_text_.empty()) continue;
            if (!split_setting(name, value)) return fail("expected NAME: VALUE, or '---'");
            if (name == "format") {
                if (value != "1")
                    return fail("this program reads lessons of format 1, not " + in_quotes(value));
                has_format = true;
            } else if (name == "title") {
                script_.title = value;
            } else if (name == "number" && !translation_) {
                const auto [end, problem] =
                    std::from_chars(value.data(), value.data() + value.size(), script_.number);
                if (problem != std::errc{} || end != value.data() + value.size() || value.empty())
                    return fail("number: expected a whole number, not " + in_quotes(value));
            } else if (name == "repairs") {
                script_.repairs = value;
            } else if (name == "run" && !translation_) {
                std::string why;
                const auto run = changed_run(RunOptions{}, value, why);
                if (!run) return fail("run: " + why);
                script_.run = *run;
                has_run = true;
            } else {
                return fail("unknown setting " + in_quotes(name) + "; known are " +
                            (translation_ ? "format, title, repairs, which a translation has"
                                          : "format, number, title, repairs, run"));
            }
        }
        if (line_text_ != "---") return fail("the settings end with a line '---'");
        if (!has_format) return fail("'format: 1' is missing");
        if (script_.title.empty()) return fail("'title:' is missing");
        if (!has_run && !translation_)
            return fail("'run:' is missing: the lesson of which the run is, and its options");
        return true;
    }

    bool read_line() {
        if (begins(line_text_, "# ")) {
            Card card;
            card.title = trimmed(line_text_.substr(2));
            card.line = card.text_line = line_;
            script_.cards.push_back(card);
            part_ = Part::settings;
            return true;
        }
        if (script_.cards.empty()) {
            if (line_text_.empty()) return true;
            return fail("expected a card: a line that begins with '# '");
        }
        Card& card = script_.cards.back();
        if (line_text_.empty()) {
            if (part_ == Part::settings || part_ == Part::question) part_ = Part::text;
            fresh_ = true;
            return true;
        }
        if (line_text_ == "?" || begins(line_text_, "? ")) return read_question(card);
        if (begins(line_text_, ">")) {
            if (!card.question) return fail("'>' is for the answer, and no question stands before");
            part_ = Part::question;
            return add_text(card.after, trimmed(line_text_.substr(1)));
        }
        if (part_ == Part::settings) return read_setting(card);
        if (part_ == Part::question) return read_detail(*card.question);
        if (card.question) return fail("text after the question begins with '>'");
        return add_text(card.text, line_text_);
    }

    // Lines are joined to paragraphs; "- " begins another one.
    bool add_text(std::vector<std::string>& paragraphs, std::string_view line) {
        if (!check_braces(line)) return false;
        const bool item = begins(line, "- ");
        std::string text(item ? "• " : "");
        text += item ? line.substr(2) : line;
        if (fresh_ || item || paragraphs.empty() || line.empty()) {
            if (!line.empty()) paragraphs.push_back(text);
            fresh_ = line.empty();
        } else {
            // Chinese has no blanks between words, and so none where a line ends.
            const bool blank = static_cast<unsigned char>(paragraphs.back().back()) < 0x80 ||
                               static_cast<unsigned char>(text.front()) < 0x80;
            paragraphs.back() += (blank ? " " : "") + text;
        }
        return true;
    }

    bool check_braces(std::string_view line) {
        while (true) {
            const std::size_t open = line.find('{');
            const std::size_t stray = line.find('}');
            if (open == std::string_view::npos) {
                return stray == std::string_view::npos || fail("a '}' without '{'");
            }
            const std::size_t close = line.find('}', open);
            if (close == std::string_view::npos || stray < open)
                return fail("a '{' and its '}' must stand on one line");
            const std::string_view inside = line.substr(open + 1, close - open - 1);
            if (begins(inside, "=")) {
                const std::string_view name = trimmed(inside.substr(1, inside.find(':') - 1));
                if (find_measure(name) == nullptr)
                    return fail("unknown measure " + in_quotes(name));
            } else if (inside.find('|') == std::string_view::npos) {
                return fail("expected {school|field} or {=MEASURE}, not '{" + std::string(inside) +
                            "}'");
            }
            line = line.substr(close + 1);
        }
    }

    bool read_setting(Card& card) {
        std::string_view name, value;
        if (!split_setting(name, value))
            return fail("expected NAME: VALUE; text comes after an empty line");
        if (translation_) return fail("a translation has no settings; they are in lesson.md");
        std::string why;
        if (name == "run") {
            if (!changed_run(script_.run, value, why)) return fail("run: " + why);
            card.run = value;
            return true;
        }
        if (name == "at") {
            const auto [end, problem] =
                std::from_chars(value.data(), value.data() + value.size(), card.start_at);
            const bool number =
                !value.empty() && problem == std::errc{} && end == value.data() + value.size();
            if (value != "start" && value != "end" && !number)
                return fail("at: must be start, end or a number of decisions, not " +
                            in_quotes(value));
            card.start = number             ? Card::Start::decision
                         : value == "start" ? Card::Start::start
                                            : Card::Start::end;
            return true;
        }
        if (name == "until") {
            card.until = parse_until(value, why);
            card.until_line = line_;
            return card.until ? true : fail("until: " + why);
        }
        if (name == "show") return read_shows(card, value);
        if (name == "try") {
            for (std::string_view each : split(value, ',')) {
                if (!is_setting(each))
                    return fail("try: unknown setting " + in_quotes(each) + "; known are " +
                                known_settings);
                card.tries.emplace_back(each);
            }
            return true;
        }
        if (name == "goal") {
            card.goal = parse_goal(value, why);
            card.goal_line = line_;
            return card.goal ? true : fail("goal: " + why);
        }
        if (name == "way") {
            if (!changed_run(script_.run, value, why)) return fail("way: " + why);
            card.way = value;
            return true;
        }
        return fail("unknown setting " + in_quotes(name) +
                    "; known are run, at, until, show, try, goal, way");
    }

    bool read_shows(Card& card, std::string_view value) {
        using Kind = Highlight::Kind;
        struct Name {
            std::string_view name;
            Kind kind;
        };
        constexpr Name names[] = {{"student", Kind::student},     {"table", Kind::table},
                                  {"clipboard", Kind::clipboard}, {"teacher", Kind::teacher},
                                  {"bench", Kind::bench},         {"monitor", Kind::monitor}};
        for (std::string_view each : split(value, ',')) {
            const std::size_t blank = each.find_first_of(blanks);
            const std::string_view word = each.substr(0, blank);
            const auto* found = std::find_if(std::begin(names), std::end(names),
                                             [&](const Name& name) { return name.name == word; });
            const std::string_view number =
                blank == std::string_view::npos ? std::string_view{} : trimmed(each.substr(blank));
            const bool numbered = found != std::end(names) && found->kind != Kind::bench &&
                                  found->kind != Kind::monitor;
            Highlight highlight;
            const auto [end, problem] =
                std::from_chars(number.data(), number.data() + number.size(), highlight.id);
            const bool read =
                !number.empty() && problem == std::errc{} && end == number.data() + number.size();
            if (found == std::end(names) || numbered != read || (!numbered && !number.empty()))
                return fail(
                    "show: expected student N, table N, clipboard N, teacher N, bench or "
                    "monitor, not " +
                    in_quotes(each));
            highlight.kind = found->kind;
            card.shows.push_back(highlight);
        }
        return true;
    }

    bool read_question(Card& card) {
        if (card.question) return fail("a card has one question; begin another card");
        std::string why;
        const std::string_view asks = trimmed(line_text_.substr(1));
        card.question_line = card.answer_line = line_;
        if (translation_) {
            if (!asks.empty())
                return fail("a translation only says '?'; lesson.md says what is asked");
            card.question.emplace();
            part_ = Part::question;
            return true;
        }
        if (card.goal) return fail("a card has a goal or a question, not both");
        card.question = parse_question(asks, why);
        part_ = Part::question;
        return card.question ? true : fail(why);
    }

    bool read_detail(QuestionSpec& question) {
        std::string_view name, value;
        if (!split_setting(name, value) || (name != "prompt" && name != "wrong"))
            return fail("after a question come 'prompt:', 'wrong:' or lines with '>'");
        if (name == "prompt") {
            question.prompt = value;
            return check_braces(value);
        }
        if (translation_) return fail("a translation has no settings; they are in lesson.md");
        for (std::string_view each : split(value, ',')) {
            std::int64_t number = 0;
            const auto [end, problem] =
                std::from_chars(each.data(), each.data() + each.size(), number);
            if (each.empty() || problem != std::errc{} || end != each.data() + each.size())
                return fail("wrong: expected numbers, not " + in_quotes(each));
            question.wrong.push_back(number);
        }
        return true;
    }

    std::string_view text_, line_text_;
    int line_ = 0;
    std::string& error_;
    bool translation_;
    Script script_;
    enum class Part { settings, text, question } part_ = Part::settings;
    bool fresh_ = true;  // the next line of text begins a paragraph
};

}  // namespace

std::optional<Script> parse_script(std::string_view text, std::string_view file,
                                   std::string& error) {
    return ScriptParser(text, file, false, error).parse();
}

bool parse_translation(std::string_view text, std::string_view file, Script& script,
                       std::string& error) {
    auto other = ScriptParser(text, file, true, error).parse();
    if (!other) return false;
    auto fail = [&](int line, const std::string& why) {
        error = other->file + ":" + std::to_string(line) + ": " + why;
        return false;
    };
    for (std::size_t i = 0; i < other->cards.size(); ++i) {
        const Card& card = other->cards[i];
        if (i >= script.cards.size())
            return fail(card.line, "lesson.md has no such card: it has " +
                                       std::to_string(script.cards.size()));
        const Card& original = script.cards[i];
        auto said = [](const std::optional<QuestionSpec>& question) {
            return question && !question->prompt.empty();
        };
        if (card.question.has_value() != original.question.has_value())
            return fail(card.line, original.question ? "this card asks something in lesson.md"
                                                     : "this card asks nothing in lesson.md");
        if (said(original.question) != said(card.question))
            return fail(card.question_line, said(original.question)
                                                ? "'prompt:' is missing"
                                                : "lesson.md has no 'prompt:' here");
        if (card.after.empty() != original.after.empty())
            return fail(card.question_line, "the lines with '>' are not as in lesson.md");
    }
    if (other->cards.size() < script.cards.size())
        return fail(other->cards.back().line, "the cards that follow in lesson.md are missing");
    script.title = other->title;
    script.repairs = other->repairs;
    script.text_file = other->file;
    for (std::size_t i = 0; i < script.cards.size(); ++i) {
        Card& card = script.cards[i];
        Card& translated = other->cards[i];
        card.title = std::move(translated.title);
        card.text = std::move(translated.text);
        card.after = std::move(translated.after);
        card.text_line = translated.text_line;
        card.answer_line = translated.answer_line;
        if (card.question) card.question->prompt = translated.question->prompt;
    }
    return true;
}

bool is_setting(std::string_view name) {
    return std::find(std::begin(setting_names), std::end(setting_names), name) !=
           std::end(setting_names);
}

}  // namespace homeroom::sim
