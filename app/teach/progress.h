// Which questions of which lessons have been answered, and how; kept in a small text file.
#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace homeroom::app {

class Progress {
public:
    // Reads the file if there is one; "": nothing is kept. Lines that make no sense are dropped.
    explicit Progress(std::string file = {});

    // The first answer to a question counts; it is written to the file at once.
    void note(const std::string& lesson, std::size_t card, bool right);

    // What a class voted before it saw the answer; all classes are counted together.
    void note_votes(const std::string& lesson, std::size_t card, std::size_t right,
                    std::size_t votes);

    struct Score {
        std::size_t answered = 0, right = 0;
        std::size_t votes = 0, votes_right = 0;
    };
    Score of(const std::string& lesson) const;

private:
    void write() const;

    std::string file_;
    struct Votes {
        std::size_t right = 0, all = 0;
    };
    std::map<std::string, std::map<std::size_t, bool>> answers_;  // lesson, card: right
    std::map<std::string, std::map<std::size_t, Votes>> votes_;
};

// Where it is kept by default: $XDG_STATE_HOME/homeroom/lessons.txt, or below ~/.local/state; ""
// when neither is known.
std::string default_progress_file();

}  // namespace homeroom::app
