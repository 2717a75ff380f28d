// What a decision adds to the picture for a moment: trails, calls, letters, the glow at the table
// that decides.
#pragma once

#include "app/stage/motion.h"
#include "app/stage/pen.h"

namespace homeroom::app {

// Under the people.
void draw_glow(const Pen& pen, const Picture& picture, const Cue& cue, float t);
// Over everything.
void draw_effects(const Pen& pen, const sim::School& school, const Picture& picture, const Cue& cue,
                  float t);
// How loud the bell rings in this decision.
float ring_of(const Cue& cue, float t);

}  // namespace homeroom::app
