// Tests of the locks, conditions and semaphores, in both worlds.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/cond.h"
#include "runtime/mutex.h"
#include "runtime/once.h"
#include "runtime/rw_mutex.h"
#include "runtime/semaphore.h"
#include "runtime/wait_group.h"
#include "tests/worlds.h"

namespace homeroom {
namespace {

// Plays it in the model in clock order and counts how often somebody parked for a mutex.
int parks_for_mutex(std::uint32_t processors, std::function<void()> program) {
    sim::RunOptions run;
    run.teachers = run.clipboards = processors;
    sim::ClockOrder clock(run.seed);
    sim::World world(run, {}, std::move(program), clock);
    int parks = 0;
    world.on_step = [&parks](const sim::Step& step) {
        parks += step.event.kind == EventKind::parked &&
                 wait_reason_of(step.event.arg) == WaitReason::mutex;
    };
    CHECK(world.run_to_end() == sim::Ending::finished);
    return parks;
}

}  // namespace

TEST_CASE("a short wait for a mutex is spent spinning, a long one is not") {
    using Os = sim::SimOs;
    using Go = Runtime<Os>;
    // Main holds the lock for so long while the other one wants it; both are at work then.
    const auto contend = [](Nanoseconds held) {
        return [held] {
            BasicMutex<Os> mutex;
            BasicWaitGroup<Os> all;
            mutex.lock();
            Os::Atomic<bool> wanted{false};
            all.go([&mutex, &wanted] {
                wanted.store(true, release);
                mutex.lock();
                mutex.unlock();
            });
            while (!wanted.load(acquire)) Os::pause();
            Go::work(held);
            mutex.unlock();
            all.wait();
        };
    };
    CHECK(parks_for_mutex(2, contend(1'000)) == 0);
    CHECK(parks_for_mutex(2, contend(100'000)) == 1);
}

TEST_CASE("with one processor nobody spins for a mutex") {
    using Os = sim::SimOs;
    Nanoseconds taken = 0;
    play<Os>({}, [&taken] {
        warm_up<Os>();
        BasicMutex<Os> mutex;
        BasicWaitGroup<Os> all;
        mutex.lock();
        all.go([&mutex] {
            mutex.lock();
            mutex.unlock();
        });
        const Nanoseconds since = Os::now();
        Runtime<Os>::yield();
        taken = Os::now() - since;
        mutex.unlock();
        all.wait();
    });
    // To the other one and back; spinning alone would take 4 times 30 pauses of 27 ns.
    CHECK(taken < 2'000);
}

TEST_CASE_TEMPLATE("many read at a time, or one writes", Os, NativeOs, sim::SimOs) {
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.processors);
        CAPTURE(setup.seed);
        std::atomic<int> readers{0}, writers{0}, wrong{0}, written{0};
        const RunResult result = play<Os>(setup, [&] {
            BasicRwMutex<Os> mutex;
            BasicWaitGroup<Os> all;
            for (int k = 0; k < 6; ++k) {
                all.go([&, k] {
                    for (int i = 0; i < 8; ++i) {
                        if ((k + i) % 3 == 0) {
                            const std::lock_guard<BasicRwMutex<Os>> writing(mutex);
                            if (++writers != 1 || readers != 0) ++wrong;
                            if (i % 2 == 0) Runtime<Os>::yield();
                            ++written;
                            --writers;
                        } else {
                            const std::shared_lock<BasicRwMutex<Os>> reading(mutex);
                            ++readers;
                            if (writers != 0) ++wrong;
                            if (i % 2 == 0) Runtime<Os>::yield();
                            --readers;
                        }
                    }
                });
            }
            all.wait();
        });
        CHECK(result.report == "");
        CHECK(wrong == 0);
        CHECK(written == 16);
    }
}

TEST_CASE_TEMPLATE("readers come in beside readers, but not before a writer that waits", Os,
                   NativeOs, sim::SimOs) {
    std::string log;
    play<Os>({}, [&log] {
        warm_up<Os>();
        BasicRwMutex<Os> mutex;
        BasicWaitGroup<Os> all;
        const auto say = [&log](bool done, const char* yes, const char* no) {
            log += done ? yes : no;
        };
        mutex.lock_shared();
        say(mutex.try_lock_shared(), "beside ", "alone ");
        say(mutex.try_lock(), "writes ", "not to write ");
        mutex.unlock_shared();
        all.go([&mutex, &log] {
            mutex.lock();
            log += "written ";
            mutex.unlock();
        });
        Runtime<Os>::yield();
        say(mutex.try_lock_shared(), "before ", "not before ");
        mutex.unlock_shared();
        all.wait();
        say(mutex.try_lock(), "free ", "held ");
        say(mutex.try_lock_shared(), "shared", "exclusive");
    });
    CHECK(log == "beside not to write not before written free exclusive");
}

TEST_CASE_TEMPLATE("to unlock what is not locked is a fatal error, and waits are told", Os,
                   NativeOs, sim::SimOs) {
    CHECK(contains(report_of<Os>([] { BasicRwMutex<Os>().unlock(); }),
                   "fatal error: sync: Unlock of unlocked RWMutex"));
    CHECK(contains(report_of<Os>([] { BasicRwMutex<Os>().unlock_shared(); }),
                   "fatal error: sync: RUnlock of unlocked RWMutex"));
    const std::string report = report_of<Os>([] {
        warm_up<Os>();
        BasicRwMutex<Os> mutex;
        BasicSemaphore<Os> none(0);
        mutex.lock_shared();
        Runtime<Os>::go([&mutex] { mutex.lock(); });  // waits for main
        Runtime<Os>::yield();
        Runtime<Os>::go([&mutex] { mutex.lock(); });         // waits for the other writer
        Runtime<Os>::go([&mutex] { mutex.lock_shared(); });  // waits for the writer
        none.acquire();
    });
    for (const char* reason :
         {"goroutine 1 [semacquire]:", "goroutine 2 [sync.RWMutex.Lock]:",
          "goroutine 3 [sync.Mutex.Lock]:", "goroutine 4 [sync.RWMutex.RLock]:"})
        CHECK_MESSAGE(contains(report, reason), report);
}

TEST_CASE_TEMPLATE("a condition wakes who waits, the lowest ticket first", Os, NativeOs,
                   sim::SimOs) {
    std::string log;
    play<Os>({}, [&log] {
        warm_up<Os>();
        BasicMutex<Os> mutex;
        BasicCond<Os> condition(mutex);
        BasicWaitGroup<Os> all;
        condition.notify_one();  // nobody waits: these are lost
        condition.notify_all();
        for (int i = 0; i < 4; ++i) {
            all.go([&log, &mutex, &condition, i] {
                const std::lock_guard<BasicMutex<Os>> hold(mutex);
                condition.wait();
                log += std::to_string(i);
            });
        }
        Runtime<Os>::yield();  // they come in the order 3 0 1 2
        condition.notify_one();
        Runtime<Os>::yield();
        condition.notify_one();
        Runtime<Os>::yield();
        log += "|";
        condition.notify_all();
        condition.notify_all();
        all.wait();
    });
    CHECK(log == "30|21");
}

TEST_CASE_TEMPLATE("a buffer behind a mutex and two conditions loses nothing", Os, NativeOs,
                   sim::SimOs) {
    constexpr std::size_t items = 20, sides = 2, room = 2;
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.processors);
        CAPTURE(setup.seed);
        std::array<int, items * sides> taken{};
        const RunResult result = play<Os>(setup, [&taken] {
            BasicMutex<Os> mutex;
            BasicCond<Os> not_full(mutex), not_empty(mutex);
            std::array<std::size_t, room> buffer{};
            std::size_t size = 0;
            BasicWaitGroup<Os> all;
            for (std::size_t side = 0; side < sides; ++side) {
                all.go([&, side] {
                    for (std::size_t i = 0; i < items; ++i) {
                        mutex.lock();
                        not_full.wait([&size] { return size < room; });
                        buffer[size++] = side * items + i;
                        mutex.unlock();
                        not_empty.notify_one();
                    }
                });
                all.go([&] {
                    for (std::size_t i = 0; i < items; ++i) {
                        mutex.lock();
                        not_empty.wait([&size] { return size > 0; });
                        ++taken[buffer[--size]];
                        not_full.notify_one();
                        mutex.unlock();
                    }
                });
            }
            all.wait();
        });
        CHECK(result.report == "");
        for (int times : taken) REQUIRE(times == 1);
    }
}

TEST_CASE_TEMPLATE("once is done once, and before anybody goes on", Os, NativeOs, sim::SimOs) {
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.processors);
        CAPTURE(setup.seed);
        std::atomic<int> calls{0}, early{0};
        play<Os>(setup, [&calls, &early] {
            BasicOnce<Os> once;
            bool done = false;
            BasicWaitGroup<Os> all;
            for (int k = 0; k < 5; ++k) {
                all.go([&] {
                    once.call([&] {
                        ++calls;
                        Runtime<Os>::yield();
                        done = true;
                    });
                    if (!done) ++early;
                });
            }
            all.wait();
        });
        CHECK(calls == 1);
        CHECK(early == 0);
    }
}

TEST_CASE_TEMPLATE("once is done even when it throws", Os, NativeOs, sim::SimOs) {
    int calls = 0, caught = 0;
    play<Os>({}, [&calls, &caught] {
        BasicOnce<Os> once;
        for (int i = 0; i < 3; ++i) {
            try {
                once.call([&calls] {
                    ++calls;
                    throw std::runtime_error("no");
                });
            } catch (const std::runtime_error&) {
                ++caught;
            }
        }
    });
    CHECK(calls == 1);
    CHECK(caught == 1);
}

TEST_CASE_TEMPLATE("a semaphore lets so many in at a time", Os, NativeOs, sim::SimOs) {
    constexpr int places = 3;
    for (const Setup& setup : setups<Os>()) {
        CAPTURE(setup.processors);
        CAPTURE(setup.seed);
        std::atomic<int> inside{0}, most{0}, left{0};
        const RunResult result = play<Os>(setup, [&] {
            BasicSemaphore<Os> semaphore(places);
            BasicWaitGroup<Os> all;
            for (int k = 0; k < 8; ++k) {
                all.go([&, k] {
                    for (int i = 0; i < 5; ++i) {
                        semaphore.acquire();
                        const int now = ++inside;
                        int before = most;
                        while (before < now && !most.compare_exchange_weak(before, now)) {
                        }
                        Runtime<Os>::yield();
                        --inside;
                        (k + i) % 2 == 0 ? semaphore.release() : semaphore.hand_over();
                    }
                });
            }
            all.wait();
            while (semaphore.try_acquire()) ++left;
        });
        CHECK(result.report == "");
        CHECK(most <= places);
        CHECK(left == places);
    }
}

TEST_CASE_TEMPLATE("a permit that is handed over cannot be snatched, one that is released can", Os,
                   NativeOs, sim::SimOs) {
    for (bool hand_over : {false, true}) {
        CAPTURE(hand_over);
        std::string log;
        play<Os>({}, [&log, hand_over] {
            warm_up<Os>();
            BasicSemaphore<Os> semaphore(1);
            BasicWaitGroup<Os> all;
            semaphore.acquire();
            for (int i = 0; i < 2; ++i) {
                all.go([&log, &semaphore, i] {
                    semaphore.acquire();
                    log += std::to_string(i);
                    semaphore.release();
                });
            }
            Runtime<Os>::yield();  // both wait, 1 before 0
            if (hand_over) {
                semaphore.hand_over();
                log += " main";
            } else {
                semaphore.release();
                log += semaphore.try_acquire() ? "main " : "late ";
                semaphore.release();
            }
            all.wait();
        });
        // In vain the one that was woken goes to the end of the line.
        CHECK(log == std::string(hand_over ? "10 main" : "main 01"));
    }
}

}  // namespace homeroom
