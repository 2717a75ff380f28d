// A run that is being recorded, in whichever world: the player and the panels look at nothing else.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>

#include "app/lanes.h"
#include "app/tally.h"
#include "sim/chooser.h"
#include "sim/timeline.h"

namespace homeroom::app {

class Recording {
public:
    Recording(std::uint32_t teachers, std::uint32_t clipboards)
        : timeline_(teachers, clipboards), lanes_(teachers) {}
    explicit Recording(const sim::RunOptions& run) : timeline_(run), lanes_(run.teachers) {}
    virtual ~Recording() = default;
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;

    // Lets the run go on until `decisions` are known, or the budget is spent, or it is over.
    virtual void grow(std::size_t decisions, std::chrono::nanoseconds budget) = 0;
    // The same without a budget: waits.
    virtual void wait_for(std::size_t decisions) = 0;
    virtual bool over() const = 0;

    // What went wrong in it, as the runtime would print it; empty when nothing did.
    virtual std::string report() const { return {}; }
    // The class as a whole died (native only): the report says how.
    virtual bool class_crashed() const { return false; }
    virtual std::uint64_t losses() const { return 0; }  // steps that the recorder could not keep
    virtual bool is_live() const { return false; }  // steps come when they happen, not on demand

    // Nothing beyond this decision is found out, until another call allows more.
    virtual void hold(std::size_t) {}

    virtual void set_paused(bool) {}  // a live class stands still, and so does its time
    virtual void set_pace(double) {}

    // The moves among which the user is asked to choose now; empty: nobody is asked.
    virtual std::span<const sim::Move> open_moves() const { return {}; }

    const sim::Timeline& timeline() const { return timeline_; }
    const Lanes& lanes() const { return lanes_; }
    const Tally& tally() const { return tally_; }

protected:
    void append(const sim::Step& step) {
        lanes_.note_student(step, static_cast<std::uint32_t>(timeline_.size()));
        timeline_.append(step);
        if (step.is_decision())
            lanes_.note(step, static_cast<std::uint32_t>(timeline_.decisions() - 1),
                        timeline_.latest());
        tally_.note(step, timeline_.latest(), timeline_.decisions());
    }

private:
    sim::Timeline timeline_;
    Lanes lanes_;
    Tally tally_;
};

}  // namespace homeroom::app
