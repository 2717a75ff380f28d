// What the user is asked while the film waits: whom would you call, or what happens next. In a
// pocket it stands in the caption's place, so that the scene, where the candidates are, stays in
// sight.
#pragma once

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

struct Asked {
    const char* name;  // of its controls: name.1, name.2, …
    std::string prompt;
    ImU32 ink;
    std::vector<Offer> offers;  // none: it has been answered
    bool next = false;          // there may be another question
    std::string score;
    const char *close, *close_tip;  // the cross
};

// What is asked just now; nothing: nothing is.
std::optional<Asked> asked_by_game(const Desk& desk);
std::optional<Asked> asked_what_if(const Desk& desk);
std::optional<Asked> what_is_asked(const Desk& desk);

// Chooses one of the offers, or ends the asking.
void choose(const Desk& desk, const Asked& asked, std::size_t offer);
void stop_asking(const Desk& desk, const Asked& asked);

// In a pocket, instead of the caption: how high that is in pixels, and the thing itself.
float asked_height(const Desk& desk, const Asked& asked, float width);
void draw_asked(const Desk& desk, const Asked& asked, const Box& box);

}  // namespace homeroom::app
