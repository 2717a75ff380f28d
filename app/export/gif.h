// Films as GIF.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

struct GifFileType;

namespace homeroom::app {

// A picture's pixels: red, green, blue, row by row from the top.
struct Pixels {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgb;
};

// Half as wide and half as high; each pixel is the mean of four.
Pixels halved(const Pixels& picture);

// The colours that stand for all others of a film.
class GifPalette {
public:
    // Those that are most frequent in these pictures.
    explicit GifPalette(const std::vector<Pixels>& samples);

    static constexpr std::size_t colours = 255;  // and one for "as before"
    std::uint8_t nearest(const std::uint8_t* rgb) const;
    std::array<std::uint8_t, 3> colour(std::size_t index) const { return colours_[index]; }

private:
    std::array<std::array<std::uint8_t, 3>, colours> colours_{};
    mutable std::vector<std::int16_t> known_;  // by five bits of each channel; -1: not yet
};

// Writes one picture after another; of each only what differs from the one before.
class GifWriter {
public:
    // The palette must outlive the writer.
    GifWriter(const std::string& file, int width, int height, const GifPalette& palette);
    ~GifWriter();
    GifWriter(const GifWriter&) = delete;
    GifWriter& operator=(const GifWriter&) = delete;

    // The picture is seen for so many hundredths of a second.
    void add(const Pixels& picture, int hundredths);
    bool close();  // false: the file could not be written

private:
    void write_changes();

    const GifPalette& palette_;
    int width_, height_;
    std::FILE* out_ = nullptr;
    GifFileType* file_ = nullptr;
    bool good_ = true;
    std::vector<std::uint8_t> before_, now_;  // indices
    int hundredths_ = 0;                      // of `now_`, which is written when another comes
    bool first_ = true;
};

}  // namespace homeroom::app
