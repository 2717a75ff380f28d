// Be the scheduler: whom would you call? The card asks, tells what the run did, and keeps the
// score.
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

void draw_choices(const Desk& desk, const Asked& asked, float width) {
    Ui& ui = desk.ui;
    for (std::size_t i = 0; i < asked.offers.size(); ++i) {
        const Offer& offer = asked.offers[i];
        const std::string name = "game." + std::to_string(i + 1);
        if (ui.button(name.c_str(), offer.label.c_str(), offer.tip.c_str(), width / ui.px(1)))
            choose(desk, asked, i);
        if (ImGui::IsItemHovered()) desk.view.pointing = offer.about;
    }
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

void draw_outcome(const Desk& desk) {
    Ui& ui = desk.ui;
    ImGui::PushStyleColor(ImGuiCol_Text, ink_of_outcome(desk));
    ui.heading(outcome_of(desk).c_str());
    ImGui::PopStyleColor();
    // The reason of the shown decision is that of the call once the film has come to it.
    if (desk.player.position() == desk.session.game().call() + 1 && !desk.reason.rule.empty())
        ui.paragraph(sim::plain(desk.reason.rule).c_str());
}

// All that was picked; a click goes there.
void draw_record(const Desk& desk) {
    Ui& ui = desk.ui;
    const Game& game = desk.session.game();
    std::size_t number = 0;
    for (const Game::Pick& pick : game.picks()) {
        const std::string name = "game.pick" + std::to_string(++number);
        const std::string text =
            (pick.agrees() ? "✓ " : "× ") +
            (pick.agrees()
                 ? sim::phrase("{n}: both {a}", {{'n', with_commas(pick.decision + 1)},
                                                 {'a', name_of(pick.called, desk.view.words)}})
                 : sim::phrase("{n}: you {a}, it {b}",
                               {{'n', with_commas(pick.decision + 1)},
                                {'a', name_of(pick.picked, desk.view.words)},
                                {'b', name_of(pick.called, desk.view.words)}}));
        if (ui.link(name.c_str(), text.c_str(), "Go to this decision."))
            desk.want(command::Seek{pick.decision + 1});
    }
}

}  // namespace

std::optional<Asked> asked_by_game(const Desk& desk) {
    const Game& game = desk.session.game();
    if (!game.on() || desk.teaching != nullptr) return {};
    Asked asked{"game",
                {},
                desk.ui.theme().text,
                {},
                !game.over(),
                game.picks().empty() ? std::string() : score_of(game),
                "game.close",
                "Leave the game.  Esc"};
    if (game.over()) {
        asked.prompt = desk.say("From here on nobody is called while others are ready.",
                                "From here on nothing runs while others are runnable.");
    } else if (!game.open()) {
        asked.prompt = outcome_of(desk);
        asked.ink = ink_of_outcome(desk);
    }
    if (!game.open()) return asked;
    asked.next = false;
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

void draw_game(const Desk& desk) {
    const std::optional<Asked> asked = asked_by_game(desk);
    if (!asked || desk.layout.pocket) return;
    const Game& game = desk.session.game();
    Ui& ui = desk.ui;
    const Box& scene = desk.layout.scene;
    const float row = ImGui::GetFrameHeightWithSpacing();
    const std::size_t choices = game.open() ? game.question()->choices.size() : 3;
    const std::size_t record = game.open() ? 0 : std::min<std::size_t>(game.picks().size(), 5);
    const float width = std::min(ui.px(330), scene.width() - ui.px(24));
    const float height = std::min(
        row * static_cast<float>(choices + 2) + ui.px(36) + ui.px(23) * static_cast<float>(record),
        scene.height() - ui.px(24));
    const ImVec2 at{scene.max.x - width - ui.px(12), scene.max.y - height - ui.px(12)};
    ImGui::PushStyleColor(ImGuiCol_Border, ui.theme().accent);
    ui.begin_overlay("game", {at, {at.x + width, at.y + height}});
    ui.heading("You are the scheduler");
    if (ui.close_button("game.close", "Leave the game.  Esc")) desk.wish(WishKind::leave_game);
    if (game.open()) {
        ui.paragraph(asked->prompt.c_str());
        draw_choices(desk, *asked, ImGui::GetContentRegionAvail().x);
    } else if (game.over()) {
        ui.paragraph(asked->prompt.c_str());
    } else {
        draw_outcome(desk);
    }
    if (!game.open()) {
        if (!game.over() && ui.button("game.next", "Next", "The next choice.  G"))
            desk.wish(WishKind::next_pick);
        ImGui::BeginChild("record", {0, ImGui::GetContentRegionAvail().y - row});
        draw_record(desk);
        ImGui::EndChild();
    }
    ui.dim(score_of(game).c_str());
    ui.end_card();
    ImGui::PopStyleColor();
}

}  // namespace homeroom::app
