// Finds data races: two accesses to a shared variable, one of them a write, that nothing orders.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "sim/step.h"

namespace homeroom::sim {

// One student's access happens before another's when a chain of hand-overs leads from one to the
// other: what is sent before who receives it, an unlock before the next lock, `go` before what it
// starts, the last done() before who waits for it, and so on, as Go's memory model has it. Where no
// chain leads either way the two might as well have come in the other order, or both at once,
// whatever this run looked like: so one finds a race also in a run in which nothing went wrong.
//
// Vector clocks (Lamport 1978, Fidge 1988), with the epochs of FastTrack (Flanagan and Freund,
// 2009): for most variables one number says who touched it last. Of each variable at least the
// first race of the run is found, and none where there is none. Only the model's steps say where
// they come from in the source, and are in the order in which they happened; of native ones,
// without a place, nothing is concluded.
class RaceDetector {
public:
    // Steps in the order of the run; `number` is the step's own. If the step is an access that
    // races with an earlier one: the number of that.
    std::optional<std::uint32_t> saw(const Step& step, std::uint32_t number);

    // More students came than it has clocks for: since then no race is found.
    bool gave_up() const { return gave_up_; }
    static constexpr std::uint32_t students_max = 1024;

private:
    // How much of each student's life surely came before; index: student. Zeros at the end are left
    // out.
    using Clock = std::vector<std::uint32_t>;

    struct Touch {  // an epoch of FastTrack's, and where it was
        CoroutineId who = 0;
        std::uint32_t clock = 0, step = 0;
    };
    struct Variable {
        Touch written, read;
        std::vector<Touch> readers;  // when several have read it since it was written
    };
    struct Place {  // one channel, lock, list, …
        Clock released, readers;
        std::deque<Clock> inside, freed;  // a channel's values, and its free places
        CoroutineId served = 0;
        std::uint32_t capacity = 0, count = 0;
        bool semaphore = false;
    };

    static void join(Clock& to, const Clock& from);
    static std::uint32_t at(const Clock& clock, CoroutineId student);
    static Clock take(std::deque<Clock>& from);
    Clock& of(CoroutineId student);
    void tick(CoroutineId student);
    void release(CoroutineId student, Clock& to);
    bool before(const Touch& touch, const Clock& now) const;

    void life(const Step& step);
    void spawned(const Step& step);
    void readied(const Step& step);
    void objects(const Step& step);
    void sent(CoroutineId student, Place& channel);
    void received(CoroutineId student, Place& channel);
    void count(const Step& step);
    std::optional<std::uint32_t> access(const Step& step, std::uint32_t number);
    std::optional<std::uint32_t> read(Variable& variable, const Touch& now);
    std::optional<std::uint32_t> write(Variable& variable, const Touch& now);

    // Before the first variable is made there is nothing to order.
    bool active_ = false, gave_up_ = false;
    std::deque<Clock> clocks_;           // index: student; grows without moving any
    std::vector<CoroutineId> at_table_;  // whom each table teaches
    std::map<ObjectId, Place> places_;
    std::map<ObjectId, Variable> variables_;
};

}  // namespace homeroom::sim
