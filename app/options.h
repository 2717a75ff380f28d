// What a user may ask for when the program starts; the window's controls change the same values
// later.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "app/keep/kept_run.h"
#include "sim/explain.h"
#include "sim/language.h"
#include "sim/run.h"

namespace homeroom::app {

enum class WorldKind : std::uint8_t { model, native };

// Bounds that the command line and the controls share. Arbitrary where no source is named.
inline constexpr double scale_min = 0.75, scale_max = 2.5;
inline constexpr double pace_min = 1.0, pace_max = 10'000.0;
inline constexpr std::uint32_t classes_max = 8;  // as many as have room beside each other
// Below one decision in four seconds nobody waits; above ten thousand a screen shows no difference.
inline constexpr double speed_min = 0.25, speed_max = 10'000.0;

struct Options {
    sim::RunOptions run;
    // Of a run that was kept: what was answered in it, where it is shown first, and its bookmarks.
    sim::Answers answers;
    std::size_t position = 0;
    std::vector<Bookmark> bookmarks;
    std::string state_folder;  // where the last run is kept for next time; "": nowhere
    WorldKind world = WorldKind::model;
    bool full_speed =
        false;  // native: run at the machine's speed, look at the recording afterwards
    std::uint32_t classes = 1;  // native: how many processes run the lesson at the same time
    double pace = 500.0;        // native: how many times slower than the machine a lesson goes
    sim::Words words = sim::Words::school;
    bool dark = false;
    bool projector = false;  // hard contrasts
    bool present = false;    // presenter mode: these, large type, no side panels
    bool legend = false;     // it is open
    bool levels = false;     // the lesson is seen at all four levels, side by side
    bool still = false;  // nothing moves between two pictures of the film
    sim::Language language = sim::Language::english;
    std::string teach;          // a lesson with questions to open; "": none
    std::size_t card = 0;       // which card of it is shown first
    bool revealed = false;      // with its answer
    std::string look;           // what is looked at from near, such as table:3; "": all
    std::string progress_file;  // where answers are kept; "": nowhere
    std::string costs_file;  // the file that --costs named, which may hold a price list; "": none
    std::string measured_file;          // where the price list of this machine is kept; "": nowhere
    std::uint32_t measure_rounds = 25;  // how often the window measures each price
    double scale = 1.0;  // of text and controls, on top of what the window's size suggests
};

}  // namespace homeroom::app
