// What happened, and going back in it: the steps of a run, with copies of the school kept every so
// often, so that any moment is the nearest copy plus a short fold.
#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include "sim/race_detector.h"
#include "sim/run.h"
#include "sim/school.h"
#include "sim/step.h"
#include "sim/step_list.h"

namespace homeroom::sim {

class Timeline {
public:
    // kept_bytes_max: budget for the kept copies; when it is full, every second one is dropped and
    // the spacing doubles.
    Timeline(std::uint32_t teachers, std::uint32_t clipboards,
             std::size_t kept_bytes_max = std::size_t{160} << 20);
    // For a run of the model, with its caches.
    explicit Timeline(const RunOptions& run);

    // Appends the next step of the run (both worlds). Whether it is an access that races with an
    // earlier one is found out, and written into the copy that is kept.
    void append(const Step& step);

    std::size_t size() const { return steps_.size(); }
    const Step& step(std::size_t i) const { return steps_[i]; }

    // Decisions: the steps of the film. Each detail belongs to one decision of its own table:
    //   queued  completes the table's last decision if that made a student ready or left it ready
    //   (see
    //           puts_students_in_queues) and the table has looked at nothing since;
    //   others  lead to the table's next decision: what it looked at, and whom it took along (and
    //   that
    //           the hall monitor came to a core).
    // Decision k ends at step decision_end(k) (exclusive): after the last `queued` that completes a
    // decision and comes before decision k + 1.
    std::size_t decisions() const { return decision_steps_.size(); }
    std::size_t step_of_decision(std::size_t k) const { return decision_steps_[k]; }
    std::size_t decision_end(std::size_t k) const { return decision_ends_[k]; }
    std::size_t decision_at_or_before(std::size_t step) const;  // decisions() when there is none
    std::vector<std::size_t> details_of_decision(std::size_t k) const;  // step numbers, in order

    Nanoseconds duration() const { return steps_.empty() ? 0 : steps_.back().time; }
    std::size_t first_decision_at(
        Nanoseconds time) const;  // at or after; decisions() when there is none

    // The school after the first `steps` steps; 0 is before the run. O(spacing) at most.
    School school_at(std::size_t steps) const;
    // The school after decision k and the details that complete it.
    School school_after_decision(std::size_t k) const;
    const School& latest() const { return latest_; }
    const RaceDetector& race_detector() const { return races_; }

private:
    struct Kept {
        std::size_t steps;
        School school;
    };
    StepList steps_;
    std::vector<std::uint32_t> decision_steps_, decision_ends_;
    std::vector<TableId> completing_;  // tables whose next `queued` completes their last decision
    std::deque<Kept> kept_;            // a vector would copy all of them to grow
    School latest_;
    RaceDetector races_;
    std::size_t spacing_ = 2048;  // a fold of so many steps takes some tenths of a millisecond
    std::size_t kept_bytes_ = 0, kept_bytes_max_;
};

// Decisions after which the same table says with `queued` where the student went.
constexpr bool puts_students_in_queues(EventKind kind) {
    return kind == EventKind::spawned || kind == EventKind::readied || kind == EventKind::yielded ||
           kind == EventKind::preempted || kind == EventKind::unblocked ||
           kind == EventKind::timer_fired || kind == EventKind::processor_gone ||
           kind == EventKind::overflowed;
}

}  // namespace homeroom::sim
