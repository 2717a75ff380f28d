// Questions: how they are written, and that the answer is what the run does.
#include "sim/teach/question.h"

#include <doctest/doctest.h>

#include <set>

#include "sim/lesson.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

QuestionSpec spec(const char* text) {
    std::string error;
    const auto parsed = parse_question(text, error);
    CAPTURE(std::string(text));
    CAPTURE(error);
    REQUIRE(parsed);
    return *parsed;
}

RunOptions run(const char* text) {
    std::string error;
    const auto options = changed_run(RunOptions{}, text, error);
    CAPTURE(error);
    REQUIRE(options);
    return *options;
}

Question asked(const char* text, const char* of, std::size_t position) {
    Runs runs;
    std::string error;
    const auto question = ask(spec(text), run(of), position, runs, Words::school, error);
    CAPTURE(std::string(text));
    CAPTURE(error);
    REQUIRE(question);
    return *question;
}

std::string refusal(const char* text, const char* of, std::size_t position) {
    Runs runs;
    std::string error;
    CHECK_FALSE(ask(spec(text), run(of), position, runs, Words::school, error));
    return error;
}

const Timeline& timeline_of(Runs& runs, const char* of) {
    std::string error;
    const Timeline* timeline = runs.of(run(of), error);
    CAPTURE(error);
    REQUIRE(timeline != nullptr);
    return *timeline;
}

}  // namespace

TEST_CASE("a mistake in a question is named") {
    struct Sample {
        const char *text, *why;
    };
    for (Sample sample :
         {Sample{"", "unknown question ''"}, Sample{"who", "known are next"},
          Sample{"next table 1", "unexpected"}, Sample{"next at 1", "table N"},
          Sample{"next at table x", "number of a table"}, Sample{"where", "number of a student"},
          Sample{"where 0", "student"}, Sample{"holder 1", "the moment is missing"},
          Sample{"last steal", "last run"}, Sample{"count", "unknown measure"},
          Sample{"count legs", "known are tables"},
          Sample{"count tables at stael", "unknown moment"}, Sample{"will", "unknown moment"},
          Sample{"first steal", "at least two"}, Sample{"most makespan", "colon"},
          Sample{"most makespan: students=3", "at least two"},
          Sample{"most makespan: = | students=0", "whole number"},
          Sample{"least makespan: = | nonsense", "unknown lesson"}}) {
        std::string error;
        CAPTURE(std::string(sample.text));
        CHECK_FALSE(parse_question(sample.text, error));
        CAPTURE(error);
        CHECK(error.find(sample.why) != std::string::npos);
        CHECK(error.find('\n') == std::string::npos);
    }
}

TEST_CASE("who is called next is whom the run calls next, wherever it is asked") {
    for (const char* of : {"stealing", "lock", "yield", "pipeline teachers=1 clipboards=2"}) {
        Runs runs;
        const Timeline& timeline = timeline_of(runs, of);
        int questions = 0;
        for (std::size_t position = 10; position < timeline.decisions(); position += 7) {
            CAPTURE(std::string(of));
            CAPTURE(position);
            std::string error;
            const auto question = ask(spec("next"), run(of), position, runs, Words::field, error);
            // Found anew, event by event.
            StudentId next = StudentId::none;
            for (std::size_t i = timeline.decision_end(position - 1);
                 i < timeline.size() && next == StudentId::none; ++i) {
                const Event& event = timeline.step(i).event;
                const bool called = event.kind == EventKind::ran &&
                                    source_of(event.arg) != Source::same &&
                                    source_of(event.arg) != Source::returned;
                if (called) next = timeline.step(i).student();
            }
            if (!question) {
                CHECK_FALSE(error.empty());
                continue;
            }
            ++questions;
            CHECK(question->choices[question->right].student == next);
            CHECK(question->choices[question->right].text == name_of(next, Words::field));
            std::set<std::string> texts;
            for (const Choice& choice : question->choices) texts.insert(choice.text);
            CHECK(texts.size() == question->choices.size());
            CHECK(question->shown_at > position);
            CHECK_FALSE(question->because.empty());
        }
        CHECK(questions > 5);
    }
}

TEST_CASE("the longest list is the longest list, and two of them are no question") {
    Runs runs;
    const Timeline& timeline = timeline_of(runs, "stealing");
    int refused = 0, answered = 0;
    for (std::size_t position = 1; position < timeline.decisions(); ++position) {
        CAPTURE(position);
        std::string error;
        const auto question =
            ask(spec("longest"), run("stealing"), position, runs, Words::school, error);
        const School school = timeline.school_after_decision(position - 1);
        std::size_t most = school.bench.size(), lists = 1;
        for (const Clipboard& clipboard : school.clipboards) {
            if (clipboard.names.size() == most) ++lists;
            if (clipboard.names.size() > most) {
                most = clipboard.names.size();
                lists = 1;
            }
        }
        CHECK(question.has_value() == (most > 0 && lists == 1));
        if (!question) {
            ++refused;
            continue;
        }
        ++answered;
        const Choice& right = question->choices[question->right];
        const Clipboard* longest = school.find(right.clipboard);
        CHECK((longest == nullptr ? school.bench.size() : longest->names.size()) == most);
        CHECK(question->shown_at == position);
    }
    CHECK(refused > 0);
    CHECK(answered > 0);
}

TEST_CASE("how many, whether and which first are read off the run") {
    Runs runs;
    const Timeline& timeline = timeline_of(runs, "errand");
    const Question tables = asked("count tables at over", "errand", 0);
    std::size_t most = 0;
    for (std::size_t k = 0; k + 1 < end_of(timeline); ++k)
        most = std::max(most, timeline.school_after_decision(k).tables.size());
    CHECK(tables.choices[tables.right].text == std::to_string(most));
    CHECK(tables.shown_at == end_of(timeline));

    const Question steals = asked("count steals", "stealing", 0);
    CHECK(steals.choices[steals.right].text == "0");
    CHECK(steals.shown_at == 0);

    const Question yes = asked("will steal", "stealing", 0);
    CHECK(yes.right == 0);
    const Question no = asked("will steal", "stealing rules=no-steal", 0);
    CHECK(no.right == 1);
    const Question before = asked("will steal before run", "stealing", 0);
    CHECK(before.right == 1);

    const Question first = asked("first end=3 | steal | over", "stealing", 0);
    CHECK(first.right == 1);
    CHECK(refusal("first deadlock | bell", "stealing", 0).find("none") != std::string::npos);
    CHECK(refusal("count tables at deadlock", "stealing", 0).find("never") != std::string::npos);
}

TEST_CASE("the author's wrong numbers are offered, and never twice the right one") {
    QuestionSpec count = spec("count tables at over");
    count.wrong = {200, 77};
    Runs runs;
    std::string error;
    const auto question = ask(count, run("more-students students=200 teachers=2 clipboards=2"), 0,
                              runs, Words::school, error);
    REQUIRE(question);
    std::set<std::string> texts;
    for (const Choice& choice : question->choices) texts.insert(choice.text);
    CHECK(texts.count("200") == 1);
    CHECK(texts.count("77") == 1);
    CHECK(texts.size() == question->choices.size());
    CHECK(question->choices[question->right].text == "2");
}

TEST_CASE("runs are compared at their ends, and a small difference is none") {
    const Question rule = asked("most makespan: rules=steal | rules=no-steal", "stealing", 0);
    CHECK(rule.right == 1);
    CHECK(rule.choices.size() == 3);
    const Question same = asked("most makespan: seed=1 | seed=1 rules=no-retake", "stealing", 0);
    CHECK(same.right == 2);
    const Question teachers = asked("least makespan: teachers=1 | teachers=4", "stealing", 0);
    CHECK(teachers.right == 1);
    CHECK(teachers.choices[0].text == "1 teacher");
}

TEST_CASE("where a student goes, who holds a clipboard and who comes last are read off the run") {
    Runs runs;
    const Timeline& timeline = timeline_of(runs, "stealing");
    std::string error;
    const auto moment = parse_until("spawn=4", error);
    const std::size_t position = *find_until(timeline, *moment);
    const Question where = asked("where 4", "stealing", position);
    CHECK(where.choices[where.right].text == word_of(Student::State::listed, Words::school));

    const Question holder = asked("holder 1 at steal", "stealing", 5);
    const School then = timeline.school_after_decision(holder.shown_at - 1);
    CHECK(holder.choices[holder.right].table == then.find(ClipboardId{1})->holder);

    const Question last = asked("last end", "stealing", 0);
    StudentId ended = StudentId::none;
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        const Step& step = timeline.step(i);
        if (step.event.kind == EventKind::ended && step.student() != StudentId{1})
            ended = step.student();
    }
    CHECK(last.choices[last.right].student == ended);
    CHECK(refusal("where 4", "stealing", 0).find("not in the class") != std::string::npos);
    CHECK(refusal("last end", "stealing", timeline.decisions()).find("already") !=
          std::string::npos);
}

TEST_CASE("a run that is too long for a class is refused") {
    Runs runs(100);
    std::string error;
    CHECK(runs.of(run("stealing"), error) == nullptr);
    CHECK(error.find("more than 100 decisions") != std::string::npos);
}

TEST_CASE("every measure has a value at the beginning, in the middle and at the end") {
    Runs runs;
    const Timeline& timeline = timeline_of(runs, "errand");
    for (const Measure& measure : measures()) {
        CAPTURE(std::string(measure.name));
        CHECK(find_measure(measure.name) == &measure);
        for (std::size_t position : {std::size_t{0}, timeline.decisions() / 2, end_of(timeline)}) {
            const std::int64_t value = value_of(measure, timeline, position);
            CHECK(value >= 0);
            CHECK_FALSE(value_text(measure, value).empty());
        }
    }
    const Counters& n = timeline.latest().counters;
    CHECK(value_of(*find_measure("errands"), timeline, timeline.decisions()) ==
          static_cast<std::int64_t>(n.errands));
    CHECK(value_of(*find_measure("makespan"), timeline, timeline.decisions()) ==
          timeline.latest().time);
}
