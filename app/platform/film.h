// Films of the window, as GIF or as numbered PNG files.
#pragma once

#include <string>
#include <vector>

#include "app/frame.h"
#include "app/platform/surface.h"

namespace homeroom::app {

// A film of more pictures than this is refused: two minutes.
inline constexpr std::size_t film_pictures_max = 1500;

// Draws these moments and writes them; the player stands where it stood afterwards. False: it could
// not be written.
bool write_gif(Surface& surface, Frame& frame, const std::vector<FilmMoment>& film,
               const std::string& file);
// STEM-0001.png and so on.
bool write_pictures(Surface& surface, Frame& frame, const std::vector<FilmMoment>& film,
                    const std::string& stem);

}  // namespace homeroom::app
