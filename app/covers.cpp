// Convex shapes, and the squares inside them.
#include "app/covers.h"

#include <cmath>

namespace homeroom::app {

namespace {

float cross(ImVec2 a, ImVec2 b, ImVec2 c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

}  // namespace

void Covers::begin(const ImDrawData& data, int width, int height) {
    zero_ = data.DisplayPos;
    scale_ = data.FramebufferScale;
    width_ = width;
    height_ = height;
    spans_.clear();
    outline_.clear();
}

void Covers::note(const ImDrawIdx* triangle, const ImDrawVert* corners, const PixelBox& clip,
                  std::uint32_t run) {
    if (outline_.empty() || triangle[0] != first_ || triangle[1] != last_) {
        end_shape();
        first_ = triangle[0];
        clip_ = clip;
        first_run_ = run;
        outline_ = {in_pixels(corners[triangle[0]].pos), in_pixels(corners[triangle[1]].pos)};
    }
    last_ = triangle[2];
    outline_.push_back(in_pixels(corners[triangle[2]].pos));
}

// Goes round once, and always to the same side.
bool Covers::convex() const {
    const std::size_t corners = outline_.size();
    for (std::size_t i = 0; i < corners; ++i) {
        const ImVec2 a = outline_[i], b = outline_[(i + 1) % corners],
                     c = outline_[(i + 2) % corners];
        if (cross(a, b, c) * turn_ < 0 || (i > 0 && cross(outline_[0], a, b) * turn_ < 0))
            return false;
    }
    return true;
}

bool Covers::fills(float x0, float y0, float x1, float y1) const {
    for (std::size_t i = 0; i < outline_.size(); ++i) {
        const ImVec2 a = outline_[i], b = outline_[(i + 1) % outline_.size()];
        for (const ImVec2 corner : {ImVec2(x0, y0), ImVec2(x1, y0), ImVec2(x0, y1), ImVec2(x1, y1)})
            if (cross(a, b, corner) * turn_ < 0) return false;
    }
    return true;
}

void Covers::end_shape() {
    if (outline_.empty()) return;
    ImVec2 min = outline_[0], max = min;
    float area = 0;
    for (std::size_t i = 1; i < outline_.size(); ++i) {
        const ImVec2 at = outline_[i];
        min = {std::min(min.x, at.x), std::min(min.y, at.y)};
        max = {std::max(max.x, at.x), std::max(max.y, at.y)};
        area += cross(outline_[0], outline_[i - 1], at);
    }
    turn_ = area < 0 ? -1 : 1;
    const auto low = [](float at, int least) { return std::max(static_cast<int>(at), least); };
    const auto high = [](float at, int most) {
        return static_cast<int>(std::min(at, static_cast<float>(most)));
    };
    // Whole squares; the last ones of the window may be smaller.
    const PixelBox box{low(std::ceil(min.x), clip_.x0), low(std::ceil(min.y), clip_.y0),
                       high(std::floor(max.x), clip_.x1), high(std::floor(max.y), clip_.y1)};
    const auto first = [](int at) { return squares_for(at); };
    const auto end = [](int at, int edge) {
        return at >= edge ? squares_for(edge) : at / square_size;
    };
    const int x0 = first(box.x0), x1 = end(box.x1, width_), y0 = first(box.y0),
              y1 = end(box.y1, height_);
    if (area != 0 && x0 < x1 && y0 < y1 && convex()) {
        for (int y = y0; y < y1; ++y) {
            const auto top = static_cast<float>(y * square_size);
            const auto low_edge = static_cast<float>(std::min((y + 1) * square_size, height_));
            const auto filled = [&](int x) {
                return fills(static_cast<float>(x * square_size), top,
                             static_cast<float>(std::min((x + 1) * square_size, width_)), low_edge);
            };
            int from = x0, to = x1;
            while (from < to && !filled(from)) ++from;
            while (to > from && !filled(to - 1)) --to;
            if (from < to) spans_.push_back({first_run_, y, from, to});
        }
    }
    outline_.clear();
}

}  // namespace homeroom::app
