// Be the scheduler: whom would you call? The card asks, tells what the run did, and keeps the
// score.
#include <algorithm>
#include <cstdio>
#include <string>

#include "app/panels/panels.h"
#include "sim/glossary.h"

namespace homeroom::app {
namespace {

using Kind = Wish::Kind;

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

void draw_choices(const Desk& desk, float width) {
    Ui& ui = desk.ui;
    const auto& choices = desk.session.game().question()->choices;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        char name[32];
        std::snprintf(name, sizeof name, "game.%zu", i + 1);
        const std::string label = std::to_string(i + 1) + "  " + label_of(desk, choices[i].student);
        const std::string tip =
            std::string(sim::tr("Choose this one.")) + "  " + std::to_string(i + 1);
        if (ui.button(name, label.c_str(), tip.c_str(), width / ui.px(1))) desk.wish(Kind::pick, i);
        if (ImGui::IsItemHovered())
            desk.view.pointing = {StagePick::student,
                                  static_cast<std::uint32_t>(choices[i].student)};
    }
}

void draw_outcome(const Desk& desk) {
    Ui& ui = desk.ui;
    const Game& game = desk.session.game();
    const sim::Question& question = *game.question();
    const sim::StudentId called = question.choices[question.right].student;
    const bool right = game.picked() == question.right;
    ImGui::PushStyleColor(ImGuiCol_Text, right ? ui.theme().running : ui.theme().alert);
    ui.heading(
        right ? sim::tr("✓ So does the scheduler.")
              : sim::phrase("× The scheduler calls {a}.", {{'a', name_of(called, desk.view.words)}})
                    .c_str());
    ImGui::PopStyleColor();
    // The reason of the shown decision is that of the call once the film has come to it.
    if (desk.player.position() == game.call() + 1 && !desk.reason.rule.empty())
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

void draw_game(const Desk& desk) {
    const Game& game = desk.session.game();
    if (!game.on() || desk.teaching != nullptr) return;
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
    if (ui.close_button("game.close", "Leave the game.  Esc")) desk.wish(Kind::leave_game);
    if (game.open()) {
        ui.paragraph(sim::capital(sim::phrase(desk.field_words()
                                                  ? "{t} is free. Which coroutine does it run?"
                                                  : "{t} is free. Whom does it call?",
                                              {{'t', name_of(game.table(), desk.view.words)}}))
                         .c_str());
        draw_choices(desk, ImGui::GetContentRegionAvail().x);
    } else if (game.over()) {
        ui.paragraph(desk.say("From here on nobody is called while others are ready.",
                              "From here on nothing runs while others are runnable."));
    } else {
        draw_outcome(desk);
    }
    if (!game.open()) {
        if (!game.over() && ui.button("game.next", "Next", "The next choice.  G"))
            desk.wish(Kind::next_pick);
        ImGui::BeginChild("record", {0, ImGui::GetContentRegionAvail().y - row});
        draw_record(desk);
        ImGui::EndChild();
    }
    ui.dim(sim::phrase(
               "like the scheduler: {n} of {m}",
               {{'n', std::to_string(game.agreed())}, {'m', std::to_string(game.picks().size())}})
               .c_str());
    ui.end_card();
    ImGui::PopStyleColor();
}

}  // namespace homeroom::app
