// The catalogue of lessons: small programs, written once as templates on Os, that run in both
// worlds.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "sim/run.h"

namespace homeroom {
struct NativeOs;
}

namespace homeroom::sim {

class SimOs;

struct Lesson {
    const char* name;     // "stealing", as in --lesson
    const char* title;    // "One table hogs, the others steal"
    const char* about;    // two or three sentences: what to watch for
    const char* field;    // the same in field words
    RunOptions defaults;  // what the window opens it with
    // Makes the main coroutine's program for the options, for either world.
    std::function<void()> (*model_program)(const RunOptions&);
    std::function<void()> (*native_program)(const RunOptions&);
    // In the model, with a table for each student.
    std::function<void()> (*tables_program)(const RunOptions&);
    bool may_deadlock = false;  // that is what it shows
};

std::span<const Lesson> lessons();
const Lesson* find_lesson(std::string_view name);  // null: there is none

// The programs of a run in the model: one, or one for each of its classes.
std::vector<std::function<void()>> model_programs(const RunOptions& run);

}  // namespace homeroom::sim
