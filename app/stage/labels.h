// Headings of zones, and how many there are.
#pragma once

#include <initializer_list>
#include <string>

#include "app/stage/figures.h"
#include "app/stage/pen.h"

namespace homeroom::app {

std::string counted(const char* label, std::uint64_t count);

// Label over a zone, with the sign of its state before it; the first of the texts that fits.
void heading(const Pen& pen, const Rect& zone, Glyph glyph, ImU32 colour,
             std::initializer_list<std::string> texts);

// How many more there are than were drawn; or for how many each of them stands, at the right end of
// the heading.
void draw_more(const Pen& pen, const Crowd& crowd);

}  // namespace homeroom::app
