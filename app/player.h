// Plays a run like a film: forwards, backwards, faster, slower, from anywhere. It owns the
// recording and the place in it.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "app/command.h"
#include "app/options.h"
#include "app/recording.h"
#include "sim/explain.h"
#include "sim/school.h"
#include "sim/until.h"

namespace homeroom::app {

class ModelRun;
class NativeRun;
class NativeSchool;

// A motion when each is waited for. It has up to three parts, one after the other (stage/motion.h),
// and UX research asks for at least 0.3 s each.
inline constexpr double motion_seconds_max = 0.92;

class Player {
public:
    explicit Player(const Options& options);
    ~Player();

    void apply(const Command& command);

    // Once per picture: lets the run grow, and the film go on by so many seconds.
    void advance(double seconds);

    // Lets the run grow until this position is known or the run is over, however long it takes; for
    // pictures on request.
    void wait_for(std::size_t position) { recording_->wait_for(position); }

    // Stands at this position, with the last motion at this place in it, until told otherwise.
    void show(std::size_t position, double progress);

    // Where the film stands, to be put back after pictures of other moments of the same run.
    struct Standing {
        std::size_t position, folded;
        bool playing, backwards;
        double due, progress;
        sim::School before, now, taken_back;
    };
    Standing standing() const;
    void put_back(Standing standing);

    // The place in the film: how many decisions have happened, of how many known so far.
    std::size_t position() const { return position_; }
    std::size_t known() const { return recording_->timeline().decisions(); }
    bool over() const { return recording_->over(); }  // then `known` is all there is
    bool growing() const;                             // more of the run is still being found out
    bool at_end() const { return position_ == known() && over(); }
    bool playing() const { return playing_; }
    bool moving() const { return progress_ < 1.0; }
    double speed() const { return speed_; }
    double motion_seconds() const;        // how long the motion of the shown decision lasts
    double usual_motion_seconds() const;  // of one in which no teacher has a long way
    bool fast() const;  // so many decisions per second that single motions are not shown

    // The picture: the motion of `shown_decision` between two schools. After a step back it is the
    // decision taken back, and progress runs from 1 to 0.
    std::size_t shown_decision() const;  // no_decision (stage.h) before the first
    double progress() const { return backwards_ ? 1.0 - progress_ : progress_; }
    const sim::School& before() const { return backwards_ && moving() ? now_ : before_; }
    const sim::School& after() const { return backwards_ && moving() ? taken_back_ : now_; }
    const sim::School& now() const { return now_; }  // the school at `position`, at rest

    // Reduced motion: each step is there at once.
    void set_still(bool still) { still_ = still; }

    // Grows by one with each new run or jump: smoothed positions must not be carried over.
    unsigned cuts() const { return cuts_; }
    unsigned runs() const { return runs_; }  // how many runs were started

    const Recording& recording() const { return *recording_; }
    Recording& recording() { return *recording_; }
    const sim::Timeline& timeline() const { return recording_->timeline(); }
    const sim::RunOptions& run() const { return options_.run; }
    // The classes that have rooms: those of the run, or all native ones; none: one has no walls.
    const std::vector<sim::ClassOptions>& rooms() const {
        return natives_together() ? native_rooms_ : options_.run.classes;
    }
    const Options& options() const { return options_; }
    WorldKind world() const { return options_.world; }
    // In the native world: all the classes, of which one is shown; none in the model.
    std::size_t natives() const;
    // Which of them is shown; natives(): all in one school.
    std::size_t native_shown() const { return shown_; }
    bool natives_together() const { return natives() > 1 && shown_ == natives(); }
    // Whose table that is, and its number there.
    std::pair<std::size_t, std::uint32_t> native_table(sim::TableId table) const;
    const NativeRun& native(std::size_t which) const;
    bool searching() const { return search_.has_value(); }  // on the way to a moment
    // The moment that was looked for last and did not come before the end; until the next command.
    const std::optional<sim::Until>& missed() const { return missed_; }
    bool held() const { return hold_.has_value(); }  // the rest of the run is kept secret
    bool asking() const { return asking_; }
    bool can_ask() const;
    // What was answered in this run instead of the clock; none in a native one.
    sim::Answers answers() const;
    std::span<const sim::Move> open_moves() const { return recording_->open_moves(); }

    // Of the last decision, with marked names (sim/mention.h); empty before the first.
    sim::Reason reason(sim::Words words) const;

private:
    void carry_out(const command::TogglePlay&);
    void carry_out(const command::Pause&);
    void carry_out(const command::StepBy&);
    void carry_out(const command::Seek&);
    void carry_out(const command::SeekEnd&);
    void carry_out(const command::RunUntil&);
    void carry_out(const command::ShowMoment&);
    void carry_out(const command::PlayTo&);
    void carry_out(const command::Restart&);
    void carry_out(const command::ChangeRun&);
    void carry_out(const command::ChangeWorld&);
    void carry_out(const command::ChangeSpeed&);
    void carry_out(const command::ChangePace&);
    void carry_out(const command::ChangeFullSpeed&);
    void carry_out(const command::OpenRun&);
    void carry_out(const command::OpenNative&);
    void carry_out(const command::ShowNative&);
    void carry_out(const command::KillNative&);
    void carry_out(const command::AskFromHere&);
    void carry_out(const command::Answer&);
    void carry_out(const command::StopAsking&);

    void restart();
    void begin(std::unique_ptr<Recording> recording);
    void open_native();
    void bring_natives_together();
    void show_recording(std::size_t which);
    void grow_others(bool paused);
    void jump(std::size_t position);        // at rest, at once
    void go_forward(std::size_t position);  // towards larger positions, with the last motion
    void go_back_one();
    void fold_until(std::size_t step);
    void search_on();
    std::size_t wanted() const;
    double effective_speed() const;
    double longer_for_the_way() const;

    Options options_;
    std::vector<std::unique_ptr<Recording>> recordings_;  // one; in the native world one a class
    std::vector<Nanoseconds> native_begins_;              // of native ones: on the clock of all
    std::unique_ptr<NativeSchool> native_school_;         // of several: all in one
    std::vector<sim::ClassOptions> native_rooms_;
    std::size_t shown_ = 0;
    Recording* recording_ = nullptr;  // the shown one of them
    ModelRun* model_ = nullptr;       // the recording when it is a model run

    std::size_t position_ = 0;
    bool playing_ = false;
    bool asking_ = false;
    bool awaits_one_ = false;  // a step was asked for that a live class has not made yet
    bool to_end_ = false;      // End was pressed before the end is known
    std::optional<sim::UntilSearch> search_;
    sim::Until sought_;
    std::optional<sim::Until> missed_;
    std::optional<std::size_t> hold_;     // nothing beyond is to be known
    std::optional<std::size_t> stop_at_;  // playing ends there
    double speed_ = 1;                    // decisions per second; each part of a motion 0.3 s
    double due_ = 0;                      // decisions that playing owes, fractions included
    double progress_ = 1;                 // of the present motion
    bool backwards_ = false;
    bool still_ = false;
    sim::School before_, now_, taken_back_;
    std::size_t folded_ = 0;  // how many steps of the timeline are in now_
    unsigned cuts_ = 0, runs_ = 0;
};

}  // namespace homeroom::app
