// What the window has shown lately, so that its last seconds can be drawn again as a film.
#pragma once

#include <cstddef>
#include <deque>
#include <vector>

namespace homeroom::app {

class Player;

// A moment of the film: Player::show takes it.
struct FilmMoment {
    std::size_t position;
    double progress;
};

class FilmLog {
public:
    static constexpr double seconds_max = 60;
    static constexpr double pictures_per_second = 12.5;  // a GIF counts in hundredths of a second

    // Once per picture. Another run begins a new film.
    void note(double now_s, const Player& player);

    // So many seconds up to the last picture, evenly spaced.
    std::vector<FilmMoment> last(double seconds) const;

private:
    struct Noted {
        double at_s;
        FilmMoment moment;
    };
    std::deque<Noted> noted_;
    unsigned run_ = 0;
};

// The moments of a film from one decision to another, `speed` decisions per second.
std::vector<FilmMoment> film_between(std::size_t from, std::size_t to, double speed);

}  // namespace homeroom::app
