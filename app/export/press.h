// Keys that are pressed before a picture is taken: --press k,shift+r,end.
#pragma once

#include <imgui.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace homeroom::app {

struct KeyPress {
    ImGuiKey key = ImGuiKey_None;  // none: only the character
    bool ctrl = false, shift = false;
    unsigned character = 0;  // what a keyboard would send with it; 0: nothing
};

// "ctrl+e,/,7,pagedown": letters, digits, signs and ImGui's names of keys, with ctrl+ or shift+
// before them. On failure nothing, and one line in `error`.
std::optional<std::vector<KeyPress>> parse_keys(std::string_view text, std::string& error);

// Presses them one after another; `draw` draws a picture.
void press_keys(const std::vector<KeyPress>& keys, const std::function<void()>& draw);

}  // namespace homeroom::app
