// The classroom and the corridor, without tables and people.
#pragma once

#include "app/stage/floor_plan.h"
#include "app/stage/pen.h"

namespace homeroom::app {

void draw_room(const Pen& pen);
void draw_alarm(const Pen& pen, const sim::School& school, const Crowd& sleepers, bool ringing);
void draw_bench(const Pen& pen, const Crowd& bench);
void draw_graduates(const Pen& pen, const Crowd& graduates);
// `out`: how many tables are on an errand.
void draw_corridor(const Pen& pen, std::uint64_t out);
void draw_teachers_corner(const Pen& pen, const sim::School& school);

}  // namespace homeroom::app
