// Small signs that read without colour.
#pragma once

#include <imgui.h>

#include <cstdint>

#include "app/stage/brush.h"

namespace homeroom::app {

enum class Glyph : std::uint8_t {
    play,       // is taught
    dots,       // decides, or is ready
    lens,       // searches
    hourglass,  // waits
    zzz,        // sleeps
    phone,      // on an errand
    check,      // finished
    padlock,
    letter,
    list,
    bell,
    door,
    cross,
};
// `size` is the side of its square.
void draw_glyph(ListBrush& brush, Glyph glyph, ImVec2 centre, float size, ImU32 colour);
// The same in a round badge.
void draw_badge(ListBrush& brush, Glyph glyph, ImVec2 centre, float size, ImU32 fill);

}  // namespace homeroom::app
