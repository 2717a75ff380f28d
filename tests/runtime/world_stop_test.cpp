// Changing the number of processors while coroutines run (gomaxprocs), in both worlds.
#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <string>

#include "sim/checkers.h"
#include "sim/school.h"
#include "tests/runtime/processor_load.h"
#include "tests/stress/sizes.h"
#include "tests/worlds.h"

namespace homeroom {
namespace {

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

}  // namespace homeroom
