// Simple shapes as triangles in ImGui's draw list.
#pragma once

#include <imgui.h>

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

}  // namespace homeroom::app
