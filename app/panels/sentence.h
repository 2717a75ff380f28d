// Sentences whose names are links: hovering one points at what it means in the scene, a click
// selects it.
#pragma once

#include <span>
#include <string>

#include "app/panels/panels.h"
#include "sim/mention.h"

namespace homeroom::app {

StagePick pick_of(sim::Mention mention);

// A part of a sentence in one type and colour; names in it may be marked (sim/mention.h).
struct Run {
    std::string text;
    ImFont* font;
    ImU32 ink;
    float size = 0;  // in pixels; 0: the font's own

    float height() const { return size > 0 ? size : font->FontSize; }
};

// Draws the runs one after another from the cursor on, wrapped before `right` (in pixels of the
// screen; 0: where the panel's contents end). Links are registered as name.0, name.1, …
void draw_sentence(const Desk& desk, const char* name, std::span<const Run> runs, float right = 0);
void draw_sentence(const Desk& desk, const char* name, const Run& run, float right = 0);
// How large that would be.
ImVec2 size_of_sentence(const Desk& desk, std::span<const Run> runs, float width);

// A pill: a word or two in small type on a ground of its own.
void draw_pill(const Desk& desk, const char* name, const std::string& text, ImU32 ground,
               const char* tip);

}  // namespace homeroom::app
