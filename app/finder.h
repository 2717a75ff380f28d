// Finds students, tables, clipboards and all else by name or number.
#pragma once

#include <string_view>
#include <vector>

#include "app/stage/stage.h"
#include "sim/school.h"

namespace homeroom::app {

// Those whose name fits: "student 7", "G7", "lock 3", "bench"; a number alone fits everybody who
// has it, and the beginning of a name ("stu 7", "cl 1") is enough; without a number it fits the
// first of those who are called so. Students first.
std::vector<StagePick> find_by_name(const sim::School& school, std::string_view text);

}  // namespace homeroom::app
