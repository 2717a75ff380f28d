// The whiteboard: what students share, and wait for.
#pragma once

#include "app/stage/pen.h"
#include "app/stage/scene.h"

namespace homeroom::app {

void draw_whiteboard(const Pen& pen, const sim::School& school, const RoomScene& scene);

}  // namespace homeroom::app
