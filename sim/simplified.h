// What the school leaves out of a real machine, level by level: said on screen wherever a decision
// of that level is explained.
#pragma once

#include <cstdint>
#include <span>

#include "sim/glossary.h"

namespace homeroom::sim {

enum class Level : std::uint8_t {
    machine,    // teachers: cores, time, caches
    kernel,     // head teacher and classes
    scheduler,  // clipboards, tables, students
    program,    // whiteboard, locks
};

struct Simplification {
    Level level;
    const char* school;
    const char* field;
};
std::span<const Simplification> simplifications();  // by level

const char* title_of(Level level, Words words);
Level level_of(EventKind kind);  // whose decision it is

}  // namespace homeroom::sim
