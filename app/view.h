// What only the window knows: how things are shown, and what is selected. No world depends on it.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
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
    std::size_t transcript_at = ~std::size_t{0};  // the position that it was scrolled to last
    bool transcript = false;   // over the scene, too: every decision as a sentence
    bool differences = false;  // over the scene: what differs between the shown and the kept run
    bool levels = false;       // instead of the scene: the lesson at all four levels
    bool simplified = false;   // over all: what is simplified, level by level
    bool measure = false;      // this machine shall be measured
    bool fit = false;          // the timeline shall show all of the selection
    bool acted = false;        // the user has played or stepped: the hint how to start may go

    // Which card the one side panel shows (Layout::compact); the timeline only in a pocket, where
    // the card is open or not.
    enum Tab { lesson, why, look, timeline };
    int tab = lesson;
    bool card = false;
    bool menu = false;               // a pocket's: what its transport bar has no room for
    bool View::*in_front = nullptr;  // of what lies over a pocket's scene, what was opened last

    // Whom the keys belong to in this picture: what is in front of all else (claim_keys).
    enum class Keys : std::uint8_t {
        school,   // it, and what leaves the row of controls in sight
        menu,     // a pocket's: arrows lead through it; all else as for the school
        sheet,    // over all: the keys, the lessons, what is simplified
        popup,    // a list that a control has opened
        moments,  // the menu of them
        line      // that is typed into
    };
    Keys keys = Keys::school;
    bool moments = false;  // their menu was open in the last picture

    // The line to type into: whom to look at, or what to do.
    enum Finder { closed, search, palette, note, open, exports };
    Finder finder = closed;
    char find_text[256] = "";
    int find_row = 0;
    char program[512] = "";  // of the lesson `own`, as it is being typed
    std::string program_of;  // the one that the typing began with
    sim::Until until{};      // the moment that "run until" was last asked for
    // The ending of a file that the run, or its picture, shall be written to; exports.h.
    const char* save = nullptr;
    unsigned save_seconds = 10;   // of a film: so many of the last
    std::string saved;            // what is to be said about it
    float filmed = -1;            // so much of a film has been written, 0 to 1; else less than 0
    bool stop_filming = false;    // the user does not want it any more
    bool course = false;          // the list of lessons with questions is open
    std::uint64_t quiz_seed = 1;  // of the next quiz
    bool sweep = false;           // the chart of a sweep is open
    // What it varies, what besides (0: nothing), and what it measures.
    std::size_t sweep_choice = 1, sweep_second = 0, sweep_measure = 21;
    bool voting = false;  // number keys are votes of the class, and no answer
    std::array<unsigned, 9> votes{};
    bool blank = false;       // the screen is dark, so that all look at the lecturer
    bool open_until = false;  // its menu shall open

    // From where the school is looked at, and what was asked for since the last picture.
    CameraFlight camera;
    enum class Gaze : std::uint8_t { stay, nearer, farther, whole, next_room, follow };
    Gaze gaze = Gaze::stay;
    ImVec2 pan{0, 0};         // presses of a key, right and down
    StagePick see_first;      // this shall be seen from near, at once, as soon as it is there
    bool follow = false;      // the camera stays on what is selected
    std::size_t classes = 0;  // of the run that was shown last

    StagePick selected;
    StagePick looked_at;   // the last selection for which the panel turned to `look`
    StagePick hovered;     // in the scene
    bool clicked = false;  // what is selected was clicked in the scene, in this picture
    StagePick pointed;     // by a link under the mouse, in the last picture
    StagePick pointing;    // the same in this picture

    // The strip shows `lane_span` of the run from `lane_first` on, as shares of it.
    double lane_first = 0, lane_span = 1;
    enum LaneKind { by_teacher, by_table, by_clipboard, by_student };
    LaneKind lane_kind = by_teacher;
    int lane_scroll = 0;         // the first lane in sight
    bool lanes_by_time = false;  // else each decision is equally wide
    // What was selected and measured by dragging: decisions; nothing when they are equal.
    std::size_t range_from = 0, range_to = 0;
    bool measured() const { return range_from != range_to; }

    const Theme& theme() const { return app::theme(dark, alone || projector); }
    // Light, dark, hard contrasts for a projector, and light again; in presenter mode, which has
    // hard contrasts in any case, light and dark.
    void next_theme() {
        const bool hard = projector && !alone;
        projector = !alone && dark && !hard;
        dark = !dark && !hard;
    }
    // In presenter mode a quarter larger, so that the last row can read it.
    float type_scale() const { return alone ? std::min(scale * 1.25f, 2.5f) : scale; }
};

}  // namespace homeroom::app
