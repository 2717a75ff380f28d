// What the program does when it is started as a native class: it runs one lesson and reports by
// shared memory.
#pragma once

#include <functional>

#include "sim/run.h"

namespace homeroom::app {

inline constexpr const char* native_class_flag =
    "--native-class";                        // hidden; NativeClass alone uses it
inline constexpr int native_class_file = 3;  // the descriptor of the shared memory, in the child

bool is_native_class(int argc, const char* const* argv);

// Finds the lesson's program, or nothing. Tests have lessons of their own.
using FindProgram = std::function<std::function<void()>(const sim::RunOptions&)>;
std::function<void()> program_of_catalogue(const sim::RunOptions& run);

int run_native_class(int argc, const char* const* argv,
                     const FindProgram& find = program_of_catalogue);

}  // namespace homeroom::app
