// What the program prints when it opens no window.
#pragma once

#include <cstdio>
#include <optional>

#include "app/cli.h"
#include "app/recording.h"

namespace homeroom::app {

// Each returns the program's exit code: 0, or 1 when the run itself ended badly.
int print_summary(const Arguments& arguments, std::FILE* out);
int print_steps(const Arguments& arguments, std::FILE* out);
int print_lessons(std::FILE* out);

// Lets the run go on until the moment comes after the first `from` decisions. Returns how many
// decisions have happened then; nothing: the run is over, and it has not come.
std::optional<std::size_t> run_until(Recording& recording, const sim::Until& moment,
                                     std::size_t from);

}  // namespace homeroom::app
