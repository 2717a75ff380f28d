// Two lines on the board, a lock beside each: who moves something from one line to the other needs
// both locks, and takes first that of the line which the money comes from. Two who do so in
// opposite directions may wait for each other for ever.
#pragma once

#include "runtime/mutex.h"
#include "runtime/runtime.h"
#include "runtime/shared.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

template <OperatingSystem Os>
struct Account {
    explicit Account(const char* name) : balance(name, lock, 100) {}
    BasicMutex<Os> lock;
    BasicShared<Os> balance;
};

// With `in_order` both locks are always taken in the same order, whatever the direction.
template <OperatingSystem Os>
void transfers(const RunOptions& options, bool in_order) {
    Account<Os> left("Left"), right("Right");
    BasicWaitGroup<Os> all;
    for (std::uint32_t i = 0; i < options.students; ++i) {
        all.go([&, i] {
            for (int turn = 0; turn < 3; ++turn) {
                Runtime<Os>::work(options.lesson_ns / 64 * (1 + Os::random(64)));
                Account<Os>& from = i % 2 == 0 ? left : right;
                Account<Os>& to = i % 2 == 0 ? right : left;
                const bool swapped = in_order && i % 2 != 0;
                Account<Os>& first = swapped ? to : from;
                Account<Os>& second = swapped ? from : to;
                first.lock.lock();
                Runtime<Os>::work(options.lesson_ns / 4);
                second.lock.lock();
                from.balance.write(from.balance.change(from.balance.read() - 10));
                to.balance.write(to.balance.change(to.balance.read() + 10));
                second.lock.unlock();
                first.lock.unlock();
            }
        });
    }
    all.wait();
}

template <OperatingSystem Os>
void two_locks(const RunOptions& options) {
    transfers<Os>(options, false);
}

template <OperatingSystem Os>
void locks_in_order(const RunOptions& options) {
    transfers<Os>(options, true);
}

}  // namespace homeroom::sim::programs
