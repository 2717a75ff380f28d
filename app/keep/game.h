// Be the scheduler: the film stops before each call where somebody else was ready as well, the user
// says who shall be called, and the run then shows whom its rules call; both are compared with what
// simple policies would have done.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "app/command.h"
#include "sim/teach/call_policy.h"
#include "sim/teach/question.h"

namespace homeroom::app {

class Game {
public:
    struct Pick {
        std::size_t decision;  // the call: decision number in the run
        sim::StudentId picked, called;
        // Whether each of sim::call_policies would have called the one, and the other.
        std::array<bool, sim::call_policies.size()> picked_like{}, called_like{};
        bool agrees() const { return picked == called; }
    };

    bool on() const { return on_; }
    // From this place of the run on. False: nobody is called any more with others ready.
    bool start(const sim::RunOptions& run, std::size_t position, Commands& commands);
    void answer(std::size_t choice, Commands& commands);
    void next(Commands& commands);  // the next such call; the game is over when there is none
    void leave(Commands& commands, std::size_t position);

    bool open() const { return on_ && question_ && !picked_; }  // waits for an answer
    bool over() const { return on_ && !question_; }             // no further call to decide
    const sim::Question* question() const { return question_ ? &*question_ : nullptr; }
    std::size_t call() const { return call_; }  // the decision that is asked about
    sim::TableId table() const { return table_; }
    std::optional<std::size_t> picked() const { return picked_; }

    const std::vector<Pick>& picks() const { return picks_; }  // of this game, in order
    const sim::RunOptions& run() const { return run_; }
    std::size_t agreed() const;
    // In how many of them the policy would have called the one who was picked, or was called.
    std::size_t picked_like(sim::CallPolicy policy) const;
    std::size_t called_like(sim::CallPolicy policy) const;

private:
    bool ask_from(std::size_t position, Commands& commands);
    void compare(Pick& pick);

    bool on_ = false;
    sim::RunOptions run_;
    sim::Runs runs_;
    std::size_t call_ = 0;
    sim::TableId table_ = sim::TableId::none;
    std::optional<sim::Question> question_;
    std::optional<std::size_t> picked_;
    std::vector<Pick> picks_;
};

}  // namespace homeroom::app
