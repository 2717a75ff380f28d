// Growing the runs of the four levels.
#include "app/keep/level_runs.h"

#include <algorithm>
#include <utility>

namespace homeroom::app {

namespace {

// As many as of a run that is kept beside another.
constexpr std::size_t decisions_max = 500'000;

}  // namespace

void LevelRuns::follow(const sim::RunOptions& run) {
    std::string error;
    auto levels = sim::levels_of(run, error);
    std::vector<sim::RunOptions> wanted;
    if (levels)
        for (const sim::LevelResult& level : *levels) wanted.push_back(level.run);
    error_ = std::move(error);
    if (wanted == made_of_) return;
    made_of_ = std::move(wanted);
    ++made_;
    all_.clear();
    if (!levels) return;
    for (sim::LevelResult& level : *levels) {
        auto film = std::make_unique<ModelRun>(level.run);
        all_.push_back({std::move(level), std::move(film)});
    }
}

void LevelRuns::close() {
    all_.clear();
    made_of_.clear();
    error_.clear();
}

bool LevelRuns::lacks(const sim::RunOptions& run) const {
    return !made_of_.empty() && std::find(made_of_.begin(), made_of_.end(), run) == made_of_.end();
}

bool LevelRuns::growing() const {
    return std::any_of(all_.begin(), all_.end(), [](const Level& each) {
        return !each.film->over() && each.film->timeline().decisions() < decisions_max;
    });
}

void LevelRuns::grow(std::chrono::nanoseconds budget) {
    for (const Level& each : all_) {
        if (each.film->over()) continue;
        if (budget.count() == 0) {
            each.film->wait_for(decisions_max);
        } else {
            each.film->grow(decisions_max, budget / all_.size());
        }
    }
}

Nanoseconds LevelRuns::longest() const {
    Nanoseconds longest = 0;
    for (const Level& each : all_) longest = std::max(longest, each.film->timeline().duration());
    return longest;
}

}  // namespace homeroom::app
