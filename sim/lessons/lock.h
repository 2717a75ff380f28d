// Everybody wants the lock: what could be done side by side is done one after another.
#pragma once

#include <mutex>

#include "runtime/mutex.h"
#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

template <OperatingSystem Os>
void lock(const RunOptions& options) {
    BasicMutex<Os> board;
    BasicWaitGroup<Os> all;
    all.add(static_cast<std::int32_t>(options.students));
    for (std::uint32_t i = 0; i < options.students; ++i) {
        Runtime<Os>::go([&options, &board, &all] {
            for (int turn = 0; turn < 6; ++turn) {
                Runtime<Os>::work(options.lesson_ns);  // at one's own place: side by side
                const std::lock_guard<BasicMutex<Os>> hold(board);
                Runtime<Os>::work(options.lesson_ns);  // at the board: one at a time
            }
            all.done();
        });
    }
    all.wait();
}

}  // namespace homeroom::sim::programs
