// The run that a string says, for tests: one that cannot be read fails them.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "sim/run.h"

namespace homeroom::sim {

inline RunOptions run_of(const std::string& text) {
    std::string error;
    const auto run = parse_run(text, error);
    CAPTURE(error);
    REQUIRE(run);
    return *run;
}

}  // namespace homeroom::sim
