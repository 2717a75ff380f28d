// What lies under a point of the picture, and where in it something is.
#pragma once

#include "app/stage/motion.h"
#include "app/stage/stage.h"

namespace homeroom::app {

StagePick pick_at(const sim::School& school, const Scene& scene, const Picture& picture,
                  ImVec2 point);
// Empty if it was not drawn. Who is only counted is where the count is.
Rect box_of(const Scene& scene, const Picture& picture, StagePick what);
// A point of it on which nothing else lies; false if there is none.
bool point_of(const Scene& scene, const Picture& picture, StagePick what, ImVec2& point);

// The room that the middle of the picture shows, and whether it fills the picture.
std::size_t room_in_the_middle(const Scene& scene);
bool room_fills(const Scene& scene, std::size_t room);
// The room that something belongs to; beyond the last: to none.
std::size_t room_of(const sim::School& school, const Scene& scene, StagePick what);

}  // namespace homeroom::app
