// The text of a lesson: what is read, how mistakes are named, and where its cards come to stand.
#include "sim/teach/script.h"

#include <doctest/doctest.h>

#include "sim/lesson.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

const std::string head =
    "---\nformat: 1\ntitle: A title\nrun: stealing students=10\n---\n";  // five lines

Script good(const std::string& text) {
    std::string error;
    auto script = parse_script(text, "a.md", error);
    CAPTURE(error);
    REQUIRE(script);
    return *script;
}

std::string bad(const std::string& text) {
    std::string error;
    CHECK_FALSE(parse_script(text, "a.md", error));
    CHECK(error.find('\n') == std::string::npos);
    return error;
}

std::string unteachable(const std::string& text) {
    Rehearsal lesson(good(text));
    std::string error;
    CHECK_FALSE(lesson.prepare(error));
    CHECK(error.find('\n') == std::string::npos);
    return error;
}

bool begins(const std::string& text, const std::string& with) { return text.rfind(with, 0) == 0; }

}  // namespace

TEST_CASE("a lesson is read: its head, cards, moments, pointers, texts and questions") {
    const Script script = good(head +
                               "\n# One\nuntil: steal*2\nshow: student 3, bench\ntry: students\n\n"
                               "First {line|row}\nof two.\n\n- a point\n- another\n\n"
                               "? next at table 1\nprompt: Who?\n> Because.\n> Really.\n"
                               "\n# Two\r\nat: end\r\n\r\nThe end.\r\n");
    CHECK(script.title == "A title");
    CHECK(script.run.lesson == "stealing");
    CHECK(script.run.students == 10);
    CHECK(script.run.teachers == find_lesson("stealing")->defaults.teachers);
    REQUIRE(script.cards.size() == 2);
    const Card& one = script.cards[0];
    CHECK(one.title == "One");
    CHECK(one.line == 7);
    CHECK(to_string(*one.until) == "steal*2");
    CHECK(one.shows ==
          std::vector<Highlight>{{Highlight::Kind::student, 3}, {Highlight::Kind::bench, 0}});
    CHECK(one.tries == std::vector<std::string>{"students"});
    CHECK(one.text ==
          std::vector<std::string>{"First {line|row} of two.", "• a point", "• another"});
    REQUIRE(one.question);
    CHECK(one.question->kind == QuestionSpec::Kind::next);
    CHECK(one.question->table == TableId{1});
    CHECK(one.question->prompt == "Who?");
    CHECK(one.after == std::vector<std::string>{"Because. Really."});
    CHECK(script.cards[1].start == Card::Start::end);
    CHECK(script.cards[1].text == std::vector<std::string>{"The end."});
}

TEST_CASE("each mistake in a lesson is named with its file and line") {
    struct Sample {
        std::string text;
        const char *place, *why;
    };
    for (const Sample& sample : {
             Sample{"", "a.md:1: ", "'---'"},
             Sample{"# One\n", "a.md:1: ", "'---'"},
             Sample{"---\nformat: 2\n", "a.md:2: ", "format 1"},
             Sample{"---\ncolour: red\n", "a.md:2: ", "unknown setting 'colour'"},
             Sample{"---\nformat: 1\nrun: steeling\n", "a.md:3: ", "unknown lesson"},
             Sample{"---\nformat: 1\nrun: stealing students=x\n", "a.md:3: ", "students"},
             Sample{"---\nformat: 1\ntitle: A\n", "a.md:3: ", "end with a line"},
             Sample{"---\ntitle: A\nrun: lock\n---\n", "a.md:4: ", "'format: 1'"},
             Sample{"---\nformat: 1\nrun: lock\n---\n", "a.md:4: ", "'title:'"},
             Sample{"---\nformat: 1\ntitle: A\n---\n", "a.md:4: ", "'run:'"},
             Sample{head, "a.md:5: ", "at least one card"},
             Sample{head + "text\n", "a.md:6: ", "expected a card"},
             Sample{head + "# One\nuntil: stael\n", "a.md:7: ", "unknown moment 'stael'"},
             Sample{head + "# One\nat: noon\n", "a.md:7: ", "start, end or a number"},
             Sample{head + "# One\nshow: table\n", "a.md:7: ", "not 'table'"},
             Sample{head + "# One\nshow: bench 3\n", "a.md:7: ", "not 'bench 3'"},
             Sample{head + "# One\ntry: luck\n", "a.md:7: ", "unknown setting 'luck'"},
             Sample{head + "# One\nrun: students=0\n", "a.md:7: ", "run: students"},
             Sample{head + "# One\ntext\n", "a.md:7: ", "after an empty line"},
             Sample{head + "# One\n\nA {word.\n", "a.md:8: ", "one line"},
             Sample{head + "# One\n\nA {word}.\n", "a.md:8: ", "{school|field}"},
             Sample{head + "# One\n\nA word}.\n", "a.md:8: ", "without '{'"},
             Sample{head + "# One\n\nSo {=many}.\n", "a.md:8: ", "unknown measure 'many'"},
             Sample{head + "# One\n\n? who\n", "a.md:8: ", "unknown question"},
             Sample{head + "# One\n\n? next\nhint: x\n", "a.md:9: ", "'prompt:'"},
             Sample{head + "# One\n\n? next\nwrong: x\n", "a.md:9: ", "expected numbers"},
             Sample{head + "# One\n\n? next\n\ntext\n", "a.md:10: ", "begins with '>'"},
             Sample{head + "# One\n\n? next\n? from\n", "a.md:9: ", "one question"},
             Sample{head + "# One\n\n> so\n", "a.md:8: ", "no question"},
         }) {
        const std::string error = bad(sample.text);
        CAPTURE(sample.text);
        CAPTURE(error);
        CHECK(begins(error, sample.place));
        CHECK(error.find(sample.why) != std::string::npos);
    }
}

TEST_CASE("what cannot be taught is named with its line before anybody takes the lesson") {
    CHECK(begins(unteachable(head + "# One\nuntil: deadlock\n"), "a.md:7: until: "));
    CHECK(begins(unteachable(head + "# One\n\n? longest\n"), "a.md:8: "));
    CHECK(begins(unteachable(head + "# One\nshow: student 99\n"), "a.md:6: show: "));
    CHECK(begins(unteachable(head + "# One\n\n? where 99\n"), "a.md:8: "));
    CHECK(begins(unteachable(head + "# One\n\nSo {=steals: students=0}.\n"), "a.md:6: "));
}

TEST_CASE("cards follow each other in the run, and another run begins anew") {
    Rehearsal lesson(good(head + "# One\nuntil: steal\n\n? next\n\n# Two\n\nSteals: {=steals}.\n\n"
                                 "# Three\nuntil: steal\n\n# Four\nrun: rules=no-steal\n\n{a|b}\n\n"
                                 "# Five\nat: end\n\n{=steals}, {=steals: rules=steal}\n"));
    std::string error;
    CHECK(lesson.prepare(error));
    CAPTURE(error);
    const auto& scenes = lesson.scenes();
    REQUIRE(scenes.size() == 5);
    CHECK(scenes[0].shown_at > scenes[0].position);
    CHECK(scenes[1].position == scenes[0].shown_at);
    CHECK(scenes[2].position > scenes[1].position);
    CHECK(scenes[3].position == 0);
    CHECK_FALSE(scenes[3].run.rules.steal);
    CHECK_FALSE(scenes[4].run.rules.steal);
    CHECK(lesson.question(0, Words::school) != nullptr);
    CHECK(lesson.question(1, Words::school) == nullptr);
    CHECK(lesson.text(1, Words::school) == std::vector<std::string>{"Steals: 1."});
    CHECK(lesson.text(3, Words::school) == std::vector<std::string>{"a"});
    CHECK(lesson.text(3, Words::field) == std::vector<std::string>{"b"});
    Runs runs;
    RunOptions with = scenes[4].run;
    with.rules.steal = true;
    const Timeline* other = runs.of(with, error);
    REQUIRE(other != nullptr);
    CHECK(lesson.text(4, Words::school) ==
          std::vector<std::string>{"0, " + std::to_string(other->latest().counters.steals)});
}
