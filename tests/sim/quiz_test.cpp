// The quiz: the same for the same seed, and its key is what another play of each run does.
#include "sim/teach/quiz.h"

#include <doctest/doctest.h>

#include <set>

#include "sim/choosers.h"
#include "sim/json.h"
#include "sim/lesson.h"
#include "sim/world.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

// The run again, by a world of its own: the steps after `position` decisions come last.
struct Replayed {
    explicit Replayed(const RunOptions& run) : timeline(run.teachers, run.clipboards) {
        ClockOrder chooser(run.seed);
        World world(run, {}, find_lesson(run.lesson)->model_program(run), chooser);
        world.on_step = [this](const Step& step) { timeline.append(step); };
        world.run_to_end();
    }
    Timeline timeline;
};

// Who sits down next at the table, and from where, found event by event.
const Step* next_at(const Timeline& timeline, std::size_t position, TableId table) {
    for (std::size_t i = timeline.decision_end(position - 1); i < timeline.size(); ++i) {
        const Step& step = timeline.step(i);
        if (step.table == table && step.event.kind == EventKind::ran) return &step;
    }
    return nullptr;
}

}  // namespace

TEST_CASE("the same seed gives the same quiz, another seed another one") {
    for (QuizFormat format : {QuizFormat::text, QuizFormat::md, QuizFormat::json}) {
        const std::string seven = quiz_text(make_quiz(7, 10, Words::school), 7, format);
        CHECK(seven == quiz_text(make_quiz(7, 10, Words::school), 7, format));
        CHECK(seven != quiz_text(make_quiz(8, 10, Words::school), 7, format));
    }
    // Longer quizzes begin with the shorter ones, and the words change nothing but the words.
    const auto ten = make_quiz(7, 10, Words::school), three = make_quiz(7, 3, Words::field);
    for (std::size_t i = 0; i < three.size(); ++i) {
        CHECK(three[i].asks == ten[i].asks);
        CHECK(three[i].run == ten[i].run);
        CHECK(three[i].question.right == ten[i].question.right);
    }
}

TEST_CASE("the key of a quiz is what the run does when it is played again") {
    std::set<std::string> kinds;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        for (const QuizItem& item : make_quiz(seed, 10, Words::school)) {
            CAPTURE(seed);
            CAPTURE(to_string(item.run));
            CAPTURE(item.position);
            CAPTURE(item.asks);
            const Replayed again(item.run);
            const School now = again.timeline.school_after_decision(item.position - 1);
            const Choice& right = item.question.choices[item.question.right];
            const std::string kind = item.asks.substr(0, item.asks.find(' '));
            kinds.insert(kind);
            if (kind == "next" || kind == "from") {
                const auto table =
                    static_cast<TableId>(std::stoi(item.asks.substr(item.asks.rfind(' ') + 1)));
                const Step* next = next_at(again.timeline, item.position, table);
                REQUIRE(next != nullptr);
                if (kind == "next") CHECK(right.student == next->student());
                if (kind == "from")
                    CHECK(right.text == word_of(source_of(next->event.arg), Words::school));
                // It stands somewhere in the state that is printed.
                const std::string name = std::to_string(next->event.g);
                bool told = false;
                for (const std::string& line : item.state)
                    told = told || line.find(name) != std::string::npos;
                CHECK(told);
            } else if (kind == "longest") {
                const Clipboard* list = now.find(right.clipboard);
                const std::size_t most = list == nullptr ? now.bench.size() : list->names.size();
                for (const Clipboard& other : now.clipboards)
                    CHECK((other.id == right.clipboard || other.names.size() < most));
                CHECK((list == nullptr || now.bench.size() < most));
            } else {
                REQUIRE(kind == "count");
                std::int64_t count = 0;
                const std::string what = item.asks.substr(6);
                for (const Student& student : now.students) {
                    using State = Student::State;
                    const State s = student.state;
                    if (what == "ready") count += student.ready() ? 1 : 0;
                    if (what == "waiting")
                        count += s == State::waiting || s == State::alarm ? 1 : 0;
                    if (what == "teaching") count += s == State::taught ? 1 : 0;
                    if (what == "bench") count += s == State::bench ? 1 : 0;
                }
                for (const Clipboard& clipboard : now.clipboards)
                    if (what == "held") count += clipboard.holder != TableId::none ? 1 : 0;
                CHECK(right.text == std::to_string(count));
            }
        }
    }
    CHECK(kinds.size() == 4);
}

TEST_CASE("text in JSON is escaped") {
    CHECK(json_string("a \"b\"\\\n\x01 é") == "\"a \\\"b\\\"\\\\\\n\\u0001 é\"");
}
