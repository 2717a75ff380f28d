// The classroom without its people: walls, whiteboard, tables, clipboards, bench.
#pragma once

#include "app/stage/motion.h"
#include "app/stage/pen.h"

namespace homeroom::app {

void draw_room(const Pen& pen);
void draw_rack(const Pen& pen, const sim::School& school);
void draw_whiteboard(const Pen& pen, const sim::School& school, const Scene& scene);
void draw_alarm(const Pen& pen, const sim::School& school, const Crowd& sleepers, bool ringing);
void draw_bench(const Pen& pen, const sim::School& school, const Crowd& bench);
void draw_graduates(const Pen& pen, const Crowd& graduates);
void draw_corridor(const Pen& pen, const sim::School& school);
void draw_teachers_corner(const Pen& pen, const sim::School& school);

// A table in two goes: whoever sits at it comes between.
void draw_table_back(const Pen& pen, const sim::Table& table, const TablePlace& place);
void draw_table_front(const Pen& pen, const sim::Table& table, const TablePlace& place,
                      bool selected);
// The empty place that a table left behind.
void draw_empty_place(const Pen& pen, const sim::Table* table, const Rect& home);

// `settled`: no names are on their way, so those that find no room can be counted on it.
void draw_card(const Pen& pen, const sim::Clipboard& clipboard, const CardFace& face, bool settled,
               bool selected);

}  // namespace homeroom::app
