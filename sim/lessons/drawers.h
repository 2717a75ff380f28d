// Private drawers: everybody counts in a variable of its own, on its own stack, and adds the result
// to the sum on the board once, under the lock. Nothing is lost, and hardly anybody waits.
#pragma once

#include "runtime/mutex.h"
#include "runtime/runtime.h"
#include "runtime/shared.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

template <OperatingSystem Os>
void drawers(const RunOptions& options) {
    constexpr int turns = 4;
    BasicMutex<Os> lock;
    BasicShared<Os> sum("Sum", lock, 0);
    BasicWaitGroup<Os> all;
    for (std::uint32_t i = 0; i < options.students; ++i) {
        all.go([&options, &lock, &sum] {
            int drawer = 0;  // each student has its own: nobody else knows where it is
            for (int turn = 0; turn < turns; ++turn) {
                Runtime<Os>::work(options.lesson_ns);
                ++drawer;
            }
            lock.lock();
            const int copy = sum.read();
            sum.write(sum.change(copy + drawer));
            lock.unlock();
        });
    }
    all.wait();
    sum.expect(static_cast<int>(options.students) * turns);
}

}  // namespace homeroom::sim::programs
