// What a room is made of, as sprites: floor, walls, windows and doors, in the colours of the theme.
#pragma once

#include "app/stage/pen.h"

namespace homeroom::app {

// Boards, from the left; the first one begins at `top`, which may lie above the box.
void draw_floor(const Pen& pen, const Rect& box, float top);
// The back wall of a classroom, with its wainscot.
void draw_back_wall(const Pen& pen, const Rect& box);
// The wall of the corridor down to its floor; `box` is the corridor.
void draw_corridor_wall(const Pen& pen, const Rect& box);
// A wall that is seen from its end, around `x`.
void draw_wall_end(const Pen& pen, float x, float y0, float y1);
// As many panes as there is room for, with a curtain on both sides.
void draw_window(const Pen& pen, const Rect& box);
// Around a room that is one of several.
void draw_room_walls(const Pen& pen, const Rect& room);
void draw_plate(const Pen& pen, const Rect& box);
// The leaf of a door seen from above, as far as it is shut.
void draw_leaf(const Pen& pen, const Rect& box);

}  // namespace homeroom::app
