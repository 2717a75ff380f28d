// Order programs about locks, conditions, wait groups, atomics, clocks and exceptions.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/cond.h"
#include "runtime/mutex.h"
#include "runtime/once.h"
#include "runtime/runtime.h"
#include "runtime/rw_mutex.h"
#include "runtime/wait_group.h"
#include "tests/order/log.h"

namespace homeroom::order {

// Those who wait for a mutex stand in line; unlocking wakes one.
template <OperatingSystem Os>
void mutex_fifo(Log& print) {
    BasicMutex<Os> mutex;
    BasicWaitGroup<Os> all;
    mutex.lock();
    for (int i = 0; i < 5; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &mutex, &all, i] {
            print("want", i);
            mutex.lock();
            print("have", i);
            mutex.unlock();
            all.done();
        });
    }
    Runtime<Os>::yield();
    print("main unlocks");
    mutex.unlock();
    print("main after unlock");
    all.wait();
}

// A buffer with room for two: one mutex and two conditions.
template <OperatingSystem Os>
void cond_bounded_buffer(Log& print) {
    BasicMutex<Os> mutex;
    BasicCond<Os> not_full(mutex), not_empty(mutex);
    std::vector<int> buffer;
    BasicWaitGroup<Os> all;
    all.add(2);
    Runtime<Os>::go([&] {
        for (int i = 0; i < 6; ++i) {
            mutex.lock();
            while (buffer.size() == 2) {
                print("producer waits");
                not_full.wait();
            }
            buffer.push_back(i);
            print("put", i);
            not_empty.notify_one();
            mutex.unlock();
        }
        all.done();
    });
    Runtime<Os>::go([&] {
        for (int i = 0; i < 6; ++i) {
            mutex.lock();
            while (buffer.empty()) {
                print("consumer waits");
                not_empty.wait();
            }
            print("  take", buffer.front());
            buffer.erase(buffer.begin());
            not_full.notify_one();
            mutex.unlock();
        }
        all.done();
    });
    all.wait();
}

template <OperatingSystem Os>
void wait_at(Log& print, BasicMutex<Os>& mutex, BasicCond<Os>& condition, BasicWaitGroup<Os>& all,
             int count) {
    for (int i = 0; i < count; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &mutex, &condition, &all, i] {
            mutex.lock();
            print("waits", i);
            condition.wait();
            print("woke", i);
            mutex.unlock();
            all.done();
        });
    }
    Runtime<Os>::yield();
}

// All are readied in the order of their tickets; the last one stands in the next slot.
template <OperatingSystem Os>
void cond_broadcast_order(Log& print) {
    BasicMutex<Os> mutex;
    BasicCond<Os> condition(mutex);
    BasicWaitGroup<Os> all;
    wait_at<Os>(print, mutex, condition, all, 5);
    print("broadcast");
    condition.notify_all();
    all.wait();
}

// Who waits longest is woken, and must lock again.
template <OperatingSystem Os>
void cond_signal_fifo(Log& print) {
    BasicMutex<Os> mutex;
    BasicCond<Os> condition(mutex);
    BasicWaitGroup<Os> all;
    wait_at<Os>(print, mutex, condition, all, 4);
    for (int i = 0; i < 4; ++i) {
        print("signal", i);
        condition.notify_one();
    }
    all.wait();
}

// A writer that waits stops new readers; when it unlocks, all of them go first.
template <OperatingSystem Os>
void rwmutex_writer_blocks_readers(Log& print) {
    BasicRwMutex<Os> mutex;
    BasicWaitGroup<Os> all;
    mutex.lock_shared();
    all.add(1);
    Runtime<Os>::go([&] {
        print("writer waits");
        mutex.lock();
        print("writer in");
        mutex.unlock();
        print("writer out");
        all.done();
    });
    Runtime<Os>::yield();
    for (int i = 0; i < 3; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &mutex, &all, i] {
            print("reader", i, "waits");
            mutex.lock_shared();
            print("reader", i, "in");
            mutex.unlock_shared();
            all.done();
        });
    }
    Runtime<Os>::yield();
    print("main RUnlock");
    mutex.unlock_shared();
    all.wait();
}

// The others wait until the first call is complete.
template <OperatingSystem Os>
void once_concurrent(Log& print) {
    BasicOnce<Os> once;
    BasicWaitGroup<Os> all;
    for (int i = 0; i < 4; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &once, &all, i] {
            print("g", i, "calls");
            once.call([&print, i] {
                print("init by", i);
                Runtime<Os>::yield();
                print("init complete");
            });
            print("g", i, "after");
            all.done();
        });
    }
    all.wait();
}

template <OperatingSystem Os>
void atomic_counter(Log& print) {
    typename Os::template Atomic<std::uint32_t> n{0};
    BasicWaitGroup<Os> all;
    for (int i = 0; i < 100; ++i) {
        all.add(1);
        Runtime<Os>::go([&n, &all] {
            n.fetch_add(1, acq_rel);
            all.done();
        });
    }
    print("before", n.load(acquire));
    all.wait();
    print("after", n.load(acquire));
}

// The first error wins; the group waits for all. (Go's uses sync.Once, which nobody contends here.)
template <OperatingSystem Os>
void errgroup_like(Log& print) {
    BasicWaitGroup<Os> all;
    const char* first_error = nullptr;
    for (int i = 0; i < 4; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &all, &first_error, i] {
            static constexpr const char* names[] = {"n0", "n1", "n2", "n3"};
            const char* name = names[i];
            print("task", name);
            Runtime<Os>::yield();
            if (i % 2 == 1) {
                print("fails", name);
                if (first_error == nullptr) first_error = name;
            } else {
                print("succeeds", name);
            }
            all.done();
        });
    }
    all.wait();
    print("result: error of", first_error);
}

// A wait group serves one round after another.
template <OperatingSystem Os>
void wg_reuse(Log& print) {
    BasicWaitGroup<Os> all;
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 3; ++i) {
            all.add(1);
            Runtime<Os>::go([&print, &all, round, i] {
                print("round", round, "g", i);
                all.done();
            });
        }
        all.wait();
        print("round", round, "over");
    }
}

template <OperatingSystem Os>
void new_wg_go(Log& print) {
    BasicWaitGroup<Os> all;
    for (int i = 0; i < 5; ++i) {
        all.go([&print, i] { print("g", i); });
    }
    all.wait();
}

// To sleep for no time, or for less, returns at once and gives nobody way.
template <OperatingSystem Os>
void timer_sleep_zero(Log& print) {
    Runtime<Os>::go([&print] { print("child"); });
    Runtime<Os>::sleep_for(0);
    Runtime<Os>::sleep_for(-1);
    print("main still first");
    Runtime<Os>::yield();
    print("main second");
}

// A spin lock that yields.
template <OperatingSystem Os>
void rt_atomics_spin_mutex(Log& print) {
    typename Os::template Atomic<std::uint32_t> lock{0};
    BasicWaitGroup<Os> all;
    for (int i = 0; i < 3; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &lock, &all, i] {
            int spins = 0;
            for (std::uint32_t open = 0; !lock.compare_exchange(open, 1, acq_rel); open = 0) {
                ++spins;
                Runtime<Os>::yield();
            }
            print("g", i, "in after spins", spins);
            Runtime<Os>::yield();
            lock.store(0, release);
            all.done();
        });
    }
    all.wait();
}

// Being tied to a thread changes who runs the processor, not the order.
template <OperatingSystem Os>
void rt_lockosthread(Log& print) {
    BasicWaitGroup<Os> all;
    for (int i = 0; i < 4; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &all, i] {
            if (i % 2 == 0) Runtime<Os>::lock_os_thread();
            for (int k = 0; k < 3; ++k) {
                print("g", i, k);
                Runtime<Os>::yield();
            }
            all.done();
            if (i % 2 == 0) Runtime<Os>::unlock_os_thread();
        });
    }
    all.wait();
}

// An exception is its coroutine's own business, while it is caught there.
template <OperatingSystem Os>
void rt_deferred_recover_goroutines(Log& print) {
    BasicWaitGroup<Os> all;
    for (int i = 0; i < 3; ++i) {
        all.add(1);
        Runtime<Os>::go([&print, &all, i] {
            try {
                if (i != 1) throw std::runtime_error("boom");
                print("g", i, "fine");
                print("g", i, "no panic");
            } catch (const std::runtime_error& error) {
                print("g", i, "recovered", error.what());
            }
            print("g", i, "last defer");
            all.done();
        });
    }
    all.wait();
}

}  // namespace homeroom::order
