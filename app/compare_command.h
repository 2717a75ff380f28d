// homeroom compare and homeroom sweep: several runs at once, as text.
#pragma once

#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/keep/kept_run.h"
#include "sim/glossary.h"
#include "sim/teach/levels.h"
#include "sim/teach/sweep.h"

namespace homeroom::app {

struct CompareArguments {
    KeptRun first, second;
    std::vector<sim::LevelResult> levels;  // instead of the two runs: one lesson at each level
    sim::Words words = sim::Words::school;
    bool help = false;
};

// The words after `compare`. Nothing and one line in `error` if they are not understood.
std::optional<CompareArguments> parse_compare_arguments(std::span<const char* const> words,
                                                        std::string& error);
std::string compare_help_text();
// 0; or 2 and one line in `error` if a run is too long.
int print_comparison(const CompareArguments& arguments, std::FILE* out, std::string& error);

struct SweepArguments {
    sim::Sweep sweep;
    std::string csv;  // a file, or "-"; empty: a table
    bool help = false;
};

// The words after `sweep`.
std::optional<SweepArguments> parse_sweep_arguments(std::span<const char* const> words,
                                                    std::string& error);
std::string sweep_help_text();
// 0; or 2 and one line in `error` if a run is too long or the file cannot be written.
int print_sweep(const SweepArguments& arguments, std::FILE* out, std::string& error);

}  // namespace homeroom::app
