// What the window keeps besides the film: bookmarks, where one has been, the game, files. Panels
// and keys note wishes; they are carried out between two pictures.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/command.h"
#include "app/keep/game.h"
#include "app/keep/kept_run.h"
#include "app/keep/level_runs.h"
#include "app/keep/sweep_view.h"
#include "app/player.h"
#include "app/view.h"
#include "sim/teach/compare.h"

namespace homeroom::app {

class ModelRun;

struct Wish {
    enum class Kind {
        play_game,  // begin, or go on, or leave: what the key G does
        pick,       // number: a choice of the game
        next_pick,  // the next question of the game
        leave_game,
        bookmark,       // at the shown place or of what is measured, with `text` as its note
        no_bookmark,    // there
        next_bookmark,  // number: 1 forwards, 0 back
        undo,
        redo,
        levels,        // the lesson at all four levels, or at one of them again
        compare,       // keeps the shown run beside what comes; or lets it go
        save,          // into a file in the folder where the program was started
        save_sweep,    // its numbers, likewise
        open,          // the file `text`
        copy_command,  // as a command line, to the clipboard
        paste,         // the run that is there
    };
    Kind kind;
    std::size_t number = 0;
    std::string text{};
};

// What the card of two runs shows: made anew now and then while they are still being found out.
struct Comparison {
    std::vector<sim::ComparedRow> rows;
    std::size_t same = 0;  // decisions
    bool whole = false;    // that is all of both
};

class Session {
public:
    // `folder` is where the last run and the names of files are kept; "": nowhere.
    explicit Session(std::string folder = {});
    ~Session();

    std::vector<Wish> wishes;  // of this picture

    // Carries out all wishes; what the film shall do is added to `commands`.
    void carry_out(const Player& player, View& view, Commands& commands);
    // Before these commands are carried out: from where the user goes away.
    void remember(const Player& player, const Commands& commands, double now_s);

    // Once per picture: lets the kept run and the sweep go on.
    void advance(const Player& player, const View& view);
    // Of a picture on request: all that it shall show beside the run is found out first.
    void wait(const Player& player, const View& view);
    // The run that is kept beside the shown one; null: none.
    const ModelRun* kept_run() const { return other_.get(); }
    unsigned kept_number() const { return kept_number_; }  // another one for each run that is kept
    bool growing() const;  // something beside the shown run is still being found out
    const sim::RunOptions& kept_options() const { return other_options_; }
    const Comparison& comparison() const { return comparison_; }
    const LevelRuns& levels() const { return levels_; }
    const SweepView& sweep() const { return sweep_; }

    const Game& game() const { return game_; }
    // Those of the run that is shown.
    const std::vector<Bookmark>& bookmarks(const Player& player) const;
    void set_bookmarks(const sim::RunOptions& run, std::vector<Bookmark> bookmarks);
    const Bookmark* bookmark_at(const Player& player, std::size_t position) const;
    bool can_undo() const { return !back_.empty(); }
    bool can_redo() const { return !forward_.empty(); }

    // The run as a file would keep it.
    KeptRun kept(const Player& player) const;
    std::vector<std::string> recent_files() const;  // the latest first
    void keep_for_next_time(const Player& player) const;

private:
    struct Place {
        unsigned run;  // Player::runs()
        KeptRun kept;
    };
    Place place_of(const Player& player) const;
    void go(const Place& place, const Player& player, Commands& commands) const;
    void open_file(const std::string& name, View& view, Commands& commands);
    void open(const KeptRun& kept, View& view, Commands& commands);
    void save(const Player& player, View& view);
    void save_sweep(View& view) const;
    void note_recent(const std::string& name) const;
    void go_to_bookmark(const Player& player, bool forwards, View& view, Commands& commands);

    std::string folder_;
    Game game_;
    std::map<std::string, std::vector<Bookmark>> bookmarks_;  // by run
    std::vector<Place> back_, forward_;
    double last_seek_s_ = -1;

    std::unique_ptr<ModelRun> other_;
    sim::RunOptions other_options_;
    unsigned kept_number_ = 0;
    Comparison comparison_;
    struct Compared {  // what comparison_ was made of
        unsigned run = 0;
        std::size_t shown = 0, kept = 0;
        sim::Words words = sim::Words::school;
        sim::Language language = sim::Language::english;
        friend bool operator==(const Compared&, const Compared&) = default;
    } compared_;
    SweepView sweep_;
    LevelRuns levels_;
    sim::RunOptions before_levels_;  // what was shown then
    void show_levels(const Player& player, View& view, Commands& commands);
};

// $XDG_STATE_HOME/homeroom, or below ~/.local/state; "" when neither is known.
std::string default_state_folder();
// The file in it that has the run at which the window was closed last.
std::string last_run_file(const std::string& folder);

}  // namespace homeroom::app
