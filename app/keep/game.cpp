// Asking whom to call, and comparing with whom the run calls.
#include "app/keep/game.h"

#include <algorithm>
#include <string>

#include "sim/explain.h"

namespace homeroom::app {

bool Game::start(const sim::RunOptions& run, std::size_t position, Commands& commands) {
    if (!(run == run_)) picks_.clear();
    run_ = run;
    return ask_from(position, commands);
}

// Only calls where somebody else was ready as well: the others are no choice.
bool Game::ask_from(std::size_t position, Commands& commands) {
    question_.reset();
    picked_.reset();
    std::string error;
    const sim::Timeline* film = runs_.of(run_, error);
    on_ = film != nullptr;
    if (!on_) return false;
    for (std::size_t k = position; k < film->decisions(); ++k) {
        const sim::Step& step = film->step(film->step_of_decision(k));
        if (step.event.kind != EventKind::ran) continue;
        const sim::School before = sim::school_at_position(*film, k);
        if (sim::explain(*film, k, before, sim::Words::school).alternatives.empty()) continue;
        sim::QuestionSpec spec;
        spec.kind = sim::QuestionSpec::Kind::next;
        spec.table = step.table;
        question_ = sim::ask(spec, run_, k, runs_, sim::Words::school, error);
        if (!question_) continue;
        call_ = k;
        table_ = step.table;
        commands.push_back(command::ShowMoment{run_, k, true});
        return true;
    }
    return false;
}

void Game::answer(std::size_t choice, Commands& commands) {
    if (!open() || choice >= question_->choices.size()) return;
    picked_ = choice;
    Pick pick{call_, question_->choices[choice].student,
              question_->choices[question_->right].student};
    compare(pick);
    const auto place =
        std::lower_bound(picks_.begin(), picks_.end(), pick,
                         [](const Pick& a, const Pick& b) { return a.decision < b.decision; });
    // The first answer counts: whoever has seen it knows.
    if (place == picks_.end() || place->decision != pick.decision) picks_.insert(place, pick);
    commands.push_back(command::PlayTo{call_ + 1});
}

void Game::compare(Pick& pick) {
    std::string error;
    const sim::Timeline* film = runs_.of(run_, error);
    if (film == nullptr) return;
    const sim::School before = sim::school_at_position(*film, call_);
    std::vector<sim::StudentId> ready;
    for (const sim::Choice& choice : question_->choices) ready.push_back(choice.student);
    for (std::size_t i = 0; i < sim::call_policies.size(); ++i) {
        pick.picked_like[i] = sim::would_call(sim::call_policies[i], before, ready, pick.picked);
        pick.called_like[i] = sim::would_call(sim::call_policies[i], before, ready, pick.called);
    }
}

void Game::next(Commands& commands) {
    if (!on_ || open()) return;
    ask_from(call_ + 1, commands);
}

void Game::leave(Commands& commands, std::size_t position) {
    if (!on_) return;
    on_ = false;
    question_.reset();
    commands.push_back(command::PlayTo{position});  // nothing is held back any more
}

std::size_t Game::agreed() const {
    return static_cast<std::size_t>(std::count_if(picks_.begin(), picks_.end(),
                                                  [](const Pick& pick) { return pick.agrees(); }));
}

std::size_t Game::picked_like(sim::CallPolicy policy) const {
    return static_cast<std::size_t>(std::count_if(
        picks_.begin(), picks_.end(),
        [policy](const Pick& pick) { return pick.picked_like[static_cast<std::size_t>(policy)]; }));
}

std::size_t Game::called_like(sim::CallPolicy policy) const {
    return static_cast<std::size_t>(std::count_if(
        picks_.begin(), picks_.end(),
        [policy](const Pick& pick) { return pick.called_like[static_cast<std::size_t>(policy)]; }));
}

}  // namespace homeroom::app
