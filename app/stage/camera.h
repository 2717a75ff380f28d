// From where the stage is looked at: the whole school, a room, a table. Plain data; places are
// shares of the whole picture, so that they mean the same in a window of any size.
#pragma once

#include <imgui.h>

#include "app/stage/floor_plan.h"

namespace homeroom::app {

inline constexpr float zoom_max = 24;

struct Camera {
    ImVec2 at{0.5f, 0.5f};  // what is in the middle of the picture
    float zoom = 1;         // 1: the whole school fills the picture; at most zoom_max
    // Wider than tall, if above 1. Rooms are laid out anew for each size, so one of any shape can
    // be shown from wall to wall.
    float stretch = 1;

    float zoom_x() const { return zoom * stretch; }
    float zoom_y() const { return zoom / stretch; }
    // `whole` is the place of the whole school without zoom, and that of the picture as well.
    Rect on_screen(const Rect& place, const Rect& whole) const;
    ImVec2 on_screen(ImVec2 point, const Rect& whole) const;
    ImVec2 from_screen(ImVec2 point, const Rect& whole) const;

    friend bool operator==(const Camera& a, const Camera& b) {
        return a.at.x == b.at.x && a.at.y == b.at.y && a.zoom == b.zoom && a.stretch == b.stretch;
    }
};

// The nearest one that shows nothing beyond the school.
Camera within_school(Camera camera);
// `factor` times nearer; what is under `point` (of the picture) stays there.
Camera zoomed(const Camera& camera, float factor, ImVec2 point, const Rect& whole);
// The picture moves by so many pixels.
Camera dragged(const Camera& camera, ImVec2 pixels, const Rect& whole);
// Shows `place` as large as fits, on `share` of the picture. `stretch`: as above.
Camera facing(const Rect& place, const Rect& whole, float share, float stretch = 1);
// Shows `place` from edge to edge, both ways.
Camera filling(const Rect& place, const Rect& whole);
// On the way from a to b: at t = 0 and 1 exactly those; what both see moves along a straight line.
Camera between(const Camera& a, const Camera& b, float t);

// Goes from one camera to the next, slow at both ends.
class CameraFlight {
public:
    void fly(const Camera& to, float seconds);  // 0: is there at once
    void pass(float seconds);
    const Camera& now() const { return now_; }
    const Camera& goal() const { return to_; }
    // Or has just arrived: then one more picture is due, at rest.
    bool flies() const { return left_ > 0 || arrived_; }

private:
    Camera now_, from_, to_;
    float left_ = 0, whole_ = 1;  // seconds
    bool arrived_ = false;
};

}  // namespace homeroom::app
