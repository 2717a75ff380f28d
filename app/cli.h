// The command line: what the user asks for, or one line that says what is wrong with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/options.h"
#include "sim/random_program.h"
#include "sim/teach/quiz.h"
#include "sim/until.h"

namespace homeroom::app {

struct Arguments {
    enum class Mode {
        window,
        headless,
        steps,
        screenshot,
        film,
        explore,
        replay,
        quiz,
        files,
        hand_out,
        lessons,
        help,
        version
    };
    Mode mode = Mode::window;
    Options options;
    int width = 1280, height = 720;
    std::string screenshot;              // a file name
    std::size_t at = 0;                  // how many decisions have happened in the picture
    std::optional<sim::Until> until{};   // then on to this moment
    double motion = 1.0;                 // how far the last of them has got in it
    std::string press;                   // --press: keys, before the picture is taken
    std::string only;                    // of a picture in SVG: "scene" or "timeline"; "": all
    std::string film;                    // --film: a file name that ends in .gif or .png
    std::optional<std::size_t> to{};     // its last decision
    double film_speed = 1;               // decisions per second in it
    std::string hand_out;                // --hand-out: the name of an HTML file
    std::vector<std::string> exports{};  // --export: file names
    std::string transcript;              // --transcript: a file name, or "-"
    std::size_t quiz_count = 10;
    sim::QuizFormat quiz_format = sim::QuizFormat::text;
    std::string quiz_pictures;  // a folder to write them into; "": none
    std::string select;                   // whom or what the picture shows selected: a name
    bool machine = false;                 // costs were given that only classes have
    bool charts = false;                  // with the charts over the scene
    bool prices = false;                  // with the costs and the price list over it
    bool accounts = false;                // with the kernel's accounts of native threads over it
    double explore_minutes = 0;           // how long --explore searches
    std::optional<std::uint64_t> from{};  // its first seed; nothing: another one each time
    sim::RandomRun replayed{};            // what --explore-seed plays
    bool report_state = false;            // print what the window shows, for scripts that watch it
};

// `words` are the arguments without the program's name. On failure returns nothing and puts one
// line into `error`, which names the flag and what it may be.
std::optional<Arguments> parse_arguments(std::span<const char* const> words, std::string& error);

std::string help_text();

}  // namespace homeroom::app
