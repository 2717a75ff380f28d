// Plays a program to its end in either world, so that one test can ask both the same question.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "runtime/native_os.h"
#include "runtime/runtime.h"
#include "sim/choosers.h"
#include "sim/run.h"
#include "sim/sim_os.h"
#include "sim/world.h"

namespace homeroom {

inline constexpr Nanoseconds ms = 1'000'000;

struct Setup {
    std::uint32_t processors = 1;
    Rules rules{};
    bool monitor = true;
    std::uint64_t seed = 0;  // model: 0 is clock order, any other the seed of a random order
};

template <class Os>
RunResult play(const Setup& setup, std::function<void()> program) {
    if constexpr (std::is_same_v<Os, NativeOs>) {
        SchedulerOptions options;
        options.processors = setup.processors;
        options.rules = setup.rules;
        options.monitor = setup.monitor;
        return run_on<NativeOs>(options, program);
    } else {
        sim::RunOptions run;
        run.teachers = run.clipboards = setup.processors;
        run.rules = setup.rules;
        run.seed = setup.seed;
        sim::WorldOptions options;
        options.monitor = setup.monitor;
        sim::ClockOrder clock_order(setup.seed);
        sim::Random any_order(setup.seed);
        sim::Chooser& chooser = setup.seed == 0 ? static_cast<sim::Chooser&>(clock_order)
                                                : static_cast<sim::Chooser&>(any_order);
        if (setup.seed != 0) options.gates = sim::Gates::every_access;
        sim::World world(run, options, std::move(program), chooser);
        switch (world.run_to_end()) {
            case sim::Ending::finished:
                return {Outcome::finished, ""};
            case sim::Ending::deadlocked:
                return {Outcome::deadlocked, world.report()};
            case sim::Ending::crashed:
                return {Outcome::crashed, world.report()};
            default:
                return {Outcome::crashed, "the model's limit of accesses was reached"};
        }
    }
}

// What a test says about programs in general, it says for each of these: natively on several
// processors; in the model in clock order, and in random orders with the finest gates.
template <class Os>
std::vector<Setup> setups() {
    std::vector<Setup> all;
    for (std::uint32_t processors : {1u, 2u, 4u}) {
        Setup setup;
        setup.processors = processors;
        all.push_back(setup);
    }
    if (std::is_same_v<Os, NativeOs>) return all;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        Setup setup;
        setup.processors = 1 + static_cast<std::uint32_t>(seed % 3);
        setup.seed = seed;
        all.push_back(setup);
    }
    return all;
}

inline bool contains(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

// Plays it with one processor and hands out what the run reported.
template <class Os>
std::string report_of(std::function<void()> program) {
    return play<Os>({}, std::move(program)).report;
}

// At the very first tick a yield goes to the global queue and comes from there at once, before all
// others.
template <class Os>
void warm_up() {
    Runtime<Os>::yield();
    Runtime<Os>::yield();
}

}  // namespace homeroom
