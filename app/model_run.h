// A lesson that runs in the model world, a little further in each frame, and that can be asked
// "what if".
#pragma once

#include <memory>
#include <vector>

#include "app/recording.h"
#include "sim/choosers.h"
#include "sim/run.h"
#include "sim/world.h"

namespace homeroom::app {

class ModelRun : public Recording {
public:
    // The first answers are given; the clock gives all others.
    explicit ModelRun(const sim::RunOptions& run, sim::Answers answers = {});

    // The same run as `other` for so many decisions; from there on the user is asked.
    ModelRun(const sim::RunOptions& run, const ModelRun& other, std::size_t decisions);
    ~ModelRun() override;

    void grow(std::size_t decisions, std::chrono::nanoseconds budget) override;
    void wait_for(std::size_t decisions) override;
    bool over() const override { return over_ && held_back_.empty(); }
    void hold(std::size_t decisions) override;
    std::string report() const override;
    std::span<const sim::Move> open_moves() const override;

    // What makes the run this one: its answers up to the last that the clock would not have given.
    sim::Answers own_answers() const;

    void answer(std::size_t move);
    void stop_asking();  // the world decides for itself from here on

private:
    class Scribe;

    void start(const sim::RunOptions& run);
    void take(const sim::Step& step);

    std::unique_ptr<Scribe> scribe_;
    std::unique_ptr<sim::World> world_;
    bool over_ = false;
    std::size_t limit_ = ~std::size_t{0};
    std::vector<sim::Step> held_back_;  // the first decision beyond the limit, and what came after
};

}  // namespace homeroom::app
