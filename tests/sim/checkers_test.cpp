// Each checker is shown a school that breaks its rule, and must say so; and one that does not.
#include "sim/checkers.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/sim/steps.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

// What the checkers say about a hand-made run.
std::string verdict(const HandMade& film, CheckLimits limits = {}, Ending ending = Ending::none) {
    Checkers checkers(limits);
    School school(2, 2);
    for (std::size_t i = 0; i < film.timeline.size(); ++i) {
        school.fold(film.timeline.step(i));
        checkers.see(film.timeline.step(i), school);
    }
    checkers.end(school, ending);
    return checkers.violation();
}

bool says(const std::string& text, const char* part) {
    INFO(text);
    return text.find(part) != std::string::npos;
}

// Student 1 taught at table 0; 2 and 3 on clipboard 0; table 1 searches with clipboard 1.
HandMade two_tables() {
    HandMade film;
    film.begin().spawn(0, 0, 2, 1).spawn(0, 0, 3, 1, 2);
    film.say(0, EventKind::machine_woken, 1, 0, 1).take(1, 1);
    return film;
}

}  // namespace

TEST_CASE("a run as it should be breaks no rule") {
    HandMade film = two_tables();
    film.say(1, EventKind::stole, 1, 2, pack_stole(0, 1))
        .say(1, EventKind::spinning_ended, 1, 0, 1);
    film.run(1, 1, 2, Source::stolen).park(0, 0, 1, WaitReason::wait_group, 5).run(0, 0, 3);
    film.say(0, EventKind::ended, 0, 3).ready(1, 1, 1, WaitReason::wait_group, 5);
    film.run(0, 0, 1, Source::stolen).say(1, EventKind::blocked, 1, 2, 1);
    film.say(1, EventKind::processor_released, 1);
    film.say(1, EventKind::unblocked, no_processor, 2,
             static_cast<std::uint32_t>(Return::queued_global));
    film.queue(1, no_processor, 2, Queue::global).say(1, EventKind::machine_parked);
    CHECK(verdict(film) == "");
}

TEST_CASE("nobody is called twice, or while waiting, or after going home") {
    HandMade twice = two_tables();
    twice.run(1, 1, 1, Source::stolen);
    CHECK(says(verdict(twice), "student 1 was called by table 1, but it was at a table"));

    HandMade waiting = two_tables();
    waiting.park(0, 0, 1, WaitReason::mutex, 5).run(1, 1, 1, Source::stolen);
    CHECK(says(verdict(waiting), "but it was waiting"));

    HandMade gone = two_tables();
    gone.say(0, EventKind::ended, 0, 1).run(1, 1, 1, Source::stolen);
    CHECK(says(verdict(gone), "but it was gone home"));
}

TEST_CASE("nobody is woken who does not wait, and nobody is queued who is taught") {
    HandMade woken = two_tables();
    woken.ready(0, 0, 2, WaitReason::mutex, 5);
    CHECK(says(verdict(woken), "student 2 was woken, but it was among the names"));

    HandMade queued = two_tables();
    queued.queue(0, 0, 1, Queue::local);
    CHECK(says(verdict(queued), "student 1 was put below the names, but it was at a table"));

    HandMade twice = two_tables();
    twice.say(0, EventKind::spawned, 0, 2, 1);
    CHECK(says(verdict(twice), "student 2 was started a second time"));

    HandMade elsewhere = two_tables();
    elsewhere.say(1, EventKind::ended, 1, 1);
    CHECK(says(verdict(elsewhere), "student 1 finished at table 1"));
}

TEST_CASE("a clipboard has one holder, and only its holder calls by it") {
    HandMade taken = two_tables();
    taken.take(1, 0);
    CHECK(says(verdict(taken), "clipboard 0 went to table 1 while table 0 held it"));

    HandMade borrowed = two_tables();
    borrowed.say(1, EventKind::processor_released, 1).run(1, 1, 2, Source::stolen);
    CHECK(says(verdict(borrowed), "which it did not hold"));
}

TEST_CASE("names are called in the order in which they were written down") {
    HandMade film = two_tables();
    film.spawn(0, 0, 4, 1, 3).spawn(0, 0, 5, 1, 4);  // names: 2, 3, 4
    film.say(0, EventKind::yielded, 0, 1).queue(0, 0, 1, Queue::global);
    film.run(0, 0, 3, Source::local);
    CHECK(verdict(film) == "");  // 2 may be with a thief who has not spoken yet
    film.say(0, EventKind::yielded, 0, 3).queue(0, 0, 3, Queue::global);
    film.run(0, 0, 2, Source::local);
    CHECK(says(verdict(film), "after a name that had been written below it"));
}

TEST_CASE("no clipboard lies idle while a name waits and nobody looks round") {
    HandMade film = two_tables();
    film.say(1, EventKind::processor_released, 1).say(1, EventKind::spinning_ended, no_processor);
    film.say(1, EventKind::machine_parked).after(5'000'000);
    film.say(0, EventKind::worked, 0, 1, 5'000'000);
    CHECK(says(verdict(film), "beside an idle clipboard, and nobody searches"));
    Rules no_steal;
    no_steal.steal = false;
    CHECK(verdict(film, {.rules = no_steal}) == "");
    Rules no_wake;
    no_wake.wake = false;
    CHECK(verdict(film, {.rules = no_wake}) == "");
    CHECK(verdict(film, {.unserved_ns_max = 10'000'000}) == "");
    // …but when the run was cut off there, nobody would ever have come.
    CHECK(says(verdict(film, {.unserved_ns_max = 10'000'000}, Ending::step_limit), "for ever"));

    HandMade woken = two_tables();
    woken.say(1, EventKind::processor_released, 1).say(1, EventKind::machine_parked);
    woken.say(0, EventKind::machine_woken, 1, 0, 1).after(5'000'000);
    woken.say(0, EventKind::worked, 0, 1, 5'000'000);
    CHECK(verdict(woken) == "");  // somebody is on the way
}

TEST_CASE("every ready student is called within the bound that the lesson gives") {
    HandMade film = two_tables();
    film.after(900'000).say(0, EventKind::worked, 0, 1, 900'000);
    CHECK(says(verdict(film, {.ready_ns_max = 500'000}), "the bound is 500 us"));
    CHECK(verdict(film, {.ready_ns_max = 2'000'000}) == "");
    CHECK(verdict(film) == "");
}

TEST_CASE("a deadlock with somebody ready is none") {
    HandMade film = two_tables();
    CHECK(says(verdict(film, {}, Ending::deadlocked), "was ready"));
    HandMade waiting;
    waiting.begin().park(0, 0, 1, WaitReason::channel_nil);
    CHECK(verdict(waiting, {}, Ending::deadlocked) == "");
}

TEST_CASE("a census finds who stands in two places or in none") {
    HandMade film = two_tables();
    School school = film.school();
    CHECK(census(school) == "");
    school.bench.push_back(StudentId{2});
    CHECK(says(census(school), "student 2 stands on the bench"));
    school.bench.clear();
    school.clipboards[0].names.clear();
    CHECK(says(census(school), "student 2 stands in 0 places"));
}
