// Films of the window.
#include "app/platform/film.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>

#include "app/export/gif.h"

namespace homeroom::app {
namespace {

// Pictures wider than this are halved in a GIF; picked.
constexpr int gif_width_max = 1400;

// Calls take(number) after each moment has been drawn; false from it ends the film.
bool draw_film(Surface& surface, Frame& frame, const std::vector<FilmMoment>& film,
               const std::function<bool(std::size_t)>& take) {
    Player& player = frame.player();
    const std::size_t position = player.position();
    const bool playing = player.playing();
    player.apply(command::Pause{});
    frame.view().saved.clear();
    bool good = true;
    for (std::size_t i = 0; i < film.size() && good; ++i) {
        player.wait_for(film[i].position);
        player.show(film[i].position, film[i].progress);
        surface.draw(frame, 0);
        good = take(i);
    }
    player.show(position, 1);
    if (playing) player.apply(command::TogglePlay{});
    return good;
}

Pixels fitting(Pixels picture) {
    return picture.width > gif_width_max ? halved(picture) : std::move(picture);
}

}  // namespace

bool write_gif(Surface& surface, Frame& frame, const std::vector<FilmMoment>& film,
               const std::string& file) {
    // The colours come from some of the pictures, which are drawn twice.
    constexpr std::size_t samples_max = 8;
    std::vector<FilmMoment> some;
    const std::size_t stride = std::max<std::size_t>(1, film.size() / samples_max);
    for (std::size_t i = 0; i < film.size(); i += stride) some.push_back(film[i]);
    // The first pictures settle sizes that ImGui learns only by drawing.
    if (!some.empty()) some.insert(some.begin(), 3, some.front());
    std::vector<Pixels> samples;
    draw_film(surface, frame, some, [&](std::size_t) {
        samples.push_back(fitting(surface.pixels()));
        return true;
    });
    if (samples.empty()) return false;
    const GifPalette palette(samples);
    GifWriter writer(file, samples.front().width, samples.front().height, palette);
    const auto hundredths = static_cast<int>(std::lround(100 / FilmLog::pictures_per_second));
    draw_film(surface, frame, film, [&](std::size_t) {
        writer.add(fitting(surface.pixels()), hundredths);
        return true;
    });
    return writer.close();
}

bool write_pictures(Surface& surface, Frame& frame, const std::vector<FilmMoment>& film,
                    const std::string& stem) {
    return draw_film(surface, frame, film, [&](std::size_t i) {
        char number[16];
        std::snprintf(number, sizeof number, "-%04zu.png", i + 1);
        return surface.write_png(stem + number);
    });
}

}  // namespace homeroom::app
