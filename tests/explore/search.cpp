// How a program is played and judged.
#include "tests/explore/search.h"

#include <algorithm>

#include "sim/checkers.h"
#include "sim/school.h"

namespace homeroom::explore {
namespace {

constexpr Nanoseconds hour = 3'600'000'000'000;

// Never waits for an alarm clock that is minutes away while anybody can still move: a program that
// sleeps for an hour must be woken by somebody, not by the end of the hour.
class Impatient final : public sim::Chooser {
public:
    explicit Impatient(sim::Chooser& inner) : inner_(inner) {}

    std::size_t choose(std::span<const sim::Move> moves) override {
        Nanoseconds first = moves[0].earliest;
        for (const sim::Move& move : moves) first = std::min(first, move.earliest);
        near_.clear();
        places_.clear();
        for (std::size_t i = 0; i < moves.size(); ++i) {
            if (moves[i].earliest - first > hour / 60) continue;
            near_.push_back(moves[i]);
            places_.push_back(i);
        }
        return near_.size() == 1 ? places_[0] : places_[inner_.choose(near_)];
    }

private:
    sim::Chooser& inner_;
    std::vector<sim::Move> near_;
    std::vector<std::size_t> places_;
};

}  // namespace

namespace {

Played play(const Program& program, Manner manner, std::uint64_t seed,
            const sim::WorldOptions& options, bool watched) {
    sim::RunOptions run;
    run.teachers = program.machines + 1;
    run.clipboards = program.machines;
    run.rules = program.rules;

    sim::Random random(seed);
    sim::FewPreemptions few_preemptions(seed);
    Impatient impatient(manner == Manner::random ? static_cast<sim::Chooser&>(random)
                                                 : static_cast<sim::Chooser&>(few_preemptions));
    Program::Body body = program.make();
    sim::World world(run, options, body.run, impatient);

    sim::School school(run.teachers, run.clipboards);
    sim::CheckLimits limits;
    limits.rules = run.rules;
    limits.unserved_ns_max = hour;  // in a search anybody may be as slow as can be
    sim::Checkers checkers(limits);
    if (watched) {
        world.on_step = [&](const sim::Step& step) {
            school.fold(step);
            checkers.see(step, school);
        };
    }
    const sim::Ending ending = world.run_to_end();

    Played played{"", world.accesses(), world.trace_hash(), world.now()};
    if (!world.report().empty()) {
        played.wrong = world.report();
    } else if (ending == sim::Ending::step_limit) {
        played.wrong = "it does not come to an end";
    } else if (ending != sim::Ending::finished) {
        played.wrong = "it does not finish";
    } else if (world.now() >= hour) {
        played.wrong = "it overslept";
    } else if (!checkers.violation().empty()) {
        played.wrong = checkers.violation();
    } else if (body.judge) {
        played.wrong = body.judge();
    }
    return played;
}

sim::WorldOptions options_for(const Program& program, Manner manner) {
    sim::WorldOptions options;
    options.loads_come_early = manner == Manner::early_loads;
    options.gates = sim::Gates::every_access;
    options.stores_land_late = true;
    options.watch_order = true;
    options.monitor = program.monitor;
    options.bare = program.bare;
    options.access_limit = 20'000;
    return options;
}

}  // namespace

const char* word(Manner manner) {
    constexpr const char* words[] = {"random", "few", "early"};
    return words[static_cast<std::size_t>(manner)];
}

Played play(const Program& program, Manner manner, std::uint64_t seed, const Mutation& mutation,
            std::vector<sim::Site>* sites) {
    sim::WorldOptions options = options_for(program, manner);
    options.weakened = mutation.weakened;
    options.left_out = mutation.left_out;
    options.sites = sites;
    return play(program, manner, seed, options, false);
}

Played play_watched(const Program& program, Manner manner, std::uint64_t seed) {
    return play(program, manner, seed, options_for(program, manner), true);
}

std::optional<Failure> first_failure(const Program& program, std::uint64_t seeds,
                                     const Mutation& mutation) {
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        for (Manner manner : manners) {
            Played outcome = play(program, manner, seed, mutation);
            if (!outcome.wrong.empty()) return Failure{manner, seed, outcome.wrong};
        }
    }
    return std::nullopt;
}

}  // namespace homeroom::explore
