// Rectangles of pixels, and the squares into which the window is divided.
#pragma once

#include <algorithm>
#include <cstdint>

namespace homeroom::app {

// Pixels of the framebuffer from the upper left corner; x1 and y1 lie outside.
struct PixelBox {
    int x0, y0, x1, y1;

    bool empty() const { return x0 >= x1 || y0 >= y1; }
    bool overlaps(const PixelBox& other) const {
        return x0 < other.x1 && other.x0 < x1 && y0 < other.y1 && other.y0 < y1;
    }
    std::int64_t size() const { return std::int64_t{x1 - x0} * (y1 - y0); }
    friend bool operator==(const PixelBox&, const PixelBox&) = default;
};

inline PixelBox joined(const PixelBox& a, const PixelBox& b) {
    return {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)};
}

inline PixelBox common(const PixelBox& a, const PixelBox& b) {
    return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

// Side of the squares in pixels. Picked: with smaller ones less is drawn needlessly, but large
// shapes touch more of them.
constexpr int square_size = 32;

constexpr int squares_for(int pixels) { return (pixels + square_size - 1) / square_size; }

// Those that a box of pixels touches.
inline PixelBox squares_of(const PixelBox& pixels) {
    return {pixels.x0 / square_size, pixels.y0 / square_size, squares_for(pixels.x1),
            squares_for(pixels.y1)};
}

inline PixelBox pixels_of(const PixelBox& squares) {
    return {squares.x0 * square_size, squares.y0 * square_size, squares.x1 * square_size,
            squares.y1 * square_size};
}

}  // namespace homeroom::app
