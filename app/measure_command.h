// homeroom measure: what opening and switching cost on this machine.
#pragma once

#include <cstdint>
#include <cstdio>
#include <optional>
#include <span>
#include <string>

namespace homeroom::app {

struct MeasureArguments {
    std::uint32_t rounds = 25;
    bool json = false;
    bool help = false;
    bool lines = false;  // for the window: how far it is, then what --save writes
    std::string save;    // a file for the costs; empty: none
};

// The words after `measure`. Nothing and one line in `error` if they are not understood.
std::optional<MeasureArguments> parse_measure_arguments(std::span<const char* const> words,
                                                        std::string& error);
std::string measure_help_text();
// Measures and prints. 0; or 2 and one line in `error` if the file cannot be written, before
// anything is measured.
int measure(const MeasureArguments& arguments, std::FILE* out, std::string& error);

}  // namespace homeroom::app
