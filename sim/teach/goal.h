// What somebody who changes a run shall come to, checked by the run itself: "steal, makespan<20ms".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/teach/measures.h"
#include "sim/until.h"

namespace homeroom::sim {

// All of its parts must hold. A part is MOMENT (it comes), "never MOMENT", MEASURE<N or MEASURE>N
// at the end of the run; N may be a time.
struct Goal {
    struct Part {
        enum class Kind : std::uint8_t { comes, never, less, more };
        Kind kind = Kind::comes;
        Until moment{};                    // comes, never
        const Measure* measure = nullptr;  // less, more
        std::int64_t number = 0;
    };
    std::vector<Part> parts;
};

// On failure nothing, and one line in `error`.
std::optional<Goal> parse_goal(std::string_view text, std::string& error);

// In a run that is over.
bool reached(const Goal& goal, const Timeline& timeline);
bool reached(const Goal::Part& part, const Timeline& timeline);

// "it happens that a table copies names", "never: two accesses race", "the whole run: less than 20
// ms".
std::string words_of(const Goal::Part& part, Words words);

}  // namespace homeroom::sim
