// What is only seen from near: what a table has done, and its drawer.
#pragma once

#include "app/stage/pen.h"
#include "app/stage/scene.h"

namespace homeroom::app {

// Below the table, where the plan leaves room for it.
void draw_notes(const Pen& pen, const sim::School& school, const sim::Table& table,
                const TablePlace& place);

// What the teacher has in mind for this table, as chalk that fades while it is elsewhere: how much
// of what the table needs is still in the core's cache. Nothing where that is not known.
void draw_chalk(const Pen& pen, const sim::School& school, const sim::Table& table,
                const Rect& slate);

}  // namespace homeroom::app
