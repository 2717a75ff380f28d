// The pipeline: a row of coroutines, each of which works on a thing and passes it to the next.
#pragma once

#include "runtime/channel.h"
#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

// One station, which opens the rest of the row behind it. It owns the channel to its neighbour, so
// it leaves only after the neighbour has left.
template <OperatingSystem Os>
void station(const RunOptions& options, BasicChannel<Os, int>& in, std::uint32_t stations_after) {
    BasicChannel<Os, int> out;
    BasicWaitGroup<Os> neighbour;
    if (stations_after > 0) {
        neighbour.go(
            [&options, &out, stations_after] { station<Os>(options, out, stations_after - 1); });
    }
    while (std::optional<int> thing = in.receive()) {
        Runtime<Os>::work(options.lesson_ns);
        if (stations_after > 0) out.send(*thing);
    }
    out.close();
    neighbour.wait();
}

template <OperatingSystem Os>
void pipeline(const RunOptions& options) {
    constexpr int things = 12;
    BasicChannel<Os, int> first;
    BasicWaitGroup<Os> row;
    row.go([&options, &first] { station<Os>(options, first, options.students - 1); });
    for (int thing = 0; thing < things; ++thing) first.send(thing);
    first.close();
    row.wait();
}

}  // namespace homeroom::sim::programs
