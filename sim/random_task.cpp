// Random programs: which actions, how many, how long.
#include "sim/random_task.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sim/choosers.h"

namespace homeroom::sim {
namespace {

using ActionKind = Action::Kind;

class Author {
public:
    Author(Dice& dice, bool large, std::uint32_t spins, std::uint32_t processors)
        : dice_(dice), spins_(spins), processors_(processors) {
        coroutines_left_ = large ? 24 : 8;
        length_max_ = large ? 5 : 3;
        longest_ns_ = large ? 12 * ms : 60 * us;
    }

    RandomTask make_up() {
        Task main = task(0);
        return {std::move(main), coroutines_, total_ns_};
    }

private:
    Task task(std::uint32_t depth) {
        Task task;
        const std::uint32_t length = 1 + dice_.below(length_max_);
        for (std::uint32_t i = 0; i < length; ++i) task.push_back(action(depth));
        return task;
    }

    Action action(std::uint32_t depth) {
        const std::uint32_t what = dice_.below(depth < 3 ? 24 : 12);
        if (what < 7) return simple();
        if (what < 9) return with_mutex();
        if (what < 10) return around(ActionKind::tie);
        if (what < 12) return with_timer();
        if (what < 15) return group(depth);
        if (what < 16) return detach(depth);
        if (what < 17) return later();
        if (what < 20) return channel();
        if (what < 21) return two_and_one(ActionKind::select);
        if (what < 22) return two_and_one(ActionKind::pipe);
        if (what < 23 && processors_ > 0) {
            Action action;
            action.kind = ActionKind::processors;
            action.number = 1 + dice_.below(processors_);
            return action;
        }
        return spin();
    }

    Action around(ActionKind kind) {
        Action action;
        action.kind = kind;
        for (std::uint32_t n = dice_.below(3); n > 0; --n) action.inner.push_back(simple());
        return action;
    }
    Action with_mutex() {
        Action action = around(ActionKind::mutex);
        action.number = dice_.below(mutexes);
        action.tries = dice_.below(4) == 0;
        return action;
    }
    Action with_timer() {
        Action action = around(ActionKind::timer);
        action.number = dice_.below(3);
        action.duration = duration();
        return action;
    }
    Action group(std::uint32_t depth) {
        Action action;
        action.kind = ActionKind::group;
        for (std::uint32_t n = take(1 + dice_.below(4)); n > 0; --n)
            action.children.push_back(task(depth + 1));
        if (dice_.below(2) == 0) action.inner.push_back(simple());
        return action;
    }
    Action detach(std::uint32_t depth) {
        if (take(1) == 0) return simple();
        Action action;
        action.kind = ActionKind::detach;
        action.children.push_back(task(depth + 1));
        return action;
    }
    // The child starts nobody, as it may be stopped before it runs.
    Action later() {
        if (take(1) == 0) return simple();
        Action action = around(ActionKind::later);
        action.duration = duration();
        action.children.push_back(around(ActionKind::later).inner);
        return action;
    }
    Action channel() {
        const std::uint32_t senders = 1 + dice_.below(senders_max);
        const std::uint32_t receivers = 1 + dice_.below(3);
        return talk(ActionKind::channel, senders, receivers);
    }
    Action two_and_one(ActionKind kind) {
        return kind == ActionKind::select ? talk(kind, 2, 1) : talk(kind, 1, 1);
    }
    Action talk(ActionKind kind, std::uint32_t senders, std::uint32_t receivers) {
        if (coroutines_left_ < senders + receivers) return simple();
        take(senders + receivers);
        Action action;
        action.kind = kind;
        action.number = dice_.below(4);
        action.senders = senders;
        action.values = 1 + dice_.below(values_max);
        for (std::uint32_t i = 0; i < senders + receivers; ++i) {
            Task pace;
            if (dice_.below(2) == 0) pace.push_back(simple());
            action.children.push_back(pace);
        }
        return action;
    }
    Action spin() {
        if (spins_ == 0 || take(1) == 0) return simple();
        --spins_;
        Action action;
        action.kind = ActionKind::spin;
        action.children.push_back({});
        if (dice_.below(2) == 0) action.children[0].push_back(simple());
        return action;
    }

    Action simple() {
        static constexpr std::array<ActionKind, 8> kinds = {
            ActionKind::yield, ActionKind::yield, ActionKind::yield, ActionKind::work,
            ActionKind::work,  ActionKind::sleep, ActionKind::call,  ActionKind::block};
        Action action;
        action.kind = kinds[dice_.below(kinds.size())];
        if (action.kind == ActionKind::yield) return action;
        action.duration = duration();
        return action;
    }

    // Mostly short, now and then longer than a slice.
    Nanoseconds duration() {
        const Nanoseconds longest = dice_.below(4) == 0 ? longest_ns_ : longest_ns_ / 20;
        const Nanoseconds ns = 1 + dice_.below(static_cast<std::uint32_t>(longest));
        total_ns_ += values_max * ns;  // at most so often, by a sender
        return ns;
    }

    std::uint32_t take(std::uint32_t wanted) {
        const std::uint32_t n = std::min(wanted, coroutines_left_);
        coroutines_left_ -= n;
        coroutines_ += n;
        return n;
    }

    Dice& dice_;
    std::uint32_t coroutines_left_ = 0, length_max_ = 0, spins_ = 0, processors_ = 0;
    Nanoseconds longest_ns_ = 0, total_ns_ = 0;
    std::uint32_t coroutines_ = 0;
};

}  // namespace

RandomTask make_up(Dice& dice, bool large, std::uint32_t spins, std::uint32_t processors) {
    return Author(dice, large, spins, processors).make_up();
}

}  // namespace homeroom::sim
