// The parts of the window, one function and one file each. A panel draws what it sees and notes
// what the user wants; it changes nothing but the view.
#pragma once

#include <string>
#include <vector>

#include "app/command.h"
#include "app/keep/session.h"
#include "app/kept_drawing.h"
#include "app/layout.h"
#include "app/life.h"
#include "app/measure/measure_job.h"
#include "app/player.h"
#include "app/stage/clock_scene.h"
#include "app/stage/stage.h"
#include "app/teach/teaching.h"
#include "app/ui.h"
#include "app/view.h"
#include "sim/language.h"
#include "sim/simplified.h"

namespace homeroom::app {

// What a panel has at hand while one picture is drawn.
struct Desk {
    Ui& ui;
    View& view;
    Stage& stage;
    ClockScenes& scenes;  // others, beside each other
    const Player& player;
    const Layout& layout;
    const sim::Reason& reason;  // of the last decision
    const Study& study;         // of the selected student
    const PriceList& prices;    // of this machine; empty when nobody has measured it
    const MeasureJob& measuring;
    Commands& commands;
    Teaching* teaching;  // the lesson that is being taken; null: none
    const Progress& progress;
    TeachWish& teach;
    Session& session;
    KeptDrawing &kept_overview, &kept_lanes;  // of the timeline

    bool field_words() const { return view.words == sim::Words::field; }
    const char* say(const char* school, const char* field) const {
        return sim::tr(field_words() ? field : school);
    }
    void wish(Wish::Kind kind, std::size_t number = 0, std::string text = {}) const {
        session.wishes.push_back({kind, number, std::move(text)});
    }
    template <class C>
    void want(C command) const {
        commands.push_back(command);
    }
};

// What has to be said now: a crash, a deadlock, a file that was written. Empty: nothing.
struct Notice {
    std::string text;
    bool alert = false;
    bool restart = false;  // the run can be started again
};
Notice notice_of(const Desk& desk);

void draw_caption(const Desk& desk);  // one sentence: what just happened, and why; or a notice
// How high the card must be for that, in pixels.
float caption_height(const Desk& desk);
void draw_scene(const Desk& desk);     // the classroom
void draw_levels(const Desk& desk);    // instead of it: one lesson at four levels, on one clock
void toggle_levels(const Desk& desk);  // that, or the classroom again; in the model only
// What all scenes of a picture have in common: words, colours, letters.
StageView looks_of(const Desk& desk);
void draw_legend(const Desk& desk);  // over it: what things look like and mean
// As long as nobody has acted: how to start. Over the scene, or where that would hide too much of
// it, in the caption, as a line of this height; 0: not there.
void draw_start(const Desk& desk);
float start_line_height(const Desk& desk, float width);
void draw_start_line(const Desk& desk, float width);
void draw_filming(const Desk& desk);  // over the scene: how far the film is that is being written
void draw_lesson(const Desk& desk);   // what runs, how much of it, and by which rules
void draw_kernel(const Desk& desk, sim::RunOptions& run);   // in that: the head teacher
void draw_program(const Desk& desk, sim::RunOptions& run);  // in that: the lesson `own`
void draw_accounts(const Desk& desk);                       // what each teacher did with the time
// What the kernel keeps of a class, and of a table, at the shown moment.
void draw_structures(const Desk& desk, sim::ClassId id);
void draw_thread(const Desk& desk, const sim::Table& table);
void draw_reason(const Desk& desk);         // why: what was looked at, and what was found
void draw_alarms(const Desk& desk);         // below it: what is often misunderstood
void draw_what_if(const Desk& desk);        // the button that lets the user decide
void draw_until(const Desk& desk);          // the button and the menu of moments to run to
void draw_moments(const Desk& desk);        // the menu alone, where the button has no room
void draw_lesson_player(const Desk& desk);  // the open card of the lesson that is being taken
void answer_by_pointing(const Desk& desk);  // a click in the scene on whom a choice is about
// Whom a click in the scene would choose: who is offered while the film waits for the user.
std::vector<StagePick> can_be_chosen(const Desk& desk);
void point_at_highlights(const Desk& desk, StageView& picture);  // what that card points at: a
void draw_highlights(const Desk& desk);  // frame for tables and clipboards, a ring for others
void draw_course(const Desk& desk);      // over all: the lessons with questions
void draw_inspector(const Desk& desk);   // everything about what was clicked
void draw_counters(const Desk& desk);
void draw_strip(const Desk& desk);               // the timeline
void draw_transport(const Desk& desk);           // play, step, seek, speed
void draw_speed(const Desk& desk, float width);  // in that, or in the menu
void draw_menu(const Desk& desk);          // in a pocket: what the transport bar has no room for
void draw_help(const Desk& desk);          // the sheet of keys
void draw_charts(const Desk& desk);        // over the scene: numbers over the run
void draw_transcript(const Desk& desk);    // over the scene: every decision as a sentence
void draw_simplified(const Desk& desk);    // over all: what is simplified, level by level
sim::Level shown_level(const Desk& desk);  // whose decision the shown one is
void draw_compare(const Desk& desk);       // over the scene: this run and the one that was kept
void draw_kept(const Desk& desk);          // beside the scene: that of the one that was kept
// The line above a scene: which of two runs it is, and where that stands. How high it is.
float draw_run_line(const Desk& desk, const Box& box, bool kept);
void draw_sweep(const Desk& desk);  // over the scene: a setting varied
// The short name of a cost.
std::string cost_label(const sim::CostInfo& info, sim::Words words);
void draw_costs(const Desk& desk);    // over the scene: what things cost, here and in the model
void draw_natives(const Desk& desk);  // native: a card for each class
void draw_kernel_accounts(
    const Desk& desk);  // over the scene: native threads as the kernel saw them
// In the inspector: what the kernel noted about the thread of this table; native only.
void draw_kernel_account(const Desk& desk, sim::TableId table);
void draw_finder(const Desk& desk);  // whom to look at, or what to do

// A sentence about what lies under the mouse; empty when it is nothing.
std::string describe(const Desk& desk, StagePick what);

// Another seed than this one; Shift+R and the dice.
std::uint64_t next_seed(std::uint64_t seed);

// The contents of the side cards, which the compact layout shows in one card with tabs.
void draw_side_cards(const Desk& desk);

}  // namespace homeroom::app
