// An SVG drawing, dressed by a style sheet and rasterised at any size.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "app/stage/dress.h"

namespace homeroom::app {

// The drawings of assets/sprites, which the build puts into the program.
struct DrawingFile {
    std::string_view name, text;
};
std::span<const DrawingFile> drawing_files();

// Straight alpha, in ImGui's byte order (IM_COL32). Transparent pixels beside visible ones have
// their colour, so that no dark edge shows when a renderer takes the mean of both.
struct Raster {
    int width = 0, height = 0;
    std::vector<std::uint32_t> pixels;
};

// Of pixels that are premultiplied, 0xAARRGGBB, as cairo has them.
void make_straight(Raster& raster);

class Drawing {
public:
    // `text` is read when it is needed, a part at a time, and must live as long.
    explicit Drawing(std::string_view text);
    ~Drawing();
    Drawing(Drawing&&) noexcept;
    Drawing& operator=(Drawing&&) = delete;

    // A part of the drawing, in shares of its width and height.
    struct Part {
        float x = 0, y = 0, w = 1, h = 1;
    };
    // Empty pixels when the text is no SVG.
    Raster rasterise(const Dress& dress, const Part& part, int width, int height);
    Raster premultiplied(const Dress& dress, const Part& part, int width, int height);
    // In this pose and style something has the second colour.
    bool has_second(const Dress& dress);

private:
    struct Variant;
    Variant& variant(const Dress& dress);

    std::string_view text_;
    std::map<std::pair<unsigned, unsigned>, std::unique_ptr<Variant>> variants_;
};

}  // namespace homeroom::app
