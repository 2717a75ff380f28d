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
    all.add(static_cast<std::int32_t>(options.students));
    for (std::uint32_t i = 0; i < options.students; ++i) {
        const bool talks = i < options.clipboards;  // so that nobody finds a free one
        Runtime<Os>::go([&options, &all, talks] {
            if (talks) Runtime<Os>::compute_for(options.lesson_ns * 100);
            for (int turn = 0; turn < 10 && !talks; ++turn) {
                Runtime<Os>::work(options.lesson_ns / 4);
                Runtime<Os>::yield();
            }
            all.done();
        });
    }
    all.wait();
}

}  // namespace homeroom::sim::programs
