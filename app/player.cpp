// Plays a run like a film.
#include "app/player.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/model_run.h"
#include "app/native_run.h"
#include "app/native_school.h"
#include "app/stage/motion.h"
#include "app/stage/stage.h"

namespace homeroom::app {
namespace {

using namespace std::chrono_literals;

// The model world may take this much of a frame (16 ms at 60 Hz), so that drawing keeps its share.
constexpr auto growth_budget = 5ms;
// How far a run grows on its own so that its length is known, and how far beyond the playhead it is
// kept afterwards: a step takes some 50 bytes, so the first is about 50 MB.
constexpr std::size_t grown_at_once = 500'000, grown_ahead = 50'000;
// From here on the eye cannot follow single motions (picked; at 12 a motion lasts 80 ms).
constexpr double fast_speed = 12.0;

}  // namespace

Player::Player(const Options& options) : options_(options) {
    restart();
    if (options_.position == 0) return;
    wait_for(options_.position);
    jump(options_.position);
}
Player::~Player() = default;

void Player::apply(const Command& command) {
    search_.reset();  // whatever else is wanted, it is not wanted any more
    missed_.reset();
    stop_at_.reset();
    std::visit([this](const auto& it) { carry_out(it); }, command);
}

void Player::restart() {
    asking_ = false;
    if (options_.world == WorldKind::native) {
        native_school_.reset();
        native_begins_.clear();
        recordings_.clear();  // the class before ends first: two would fight for the cores
        recording_ = nullptr;
        open_native();
        while (recordings_.size() < options_.classes) open_native();
        bring_natives_together();
        show_recording(natives() > 1 ? natives() : 0);
    } else {
        begin(std::make_unique<ModelRun>(options_.run, options_.answers));
    }
}

void Player::begin(std::unique_ptr<Recording> recording) {
    native_school_.reset();
    native_begins_.clear();
    recordings_.clear();
    recordings_.push_back(std::move(recording));
    model_ = static_cast<ModelRun*>(recordings_.front().get());
    show_recording(0);
}

// Each class has a seed of its own, so that they do not all do the same.
void Player::open_native() {
    Options options = options_;
    options.run.seed += recordings_.size();
    // A class at full speed is looked at afterwards: all begin at the same moment.
    const bool later = !options_.full_speed && recording_ != nullptr;
    native_begins_.push_back(!later           ? 0
                             : native_school_ ? native_school_->now()
                                              : recording_->timeline().duration());
    recordings_.push_back(std::make_unique<NativeRun>(options));
    model_ = nullptr;
}

// Anew with each class that is opened: they have numbers and lanes for so many.
void Player::bring_natives_together() {
    native_school_.reset();
    native_rooms_.clear();
    if (natives() < 2) return;
    native_school_ =
        std::make_unique<NativeSchool>(options_.run, static_cast<std::uint32_t>(natives()));
    sim::RunOptions one = options_.run;
    one.classes.clear();
    sim::make_machine(one);
    for (std::size_t i = 0; i < natives(); ++i) {
        native_rooms_.push_back(one.classes.front());
        native_school_->watch(static_cast<NativeRun&>(*recordings_[i]), native_begins_[i]);
    }
    native_school_->grow(0, 0ns);
}

std::pair<std::size_t, std::uint32_t> Player::native_table(sim::TableId table) const {
    if (!natives_together()) return {shown_, static_cast<std::uint32_t>(sim::index(table))};
    const NativeSchool::Origin origin = native_school_->origin(table);
    return {origin.run, origin.table};
}

void Player::show_recording(std::size_t which) {
    shown_ = which;
    recording_ = which < recordings_.size() ? recordings_[which].get() : native_school_.get();
    to_end_ = awaits_one_ = false;
    search_.reset();
    recording_->hold(hold_.value_or(~std::size_t{0}));
    due_ = 0;
    ++runs_;
    jump(0);
}

std::size_t Player::natives() const {
    return options_.world == WorldKind::native ? recordings_.size() : 0;
}

const NativeRun& Player::native(std::size_t which) const {
    return static_cast<const NativeRun&>(*recordings_[which]);
}

// A class that is not shown goes on all the same: a film at its end stops none of them.
void Player::grow_others(bool paused) {
    for (const auto& other : recordings_) {
        if (other.get() == recording_) continue;
        other->set_paused(paused && !recording_->over());
        other->grow(0, 0ns);
    }
}

bool Player::can_ask() const { return model_ != nullptr && !asking_; }

bool Player::fast() const { return playing_ && effective_speed() >= fast_speed; }

// A live class cannot wait: when the film falls behind, it catches up within a second.
double Player::effective_speed() const {
    if (!recording_->is_live() || recording_->over()) return speed_;
    return std::max(3.0, static_cast<double>(known() - position_));
}

// A teacher's way takes as long as the switch costs: one from table to table the usual time.
double Player::longer_for_the_way() const {
    const std::size_t shown = shown_decision();
    if (shown >= timeline().decisions()) return 1;
    return ways_of(timeline().step(timeline().step_of_decision(shown)), run().costs.thread_switch);
}

double Player::motion_seconds() const { return usual_motion_seconds() * longer_for_the_way(); }

double Player::usual_motion_seconds() const {
    if (!playing_) return motion_seconds_max;
    return std::min(motion_seconds_max, motion_seconds_max / effective_speed());
}

// How many decisions shall be known before they are asked for.
std::size_t Player::wanted() const {
    if (hold_) return *hold_;
    std::size_t place = search_ ? std::max(position_, search_->looked_at()) : position_;
    return std::max(place + grown_ahead, grown_at_once);
}

bool Player::growing() const {
    return awaits_one_ || search_ ||
           (!over() && !recording_->is_live() && known() < wanted() && open_moves().empty());
}

void Player::advance(double seconds) {
    const bool paused = !playing_ && !awaits_one_ && !search_;
    recording_->set_paused(paused);
    grow_others(paused);
    recording_->grow(wanted(), growth_budget);
    if (search_) search_on();
    if (to_end_ && (!growing() || over())) {
        to_end_ = false;
        jump(known());
    }

    if (awaits_one_ && (known() > position_ || over())) {
        awaits_one_ = false;
        go_forward(position_ + 1);
    }
    // The newest decision may be completed by details that come after it.
    if (position_ > 0) fold_until(timeline().decision_end(position_ - 1));

    if (moving()) progress_ = std::min(1.0, progress_ + seconds / motion_seconds());
    if (!moving()) backwards_ = false;
    if (!playing_) return;

    std::size_t left = known() - position_;
    if (stop_at_) left = std::min(left, *stop_at_ - std::min(position_, *stop_at_));
    if (std::isinf(speed_)) {
        due_ = static_cast<double>(left);
    } else {
        due_ += seconds * effective_speed();
    }
    if (due_ >= 1.0 && (!moving() || fast())) {
        std::size_t count = std::min(left, static_cast<std::size_t>(due_));
        due_ = count < left ? std::min(due_ - static_cast<double>(count), 1.0) : 0.0;
        if (count > 0) go_forward(position_ + count);
    }
    bool ended = (over() && position_ == known()) || (stop_at_ && position_ >= *stop_at_);
    if (ended && !moving()) {
        playing_ = false;
        stop_at_.reset();
    }
}

void Player::show(std::size_t position, double progress) {
    if (position != position_ || backwards_) jump(position);
    progress_ = progress;
}

Player::Standing Player::standing() const {
    return {position_, folded_, playing_, backwards_, due_, progress_, before_, now_, taken_back_};
}

void Player::put_back(Standing standing) {
    position_ = standing.position;
    folded_ = standing.folded;
    playing_ = standing.playing;
    backwards_ = standing.backwards;
    due_ = standing.due;
    progress_ = standing.progress;
    before_ = std::move(standing.before);
    now_ = std::move(standing.now);
    taken_back_ = std::move(standing.taken_back);
    ++cuts_;
}

std::size_t Player::shown_decision() const {
    if (backwards_ && moving()) return position_;
    return position_ == 0 ? no_decision : position_ - 1;
}

void Player::jump(std::size_t position) {
    position_ = std::min(position, known());
    const sim::Timeline& film = timeline();
    folded_ = position_ == 0 ? 0 : film.decision_end(position_ - 1);
    now_ = before_ = film.school_at(position_ <= 1 ? 0 : film.decision_end(position_ - 2));
    const std::size_t end = folded_;
    folded_ = position_ <= 1 ? 0 : film.decision_end(position_ - 2);
    fold_until(end);
    progress_ = 1;
    backwards_ = false;
    ++cuts_;
}

void Player::go_forward(std::size_t position) {
    position = std::min(position, known());
    if (position <= position_) return;
    const sim::Timeline& film = timeline();
    // Folding on is cheaper than fetching a kept copy unless the way is long (copies are at most
    // some hundred steps apart).
    if (position - position_ > 200) {
        unsigned cuts = cuts_;
        jump(position);
        cuts_ = cuts;
        return;
    }
    for (; position_ < position; ++position_) {
        if (position_ + 1 == position) before_ = now_;
        fold_until(film.decision_end(position_));
    }
    progress_ = fast() || still_ ? 1 : 0;
    backwards_ = false;
}

void Player::fold_until(std::size_t step) {
    for (; folded_ < step; ++folded_) now_.fold(timeline().step(folded_));
}

void Player::search_on() {
    // A step takes well below a microsecond to fold, so this is a part of a frame's time.
    constexpr std::size_t decisions_at_once = 5'000;
    const auto found = search_->go_on(timeline(), over(), decisions_at_once);
    const bool asked = (!open_moves().empty() || hold_) && search_->looked_at() + 1 >= known();
    const bool in_vain = !found && ((over() && search_->looked_at() == known()) || asked);
    if (!found && !in_vain) return;
    search_.reset();
    if (in_vain) missed_ = sought_;
    go_forward(found ? *found : known());
    if (found && !still_) progress_ = 0;  // how it happens is what one wants to see
}

void Player::go_back_one() {
    if (position_ == 0) return;
    sim::School taken_back = now_;
    unsigned cuts = cuts_;
    jump(position_ - 1);
    cuts_ = cuts;
    taken_back_ = std::move(taken_back);
    backwards_ = !still_;
    progress_ = still_ ? 1 : 0;
}

sim::Answers Player::answers() const {
    return model_ == nullptr ? sim::Answers{} : model_->own_answers();
}

sim::Reason Player::reason(sim::Words words) const {
    if (position_ == 0) return {};
    return sim::explain(timeline(), position_ - 1, before_, words, sim::Names::marked);
}

}  // namespace homeroom::app
