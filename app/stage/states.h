// How many students are in which state: a bar whose parts have the states' colours, with the sign
// and the number of each. What remains of a crowd when it is looked at from afar.
#pragma once

#include "app/stage/pen.h"
#include "app/stage/scene.h"

namespace homeroom::app {

// The bar fills the upper part of the box, signs and numbers the lower; where there is room for one
// of the two only, it is the numbers.
void draw_states(const Pen& pen, const Rect& box, const StandingCounts& counts);

}  // namespace homeroom::app
