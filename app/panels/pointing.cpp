// Answering by a click in the scene, and what the scene shows for that: who can be chosen.
#include <algorithm>
#include <utility>
#include <vector>

#include "app/panels/asked.h"

namespace homeroom::app {
namespace {

// Whoever clicks a student in the picture who can be chosen has chosen it.
bool pointed_at(const sim::Choice& choice, StagePick picked) {
    switch (picked.kind) {
        case StagePick::student:
            return choice.student != sim::StudentId::none &&
                   picked.id == sim::index(choice.student);
        case StagePick::clipboard:
            return choice.clipboard != sim::ClipboardId::none &&
                   picked.id == sim::index(choice.clipboard);
        case StagePick::table:
            return choice.table != sim::TableId::none && picked.id == sim::index(choice.table);
        default:
            return false;
    }
}

void answer_lesson(const Desk& desk) {
    if (!desk.teaching->open()) return;
    const auto& choices = desk.teaching->question(desk.view.words)->choices;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (!pointed_at(choices[i], desk.view.selected)) continue;
        desk.view.selected = {};
        desk.teach = {TeachWish::Kind::answer, {}, i};
    }
}

}  // namespace

void answer_by_pointing(const Desk& desk) {
    StagePick& picked = desk.view.selected;
    const bool clicked = std::exchange(desk.view.clicked, false);
    if (desk.teaching != nullptr) return answer_lesson(desk);
    const auto asked = what_is_asked(desk);
    // What was selected before the question is no answer.
    if (!asked || !clicked) return;
    const auto meant = [&](const Offer& offer) { return offer.about == picked; };
    const auto& offers = asked->offers;
    if (std::count_if(offers.begin(), offers.end(), meant) != 1) return;
    const auto found = std::find_if(offers.begin(), offers.end(), meant);
    choose(desk, *asked, static_cast<std::size_t>(found - offers.begin()));
    picked = {};
}

std::vector<StagePick> can_be_chosen(const Desk& desk) {
    std::vector<StagePick> all;
    if (desk.teaching != nullptr) return all;
    if (const auto asked = what_is_asked(desk))
        for (const Offer& offer : asked->offers)
            if (offer.about.kind != StagePick::nothing) all.push_back(offer.about);
    return all;
}

void point_at_highlights(const Desk& desk, StageView& picture) {
    if (desk.teaching == nullptr) return;
    for (const sim::Highlight& highlight : desk.teaching->shown_card().shows) {
        if (highlight.kind == sim::Highlight::Kind::table)
            picture.selected = {StagePick::table, highlight.id};
        if (highlight.kind == sim::Highlight::Kind::clipboard)
            picture.selected = {StagePick::clipboard, highlight.id};
    }
}

}  // namespace homeroom::app
