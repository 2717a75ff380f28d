// A run as a file: its options, what the user decided in it, the place in it and the bookmarks. A
// file is text with a version, so that old ones keep opening.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/choosers.h"
#include "sim/run.h"

namespace homeroom::app {

// A place in a run that is worth coming back to, or a stretch of it.
struct Bookmark {
    std::size_t position = 0;  // how many decisions have happened
    std::string note;          // one line; may be empty
    std::size_t end = 0;       // of a stretch: how many when it ends; else 0

    friend bool operator==(const Bookmark&, const Bookmark&) = default;
};

struct KeptRun {
    sim::RunOptions run;
    sim::Answers answers;  // the first answers of its chooser; the clock gives all others
    std::size_t position = 0;
    std::vector<Bookmark> bookmarks;  // in order, one for a place

    friend bool operator==(const KeptRun&, const KeptRun&) = default;
};

// The version that is written, and the newest that is read.
// Version 2 has bookmarks of stretches.
inline constexpr unsigned kept_run_version = 2;

// The text of a file: see assets/guide/README.md.
std::string to_text(const KeptRun& kept);
// The reverse. On failure nothing, and in `error` the line and what is wrong with it: "3: …".
std::optional<KeptRun> parse_kept_run(std::string_view text, std::string& error);

// "0*57,1,0*3": each answer, and how many times in a row. No answers are "".
std::string answers_to_string(const sim::Answers& answers);
std::optional<sim::Answers> parse_answers(std::string_view text, std::string& error);

// Reads a file; on failure nothing, and one line in `error` that begins with its name.
std::optional<KeptRun> open_kept_run(const std::string& file, std::string& error);

// Words for a shell that open the same run at the same place, bookmarks left out.
std::string command_line_of(const KeptRun& kept);
// Understands such words, the text of a file, and a run's own line ("lock teachers=4 …").
std::optional<KeptRun> parse_pasted(std::string_view text, std::string& error);

}  // namespace homeroom::app
