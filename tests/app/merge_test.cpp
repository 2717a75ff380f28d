// Tests of merging: time orders records, and cause overrules time where clocks are not good enough.
#include "app/native/merge.h"

#include <doctest/doctest.h>

#include <vector>

namespace homeroom::app {
namespace {

constexpr std::uint64_t slack = 100;

struct Merge {
    RecordMerger merger{slack};
    void add(std::uint32_t ring, std::uint64_t ticks, EventKind kind, CoroutineId g = 0,
             std::uint32_t arg = 0) {
        merger.add(ring, TraceRecord::pack(ticks, {kind, 0, g, arg}));
    }
    std::vector<std::uint64_t> times() {
        std::vector<MergedRecord> out;
        merger.take_rest(out);
        std::vector<std::uint64_t> ticks;
        for (const MergedRecord& merged : out) ticks.push_back(merged.record.ticks());
        return ticks;
    }
};

TEST_CASE("records of several machines come in the order of time") {
    Merge m;
    m.add(0, 10, EventKind::machine_parked);
    m.add(0, 30, EventKind::machine_parked);
    m.add(1, 20, EventKind::machine_parked);
    m.add(64, 15, EventKind::preempt_asked);
    CHECK(m.times() == std::vector<std::uint64_t>{10, 15, 20, 30});
}

TEST_CASE("young records are held back for late ones of other machines") {
    Merge m;
    std::vector<MergedRecord> out;
    m.add(0, 1000, EventKind::machine_parked);
    m.merger.take(1050, out);
    CHECK(out.empty());
    m.add(1, 990, EventKind::machine_parked);
    m.merger.take(1101, out);
    REQUIRE(out.size() == 2);
    CHECK(out[0].ring == 1);
    CHECK(out[1].ring == 0);
}

TEST_CASE("a coroutine is not readied before it parked, nor called before it was spawned") {
    Merge m;
    m.add(0, 10, EventKind::spawned, 5, 1);
    m.add(0, 20, EventKind::ran, 5);
    m.add(0, 60, EventKind::parked, 5);  // its clock is a little behind
    m.add(1, 50, EventKind::readied, 5);
    CHECK(m.times() == std::vector<std::uint64_t>{10, 20, 60, 50});

    Merge n;
    n.add(1, 50, EventKind::ran, 7);
    n.add(0, 55, EventKind::spawned, 7, 1);
    CHECK(n.times() == std::vector<std::uint64_t>{55, 50});
}

TEST_CASE("a coroutine is not called while another machine runs it") {
    Merge m;
    m.add(0, 10, EventKind::ran, 1);
    m.add(1, 40, EventKind::ran, 1);
    m.add(0, 45, EventKind::yielded, 1);
    CHECK(m.times() == std::vector<std::uint64_t>{10, 45, 40});
}

TEST_CASE("what stays impossible is passed on all the same, in the order of time") {
    Merge m;
    m.add(0, 10, EventKind::ran, 9);  // its `spawned` was lost
    m.add(1, 20, EventKind::machine_parked);
    m.add(1, 500, EventKind::readied, 9);
    CHECK(m.times().size() == 3);
}

}  // namespace
}  // namespace homeroom::app
