// One lesson at four levels: what is dearer, and that each is the run that its setting says.
#include "sim/teach/levels.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/sim/run_of.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

std::vector<LevelResult> played(const std::string& text) {
    std::string error;
    auto levels = levels_of(run_of(text), error);
    CAPTURE(error);
    REQUIRE(levels);
    for (LevelResult& level : *levels) REQUIRE(play_level(level, error));
    return *levels;
}

std::int64_t value(const LevelResult& level, const std::string& name) {
    const auto told = level_measures();
    for (std::size_t i = 0; i < told.size(); ++i)
        if (told[i].measure == name) return level.values[i];
    FAIL("no such measure: " << name);
    return 0;
}

}  // namespace

TEST_CASE("each level is dearer than the next: classes, tables, students") {
    const auto levels = played("opening teachers=2 clipboards=2 students=8 length=20us seed=1");
    REQUIRE(levels.size() == 4);
    for (const LevelResult& level : levels) CHECK(level.ending == Ending::finished);
    CHECK(value(levels[0], "makespan") > value(levels[1], "makespan"));
    CHECK(value(levels[1], "makespan") > value(levels[2], "makespan"));
    CHECK(value(levels[0], "classes") == 9);
    CHECK(value(levels[1], "classes") == 1);
    CHECK(value(levels[0], "tables-opened") == 9);
    CHECK(value(levels[1], "tables-opened") == 9);
    CHECK(value(levels[3], "tables-opened") == 1);
    CHECK(value(levels[0], "sheets-copied") > 0);
    CHECK(value(levels[1], "sheets-copied") == 0);
}

TEST_CASE(
    "what students write on the board is there for all, but for those with a class of their own") {
    const auto levels = played("one-pen teachers=2 clipboards=2 students=4 length=100us seed=1");
    CHECK(value(levels[0], "wrong-results") == 1);
    for (std::size_t i = 1; i < 4; ++i) CHECK(value(levels[i], "wrong-results") == 0);
}

TEST_CASE("a setting makes any run one of a level, and its numbers go along") {
    const RunOptions run = run_of("lock teachers=2 students=7 level=table");
    REQUIRE(run.classes.size() == 1);
    CHECK(run.classes[0].kind == ClassKind::threads);
    CHECK(run.classes[0].lesson == "lock");
    CHECK(run.classes[0].students == 7);
    CHECK(run_of("lock students=7 level=class students=9").classes[0].students == 9);
    CHECK(run_of("lock students=7 level=class level=student").classes[0].kind == ClassKind::mpg);
    CHECK(run_of(to_string(run)) == run);
    std::string error;
    CHECK_FALSE(parse_run("lock level=chair", error));
    CHECK(error == "level must be class, table, student or one-table, not 'chair'");
    CHECK_FALSE(parse_run("lock students=1000 level=class", error));
    CHECK(error == "class: 200 students at most can have a class each, not 1000");
}

TEST_CASE("the table of the levels has a line for each measure and a column for each level") {
    const auto levels = played("yield teachers=2 clipboards=2 students=3 length=50us seed=1");
    for (const Words words : {Words::school, Words::field}) {
        const std::string text = levels_table(levels, words);
        CHECK(std::count(text.begin(), text.end(), '\n') ==
              static_cast<std::ptrdiff_t>(level_measures().size()) + 2);
        CHECK(text.find(words == Words::school ? "a class each" : "processes") != text.npos);
    }
}
