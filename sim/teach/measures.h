// Numbers about a run, by name: what lessons and questions ask for, and tell.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "sim/glossary.h"
#include "sim/timeline.h"

namespace homeroom::sim {

struct Measure {
    enum class Unit : std::uint8_t {
        count,
        time,   // ns
        share,  // tenths of a percent
        bytes,
    };
    const char* name;  // "tables"
    Unit unit;
    bool of_moment;      // of the moment itself; else a sum up to it
    const char* school;  // fits after "How many", "How long is" or "How large is"
    const char* field;
    // After the first `position` decisions.
    std::int64_t (*value)(const Timeline& timeline, std::size_t position, const School& school);

    const char* what(Words words) const { return words == Words::school ? school : field; }
};

std::span<const Measure> measures();
const Measure* find_measure(std::string_view name);  // null: there is none

std::int64_t value_of(const Measure& measure, const Timeline& timeline, std::size_t position);
std::string value_text(const Measure& measure, std::int64_t value);  // "7", "2 ms", "87.5 %"

// How many decisions have happened when the run is over: tables that are put away afterwards do not
// count any more. All of them, if it does not end.
std::size_t end_of(const Timeline& timeline);

// The school after the first `position` decisions.
School school_at_position(const Timeline& timeline, std::size_t position);

}  // namespace homeroom::sim
