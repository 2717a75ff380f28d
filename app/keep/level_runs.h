// A lesson at all four levels, to be looked at side by side on one clock: a run for each, which
// grows a little with every picture.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "app/model_run.h"
#include "sim/teach/levels.h"

namespace homeroom::app {

class LevelRuns {
public:
    struct Level {
        sim::LevelResult level;  // its name and its run; nothing of what came of it
        std::unique_ptr<ModelRun> film;
    };

    // Those of this run. The same ones, as long as it differs in nothing but its level.
    void follow(const sim::RunOptions& run);
    void close();
    // Lets each go on; 0: to its end, or to as much of it as can be looked at.
    void grow(std::chrono::nanoseconds budget);
    bool growing() const;
    bool lacks(const sim::RunOptions& run) const;  // it is none of them

    const std::vector<Level>& all() const { return all_; }
    // Why there are none: some level cannot have so many students.
    const std::string& error() const { return error_; }
    unsigned made() const { return made_; }  // grows by one whenever there are others
    // The longest time that any of them takes, as far as is known.
    Nanoseconds longest() const;

private:
    std::vector<Level> all_;
    std::vector<sim::RunOptions> made_of_;  // the runs of all_
    std::string error_;
    unsigned made_ = 0;
};

}  // namespace homeroom::app
