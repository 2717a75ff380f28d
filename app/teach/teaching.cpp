// Taking a lesson, card by card.
#include "app/teach/teaching.h"

#include <algorithm>
#include <utility>

namespace homeroom::app {

Teaching::Teaching(std::string name, std::unique_ptr<sim::Rehearsal> lesson, Progress& progress)
    : name_(std::move(name)),
      lesson_(std::move(lesson)),
      progress_(progress),
      answers_(lesson_->scenes().size()) {}

void Teaching::retell(std::unique_ptr<sim::Rehearsal> lesson) {
    language_ = sim::spoken();
    if (lesson && lesson->scenes().size() == answers_.size()) lesson_ = std::move(lesson);
}

void Teaching::look_at(const sim::Timeline& timeline, bool over, unsigned runs) {
    const auto& goal = shown_card().goal;
    if (!goal || !over || looked_at_ != runs) goal_parts_.clear();
    if (!goal || !over || looked_at_ == runs) return;
    looked_at_ = runs;
    for (const sim::Goal::Part& part : goal->parts)
        goal_parts_.push_back(sim::reached(part, timeline));
    const bool all = std::all_of(goal_parts_.begin(), goal_parts_.end(), [](bool b) { return b; });
    if (!all || answers_[card_].reached) return;
    answers_[card_].reached = true;
    progress_.note(name_, card_, true);
}

bool Teaching::revealed() const {
    return question(sim::Words::school) != nullptr && answers_[card_].revealed;
}

bool Teaching::open() const {
    return question(sim::Words::school) != nullptr && !answers_[card_].revealed;
}

void Teaching::show_card(Commands& commands) const {
    const sim::Scene& scene = lesson_->scenes()[card_];
    commands.push_back(command::ShowMoment{scene.run, scene.position, open()});
}

void Teaching::apply(const TeachWish& wish, Commands& commands) {
    using Kind = TeachWish::Kind;
    switch (wish.kind) {
        case Kind::next:
            // A clicker has no other key: what nobody has answered is shown first.
            if (open()) return apply({Kind::reveal, {}, 0}, commands);
            if (card_ + 1 == cards()) return;
            ++card_;
            looked_at_ = 0;
            return show_card(commands);
        case Kind::back:
            if (card_ == 0) return;
            --card_;
            looked_at_ = 0;
            return show_card(commands);
        case Kind::answer: {
            const sim::Question* asked = question(sim::Words::school);
            if (!open() || wish.choice >= asked->choices.size()) return;
            answers_[card_].choice = wish.choice;
            progress_.note(name_, card_, is_right(card_, wish.choice));
            return apply({Kind::reveal, {}, 0}, commands);
        }
        case Kind::reveal:
            if (!open()) return;
            answers_[card_].revealed = true;
            commands.push_back(command::PlayTo{question(sim::Words::school)->shown_at});
            return;
        default:
            return;
    }
}

bool Teaching::is_right(std::size_t card, std::size_t choice) const {
    return lesson_->question(card, sim::Words::school)->right == choice;
}

std::size_t Teaching::answered() const {
    return static_cast<std::size_t>(
        std::count_if(answers_.begin(), answers_.end(),
                      [](const Given& given) { return given.choice || given.reached; }));
}

std::size_t Teaching::right() const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < answers_.size(); ++i)
        count += answers_[i].reached || (answers_[i].choice && is_right(i, *answers_[i].choice))
                     ? 1u
                     : 0u;
    return count;
}

std::size_t Teaching::questions() const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < answers_.size(); ++i)
        count +=
            script().cards[i].goal || lesson_->question(i, sim::Words::school) != nullptr ? 1u : 0u;
    return count;
}

}  // namespace homeroom::app
