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
    all.go([&options, &all] {  // the hog
        for (std::uint32_t i = 0; i < options.students; ++i) {
            all.go([&options, i] {
                Runtime<Os>::work(options.lesson_ns * (1 + i % 4) / 4);
                Runtime<Os>::yield();  // a second stretch, from the global queue
                Runtime<Os>::work(options.lesson_ns / 2);
            });
        }
        Runtime<Os>::work(options.lesson_ns);
    });
    all.wait();
}

}  // namespace homeroom::sim::programs
