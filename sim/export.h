// A recorded run in the formats of other tools: for trace viewers, spreadsheets and screen readers.
#pragma once

#include <cstddef>
#include <string>

#include "sim/explain.h"
#include "sim/run.h"

namespace homeroom::sim {

// The first `decisions` decisions of a run, as all of the below take them; more than there are
// means all.
struct Export {
    const RunOptions& run;
    const Timeline& timeline;
    std::size_t decisions = ~std::size_t{0};
    Words words = Words::school;
};

// The JSON object format of Chrome's trace events, which Perfetto reads, too: a track for each
// teacher (which table), each table (whom it teaches, what it does), and each clipboard (who is
// taught with it); arrows for names that were taken over and for students who were woken; marks for
// the other decisions; and counters: idle teachers, students who are ready, taught or wait, the
// lengths of all lists. Times are in microseconds, with three digits after the point.
std::string trace_json(const Export& what);

// A line for each decision, with a heading: its time in nanoseconds, its kind, how many students
// are ready, taught and waiting, the lengths of all lists, how many teachers are busy, and sums
// since the beginning.
std::string counters_csv(const Export& what);

// Each decision as a sentence, with what was looked at below it.
std::string transcript(const Export& what);

}  // namespace homeroom::sim
