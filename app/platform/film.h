// Films of the window, as GIF or as numbered PNG files.
#pragma once

#include <imgui.h>

#include <memory>
#include <string>
#include <vector>

#include "app/export/gif.h"
#include "app/frame.h"
#include "app/platform/surface.h"

namespace homeroom::app {

// A film of more pictures than this is refused: two minutes.
inline constexpr std::size_t film_pictures_max = 1500;

// Draws the moments of a film and writes them, some at a time, so that the window goes on
// meanwhile. It has an ImGui of its own: mouse and keys of the user do not reach it.
class FilmJob {
public:
    // Of pictures the file is a stem: STEM-0001.png and so on.
    FilmJob(Shot::Kind kind, std::string file, std::vector<FilmMoment> film);
    ~FilmJob();
    FilmJob(const FilmJob&) = delete;
    FilmJob& operator=(const FilmJob&) = delete;

    // At least one picture, and more until so many seconds have passed. False: it is over, for good
    // or not.
    bool go_on(Surface& surface, Frame& frame, double seconds);
    // Of a film that is not finished nothing is left but the pictures that have a file of their
    // own.
    void stop();

    const std::string& file() const { return file_; }
    bool good() const { return good_; }  // as far as it has come
    float share() const;                 // 0 to 1

private:
    void draw(Surface& surface, Frame& frame, const FilmMoment& moment);
    bool draw_next(Surface& surface, Frame& frame);
    void take(Surface& surface);

    Shot::Kind kind_;
    std::string file_;
    std::vector<FilmMoment> film_;
    // Before a film come pictures that settle sizes, which ImGui learns only by drawing, and those
    // that its colours are chosen from.
    std::vector<FilmMoment> first_;
    std::size_t settling_ = 0;  // of those the ones that nothing is taken from
    std::size_t next_ = 0;      // of first_, and then of film_
    bool good_ = true;
    std::vector<Pixels> samples_;
    std::unique_ptr<GifPalette> palette_;
    std::unique_ptr<GifWriter> writer_;
    ImGuiContext* context_ = nullptr;
};

}  // namespace homeroom::app
