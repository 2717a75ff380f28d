// Which squares of the window are filled by what is opaque: whatever was drawn there before it is
// not seen, and need not be drawn.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <vector>

#include "app/pixel_box.h"

namespace homeroom::app {

class Covers {
public:
    // Squares next to each other in one row that a shape fills. It hides all runs of triangles
    // before this one.
    struct Span {
        std::uint32_t first_run;
        int y, x0, x1;
    };

    // Before the triangles of a picture so large, in pixels.
    void begin(const ImDrawData& data, int width, int height);
    // The next triangle, by its three indices; `run` is the one that it belongs to. Those with a
    // common first corner that go on where the last one ended are one shape.
    void note(const ImDrawIdx* triangle, const ImDrawVert* corners, const PixelBox& clip,
              std::uint32_t run);
    // What comes next is not opaque, or of another list.
    void end_shape();

    // In the order of their runs.
    const std::vector<Span>& spans() const { return spans_; }

private:
    ImVec2 in_pixels(ImVec2 at) const {
        return {(at.x - zero_.x) * scale_.x, (at.y - zero_.y) * scale_.y};
    }
    bool convex() const;
    bool fills(float x0, float y0, float x1, float y1) const;

    ImVec2 zero_, scale_;
    int width_ = 0, height_ = 0;
    std::vector<Span> spans_;
    // The shape that is being noted.
    std::vector<ImVec2> outline_;
    ImDrawIdx first_ = 0, last_ = 0;
    PixelBox clip_{};
    std::uint32_t first_run_ = 0;
    float turn_ = 1;  // 1 or -1: which way it goes round
};

}  // namespace homeroom::app
