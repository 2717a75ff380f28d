// Shapes as triangles.
#include "app/stage/brush.h"

namespace homeroom::app {

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

}  // namespace homeroom::app
