// What only the window knows: how things are shown, and what is selected. No world depends on it.
#pragma once

#include <string>

#include "app/stage/stage.h"
#include "sim/explain.h"
#include "sim/until.h"

namespace homeroom::app {

struct View {
    sim::Words words = sim::Words::school;
    bool dark = false;
    float scale = 1.0f;  // the user's, on top of what the window's size suggests
    bool help = false;
    bool fullscreen = false;
    bool quit = false;   // the window shall close
    bool alone = false;  // the picture without the side panels, for a lecture
    bool acted = false;  // the user has played or stepped: the hint how to start may go

    // Which card the one side panel shows (Layout::compact).
    enum Tab { lesson, why, look };
    int tab = lesson;

    sim::Until until{};          // the moment that "run until" was last asked for
    const char* save = nullptr;  // the ending of a file that the run shall be written to
    std::string saved;           // what is to be said about it
    bool course = false;         // the list of lessons with questions is open
    bool blank = false;          // the screen is dark, so that all look at the lecturer
    bool open_until = false;     // its menu shall open

    StagePick selected;
    StagePick looked_at;  // the last selection for which the panel turned to `look`
    StagePick hovered;

    // The strip shows `lane_span` of the run from `lane_first` on, as shares of it.
    float lane_first = 0.0f, lane_span = 1.0f;
    bool lanes_by_time = false;  // else each decision is equally wide
};

}  // namespace homeroom::app
