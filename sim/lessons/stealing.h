// One table hogs, the others steal: a single coroutine spawns all the others, so that they all
// stand in one queue; whoever has nothing to do takes half of it.
#pragma once

#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

template <OperatingSystem Os>
void stealing(const RunOptions& options) {
    BasicWaitGroup<Os> all;
    all.add(1 + static_cast<std::int32_t>(options.students));
    Runtime<Os>::go([&options, &all] {  // the hog
        for (std::uint32_t i = 0; i < options.students; ++i) {
            Runtime<Os>::go([&options, &all, i] {
                Runtime<Os>::work(options.lesson_ns * (2 + i % 3) / 3);
                all.done();
            });
        }
        Runtime<Os>::work(options.lesson_ns);
        all.done();
    });
    all.wait();
}

}  // namespace homeroom::sim::programs
