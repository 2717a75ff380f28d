// A whole run in a dozen lines: for --headless, and for comparing runs.
#pragma once

#include <cstdint>
#include <string>

#include "sim/glossary.h"
#include "sim/run.h"
#include "sim/timeline.h"

namespace homeroom::sim {

// How long students that were ready waited until they were called. Each call counts once; who goes
// on at its table without being called does not.
struct Waits {
    std::uint64_t count = 0;
    Nanoseconds mean = 0, p95 = 0, longest = 0;  // p95: nineteen of twenty waited no longer
};
Waits waits_of(const Timeline& timeline);

// The text ends with a newline. Equal runs have equal texts: numbers are cut off, not rounded.
std::string summary(const RunOptions& run, const Timeline& timeline, Words words);

// "87.5 %": part of whole; "0.0 %" of nothing.
std::string percent(Nanoseconds part, Nanoseconds whole);

}  // namespace homeroom::sim
