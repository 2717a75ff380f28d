// Taking turns: everybody gives way after each short stretch, and goes to the end of the global
// queue.
#pragma once

#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

template <OperatingSystem Os>
void yielding(const RunOptions& options) {
    BasicWaitGroup<Os> all;
    all.add(static_cast<std::int32_t>(options.students));
    for (std::uint32_t i = 0; i < options.students; ++i) {
        Runtime<Os>::go([&options, &all, i] {
            for (std::uint32_t turn = 0; turn < 12 + i % 5; ++turn) {
                Runtime<Os>::work(options.lesson_ns);
                Runtime<Os>::yield();
            }
            all.done();
        });
    }
    all.wait();
}

}  // namespace homeroom::sim::programs
