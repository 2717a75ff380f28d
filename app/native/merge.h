// Puts the records of many machines, each in its own order, into one order of the whole class.
#pragma once

#include <array>
#include <deque>
#include <unordered_map>
#include <vector>

#include "runtime/trace_ring.h"

namespace homeroom::app {

struct MergedRecord {
    std::uint32_t ring = 0;
    TraceRecord record;
};

// By time, but the clock alone is not enough: a machine stamps a record before it writes it, some
// records share an earlier stamp, and the clocks of two cores differ by some ten nanoseconds. So a
// record that cannot be true yet (a coroutine is called that another machine still runs; one is
// readied that does not wait) lets records of others go first if they are only a little later.
class RecordMerger {
public:
    // `slack_ticks`: how much later that may be, and how long records are held back for those of
    // others that may still come.
    explicit RecordMerger(std::uint64_t slack_ticks) : slack_(slack_ticks) {}

    void add(std::uint32_t ring, const TraceRecord& record) { pending_[ring].push_back(record); }

    // Appends to `out` all records that are older than `now` by the slack.
    void take(std::uint64_t now, std::vector<MergedRecord>& out);
    // Appends all that are left.
    void take_rest(std::vector<MergedRecord>& out);

private:
    enum class Where : std::uint8_t { ready, running, away };
    struct Coroutine {
        Where where = Where::ready;
        std::uint32_t ring = 0;  // of the machine, when running
    };

    void take_until(std::uint64_t last, std::vector<MergedRecord>& out);
    bool is_possible(std::uint32_t ring, const Event& event) const;
    void note(std::uint32_t ring, const Event& event);

    std::uint64_t slack_;
    std::array<std::deque<TraceRecord>, TraceBuffers::ring_count> pending_;
    std::unordered_map<CoroutineId, Coroutine> coroutines_;
};

}  // namespace homeroom::app
