// Two ways to put the same simple shapes on the screen: as triangles in ImGui's draw list, or as
// pixels in an image. Figures are written once, for either.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <vector>

namespace homeroom::app {

class ListBrush {
public:
    explicit ListBrush(ImDrawList* list) : list_(list) {}

    void disc(ImVec2 centre, float radius, ImU32 colour);
    // The part of a disc on the far side of the chord between two angles (radians, clockwise from
    // the right, as ImGui's; at most half a turn apart).
    void cap(ImVec2 centre, float radius, float from, float to, ImU32 colour);
    void box(ImVec2 min, ImVec2 max, float rounding, ImU32 colour);
    void line(ImVec2 a, ImVec2 b, float thickness, ImU32 colour);
    void arc(ImVec2 centre, float radius, float from, float to, float thickness, ImU32 colour);
    void triangle(ImVec2 a, ImVec2 b, ImVec2 c, ImU32 colour);

private:
    ImDrawList* list_;
};

// A small picture, with its origin in the middle. Edges are smooth: each pixel takes the share of
// it that the shape covers.
class PixelBrush {
public:
    PixelBrush(int width, int height);

    void disc(ImVec2 centre, float radius, ImU32 colour);
    void cap(ImVec2 centre, float radius, float from, float to, ImU32 colour);
    void box(ImVec2 min, ImVec2 max, float rounding, ImU32 colour);
    void line(ImVec2 a, ImVec2 b, float thickness, ImU32 colour);
    void arc(ImVec2 centre, float radius, float from, float to, float thickness, ImU32 colour);
    void triangle(ImVec2 a, ImVec2 b, ImVec2 c, ImU32 colour);

    int width() const { return width_; }
    int height() const { return height_; }
    const std::vector<std::uint32_t>& pixels() const { return pixels_; }

private:
    // Calls distance(point) for each pixel's middle: below 0 is inside, in pixels.
    template <class Distance>
    void fill(const Distance& distance, ImU32 colour);

    int width_, height_;
    std::vector<std::uint32_t> pixels_;
};

// Lays `above` over `below`, as a renderer with straight alpha would.
std::uint32_t over(std::uint32_t below, std::uint32_t above, float share);

}  // namespace homeroom::app
