// The choosers: what each of them promises about its answers.
#include "sim/choosers.h"

#include <doctest/doctest.h>

#include <set>
#include <vector>

#include "runtime/runtime.h"
#include "sim/sim_os.h"
#include "sim/world.h"

namespace homeroom::sim {
namespace {

using MoveKind = Move::Kind;

Move run(int table, Nanoseconds earliest, bool waits = false) {
    Move move;
    move.table = TableId{static_cast<std::uint16_t>(table)};
    move.earliest = earliest;
    move.waits_in_loop = waits;
    return move;
}

std::vector<Move> numbers(std::uint32_t count) {
    std::vector<Move> moves(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        moves[i].kind = MoveKind::random;
        moves[i].value = i;
    }
    return moves;
}

// A program with something of everything, on two clipboards.
void program() {
    SimOs::Atomic<std::uint32_t> done{0};
    for (int i = 0; i < 4; ++i)
        Runtime<SimOs>::go([&done] {
            Runtime<SimOs>::yield();
            Runtime<SimOs>::work(100'000);
            Runtime<SimOs>::sleep_for(50'000);
            done.fetch_add(1, release);
        });
    while (done.load(acquire) < 4) Runtime<SimOs>::yield();
}

RunOptions two_clipboards() {
    RunOptions options;
    options.teachers = options.clipboards = 2;
    return options;
}

std::uint64_t hash_of(Chooser& chooser, Gates gates = Gates::every_access) {
    WorldOptions options;
    options.gates = gates;
    options.access_limit = 100'000;
    World world(two_clipboards(), options, program, chooser);
    REQUIRE(world.run_to_end() == Ending::finished);
    return world.trace_hash();
}

TEST_CASE("clock order takes what can happen first, and of equals the table that opened first") {
    ClockOrder clock;
    CHECK(clock.choose(std::vector{run(0, 9), run(1, 5), run(2, 7)}) == 1);
    CHECK(clock.choose(std::vector{run(2, 5), run(1, 5), run(3, 5)}) == 1);
}

TEST_CASE("dice are fair enough, and equal for equal seeds") {
    Dice dice(1), same(1), other(2);
    std::array<int, 6> count{};
    int equal = 0;
    for (int i = 0; i < 6'000; ++i) {
        const std::uint32_t value = dice.below(6);
        REQUIRE(value < 6);
        ++count[value];
        CHECK(same.below(6) == value);
        equal += other.below(6) == value;
    }
    for (int times : count) CHECK(std::abs(times - 1'000) < 150);
    CHECK(std::abs(equal - 1'000) < 150);
}

TEST_CASE("few preemptions stay with a thread, but not with one that waits in a loop") {
    FewPreemptions chooser(5);
    const std::vector<Move> open{run(0, 0), run(1, 0), run(2, 0)};
    std::size_t last = chooser.choose(open);
    int changes = 0;
    for (int i = 0; i < 1'000; ++i) {
        const std::size_t now = chooser.choose(open);
        changes += now != last;
        last = now;
    }
    CHECK(changes > 0);
    CHECK(changes < 200);
    for (int i = 0; i < 100; ++i) {
        std::vector<Move> waiting = open;
        waiting[last].waits_in_loop = true;
        const std::size_t now = chooser.choose(waiting);
        CHECK(now != last);
        last = now;
    }
}

TEST_CASE("an exhaustive chooser counts through all answers") {
    Exhaustive every;
    std::set<std::vector<std::size_t>> seen;
    do {
        std::vector<std::size_t> answers;
        answers.push_back(every.choose(numbers(2)));
        answers.push_back(every.choose(numbers(answers[0] == 0 ? 3 : 2)));
        CHECK(seen.insert(answers).second);
    } while (every.next());
    CHECK(seen.size() == 5);
}

// Two threads with two stores each, to one cell or to two.
std::uint64_t orders(bool same_cell, std::uint32_t preemptions_max) {
    struct Cells {
        SimOs::Atomic<int> x{0}, y{0};
    };
    std::uint64_t count = 0;
    Exhaustive every(preemptions_max);
    do {
        Cells cells;
        RunOptions options = two_clipboards();
        WorldOptions world_options;
        world_options.gates = Gates::every_access;
        world_options.bare = true;
        World world(
            options, world_options,
            [&cells, same_cell] {
                SimOs::start_thread(
                    [](void* cell) {
                        auto& x = *static_cast<SimOs::Atomic<int>*>(cell);
                        x.store(1, relaxed);
                        x.store(2, relaxed);
                    },
                    &cells.x);
                auto& mine = same_cell ? cells.x : cells.y;
                mine.store(3, relaxed);
                mine.store(4, relaxed);
                SimOs::join_threads();
            },
            every);
        REQUIRE(world.run_to_end() == Ending::finished);
        ++count;
    } while (every.next());
    return count;
}

TEST_CASE("an exhaustive chooser leaves out orders that cannot differ, and no other") {
    const std::uint64_t dependent = orders(true, Exhaustive::unbounded);
    const std::uint64_t independent = orders(false, Exhaustive::unbounded);
    CHECK(dependent >= 6);  // four choose two
    CHECK(independent < dependent);
    CHECK(orders(true, 0) < orders(true, 1));  // more changes of turn, more orders
    CHECK(orders(true, 1) < orders(true, 3));
}

TEST_CASE("answers that were written down are the run") {
    Random random(11);
    Recorder recorder(random);
    const std::uint64_t hash = hash_of(recorder);
    Random nobody(99);
    Replay replay(recorder.answers(), nobody);
    CHECK(hash_of(replay) == hash);
    CHECK(replay.used() == recorder.answers().size());
    Replay nothing({}, nobody);
    CHECK(hash_of(nothing) != hash);
}

TEST_CASE("going on from the past repeats the past and then goes its own way") {
    Random random(12);
    Recorder recorder(random);
    const std::uint64_t hash = hash_of(recorder);
    Answers half(
        recorder.answers().begin(),
        recorder.answers().begin() + static_cast<std::ptrdiff_t>(recorder.answers().size() / 2));
    Random other(13);
    Replay replay(half, other);
    Recorder again(replay);
    CHECK(hash_of(again) != hash);
    REQUIRE(again.answers().size() >= half.size());
    CHECK(std::equal(half.begin(), half.end(), again.answers().begin()));
}

TEST_CASE("the user is asked outside of the world, and the answer counts") {
    for (std::size_t wish : {std::size_t{1}, std::size_t{7}}) {
        AskUser user(1);
        World world(two_clipboards(), {}, program, user);
        user.attach(world);
        std::size_t asked = 0;
        while (world.advance(1)) {
            if (!world.waiting_for_answer()) {
                CHECK(user.open().empty());
                continue;
            }
            ++asked;
            REQUIRE(user.open().size() >= 2);
            REQUIRE(user.open()[0].kind != MoveKind::random);
            // An answer that is not there is asked for again.
            user.answer(user.open().size());
            REQUIRE((world.advance(1) && world.waiting_for_answer()));
            user.answer(asked * wish % user.open().size());
        }
        CHECK(world.ending() == Ending::finished);
        CHECK(asked > 5);
    }
}

}  // namespace
}  // namespace homeroom::sim
