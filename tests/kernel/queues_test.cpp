// One run queue for all cores, or one each; staying on a core, and taking from a neighbour.
#include <algorithm>

#include "tests/kernel/exercises.h"

using namespace homeroom::exercises;

namespace {

Outcome play_on(std::uint32_t cores, Queues queues, const char* tasks, const char* policy = "fifo",
                Time quantum = 1, Time switch_cost = 0) {
    MachineOptions options = machine(policy, quantum);
    options.cores = cores;
    options.queues = queues;
    options.switch_cost = switch_cost;
    return play(options, tasks_of(tasks));
}

std::size_t cores_of(const Outcome& outcome, std::uint32_t task) {
    std::vector<bool> seen(outcome.cores.size());
    for (const Stretch& stretch : outcome.stretches)
        if (stretch.task == task) seen[stretch.core] = true;
    return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
}

}  // namespace

TEST_CASE("several cores serve one queue in its order") {
    const Outcome outcome = play_on(2, {}, "A:0:4,B:0:2,C:0:3");
    CHECK(outcome.tasks[2].first_run == 2);  // B's core is free first
    CHECK(outcome.end == 5);
}

TEST_CASE("with a queue for each core new tasks go where the fewest are") {
    const Outcome outcome = play_on(2, {true, false, true}, "A:0:4,B:0:2,C:0:1,D:0:1");
    CHECK(outcome.tasks[2].first_run == 4);  // behind A
    CHECK(outcome.tasks[3].first_run == 2);  // behind B
    CHECK(outcome.cores[1].idle == 2);       // nobody takes C over
}

TEST_CASE("with balancing a core without tasks takes one from the longest queue") {
    const Outcome outcome = play_on(2, {true, true, true}, "A:0:9,B:0:1,C:0:3,D:0:1,E:0:3");
    CHECK(outcome.cores[0].idle + outcome.cores[1].idle <= 1);
    CHECK(outcome.end == 9);
    CHECK(play_on(2, {true, false, true}, "A:0:9,B:0:1,C:0:3,D:0:1,E:0:3").end > 9);
}

TEST_CASE("with affinity a task comes back to the core that it had") {
    const char* tasks = "A:0:2+3+2+3+2,B:0:3+2+3+2+3";
    const Outcome stays = play_on(2, {false, true, true}, tasks);
    CHECK(cores_of(stays, 0) == 1);
    CHECK(cores_of(stays, 1) == 1);
    // Without it, whoever comes first takes the first free core.
    const Outcome roams = play_on(2, {false, true, false}, "A:0:3+1+3,B:0:2+5+9");
    CHECK(cores_of(roams, 1) == 2);
}

TEST_CASE("a switch is paid for going over to another task, not for going on") {
    const Outcome outcome = play_on(1, {}, "A:0:6,B:4:2", "rr", 2, 1);
    // Towards A, then three slices of it of which two are in a row; towards B; back to A.
    CHECK(outcome.cores[0].switching == 3);
    CHECK(outcome.cores[0].switches == 2);
    CHECK(outcome.cores[0].running == 8);
    CHECK(outcome.end == 11);
    CHECK(outcome.tasks[0].first_run == 1);
}

TEST_CASE("of several cores the one with the longest task left gives way to a shorter one") {
    const Outcome outcome = play_on(2, {}, "A:0:10,B:0:20,C:3:2", "srtf");
    CHECK(outcome.tasks[2].finish == 5);
    CHECK(outcome.tasks[0].finish == 10);
    CHECK(outcome.tasks[1].finish == 22);
}
