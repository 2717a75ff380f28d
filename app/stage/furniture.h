// What stands and hangs in a room, as sprites: wood and metal in the colours of the theme.
#pragma once

#include "app/stage/pen.h"

namespace homeroom::app {

// `dim`: nobody works at it. `folded`: put away, besides.
void draw_desk(const Pen& pen, const Rect& box, bool dim, bool folded = false);
// The back of a chair that fills the box as far as its shape allows.
void draw_chair(const Pen& pen, const Rect& box);
// A chair put up on the desk at the box's lower edge.
void draw_chair_up(const Pen& pen, const Rect& box);
// An open book; `width` in pixels.
void draw_book(const Pen& pen, ImVec2 centre, float width);
// The board with an empty sheet on it, `pad` pixels from its edge. The clip is drawn over what is
// written on it.
void draw_clipboard(const Pen& pen, const Rect& box, float pad);
void draw_clip(const Pen& pen, ImVec2 centre, float height);
// A whiteboard of one colour, with a tray below it.
void draw_board(const Pen& pen, const Rect& box);
void draw_rack_board(const Pen& pen, const Rect& box);
void draw_peg(const Pen& pen, ImVec2 centre, float height);
void draw_bench_seat(const Pen& pen, const Rect& box);
// `box` is the leaf; the frame stands around it.
void draw_door(const Pen& pen, const Rect& box);
// One pane of a window, and what lies behind it.
void draw_pane(const Pen& pen, const Rect& box);
void draw_envelope(const Pen& pen, const Rect& box, ImU32 colour);
void draw_hatch(const Pen& pen, const Rect& box);
// The ground of a number that is turned like a leaf of a calendar.
void draw_flip_card(const Pen& pen, const Rect& box);
// A rug of this colour marks what belongs together.
void draw_rug(const Pen& pen, const Rect& box, ImU32 colour);
// A mat: where those stand who are at no table.
void draw_mat(const Pen& pen, const Rect& box, ImU32 colour);
// A piece of paper, `unit` pixels for each unit of its edges.
void draw_slip(const Pen& pen, const Rect& box, float unit, ImU32 paper, ImU32 edge);
// A field for a value on the whiteboard.
void draw_slate(const Pen& pen, const Rect& box, ImU32 ground, ImU32 edge);
void draw_slot(const Pen& pen, const Rect& box);
void draw_cord(const Pen& pen, const Rect& box);
void draw_thought(const Pen& pen, const Rect& box, ImU32 paper, ImU32 edge);
// Nobody, where a teacher is wanted.
void draw_absent(const Pen& pen, const Rect& box);
// A page of memory; `in_common`: of which this class has no copy of its own.
void draw_sheet(const Pen& pen, const Rect& box, ImU32 colour, bool in_common);
void draw_lesson_plan(const Pen& pen, const Rect& box, ImU32 colour, float faded);
void draw_eraser(const Pen& pen, const Rect& box);

}  // namespace homeroom::app
