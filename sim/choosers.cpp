// How each chooser answers.
#include "sim/choosers.h"

#include <algorithm>

#include "runtime/check.h"
#include "sim/classes.h"
#include "sim/world.h"

namespace homeroom::sim {
namespace {

bool is_random(std::span<const Move> moves) { return moves[0].kind == Move::Kind::random; }
bool is_load(std::span<const Move> moves) { return moves[0].kind == Move::Kind::see_value; }

// A thread that waits in a loop gains nothing by going on.
bool gains(const Move& move) { return !move.waits_in_loop; }

// May it matter which of the two comes first?
bool depend(const Move& a, const Move& b) {
    if (a.table == b.table || a.touches == nullptr || b.touches == nullptr) return true;
    return a.touches == b.touches && (a.writes || b.writes);
}

}  // namespace

Dice::Dice(std::uint64_t seed) : state_(seed) {
    // Neighbouring seeds must begin far apart (the finisher of splitmix64), and never with 0.
    state_ += 0x9e3779b97f4a7c15u;
    state_ = (state_ ^ (state_ >> 30)) * 0xbf58476d1ce4e5b9u;
    state_ = (state_ ^ (state_ >> 27)) * 0x94d049bb133111ebu;
    state_ ^= state_ >> 31;
    if (state_ == 0) state_ = 1;
}

std::uint32_t Dice::below(std::uint32_t bound) {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    const std::uint64_t bits = (state_ * 0x2545f4914f6cdd1du) >> 32;
    return static_cast<std::uint32_t>((bits * bound) >> 32);
}

ClockOrder::ClockOrder(std::uint64_t seed) : dice_(seed) {
    for (std::uint64_t room = 1; room < classes_max; ++room)
        others_.emplace_back(seed + (room << 32));
}

std::size_t ClockOrder::choose(std::span<const Move> moves) {
    if (is_random(moves)) {
        const std::size_t room = index(moves[0].room);
        Dice& dice = room == 0 ? dice_ : others_[room - 1];
        return dice.below(static_cast<std::uint32_t>(moves.size()));
    }
    if (is_load(moves)) return 0;
    auto first = std::min_element(moves.begin(), moves.end(), [](const Move& a, const Move& b) {
        return a.earliest != b.earliest ? a.earliest < b.earliest : a.table < b.table;
    });
    return static_cast<std::size_t>(first - moves.begin());
}

// The rates are picked: a run of a small program makes a few hundred choices, so between one and a
// few dozen changes of turn happen.
FewPreemptions::FewPreemptions(std::uint64_t seed) : dice_(seed), early_dice_(~seed) {
    constexpr std::uint32_t rates[] = {8, 16, 32, 64, 128};
    one_in_ = rates[dice_.below(5)];
    land_one_in_ = rates[dice_.below(5)];
    constexpr std::uint32_t early_rates[] = {2, 4, 8, 32};
    early_one_in_ = early_rates[early_dice_.below(4)];
}

std::size_t FewPreemptions::choose(std::span<const Move> moves) {
    if (is_random(moves)) return dice_.below(static_cast<std::uint32_t>(moves.size()));
    if (is_load(moves)) {
        if (early_dice_.below(early_one_in_) != 0) return 0;
        return early_dice_.below(static_cast<std::uint32_t>(moves.size()));
    }
    if (dice_.below(one_in_) != 0) {
        for (std::size_t i = 0; i < moves.size(); ++i) {
            const Move& move = moves[i];
            if (move.kind == Move::Kind::run_table && move.table == current_ && gains(move))
                return i;
        }
    }
    const std::size_t i = change(moves);
    if (moves[i].kind == Move::Kind::run_table || moves[i].kind == Move::Kind::seat) {
        current_ = moves[i].table;
    }
    return i;
}

std::size_t FewPreemptions::change(std::span<const Move> moves) {
    auto is_landing = [](const Move& move) { return move.kind == Move::Kind::land_store; };
    const bool landings = dice_.below(land_one_in_) == 0;
    // From the most to the least wanted: a thread that gets somewhere (or a landing, when its time
    // has come), then whatever there is.
    for (int round = 0; round < 2; ++round) {
        auto wanted = [&](const Move& move) {
            return round == 1 || (is_landing(move) ? landings : gains(move));
        };
        const auto count = std::count_if(moves.begin(), moves.end(), wanted);
        if (count == 0) continue;
        auto left = dice_.below(static_cast<std::uint32_t>(count));
        for (std::size_t i = 0; i < moves.size(); ++i)
            if (wanted(moves[i]) && left-- == 0) return i;
    }
    return 0;
}

std::uint32_t Exhaustive::turn(std::uint32_t size) {
    if (size < 2) return 0;
    if (at_ == wheels_.size()) wheels_.push_back({0, size});
    check(wheels_[at_].size == size, "a world went another way for the same answers");
    return wheels_[at_++].value;
}

bool Exhaustive::sleeps(const Move& move) const {
    return std::any_of(asleep_.begin(), asleep_.end(), [&](const Move& other) {
        return other.kind == move.kind && other.table == move.table && other.value == move.value;
    });
}

// The moves that were tried before `chosen` at this place need not come first again, until
// something happens that they depend on.
void Exhaustive::fall_asleep(std::span<const Move> moves, std::uint32_t chosen) {
    for (std::uint32_t i : allowed_) {
        if (i == chosen) break;
        asleep_.push_back(moves[i]);
    }
    std::erase_if(asleep_, [&](const Move& move) { return depend(move, moves[chosen]); });
}

// Left out besides: a thread that waits in a loop does not go round again before anything has
// changed, as long as anybody else can move.
std::size_t Exhaustive::choose(std::span<const Move> moves) {
    if (redundant_) return 0;
    if (is_random(moves) || is_load(moves)) return turn(static_cast<std::uint32_t>(moves.size()));
    const bool bounded = preemptions_max_ != unbounded;
    const bool someone_gains = std::any_of(moves.begin(), moves.end(), gains);
    const Move* current = nullptr;
    for (const Move& move : moves)
        if (move.kind == Move::Kind::run_table && move.table == current_ && gains(move))
            current = &move;
    const bool stay = current != nullptr && preemptions_ >= preemptions_max_;
    allowed_.clear();
    for (std::uint32_t i = 0; i < moves.size(); ++i) {
        if (someone_gains && !gains(moves[i])) continue;
        if (stay && moves[i].kind != Move::Kind::land_store && &moves[i] != current) continue;
        if (!bounded && sleeps(moves[i])) continue;
        allowed_.push_back(i);
    }
    if (allowed_.empty()) {
        redundant_ = true;
        return 0;
    }
    const std::uint32_t i = allowed_[turn(static_cast<std::uint32_t>(allowed_.size()))];
    if (!bounded) fall_asleep(moves, i);
    if (moves[i].kind != Move::Kind::land_store) {
        if (current != nullptr && &moves[i] != current) ++preemptions_;
        current_ = moves[i].table;
    }
    return i;
}

bool Exhaustive::next() {
    at_ = 0;
    asleep_.clear();
    redundant_ = false;
    current_ = TableId::none;
    preemptions_ = 0;
    while (!wheels_.empty()) {
        if (++wheels_.back().value < wheels_.back().size) return true;
        wheels_.pop_back();
    }
    return false;
}

std::size_t Replay::choose(std::span<const Move> moves) {
    if (used_ < answers_.size() && answers_[used_] < moves.size()) return answers_[used_++];
    used_ = answers_.size();
    return then_.choose(moves);
}

std::size_t Recorder::choose(std::span<const Move> moves) {
    const std::size_t i = inner_.choose(moves);
    answers_.push_back(static_cast<std::uint32_t>(i));
    return i;
}

std::size_t AskUser::choose(std::span<const Move> moves) {
    if (is_random(moves)) return dice_.below(static_cast<std::uint32_t>(moves.size()));
    if (is_load(moves)) return 0;
    check(world_ != nullptr, "AskUser has no world to leave");
    open_.assign(moves.begin(), moves.end());
    answer_ = moves.size();
    while (answer_ >= moves.size()) world_->leave_to_host();
    open_.clear();
    return answer_;
}

void AskUser::answer(std::size_t move) { answer_ = move; }

}  // namespace homeroom::sim
