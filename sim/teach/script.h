// A lesson as a teacher writes it: a text in cards, each at a moment of a run, many with a question
// whose answer the run itself gives.
//
//     ---
//     format: 1
//     number: 10
//     title: One table hogs, the others steal
//     repairs: Queues are shared out evenly by somebody.
//     run: stealing teachers=4 clipboards=4 students=24
//     ---
//
//     # The hog
//     until: queue>20
//     show: clipboard 1, table 1
//
//     All names stand on {one clipboard|one run queue}. So far there were {=steals} steals.
//
//     ? next at table 0
//     prompt: Table 0 has no names. Who is called there next?
//     > It copies half of the list, and begins with the last of them.
//
// Below a heading stand settings, up to the first empty line:
//   run: CHANGE      another run from this card on (relative to the one in the head); from its
//                    start
//   at: start|end|N  there, or after N decisions; else it begins where the card before has ended
//   until: MOMENT    then on to this moment
//   show: THINGS     are pointed at: student N, table N, clipboard N, teacher N, bench, monitor
//   try: SETTINGS    can be changed by hand at this card: students, teachers, clipboards, ...
//   goal: GOAL       what the changed run shall come to (goal.h)
//   way: CHANGE      one way to get there, so that everybody knows that there is one
// A line with "? " is a question (question.h) and comes after the text; "prompt: " and "wrong: 1,
// 2" may follow it; lines with "> " come with its answer. {school|field} gives words for either
// language, {=MEASURE} a number at this moment, {=MEASURE: CHANGE} one at the end of another run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/run.h"
#include "sim/teach/goal.h"
#include "sim/teach/question.h"

namespace homeroom::sim {

struct Highlight {
    enum class Kind : std::uint8_t { student, table, clipboard, teacher, bench, monitor };
    Kind kind = Kind::bench;
    std::uint32_t id = 0;

    friend bool operator==(const Highlight&, const Highlight&) = default;
};

struct Card {
    enum class Start : std::uint8_t { here, start, end, decision };
    std::string title;
    int line = 0;     // where its heading stands in the file
    std::string run;  // a CHANGE; empty: the run of the card before
    Start start = Start::here;
    std::size_t start_at = 0;  // Start::decision: how many have happened
    std::optional<Until> until;
    int until_line = 0;
    std::vector<Highlight> shows;
    std::vector<std::string> tries;
    std::optional<Goal> goal;
    int goal_line = 0;
    std::string way;                 // a CHANGE that reaches it
    std::vector<std::string> text;   // paragraphs, not yet in the words of one language
    std::vector<std::string> after;  // with the answer
    std::optional<QuestionSpec> question;
    int question_line = 0;
    int text_line = 0, answer_line = 0;  // where its texts stand in Script::text_file
};

struct Script {
    std::string file;            // as errors call it
    std::string text_file;       // the same, or that of its translation
    std::string title, repairs;  // what people wrongly believe before it
    int number = 1000;           // its place in the course
    RunOptions run;
    std::vector<Card> cards;
};

// On failure nothing, and in `error` one line that begins with "FILE:LINE: ".
std::optional<Script> parse_script(std::string_view text, std::string_view file,
                                   std::string& error);

// The same lesson in another language: its titles and texts card for card, without any settings.
// The head has format, title and repairs; a question is a line "?", with prompt and answer below
// where the lesson has them. They replace those of `script`. False and one line in `error`, that
// begins with "FILE:LINE: ", when they do not fit; then `script` is as before.
bool parse_translation(std::string_view text, std::string_view file, Script& script,
                       std::string& error);

// What can stand in "try:"; the sliders of the window.
bool is_setting(std::string_view name);

// A card in its run: the same for everybody who takes the lesson.
struct Scene {
    RunOptions run;
    std::size_t position = 0;  // how many decisions have happened when the card is read
    std::size_t shown_at = 0;  // the same when its answer is seen
};

// A script with the runs that it needs.
class Rehearsal {
public:
    explicit Rehearsal(Script script) : script_(std::move(script)) {}

    // Finds all moments and puts all questions, in both languages. False: the lesson cannot be
    // taught, and `error` says why in one line that begins with "FILE:LINE: ".
    bool prepare(std::string& error);

    // After prepare(). `card` is below scenes().size().
    const Script& script() const { return script_; }
    const std::vector<Scene>& scenes() const { return scenes_; }
    const Question* question(std::size_t card, Words words) const;  // null: it asks nothing
    std::vector<std::string> text(std::size_t card, Words words);
    std::vector<std::string> after(std::size_t card, Words words);

private:
    bool check_goal(const Card& card, const Scene& scene, std::string& error);
    bool place(const Card& card, const Scene* before, std::string& error);
    std::optional<std::string> expand(std::string_view text, const RunOptions& run,
                                      std::size_t position, Words words, std::string& error);
    std::vector<std::string> expand_all(const std::vector<std::string>& texts, const Scene& scene,
                                        std::size_t position, Words words);

    Script script_;
    Runs runs_;
    std::vector<Scene> scenes_;
    std::vector<std::optional<Question>> questions_[2];  // by Words
};

}  // namespace homeroom::sim
