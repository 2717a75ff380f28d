// The whiteboard as it is folded from steps: values, copies that grow old, updates that get lost.
#include <doctest/doctest.h>

#include <string>

#include "sim/choosers.h"
#include "sim/explain.h"
#include "sim/lesson.h"
#include "sim/until.h"
#include "sim/world.h"
#include "tests/sim/steps.h"

namespace homeroom::sim {
namespace {

HandMade& shared(HandMade& made, EventKind kind, CoroutineId g, std::int64_t value) {
    return made.say(0, kind, 0, g, pack_shared(1, value));
}

HandMade with_a_sum() {
    HandMade made;
    made.begin();
    for (char letter : std::string("Sum"))
        made.say(0, EventKind::named, 0, 1, pack_object(1, static_cast<unsigned char>(letter)));
    made.say(0, EventKind::guarded, 0, 1, pack_guarded(1, 7));
    shared(made, EventKind::shared_made, 1, -5);
    return made;
}

Timeline play(const char* name, std::uint64_t seed) {
    RunOptions run = find_lesson(name)->defaults;
    run.seed = seed;
    ClockOrder chooser(seed);
    World world(run, {}, find_lesson(name)->model_program(run), chooser);
    Timeline timeline(run.teachers, run.clipboards);
    world.on_step = [&timeline](const Step& step) { timeline.append(step); };
    world.run_to_end();
    return timeline;
}

}  // namespace

TEST_CASE("a variable has its name, its value and its lock") {
    const HandMade made = with_a_sum();
    const Thing* sum = made.school().find_thing(1);
    REQUIRE(sum != nullptr);
    CHECK(sum->kind == Thing::Kind::variable);
    CHECK(sum->name == "Sum");
    CHECK(sum->value == -5);
    CHECK(sum->guard == 7);
    CHECK(name_of_object(made.school(), 1, Words::field) == "Sum");
}

TEST_CASE("a copy grows old when somebody else writes, and writing it loses that update") {
    HandMade made = with_a_sum();
    shared(made, EventKind::read, 2, -5);
    shared(made, EventKind::read, 3, -5);
    REQUIRE(made.school().copies.size() == 2);
    shared(made, EventKind::changed, 2, -4);
    CHECK(made.school().find_copy(StudentId{2}, 1)->value == -4);
    CHECK(made.school().find_thing(1)->value == -5);
    shared(made, EventKind::wrote, 2, -4);
    CHECK(made.school().find_thing(1)->value == -4);
    CHECK(made.school().find_thing(1)->writer == StudentId{2});
    CHECK(made.school().find_copy(StudentId{2}, 1) == nullptr);
    CHECK(made.school().find_copy(StudentId{3}, 1)->stale);
    CHECK(made.school().counters.lost_updates == 0);
    shared(made, EventKind::wrote, 3, -4);
    CHECK(made.school().counters.lost_updates == 1);
    CHECK(made.school().find_thing(1)->lost == 1);
}

TEST_CASE("who reads again has a fresh copy, and who goes home takes none along") {
    HandMade made = with_a_sum();
    shared(made, EventKind::read, 2, -5);
    shared(made, EventKind::wrote, 1, 9);
    CHECK(made.school().find_copy(StudentId{2}, 1)->stale);
    shared(made, EventKind::read, 2, 9);
    CHECK_FALSE(made.school().find_copy(StudentId{2}, 1)->stale);
    CHECK(made.school().copies.size() == 1);
    made.say(0, EventKind::ended, 0, 2);
    CHECK(made.school().copies.empty());
}

TEST_CASE("values that do not fit into the record are told as the nearest that do") {
    CHECK(shared_value_of(pack_shared(3, -32768)) == -32768);
    CHECK(shared_value_of(pack_shared(3, 1'000'000)) == 32767);
    CHECK(shared_value_of(pack_shared(3, -1'000'000)) == -32768);
    CHECK(shared_object_of(pack_shared(shared_objects_max, -1)) == shared_objects_max);
}

TEST_CASE("a lost update is told, with the race, its lines and what went wrong at the end") {
    const Timeline film = play("two-pens", 1);
    const auto lost = find_until(film, {Until::Kind::lost_update, 0, 1});
    REQUIRE(lost);
    const School before = film.school_at(film.step_of_decision(*lost - 1));
    const std::string words = describe_fully(film, *lost - 1, before, Words::school);
    CHECK(words.find("is lost") != words.npos);
    CHECK(words.find("A race with student") != words.npos);
    CHECK(words.find("two_pens.h:") != words.npos);
    const auto race = find_until(film, {Until::Kind::race, 0, 1});
    REQUIRE(race);
    CHECK(*race < *lost);
    CHECK(find_until(film, {Until::Kind::surprise, 0, 1}).has_value());
    CHECK_FALSE(find_until(play("one-pen", 1), {Until::Kind::race, 0, 1}).has_value());
}

TEST_CASE("the sum is what was added less what was lost, whatever the seed") {
    int lossless = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        const Timeline film = play("two-pens", seed);
        const School& school = film.latest();
        std::int64_t sum = 0;
        for (const Thing& thing : school.things)
            if (thing.kind == Thing::Kind::variable) sum = thing.value;
        // Each write adds one to what its writer had read.
        CHECK(sum <= static_cast<std::int64_t>(school.counters.writes));
        CHECK(school.counters.surprises == (sum == 4 ? 0u : 1u));
        CHECK((school.counters.lost_updates == 0) == (sum == 4));
        lossless += sum == 4;
    }
    CHECK(lossless > 0);
    CHECK(lossless < 40);
}

}  // namespace homeroom::sim
