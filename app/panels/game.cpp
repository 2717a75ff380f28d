// Be the scheduler: whom would you call? It asks, tells what the run did, and keeps the score.
#include <algorithm>
#include <string>

#include "app/panels/asked.h"
#include "sim/glossary.h"

namespace homeroom::app {
namespace {

using WishKind = Wish::Kind;

// "student 4, on clipboard 1".
std::string label_of(const Desk& desk, sim::StudentId id) {
    using State = sim::Student::State;
    const std::string name = name_of(id, desk.view.words);
    const sim::Student* student = desk.player.now().find(id);
    if (student == nullptr) return name;
    const bool on_list = student->state == State::listed || student->state == State::top_line;
    const char* text = !on_list                          ? "{a}, {b}"
                       : student->state == State::listed ? "{a}, on {b}"
                                                         : "{a}, top of {b}";
    return sim::phrase(text, {{'a', name},
                              {'b', on_list ? name_of(student->clipboard, desk.view.words)
                                            : word_of(student->state, desk.view.words)}});
}

std::string outcome_of(const Desk& desk) {
    const Game& game = desk.session.game();
    const sim::Question& question = *game.question();
    if (game.picked() == question.right) return sim::tr("✓ So does the scheduler.");
    return sim::phrase("× The scheduler calls {a}.",
                       {{'a', name_of(question.choices[question.right].student, desk.view.words)}});
}

ImU32 ink_of_outcome(const Desk& desk) {
    const Game& game = desk.session.game();
    const Theme& t = desk.ui.theme();
    return game.picked() == game.question()->right ? t.running : t.alert;
}

std::string score_of(const Game& game) {
    return sim::phrase(
        "like the scheduler: {n} of {m}",
        {{'n', std::to_string(game.agreed())}, {'m', std::to_string(game.picks().size())}});
}

// How often both would have been whom each policy calls.
std::string comparison_of(const Desk& desk) {
    using Policy = sim::CallPolicy;
    const Game& game = desk.session.game();
    const auto number = [](std::size_t n) { return std::to_string(n); };
    return sim::phrase(
        desk.field_words()
            ? "Of {m} picks {n} were the scheduler's own; first come, first served would have "
              "picked {a} of yours, last come, first served {b}, least time so far {c}. Of the "
              "scheduler's: {d}, {e} and {f}."
            : "Of {m} calls {n} were the scheduler's own; who goes by the longest wait would have "
              "made {a} of yours, by who came last {b}, by who was taught least {c}. Of the "
              "scheduler's: {d}, {e} and {f}.",
        {{'m', number(game.picks().size())},
         {'n', number(game.agreed())},
         {'a', number(game.picked_like(Policy::longest_wait))},
         {'b', number(game.picked_like(Policy::last_come))},
         {'c', number(game.picked_like(Policy::least_taught))},
         {'d', number(game.called_like(Policy::longest_wait))},
         {'e', number(game.called_like(Policy::last_come))},
         {'f', number(game.called_like(Policy::least_taught))}});
}

// All that was picked, in the order of the run.
std::vector<Given> given_in(const Desk& desk) {
    std::vector<Given> all;
    for (const Game::Pick& pick : desk.session.game().picks()) {
        const std::string number = with_commas(pick.decision + 1);
        const std::string words =
            pick.agrees()
                ? sim::phrase("{n}: both {a}",
                              {{'n', number}, {'a', name_of(pick.called, desk.view.words)}})
                : sim::phrase("{n}: you {a}, it {b}",
                              {{'n', number},
                               {'a', name_of(pick.picked, desk.view.words)},
                               {'b', name_of(pick.called, desk.view.words)}});
        all.push_back({(pick.agrees() ? "✓ " : "× ") + number,
                       words + "\n" + sim::tr("Go to this decision."), pick.decision + 1});
    }
    return all;
}

}  // namespace

std::optional<Asked> asked_by_game(const Desk& desk) {
    const Game& game = desk.session.game();
    if (!game.on() || desk.teaching != nullptr) return {};
    Asked asked{"game",
                {},
                desk.ui.theme().text,
                {},
                !game.over() && !game.open(),
                given_in(desk),
                game.picks().empty() ? std::string() : score_of(game),
                game.picks().empty() ? std::string() : comparison_of(desk),
                "game.close",
                "Leave the game.  Esc"};
    if (game.over()) {
        asked.prompt = desk.say("From here on nobody is called while others are ready.",
                                "From here on nothing runs while others are runnable.");
        if (!game.picks().empty()) asked.prompt += "\n" + asked.comparison;
    } else if (!game.open()) {
        asked.prompt = outcome_of(desk);
        asked.ink = ink_of_outcome(desk);
    }
    if (!game.open()) return asked;
    asked.prompt =
        sim::capital(sim::phrase(desk.field_words() ? "{t} is free. Which coroutine does it run?"
                                                    : "{t} is free. Whom does it call?",
                                 {{'t', name_of(game.table(), desk.view.words)}}));
    for (const sim::Choice& choice : game.question()->choices) {
        const std::string key = std::to_string(asked.offers.size() + 1);
        const std::string where = label_of(desk, choice.student);
        asked.offers.push_back({key + "  " + where,
                                key + "  " + name_of(choice.student, desk.view.words),
                                where + "\n" + sim::tr("Choose this one.") + "  " + key,
                                {StagePick::student, static_cast<std::uint32_t>(choice.student)}});
    }
    return asked;
}

}  // namespace homeroom::app
