// Every text is there in every language, with the same places for names.
#include "sim/language.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "sim/choosers.h"
#include "sim/explain.h"
#include "sim/kernel/policy.h"
#include "sim/lesson.h"
#include "sim/simplified.h"
#include "sim/teach/measures.h"
#include "sim/until.h"
#include "sim/world.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

// Speaks a language until the end of a block.
struct Speaking {
    explicit Speaking(Language language) { speak(language); }
    ~Speaking() { speak(Language::english); }
    Speaking(const Speaking&) = delete;
    Speaking& operator=(const Speaking&) = delete;
};

std::set<char> places_of(std::string_view text) {
    std::set<char> places;
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
        if (text[i] == '{' && text[i + 2] == '}')
            places.insert(static_cast<char>(std::tolower(static_cast<unsigned char>(text[i + 1]))));
    }
    return places;
}

bool is_translated(const std::string& english) {
    const std::span<const Translation> all = translations(Language::chinese);
    return std::any_of(all.begin(), all.end(),
                       [&](const Translation& text) { return text.english == english; });
}

// Words that both languages share: names of Go and of its parts, flags, units.
bool is_shared(const std::string& word) {
    static const std::set<std::string> shared = {"select", "main",   "next", "nil",  "schedtick",
                                                 "sync",   "panic",  "wait", "park", "runtime",
                                                 "unlock", "sysmon", "ns",   "us",   "ms"};
    return shared.count(word) != 0;
}

// The first English word of at least two small letters in a text that should have none.
std::string english_word(const std::string& text) {
    std::string word;
    for (char c : text + " ") {
        if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
            word += c;
            continue;
        }
        if (c == '_' || c == '.') {  // two_pens.h:24, in a program
            word.clear();
            continue;
        }
        // Names such as WaitGroup have capitals.
        const bool small =
            std::none_of(word.begin(), word.end(), [](char letter) { return letter <= 'Z'; });
        if (small && word.size() >= 2 && !is_shared(word)) return word;
        word.clear();
    }
    return "";
}

struct Call {
    std::string function;
    std::vector<std::string> texts;  // the literals among its own arguments, not of calls in it
};

// What a C++ literal or two side by side stand for.
std::string literal(const std::string& source, std::size_t& at) {
    std::string text;
    for (++at; at < source.size() && source[at] != '"'; ++at) {
        if (source[at] != '\\') {
            text += source[at];
        } else {
            ++at;
            text += source[at] == 'n' ? '\n' : source[at];
        }
    }
    ++at;
    return text;
}

// All calls of one source file that have literals as arguments.
std::vector<Call> calls_of(const std::string& source) {
    std::vector<Call> found, open;
    std::string name;
    bool joined = false;  // a literal just ended: the next one goes on with it
    for (std::size_t at = 0; at < source.size();) {
        const char c = source[at];
        if (source.compare(at, 2, "//") == 0) {
            at = std::min(source.find('\n', at), source.size());
        } else if (c == '"') {
            const std::string text = literal(source, at);
            if (open.empty()) continue;
            if (joined) {
                open.back().texts.back() += text;
            } else {
                open.back().texts.push_back(text);
            }
            joined = true;
        } else if (c == '\'') {
            at += source[at + 1] == '\\' ? 4u : 3u;
        } else {
            if (std::isspace(static_cast<unsigned char>(c)) == 0) joined = false;
            if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') {
                name += c;
            } else {
                if (c == '(') open.push_back({name, {}});
                if (c == ')' && !open.empty()) {
                    found.push_back(open.back());
                    open.pop_back();
                }
                name.clear();
            }
            ++at;
        }
    }
    return found;
}

bool has_words(const std::string& text) {
    std::size_t letters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}') i += 2;
        letters = std::isalpha(static_cast<unsigned char>(text[i])) != 0 ? letters + 1 : 0;
        if (letters == 2) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("every text of the catalogue has both languages and the same places for names") {
    std::set<std::string> seen;
    for (const Translation& text : translations(Language::chinese)) {
        CAPTURE(std::string(text.english));
        CAPTURE(std::string(text.other));
        CHECK(seen.insert(text.english).second);
        CHECK(*text.other != '\0');
        CHECK(places_of(text.english) == places_of(text.other));
        // The lines are in step: Chinese on the right, unless both say it alike, and none on the
        // left.
        const std::string other = text.other;
        const bool is_chinese = std::any_of(other.begin(), other.end(), [](char c) {
            return static_cast<unsigned char>(c) >= 0x80;
        });
        CHECK((is_chinese || other == text.english || !has_words(other)));
        CHECK(static_cast<unsigned char>(text.english[1]) < 0xe3);
    }
    CHECK(seen.size() > 800);
}

TEST_CASE("every text in the source is in the catalogue") {
    // Functions whose literals are all texts; and those whose first one is the name of a control.
    const std::set<std::string> all_texts = {
        "say",   "either", "tr",        "phrase", "pick_tr", "numbered", "heading",
        "label", "dim",    "paragraph", "tip",    "bench",   "of_table"};
    const std::set<std::string> named = {"button", "icon_button", "toggle",
                                         "slider", "track",       "link"};
    constexpr const char* untranslated[] = {"export", "summary.cpp"};
    std::size_t checked = 0;
    for (const char* folder : {"sim", "app"}) {
        const auto root = std::filesystem::path(HOMEROOM_SOURCE_DIR) / folder;
        for (const auto& file : std::filesystem::recursive_directory_iterator(root)) {
            const std::string path = file.path().string();
            if (file.path().extension() != ".cpp") continue;
            // In English only: summaries, exports, and lessons with questions, whose cards are.
            const bool english_only =
                std::any_of(std::begin(untranslated), std::end(untranslated),
                            [&](const char* part) { return path.find(part) != path.npos; });
            if (english_only) continue;
            std::ifstream in(path);
            std::stringstream source;
            source << in.rdbuf();
            for (const Call& call : calls_of(source.str())) {
                const bool skip_first = named.count(call.function) != 0;
                if (!skip_first && all_texts.count(call.function) == 0) continue;
                for (std::size_t i = skip_first ? 1 : 0; i < call.texts.size(); ++i) {
                    if (!has_words(call.texts[i])) continue;
                    ++checked;
                    if (is_translated(call.texts[i])) continue;
                    FAIL_CHECK("sim/texts/zh.txt lacks a text of " << path << ":\n"
                                                                   << call.texts[i]);
                }
            }
        }
    }
    CHECK(checked > 600);
}

TEST_CASE("every lesson, rule, moment, measure and policy has its words in Chinese") {
    for (const Lesson& lesson : lessons()) {
        CAPTURE(std::string(lesson.name));
        CHECK(is_translated(lesson.title));
        CHECK(is_translated(lesson.about));
        CHECK(is_translated(lesson.field));
    }
    for (const UntilInfo& info : until_infos()) {
        CAPTURE(info.name);
        CHECK(is_translated(info.school));
        CHECK(is_translated(info.field));
    }
    for (const Measure& measure : measures()) {
        CAPTURE(measure.name);
        CHECK(is_translated(measure.school));
        CHECK(is_translated(measure.field));
    }
    for (const kernel::PolicyInfo& policy : kernel::policy_infos()) {
        CAPTURE(policy.name);
        CHECK(is_translated(policy.title));
        CHECK(is_translated(policy.school_words));
        CHECK(is_translated(policy.field_words));
        CHECK(is_translated(policy.tie));
    }
    for (const Simplification& each : simplifications()) {
        CHECK(is_translated(each.school));
        CHECK(is_translated(each.field));
        CHECK(is_translated(title_of(each.level, Words::school)));
        CHECK(is_translated(title_of(each.level, Words::field)));
    }
    for (const ClassKindInfo& kind : class_kind_infos()) {
        CHECK(is_translated(kind.school_words));
        CHECK(is_translated(kind.field_words));
    }
    for (const RuleInfo& rule : rule_infos()) {
        CAPTURE(std::string(rule.name));
        CHECK(is_translated(rule.school_words));
        CHECK(is_translated(rule.field_words));
    }
}

TEST_CASE("explanations in Chinese have no English left in them") {
    Speaking chinese(Language::chinese);
    for (const Lesson& lesson : lessons()) {
        CAPTURE(std::string(lesson.name));
        RunOptions run = lesson.defaults;
        run.students = 6;
        ClockOrder chooser(run.seed);
        World world(run, {}, lesson.model_program(run), chooser);
        Timeline timeline(run.teachers, run.clipboards);
        world.on_step = [&](const Step& step) { timeline.append(step); };
        world.run_to_end();
        School before = timeline.school_at(0);
        std::size_t folded = 0;
        for (std::size_t k = 0; k < timeline.decisions(); ++k) {
            for (Words words : {Words::school, Words::field}) {
                const Reason reason = explain(timeline, k, before, words);
                std::vector<std::string> texts = {reason.caption, reason.rule, reason.fidelity};
                for (const ReasonLine& line : reason.ladder) {
                    texts.push_back(line.looked);
                    texts.push_back(line.found);
                }
                for (const Alternative& other : reason.alternatives) {
                    texts.push_back(other.who);
                    texts.push_back(other.why_not);
                }
                for (const std::string& text : texts) {
                    if (!english_word(text).empty()) FAIL_CHECK(text);
                }
            }
            while (folded < timeline.decision_end(k)) before.fold(timeline.step(folded++));
        }
    }
}

TEST_CASE("a text without a translation comes back as it is, and phrases are filled in") {
    CHECK(phrase("and {n} more", {{'n', "7"}}) == "and 7 more");
    CHECK(std::string(tr("a text that nobody has translated")) ==
          "a text that nobody has translated");
    Speaking chinese(Language::chinese);
    CHECK(phrase("and {n} more", {{'n', "7"}}) == "还有 7 个");
    CHECK(std::string(tr("a text that nobody has translated")) ==
          "a text that nobody has translated");
    CHECK(name_of(StudentId{7}, Words::school) == "学生 7");
    CHECK(name_of(StudentId{7}, Words::field) == "G7");
    CHECK(counted(1, "name", "names") == "1 个名字");
}
