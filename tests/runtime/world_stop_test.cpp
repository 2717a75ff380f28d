// Changing the number of processors while coroutines run (gomaxprocs), in both worlds.
#include <doctest/doctest.h>

#include <atomic>
#include <deque>
#include <mutex>
#include <string>

#include "runtime/channel.h"
#include "runtime/mutex.h"
#include "runtime/timer.h"
#include "runtime/wait_group.h"
#include "sim/checkers.h"
#include "sim/school.h"
#include "tests/stress/sizes.h"
#include "tests/worlds.h"

namespace homeroom {
namespace {

constexpr Nanoseconds us = 1'000;

struct Dice {
    std::uint64_t state;
    explicit Dice(std::uint64_t seed) : state(seed * 0x9e3779b97f4a7c15u + 1) {}
    std::uint64_t below(std::uint64_t bound) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return (state >> 11) % bound;
    }
    Nanoseconds up_to(Nanoseconds bound) {
        return static_cast<Nanoseconds>(below(static_cast<std::uint64_t>(bound)));
    }
};

template <class Os>
void says_how_many() {
    using Go = Runtime<Os>;
    CHECK(Go::gomaxprocs() == 2);
    CHECK(Go::gomaxprocs(5) == 2);
    CHECK(Go::gomaxprocs(0) == 5);
    CHECK(Go::gomaxprocs(5) == 5);
    CHECK(Go::gomaxprocs(1) == 5);
    CHECK(Go::gomaxprocs(1'000) == 1);
    CHECK(Go::gomaxprocs(3) == 64);
    BasicWaitGroup<Os> all;
    for (int i = 0; i < 20; ++i) all.go([] { Go::yield(); });
    all.wait();
}

// Everything that has to do with processors, and changes of their number among it.
template <class Os>
struct Load {
    using Go = Runtime<Os>;
    BasicMutex<Os> lock;
    BasicChannel<Os, std::uint32_t> numbers{2};
    BasicWaitGroup<Os> all;
    std::uint32_t added = 0;  // under the lock
    std::uint32_t sum = 0;    // of what came through the channel
    typename Os::template Atomic<std::uint32_t> plan{0}, expected{0}, fired{0}, timers{0};

    void play(std::uint64_t seed, std::uint32_t coroutines, std::uint32_t acts,
              std::uint32_t processors) {
        Dice dice(seed);
        BasicWaitGroup<Os> collector;
        collector.go([this] {
            while (auto number = numbers.receive()) sum += *number;
        });
        for (std::uint32_t i = 0; i < coroutines; ++i)
            all.go([this, acts, processors, own = dice.below(1'000'000)] {
                act(own, acts, processors);
            });
        all.wait();
        numbers.close();
        collector.wait();
        while (fired.load(relaxed) < timers.load(relaxed)) Go::sleep_for(20 * us);
    }

    void act(std::uint64_t seed, std::uint32_t acts, std::uint32_t processors) {
        Dice dice(seed);
        for (std::uint32_t i = 0; i < acts; ++i) {
            switch (dice.below(10)) {
                case 0:
                case 1:
                    Go::gomaxprocs(1 + static_cast<std::uint32_t>(dice.below(processors)));
                    break;
                case 2:
                    Go::yield();
                    break;
                case 3: {
                    std::lock_guard<BasicMutex<Os>> guard(lock);
                    ++added;
                    plan.fetch_add(1, relaxed);
                    break;
                }
                case 4: {
                    const auto number = static_cast<std::uint32_t>(dice.below(100));
                    expected.fetch_add(number, relaxed);
                    numbers.send(number);
                    break;
                }
                case 5:
                    Go::sleep_for(dice.up_to(80 * us));
                    break;
                case 6:
                    Go::call_for(dice.up_to(80 * us));
                    break;
                case 7:
                    Go::block_for(dice.up_to(50 * us));
                    break;
                case 8:
                    timers.fetch_add(1, relaxed);
                    after_func<Os>(dice.up_to(80 * us), [this] { fired.fetch_add(1, relaxed); });
                    break;
                default:
                    Go::work(dice.up_to(60 * us));
                    break;
            }
        }
    }
    bool adds_up() const {
        return added == plan.load(relaxed) && sum == expected.load(relaxed) &&
               fired.load(relaxed) == timers.load(relaxed);
    }
};

// What must be on the bench once a clipboard is put away: its top line, its names, and those who
// sat there before. Others may have come to the end of the bench meanwhile.
struct Heads {
    std::deque<sim::StudentId> expected;
    std::uint32_t gone = 0, students = 0;

    void before(const sim::Step& step, const sim::School& school) {
        if (step.event.kind == EventKind::world_stopped) expected.clear();
        if (step.event.kind != EventKind::processor_gone) return;
        const sim::Clipboard& clipboard = *school.find(step.clipboard());
        ++gone;
        expected.insert(expected.begin(), clipboard.names.begin(), clipboard.names.end());
        if (clipboard.top_line != sim::StudentId::none) expected.push_front(clipboard.top_line);
    }
    std::string after(const sim::Step& step, const sim::School& school) {
        if (step.event.kind != EventKind::world_started) return "";
        if (school.clipboards.size() != step.event.arg) return "not as many clipboards as told";
        if (expected.size() > school.bench.size()) return "names were lost";
        students += static_cast<std::uint32_t>(expected.size());
        return std::equal(expected.begin(), expected.end(), school.bench.begin())
                   ? ""
                   : "the bench is in another order";
    }
};

}  // namespace

TEST_CASE_TEMPLATE("gomaxprocs says how many there were", Os, NativeOs, sim::SimOs) {
    Setup setup;
    setup.processors = 2;
    CHECK(play<Os>(setup, says_how_many<Os>).outcome == Outcome::finished);
}

TEST_CASE("processors come and go at random, and nothing is lost: in the model") {
    Heads heads;
    for (std::uint64_t seed = 1; seed <= (stress::under_asan ? 200u : 1'500u); ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        sim::RunOptions run;
        run.clipboards = 1 + static_cast<std::uint32_t>(dice.below(4));
        run.teachers = run.clipboards + 1;
        if (dice.below(3) == 0) run.rules.ring_capacity = 4;
        if (dice.below(3) == 0) run.rules.preemption = false;
        sim::WorldOptions options;
        options.access_limit = 2'000'000;
        sim::ClockOrder clock_order(seed);
        sim::Random any_order(seed);
        const bool any = dice.below(2) == 0;
        if (any) options.gates = sim::Gates::every_access;
        options.stores_land_late = any;
        options.watch_order = any;
        Load<sim::SimOs>* load = nullptr;  // lives in the world
        bool adds_up = false;
        sim::World world(
            run, options,
            [&] {
                Load<sim::SimOs> here;
                load = &here;
                here.play(seed, 4, 12, 5);
                adds_up = here.adds_up();
            },
            any ? static_cast<sim::Chooser&>(any_order) : clock_order);
        sim::School school(run.teachers, run.clipboards);
        sim::CheckLimits limits;
        limits.rules = run.rules;
        if (any) limits.unserved_ns_max = 3'600'000'000'000;  // anybody may be as slow as can be
        sim::Checkers checkers(limits);
        std::string wrong;
        world.on_step = [&](const sim::Step& step) {
            heads.before(step, school);
            school.fold(step);
            const std::string found = heads.after(step, school);
            if (wrong.empty()) wrong = found;
            checkers.see(step, school);
        };
        const sim::Ending ending = world.run_to_end();
        REQUIRE_MESSAGE(ending == sim::Ending::finished, world.report());
        REQUIRE(wrong == "");
        REQUIRE(checkers.violation() == "");
        REQUIRE(adds_up);
    }
    CHECK(heads.gone > 100);
    CHECK(heads.students > 100);
}

TEST_CASE("processors come and go under load: natively") {
    const std::uint32_t rounds = stress::under_tsan ? 3 : stress::under_asan ? 5 : 20;
    for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
        CAPTURE(seed);
        Setup setup;
        setup.processors = 1 + static_cast<std::uint32_t>(seed % 4);
        Load<NativeOs> load;
        const RunResult result = play<NativeOs>(setup, [&] { load.play(seed, 16, 60, 8); });
        REQUIRE_MESSAGE(result.outcome == Outcome::finished, result.report);
        REQUIRE(load.adds_up());
    }
}

// Between two scheduling points no world stops. So a stretch without one begins and ends under the
// same number of processors, and no more than that many are in such a stretch.
TEST_CASE("after ten thousand changes no more coroutines run at once than there are processors") {
    constexpr std::uint32_t changes = stress::under_tsan   ? 300
                                      : stress::under_asan ? 1'000
                                                           : 10'000;
    std::atomic<std::uint32_t> running{0}, limit{8}, too_many{0}, stretches{0};
    std::atomic<bool> over{false};
    Setup setup;
    setup.processors = 4;
    const RunResult result = play<NativeOs>(setup, [&] {
        BasicWaitGroup<NativeOs> all;
        for (int i = 0; i < 12; ++i) {
            all.go([&, i] {
                Dice dice(static_cast<std::uint64_t>(i) + 1);
                while (!over) {
                    if (++running > limit) ++too_many;
                    for (std::uint64_t spin = dice.below(200); spin > 0; --spin) NativeOs::pause();
                    --running;
                    ++stretches;
                    if (dice.below(8) == 0) {
                        Runtime<NativeOs>::call_for(dice.up_to(20 * us));
                    } else {
                        Runtime<NativeOs>::yield();
                    }
                }
            });
        }
        Dice dice(7);
        std::uint32_t before = 4;
        for (std::uint32_t i = 0; i < changes; ++i) {
            const auto count = 1 + static_cast<std::uint32_t>(dice.below(8));
            limit = std::max(count, before);
            CHECK(Runtime<NativeOs>::gomaxprocs(count) == before);
            limit = count;
            before = count;
            if (i % 4 == 0) Runtime<NativeOs>::yield();
        }
        over = true;
        all.wait();
    });
    CHECK(result.outcome == Outcome::finished);
    CHECK(too_many == 0);
    CHECK(stretches > 100);
}

}  // namespace homeroom
