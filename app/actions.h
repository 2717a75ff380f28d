// All that can be done by a key, with its name: for the sheet of commands (Ctrl+K).
#pragma once

#include <span>

#include "app/panels/panels.h"

namespace homeroom::app {

struct Action {
    const char* name;
    const char* key;
    void (*act)(const Desk& desk);
};

std::span<const Action> actions();

}  // namespace homeroom::app
