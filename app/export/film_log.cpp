// What the window has shown lately.
#include "app/export/film_log.h"

#include <algorithm>
#include <cmath>

#include "app/player.h"

namespace homeroom::app {

void FilmLog::note(double now_s, const Player& player) {
    if (player.runs() != run_) noted_.clear();
    run_ = player.runs();
    // After a step back the decision that is taken back is seen from its end to its beginning.
    const bool backwards = player.moving() && player.shown_decision() == player.position();
    noted_.push_back({now_s, {player.position() + (backwards ? 1 : 0), player.progress()}});
    while (now_s - noted_.front().at_s > seconds_max) noted_.pop_front();
}

std::vector<FilmMoment> FilmLog::last(double seconds) const {
    std::vector<FilmMoment> film;
    if (noted_.empty()) return film;
    const double end = noted_.back().at_s;
    const double from = std::max(noted_.front().at_s, end - seconds);
    const auto count = static_cast<int>(std::floor((end - from) * pictures_per_second));
    std::size_t i = 0;
    for (int k = 0; k <= count; ++k) {
        const double at = from + k / pictures_per_second;
        while (i + 1 < noted_.size() && noted_[i + 1].at_s <= at) ++i;
        film.push_back(noted_[i].moment);
    }
    return film;
}

std::vector<FilmMoment> film_between(std::size_t from, std::size_t to, double speed) {
    // As in the window: a motion fills its decision's time, and has at most what its parts need.
    const double motion_s = std::min(motion_seconds_max, motion_seconds_max / speed);
    const double whole_s = static_cast<double>(to - from) / speed + 1;  // the end can be looked at
    std::vector<FilmMoment> film;
    for (int k = 0; k / FilmLog::pictures_per_second < whole_s; ++k) {
        const double at = k / FilmLog::pictures_per_second;
        const auto begun = std::min(static_cast<std::size_t>(at * speed) + 1, to - from);
        const double since = at - static_cast<double>(begun - 1) / speed;
        film.push_back(to == from ? FilmMoment{to, 1.0}
                                  : FilmMoment{from + begun, std::min(1.0, since / motion_s)});
    }
    return film;
}

}  // namespace homeroom::app
