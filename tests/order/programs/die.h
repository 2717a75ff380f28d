// Order programs that end badly: deadlocks, and panics that nobody catches.
#pragma once

#include <optional>

#include "runtime/channel.h"
#include "runtime/mutex.h"
#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "tests/order/log.h"

namespace homeroom::order {

template <OperatingSystem Os>
void die_close_closed(Log&) {
    BasicChannel<Os, int> c;
    c.close();
    c.close();
}

template <OperatingSystem Os>
void die_deadlock_range(Log& print) {
    BasicChannel<Os, int> c;
    Runtime<Os>::go([&c] {
        for (int i = 0; i < 3; ++i) c.send(i);
    });
    while (std::optional<int> v = c.receive()) print(*v);
}

template <OperatingSystem Os>
void die_deadlock_send(Log&) {
    BasicChannel<Os, int> c;
    c.send(1);
}

template <OperatingSystem Os>
void die_deadlock_wg(Log&) {
    BasicWaitGroup<Os> all;
    all.add(1);
    all.wait();
}

template <OperatingSystem Os>
void die_unlock_unlocked(Log&) {
    BasicMutex<Os> mutex;
    mutex.unlock();
}

template <OperatingSystem Os>
void die_wg_negative(Log&) {
    BasicWaitGroup<Os> all;
    all.done();
}

}  // namespace homeroom::order
