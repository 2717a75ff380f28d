// Each lesson ends for every setting of its sliders, keeps the checkers content, and shows what its
// words promise.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>

#include "runtime/native_os.h"
#include "runtime/runtime.h"
#include "sim/checkers.h"
#include "sim/choosers.h"
#include "sim/lesson.h"
#include "sim/school.h"
#include "sim/world.h"

namespace homeroom::sim {
namespace {

struct Film {
    Ending ending = Ending::none;
    School school;
    std::string violation;
    std::uint64_t decisions = 0;
};

Film play(const RunOptions& options, Gates gates = Gates::decisions) {
    const Lesson* lesson = find_lesson(options.lesson);
    REQUIRE(lesson != nullptr);
    ClockOrder chooser(options.seed);
    WorldOptions world_options;
    world_options.gates = gates;
    World world(options, world_options, lesson->model_program(options), chooser);
    Film film;
    film.school = School(options.teachers, options.clipboards);
    CheckLimits limits;
    limits.rules = options.rules;
    // With fewer cores than processors, whoever would serve a name (the monitor, too) waits for a
    // core.
    if (options.teachers < options.clipboards) limits.unserved_ns_max = 20'000'000;
    Checkers checkers(limits);
    world.on_step = [&](const Step& step) {
        film.school.fold(step);
        checkers.see(step, film.school);
        if (step.is_decision()) ++film.decisions;
    };
    film.ending = world.run_to_end();
    checkers.end(film.school, film.ending);
    film.violation = checkers.violation();
    return film;
}

RunOptions defaults_of(const char* name) {
    const Lesson* lesson = find_lesson(name);
    REQUIRE(lesson != nullptr);
    return lesson->defaults;
}

// The longest that any student was ready without being called.
Nanoseconds longest_wait(const Film& film) {
    Nanoseconds longest = 0;
    for (const Student& student : film.school.students)
        longest = std::max(longest, student.longest_ready_ns);
    return longest;
}

// To the end, or into the deadlock that some lessons are about.
bool ends_as_it_may(const Lesson& lesson, Ending ending) {
    return ending == Ending::finished || (lesson.may_deadlock && ending == Ending::deadlocked);
}

}  // namespace

TEST_CASE("the catalogue is complete: each lesson has its own name, its words and its defaults") {
    std::set<std::string> names;
    for (const Lesson& lesson : lessons()) {
        CAPTURE(std::string(lesson.name));
        CHECK(names.insert(lesson.name).second);
        CHECK(find_lesson(lesson.name) == &lesson);
        CHECK(std::string(lesson.title).size() > 4);
        CHECK(std::string(lesson.about).size() > 80);
        CHECK(std::string(lesson.field).size() > 80);
        CHECK(lesson.defaults.lesson == lesson.name);
        CHECK(lesson.defaults.rules == Rules{});
    }
    CHECK(names.size() >= 9);
    CHECK(find_lesson("no-such-lesson") == nullptr);
}

TEST_CASE(
    "as it opens, each lesson is a film of some dozens to some thousand decisions that breaks no "
    "rule") {
    for (const Lesson& lesson : lessons()) {
        CAPTURE(std::string(lesson.name));
        const Film film = play(lesson.defaults);
        CHECK(ends_as_it_may(lesson, film.ending));
        CHECK(film.violation == "");
        CHECK(film.decisions >= 60);
        CHECK(film.decisions <= 3000);
    }
}

TEST_CASE("each lesson ends for every setting of the sliders") {
    for (const Lesson& lesson : lessons()) {
        for (std::uint32_t teachers : {1u, 5u, 16u}) {
            for (std::uint32_t clipboards : {1u, 3u, 16u}) {
                for (std::uint32_t students : {1u, 2u, 37u}) {
                    CAPTURE(std::string(lesson.name));
                    CAPTURE(teachers);
                    CAPTURE(clipboards);
                    CAPTURE(students);
                    RunOptions options = lesson.defaults;
                    options.teachers = teachers;
                    options.clipboards = clipboards;
                    options.students = students;
                    const Film film = play(options);
                    CHECK(ends_as_it_may(lesson, film.ending));
                    CHECK(film.violation == "");
                }
            }
        }
    }
}

TEST_CASE("each lesson takes a thousand students, and very short and very long lessons") {
    for (const Lesson& lesson : lessons()) {
        CAPTURE(std::string(lesson.name));
        RunOptions options = lesson.defaults;
        options.students = 1000;
        CHECK(ends_as_it_may(lesson, play(options).ending));
        options = lesson.defaults;
        for (std::int64_t lesson_ns : {std::int64_t{1}, std::int64_t{50'000'000}}) {
            CAPTURE(lesson_ns);
            options.lesson_ns = lesson_ns;
            CHECK(ends_as_it_may(lesson, play(options).ending));
        }
    }
}

TEST_CASE("each lesson ends with any rule switched off") {
    for (const Lesson& lesson : lessons()) {
        for (const RuleInfo& rule : rule_infos()) {
            CAPTURE(std::string(lesson.name));
            CAPTURE(std::string(rule.name));
            RunOptions options = lesson.defaults;
            options.rules.*rule.field = false;
            const Film film = play(options);
            CHECK(ends_as_it_may(lesson, film.ending));
            CHECK(film.violation == "");
        }
    }
}

TEST_CASE("each lesson ends natively") {
    for (const Lesson& lesson : lessons()) {
        CAPTURE(std::string(lesson.name));
        RunOptions options = lesson.defaults;
        options.lesson_ns = 20'000;
        SchedulerOptions scheduler;
        scheduler.processors = options.clipboards;
        // Kept here: what a coroutine owns that never comes to its end is not given back, as in Go.
        const auto program = lesson.native_program(options);
        const RunResult result = run_on<NativeOs>(scheduler, [&program] { program(); });
        if (lesson.may_deadlock && result.outcome == Outcome::deadlocked) continue;
        CHECK(result.outcome == Outcome::finished);
        CHECK(result.report == "");
    }
}

// [SECTION] What the words promise.

TEST_CASE("stealing shares the work: without it the same lesson takes twice as long or more") {
    RunOptions options = defaults_of("stealing");
    const Film with = play(options);
    options.rules.steal = false;
    const Film without = play(options);
    CHECK(with.school.counters.steals > 2);
    CHECK(with.school.counters.stolen_names > with.school.counters.steals);  // half, not one
    CHECK(without.school.counters.steals == 0);
    CHECK(without.school.time > 2 * with.school.time);
}

TEST_CASE("taking turns goes over the bench") {
    const Film film = play(defaults_of("yield"));
    CHECK(film.school.counters.yields > 50);
    CHECK(film.school.counters.refills > 5);
}

TEST_CASE("in ping-pong each pair stays at one table") {
    const Film film = play(defaults_of("ping-pong"));
    CHECK(film.school.counters.parks > 50);
    CHECK(film.school.counters.steals <= 4);
}

TEST_CASE("in front of the lock stands a line") {
    const Film film = play(defaults_of("lock"));
    Nanoseconds waited = 0;
    for (const Student& student : film.school.students) waited += student.waiting_ns;
    CHECK(waited > film.school.time);
    // Eight students with six turns of 300 us at the board: no number of teachers goes below that.
    CHECK(film.school.time > 8 * 6 * 300'000);
}

TEST_CASE("alarm clocks wake whoever sleeps, and the tables rest meanwhile") {
    const Film film = play(defaults_of("alarms"));
    CHECK(film.school.counters.table_rests > 10);
    CHECK(film.school.counters.table_wakes > 10);
}

TEST_CASE("who waits for the post takes no table along") {
    const Film film = play(defaults_of("post"));
    CHECK(film.school.tables.size() <= 3);
    CHECK(film.school.counters.errands == 0);
    CHECK(film.school.counters.parks > 20);
}

TEST_CASE("errands pass clipboards on, and the monitor takes back those that were not") {
    const RunOptions options = defaults_of("errand");
    const Film film = play(options);
    CHECK(film.school.counters.errands == options.students * 4);
    CHECK(film.school.counters.hand_offs > 0);
    CHECK(film.school.counters.retakes > 0);
    CHECK(film.school.tables.size() > options.clipboards);
}

TEST_CASE("a thousand errands need no thousand tables") {
    RunOptions options = defaults_of("errand");
    options.students = 1000;
    CHECK(play(options).school.tables.size() < 30);
}

TEST_CASE("the bell lets the others in; without it they wait for the talker's end") {
    RunOptions options = defaults_of("never-stops");
    const Film with = play(options);
    const Nanoseconds talk = 100 * options.lesson_ns;
    CHECK(with.school.counters.preemptions > 2);
    CHECK(longest_wait(with) < talk / 2);
    // It helps as little to ring for somebody who never looks up, as it did before Go 1.14.
    for (bool Rules::*rule : {&Rules::preemption, &Rules::async_preemption}) {
        CAPTURE(rule == &Rules::async_preemption);
        RunOptions changed = options;
        changed.rules.*rule = false;
        const Film without = play(changed);
        CHECK(without.school.counters.preemptions <= 1);  // at the end of the talk
        CHECK(longest_wait(without) >= talk);
    }
}

TEST_CASE("more students add no tables, only time and waiting") {
    RunOptions few = defaults_of("more-students"), many = few;
    many.students = 4 * few.students;
    const Film before = play(few), after = play(many);
    CHECK(after.school.tables.size() == before.school.tables.size());
    CHECK(after.school.time > 3 * before.school.time);
    CHECK(longest_wait(after) > 2 * longest_wait(before));
}

TEST_CASE("in the family tree few steals spread much work") {
    const Film film = play(defaults_of("family-tree"));
    CHECK(film.school.counters.steals < 15);
    CHECK(film.school.counters.steals > 0);
    for (const Clipboard& clipboard : film.school.clipboards) CHECK(clipboard.calls > 3);
}

TEST_CASE("the assembly line keeps as many at work as there are clipboards") {
    RunOptions options = defaults_of("pipeline");
    const Film parallel = play(options);
    options.clipboards = options.teachers = 1;
    const Film serial = play(options);
    CHECK(serial.school.time > 2 * parallel.school.time);
}

TEST_CASE("the shelf makes the faster side wait") {
    const Film film = play(defaults_of("producer-consumer"));
    CHECK(film.school.counters.parks > 5);
    CHECK(film.school.counters.readies > 5);
}

TEST_CASE("calling everybody up: who is called last is taught first, at the caller's table") {
    const RunOptions options = defaults_of("spawn-join");
    const Film film = play(options);
    CHECK(film.school.counters.spawns >= 3 * options.students);
    CHECK(film.school.counters.ends >= 3 * options.students);
}

}  // namespace homeroom::sim
