// Published exercises: what a textbook or an exam asks, and the answer that it prints. Only facts
// and figures are taken over; the source stands in each row.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "sim/kernel/machine.h"

namespace homeroom::exercises {

using namespace homeroom::sim::kernel;

// What is asked for.
inline constexpr auto finish = &TaskTimes::finish, response = &TaskTimes::response,
                      turnaround = &TaskTimes::turnaround, waiting = &TaskTimes::waiting;

struct Exercise {
    const char* source;
    const char* policy;  // as parse_policy reads it
    Time quantum;        // 0: the policy has none
    const char* tasks;   // as parse_tasks reads it
    Time TaskTimes::*measure;
    std::vector<Time> each;  // the published value of each task; empty: only the mean is published
    double mean;             // below 0: it is not published
    double rounding = 0.005;
};

inline MachineOptions machine(const char* policy, Time quantum) {
    MachineOptions options;
    std::string error;
    if (quantum > 0) options.policy.quantum = quantum;
    const bool understood = parse_policy(policy, options.policy, error);
    CAPTURE(error);
    REQUIRE(understood);
    return options;
}

inline std::vector<Task> tasks_of(const std::string& text) {
    std::string error;
    auto tasks = parse_tasks(text, error);
    CAPTURE(error);
    REQUIRE(tasks);
    return *tasks;
}

inline void check(const Exercise& exercise) {
    CAPTURE(exercise.source);
    CAPTURE(exercise.policy);
    CAPTURE(exercise.quantum);
    const MachineOptions options = machine(exercise.policy, exercise.quantum);
    const std::vector<Task> tasks = tasks_of(exercise.tasks);
    const sim::kernel::Outcome outcome = play(options, tasks);
    CAPTURE(report(options, tasks, outcome));
    double sum = 0;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const Time value = outcome.tasks[i].*exercise.measure;
        sum += static_cast<double>(value);
        CAPTURE(tasks[i].name);
        if (!exercise.each.empty()) CHECK(value == exercise.each.at(i));
    }
    const double mean = sum / static_cast<double>(tasks.size());
    REQUIRE((!exercise.each.empty() || exercise.mean >= 0));
    if (exercise.mean >= 0) {
        CHECK(mean >= exercise.mean - exercise.rounding);
        CHECK(mean <= exercise.mean + exercise.rounding);
    }
}

}  // namespace homeroom::exercises
