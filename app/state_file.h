// Where what the program remembers is kept.
#pragma once

#include <string>

namespace homeroom::app {

// A file of that name in $XDG_STATE_HOME/homeroom, or below ~/.local/state; "" when neither is
// known.
std::string state_file(const std::string& name);

// Writes a file as a whole or not at all, and makes its folder. False: it could not be written.
bool write_state(const std::string& file, const std::string& text);

}  // namespace homeroom::app
