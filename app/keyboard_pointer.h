// Every control by keyboard: a ring that goes from one to the next, and what a mouse would do
// there.
#pragma once

#include <map>
#include <string>

#include "app/ui.h"

namespace homeroom::app {

class KeyboardPointer {
public:
    // After a picture was drawn: F6 and Shift+F6 lead on and back in reading order, Enter clicks,
    // up and down do what the wheel does, Escape lets go. Draws the ring. `arrows_lead`: they go
    // to the next control in their direction instead.
    void handle(Ui& ui, bool arrows_lead);

    const std::string& at() const { return at_; }  // the control's name; "": none

private:
    void go_on(const std::map<std::string, Box>& among, float line, bool back);
    void go_towards(const Ui& ui, ImVec2 way);

    std::string at_;
};

}  // namespace homeroom::app
