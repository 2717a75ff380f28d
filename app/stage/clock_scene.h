// One of several scenes on one clock: each has a run of its own, and shows it as it stood at the
// same moment of virtual time. The four levels of a lesson stand beside each other so, and two runs
// that are compared may as well.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "app/stage/floor_plan.h"
#include "app/stage/stage.h"

namespace homeroom::app {

// Equal boxes in as few rows as look well: one row while each is at least as wide as high.
Rect cell_of(const Rect& area, std::size_t which, std::size_t count, float gap);

class ClockScene {
public:
    // `number`: 1, 2, … tells its textures from those of the others and of the one large stage.
    ClockScene(const TextureUploader& upload, std::uint32_t number);

    // Tells runs apart, if one has taken the place of another: what was known of that is forgotten.
    void shows(unsigned run) {
        if (run != run_) film_ = nullptr;
        run_ = run;
    }
    // Stands where the run stood at `time`: after all decisions up to then. One decision forwards
    // is a motion of so many seconds; many at once only smooth positions; back is at once, and so
    // is another run. `film` is looked at until the next call. A teacher's way lasts as long as its
    // switch costs, where `usual_ns` is that of a usual motion.
    void go_to(const sim::Timeline& film, Nanoseconds time, double passed_s, double motion_s,
               Nanoseconds usual_ns = 0);

    // Draws it, with what else `view` says: words, colours, fonts, classes. Returns what lies under
    // the mouse.
    StagePick draw(ImDrawList* list, const Rect& box, StageView view, double seconds);

    const sim::School& now() const { return now_; }
    const sim::School& before() const { return before_; }  // the last decision
    std::size_t position() const { return position_; }     // decisions that have happened
    bool moving() const { return progress_ < 1 || hurried_s_ > 0; }

private:
    void stand_at(std::size_t position);

    Stage stage_;
    const sim::Timeline* film_ = nullptr;
    unsigned run_ = 0;
    std::size_t position_ = 0, folded_ = 0;  // folded_: steps that are in now_
    sim::School before_, now_;
    double progress_ = 1;
    double hurried_s_ = 0;  // so much longer single motions cannot be followed
};

// As many as are wanted, made when they are first asked for.
class ClockScenes {
public:
    explicit ClockScenes(TextureUploader upload = {}) : upload_(std::move(upload)) {}

    ClockScene& operator[](std::size_t which);
    bool moving() const;

private:
    TextureUploader upload_;
    std::vector<std::unique_ptr<ClockScene>> scenes_;
};

}  // namespace homeroom::app
