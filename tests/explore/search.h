// Plays one program under many seeds and says which seed first goes wrong, and how.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/choosers.h"
#include "sim/run.h"
#include "sim/world.h"

namespace homeroom::explore {

// Which chooser the seed is for; `early_loads` is few preemptions, and loads may come early.
enum class Manner : std::uint8_t { random, few_preemptions, early_loads };
inline constexpr Manner manners[] = {Manner::few_preemptions, Manner::random, Manner::early_loads};
const char* word(Manner manner);

struct Program {
    const char* name;
    std::uint32_t machines = 2;  // clipboards; the cores are one more, for the machine that blocks
    bool monitor = false;
    bool bare = false;  // the body is the first thread, without a scheduler
    Rules rules{};
    // Makes the program to run and, when the run has finished, the question whether it went well:
    // "" or what was wrong. A fresh one per run.
    struct Body {
        std::function<void()> run;
        std::function<std::string()> judge;  // may be empty
    };
    std::function<Body()> make;
};

struct Failure {
    Manner manner;
    std::uint64_t seed;
    std::string what;
};

struct Played {
    std::string wrong;  // "" if all went well
    std::uint64_t accesses = 0, hash = 0;
    Nanoseconds now = 0;
};

// One run in which the school is drawn up and the checkers look at each step. Slower.
Played play_watched(const Program& program, Manner manner, std::uint64_t seed);

// What is wrong with the scheduler, on purpose: see WorldOptions.
struct Mutation {
    sim::Place weakened{};
    Recheck left_out = Recheck::none;
};

// One run.
Played play(const Program& program, Manner manner, std::uint64_t seed,
            const Mutation& mutation = {}, std::vector<sim::Site>* sites = nullptr);

// The first of the seeds 1 to `seeds` that goes wrong, in both manners.
std::optional<Failure> first_failure(const Program& program, std::uint64_t seeds,
                                     const Mutation& mutation = {});

// The programs that the searches play; each brings out some protocols of the scheduler.
const std::vector<Program>& programs();

}  // namespace homeroom::explore
