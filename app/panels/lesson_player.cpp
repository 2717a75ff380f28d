// The open card of a lesson: what it tells, what it asks, and after the answer, why.
#include <algorithm>
#include <string>
#include <utility>

#include "app/panels/panels.h"
#include "app/teach/markup.h"
#include "app/wrap.h"
#include "sim/glossary.h"

namespace homeroom::app {
namespace {

using TeachKind = TeachWish::Kind;

// A wide button with a text that may take several lines. Its look says how the answer stands.
enum class Look : std::uint8_t { open, right, wrong, other };

bool draw_choice(const Desk& desk, std::size_t number, const sim::Choice& choice, Look look) {
    Ui& ui = desk.ui;
    const Theme& t = ui.theme();
    std::string name = "teach.answer." + std::to_string(number + 1);
    std::string text = choice.text;
    if (look != Look::open && !choice.note.empty()) text += " — " + choice.note;
    const unsigned votes = number < desk.view.votes.size() ? desk.view.votes[number] : 0;
    if (votes > 0) text += "   [" + sim::counted(votes, "vote", "votes") + "]";
    const float pad = ui.px(7), left = ui.px(30), width = ImGui::GetContentRegionAvail().x;
    text = wrapped(in_quotes(text), *ImGui::GetFont(), ImGui::GetFontSize(), width - left - pad);
    ImVec2 extent = ImGui::CalcTextSize(text.c_str(), nullptr, false, width - left - pad);
    ImVec2 at = ImGui::GetCursorScreenPos(), size{width, extent.y + 2 * pad};
    ImGui::BeginDisabled(look != Look::open);
    bool pressed = ui.area(name.c_str(), size);
    bool hovered = ImGui::IsItemHovered();
    ImGui::EndDisabled();
    if (look == Look::open)
        ui.tip((std::string(sim::tr("Answer.")) + "  " + std::to_string(number + 1)).c_str());
    ImDrawList* list = ImGui::GetWindowDrawList();
    ImU32 fill = look == Look::right   ? t.accent
                 : look == Look::wrong ? mix(t.panel, t.alert, 0.18f)
                 : look == Look::other ? t.panel
                 : hovered             ? t.control_hover
                                       : t.control;
    ImU32 ink = look == Look::right ? t.text_on_accent : look == Look::other ? t.text_dim : t.text;
    list->AddRectFilled(at, {at.x + size.x, at.y + size.y}, fill, ui.px(7));
    if (look == Look::wrong || look == Look::other)
        list->AddRect(at, {at.x + size.x, at.y + size.y},
                      look == Look::wrong ? t.alert : t.panel_edge, ui.px(7));
    const std::string digit = std::to_string(number + 1);
    const char* mark = look == Look::right ? "✓" : look == Look::wrong ? "×" : digit.c_str();
    list->AddText(ui.fonts().bold, ui.fonts().bold->FontSize, {at.x + pad, at.y + pad}, ink, mark);
    list->AddText(ImGui::GetFont(), ImGui::GetFontSize(), {at.x + left, at.y + pad}, ink,
                  text.c_str(), nullptr, width - left - pad);
    return pressed;
}

// What the choices say themselves after the answer, with a note each, is not said again.
bool told_by_notes(const sim::Question& question) {
    std::size_t notes = 0;
    for (const sim::Choice& choice : question.choices) {
        if (choice.note.empty()) continue;
        if (question.because.find(choice.note) == std::string::npos) return false;
        ++notes;
    }
    return notes > 1;
}

void draw_question(const Desk& desk, const sim::Question& question) {
    Ui& ui = desk.ui;
    const Teaching& lesson = *desk.teaching;
    ImGui::PushFont(ui.fonts().bold);
    ui.paragraph(in_quotes(question.prompt).c_str());
    ImGui::PopFont();
    bool open = lesson.open();
    for (std::size_t i = 0; i < question.choices.size(); ++i) {
        Look look = open                   ? Look::open
                    : i == question.right  ? Look::right
                    : lesson.answer() == i ? Look::wrong
                                           : Look::other;
        if (draw_choice(desk, i, question.choices[i], look))
            desk.teach = {TeachKind::answer, {}, i};
    }
    // Who presses a clicker cannot scroll: what is told with the answer comes into sight.
    const bool was_open =
        std::exchange(*ImGui::GetStateStorage()->GetBoolRef(ImGui::GetID("open")), open);
    if (was_open && !open) ImGui::SetScrollHereY(0.3f);
    unsigned all = 0;
    for (unsigned votes : desk.view.votes) all += votes;
    if (open) {
        ui.toggle("teach.vote", "votes of the class", desk.view.voting,
                  "While this is on the number keys count votes; Backspace begins anew.  Y");
        return;
    }
    if (all > 0) {
        const unsigned right =
            question.right < desk.view.votes.size() ? desk.view.votes[question.right] : 0;
        ui.paragraph(sim::phrase("{n} of {m} votes were right.",
                                 {{'n', std::to_string(right)}, {'m', std::to_string(all)}})
                         .c_str());
    }
    if (lesson.answer()) {
        ImGui::PushFont(ui.fonts().bold);
        ui.paragraph(*lesson.answer() == question.right ? sim::tr("Right.") : sim::tr("Not so."));
        ImGui::PopFont();
    }
    if (!question.because.empty() && !told_by_notes(question))
        ui.paragraph(in_quotes(question.because).c_str());
    for (const std::string& text : desk.teaching->after(desk.view.words))
        ui.paragraph(in_quotes(text).c_str());
}

// What the run that is shown has to come to, and whether it does.
void draw_goal(const Desk& desk) {
    Ui& ui = desk.ui;
    const Teaching& lesson = *desk.teaching;
    const auto& goal = lesson.shown_card().goal;
    if (!goal) return;
    const std::vector<bool>& parts = lesson.goal_parts();
    const bool changed = !(desk.player.run() == lesson.scene().run);
    ui.label(sim::tr(lesson.goal_reached() ? "Goal: reached" : "Goal"));
    for (std::size_t i = 0; i < goal->parts.size(); ++i) {
        const bool known = changed && i < parts.size();
        ImGui::PushStyleColor(ImGuiCol_Text, !known     ? ui.theme().text
                                             : parts[i] ? ui.theme().running
                                                        : ui.theme().alert);
        ui.paragraph(((!known     ? "… "
                       : parts[i] ? "✓ "
                                  : "× ") +
                      sim::words_of(goal->parts[i], desk.view.words))
                         .c_str());
        ImGui::PopStyleColor();
    }
}

// Two in a row, where both have room.
void draw_rules_in_rows(const Desk& desk, sim::RunOptions& run) {
    Ui& ui = desk.ui;
    const float half = ImGui::GetContentRegionAvail().x / 2, left = ImGui::GetCursorPosX();
    bool second = false;
    for (const sim::RuleInfo& rule : sim::rule_infos()) {
        std::string label = rule.name;
        std::replace(label.begin(), label.end(), '-', ' ');
        ImFont* font = ui.fonts().small;
        const float wide =
            font->CalcTextSizeA(font->FontSize, 1e6f, 0, sim::tr(label.c_str())).x + ui.px(36);
        second = second && wide <= half;
        if (second) ImGui::SameLine(left + half);
        ui.toggle((std::string("try.") + rule.name).c_str(), label.c_str(), run.rules.*rule.field,
                  desk.say(rule.school_words, rule.field_words));
        second = !second && wide <= half;
    }
}

void draw_tries(const Desk& desk) {
    Ui& ui = desk.ui;
    sim::RunOptions run = desk.player.run();
    draw_goal(desk);
    for (const std::string& name : desk.teaching->shown_card().tries) {
        if (name == "teachers")
            ui.slider("try.teachers", desk.say("teachers", "cores"), run.teachers, 1,
                      sim::teachers_max, false, "How many.");
        if (name == "clipboards")
            ui.slider("try.clipboards", desk.say("clipboards", "processors"), run.clipboards, 1,
                      sim::clipboards_max, false, "How many.");
        if (name == "students")
            ui.slider("try.students", desk.say("students", "coroutines"), run.students, 1,
                      std::max(1'000u, run.students), true, "How many.");
        if (name == "length") {
            auto length_us = static_cast<std::uint32_t>(
                std::clamp<std::int64_t>(run.lesson_ns / 1'000, 1, 100'000));
            if (ui.slider("try.length", "work, us", length_us, 1, 100'000, true,
                          "How long one stretch of work takes, in microseconds."))
                run.lesson_ns = std::int64_t{length_us} * 1'000;
        }
        if (name == "seed" && ui.button("try.seed", "another seed", "Another run.  Shift+R"))
            run.seed = next_seed(run.seed);
        if (name == "policy") draw_kernel(desk, run);
        if (name == "program") draw_program(desk, run);
        if (name == "rules") draw_rules_in_rows(desk, run);
    }
    if (!(run == desk.player.run())) desk.want(command::ChangeRun{run});
}

}  // namespace

void draw_lesson_player(const Desk& desk) {
    Ui& ui = desk.ui;
    Teaching& lesson = *desk.teaching;
    float row = ImGui::GetFrameHeightWithSpacing() + ui.px(4);
    const std::string place = sim::phrase("card {a} of {b},  {c} of {d} right",
                                          {{'a', std::to_string(lesson.card() + 1)},
                                           {'b', std::to_string(lesson.cards())},
                                           {'c', std::to_string(lesson.right())},
                                           {'d', std::to_string(lesson.questions())}});
    ImGui::PushFont(ui.fonts().small);
    ui.dim(place.c_str());
    ImGui::PopFont();
    // The top of a new card is seen first.
    ImGui::PushID(static_cast<int>(lesson.card()));
    ImGui::BeginChild("card", {0, ImGui::GetContentRegionAvail().y - row});
    ImGui::PushFont(ui.fonts().bold);
    ui.paragraph(lesson.shown_card().title.c_str());  // may take two lines
    ImGui::PopFont();
    for (const std::string& text : lesson.text(desk.view.words))
        ui.paragraph(in_quotes(text).c_str());
    if (const sim::Question* question = lesson.question(desk.view.words))
        draw_question(desk, *question);
    draw_tries(desk);
    ImGui::EndChild();
    ImGui::PopID();
    float third = (ImGui::GetContentRegionAvail().x - 2 * ImGui::GetStyle().ItemSpacing.x) / 3;
    ImGui::BeginDisabled(lesson.card() == 0);
    if (ui.button("teach.back", "Back", "The card before.  Page Up", third / ui.px(1)))
        desk.teach.kind = TeachKind::back;
    ImGui::EndDisabled();
    ImGui::SameLine();
    if (ui.button("teach.leave", "Leave", "Ends the lesson; the run stays.", third / ui.px(1)))
        desk.teach.kind = TeachKind::leave;
    ImGui::SameLine();
    bool last = lesson.card() + 1 == lesson.cards();
    ImGui::BeginDisabled(lesson.open() || last);
    if (ui.button("teach.next", "Next",
                  lesson.open() ? "First answer; or Page Down shows the answer."
                                : "The next card.  Page Down",
                  third / ui.px(1)))
        desk.teach.kind = TeachKind::next;
    ImGui::EndDisabled();
}

void draw_highlights(const Desk& desk) {
    if (desk.teaching == nullptr || desk.view.course) return;
    using Thing = sim::Highlight::Kind;
    Ui& ui = desk.ui;
    ImDrawList* list = ImGui::GetForegroundDrawList();
    const Box& scene = desk.layout.scene;
    list->PushClipRect(scene.min, scene.max, true);
    for (const sim::Highlight& highlight : desk.teaching->shown_card().shows) {
        StagePick::Kind kind = highlight.kind == Thing::student   ? StagePick::student
                               : highlight.kind == Thing::teacher ? StagePick::teacher
                               : highlight.kind == Thing::bench   ? StagePick::bench
                               : highlight.kind == Thing::monitor ? StagePick::monitor
                                                                  : StagePick::nothing;
        ImVec2 centre;
        if (kind == StagePick::nothing || !desk.stage.where({kind, highlight.id}, centre)) continue;
        float radius = ui.px(kind == StagePick::student ? 26 : 46);
        list->AddCircle(centre, radius, with_alpha(ui.theme().accent, 0.9f), 0, ui.px(3.5f));
        list->AddCircle(centre, radius + ui.px(3), with_alpha(ui.theme().panel, 0.8f), 0, ui.px(2));
    }
    list->PopClipRect();
}

}  // namespace homeroom::app
