// Taking a lesson: which card is open, what has been answered, and what the film shall show for it.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/command.h"
#include "app/teach/progress.h"
#include "sim/language.h"
#include "sim/teach/script.h"

namespace homeroom::app {

// What a panel or a key wants of the lesson; carried out between two pictures.
struct TeachWish {
    enum class Kind : std::uint8_t { nothing, start, next, back, answer, reveal, leave };
    Kind kind = Kind::nothing;
    std::string lesson;      // start: its name
    std::size_t choice = 0;  // answer
};

class Teaching {
public:
    // `name` is what progress is kept under.
    Teaching(std::string name, std::unique_ptr<sim::Rehearsal> lesson, Progress& progress);

    // The same lesson in the language that is spoken now: card and answers stay. Null: it has none,
    // and stays as it is.
    void retell(std::unique_ptr<sim::Rehearsal> lesson);
    sim::Language language() const { return language_; }  // in which it was loaded

    // Once a picture: looks whether the run that is shown has come to the goal of the card.
    void look_at(const sim::Timeline& timeline, bool over, unsigned runs);
    // Of the card's goal, part by part; empty: it has none, or the run is not over yet.
    const std::vector<bool>& goal_parts() const { return goal_parts_; }
    bool goal_reached() const { return answers_[card_].reached; }

    // Carries a wish out; what the film shall do for it is added to `commands`.
    void apply(const TeachWish& wish, Commands& commands);
    // The card anew: its run, at its moment.
    void show_card(Commands& commands) const;

    const std::string& name() const { return name_; }
    const sim::Script& script() const { return lesson_->script(); }
    std::size_t card() const { return card_; }
    std::size_t cards() const { return lesson_->scenes().size(); }
    const sim::Scene& scene() const { return lesson_->scenes()[card_]; }
    const sim::Card& shown_card() const { return script().cards[card_]; }

    const sim::Question* question(sim::Words words) const {
        return lesson_->question(card_, words);
    }
    bool open() const;  // a question waits for its answer, and nothing beyond it is known yet
    bool revealed() const;
    std::optional<std::size_t> answer() const { return answers_[card_].choice; }
    std::vector<std::string> text(sim::Words words) { return lesson_->text(card_, words); }
    std::vector<std::string> after(sim::Words words) { return lesson_->after(card_, words); }

    // Of this sitting; a goal counts as a question.
    std::size_t answered() const;
    std::size_t right() const;
    std::size_t questions() const;

private:
    bool is_right(std::size_t card, std::size_t choice) const;

    std::string name_;
    std::unique_ptr<sim::Rehearsal> lesson_;
    Progress& progress_;
    std::size_t card_ = 0;
    struct Given {
        std::optional<std::size_t> choice;  // nothing: only revealed, as for a class that voted
        bool revealed = false;
        bool reached = false;  // its goal
    };
    std::vector<Given> answers_;
    sim::Language language_ = sim::spoken();
    std::vector<bool> goal_parts_;
    unsigned looked_at_ = 0;  // which run, when its end has been seen
};

}  // namespace homeroom::app
