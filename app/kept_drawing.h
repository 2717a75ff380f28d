// What was drawn in the last picture, to be drawn again: a timeline of millions of decisions takes
// milliseconds to go through, and is the same in nearly every picture.
#pragma once

#include <imgui.h>

#include <bit>
#include <cstdint>
#include <functional>
#include <vector>

namespace homeroom::app {

// All that a drawing depends on, in one number.
class DrawingKey {
public:
    DrawingKey& with(std::uint64_t part) {
        value_ = (value_ ^ part) * 0x9e3779b97f4a7c15u;
        value_ ^= value_ >> 29;
        return *this;
    }
    DrawingKey& with(float part) { return with(std::uint64_t{std::bit_cast<std::uint32_t>(part)}); }
    DrawingKey& with(double part) { return with(std::bit_cast<std::uint64_t>(part)); }
    std::uint64_t value() const { return value_; }

private:
    std::uint64_t value_ = 0xcbf29ce484222325u;
};

class KeptDrawing {
public:
    // Calls `draw`, which adds to `list` and to nothing else; or, when the key is that of the last
    // call, adds the same again. Clip and letters need not be part of the key.
    void draw(ImDrawList* list, DrawingKey key, const std::function<void()>& draw);

private:
    bool kept_ = false;
    std::uint64_t key_ = 0;
    std::vector<ImDrawVert> corners_;
    std::vector<ImDrawIdx> indices_;  // from the first of the corners on
};

}  // namespace homeroom::app
