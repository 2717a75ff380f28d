// What is only seen from near: what a table has done, and its drawer.
#pragma once

#include "app/stage/pen.h"
#include "app/stage/scene.h"

namespace homeroom::app {

// Below the table, where the plan leaves room for it.
void draw_notes(const Pen& pen, const sim::School& school, const sim::Table& table,
                const TablePlace& place);

}  // namespace homeroom::app
