// Races are found where there are any and nowhere else: each way to hand over gives an order, and
// without it there is none.
#include "sim/race_detector.h"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "runtime/channel.h"
#include "runtime/cond.h"
#include "runtime/mutex.h"
#include "runtime/once.h"
#include "runtime/rw_mutex.h"
#include "runtime/semaphore.h"
#include "runtime/wait_group.h"
#include "sim/lesson.h"
#include "tests/sim/races.h"

namespace homeroom::sim {
namespace {

// In how many of so many orders the program races. What is not ordered need not show in each.
int racy_orders(const Program& program, int orders = 40) {
    int racy = 0;
    for (int seed = 1; seed <= orders; ++seed)
        racy += races_in(play(program, static_cast<std::uint64_t>(seed))) > 0;
    return racy;
}

// The same two accesses by two students, with what lies between them, or without.
void check_gives_order(const char* what, const std::function<Program(bool)>& program) {
    CAPTURE(std::string(what));
    CHECK(racy_orders(program(true)) == 0);
    CHECK(racy_orders(program(false)) > 0);
}

}  // namespace

TEST_CASE("two who add to one variable race, and the race names both, with their lines") {
    const auto lesson = find_lesson("two-pens");
    REQUIRE(lesson != nullptr);
    ClockOrder chooser(1);
    const Timeline timeline =
        play(lesson->defaults, lesson->model_program(lesson->defaults), chooser, Gates::decisions);
    REQUIRE(races_in(timeline) > 0);
    for (std::size_t i : reported(timeline)) {
        const Step& later = timeline.step(i);
        const Step& earlier = timeline.step(later.races_with - 1);
        CHECK(earlier.event.g != later.event.g);
        CHECK(shared_object_of(earlier.event.arg) == shared_object_of(later.event.arg));
        CHECK((earlier.event.kind == EventKind::wrote || later.event.kind == EventKind::wrote));
        for (const Step& step : {earlier, later}) {
            const std::string file = step.place.file;
            CHECK(file.substr(file.size() - 10) == "two_pens.h");
            CHECK(step.place.line > 0);
        }
    }
}

TEST_CASE("each way to hand over orders what was done before it, and nothing else does") {
    check_gives_order("go", [](bool with) {
        return [with] {
            Shared x("x");
            BasicWaitGroup<Os> all;
            if (with) x.write(1);
            all.go([&x] { x.read(); });
            if (!with) x.write(1);
            all.wait();
        };
    });
    check_gives_order("a wait group", [](bool with) {
        return [with] {
            Shared x("x");
            BasicWaitGroup<Os> all;
            all.go([&x] { x.write(1); });
            if (with) all.wait();
            x.read();
            all.wait();
        };
    });
    for (std::size_t capacity : {0u, 1u, 3u}) {
        check_gives_order("a channel", [capacity](bool with) {
            return [capacity, with] {
                Shared x("x");
                BasicChannel<Os, int> channel(capacity);
                BasicWaitGroup<Os> all;
                all.go([&] {
                    if (with) x.write(1);
                    channel.send(1);
                    if (!with) x.write(1);
                });
                channel.receive();
                x.read();
                all.wait();
            };
        });
    }
    check_gives_order("a free place in a channel", [](bool with) {
        return [with] {
            Shared x("x");
            BasicChannel<Os, int> channel(1);
            BasicWaitGroup<Os> all;
            channel.send(1);
            all.go([&] {
                if (with) x.write(1);
                channel.receive();
                if (!with) x.write(1);
            });
            channel.send(2);
            x.read();
            all.wait();
        };
    });
    check_gives_order("closing", [](bool with) {
        return [with] {
            Shared x("x");
            BasicChannel<Os, int> channel(1);
            BasicWaitGroup<Os> all;
            all.go([&] {
                if (with) x.write(1);
                channel.close();
                if (!with) x.write(1);
            });
            channel.receive();
            x.read();
            all.wait();
        };
    });
    check_gives_order("a mutex", [](bool with) {
        return [with] {
            Shared x("x");
            BasicMutex<Os> mutex, another;
            BasicWaitGroup<Os> all;
            for (BasicMutex<Os>* lock : {&mutex, with ? &mutex : &another}) {
                all.go([&x, lock] {
                    lock->lock();
                    x.write(x.read() + 1);
                    lock->unlock();
                });
            }
            all.wait();
        };
    });
    check_gives_order("a reading lock", [](bool with) {
        return [with] {
            Shared x("x");
            BasicRwMutex<Os> lock;
            BasicWaitGroup<Os> all;
            for (int reader = 0; reader < 2; ++reader) {
                all.go([&] {
                    lock.lock_shared();
                    x.read();
                    lock.unlock_shared();
                });
            }
            if (with) lock.lock();
            x.write(1);
            if (with) lock.unlock();
            all.wait();
        };
    });
    check_gives_order("a semaphore", [](bool with) {
        return [with] {
            Shared x("x");
            BasicSemaphore<Os> permits(with ? 1 : 2);
            BasicWaitGroup<Os> all;
            for (int i = 0; i < 2; ++i) {
                all.go([&] {
                    permits.acquire();
                    x.write(x.read() + 1);
                    permits.release();
                });
            }
            all.wait();
        };
    });
    check_gives_order("a permit handed over", [](bool with) {
        return [with] {
            Shared x("x");
            BasicSemaphore<Os> permits(0);
            BasicWaitGroup<Os> all;
            all.go([&] {
                if (with) x.write(1);
                permits.hand_over();
                if (!with) x.write(1);
            });
            permits.acquire();
            x.read();
            all.wait();
        };
    });
    check_gives_order("once", [](bool with) {
        return [with] {
            Shared x("x");
            BasicOnce<Os> once, another;
            BasicWaitGroup<Os> all;
            for (BasicOnce<Os>* each : {&once, with ? &once : &another}) {
                all.go([&x, each] {
                    each->call([&x] { x.write(1); });
                    x.read();
                });
            }
            all.wait();
        };
    });
    check_gives_order("a condition", [](bool with) {
        return [with] {
            Shared x("x");
            BasicMutex<Os> mutex;
            BasicCond<Os> gong(mutex);
            bool done = false;
            BasicWaitGroup<Os> all;
            all.go([&] {
                if (with) x.write(1);
                mutex.lock();
                done = true;
                mutex.unlock();
                gong.notify_all();
                if (!with) x.write(1);
            });
            mutex.lock();
            gong.wait([&done] { return done; });
            mutex.unlock();
            x.read();
            all.wait();
        };
    });
}

TEST_CASE("that one came later by the clock orders nothing") {
    const Timeline timeline = play(
        [] {
            Shared x("x");
            BasicWaitGroup<Os> all;
            all.go([&x] { x.write(1); });
            all.go([&x] {
                Go::sleep_for(5'000'000);
                x.read();
            });
            all.wait();
        },
        1, Gates::decisions);
    CHECK(races_in(timeline) == 1);
}

TEST_CASE("no lesson races but those about races, and their locked twins are always right") {
    for (const Lesson& lesson : lessons()) {
        CAPTURE(std::string(lesson.name));
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            CAPTURE(seed);
            RunOptions run = lesson.defaults;
            run.seed = seed;
            run.students = std::min(run.students, 8u);
            ClockOrder chooser(seed);
            const Timeline timeline =
                play(run, lesson.model_program(run), chooser, Gates::decisions);
            const std::string name = lesson.name;
            const bool racy = name == "two-pens" || name == "lock-of-ones-own";
            CHECK((races_in(timeline) > 0) == racy);
            if (!racy) CHECK(timeline.latest().counters.surprises == 0);
        }
    }
}

TEST_CASE("with more students than it has clocks for, the detector says that it gave up") {
    RunOptions run;
    ClockOrder chooser(1);
    const Timeline timeline = play(
        run,
        [] {
            Shared x("x");
            BasicWaitGroup<Os> all;
            for (std::uint32_t i = 0; i < RaceDetector::students_max + 1; ++i) all.go([] {});
            all.wait();
            x.write(1);
        },
        chooser, Gates::decisions);
    CHECK(timeline.race_detector().gave_up());
    CHECK(races_in(timeline) == 0);
}

}  // namespace homeroom::sim
