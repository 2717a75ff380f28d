// What the user is asked while the film waits: whom would you call, or what happens next. It stands
// in the caption's place, so that all of the scene, where the candidates are, stays in sight.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/panels/panels.h"

namespace homeroom::app {

// One of the things that can be chosen.
struct Offer {
    std::string label;  // with its key before it, where it has one
    std::string brief;  // the same where there is little room
    std::string tip;
    StagePick about;  // whom it is about; a click on them chooses it, if it is the only one
};

// An answer that was given before; a click goes to its decision.
struct Given {
    std::string label, tip;
    std::size_t position;
};

struct Asked {
    const char* name;  // of its controls: name.1, name.2, …; name.pick1, …
    std::string prompt;
    ImU32 ink;
    std::vector<Offer> offers;  // none: it has been answered
    bool next = false;          // there may be another question
    std::vector<Given>
        given;  // the last of them, as many as fit; all when there is no question any more
    std::string score;
    std::string comparison;         // a longer score, at the mouse
    const char *close, *close_tip;  // the cross
};

// What is asked just now; nothing: nothing is.
std::optional<Asked> asked_by_game(const Desk& desk);
std::optional<Asked> asked_what_if(const Desk& desk);
std::optional<Asked> what_is_asked(const Desk& desk);

// Chooses one of the offers.
void choose(const Desk& desk, const Asked& asked, std::size_t offer);

// How high it is in pixels, and the thing itself.
float asked_height(const Desk& desk, const Asked& asked, float width);
void draw_asked(const Desk& desk, const Asked& asked, const Box& box);

}  // namespace homeroom::app
