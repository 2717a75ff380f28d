// Long and short: every third has one long stretch of work, the others short ones with pauses in
// between. Who goes first is the whole question.
#pragma once

#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

template <OperatingSystem Os>
void long_and_short(const RunOptions& options) {
    BasicWaitGroup<Os> all;
    for (std::uint32_t i = 0; i < options.students; ++i) {
        all.go([&options, long_one = i % 3 == 0] {
            if (long_one) Runtime<Os>::work(options.lesson_ns * 16);
            for (int turn = 0; turn < 4 && !long_one; ++turn) {
                Runtime<Os>::work(options.lesson_ns);
                Runtime<Os>::sleep_for(options.lesson_ns * 2);
            }
        });
    }
    all.wait();
}

}  // namespace homeroom::sim::programs
