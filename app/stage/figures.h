// People and small signs, drawn from simple shapes.
#pragma once

#include <imgui.h>

#include <cstdint>

#include "app/palette.h"
#include "app/stage/brush.h"
#include "app/stage/floor_plan.h"

namespace homeroom::app {

enum class Eyes : std::uint8_t { open, closed };

// How a student looks in general, whatever he or she does just now.
struct Looks {
    ImU32 shirt = 0, hair = 0, skin = 0;
    std::uint32_t style = 0;  // of hair, below hair_styles
};
inline constexpr std::uint32_t hair_styles = 5;
Looks looks_of(sim::StudentId id);

// Head and shoulders; `height` is all of it, about 0.8 times as wide. `centre` is its middle.
template <class Brush>
void draw_bust(Brush& brush, ImVec2 centre, float height, const Looks& looks, Eyes eyes);
// Only the head, for lists; `height` is its diameter.
template <class Brush>
void draw_head(Brush& brush, ImVec2 centre, float height, const Looks& looks, Eyes eyes);

// The flat cap of somebody who has finished, on a bust of that height.
template <class Brush>
void draw_graduate_cap(Brush& brush, ImVec2 centre, float height, ImU32 colour);

struct TeacherPose {
    bool pointing = false;  // towards the left, where the student sits
    bool resting = false;   // with a mug
    float stride = 0;       // 0: stands; else the phase of walking, in radians
};
// Standing person, facing us; fills the box from top to bottom.
void draw_teacher(ListBrush& brush, const Rect& box, sim::TeacherId id, const TeacherPose& pose,
                  const Theme& theme);

// In uniform, with a hand bell; `swing` -1..1 is how far the bell is to the side.
void draw_hall_monitor(ListBrush& brush, const Rect& box, float swing, const Theme& theme);

enum class Glyph : std::uint8_t {
    play,       // is taught
    dots,       // decides, or is ready
    lens,       // searches
    hourglass,  // waits
    zzz,        // sleeps
    phone,      // on an errand
    check,      // finished
    padlock,
    bell,
    door,
    cross,
};
// A sign that reads without colour; `size` is the side of its square.
void draw_glyph(ListBrush& brush, Glyph glyph, ImVec2 centre, float size, ImU32 colour);
// The same in a round badge.
void draw_badge(ListBrush& brush, Glyph glyph, ImVec2 centre, float size, ImU32 fill, ImU32 sign);

}  // namespace homeroom::app
