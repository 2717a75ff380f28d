// Order programs that end badly: deadlocks, and panics that nobody catches.
#pragma once

#include <optional>

#include "runtime/cond.h"
#include "runtime/runtime.h"
#include "runtime/select.h"
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
void die_deadlock_cond(Log&) {
    BasicMutex<Os> mutex;
    mutex.lock();
    BasicCond<Os> condition(mutex);
    condition.wait();
}

template <OperatingSystem Os>
void die_deadlock_select(Log&) {
    BasicChannel<Os, int> a, b;
    select<Os>(on_receive(a), on_send(b, 1));
}

template <OperatingSystem Os>
void die_deadlock_select_empty(Log& print) {
    print("before");
    select<Os>();
}

// A receive of its own wants a channel; a select takes none as well, and with one case it is a
// receive.
template <OperatingSystem Os>
void die_deadlock_nil_recv(Log&) {
    BasicChannel<Os, int>* c = nullptr;
    select<Os>(on_receive(c));
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
