// One flag of the command line and its value, read into the arguments.
#pragma once

#include <string>
#include <string_view>

#include "app/cli.h"

namespace homeroom::app {

// A flag as it was given, and its value.
struct Flag {
    std::string_view name, value;
};

// All flags with a value but those that choose the run (--lesson, --run; --open is read before the
// others). False: not understood, and one line in `error` says why.
bool read_flag(const Flag& flag, Arguments& arguments, std::string& error);

}  // namespace homeroom::app
