// Turns the records of a native class into steps of the run: times, tables, and who sits where.
#pragma once

#include <functional>
#include <vector>

#include "app/native/merge.h"
#include "runtime/paced_clock.h"
#include "sim/step.h"

namespace homeroom::app {

class ClassSteps {
public:
    // What the buffers know about their clock; copied, as the child could overwrite it.
    ClassSteps(const TraceBuffers& buffers, std::function<void(const sim::Step&)> sink);

    // From this moment on the run's time follows `line`.
    void change_clock(const PacedClock::Line& line) { lines_.push_back(line); }

    void add(const MergedRecord& merged);
    // A step that no machine recorded.
    void add(const Event& event);

private:
    Nanoseconds time_of(std::uint64_t ticks) const;
    void put(Nanoseconds time, sim::TableId table, const Event& event);
    void seat(Nanoseconds time, std::uint32_t machine, std::uint32_t core);
    void unseat(Nanoseconds time, std::uint32_t machine, Unseat why);

    std::int64_t start_ns_;
    double ns_per_tick_;
    std::function<void(const sim::Step&)> sink_;
    std::vector<PacedClock::Line>
        lines_;  // by base_real; the first holds for all that is earlier, too
    Nanoseconds first_time_ =
        -1;  // of the first record; the run begins there, not when its process does
    Nanoseconds last_time_ = 0;

    // A machine that the kernel put aside cannot tell. It is known by another's record from the
    // same core; and a machine that records something is surely seated: where it was last, unless
    // it says otherwise.
    static constexpr std::uint32_t nobody = ~0u;
    struct Seat {
        bool seated = false;
        std::uint32_t core = 0;
    };
    std::vector<Seat> seats_;              // by machine
    std::vector<std::uint32_t> attended_;  // by core: which machine
};

}  // namespace homeroom::app
