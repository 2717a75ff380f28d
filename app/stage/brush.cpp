// Shapes as triangles and as pixels.
#include "app/stage/brush.h"

#include <algorithm>
#include <cmath>

namespace homeroom::app {

namespace {

ImVec2 on_circle(ImVec2 centre, float radius, float angle) {
    return {centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)};
}

float length(float x, float y) { return std::sqrt(x * x + y * y); }

// Signed distance to the line through a and b; positive on its left, looking from a to b on the
// screen.
float beside(ImVec2 p, ImVec2 a, ImVec2 b) {
    const float dx = b.x - a.x, dy = b.y - a.y;
    const float along = std::max(length(dx, dy), 1e-6f);
    return ((p.x - a.x) * dy - (p.y - a.y) * dx) / along;
}

float to_segment(ImVec2 p, ImVec2 a, ImVec2 b) {
    const float dx = b.x - a.x, dy = b.y - a.y;
    const float square = std::max(dx * dx + dy * dy, 1e-6f);
    const float t = std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0.0f, 1.0f);
    return length(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

}  // namespace

void ListBrush::disc(ImVec2 centre, float radius, ImU32 colour) {
    list_->AddCircleFilled(centre, radius, colour);
}

void ListBrush::cap(ImVec2 centre, float radius, float from, float to, ImU32 colour) {
    list_->PathArcTo(centre, radius, from, to);
    list_->PathFillConvex(colour);
}

void ListBrush::box(ImVec2 min, ImVec2 max, float rounding, ImU32 colour) {
    list_->AddRectFilled(min, max, colour, rounding);
}

void ListBrush::line(ImVec2 a, ImVec2 b, float thickness, ImU32 colour) {
    list_->AddLine(a, b, colour, thickness);
}

void ListBrush::arc(ImVec2 centre, float radius, float from, float to, float thickness,
                    ImU32 colour) {
    list_->PathArcTo(centre, radius, from, to);
    list_->PathStroke(colour, 0, thickness);
}

void ListBrush::triangle(ImVec2 a, ImVec2 b, ImVec2 c, ImU32 colour) {
    list_->AddTriangleFilled(a, b, c, colour);
}

std::uint32_t over(std::uint32_t below, std::uint32_t above, float share) {
    auto channel = [](std::uint32_t c, int shift) { return c >> shift & 0xffu; };
    const auto top = static_cast<std::uint32_t>(
        std::lround(static_cast<float>(channel(above, IM_COL32_A_SHIFT)) * share));
    if (top == 0) return below;
    const std::uint32_t bottom = channel(below, IM_COL32_A_SHIFT) * (255 - top) / 255;
    const std::uint32_t alpha = top + bottom;
    std::uint32_t result = alpha << IM_COL32_A_SHIFT;
    for (int shift : {IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT}) {
        const std::uint32_t mixed = channel(above, shift) * top + channel(below, shift) * bottom;
        result |= (mixed + alpha / 2) / alpha << shift;
    }
    return result;
}

PixelBrush::PixelBrush(int width, int height)
    : width_(width),
      height_(height),
      pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {}

template <class Distance>
void PixelBrush::fill(const Distance& distance, ImU32 colour) {
    std::size_t i = 0;
    for (int y = 0; y < height_; ++y) {
        for (int x = 0; x < width_; ++x, ++i) {
            const ImVec2 p(static_cast<float>(x) + 0.5f - static_cast<float>(width_) / 2,
                           static_cast<float>(y) + 0.5f - static_cast<float>(height_) / 2);
            const float share = std::clamp(0.5f - distance(p), 0.0f, 1.0f);
            if (share > 0) pixels_[i] = over(pixels_[i], colour, share);
        }
    }
}

void PixelBrush::disc(ImVec2 c, float radius, ImU32 colour) {
    fill([&](ImVec2 p) { return length(p.x - c.x, p.y - c.y) - radius; }, colour);
}

void PixelBrush::cap(ImVec2 c, float radius, float from, float to, ImU32 colour) {
    const ImVec2 a = on_circle(c, radius, from), b = on_circle(c, radius, to);
    fill(
        [&](ImVec2 p) { return std::max(length(p.x - c.x, p.y - c.y) - radius, -beside(p, a, b)); },
        colour);
}

void PixelBrush::box(ImVec2 min, ImVec2 max, float rounding, ImU32 colour) {
    const float cx = (min.x + max.x) / 2, cy = (min.y + max.y) / 2;
    const float r = std::min({rounding, (max.x - min.x) / 2, (max.y - min.y) / 2});
    const float half_w = (max.x - min.x) / 2 - r, half_h = (max.y - min.y) / 2 - r;
    fill(
        [&](ImVec2 p) {
            const float dx = std::abs(p.x - cx) - half_w, dy = std::abs(p.y - cy) - half_h;
            return length(std::max(dx, 0.0f), std::max(dy, 0.0f)) +
                   std::min(std::max(dx, dy), 0.0f) - r;
        },
        colour);
}

void PixelBrush::line(ImVec2 a, ImVec2 b, float thickness, ImU32 colour) {
    fill([&](ImVec2 p) { return to_segment(p, a, b) - thickness / 2; }, colour);
}

void PixelBrush::arc(ImVec2 c, float radius, float from, float to, float thickness, ImU32 colour) {
    const ImVec2 a = on_circle(c, radius, from), b = on_circle(c, radius, to);
    fill(
        [&](ImVec2 p) {
            const float ring = std::abs(length(p.x - c.x, p.y - c.y) - radius) - thickness / 2;
            return std::max(ring, -beside(p, a, b));
        },
        colour);
}

void PixelBrush::triangle(ImVec2 a, ImVec2 b, ImVec2 c, ImU32 colour) {
    const float side = beside(c, a, b) < 0 ? 1.0f : -1.0f;
    fill(
        [&](ImVec2 p) {
            return std::max(
                {side * beside(p, a, b), side * beside(p, b, c), side * beside(p, c, a)});
        },
        colour);
}

}  // namespace homeroom::app
