// A run as it stood at a moment of virtual time.
#include "app/stage/clock_scene.h"

#include <algorithm>
#include <utility>

#include "app/stage/motion.h"

namespace homeroom::app {

namespace {

// Each stage keeps its images in slots; no stage needs as many.
constexpr std::uint32_t slots_each = 64;
// After several decisions at once: smoothed positions for so long.
constexpr double hurry_s = 0.3;
// Copies of the school are at most some hundred steps apart, so beyond that fetching one is cheaper
// than folding on.
constexpr std::size_t folded_on_max = 200;

TextureUploader in_own_slots(const TextureUploader& upload, std::uint32_t number) {
    if (!upload) return {};
    return [upload, number](Texture texture) {
        texture.slot += number * slots_each;
        return upload(texture);
    };
}

}  // namespace

Rect cell_of(const Rect& area, std::size_t which, std::size_t count, float gap) {
    std::size_t columns = 1;
    // The shape that leaves each box nearest to the one that a room was designed for.
    const auto share = [&](std::size_t n) {
        const auto rows = static_cast<float>((count + n - 1) / n);
        const float w = area.w() / static_cast<float>(n), h = area.h() / rows;
        return std::min(w / 760, h / 420);
    };
    for (std::size_t n = 2; n <= count; ++n)
        if (share(n) > share(columns)) columns = n;
    const std::size_t rows = (count + columns - 1) / columns;
    const float w =
        (area.w() - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    const float h = (area.h() - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows);
    const float x = area.x0 + static_cast<float>(which % columns) * (w + gap);
    const float y = area.y0 + static_cast<float>(which / columns) * (h + gap);
    return {x, y, x + w, y + h};
}

ClockScene::ClockScene(const TextureUploader& upload, std::uint32_t number)
    : stage_(in_own_slots(upload, number)) {}

void ClockScene::stand_at(std::size_t position) {
    const auto school = [this](std::size_t at) {
        return at == 0 ? film_->school_at(0) : film_->school_after_decision(at - 1);
    };
    now_ = school(position);
    before_ = school(position == 0 ? 0 : position - 1);
    position_ = position;
    folded_ = position == 0 ? 0 : film_->decision_end(position - 1);
}

void ClockScene::go_to(const sim::Timeline& film, Nanoseconds time, double passed_s,
                       double motion_s, Nanoseconds usual_ns) {
    const std::size_t position = film.first_decision_at(time + 1);
    const bool cut = film_ != &film || position < position_;
    film_ = &film;
    hurried_s_ = std::max(0.0, hurried_s_ - passed_s);
    if (cut) {
        stand_at(position);
        stage_.snap();
        progress_ = 1;
        hurried_s_ = 0;
        return;
    }
    if (position == position_) {
        // The newest decision may be completed by details that come after it.
        for (const std::size_t end = position == 0 ? 0 : film.decision_end(position - 1);
             folded_ < end; ++folded_)
            now_.fold(film.step(folded_));
        if (position > 0 && motion_s > 0)
            motion_s *= ways_of(film.step(film.step_of_decision(position - 1)), usual_ns);
        progress_ = motion_s > 0 ? std::min(1.0, progress_ + passed_s / motion_s) : 1;
        return;
    }
    if (position - position_ > 1 || progress_ < 1) hurried_s_ = hurry_s;
    if (position - position_ > folded_on_max) {
        stand_at(position);
    } else {
        for (; position_ < position; ++position_) {
            if (position_ + 1 == position) before_ = now_;
            for (const std::size_t end = film.decision_end(position_); folded_ < end; ++folded_)
                now_.fold(film.step(folded_));
        }
    }
    progress_ = motion_s > 0 && hurried_s_ <= 0 ? 0 : 1;
}

StagePick ClockScene::draw(ImDrawList* list, const Rect& box, StageView view, double seconds) {
    if (film_ == nullptr) return {};
    view.before = &before_;
    view.after = &now_;
    view.timeline = film_;
    view.decision = position_ == 0 ? no_decision : position_ - 1;
    view.progress = static_cast<float>(progress_);
    view.playing_fast = hurried_s_ > 0;
    return stage_.draw(list, box.min(), box.max(), view, seconds);
}

ClockScene& ClockScenes::operator[](std::size_t which) {
    while (scenes_.size() <= which)
        scenes_.push_back(
            std::make_unique<ClockScene>(upload_, static_cast<std::uint32_t>(scenes_.size() + 1)));
    return *scenes_[which];
}

bool ClockScenes::moving() const {
    return std::any_of(scenes_.begin(), scenes_.end(),
                       [](const auto& scene) { return scene->moving(); });
}

}  // namespace homeroom::app
