// Alarm clocks: everybody sleeps, each for another time, and works a little after each waking.
#pragma once

#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

template <OperatingSystem Os>
void alarms(const RunOptions& options) {
    BasicWaitGroup<Os> all;
    all.add(static_cast<std::int32_t>(options.students));
    for (std::uint32_t i = 0; i < options.students; ++i) {
        Runtime<Os>::go([&options, &all, i] {
            for (int nap = 0; nap < 5; ++nap) {
                // 7 and 10 have no common divisor: the first ten naps all differ.
                Runtime<Os>::sleep_for(options.lesson_ns * (2 + i * 7 % 10));
                Runtime<Os>::work(options.lesson_ns);
            }
            all.done();
        });
    }
    all.wait();
}

}  // namespace homeroom::sim::programs
