// The head teacher in the model world: lessons run under every policy, and no time of a core is
// lost.
#include <doctest/doctest.h>

#include <string>

#include "sim/choosers.h"
#include "sim/lesson.h"
#include "sim/timeline.h"
#include "sim/world.h"
#include "tests/sim/run_of.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

struct WorldPlayed {
    Ending ending;
    Nanoseconds end;
    std::uint64_t hash;
    std::vector<kernel::CoreAccount> accounts;
    School school;
};

WorldPlayed play_world(const RunOptions& run) {
    const Lesson* lesson = find_lesson(run.lesson);
    REQUIRE(lesson != nullptr);
    ClockOrder chooser(run.seed);
    World world(run, {}, lesson->model_program(run), chooser);
    Timeline timeline(run.teachers, run.clipboards);
    world.on_step = [&](const Step& step) { timeline.append(step); };
    WorldPlayed played{world.run_to_end(), world.now(), world.trace_hash(), {}, timeline.latest()};
    for (std::uint32_t core = 0; core < run.teachers; ++core)
        played.accounts.push_back(world.account(core));
    return played;
}

// A lesson with its own numbers, and a random kernel below it.
RunOptions random_world(std::uint64_t seed) {
    sim::Dice dice(seed);
    const auto all = lessons();
    const Lesson& lesson = all[dice.below(static_cast<std::uint32_t>(all.size()))];
    RunOptions run = lesson.defaults;
    run.lesson = lesson.name;
    run.seed = seed;
    run.teachers = 1 + dice.below(5);
    run.clipboards = 1 + dice.below(6);
    if (dice.below(5) != 0) {
        const auto policies = kernel::policy_infos();
        run.kernel.policy.emplace();
        run.kernel.policy->kind =
            policies[dice.below(static_cast<std::uint32_t>(policies.size()))].kind;
        kernel::Settings& policy = *run.kernel.policy;
        if (policy.kind == kernel::Kind::fair) policy.parity = dice.below(2) == 0;
        if (policy.kind == kernel::Kind::mlfq) policy.boost = dice.below(2) == 0 ? 0 : 5'000'000;
        run.kernel.queues = {dice.below(2) == 0, dice.below(2) == 0, dice.below(2) == 0};
    }
    run.kernel.quantum_ns = 50'000 << dice.below(8);
    run.costs.thread_switch = dice.below(20'000);
    run.costs.seat_again = dice.below(500);
    return run;
}

}  // namespace

TEST_CASE("running, switching and idle of every teacher add up to the time of the run") {
    for (std::uint64_t seed = 1; seed <= 120; ++seed) {
        const RunOptions run = random_world(seed);
        CAPTURE(to_string(run));
        const WorldPlayed played = play_world(run);
        for (const kernel::CoreAccount& account : played.accounts) {
            CHECK(account.running >= 0);
            CHECK(account.switching >= 0);
            CHECK(account.idle >= 0);
            CHECK(account.elapsed() == played.end);
        }
    }
}

TEST_CASE("the school's teachers have the accounts of the world's cores") {
    for (std::uint64_t seed = 1; seed <= 120; ++seed) {
        const RunOptions run = random_world(seed);
        CAPTURE(to_string(run));
        const WorldPlayed played = play_world(run);
        const Nanoseconds end = played.school.time;
        for (std::uint32_t core = 0; core < run.teachers; ++core) {
            const Teacher& teacher = played.school.teachers[core];
            CAPTURE(core);
            CHECK(teacher.running_until(end) + teacher.switching_until(end) +
                      teacher.idle_until(end) ==
                  end);
            if (end != played.end) continue;  // the world went on for a while after its last step
            CHECK(teacher.running_until(end) == played.accounts[core].running);
            CHECK(teacher.switching_until(end) == played.accounts[core].switching);
        }
    }
}

TEST_CASE("every lesson comes to the same end under every policy") {
    for (const Lesson& lesson : lessons()) {
        if (lesson.may_deadlock) continue;  // whether it does is a matter of luck
        RunOptions run = lesson.defaults;
        run.lesson = lesson.name;
        const Ending usual = play_world(run).ending;
        for (const kernel::PolicyInfo& info : kernel::policy_infos()) {
            for (std::uint32_t teachers : {1u, 2u, 4u}) {
                run.teachers = teachers;
                run.kernel.policy.emplace();
                run.kernel.policy->kind = info.kind;
                CAPTURE(to_string(run));
                CHECK(play_world(run).ending == usual);
            }
        }
    }
}

TEST_CASE("a run under a policy is a value: printed and read back it is the same, step for step") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const RunOptions run = random_world(seed);
        CAPTURE(to_string(run));
        const RunOptions again = run_of(to_string(run));
        CHECK(again == run);
        CHECK(play_world(again).hash == play_world(run).hash);
    }
}

TEST_CASE("the policy, the quantum and the costs change what the kernel does") {
    const std::string lesson = "stealing teachers=1 clipboards=4";
    const auto switches = [](const WorldPlayed& played) { return played.accounts[0].switches; };
    const WorldPlayed turns = play_world(run_of(lesson)),
                      fifo = play_world(run_of(lesson + " policy=fifo"));
    CHECK(switches(fifo) < switches(turns));
    const WorldPlayed often = play_world(run_of(lesson + " policy=rr quantum=500us"));
    CHECK(switches(often) > 2 * switches(play_world(run_of(lesson + " policy=rr quantum=8ms"))));
    const WorldPlayed dear =
        play_world(run_of(lesson + " policy=rr quantum=500us costs=thread-switch=50us"));
    CHECK(dear.accounts[0].switching > 2 * often.accounts[0].switching);
    CHECK(dear.end > often.end);
}

TEST_CASE("with a queue for each teacher and no balancing a table stays where it began") {
    const WorldPlayed played = play_world(
        run_of("stealing teachers=2 policy=rr quantum=200us queues=per-core,no-balance"));
    CHECK(played.ending == Ending::finished);
    CHECK(played.accounts[0].running > 0);
    CHECK(played.accounts[1].running > 0);
}

TEST_CASE("settings of the kernel that cannot be are named in one line") {
    const auto mistake = [](const char* name, const char* value) {
        RunOptions options;
        std::string error;
        CHECK_FALSE(apply_setting(options, name, value, error));
        CHECK(options == RunOptions{});
        return error;
    };
    CHECK(mistake("policy", "lottery").find("fair, turns.") != std::string::npos);
    CHECK(mistake("policy", "rr,quantum=2ms") == "the quantum has a setting of its own: quantum");
    CHECK(mistake("quantum", "1us").find("quantum must be a time from 10us") == 0);
    CHECK(mistake("queues", "two").find("queues must be of shared, per-core") == 0);
    CHECK(mistake("costs", "gravity=9ns").find("unknown cost 'gravity'; known are") == 0);
    CHECK(mistake("costs", "thread-switch=2").find("thread-switch must be a time") == 0);
    CHECK(mistake("costs", "thread-switch=2s").find("from 0ns to 1s") != std::string::npos);
}

TEST_CASE("costs are read from lines with comments, and a mistake is named with its line") {
    Costs costs;
    std::string error;
    REQUIRE(parse_costs("# measured\nthread-switch=3us  # from a to b\n\nsystem-call = 99ns\n",
                        costs, error));
    CHECK(costs.thread_switch == 3'000);
    CHECK(costs.system_call == 99);
    CHECK(costs_to_string(costs) == "system-call=99ns,thread-switch=3us");
    const Costs before = costs;
    CHECK_FALSE(parse_costs("system-call=1ns\nthread-switch=fast\n", costs, error));
    CHECK(error.find("line 2: thread-switch must be") == 0);
    CHECK(costs == before);
}
