// How a random program is played and judged.
#include "sim/random_program.h"

#include <algorithm>
#include <array>
#include <vector>

#include "sim/checkers.h"
#include "sim/choosers.h"
#include "sim/random_actions.h"
#include "sim/random_task.h"
#include "sim/sim_os.h"
#include "sim/world.h"

namespace homeroom::sim {
namespace {

constexpr Nanoseconds hour = 3'600'000 * ms;

// [SECTION] A run

// The options take the first throws of the seed's dice, the program the others.
RunOptions throw_options(Dice& dice) {
    constexpr std::uint32_t rule_off_one_in = 16;
    RunOptions options;
    options.lesson = "random";
    options.clipboards = 1 + dice.below(4);
    options.teachers = 1 + dice.below(options.clipboards + 1);
    // A new rule must not change what the dice say afterwards.
    Dice for_rules(dice.below(~0u));
    for (const RuleInfo& rule : rule_infos())
        if (for_rules.below(rule_off_one_in) == 0) options.rules.*rule.field = false;
    static constexpr std::array<std::uint32_t, 4> rings = {256, 256, 8, 2};
    options.rules.ring_capacity = rings[dice.below(4)];
    static constexpr std::array<std::uint32_t, 3> ticks = {61, 61, 3};
    options.rules.tick_interval = ticks[dice.below(3)];
    static constexpr std::array<Nanoseconds, 3> slices = {10 * ms, 100 * us, 20 * us};
    options.rules.slice_ns = slices[dice.below(3)];
    return options;
}

constexpr std::array<const char*, 4> manner_words = {"clock", "random", "few", "early"};

}  // namespace

std::string to_string(const RandomRun& run) {
    return std::string(manner_words[static_cast<std::size_t>(run.manner)]) + "-" +
           std::to_string(run.seed);
}

std::optional<RandomRun> parse_random_run(std::string_view text, std::string& error) {
    const std::size_t dash = text.find('-');
    if (dash != std::string_view::npos && dash + 1 < text.size() && text.size() - dash <= 19) {
        const std::string_view word = text.substr(0, dash), digits = text.substr(dash + 1);
        const auto manner = std::find(manner_words.begin(), manner_words.end(), word);
        const bool number = digits.find_first_not_of("0123456789") == std::string_view::npos;
        if (manner != manner_words.end() && number) {
            RandomRun run;
            run.manner = static_cast<Manner>(manner - manner_words.begin());
            run.seed = std::stoull(std::string(digits));
            return run;
        }
    }
    error = "a random run is clock-N, random-N, few-N or early-N, such as few-17, not '" +
            std::string(text) + "'";
    return std::nullopt;
}

RandomRun random_run(std::uint64_t seed, std::uint64_t n) {
    constexpr std::array<Manner, 4> turns = {Manner::few_preemptions, Manner::random,
                                             Manner::early_loads, Manner::clock};
    return {turns[n % turns.size()], seed + n};
}

RunOptions options_of(const RandomRun& run) {
    Dice dice(run.seed);
    RunOptions options = throw_options(dice);
    options.seed = run.seed;
    return options;
}

RandomOutcome play(const RandomRun& which, const std::function<void(const Step&)>& on_step) {
    const bool clock = which.manner == Manner::clock;
    Dice dice(which.seed);
    const RunOptions options = throw_options(dice);
    // A coroutine that spins keeps a processor, so one is left for all others; and it relies on
    // somebody being woken who takes its child.
    const bool may_spin = options.rules.wake && options.rules.steal && !clock;
    // A spinning coroutine would hold up a change of their number, too.
    const bool changes = dice.below(4) == 0;
    const std::uint32_t spins = may_spin && !changes ? options.clipboards - 1 : 0;
    const RandomTask task = make_up(dice, clock, spins, changes ? 4 : 0);

    WorldOptions world_options;
    world_options.monitor = clock || dice.below(4) != 0;
    world_options.access_limit = clock ? 20'000'000 : 400'000;
    if (!clock) {
        world_options.gates = Gates::every_access;
        world_options.stores_land_late = dice.below(4) != 0;
        world_options.loads_come_early = which.manner == Manner::early_loads;
        world_options.watch_order = true;
    }
    CheckLimits limits;
    limits.rules = options.rules;
    if (clock)
        limits.ready_ns_max = task.total_ns + 100 * ms;
    else
        limits.unserved_ns_max = hour;  // in a search anybody may be as slow as can be

    ClockOrder clock_order(which.seed);
    Random random(which.seed);
    FewPreemptions few_preemptions(which.seed);
    const std::array<Chooser*, 4> choosers = {&clock_order, &random, &few_preemptions,
                                              &few_preemptions};

    RandomFacts facts;
    World world(
        options, world_options, [&task, &facts] { RandomActions<SimOs>(facts).main(task.main); },
        *choosers[static_cast<std::size_t>(which.manner)]);
    School school(options.teachers, options.clipboards);
    Checkers checkers(limits);
    RandomOutcome outcome;
    world.on_step = [&](const Step& step) {
        if (!outcome.wrong.empty()) return;
        ++outcome.steps;
        school.fold(step);
        if (on_step) on_step(step);
        if (!checkers.see(step, school)) outcome.wrong = checkers.violation();
    };
    const Ending ending = world.run_to_end();

    outcome.accesses = world.accesses();
    outcome.hash = world.trace_hash();
    if (const char* wrong = facts.wrong) outcome.wrong = wrong;
    if (!outcome.wrong.empty()) return outcome;
    if (ending == Ending::step_limit) {
        outcome.wrong = "it does not come to an end";
    } else if (ending != Ending::finished) {
        outcome.wrong = world.report().empty() ? "it does not finish" : world.report();
    } else if (facts.ended != task.coroutines) {
        outcome.wrong = std::to_string(facts.ended) + " coroutines came to their end instead of " +
                        std::to_string(task.coroutines);
    } else if (!checkers.end(school, ending)) {
        outcome.wrong = checkers.violation();
    }
    return outcome;
}

}  // namespace homeroom::sim
