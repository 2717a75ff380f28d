// One lesson at four levels: each student as a class, as a table, at tables in common, or at one
// table; side by side, on one clock.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/glossary.h"
#include "sim/run.h"
#include "sim/teach/measures.h"

namespace homeroom::sim {

// What is told of each level, with names that fit a table.
struct LevelMeasure {
    const char* measure;
    const char* school;
    const char* field;
};
std::span<const LevelMeasure> level_measures();

struct LevelResult {
    const char* level;  // as in level=table
    RunOptions run;
    Ending ending = Ending::none;
    std::vector<std::int64_t> values;  // in the order of level_measures()
};

// "a class each", "processes": of level=class; untranslated.
const char* name_of_level(std::string_view level, Words words);

// The run of each level, from the dearest to the cheapest: with the numbers of `run`, or of its
// first class. Nothing and one line in `error` if some level cannot have so many students.
std::optional<std::vector<LevelResult>> levels_of(const RunOptions& run, std::string& error);
// Plays one of them to its end. False and one line in `error`: it is too long.
bool play_level(LevelResult& level, std::string& error);

// All of it as text that ends with a newline.
std::string levels_table(const std::vector<LevelResult>& levels, Words words);

}  // namespace homeroom::sim
