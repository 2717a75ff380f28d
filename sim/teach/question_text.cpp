// Reading what a question asks, and playing the runs that it needs.
#include <algorithm>
#include <charconv>

#include "sim/choosers.h"
#include "sim/lesson.h"
#include "sim/teach/question.h"
#include "sim/text.h"
#include "sim/world.h"

namespace homeroom::sim {

namespace {

using QuestionKind = QuestionSpec::Kind;

// The words of a question, read one after another.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(trimmed(text)) {}

    std::string_view next() {
        const std::size_t end = text_.find_first_of(blanks);
        const std::string_view word = text_.substr(0, end);
        text_ = end == std::string_view::npos ? std::string_view{} : trimmed(text_.substr(end));
        return word;
    }
    bool take(std::string_view word) {
        Reader copy = *this;
        if (copy.next() != word) return false;
        *this = copy;
        return true;
    }
    std::string_view rest() const { return text_; }
    bool empty() const { return text_.empty(); }

private:
    std::string_view text_;
};

class QuestionParser {
public:
    QuestionParser(std::string_view text, std::string& error) : words_(text), error_(error) {}

    std::optional<QuestionSpec> parse() {
        const std::string_view name = words_.next();
        struct Form {
            std::string_view name;
            QuestionKind kind;
            bool (QuestionParser::*read)();
        };
        static constexpr Form forms[] = {
            {"next", QuestionKind::next, &QuestionParser::read_table},
            {"from", QuestionKind::from, &QuestionParser::read_table},
            {"longest", QuestionKind::longest, &QuestionParser::read_nothing},
            {"where", QuestionKind::where, &QuestionParser::read_student},
            {"holder", QuestionKind::holder, &QuestionParser::read_holder},
            {"last", QuestionKind::last, &QuestionParser::read_last},
            {"count", QuestionKind::count, &QuestionParser::read_count},
            {"will", QuestionKind::will, &QuestionParser::read_will},
            {"seeds", QuestionKind::seeds, &QuestionParser::read_seeds},
            {"first", QuestionKind::first, &QuestionParser::read_first},
            {"most", QuestionKind::most, &QuestionParser::read_compared},
            {"least", QuestionKind::least, &QuestionParser::read_compared},
        };
        for (const Form& form : forms) {
            if (form.name != name) continue;
            spec_.kind = form.kind;
            if (!(this->*form.read)()) return std::nullopt;
            if (!words_.empty()) {
                error_ = std::string(name) + ": unexpected " + in_quotes(words_.rest());
                return std::nullopt;
            }
            return spec_;
        }
        error_ = "unknown question " + in_quotes(name) + "; known are";
        for (const Form& form : forms) error_ += " " + std::string(form.name);
        return std::nullopt;
    }

private:
    bool fail(const std::string& why) {
        error_ = why;
        return false;
    }

    bool read_nothing() { return true; }

    template <class Id>
    bool read_id(const char* what, std::uint32_t low, std::uint32_t high, Id& id) {
        const std::string_view word = words_.next();
        std::uint32_t number = 0;
        const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), number);
        if (word.empty() || problem != std::errc{} || end != word.data() + word.size() ||
            number < low || number > high) {
            return fail("expected the number of a " + std::string(what) + ", not " +
                        in_quotes(word));
        }
        id = static_cast<Id>(number);
        return true;
    }

    bool read_table() {
        if (!words_.take("at")) return true;
        if (!words_.take("table")) return fail("after 'at' comes 'table N'");
        return read_id("table", 0, 9'999, spec_.table);
    }

    bool read_student() { return read_id("student", 1, 10'000'000, spec_.student); }

    bool read_moment(std::string_view text, std::optional<Until>& moment) {
        moment = parse_until(text, error_);
        return moment.has_value();
    }

    bool read_one_moment() {
        std::optional<Until> moment;
        if (!read_moment(words_.next(), moment)) return false;
        spec_.moments.push_back(*moment);
        return true;
    }

    bool read_holder() {
        if (!read_id("clipboard", 0, clipboards_max - 1, spec_.clipboard)) return false;
        if (!words_.take("at")) return fail("holder N at MOMENT: the moment is missing");
        return read_one_moment();
    }

    bool read_last() {
        if (!read_one_moment()) return false;
        const Until::Kind kind = spec_.moments[0].kind;
        if (kind != Until::Kind::called && kind != Until::Kind::ended)
            return fail("last must be 'last run' or 'last end'");
        return true;
    }

    bool read_measure(std::string_view name) {
        spec_.measure = find_measure(name);
        if (spec_.measure != nullptr) return true;
        error_ = "unknown measure " + in_quotes(name) + "; known are";
        for (const Measure& each : measures()) error_ += " " + std::string(each.name);
        return false;
    }

    bool read_count() {
        if (!read_measure(words_.next())) return false;
        return !words_.take("at") || read_one_moment();
    }

    bool read_will() {
        if (!read_one_moment()) return false;
        return !words_.take("before") || read_moment(words_.next(), spec_.before);
    }

    bool read_seeds() {
        if (!read_one_moment()) return false;
        if (!words_.take("of")) return fail("seeds MOMENT of N: 'of' is missing");
        const std::string_view word = words_.next();
        const auto [end, problem] =
            std::from_chars(word.data(), word.data() + word.size(), spec_.seeds);
        if (word.empty() || problem != std::errc{} || end != word.data() + word.size() ||
            spec_.seeds < 2 || spec_.seeds > seeds_max)
            return fail("seeds MOMENT of N: N must be from 2 to " + std::to_string(seeds_max) +
                        ", not " + in_quotes(word));
        return true;
    }

    bool read_first() {
        for (std::string_view text : split(words_.rest(), '|')) {
            std::optional<Until> moment;
            if (!read_moment(text, moment)) return false;
            spec_.moments.push_back(*moment);
        }
        words_ = Reader("");
        return spec_.moments.size() >= 2 ||
               fail("first needs at least two moments, with | between");
    }

    bool read_compared() {
        const std::size_t colon = words_.rest().find(':');
        if (colon == std::string_view::npos)
            return fail("expected MEASURE: CHANGE | CHANGE, with a colon");
        if (!read_measure(trimmed(words_.rest().substr(0, colon)))) return false;
        for (std::string_view text : split(words_.rest().substr(colon + 1), '|')) {
            if (text.empty()) return fail("a change is missing; '=' means none");
            if (!changed_run(RunOptions{}, text, error_)) return false;
            spec_.changes.emplace_back(text);
        }
        words_ = Reader("");
        return spec_.changes.size() >= 2 || fail("expected at least two changes, with | between");
    }

    Reader words_;
    QuestionSpec spec_;
    std::string& error_;
};

}  // namespace

std::optional<QuestionSpec> parse_question(std::string_view text, std::string& error) {
    return QuestionParser(text, error).parse();
}

std::optional<RunOptions> changed_run(const RunOptions& run, std::string_view change,
                                      std::string& error) {
    RunOptions changed = run;
    Reader words(change);
    if (words.take("=")) return changed;
    bool first = true;
    while (!words.empty()) {
        const std::string_view word = words.next();
        const std::size_t equals = word.find('=');
        if (equals == std::string_view::npos) {
            const Lesson* lesson = first ? find_lesson(word) : nullptr;
            if (lesson == nullptr) {
                error = first ? "unknown lesson " + in_quotes(word) + "; --lessons lists them"
                              : "expected NAME=VALUE, not " + in_quotes(word);
                return std::nullopt;
            }
            const std::uint64_t seed = run.seed;
            changed = lesson->defaults;
            changed.lesson = lesson->name;
            changed.seed = seed;
        } else if (!apply_setting(changed, word.substr(0, equals), word.substr(equals + 1),
                                  error)) {
            return std::nullopt;
        }
        first = false;
    }
    return changed;
}

const Timeline* Runs::of(const RunOptions& run, std::string& error) {
    std::unique_ptr<Timeline>& timeline = played_[to_string(run)];
    if (timeline) return timeline.get();
    if (!check_run(run, error)) return nullptr;
    if (find_lesson(run.lesson) == nullptr) {
        error = "unknown lesson " + in_quotes(run.lesson) + "; --lessons lists them";
        return nullptr;
    }
    auto played = std::make_unique<Timeline>(run.teachers, run.clipboards);
    ClockOrder chooser(run.seed);
    World world(run, {}, model_programs(run), chooser);
    world.on_step = [&played](const Step& step) { played->append(step); };
    if (world.advance(decisions_max_)) {
        error = "the run '" + to_string(run) + "' has more than " + std::to_string(decisions_max_) +
                " decisions";
        return nullptr;
    }
    timeline = std::move(played);
    return timeline.get();
}

}  // namespace homeroom::sim
