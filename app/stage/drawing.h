// An SVG drawing, dressed by a style sheet and rasterised at any size.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

class Drawing {
public:
    // `text` is read when it is needed for the first time and must live until then.
    explicit Drawing(std::string_view text);
    ~Drawing();
    Drawing(Drawing&&) noexcept;
    Drawing& operator=(Drawing&&) = delete;

    // A part of the drawing, in shares of its width and height.
    struct Part {
        float x = 0, y = 0, w = 1, h = 1;
    };
    // `css` sets colours, and which of several variants is seen. What it says must cover all that
    // an earlier one said: librsvg only adds. Empty pixels when the text is no SVG.
    Raster rasterise(const std::string& css, const Part& part, int width, int height);

private:
    struct Handle;
    std::unique_ptr<Handle> handle_;
};

}  // namespace homeroom::app
