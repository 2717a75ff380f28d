// People, by the sprites that show them: who looks like what, and in which pose.
#pragma once

#include <imgui.h>

#include <cstdint>

#include "app/stage/glyphs.h"
#include "app/stage/pen.h"
#include "app/stage/scene.h"

namespace homeroom::app {

// So many students look different in hair, skin or shirt; then the row starts anew.
inline constexpr std::uint32_t looks = 64;

// The same student always looks the same, whatever he or she does just now.
Dress dress_of(sim::StudentId id, Pose pose);

// Head and shoulders; `height` is all of it. `centre` is its middle.
void draw_student(const Pen& pen, ImVec2 centre, float height, sim::StudentId id, Pose pose,
                  Sprites::Fit fit);
// Only the head, for lists; `height` is about its diameter.
void draw_head(const Pen& pen, ImVec2 centre, float height, sim::StudentId id,
               Sprites::Fit fit = Sprites::Fit::exact);

struct TeacherPose {
    bool pointing = false;  // towards the left, where the student sits
    bool resting = false;   // with a mug
    int walks = 0;          // -1: to the left, 1: to the right
};
// Standing person, facing us; fills the box from top to bottom.
void draw_teacher(const Pen& pen, const Rect& box, sim::TeacherId id, const TeacherPose& pose);

// In uniform, with a hand bell; `swing` -1..1 is how far the bell is to the side.
void draw_hall_monitor(const Pen& pen, const Rect& box, float swing);

}  // namespace homeroom::app
