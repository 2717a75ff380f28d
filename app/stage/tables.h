// Tables and clipboards, wherever they are just now.
#pragma once

#include "app/stage/pen.h"
#include "app/stage/scene.h"

namespace homeroom::app {

// A table in two goes: whoever sits at it comes between.
void draw_table_back(const Pen& pen, const sim::Table& table, const TablePlace& place);
void draw_table_front(const Pen& pen, const sim::Table& table, const TablePlace& place,
                      bool selected);
// The empty place that a table left behind, or that none has taken yet (null).
void draw_empty_place(const Pen& pen, const sim::Table* table, const Rect& home);

// `settled`: no names are on their way, so those that find no room can be counted on it.
void draw_card(const Pen& pen, const sim::Clipboard& clipboard, const CardFace& face, bool settled,
               bool selected);
// Where clipboards hang that nobody holds.
void draw_rack(const Pen& pen, const sim::School& school);

}  // namespace homeroom::app
