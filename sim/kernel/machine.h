// A machine of k cores on which an exercise's tasks run under a policy: when each of them runs, and
// how long it waits. The smallest world in which a policy can be looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/kernel/head_teacher.h"

namespace homeroom::sim::kernel {

inline constexpr std::uint32_t cores_max = 16, tasks_max = 200;
inline constexpr Time exercise_time_max = 1'000'000;

struct Task {
    std::string name;
    Time arrival = 0;
    std::vector<Time> parts;  // CPU burst, wait, CPU burst, ...: an odd number, each at least 1
    int nice = 0;

    Time cpu() const;     // all bursts together
    Time waited() const;  // all waits together
};

struct MachineOptions {
    Settings policy;
    std::uint32_t cores = 1;
    Queues queues{};
    Time switch_cost = 0;  // whenever a core goes over to another task
};

// A core does one thing from `from` to `to`. Neighbours of the same kind and task are one.
struct Stretch {
    std::uint32_t core;
    std::uint32_t task;  // index
    bool switching;      // towards that task
    Time from, to;
    friend bool operator==(const Stretch&, const Stretch&) = default;
};

struct TaskTimes {
    Time first_run = -1, finish = -1;  // moments
    Time response = 0;                 // from the arrival to the first run
    Time turnaround = 0;               // from the arrival to the end
    Time waiting = 0;  // runnable without running: turnaround less CPU bursts and waits
};

struct Outcome {
    std::vector<TaskTimes> tasks;
    std::vector<Stretch> stretches;  // by core, then by time
    std::vector<CoreAccount> cores;
    Time end = 0;  // when the last task is done

    double mean_response() const, mean_turnaround() const, mean_waiting() const;
    std::uint64_t switches() const;
};

Outcome play(const MachineOptions& options, const std::vector<Task>& tasks);

// "A:0:5,B:1:3,C:2:4+10+4:nice=5": name, arrival, CPU burst (then a wait and another burst, as
// often as one likes), perhaps its nice value. Nothing and one line in `error` if it is not
// understood.
std::optional<std::vector<Task>> parse_tasks(std::string_view text, std::string& error);

// The Gantt chart, the times of the tasks and the accounts of the cores as text, at most `columns`
// wide.
std::string report(const MachineOptions& options, const std::vector<Task>& tasks,
                   const Outcome& outcome, std::size_t columns = 100);

}  // namespace homeroom::sim::kernel
