// Random programs for the model world: a seed gives a tree of coroutines, the rules and the number
// of processors that it runs under, and the orders in which everything happens.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "sim/run.h"
#include "sim/school.h"
#include "sim/step.h"

namespace homeroom::sim {

// Who chooses among the orders (choosers.h). `clock` runs larger programs, in the order of the
// film, and expects that nobody waits for long; the others let any thread go first at any access to
// shared memory, let stores land late, and watch the order of what is handed over; in
// `early_loads`, besides, loads may come early.
enum class Manner : std::uint8_t { clock, random, few_preemptions, early_loads };

// One run: all else follows from these two. It prints as "few-17".
struct RandomRun {
    Manner manner = Manner::few_preemptions;
    std::uint64_t seed = 1;

    friend bool operator==(const RandomRun&, const RandomRun&) = default;
};

std::string to_string(const RandomRun& run);
// The reverse. On failure returns nothing and puts one line into `error`.
std::optional<RandomRun> parse_random_run(std::string_view text, std::string& error);

// The n-th run of a search that begins at `seed`: the manners take turns.
RandomRun random_run(std::uint64_t seed, std::uint64_t n);

// Cores, processors and rules, as --headless prints them: for whoever reads about a failure.
RunOptions options_of(const RandomRun& run);

struct RandomOutcome {
    std::string wrong;  // "" or the first promise that was broken
    std::uint64_t steps = 0, accesses = 0, hash = 0;
};

// Plays the run and checks at every step what checkers.h promises, and besides:
//   channels    what one sender sends arrives at each receiver in order, and each value once; and
//               all together they are linearizable
//   selects     the same of each channel that is selected from, and of pipes
//   mutexes     one owner at a time
//   threads     who is tied to one stays there
//   timers      nobody sleeps for less than it asked for, and none that was stopped fires
//   the end     every coroutine comes to its end: the programs are made so that none can deadlock
// `on_step` is told of each step, up to the one at which a promise was found broken.
RandomOutcome play(const RandomRun& run, const std::function<void(const Step&)>& on_step = {});

}  // namespace homeroom::sim
