// What only the window knows: how things are shown, and what is selected. No world depends on it.
#pragma once

#include <algorithm>
#include <array>
#include <string>

#include "app/stage/legend.h"
#include "app/stage/stage.h"
#include "sim/explain.h"
#include "sim/language.h"
#include "sim/until.h"

namespace homeroom::app {

struct View {
    sim::Words words = sim::Words::school;
    sim::Language language = sim::Language::english;
    bool dark = false;
    bool still = false;  // reduced motion
    float scale = 1.0f;  // the user's, on top of what the window's size suggests
    bool help = false;
    bool fullscreen = false;
    bool quit = false;       // the window shall close
    bool alone = false;      // presenter mode: no side panels, large type, hard contrasts
    bool projector = false;  // the hard contrasts in any case
    bool legend = false;     // what things look like and mean, over the scene
    Hidden hidden;           // what of it is taken out of the picture
    bool charts = false;     // over the scene
    bool prices = false;     // over the scene, too: the costs and the price list of this machine
    bool accounts = false;   // over the scene, too: what the kernel noted about native threads
    bool measure = false;    // this machine shall be measured
    bool fit = false;        // the timeline shall show all of the selection
    bool acted = false;      // the user has played or stepped: the hint how to start may go

    // Which card the one side panel shows (Layout::compact).
    enum Tab { lesson, why, look };
    int tab = lesson;

    // The line to type into: whom to look at, or what to do.
    enum Finder { closed, search, palette, note, open };
    Finder finder = closed;
    char find_text[256] = "";
    int find_row = 0;
    sim::Until until{};          // the moment that "run until" was last asked for
    const char* save = nullptr;  // the ending of a file that the run shall be written to
    std::string saved;           // what is to be said about it
    bool course = false;         // the list of lessons with questions is open
    bool sweep = false;          // the chart of a sweep is open
    std::size_t sweep_choice = 1, sweep_measure = 21;  // what it varies, and measures
    bool voting = false;  // number keys are votes of the class, and no answer
    std::array<unsigned, 9> votes{};
    bool blank = false;       // the screen is dark, so that all look at the lecturer
    bool open_until = false;  // its menu shall open

    StagePick selected;
    StagePick looked_at;  // the last selection for which the panel turned to `look`
    StagePick hovered;    // in the scene
    StagePick pointed;    // by a link under the mouse, in the last picture
    StagePick pointing;   // the same in this picture

    // The strip shows `lane_span` of the run from `lane_first` on, as shares of it.
    double lane_first = 0, lane_span = 1;
    enum LaneKind { by_teacher, by_table, by_clipboard };
    LaneKind lane_kind = by_teacher;
    int lane_scroll = 0;         // the first lane in sight
    bool lanes_by_time = false;  // else each decision is equally wide

    const Theme& theme() const { return app::theme(dark, alone || projector); }
    // In presenter mode a quarter larger, so that the last row can read it.
    float type_scale() const { return alone ? std::min(scale * 1.25f, 2.5f) : scale; }
};

}  // namespace homeroom::app
