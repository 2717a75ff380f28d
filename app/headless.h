// What the program prints when it opens no window.
#pragma once

#include <cstdio>

#include "app/cli.h"

namespace homeroom::app {

// Each returns the program's exit code: 0, or 1 when the run itself ended badly.
int print_summary(const Arguments& arguments, std::FILE* out);
int print_steps(const Arguments& arguments, std::FILE* out);
int print_lessons(std::FILE* out);

}  // namespace homeroom::app
