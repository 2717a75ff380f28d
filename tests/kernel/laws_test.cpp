// Laws that hold on every machine: random tasks, all policies, one core and several, one queue and
// one for each core.
#include <algorithm>
#include <numeric>

#include "sim/choosers.h"
#include "tests/kernel/exercises.h"

using namespace homeroom::exercises;

namespace {

std::vector<Task> random_tasks(homeroom::sim::Dice& dice, bool waits) {
    std::vector<Task> tasks(1 + dice.below(8));
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        tasks[i].name = "T" + std::to_string(i);
        tasks[i].arrival = dice.below(30);
        tasks[i].nice = static_cast<int>(dice.below(40)) - 20;
        const std::uint32_t bursts = waits ? 1 + dice.below(4) : 1;
        for (std::uint32_t k = 0; k < 2 * bursts - 1; ++k)
            tasks[i].parts.push_back(1 + dice.below(15));
    }
    return tasks;
}

MachineOptions random_machine(homeroom::sim::Dice& dice) {
    MachineOptions options;
    Settings& policy = options.policy;
    policy.kind =
        policy_infos()[dice.below(static_cast<std::uint32_t>(policy_infos().size()))].kind;
    policy.quantum = 1 + dice.below(8);
    policy.levels = 1 + dice.below(4);
    policy.growth = 1 + dice.below(2);
    policy.allotment = 1 + dice.below(3);
    policy.boost = dice.below(2) == 0 ? 0 : 20 + dice.below(50);
    policy.forgives = dice.below(2) == 0;
    policy.demotes_alone = dice.below(2) == 0;
    policy.parity = dice.below(2) == 0;
    options.cores = 1 + dice.below(4);
    options.queues = {dice.below(2) == 0, dice.below(2) == 0, dice.below(2) == 0};
    return options;
}

constexpr std::uint64_t machines = 1500;

}  // namespace

TEST_CASE("every task gets exactly its CPU time, on one core at a time, and never while it waits") {
    for (std::uint64_t seed = 1; seed <= machines; ++seed) {
        CAPTURE(seed);
        homeroom::sim::Dice dice(seed);
        MachineOptions options = random_machine(dice);
        options.switch_cost = dice.below(4);
        const std::vector<Task> tasks = random_tasks(dice, true);
        const Outcome outcome = play(options, tasks);
        for (std::uint32_t i = 0; i < tasks.size(); ++i) {
            std::vector<std::pair<Time, Time>> runs;
            for (const Stretch& stretch : outcome.stretches)
                if (stretch.task == i && !stretch.switching)
                    runs.emplace_back(stretch.from, stretch.to);
            std::sort(runs.begin(), runs.end());
            Time sum = 0, last = tasks[i].arrival;
            for (const auto& [from, to] : runs) {
                REQUIRE(from >= last);
                sum += to - from;
                last = to;
            }
            REQUIRE(sum == tasks[i].cpu());
            REQUIRE(outcome.tasks[i].waiting >= 0);
            REQUIRE(outcome.tasks[i].finish == last);
        }
    }
}

TEST_CASE("running, switching and idle time of each core add up to the time that passed") {
    for (std::uint64_t seed = 1; seed <= machines; ++seed) {
        CAPTURE(seed);
        homeroom::sim::Dice dice(seed);
        MachineOptions options = random_machine(dice);
        options.switch_cost = dice.below(4);
        const std::vector<Task> tasks = random_tasks(dice, true);
        const Outcome outcome = play(options, tasks);
        Time running = 0, needed = 0;
        for (std::uint32_t core = 0; core < options.cores; ++core) {
            const CoreAccount& account = outcome.cores[core];
            REQUIRE(account.elapsed() == outcome.end);
            running += account.running;
            Time in_stretches = 0;
            for (const Stretch& stretch : outcome.stretches)
                if (stretch.core == core) in_stretches += stretch.to - stretch.from;
            REQUIRE(in_stretches == account.running + account.switching);
        }
        for (const Task& task : tasks) needed += task.cpu();
        REQUIRE(running == needed);
    }
}

// Aim: work conservation. Method: at each moment, as many cores run as can: all tasks that are
// runnable then, or all cores. Without balancing a core may be idle beside a long queue, so those
// machines are left out.
TEST_CASE("no core is idle while a task waits, unless balancing is switched off") {
    for (std::uint64_t seed = 1; seed <= machines; ++seed) {
        CAPTURE(seed);
        homeroom::sim::Dice dice(seed);
        MachineOptions options = random_machine(dice);
        options.queues.balance = true;
        const std::vector<Task> tasks = random_tasks(dice, false);
        const Outcome outcome = play(options, tasks);
        for (Time now = 0; now < outcome.end; ++now) {
            std::size_t here = 0, running = 0;
            for (std::size_t i = 0; i < tasks.size(); ++i)
                here += tasks[i].arrival <= now && outcome.tasks[i].finish > now;
            for (const Stretch& stretch : outcome.stretches)
                running += stretch.from <= now && stretch.to > now;
            CAPTURE(now);
            REQUIRE(running == std::min<std::size_t>(here, options.cores));
        }
    }
}

TEST_CASE("if a switch costs nothing, one core is done at the same time whatever the quantum") {
    for (std::uint64_t seed = 1; seed <= machines; ++seed) {
        CAPTURE(seed);
        homeroom::sim::Dice dice(seed);
        MachineOptions options = random_machine(dice);
        options.cores = 1;
        const std::vector<Task> tasks = random_tasks(dice, false);
        const Time end = play(options, tasks).end;
        for (Time quantum : {1, 2, 5, 100}) {
            options.policy.quantum = quantum;
            REQUIRE(play(options, tasks).end == end);
        }
        for (const PolicyInfo& info : policy_infos()) {
            options.policy.kind = info.kind;
            REQUIRE(play(options, tasks).end == end);
        }
    }
}

TEST_CASE("of all policies shortest remaining time has the shortest mean turnaround on one core") {
    for (std::uint64_t seed = 1; seed <= machines; ++seed) {
        CAPTURE(seed);
        homeroom::sim::Dice dice(seed);
        MachineOptions options = random_machine(dice);
        options.cores = 1;
        const std::vector<Task> tasks = random_tasks(dice, false);
        const double any = play(options, tasks).mean_turnaround();
        options.policy.kind = Kind::shortest_remaining;
        REQUIRE(play(options, tasks).mean_turnaround() <= any + 1e-9);
    }
}

TEST_CASE("with a quantum longer than any burst round robin is first in, first out") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        homeroom::sim::Dice dice(seed);
        MachineOptions options = random_machine(dice);
        const std::vector<Task> tasks = random_tasks(dice, true);
        options.policy.kind = Kind::fifo;
        const Outcome fifo = play(options, tasks);
        options.policy.kind = Kind::round_robin;
        options.policy.quantum = 1000;
        REQUIRE(play(options, tasks).stretches == fifo.stretches);
    }
}

TEST_CASE("the same machine gives the same outcome, every time") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        homeroom::sim::Dice dice(seed);
        const MachineOptions options = random_machine(dice);
        const std::vector<Task> tasks = random_tasks(dice, true);
        REQUIRE(play(options, tasks).stretches == play(options, tasks).stretches);
    }
}
