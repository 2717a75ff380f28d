// The model's memory, locks, threads and time, one promise at a time.
#include "sim/sim_os.h"

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "sim/choosers.h"
#include "sim/world.h"
#include "tests/worlds.h"

namespace homeroom::sim {
namespace {

void enter(void* pointer) { (*static_cast<std::function<void()>*>(pointer))(); }

// Runs the bodies as threads of one bare world. The first thread only starts and joins them.
struct Threads {
    std::vector<std::function<void()>> bodies;
    WorldOptions options{};
    std::uint32_t cores = 4;

    Ending run(Chooser& chooser) {
        RunOptions run_options;
        run_options.teachers = cores;
        options.bare = true;
        World world(
            run_options, options,
            [this] {
                for (auto& body : bodies) SimOs::start_thread(&enter, &body);
                SimOs::join_threads();
            },
            chooser);
        Ending ending = world.run_to_end();
        now = world.now();
        report = world.report();
        return ending;
    }

    Nanoseconds now = 0;
    std::string report;
};

// All outcomes that two threads can have, in every order; `setup` begins each run anew.
using Pair = std::array<std::uint32_t, 2>;
template <class Setup>
std::set<Pair> outcomes(Setup setup, bool late = true, Place weakened = {}) {
    std::set<Pair> seen;
    Exhaustive every;
    do {
        Pair result{};
        typename Setup::Cells cells;
        Threads threads;
        threads.bodies = setup(cells, result);
        threads.options.gates = Gates::every_access;
        threads.options.stores_land_late = late;
        threads.options.access_limit = 1'000;
        threads.options.weakened = weakened;
        REQUIRE(threads.run(every) == Ending::finished);
        if constexpr (requires { Setup::finish(cells, result); }) Setup::finish(cells, result);
        seen.insert(result);
    } while (every.next());
    return seen;
}

struct TwoCells {
    SimOs::Atomic<std::uint32_t> x{0}, y{0};
};

// Each stores to its own cell, then looks at the other's.
struct StoreBuffering {
    using Cells = TwoCells;
    bool fences = false;
    std::vector<std::function<void()>> operator()(Cells& c, Pair& seen) const {
        bool f = fences;
        return {[&c, &seen, f] {
                    c.x.store(1, relaxed);
                    if (f) SimOs::fence();
                    seen[0] = c.y.load(relaxed);
                },
                [&c, &seen, f] {
                    c.y.store(1, relaxed);
                    if (f) SimOs::fence();
                    seen[1] = c.x.load(relaxed);
                }};
    }
};

TEST_CASE("without fences both may miss the other's store, with them one must see it") {
    CHECK(outcomes(StoreBuffering{}) == std::set<Pair>{{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    CHECK(outcomes(StoreBuffering{true}) == std::set<Pair>{{0, 1}, {1, 0}, {1, 1}});
    CHECK(outcomes(StoreBuffering{}, false) == std::set<Pair>{{0, 1}, {1, 0}, {1, 1}});
}

// The same with read-modify-writes: others' loads may miss them for a while, too.
struct ChangeBuffering {
    using Cells = TwoCells;
    std::vector<std::function<void()>> operator()(Cells& c, Pair& seen) const {
        return {[&c, &seen] {
                    c.x.fetch_add(1, acq_rel);
                    seen[0] = c.y.load(relaxed);
                },
                [&c, &seen] {
                    c.y.fetch_add(1, acq_rel);
                    seen[1] = c.x.load(relaxed);
                }};
    }
};

TEST_CASE("a read-modify-write is no fence") {
    CHECK(outcomes(ChangeBuffering{}).count({0, 0}) == 1);
    CHECK(outcomes(ChangeBuffering{}, false).count({0, 0}) == 0);
}

// One writes data, then a flag; the other reads the flag, then the data.
template <bool with_change>
struct MessagePassing {
    using Cells = TwoCells;
    memory_order order;
    int* line = nullptr;
    std::vector<std::function<void()>> operator()(Cells& c, Pair& seen) const {
        memory_order o = order;
        if (line != nullptr) *line = __LINE__ + 6;
        return {[&c, o] {
                    c.x.store(1, relaxed);
                    if (with_change) {
                        c.y.exchange(1, o);
                    } else {
                        c.y.store(1, o);
                    }
                },
                [&c, &seen] {
                    seen[0] = c.y.load(acquire);
                    seen[1] = c.x.load(relaxed);
                }};
    }
};

TEST_CASE("a relaxed flag may be seen before the data, a released one never") {
    CHECK(outcomes(MessagePassing<false>{relaxed}).count({1, 0}) == 1);
    CHECK(outcomes(MessagePassing<false>{release}).count({1, 0}) == 0);
    CHECK(outcomes(MessagePassing<true>{relaxed}).count({1, 0}) == 1);
    CHECK(outcomes(MessagePassing<true>{acquire}).count({1, 0}) == 1);
    CHECK(outcomes(MessagePassing<true>{release}).count({1, 0}) == 0);
    CHECK(outcomes(MessagePassing<true>{acq_rel}).count({1, 0}) == 0);
}

TEST_CASE("a weakened release is as good as none, at its own line only") {
    int line = 0;
    MessagePassing<false> setup{release, &line};
    outcomes(setup);  // learns the line
    const Place here{"sim/sim_os_test.cpp", line};
    CHECK(outcomes(setup, true, here).count({1, 0}) == 1);
    CHECK(outcomes(setup, true, {here.file, line + 1}).count({1, 0}) == 0);
    CHECK(outcomes(setup, true, {"other_sim_os_test.cpp", line}).count({1, 0}) == 0);
}

// Stores to one cell keep their order, and a thread sees its own at once.
struct SameCell {
    using Cells = TwoCells;
    std::vector<std::function<void()>> operator()(Cells& c, Pair& seen) const {
        return {[&c] {
                    c.x.store(1, relaxed);
                    c.x.store(2, relaxed);
                    if (c.x.load(relaxed) != 2) c.y.store(1, relaxed);
                },
                [&c, &seen] {
                    seen[0] = c.x.load(relaxed);
                    seen[1] = c.x.load(relaxed);
                }};
    }
};

TEST_CASE("stores to one cell are seen in their order") {
    CHECK(outcomes(SameCell{}) == std::set<Pair>{{0, 0}, {0, 1}, {0, 2}, {1, 1}, {1, 2}, {2, 2}});
}

struct Counting {
    using Cells = TwoCells;
    std::vector<std::function<void()>> operator()(Cells& c, Pair&) const {
        return {[&c] {
                    c.x.fetch_add(1, relaxed);
                    c.y.exchange(2, relaxed);
                },
                [&c] {
                    std::uint32_t old = c.x.load(relaxed);
                    while (!c.x.compare_exchange(old, old + 1, relaxed)) {
                    }
                }};
    }
    static void finish(Cells& c, Pair& seen) { seen = {c.x.load(relaxed), c.y.load(relaxed)}; }
};

TEST_CASE("no read-modify-write is lost, however late it becomes visible") {
    for (const Pair& last : outcomes(Counting{})) CHECK(last == Pair{2, 2});
}

struct Locking {
    struct Cells : TwoCells {
        SimOs::Lock lock;
    };
    std::vector<std::function<void()>> operator()(Cells& c, Pair&) const {
        auto add = [&c] {
            c.lock.lock();
            c.x.store(c.x.load(relaxed) + 1, relaxed);
            c.lock.unlock();
        };
        return {add, add};
    }
    static void finish(Cells& c, Pair& seen) { seen = {c.x.load(relaxed), 0}; }
};

TEST_CASE("a lock lets one in at a time, and the next sees what the last has done") {
    for (const Pair& last : outcomes(Locking{})) CHECK(last == Pair{2, 0});
}

TEST_CASE("an unpark that comes early is remembered, in every order") {
    Exhaustive every;
    do {
        SimOs::Parker parker;
        Threads threads;
        threads.options.gates = Gates::every_access;
        threads.bodies = {[&] { parker.park(); }, [&] { parker.unpark(); }};
        REQUIRE(threads.run(every) == Ending::finished);
    } while (every.next());
}

TEST_CASE("park_until ends by an unpark or by its deadline, and says which") {
    ClockOrder clock;
    SimOs::Parker never, soon;
    bool woken_never = true, woken_soon = false;
    Nanoseconds slept = 0;
    Threads threads;
    threads.bodies = {[&] {
                          const Nanoseconds from = SimOs::now();
                          woken_never = never.park_until(from + 5 * ms);
                          slept = SimOs::now() - from;
                          woken_soon = soon.park_until(SimOs::now() + 5 * ms);
                      },
                      [&] {
                          SimOs::block_for(6 * ms);
                          soon.unpark();
                      }};
    REQUIRE(threads.run(clock) == Ending::finished);
    CHECK_FALSE(woken_never);
    CHECK(woken_soon);
    CHECK(slept >= 5 * ms);
    CHECK(slept < 6 * ms);
    CHECK(threads.now < 9 * ms);
}

TEST_CASE("when nobody can ever move, the world says so") {
    ClockOrder clock;
    SimOs::Parker parker;
    Threads threads;
    threads.bodies = {[&] { parker.park(); }};
    CHECK(threads.run(clock) == Ending::stuck);
    CHECK(threads.report == "model: nobody can move");
}

TEST_CASE("computing takes its time, and stops when it is told to") {
    ClockOrder clock;
    SimOs::Atomic<bool> stop{false}, never{false};
    Nanoseconds done = 0, undisturbed = 0;
    Threads threads;
    threads.bodies = {[&] { done = SimOs::compute(10 * ms, stop); },
                      [&] { undisturbed = SimOs::compute(10 * ms, never); },
                      [&] {
                          SimOs::block_for(3 * ms);
                          stop.store(true, relaxed);
                      }};
    REQUIRE(threads.run(clock) == Ending::finished);
    CHECK(done > 2 * ms);
    CHECK(done < 4 * ms);
    CHECK(undisturbed == 10 * ms);
    CHECK(threads.now >= 10 * ms);
    CHECK(threads.now < 11 * ms);
}

TEST_CASE("threads share too few cores in turns, and lose nothing of their computing") {
    ClockOrder clock;
    SimOs::Atomic<bool> never{false};
    std::array<Nanoseconds, 3> ended{};
    Threads threads;
    threads.cores = 1;
    for (std::size_t i = 0; i < 3; ++i)
        threads.bodies.push_back([&, i] {
            CHECK(SimOs::compute(10 * ms, never) == 10 * ms);
            ended[i] = SimOs::now();
        });
    REQUIRE(threads.run(clock) == Ending::finished);
    for (Nanoseconds end : ended) CHECK(end > 20 * ms);  // round robin: nobody is through early
    CHECK(threads.now >= 30 * ms);
    CHECK(threads.now < 31 * ms);
}

TEST_CASE("two cores halve the time") {
    ClockOrder clock;
    SimOs::Atomic<bool> never{false};
    Threads threads;
    threads.cores = 2;
    for (int i = 0; i < 4; ++i) threads.bodies.push_back([&] { SimOs::compute(10 * ms, never); });
    REQUIRE(threads.run(clock) == Ending::finished);
    CHECK(threads.now >= 20 * ms);
    CHECK(threads.now < 21 * ms);
}

TEST_CASE("a loop that only reads comes to an end") {
    ClockOrder clock;
    SimOs::Atomic<bool> flag{false};
    Threads threads;
    threads.bodies = {[&] {
                          while (!flag.load(relaxed)) {
                          }
                      },
                      [&] { flag.store(true, relaxed); }};
    CHECK(threads.run(clock) == Ending::finished);
}

TEST_CASE("random numbers stay below their bound and reach all values") {
    ClockOrder clock(7);
    std::set<std::uint32_t> small;
    bool in_bounds = true, high = false;
    Threads threads;
    threads.bodies = {[&] {
        for (int i = 0; i < 200; ++i) small.insert(SimOs::random(5));
        for (int i = 0; i < 200; ++i) {
            const std::uint32_t value = SimOs::random(1'000'000);
            in_bounds = in_bounds && value < 1'000'000;
            high = high || value > 900'000;
        }
        in_bounds = in_bounds && SimOs::random(1) == 0 && SimOs::random(0) == 0;
    }};
    REQUIRE(threads.run(clock) == Ending::finished);
    CHECK(small == std::set<std::uint32_t>{0, 1, 2, 3, 4});
    CHECK(in_bounds);
    CHECK(high);
}

TEST_CASE("memory that was given back is given out again, and cells in it start afresh") {
    Random random(3);
    bool again = false;
    std::uint32_t seen = 1;
    Threads threads;
    threads.options.gates = Gates::every_access;
    threads.options.stores_land_late = true;
    threads.bodies = {[&] {
        using Number = SimOs::Atomic<std::uint32_t>;
        void* memory = SimOs::allocate(sizeof(Number));
        auto* number = ::new (memory) Number(0);
        number->store(7, relaxed);  // is on its way when the memory changes its owner
        number->~Number();
        SimOs::deallocate(memory, sizeof(Number));
        void* second = SimOs::allocate(sizeof(Number));
        again = second == memory;
        auto* fresh = ::new (second) Number(0);
        SimOs::fence();
        seen = fresh->load(relaxed);
    }};
    REQUIRE(threads.run(random) == Ending::finished);
    CHECK(again);
    CHECK(seen == 0);
}

}  // namespace
}  // namespace homeroom::sim
