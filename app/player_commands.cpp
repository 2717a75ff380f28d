// What each command does to the film.
#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/model_run.h"
#include "app/native_run.h"
#include "app/native_school.h"
#include "app/player.h"

namespace homeroom::app {

void Player::carry_out(const command::TogglePlay&) {
    if (!playing_ && at_end()) jump(0);  // as every film player does at the end
    playing_ = !playing_;
    due_ = playing_ ? 1.0 : 0.0;  // something must move at once
}

void Player::carry_out(const command::Pause&) { playing_ = false; }

void Player::carry_out(const command::StepBy& step) {
    playing_ = false;
    to_end_ = false;
    if (step.decisions == 1) {
        // A live class that stands still must go on until it has decided something.
        awaits_one_ = position_ == known() && recording_->is_live() && !over();
        go_forward(position_ + 1);
    } else if (step.decisions == -1) {
        go_back_one();
    } else {
        auto target = static_cast<std::ptrdiff_t>(position_) + step.decisions;
        jump(static_cast<std::size_t>(std::max<std::ptrdiff_t>(target, 0)));
    }
}

void Player::carry_out(const command::Seek& seek) {
    to_end_ = false;
    due_ = 0;
    if (seek.position != position_) jump(seek.position);
}

void Player::carry_out(const command::SeekEnd&) {
    to_end_ = true;
    playing_ = playing_ && recording_->is_live();
}

void Player::carry_out(const command::RunUntil& until) {
    playing_ = to_end_ = false;
    sought_ = until.moment;
    search_.emplace(sought_, timeline(), position_);
}

void Player::carry_out(const command::ShowMoment& show) {
    bool fresh = asking_ || !answers().empty() || model_ == nullptr ||
                 !(show.run == options_.run) || (show.hold && known() > show.position);
    playing_ = to_end_ = false;
    hold_.reset();
    if (show.hold) hold_ = show.position;
    if (fresh) options_.answers.clear();
    options_.run = show.run;
    options_.world = WorldKind::model;
    if (fresh) {
        restart();
    } else {
        recording_->hold(hold_.value_or(~std::size_t{0}));
    }
    wait_for(show.position);
    jump(show.position);
}

void Player::carry_out(const command::PlayTo& to) {
    // From how far away the way there is shown: a long film would only delay the answer.
    constexpr std::size_t shown_decisions = 4;
    to_end_ = false;
    hold_.reset();
    recording_->hold(~std::size_t{0});
    wait_for(to.position);
    if (to.position <= position_) return;
    if (to.position - position_ > shown_decisions) jump(to.position - shown_decisions);
    stop_at_ = to.position;
    playing_ = true;
    due_ = 1.0;
}

void Player::carry_out(const command::Restart&) { restart(); }

void Player::carry_out(const command::OpenRun& open) {
    playing_ = to_end_ = false;
    hold_.reset();
    options_.world = WorldKind::model;
    options_.run = open.kept.run;
    options_.answers = open.kept.answers;
    restart();
    wait_for(open.kept.position);
    jump(open.kept.position);
}

void Player::carry_out(const command::ChangeRun& change) {
    if (change.run == options_.run) return;
    hold_.reset();
    options_.run = change.run;
    options_.answers.clear();
    restart();
}

void Player::carry_out(const command::ChangeWorld& change) {
    if (change.world == options_.world) return;
    hold_.reset();
    options_.world = change.world;
    restart();
    playing_ = playing_ || recording_->is_live();  // to see threads at work is why one goes there
}

void Player::carry_out(const command::ChangeSpeed& change) {
    speed_ = std::isinf(change.decisions_per_second)
                 ? change.decisions_per_second
                 : std::clamp(change.decisions_per_second, speed_min, speed_max);
}

void Player::carry_out(const command::ChangePace& change) {
    options_.pace = std::clamp(change.pace, pace_min, pace_max);
    for (const auto& each : recordings_) each->set_pace(options_.pace);
}

void Player::carry_out(const command::ChangeFullSpeed& change) {
    if (change.on == options_.full_speed) return;
    options_.full_speed = change.on;
    if (options_.world == WorldKind::native) restart();
    playing_ = playing_ || recording_->is_live();
}

void Player::carry_out(const command::OpenNative&) {
    if (natives() == 0 || natives() >= classes_max) return;
    open_native();
    options_.classes = static_cast<std::uint32_t>(natives());
    recording_ = nullptr;  // it may be the school that is made anew
    bring_natives_together();
    show_recording(natives());
    if (recording_->is_live()) jump(known());
    playing_ = playing_ || recording_->is_live();  // to see it at work is why one opens it
}

void Player::carry_out(const command::ShowNative& show) {
    const std::size_t last = natives() > 1 ? natives() : 0;
    if (show.which > last || show.which == shown_) return;
    const bool went_on = playing_ || recording_->over();
    show_recording(show.which);
    if (recording_->is_live()) jump(known());  // as it is now, not as it was when it began
    playing_ = went_on && recording_->is_live() && !recording_->over();
}

void Player::carry_out(const command::KillNative& kill) {
    if (kill.which < natives()) static_cast<NativeRun&>(*recordings_[kill.which]).kill();
}

void Player::carry_out(const command::AskFromHere&) {
    if (!can_ask()) return;
    std::size_t position = position_;
    begin(std::make_unique<ModelRun>(options_.run, *model_, position));
    asking_ = true;
    jump(position);
    playing_ = true;  // up to the first question, which may be some decisions away
}

void Player::carry_out(const command::Answer& answer) {
    if (model_ == nullptr || open_moves().empty()) return;
    model_->answer(answer.move);
    playing_ = true;  // up to the next question
}

void Player::carry_out(const command::StopAsking&) {
    if (model_ == nullptr) return;
    model_->stop_asking();
    asking_ = false;
}

}  // namespace homeroom::app
