// Draws thousands of students into one image, so that a renderer without a GPU has one rectangle to
// draw instead of one for each of them.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "app/stage/figures.h"

namespace homeroom::app {

class CrowdImage {
public:
    explicit CrowdImage(Sprites& sprites) : sprites_(sprites) {}

    // Starts a new image; all of it is transparent.
    void begin(int width, int height);
    // `centre` and `height` in pixels of the image.
    void add(ImVec2 centre, float height, sim::StudentId id, Pose pose);
    // False: the image is the same as the last one, which can be shown again. True: no more
    // than these rows and columns of it differ.
    bool finish();
    int first_row() const { return first_row_; }
    int rows() const { return rows_; }
    int first_column() const { return first_column_; }
    int columns() const { return columns_; }

    // The parts of the image in which there is anything, in pixels: {x, y, width, height}. A
    // renderer without a GPU pays for each pixel it is asked to lay over another, be it
    // transparent.
    struct Part {
        int x, y, w, h;
    };
    std::vector<Part> parts() const;

    const std::uint32_t* pixels() const { return pixels_.data(); }
    int width() const { return width_; }
    int height() const { return height_; }

private:
    struct Item {
        std::int16_t x, y;
        std::uint32_t stamp;
    };
    // Squares of the image, x1 and y1 outside.
    struct Squares {
        int x0, y0, x1, y1;
    };
    std::uint32_t stamp(int height, sim::StudentId id, Pose pose);
    const Raster& master(const Dress& dress);
    Squares squares_of(const Item& item) const;
    std::size_t number_of(int x, int y) const {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(squares_x_) +
               static_cast<std::size_t>(x);
    }
    void clear(int x, int y);
    void put(const Item& item, int x, int y);

    int width_ = 0, height_ = 0;
    std::vector<std::uint32_t> pixels_;
    std::vector<Item> items_;
    bool sized_ = false;
    int squares_x_ = 0, squares_y_ = 0;
    // What stands on each square, row by row, and what stood there in the last image.
    std::vector<std::uint64_t> now_, last_;
    int first_row_ = 0, rows_ = 0, first_column_ = 0, columns_ = 0;

    // Each look in each size is drawn once and then copied.
    std::vector<Raster> stamps_;
    std::unordered_map<std::uint64_t, std::uint32_t> known_;
    // ... and large; the sizes of a crowd that grows come from these.
    std::unordered_map<std::uint64_t, Raster> masters_;
    Sprites& sprites_;
};

// Lays `above` over `below`, as a renderer with straight alpha would.
std::uint32_t over(std::uint32_t below, std::uint32_t above, float share);

}  // namespace homeroom::app
