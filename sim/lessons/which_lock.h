// Which lock? Everybody another one, one for two lines, or one beside each line.
#pragma once

#include "sim/lessons/two_pens.h"

namespace homeroom::sim::programs {

template <OperatingSystem Os>
void add_under(BasicMutex<Os>& lock, BasicShared<Os>& sum, const RunOptions& options) {
    for (int turn = 0; turn < turns_each; ++turn) {
        wander<Os>(options.lesson_ns);
        lock.lock();
        add_one(sum, options.lesson_ns / 16);
        lock.unlock();
    }
}

template <OperatingSystem Os>
void lock_of_ones_own(const RunOptions& options) {
    BasicShared<Os> sum("Sum", 0);
    BasicWaitGroup<Os> all;
    for (std::uint32_t i = 0; i < options.students; ++i) {
        all.go([&options, &sum] {
            BasicMutex<Os> mine;
            add_under(mine, sum, options);
        });
    }
    all.wait();
    sum.expect(static_cast<int>(options.students) * turns_each);
}

// Half of them add to the left sum, half to the right one. At the board one is busy for long, so
// that waiting for it counts.
template <OperatingSystem Os>
void two_sums(const RunOptions& options, BasicMutex<Os>& left_lock, BasicMutex<Os>& right_lock) {
    BasicShared<Os> left("Left", left_lock, 0), right("Right", right_lock, 0);
    BasicWaitGroup<Os> all;
    for (std::uint32_t i = 0; i < options.students; ++i) {
        all.go([&options, &left_lock, &right_lock, &left, &right, i] {
            BasicMutex<Os>& lock = i % 2 == 0 ? left_lock : right_lock;
            for (int turn = 0; turn < turns_each; ++turn) {
                wander<Os>(options.lesson_ns / 4);
                lock.lock();
                add_one(i % 2 == 0 ? left : right, options.lesson_ns);
                lock.unlock();
            }
        });
    }
    all.wait();
    left.expect(static_cast<int>((options.students + 1) / 2) * turns_each);
    right.expect(static_cast<int>(options.students / 2) * turns_each);
}

template <OperatingSystem Os>
void one_lock_for_two(const RunOptions& options) {
    BasicMutex<Os> lock;
    two_sums<Os>(options, lock, lock);
}

template <OperatingSystem Os>
void one_lock_for_each(const RunOptions& options) {
    BasicMutex<Os> left, right;
    two_sums<Os>(options, left, right);
}

}  // namespace homeroom::sim::programs
