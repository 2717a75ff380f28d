// Every control by keyboard: a ring that goes from one to the next, and what a mouse would do
// there.
#pragma once

#include <string>

#include "app/ui.h"

namespace homeroom::app {

class KeyboardPointer {
public:
    // After a picture was drawn: F6 and Shift+F6 lead on and back in reading order, Enter clicks,
    // up and down do what the wheel does, Escape lets go. Draws the ring.
    void handle(const Ui& ui);

    const std::string& at() const { return at_; }  // the control's name; "": none

private:
    void go_on(const Ui& ui, bool back);

    std::string at_;
};

}  // namespace homeroom::app
