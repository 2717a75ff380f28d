// Spawn and join: main calls everybody up, waits until the last has finished, and does it again.
#pragma once

#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

template <OperatingSystem Os>
void spawn_join(const RunOptions& options) {
    BasicWaitGroup<Os> all;
    for (int round = 0; round < 3; ++round) {
        all.add(static_cast<std::int32_t>(options.students));
        for (std::uint32_t i = 0; i < options.students; ++i) {
            Runtime<Os>::go([&options, &all, i] {
                // Unequal lengths, so that not all finish at the same moment.
                Runtime<Os>::work(options.lesson_ns * (2 + i % 3) / 3);
                all.done();
            });
        }
        all.wait();
    }
}

}  // namespace homeroom::sim::programs
