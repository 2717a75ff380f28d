// How a random program is made up, run and judged.
#include "sim/random_program.h"

#include <algorithm>
#include <array>
#include <vector>

#include "runtime/channel.h"
#include "runtime/mutex.h"
#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "sim/checkers.h"
#include "sim/choosers.h"
#include "sim/sim_os.h"
#include "sim/world.h"

namespace homeroom::sim {
namespace {

using Go = Runtime<SimOs>;
constexpr Nanoseconds us = 1'000, ms = 1'000'000, hour = 3'600'000 * ms;
constexpr std::uint32_t mutexes = 2, senders_max = 3, values_max = 6;

// [SECTION] A program is plain data

// What a coroutine does. None of it can wait for ever: children never wait for their parents, who
// holds a mutex waits for nothing but time, and every channel is closed by whoever made it.
struct Action {
    enum class Kind : std::uint8_t {
        yield,
        work,
        sleep,
        call,    // that may block
        block,   // that surely does
        mutex,   // take it, do `inner`, give it back
        group,   // start the children, do `inner`, wait for them
        detach,  // start a child and forget it
        pipe,    // the first `senders` children send, the others receive
        spin,    // start a child and keep the processor until it has ended
    } kind = Kind::yield;
    Nanoseconds duration = 0;
    std::uint32_t number = 0;  // mutex: which; pipe: capacity
    std::uint32_t senders = 0, values = 0;
    bool tries = false;  // a mutex that is taken is left alone
    std::vector<std::vector<Action>> children;
    std::vector<Action> inner;
};
using Task = std::vector<Action>;
using Kind = Action::Kind;

class Author {
public:
    Author(Dice& dice, bool large, std::uint32_t spins) : dice_(dice), spins_(spins) {
        coroutines_left_ = large ? 24 : 8;
        length_max_ = large ? 5 : 3;
        longest_ns_ = large ? 12 * ms : 60 * us;
    }

    Task main() { return task(0); }
    std::uint32_t coroutines() const { return coroutines_; }
    Nanoseconds total_ns() const { return total_ns_; }

private:
    Task task(std::uint32_t depth) {
        Task task;
        const std::uint32_t length = 1 + dice_.below(length_max_);
        for (std::uint32_t i = 0; i < length; ++i) task.push_back(action(depth));
        return task;
    }

    Action action(std::uint32_t depth) {
        Action action;
        const std::uint32_t what = dice_.below(depth < 3 ? 16 : 8);
        if (what < 6) return simple();
        if (what < 8) {
            action.kind = Kind::mutex;
            action.number = dice_.below(mutexes);
            action.tries = dice_.below(4) == 0;
            if (dice_.below(2) == 0) action.inner.push_back(simple());
        } else if (what < 11) {
            action.kind = Kind::group;
            for (std::uint32_t n = take(1 + dice_.below(4)); n > 0; --n)
                action.children.push_back(task(depth + 1));
            if (dice_.below(2) == 0) action.inner.push_back(simple());
        } else if (what < 12) {
            if (take(1) == 0) return simple();
            action.kind = Kind::detach;
            action.children.push_back(task(depth + 1));
        } else if (what < 15) {
            const std::uint32_t senders = 1 + dice_.below(senders_max);
            const std::uint32_t receivers = 1 + dice_.below(3);
            if (coroutines_left_ < senders + receivers) return simple();
            take(senders + receivers);
            action.kind = Kind::pipe;
            action.number = dice_.below(4);
            action.senders = senders;
            action.values = 1 + dice_.below(values_max);
            for (std::uint32_t i = 0; i < senders + receivers; ++i) {
                Task pace;
                if (dice_.below(2) == 0) pace.push_back(simple());
                action.children.push_back(pace);
            }
        } else {
            if (spins_ == 0 || take(1) == 0) return simple();
            --spins_;
            action.kind = Kind::spin;
            action.children.push_back({});
            if (dice_.below(2) == 0) action.children[0].push_back(simple());
        }
        return action;
    }

    Action simple() {
        static constexpr std::array<Kind, 8> kinds = {Kind::yield, Kind::yield, Kind::yield,
                                                      Kind::work,  Kind::work,  Kind::sleep,
                                                      Kind::call,  Kind::block};
        Action action;
        action.kind = kinds[dice_.below(kinds.size())];
        if (action.kind == Kind::yield) return action;
        // Mostly short, now and then longer than a slice.
        action.duration = 1 + dice_.below(static_cast<std::uint32_t>(
                                  dice_.below(4) == 0 ? longest_ns_ : longest_ns_ / 20));
        total_ns_ += values_max * action.duration;  // at most so often, in a pipe
        return action;
    }

    std::uint32_t take(std::uint32_t wanted) {
        const std::uint32_t n = std::min(wanted, coroutines_left_);
        coroutines_left_ -= n;
        coroutines_ += n;
        return n;
    }

    Dice& dice_;
    std::uint32_t coroutines_left_ = 0, length_max_ = 0, spins_ = 0;
    Nanoseconds longest_ns_ = 0, total_ns_ = 0;
    std::uint32_t coroutines_ = 0;
};

// [SECTION] Running it

// Outlives the world, whose coroutines are dropped without unwinding.
struct Facts {
    std::string wrong;
    std::uint32_t ended = 0;
    std::array<bool, mutexes> owned{};

    void fail(const char* what) {
        if (wrong.empty()) wrong = what;
    }
};

// What all coroutines of a program share. Lies on the main coroutine's stack.
struct Shared {
    explicit Shared(Facts& the_facts) : facts(the_facts) {}
    Facts& facts;
    std::array<BasicMutex<SimOs>, mutexes> locks;
    BasicWaitGroup<SimOs> detached;
};

void run(const Task& task, Shared& shared);

void run_mutex(const Action& action, Shared& shared) {
    BasicMutex<SimOs>& lock = shared.locks[action.number];
    bool& owned = shared.facts.owned[action.number];
    if (!action.tries)
        lock.lock();
    else if (!lock.try_lock())
        return;
    if (owned) shared.facts.fail("a mutex has two owners");
    owned = true;
    run(action.inner, shared);
    owned = false;
    lock.unlock();
}

void run_group(const Action& action, Shared& shared) {
    BasicWaitGroup<SimOs> all;
    for (const Task& child : action.children)
        all.go([&child, &shared] {
            run(child, shared);
            ++shared.facts.ended;
        });
    run(action.inner, shared);
    all.wait();
}

// A value says who sent it, and as which.
void run_pipe(const Action& action, Shared& shared) {
    BasicChannel<SimOs, std::uint32_t> channel(action.number);
    BasicWaitGroup<SimOs> sending, receiving;
    std::array<std::uint32_t, senders_max> arrived{};  // a bit for each value
    const auto first_receiver = action.children.begin() + action.senders;
    for (auto child = first_receiver; child != action.children.end(); ++child)
        receiving.go([&pace = *child, &channel, &arrived, &shared] {
            std::array<std::uint32_t, senders_max> next{};
            while (auto value = channel.receive()) {
                const std::uint32_t sender = *value / values_max, i = *value % values_max;
                if (i < next[sender]) shared.facts.fail("a channel delivers out of order");
                next[sender] = i + 1;
                if (arrived[sender] & 1u << i) shared.facts.fail("a channel delivers twice");
                arrived[sender] |= 1u << i;
                run(pace, shared);
            }
            ++shared.facts.ended;
        });
    for (std::uint32_t sender = 0; sender < action.senders; ++sender)
        sending.go([&action, &channel, &shared, sender] {
            for (std::uint32_t i = 0; i < action.values; ++i) {
                channel.send(sender * values_max + i);
                run(action.children[sender], shared);
            }
            ++shared.facts.ended;
        });
    sending.wait();
    channel.close();
    receiving.wait();
    for (std::uint32_t sender = 0; sender < action.senders; ++sender)
        if (arrived[sender] != (1u << action.values) - 1)
            shared.facts.fail("a channel loses a value");
}

void run_spin(const Action& action, Shared& shared) {
    SimOs::Atomic<bool> done{false};
    Go::go([&action, &shared, &done] {
        run(action.children[0], shared);
        ++shared.facts.ended;
        done.store(true, release);
    });
    while (!done.load(acquire)) SimOs::pause();
}

void run_sleep(Nanoseconds duration, Facts& facts) {
    // Clocks of two cores differ by what their last accesses cost.
    constexpr Nanoseconds skew = us;
    const Nanoseconds until = Go::now() + duration;
    Go::sleep_for(duration);
    if (Go::now() + skew < until) facts.fail("a sleeper is woken early");
}

void run(const Task& task, Shared& shared) {
    for (const Action& action : task) {
        switch (action.kind) {
            case Kind::yield:
                Go::yield();
                break;
            case Kind::work:
                Go::work(action.duration);
                break;
            case Kind::sleep:
                run_sleep(action.duration, shared.facts);
                break;
            case Kind::call:
                Go::call_for(action.duration);
                break;
            case Kind::block:
                Go::block_for(action.duration);
                break;
            case Kind::mutex:
                run_mutex(action, shared);
                break;
            case Kind::group:
                run_group(action, shared);
                break;
            case Kind::detach:
                shared.detached.go([&child = action.children[0], &shared] {
                    run(child, shared);
                    ++shared.facts.ended;
                });
                break;
            case Kind::pipe:
                run_pipe(action, shared);
                break;
            case Kind::spin:
                run_spin(action, shared);
                break;
        }
    }
}

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
    Author author(dice, clock, may_spin ? options.clipboards - 1 : 0);
    const Task task = author.main();

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
        limits.ready_ns_max = author.total_ns() + 100 * ms;
    else
        limits.unserved_ns_max = hour;  // in a search anybody may be as slow as can be

    ClockOrder clock_order(which.seed);
    Random random(which.seed);
    FewPreemptions few_preemptions(which.seed);
    const std::array<Chooser*, 4> choosers = {&clock_order, &random, &few_preemptions,
                                              &few_preemptions};

    Facts facts;
    World world(
        options, world_options,
        [&task, &facts] {
            Shared shared(facts);
            run(task, shared);
            shared.detached.wait();
        },
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
    if (!facts.wrong.empty()) outcome.wrong = facts.wrong;
    if (!outcome.wrong.empty()) return outcome;
    if (ending == Ending::step_limit) {
        outcome.wrong = "it does not come to an end";
    } else if (ending != Ending::finished) {
        outcome.wrong = world.report().empty() ? "it does not finish" : world.report();
    } else if (facts.ended != author.coroutines()) {
        outcome.wrong = std::to_string(facts.ended) + " coroutines came to their end instead of " +
                        std::to_string(author.coroutines());
    } else if (!checkers.end(school, ending)) {
        outcome.wrong = checkers.violation();
    }
    return outcome;
}

}  // namespace homeroom::sim
