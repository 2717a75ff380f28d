// Who decides in a model world: the clock, chance, a counter through all orders, or the user.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "sim/chooser.h"

namespace homeroom::sim {

class World;

using Answers =
    std::vector<std::uint32_t>;  // of a chooser, in order: with the options they are the run

// A small generator (xorshift64*), so that a seed means the same run on every machine.
class Dice {
public:
    explicit Dice(std::uint64_t seed);
    std::uint32_t below(std::uint32_t bound);

private:
    std::uint64_t state_;
};

// The film: whatever can happen first happens; of several at the same moment, that of the table
// which opened first. Only random numbers come from the seed.
class ClockOrder final : public Chooser {
public:
    explicit ClockOrder(std::uint64_t seed = 1);
    std::size_t choose(std::span<const Move> moves) override;

private:
    // Each class has chance of its own, so that none can tell what others do.
    Dice dice_;
    std::vector<Dice> others_;
};

// Every open move is equally likely. Good at finding what needs many changes of turn.
class Random final : public Chooser {
public:
    explicit Random(std::uint64_t seed) : dice_(seed) {}
    std::size_t choose(std::span<const Move> moves) override {
        return dice_.below(static_cast<std::uint32_t>(moves.size()));
    }

private:
    Dice dice_;
};

// One thread goes on for as long as it gets anywhere; changes of turn come at few random points,
// and stores land late. Most mistakes need only one or two changes at the right moment (Burckhardt
// and others, "A randomized scheduler with probabilistic guarantees of finding bugs", 2010), which
// evenly random orders rarely leave so alone. A thread that waits in a loop is left at once, so
// nothing hangs.
class FewPreemptions final : public Chooser {
public:
    explicit FewPreemptions(std::uint64_t seed);
    std::size_t choose(std::span<const Move> moves) override;

private:
    std::size_t change(std::span<const Move> moves);

    Dice dice_, early_dice_;
    std::uint32_t one_in_;  // a change of turn at every so many choices; differs from seed to seed
    std::uint32_t land_one_in_;   // likewise, a late store lands
    std::uint32_t early_one_in_;  // likewise, a load comes early
    TableId current_ = TableId::none;
};

// All orders, one after another, like an odometer whose wheels differ in size:
//     Exhaustive every;
//     do { World world(…, every); … } while (every.next());
//
// Of orders that only exchange neighbouring moves which do not touch the same thing, one is played
// (sleep sets: Godefroid, "Partial-Order Methods for the Verification of Concurrent Systems",
// 1996). That is sound as long as threads meet at SimOs only.
class Exhaustive final : public Chooser {
public:
    static constexpr std::uint32_t unbounded = ~0u;

    // At most so many changes of turn away from a thread that could have gone on. With a bound,
    // equivalent orders are all played.
    explicit Exhaustive(std::uint32_t preemptions_max = unbounded)
        : preemptions_max_(preemptions_max) {}
    std::size_t choose(std::span<const Move> moves) override;
    bool next();  // false: that was the last order

private:
    struct Wheel {
        std::uint32_t value, size;
    };
    std::uint32_t turn(std::uint32_t size);
    bool sleeps(const Move& move) const;
    void fall_asleep(std::span<const Move> moves, std::uint32_t chosen);

    std::uint32_t preemptions_max_;
    std::vector<Wheel> wheels_;
    std::vector<std::uint32_t> allowed_;
    std::vector<Move> asleep_;  // moves whose turn first, now, would repeat an order played before
    bool redundant_ = false;    // all that is left of this order was played before
    std::size_t at_ = 0;
    TableId current_ = TableId::none;
    std::uint32_t preemptions_ = 0;
};

// Gives answers that were written down; when they are used up (or do not fit any more, because the
// code has changed), asks another chooser.
class Replay final : public Chooser {
public:
    Replay(Answers answers, Chooser& then) : answers_(std::move(answers)), then_(then) {}
    std::size_t choose(std::span<const Move> moves) override;
    std::size_t used() const { return used_; }

private:
    Answers answers_;
    Chooser& then_;
    std::size_t used_ = 0;
};

// Passes each question on and writes the answer down.
class Recorder final : public Chooser {
public:
    explicit Recorder(Chooser& inner) : inner_(inner) {}
    std::size_t choose(std::span<const Move> moves) override;
    const Answers& answers() const { return answers_; }

private:
    Chooser& inner_;
    Answers answers_;
};

// Leaves the world to its host with the open moves; the host answers and calls advance() again.
// Random numbers still come from a seed: nobody cares to be asked for them.
class AskUser final : public Chooser {
public:
    explicit AskUser(std::uint64_t seed) : dice_(seed) {}
    void attach(World& world) { world_ = &world; }  // needed before the first choice

    std::size_t choose(std::span<const Move> moves) override;

    std::span<const Move> open() const { return open_; }  // empty: nothing is asked
    void answer(std::size_t move);

private:
    Dice dice_;
    World* world_ = nullptr;
    std::vector<Move> open_;
    std::size_t answer_ = 0;
};

}  // namespace homeroom::sim
