// Two pens, one whiteboard: everybody adds one to the same sum, in three steps, and updates get
// lost; with the lock that hangs beside it, none does.
#pragma once

#include "runtime/mutex.h"
#include "runtime/runtime.h"
#include "runtime/shared.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

constexpr int turns_each = 2;

// How long one is busy elsewhere: anything up to `most`, so that other seeds meet otherwise.
template <OperatingSystem Os>
void wander(std::int64_t most) {
    Runtime<Os>::work(most / 64 * (1 + Os::random(64)));
}

// Reading, adding and writing: a step each, and some time between them.
template <OperatingSystem Os>
void add_one(BasicShared<Os>& sum, std::int64_t think_ns) {
    int copy = sum.read();
    Runtime<Os>::work(think_ns);
    copy = sum.change(copy + 1);
    sum.write(copy);
}

template <OperatingSystem Os>
void two_pens(const RunOptions& options) {
    BasicShared<Os> sum("Sum", 0);
    BasicWaitGroup<Os> all;
    for (std::uint32_t i = 0; i < options.students; ++i) {
        all.go([&options, &sum] {
            for (int turn = 0; turn < turns_each; ++turn) {
                wander<Os>(options.lesson_ns);
                add_one(sum, options.lesson_ns / 16);
            }
        });
    }
    all.wait();
    sum.expect(static_cast<int>(options.students) * turns_each);
}

template <OperatingSystem Os>
void one_pen(const RunOptions& options) {
    BasicMutex<Os> lock;
    BasicShared<Os> sum("Sum", lock, 0);
    BasicWaitGroup<Os> all;
    for (std::uint32_t i = 0; i < options.students; ++i) {
        all.go([&options, &lock, &sum] {
            for (int turn = 0; turn < turns_each; ++turn) {
                wander<Os>(options.lesson_ns);
                lock.lock();
                add_one(sum, options.lesson_ns / 16);
                lock.unlock();
            }
        });
    }
    all.wait();
    sum.expect(static_cast<int>(options.students) * turns_each);
}

}  // namespace homeroom::sim::programs
