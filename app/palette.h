// The colours of the light and the dark theme, and of both for a projector. They are told apart by
// colour-blind people too (hues of Okabe and Ito), and nothing is ever said by colour alone: a
// shape, a glyph or a word says it as well.
#pragma once

#include <imgui.h>

#include "sim/step.h"

namespace homeroom::app {

struct Theme {
    bool dark = false;

    // The window around the stage.
    ImU32 window = 0, panel = 0, panel_edge = 0, control = 0, control_hover = 0, control_active = 0;
    ImU32 text = 0, text_dim = 0, text_on_accent = 0;
    ImU32 accent = 0;  // what is selected, pressed or playing

    // Meanings; each goes with a glyph of its own.
    ImU32 running = 0, ready = 0, waiting = 0, asleep = 0, away = 0, gone = 0, alert = 0;

    // The classroom.
    ImU32 wall = 0, wall_low = 0, wall_line = 0, floor = 0, floor_line = 0, sky = 0, sky_low = 0,
          frame = 0, door = 0, door_edge = 0, curtain = 0;
    ImU32 wood = 0, wood_edge = 0, wood_dim = 0, wood_dim_edge = 0, metal = 0, metal_edge = 0;
    ImU32 paper = 0, paper_edge = 0, paper_line = 0, paper_text = 0, paper_dim = 0, board = 0,
          board_edge = 0, clip = 0;
    ImU32 whiteboard = 0, whiteboard_edge = 0, shade = 0, outline = 0;
};

// `projector`: with harder contrasts, for a beam that fades them.
const Theme& theme(bool dark, bool projector = false);

// How well one colour is seen on another, 1 to 21, as the accessibility guidelines for web contents
// define it; alpha does not count.
float contrast(ImU32 a, ImU32 b);
// Black or white, whichever is seen better on this colour: at least 4.5 to 1.
ImU32 ink_on(ImU32 colour);

// Recognisable people: the same id always has the same looks.
ImU32 shirt_of(sim::StudentId id);
ImU32 hair_of(sim::StudentId id);
ImU32 skin_of(sim::StudentId id);
// For lanes, badges and sashes. Twelve clearly different ones, then again from the start.
ImU32 colour_of(sim::ClipboardId id);
ImU32 colour_of(sim::TeacherId id);

// a at share 0, b at share 1; alpha too.
ImU32 mix(ImU32 a, ImU32 b, float share);
ImU32 with_alpha(ImU32 colour, float alpha);

}  // namespace homeroom::app
