// Classic misconceptions that a run shows: named, with the numbers it has, and the lesson about it.
#pragma once

#include <string>
#include <vector>

#include "sim/glossary.h"
#include "sim/run.h"
#include "sim/school.h"

namespace homeroom::app {

struct Alarm {
    const char* name;    // for controls and tests: "more-students"
    std::string text;    // one or two sentences, in the spoken language
    const char* lesson;  // with questions
};

// Those of this moment, the most telling first.
std::vector<Alarm> alarms_of(const sim::RunOptions& run, const sim::School& school,
                             sim::Words words);

}  // namespace homeroom::app
