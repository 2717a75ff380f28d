// A plain lesson as the only class of its machine: what caches and address spaces cost it; zombies,
// and what becomes of those who wait for a class that died; boosts in the queue.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sim/choosers.h"
#include "sim/lesson.h"
#include "sim/teach/measures.h"
#include "sim/timeline.h"
#include "sim/world.h"
#include "tests/sim/run_of.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

struct MachinePlayed {
    Timeline film;
    std::vector<kernel::CoreAccount> accounts;
    Nanoseconds end = 0;
    Ending ending = Ending::none;
    std::string report;

    explicit MachinePlayed(const RunOptions& run) : film(run) {
        ClockOrder chooser(run.seed);
        World world(run, {}, model_programs(run), chooser);
        world.on_step = [this](const Step& step) { film.append(step); };
        ending = world.run_to_end();
        report = world.report();
        end = world.now();
        for (std::uint32_t i = 0; i < run.teachers; ++i) accounts.push_back(world.account(i));
    }
    std::int64_t value(const char* name) const {
        return value_of(*find_measure(name), film, film.decisions());
    }
};

const char* const stealing = "stealing teachers=4 clipboards=4 students=24 length=50us seed=1";

RunOptions machine(const std::string& text) {
    RunOptions run = run_of(text);
    make_machine(run);
    return run;
}

}  // namespace

TEST_CASE("who was taken over to another teacher brings nothing along, and that costs") {
    auto played = [](const std::string& teachers, const std::string& refill) {
        return MachinePlayed(machine("yield students=24 length=1ms seed=1 teachers=" + teachers +
                                     " clipboards=" + teachers +
                                     " costs=student-refill=" + refill));
    };
    const MachinePlayed free = played("4", "0ns"), dear = played("4", "40us");
    REQUIRE(free.value("steals") > 0);
    REQUIRE(dear.value("steals") > 0);
    CHECK(dear.value("makespan") > free.value("makespan"));
    // With one teacher nobody goes on elsewhere.
    CHECK(played("1", "0ns").value("makespan") == played("1", "40us").value("makespan"));
}

TEST_CASE("running, switching and idle are all of each teacher's time, with one class, too") {
    for (const char* more : {"", " policy=rr quantum=100us", " costs=cache-refill=90us"}) {
        CAPTURE(more);
        const MachinePlayed played(machine(std::string(stealing) + more));
        CHECK(played.ending == Ending::finished);
        for (const kernel::CoreAccount& account : played.accounts)
            CHECK(account.running + account.switching + account.idle == played.end);
    }
}

TEST_CASE("a plain run becomes a machine's only class and plain again, with the same numbers") {
    const RunOptions plain = run_of(stealing);
    RunOptions run = plain;
    make_machine(run);
    REQUIRE(run.classes.size() == 1);
    CHECK(run.classes[0].students == 24);
    CHECK(run.classes[0].clipboards == 4);
    CHECK(run == run_of(std::string(stealing) + " level=student"));
    CHECK(run_of(to_string(run)) == run);
    run.students = 30;
    share_numbers(run);
    CHECK(run.classes[0].students == 30);
    CHECK(make_plain(run));
    CHECK(run.students == 30);
    CHECK(run.classes.empty());
    RunOptions faulty = run_of(std::string(stealing) + " class=mpg:stealing:fault=1ms");
    CHECK_FALSE(make_plain(faulty));
    // The numbers of a run are those of its first class.
    CHECK(run_of("stealing class=mpg:errand:students=5 class=mpg:lock:students=7").students == 5);
}

TEST_CASE("costs that only classes have are known by their names") {
    CHECK(names_costs_of_classes("cache-refill=9us"));
    CHECK(names_costs_of_classes("thread-switch=3us, student-refill=1us"));
    CHECK_FALSE(names_costs_of_classes("thread-switch=3us,system-call=200ns"));
    CHECK_FALSE(names_costs_of_classes(""));
}

TEST_CASE("who ends is a zombie until its parent waits, and then nothing is left of it") {
    const MachinePlayed played(run_of("opening teachers=4 class=classes:opening"));
    CHECK(played.ending == Ending::finished);
    std::uint32_t most = 0, waited = 0;
    School school = played.film.school_at(0);
    for (std::size_t i = 0; i < played.film.size(); ++i) {
        const Step& step = played.film.step(i);
        waited += step.event.kind == EventKind::returned && step.about != step.room;
        school.fold(step);
        most = std::max(most, school.zombies_of(ClassId{0}));
        for (const Room& room : school.rooms) {
            if (!room.zombie()) continue;
            REQUIRE(room.task_bytes > 0);
            REQUIRE(room.kernel_bytes() == room.task_bytes);
            REQUIRE(room.pages() == 0);
        }
    }
    CHECK(most > 1);
    CHECK(waited == school.counters.forks);
    CHECK(school.zombies_of(ClassId{0}) == 0);
    CHECK(school.memory_bytes == 0);
    for (const Room& room : school.rooms) CHECK(room.is_gone());
}

TEST_CASE("a class that is gone leaves its place to the next one") {
    const MachinePlayed played(
        run_of("opening teachers=4 class=mpg:opening class=mpg:opening:from=0"));
    const School& end = played.film.latest();
    REQUIRE(end.rooms.size() == 2);
    CHECK(end.rooms[1].is_copy);
    CHECK(end.places == 1);
    CHECK(end.memory_bytes == 0);
}

TEST_CASE("those who wait for a class that a fault has ended are told of it by name") {
    const MachinePlayed played(run_of("lock teachers=4 class=classes:lock:fault=1ms"));
    CHECK(played.ending == Ending::deadlocked);
    CHECK(played.report.find("which a fault has ended") != std::string::npos);
}

TEST_CASE("the heap of a class grows with its coroutines, and stays for those that come later") {
    const MachinePlayed few(run_of("stealing class=mpg:stealing:students=4"));
    const MachinePlayed many(run_of("stealing class=mpg:stealing:students=200"));
    CHECK(many.value("memory") > few.value("memory") + 150 * std::int64_t{page_bytes});
    CHECK(many.film.latest().memory_bytes == 0);
}

TEST_CASE("after a boost the queue stands as the policy has it") {
    RunOptions run = run_of(
        "never-stops teachers=1 clipboards=1 policy=mlfq,levels=3,boost=2ms quantum=200us "
        "class=threads:stealing:students=6:length=3ms");
    const MachinePlayed played(run);
    // Told anew: somebody who already is in line, and has not been anywhere since.
    std::uint32_t again = 0;
    School school = played.film.school_at(0);
    for (std::size_t i = 0; i < played.film.size(); ++i) {
        const Step& step = played.film.step(i);
        if (step.event.kind == EventKind::runnable)
            for (const auto& queue : school.queues)
                again += std::count(queue.begin(), queue.end(), step.table) > 0;
        school.fold(step);
        for (const auto& queue : school.queues)
            for (const TableId id : queue) REQUIRE(std::count(queue.begin(), queue.end(), id) == 1);
    }
    CHECK(again > 0);
}
