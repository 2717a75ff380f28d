// Random programs in the model, for as long as one likes: --explore, and --explore-seed.
#pragma once

#include <cstdio>

#include "app/cli.h"

namespace homeroom::app {

// Each returns the program's exit code: 0, or 1 when a promise was broken.

// Plays one run after another until the time is up, with a line of progress every few seconds. A
// failure is printed with the words that replay it.
int explore(const Arguments& arguments, std::FILE* out);

// Plays one run, and prints its last decisions and what is wrong with it.
int replay(const Arguments& arguments, std::FILE* out);

}  // namespace homeroom::app
