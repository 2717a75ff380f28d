// Micro-measurements of this machine: what opening a process, a thread and a coroutine costs, what
// going from one to another costs, and how much memory each takes.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/costs.h"

namespace homeroom::app {

struct Measurement {
    enum class Unit : std::uint8_t { nanoseconds, bytes };

    const char* group;  // "opening", "switching", ...: equal for neighbours that belong together
    const char* name;   // "fork-exec": in --json, and for the costs
    const char* words;  // what was measured
    Unit unit = Unit::nanoseconds;
    std::vector<double> samples{};  // one for each round; none if it could not be measured
    std::string missing{};          // then: why
};

struct Spread {
    double least = 0, lower_quartile = 0, median = 0, upper_quartile = 0, most = 0;
};
// Of at least one sample, in any order. Between two samples the quartiles are interpolated.
Spread spread_of(std::vector<double> samples);

// Takes some seconds; `rounds` is at least 1. To be called while the program has one thread only.
// After each of its parts `done` hears how many of how many are done.
using PartDone = std::function<void(std::size_t done, std::size_t of)>;
std::vector<Measurement> measure_machine(std::uint32_t rounds, const PartDone& done = {});
std::string machine_name();  // the processor as the system names it, and how many CPUs it has

// The costs of the model that were measured, as text that sim::parse_costs reads, with all that was
// measured in its comments, which read_prices() reads (prices.h).
std::string costs_file(const std::vector<Measurement>& all);
std::string as_table(const std::vector<Measurement>& all);
std::string as_json(const std::vector<Measurement>& all);

// The parts of measure_machine(), one file each.
std::vector<Measurement> measure_opening(std::uint32_t rounds);
std::vector<Measurement> measure_switching(std::uint32_t rounds);
std::vector<Measurement> measure_touching(std::uint32_t rounds);
std::vector<Measurement> measure_memory(std::uint32_t rounds);

}  // namespace homeroom::app
