// Many runs of one lesson, with one or two settings varied, and what was measured of each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/run.h"
#include "sim/teach/measures.h"

namespace homeroom::sim {

// A setting and the values that it takes: "clipboards=1..8", "students=10..100/10", "seed=1,2,5",
// "rules=no-steal|no-wake" (with a bar where a value has commas of its own; an empty value changes
// nothing).
struct Vary {
    std::string name;
    std::vector<std::string> values;
};
std::optional<Vary> parse_vary(std::string_view text, std::string& error);

struct Sweep {
    RunOptions base;
    std::vector<Vary> vary;  // one or two; the last one varies fastest
    std::vector<const Measure*> measures;

    std::size_t size() const;  // runs
    // The settings of one run, as "clipboards=2" each.
    std::vector<std::string> settings(std::size_t run) const;
    // Its options; nothing and one line in `error` if a value does not fit its setting.
    std::optional<RunOptions> options(std::size_t run, std::string& error) const;
};

// More runs than this are refused, and so is a run with more decisions.
inline constexpr std::size_t sweep_runs_max = 10'000, sweep_decisions_max = 2'000'000;

// What was measured at the end of a run, in the order of the measures. Nothing and one line in
// `error` if the run is too long.
std::optional<std::vector<std::int64_t>> measure_run(const RunOptions& run,
                                                     const std::vector<const Measure*>& measures,
                                                     std::string& error);

// A line per run. Times are in nanoseconds, shares in tenths of a percent.
std::string sweep_csv(const Sweep& sweep, const std::vector<std::vector<std::int64_t>>& results);
// The same for reading, with units.
std::string sweep_table(const Sweep& sweep, const std::vector<std::vector<std::int64_t>>& results);

}  // namespace homeroom::sim
