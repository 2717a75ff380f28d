// The student who never stops talking: as many long talkers as processors, and others who only want
// a short turn now and then.
#pragma once

#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

template <OperatingSystem Os>
void never_stops(const RunOptions& options) {
    BasicWaitGroup<Os> all;
    for (std::uint32_t i = 0; i < options.students; ++i) {
        const bool talks =
            i < options.clipboards;  // one for each, so that nobody else finds a free one
        all.go([&options, talks] {
            if (talks) {
                Runtime<Os>::work(options.lesson_ns * 100);
                return;
            }
            for (int turn = 0; turn < 10; ++turn) {
                Runtime<Os>::work(options.lesson_ns / 4);
                Runtime<Os>::yield();
            }
        });
    }
    all.wait();
}

}  // namespace homeroom::sim::programs
