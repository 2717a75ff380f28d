// The window's fonts at the size that the window asks for.
#pragma once

#include <imgui.h>

#include <cstddef>
#include <string_view>

#include "sim/language.h"

namespace homeroom::app {

struct Fonts {
    ImFont* regular = nullptr;
    ImFont* bold = nullptr;
    ImFont* small = nullptr;
    ImFont* large = nullptr;  // the caption's
    ImFont* mono = nullptr;   // names of functions
    float scale = 0;          // that they were made for
    sim::Language language = sim::Language::english;
    std::size_t learnt = 0;  // how many signs had been learnt

    // Builds ImGui's atlas anew if `wanted` differs: between frames only. True: the renderer must
    // fetch the atlas again.
    bool fit(float wanted, sim::Language wanted_language);

    // Whether there is a font for its script.
    static bool can_write(sim::Language language);

    // Signs of a text that somebody else has written: a lesson of a teacher's own, a note. The next
    // fit() has those that any of the fonts has.
    static void learn(std::string_view text);
};

}  // namespace homeroom::app
