// Translations of lessons, goals, programs of one's own, and moments looked for backwards.
#include <doctest/doctest.h>

#include "sim/lesson.h"
#include "sim/teach/goal.h"
#include "sim/teach/quiz.h"
#include "sim/teach/script.h"
#include "sim/workload.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

const std::string lesson_text =
    "---\nformat: 1\ntitle: A title\nrepairs: A belief\nrun: lock students=3\n---\n"
    "# One\nuntil: park=lock\n\nText.\n\n? count waiting\nprompt: How many?\n> So.\n"
    "# Two\n\nMore.\n\n? will steal\n";
const std::string other_head = "---\nformat: 1\ntitle: 标题\nrepairs: 误解\n---\n";

Script english() {
    std::string error;
    auto script = parse_script(lesson_text, "lesson.md", error);
    CAPTURE(error);
    REQUIRE(script);
    return *script;
}

std::string refused(const std::string& text) {
    Script script = english();
    std::string error;
    CHECK_FALSE(parse_translation(text, "zh.md", script, error));
    CHECK(script.title == "A title");
    return error;
}

Timeline played(const RunOptions& run) {
    Runs runs;
    std::string error;
    const Timeline* timeline = runs.of(run, error);
    CAPTURE(error);
    REQUIRE(timeline != nullptr);
    Timeline copy(run.teachers, run.clipboards);
    for (std::size_t i = 0; i < timeline->size(); ++i) copy.append(timeline->step(i));
    return copy;
}

RunOptions changed_from_default(const std::string& text) {
    std::string error;
    const auto run = changed_run(RunOptions{}, text, error);
    CAPTURE(error);
    REQUIRE(run);
    return *run;
}

}  // namespace

TEST_CASE("a translation replaces titles and texts, and nothing else") {
    Script script = english();
    std::string error;
    const bool fits = parse_translation(
        other_head +
            "# 一\n\n第一行\n第二行。\n\n?\nprompt: 几个？\n> 就这样。\n# 二\n\n还有。\n\n?\n",
        "zh.md", script, error);
    CAPTURE(error);
    REQUIRE(fits);
    CHECK(script.title == "标题");
    CHECK(script.cards[0].title == "一");
    CHECK(script.cards[0].text == std::vector<std::string>{"第一行第二行。"});  // no blank between
    CHECK(script.cards[0].question->prompt == "几个？");
    CHECK(script.cards[0].question->kind == QuestionSpec::Kind::count);
    CHECK(script.cards[0].until);
    Rehearsal lesson(script);
    CHECK(lesson.prepare(error));
}

TEST_CASE("a translation that does not fit its lesson is refused with its place") {
    const std::string one = "# 一\n\n字。\n\n?\nprompt: 几？\n> 是。\n";
    CHECK(refused(other_head + one).find("zh.md:6: the cards that follow") == 0);
    CHECK(refused(other_head + one + "# 二\n\n字。\n").find("zh.md:13: this card asks") == 0);
    CHECK(refused(other_head + one + "# 二\n\n?\n# 三\n").find("zh.md:16: lesson.md has no") == 0);
    CHECK(refused(other_head + "# 一\n\n?\n> 是。\n# 二\n\n?\n").find("zh.md:8: 'prompt:'") == 0);
    CHECK(refused(other_head + "# 一\n\n?\nprompt: 几？\n# 二\n\n?\n").find("'>'") !=
          std::string::npos);
    CHECK(refused(other_head + "# 一\nuntil: steal\n").find("zh.md:7: a translation has no") == 0);
    CHECK(refused(other_head + "# 一\n\n? next\n").find("zh.md:8: a translation only") == 0);
    CHECK(refused("---\nformat: 1\ntitle: A\nrun: lock\n---\n").find("zh.md:4: unknown") == 0);
}

TEST_CASE("goals are read, and reached by the runs that do what they say") {
    std::string error;
    const auto goal = parse_goal("steal, never deadlock, makespan<1s, calls>3", error);
    CAPTURE(error);
    REQUIRE(goal);
    REQUIRE(goal->parts.size() == 4);
    CHECK(reached(*goal, played(changed_from_default("stealing students=12"))));
    CHECK_FALSE(
        reached(*goal, played(changed_from_default("stealing students=12 rules=no-steal"))));
    const auto bench = parse_goal("bench>2", error);  // the moment, not the measure
    REQUIRE(bench);
    CHECK(bench->parts[0].kind == Goal::Part::Kind::comes);
    for (const char* text : {"", "stael", "makespan<x", "makespan", "tables>-1", "never"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(parse_goal(text, error));
        CHECK_FALSE(error.empty());
    }
}

TEST_CASE("a card whose goal is reached already, or by no way, is refused") {
    auto refusal = [](const std::string& settings) {
        std::string error;
        auto script = parse_script(
            "---\nformat: 1\ntitle: A\nrun: stealing students=12\n---\n# One\nat: start\n" +
                settings,
            "a.md", error);
        CAPTURE(error);
        REQUIRE(script);
        Rehearsal lesson(*script);
        CHECK_FALSE(lesson.prepare(error));
        return error;
    };
    CHECK(refusal("goal: steal\nway: seed=2\n") ==
          "a.md:8: goal: the run of the card reaches it already");
    CHECK(refusal("goal: deadlock\n").find("a.md:8: goal: 'way:' is missing") == 0);
    CHECK(refusal("goal: deadlock\nway: seed=2\n") == "a.md:8: goal: the way does not reach it");
}

TEST_CASE("programs of one line are read, and each mistake is named with its group") {
    std::string error;
    const auto groups = parse_workload("3*work:2ms,lock,add,unlock,again:4/n*sleep:1ms", error);
    CAPTURE(error);
    REQUIRE(groups);
    REQUIRE(groups->size() == 2);
    CHECK((*groups)[0].count == 3);
    CHECK((*groups)[0].acts.size() == 5);
    CHECK((*groups)[0].acts[0].number == 2'000'000);
    CHECK((*groups)[1].count == 0);
    struct Sample {
        const char *text, *why;
    };
    for (Sample sample :
         {Sample{"", "unknown act ''"}, Sample{"wrok", "group 1: unknown act 'wrok'"},
          Sample{"work/work:x", "group 2: work:TIME"}, Sample{"sleep", "sleep:TIME"},
          Sample{"lock:3", "takes no number"}, Sample{"again:0", "from 1 to 1000"},
          Sample{"unlock", "unlocks what it has not"}, Sample{"lock,lock", "locks twice"},
          Sample{"lock,again:2", "with the lock in its hand"},
          Sample{"work,again:1,again:1", "begins again twice"},
          Sample{"0*work", "before * must come"}, Sample{"400*work/400*work", "more than 500"}}) {
        CAPTURE(std::string(sample.text));
        CHECK_FALSE(parse_workload(sample.text, error));
        CAPTURE(error);
        CHECK(error.find(sample.why) != std::string::npos);
    }
    RunOptions run;
    CHECK_FALSE(apply_setting(run, "program", "wrok", error));
    REQUIRE(apply_setting(run, "program", "2*work", error));
    run.lesson = "own";
    const auto again = parse_run(to_string(run), error);
    REQUIRE(again);
    CHECK(*again == run);
}

TEST_CASE("a program does what its line says") {
    const Timeline adds = played(changed_from_default("own program=3*lock,add,unlock,again:1"));
    CHECK(adds.latest().counters.writes == 6);
    CHECK(adds.latest().counters.races == 0);
    CHECK(adds.latest().ending == Ending::finished);
    const Timeline stuck = played(changed_from_default("own program=2*receive/send"));
    CHECK(stuck.latest().ending == Ending::deadlocked);
    const Timeline away =
        played(changed_from_default("own students=3 program=n*errand:1ms,again:1"));
    CHECK(away.latest().counters.errands == 6);
}

TEST_CASE("a question counts in how many runs of many seeds something happens") {
    Runs runs;
    std::string error;
    const auto spec = parse_question("seeds race of 5", error);
    REQUIRE(spec);
    const auto question =
        ask(*spec, changed_from_default("two-pens students=2"), 0, runs, Words::school, error);
    CAPTURE(error);
    REQUIRE(question);
    CHECK(question->choices[question->right].text == "5");
    for (const char* text : {"seeds", "seeds race", "seeds race of", "seeds race of 1",
                             "seeds race of 900", "seeds rice of 9"})
        CHECK_FALSE(parse_question(text, error));
}

TEST_CASE("a moment is found backwards: the last one before") {
    const Timeline film = played(changed_from_default("stealing students=24"));
    for (const char* text : {"steal", "switch", "queue>3", "end"}) {
        CAPTURE(std::string(text));
        std::string error;
        const Until until = *parse_until(text, error);
        std::optional<std::size_t> last;
        for (std::size_t position = 0; position <= film.decisions(); position += 7) {
            CAPTURE(position);
            for (std::size_t from = 0;;) {
                const auto next = find_until(film, until, from);
                if (!next || *next >= position) break;
                last = next;
                from = *next;
            }
            CHECK(find_before(film, until, position) == last);
        }
    }
}

TEST_CASE("a quiz is a lesson, too: the same questions with the same answers") {
    const auto items = make_quiz(3, 4, Words::school);
    std::string error;
    auto script = parse_script(quiz_script(items, 3), "quiz", error);
    CAPTURE(error);
    REQUIRE(script);
    Rehearsal lesson(*script);
    const bool ready = lesson.prepare(error);
    CAPTURE(error);
    REQUIRE(ready);
    for (std::size_t i = 0; i < items.size(); ++i) {
        CHECK(lesson.scenes()[i].position == items[i].position);
        REQUIRE(lesson.question(i, Words::school) != nullptr);
        CHECK(lesson.question(i, Words::school)->prompt == items[i].question.prompt);
        CHECK(lesson.question(i, Words::school)->right == items[i].question.right);
    }
}

TEST_CASE("of several classes the run is over when the last one has ended") {
    const Timeline film = played(changed_from_default(
        "spawn-join teachers=2 class=mpg:spawn-join:fault=2ms class=mpg:stealing"));
    const std::size_t end = end_of(film);
    const School school = film.school_after_decision(end - 1);
    CHECK(value_of(*find_measure("classes-alive"), film, end) == 0);
    CHECK(value_of(*find_measure("classes-done"), film, end) == 1);
    std::string error;
    CHECK(find_until(film, *parse_until("fault", error)));
    CHECK(find_until(film, *parse_until("class-end*2", error)));
}
