// Two runs side by side: what differs in their options, until when they are the same, and what each
// came to.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "sim/run.h"
#include "sim/teach/measures.h"

namespace homeroom::sim {

// What two runs are compared by, with names that fit a table.
struct ComparedMeasure {
    const char* measure;
    const char* school;
    const char* field;
};
std::span<const ComparedMeasure> compared_measures();

// One of them in both runs, at their ends as far as these are known.
struct ComparedRow {
    const char* name;  // in the spoken language
    const Measure* measure;
    std::int64_t first, second;
};
std::vector<ComparedRow> compare(const Timeline& first, const Timeline& second, Words words);
// "+3", "−1.2 ms", "same".
std::string difference_text(const ComparedRow& row);

// "clipboards=4 → clipboards=2, rules=no-steal": the settings that differ; "" when none does.
std::string changes_between(const RunOptions& first, const RunOptions& second);

// For so many decisions they are the same: the same happens at the same time.
std::size_t same_until(const Timeline& first, const Timeline& second);

// All of the above, as text that ends with a newline.
std::string comparison(const RunOptions& first_run, const Timeline& first,
                       const RunOptions& second_run, const Timeline& second, Words words);

}  // namespace homeroom::sim
