// Several classes on one machine: they end as they would alone, walls hold, no time is lost, and
// what a switch costs depends on what is switched.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sim/choosers.h"
#include "sim/lesson.h"
#include "sim/timeline.h"
#include "sim/world.h"
#include "tests/sim/run_of.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

struct ClassesPlayed {
    Ending ending;
    Nanoseconds end;
    std::uint64_t hash;
    std::vector<kernel::CoreAccount> accounts;
    std::vector<Ending> endings;
    std::vector<std::uint64_t> hashes;
    School school;
};

ClassesPlayed play_classes(const RunOptions& run) {
    ClockOrder chooser(run.seed);
    World world(run, {}, model_programs(run), chooser);
    Timeline timeline(run);
    world.on_step = [&](const Step& step) { timeline.append(step); };
    const Ending ending = world.run_to_end();
    ClassesPlayed played{ending, world.now(), world.trace_hash(), {}, {}, {}, timeline.latest()};
    for (std::uint32_t core = 0; core < run.teachers; ++core)
        played.accounts.push_back(world.account(core));
    for (std::uint8_t room = 0; room < run.classes.size(); ++room) {
        played.endings.push_back(world.ending_of(ClassId{room}));
        played.hashes.push_back(world.trace_hash_of(ClassId{room}));
    }
    return played;
}

std::string random_class(sim::Dice& dice) {
    std::vector<Lesson> all(lessons().begin(), lessons().end());
    std::erase_if(all, [](const Lesson& lesson) { return lesson.may_deadlock; });
    const Lesson& lesson = all[dice.below(static_cast<std::uint32_t>(all.size()))];
    const auto kinds = class_kind_infos();
    std::string text =
        std::string(kinds[dice.below(static_cast<std::uint32_t>(kinds.size()))].name) + ":" +
        lesson.name;
    text += ":students=" + std::to_string(1 + dice.below(12));
    return text + ":clipboards=" + std::to_string(1 + dice.below(3));
}

// Some classes on a random machine with a random kernel; none faults.
RunOptions random_run(std::uint64_t seed) {
    sim::Dice dice(seed);
    static constexpr const char* policies[] = {"turns", "fifo", "rr", "mlfq", "fair", "srtf"};
    std::string text =
        "x seed=" + std::to_string(seed) + " teachers=" + std::to_string(1 + dice.below(4)) +
        " policy=" + policies[dice.below(6)] + " quantum=" + std::to_string(100 << dice.below(5)) +
        "us" + (dice.below(2) == 0 ? " pcid=off" : "") +
        (dice.below(2) == 0 ? " queues=per-core" : "");
    const std::uint32_t count = 1 + dice.below(3);
    for (std::uint32_t i = 0; i < count; ++i) text += " class=" + random_class(dice);
    return run_of(text);
}

}  // namespace

TEST_CASE("classes of every kind come to their ends side by side, and no time is lost") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        const RunOptions run = random_run(seed);
        CAPTURE(to_string(run));
        const ClassesPlayed played = play_classes(run);
        CHECK(played.ending == Ending::finished);
        CHECK(played.school.ending == Ending::finished);
        Nanoseconds busy = 0, in_rooms = 0;
        for (std::uint32_t core = 0; core < run.teachers; ++core) {
            const kernel::CoreAccount& account = played.accounts[core];
            CHECK(account.elapsed() == played.end);
            busy += account.running + account.switching;
        }
        for (const Ending ending : played.endings) CHECK(ending == Ending::finished);
        for (std::uint16_t room = 0; room < played.school.rooms.size(); ++room) {
            const School::Account account = played.school.account_of(ClassId{room});
            in_rooms += account.running + account.switching;
        }
        if (played.school.time == played.end) CHECK(in_rooms == busy);
        std::uint32_t switches = 0, refills = 0;
        for (const Teacher& teacher : played.school.teachers) {
            switches += teacher.class_switches;
            refills += teacher.tlb_refills;
        }
        for (const Room& room : played.school.rooms) {
            switches -= room.class_switches;
            refills -= room.tlb_refills;
        }
        CHECK(switches == 0);
        CHECK(refills == 0);
        CHECK(played.school.memory_bytes == 0);
        // Each table's time, from when it is first heard of: with a teacher, waiting for one, or
        // wanting none. And nobody is left in a queue.
        for (const Table& table : played.school.tables) {
            CAPTURE(index(table.id));
            CHECK(table.kernel == Table::Kernel::ended);
            CHECK(table.running_ns + table.switching_ns + table.runnable_ns + table.blocked_ns ==
                  table.kernel_since - table.kernel_began);
        }
        for (const auto& queue : played.school.queues) CHECK(queue.empty());
    }
}

TEST_CASE("a run of several classes, printed and read back, is the same, step for step") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const RunOptions run = random_run(seed);
        CAPTURE(to_string(run));
        const RunOptions again = run_of(to_string(run));
        CHECK(again == run);
        CHECK(play_classes(again).hash == play_classes(run).hash);
    }
}

TEST_CASE("a class with teachers of its own is not touched by its neighbours, crash included") {
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        sim::Dice dice(seed);
        const std::string policy = dice.below(2) == 0 ? " policy=rr quantum=300us" : "";
        const std::string own = random_class(dice) + ":teachers=2";
        const std::string machine = "x teachers=4 seed=" + std::to_string(seed) + policy;
        CAPTURE(own);
        CAPTURE(machine);
        const ClassesPlayed first =
            play_classes(run_of(machine + " class=" + own + " class=mpg:lock"));
        for (int other = 0; other < 3; ++other) {
            const std::string neighbour = random_class(dice) + (other == 0 ? ":fault=2ms" : "");
            CAPTURE(neighbour);
            const ClassesPlayed now =
                play_classes(run_of(machine + " class=" + own + " class=" + neighbour));
            CHECK(now.hashes[0] == first.hashes[0]);
            CHECK(now.endings[0] == Ending::finished);
        }
    }
}

TEST_CASE("a touch beyond the wall ends that class and nobody else") {
    for (const char* kind : {"mpg", "threads", "one-table"}) {
        CAPTURE(kind);
        const ClassesPlayed played =
            play_classes(run_of("x teachers=2 class=" + std::string(kind) +
                                ":spawn-join:fault=2ms class=mpg:stealing"));
        CHECK(played.endings[0] == Ending::crashed);
        CHECK(played.endings[1] == Ending::finished);
        CHECK(played.ending == Ending::crashed);
        CHECK(played.school.rooms[0].faulted);
        CHECK(played.school.rooms[0].status == 139);
        CHECK(played.school.rooms[1].status == 0);
        CHECK(played.school.rooms[0].end < played.school.rooms[1].end);
    }
}

TEST_CASE("one on an errand: alone at one table it stops all, with a table each nobody") {
    const auto makespan = [](const char* kind) {
        return play_classes(run_of("x teachers=2 class=" + std::string(kind) + ":errand")).end;
    };
    CHECK(makespan("one-table") > 2 * makespan("threads"));
    CHECK(makespan("one-table") > 2 * makespan("mpg"));
}

TEST_CASE("with a table for each student there are as many tables as students") {
    const ClassesPlayed threads =
        play_classes(run_of("x teachers=2 class=threads:more-students:students=20"));
    CHECK(threads.school.tables.size() == 21);
    CHECK(threads.school.rooms[0].student_switches == 21);  // each comes to its table once
    CHECK(play_classes(run_of("x teachers=2 class=one-table:more-students:students=20"))
              .school.tables.size() == 1);
}

TEST_CASE("going to another class is dearer than to another table, and dearer without PCID") {
    const std::string two =
        "x teachers=1 policy=rr quantum=200us class=one-table:more-students"
        " class=one-table:more-students";
    const auto each = [](const ClassesPlayed& played) {
        return played.accounts[0].switching / static_cast<Nanoseconds>(played.accounts[0].switches);
    };
    const ClassesPlayed kept = play_classes(run_of(two)),
                        lost = play_classes(run_of(two + " pcid=off"));
    const ClassesPlayed inside = play_classes(
        run_of("x teachers=1 policy=rr quantum=200us class=threads:more-students:students=2"));
    CHECK(each(inside) < each(kept));
    CHECK(each(kept) < each(lost));
    CHECK(kept.school.teachers[0].tlb_refills == 2);
    CHECK(lost.school.teachers[0].tlb_refills > 20);
    CHECK(kept.school.teachers[0].class_switches > 20);
}

TEST_CASE("opening a class takes longer than opening a table, and that longer than a student") {
    const ClassesPlayed played =
        play_classes(run_of("x teachers=2 class=threads:spawn-join:students=1"));
    const Room& room = played.school.rooms[0];
    const Costs costs;
    CHECK(room.opened - room.opening > 10 * costs.thread_create);
    CHECK(costs.thread_create > 100 * costs.coroutine_switch);
    CHECK(room.ended);
    CHECK(room.regions.empty());
}

TEST_CASE("where switches cost nothing, the quantum does not change when one core has done all") {
    const std::string free =
        " costs=thread-switch=0ns,seat-again=0ns,space-switch=0ns,tlb-refill=0ns,cache-refill=0ns";
    Nanoseconds first = 0;
    for (const char* quantum : {"100us", "500us", "2ms"}) {
        const ClassesPlayed played = play_classes(run_of(
            "x teachers=1 policy=rr quantum=" + std::string(quantum) + free +
            " class=one-table:more-students:students=5 class=one-table:more-students:students=9"));
        if (first == 0) first = played.end;
        CAPTURE(quantum);
        CHECK(played.accounts[0].idle == 0);
        CHECK(played.end == first);
    }
}

// Aim: work conservation. Method: at each step, no teacher is without a table for longer than a
// moment while a table of its group stands in a queue; where each teacher has a queue of its own,
// only with balancing.
TEST_CASE("no teacher is idle while a table waits in a queue") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        RunOptions run = random_run(seed);
        run.kernel.queues.balance = true;
        CAPTURE(to_string(run));
        ClockOrder chooser(run.seed);
        World world(run, {}, model_programs(run), chooser);
        School school(run.teachers, run.clipboards);
        Nanoseconds since = -1, longest = 0;
        world.on_step = [&](const Step& step) {
            school.fold(step);
            bool waiting = false, idle = false;
            for (const auto& queue : school.queues)
                for (const TableId id : queue)
                    waiting = waiting || step.time - school.find(id)->kernel_since >
                                             run.costs.wake_latency + run.costs.thread_start;
            for (const Teacher& teacher : school.teachers)
                idle = idle || teacher.table == TableId::none;
            const bool wasted = waiting && idle;
            if (!wasted) since = -1;
            if (wasted && since < 0) since = step.time;
            if (wasted) longest = std::max(longest, step.time - since);
        };
        world.run_to_end();
        // A new table is named only when its first turn begins.
        CHECK(longest <=
              4 * (run.costs.thread_start + run.costs.space_switch + run.costs.thread_switch));
    }
}

TEST_CASE("what has gone from a teacher's cache costs, and comes back on the way") {
    const ClassesPlayed played =
        play_classes(run_of("x teachers=2 policy=rr quantum=300us queues=no-affinity"
                            " class=threads:more-students:students=6"));
    Nanoseconds of_teachers = 0, of_tables = 0;
    std::uint32_t moves = 0;
    for (const Teacher& teacher : played.school.teachers) {
        of_teachers += teacher.cold_ns;
        CHECK(teacher.cold_ns <= teacher.switching_ns);
    }
    for (const Table& table : played.school.tables) {
        of_tables += table.cold_ns;
        moves += table.moves;
        CHECK(played.school.warmth(table) >= 0);
        CHECK(played.school.warmth(table) <= 1);
    }
    CHECK(of_teachers == of_tables);
    CHECK(moves > 0);
    CHECK(of_teachers > Costs{}.cache_refill * moves);
}

TEST_CASE("a teacher has the plans of the last six classes in mind, or only one") {
    std::string many = "x teachers=1 policy=rr quantum=100us";
    for (int i = 0; i < 7; ++i) many += " class=one-table:more-students:students=2";
    const auto plans = [](const std::string& text) {
        const RunOptions run = run_of(text);
        ClockOrder chooser(run.seed);
        World world(run, {}, model_programs(run), chooser);
        Timeline timeline(run);
        std::size_t most = 0;
        world.on_step = [&](const Step& step) {
            timeline.append(step);
            most = std::max(most, timeline.latest().teachers[0].plans.size());
        };
        world.run_to_end();
        return most;
    };
    CHECK(plans(many) == School::plans_max);
    CHECK(plans(many + " pcid=off") == 1);
}

TEST_CASE("a student that goes on at another core brings nothing in its cache") {
    const auto end = [](const char* costs) {
        return play_classes(
                   run_of(std::string("x teachers=4 class=mpg:stealing:students=40:length=20us") +
                          costs))
            .end;
    };
    CHECK(end("") != end(" costs=student-refill=50us"));
}

TEST_CASE("where teachers have become too few for a class's own, all classes share them") {
    RunOptions run = run_of("x teachers=3 class=mpg:lock:teachers=2 class=mpg:lock");
    run.teachers = 1;
    const ClassesPlayed played = play_classes(run);
    CHECK(played.ending == Ending::finished);
    CHECK(played.accounts.size() == 1);
}

TEST_CASE("mistakes in a class are named in one line") {
    const auto mistake = [](const char* text) {
        std::string error;
        CHECK_FALSE(parse_run(text, error));
        return error;
    };
    CHECK(mistake("x class=fibers:lock").find("class: a class is KIND:LESSON") == 0);
    CHECK(mistake("x class=mpg:maths") ==
          "class: there is no lesson 'maths'; --lessons lists them");
    CHECK(mistake("x class=mpg").find("there is no lesson ''") != std::string::npos);
    CHECK(mistake("x class=mpg:lock:chairs=3").find("class: unknown setting 'chairs'") == 0);
    CHECK(mistake("x class=mpg:lock:students=0").find("class: students must be") == 0);
    CHECK(mistake("x class=threads:lock:students=5000").find("class: 500 students at most") == 0);
    CHECK(mistake("x class=mpg:lock:fault=soon").find("class: fault must be a time") == 0);
    CHECK(mistake("x teachers=2 class=mpg:lock:teachers=2 class=mpg:lock")
              .find("the classes want 2 teachers of their own and one for the others") == 0);
}
