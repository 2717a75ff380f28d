// Where a room's tables stand: a part of floor_plan.h.
#pragma once

#include "app/stage/floor_plan.h"

namespace homeroom::app {

inline Rect left_part(const Rect& r, float w) { return {r.x0, r.y0, r.x0 + w, r.y1}; }
inline Rect right_part(const Rect& r, float w) { return {r.x1 - w, r.y0, r.x1, r.y1}; }
inline Rect top_part(const Rect& r, float h) { return {r.x0, r.y0, r.x1, r.y0 + h}; }
inline Rect bottom_part(const Rect& r, float h) { return {r.x0, r.y1 - h, r.x1, r.y1}; }

// On the floor and, if there is no room for all, folded up at its front.
void place_tables(const sim::School& school, const RoomKey& room, Plan& to);
// In the corridor.
void place_errands(const sim::School& school, const RoomKey& room, Plan& to);
// In a room seen from afar.
void place_small_tables(const sim::School& school, const RoomKey& room, Plan& to);

}  // namespace homeroom::app
