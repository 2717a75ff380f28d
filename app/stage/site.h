// A class that is being opened, item by item: what the kernel has made of it so far.
#pragma once

#include "app/stage/motion.h"
#include "app/stage/pen.h"

namespace homeroom::app {

void draw_site(const Pen& pen, const sim::School& school, const RoomScene& room);
// What has just been made, as a box that comes down at the table that made it: a class takes many
// of them, a table three, a student none.
void draw_made(const Pen& pen, const Rect& at, const Cue& cue, float t);

}  // namespace homeroom::app
