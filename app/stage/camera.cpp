// Zooming, panning, flying.
#include "app/stage/camera.h"

#include <algorithm>
#include <cmath>

namespace homeroom::app {

ImVec2 Camera::on_screen(ImVec2 p, const Rect& whole) const {
    const ImVec2 c = whole.centre();
    return {c.x + (p.x - whole.x0 - at.x * whole.w()) * zoom_x(),
            c.y + (p.y - whole.y0 - at.y * whole.h()) * zoom_y()};
}

Rect Camera::on_screen(const Rect& place, const Rect& whole) const {
    if (*this == Camera{}) return place;  // exactly, whatever floats make of it
    const ImVec2 a = on_screen(place.min(), whole), b = on_screen(place.max(), whole);
    return {a.x, a.y, b.x, b.y};
}

ImVec2 Camera::from_screen(ImVec2 p, const Rect& whole) const {
    const ImVec2 c = whole.centre();
    return {whole.x0 + at.x * whole.w() + (p.x - c.x) / zoom_x(),
            whole.y0 + at.y * whole.h() + (p.y - c.y) / zoom_y()};
}

Camera within_school(Camera camera) {
    const float x = std::clamp(camera.zoom_x(), 1.0f, zoom_max);
    const float y = std::clamp(camera.zoom_y(), 1.0f, zoom_max);
    if (x != camera.zoom_x() || y != camera.zoom_y()) {
        camera.zoom = std::sqrt(x * y);
        camera.stretch = std::sqrt(x / y);
    }
    camera.at.x = std::clamp(camera.at.x, 0.5f / x, 1 - 0.5f / x);
    camera.at.y = std::clamp(camera.at.y, 0.5f / y, 1 - 0.5f / y);
    return camera;
}

Camera zoomed(const Camera& camera, float factor, ImVec2 point, const Rect& whole) {
    const ImVec2 fixed = camera.from_screen(point, whole), c = whole.centre();
    Camera to = camera;
    to.zoom = camera.zoom * factor;
    // Whoever goes far away sees everything in its own shape again.
    if (factor < 1 && to.zoom < 2) to.stretch = std::pow(to.stretch, 0.5f);
    to = within_school(to);
    to.at = {(fixed.x - (point.x - c.x) / to.zoom_x() - whole.x0) / whole.w(),
             (fixed.y - (point.y - c.y) / to.zoom_y() - whole.y0) / whole.h()};
    return within_school(to);
}

Camera dragged(const Camera& camera, ImVec2 pixels, const Rect& whole) {
    Camera to = camera;
    to.at.x -= pixels.x / whole.w() / camera.zoom_x();
    to.at.y -= pixels.y / whole.h() / camera.zoom_y();
    return within_school(to);
}

Camera filling(const Rect& place, const Rect& whole) {
    if (place.empty() || whole.empty()) return {};
    return facing(place, whole, 1, std::sqrt(whole.w() / place.w() / (whole.h() / place.h())));
}

Camera facing(const Rect& place, const Rect& whole, float share, float stretch) {
    if (place.empty() || whole.empty()) return {};
    Camera to;
    to.stretch = stretch;
    to.zoom = share * std::min(whole.w() / place.w() / stretch, whole.h() / place.h() * stretch);
    to.at = {(place.centre().x - whole.x0) / whole.w(), (place.centre().y - whole.y0) / whole.h()};
    return within_school(to);
}

Camera between(const Camera& a, const Camera& b, float t) {
    if (t <= 0) return a;
    if (t >= 1) return b;
    Camera camera;
    camera.zoom = a.zoom * std::pow(b.zoom / a.zoom, t);
    camera.stretch = a.stretch * std::pow(b.stretch / a.stretch, t);
    // Where the zoom changes, the middle goes as the width of what is seen does.
    const float wide = 1 / a.zoom, narrow = 1 / b.zoom;
    const float share =
        std::abs(wide - narrow) < 1e-4f ? t : (wide - 1 / camera.zoom) / (wide - narrow);
    camera.at = {a.at.x + (b.at.x - a.at.x) * share, a.at.y + (b.at.y - a.at.y) * share};
    return camera;
}

void CameraFlight::fly(const Camera& to, float seconds) {
    from_ = now_;
    to_ = to;
    whole_ = left_ = seconds;
    if (seconds > 0) return;
    arrived_ = !(now_ == to);
    now_ = to;
}

void CameraFlight::pass(float seconds) {
    arrived_ = false;
    if (left_ <= 0) return;
    left_ = std::max(0.0f, left_ - seconds);
    const float t = 1 - left_ / whole_;
    now_ = between(from_, to_, t * t * (3 - 2 * t));
    arrived_ = left_ <= 0;
}

}  // namespace homeroom::app
