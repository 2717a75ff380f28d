// Order programs about yielding: the global queue, and when it is served.
#pragma once

#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "tests/order/log.h"

namespace homeroom::order {

// A refill moves a whole batch: those that yielded in one round run in that order in the next,
// after what was spawned meanwhile.
template <OperatingSystem Os>
void gosched_batch_refill(Log& print) {
    BasicWaitGroup<Os> all;
    for (int i = 0; i < 5; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &all, i] {
            print("r1", i);
            Runtime<Os>::yield();
            print("r2", i);
            if (i == 2) {
                all.add(1);
                Runtime<Os>::go([&print, &all] {
                    print("spawned in r2 by 2");
                    all.done();
                });
            }
            Runtime<Os>::yield();
            print("r3", i);
            all.done();
        });
    }
    all.wait();
}

// Who yielded waits for all in the local queue, also for those spawned later.
template <OperatingSystem Os>
void gosched_local_before_global(Log& print) {
    BasicWaitGroup<Os> all;
    all.add(3);
    Runtime<Os>::go([&print, &all] {
        print("y: before yield");
        Runtime<Os>::go([&print, &all] {
            print("child of y");
            Runtime<Os>::go([&print, &all] {
                print("grandchild of y");
                all.done();
            });
            all.done();
        });
        Runtime<Os>::yield();
        print("y: after yield");
        all.done();
    });
    all.wait();
    print("end");
}

template <OperatingSystem Os>
void gosched_pair(Log& print) {
    BasicWaitGroup<Os> all;
    all.add(2);
    for (const char* name : {"a", "b"}) {
        Runtime<Os>::go([&print, &all, name] {
            for (int i = 0; i < 4; ++i) {
                print(name, i);
                Runtime<Os>::yield();
            }
            all.done();
        });
    }
    all.wait();
}

// Waiting in a loop of yields lets the other set the flag.
template <OperatingSystem Os>
void gosched_spin_flag(Log& print) {
    bool flag = false;
    Runtime<Os>::go([&print, &flag] {
        print("setter a");
        Runtime<Os>::yield();
        print("setter b");
        flag = true;
    });
    int spins = 0;
    while (!flag) {
        ++spins;
        Runtime<Os>::yield();
    }
    print("spins", spins);
}

// Different numbers of yields: in turn, until each ends.
template <OperatingSystem Os>
void gosched_unequal(Log& print) {
    BasicWaitGroup<Os> all;
    for (int id = 0; id < 4; ++id) {
        all.add(1);
        Runtime<Os>::go([&print, &all, id] {
            for (int i = 0; i <= id; ++i) {
                print("g", id, "step", i);
                Runtime<Os>::yield();
            }
            print("g", id, "ends");
            all.done();
        });
    }
    all.wait();
}

}  // namespace homeroom::order
