// The whole school: classrooms with walls, and the hall between them, in which the head teacher
// sits and idle teachers stand. A pure function, like the plan of each room.
#pragma once

#include <vector>

#include "app/stage/floor_plan.h"

namespace homeroom::app {

struct Building {
    struct Room {
        Rect box;                              // the classroom
        Rect plate;                            // its name, on the wall above it
        Rect door;                             // in its lower wall
        float corridor_x = 0, corridor_y = 0;  // middle of the corridors beside and before it
    };
    std::vector<Room> rooms;  // one alone has no wall, no plate and no door
    // Of several.
    Rect hall, office;
    std::vector<Rect> lanes;  // for each teacher: where it stands, and who waits for it

    bool several() const { return rooms.size() > 1; }
};

Building building(std::size_t classes, std::size_t teachers, const Rect& area, float ui_scale);

// The way from a point in one room (or in the hall: beyond the last room) to one in another, along
// the corridors.
std::vector<ImVec2> way(const Building& in, std::size_t from_room, ImVec2 from, std::size_t to_room,
                        ImVec2 to);
// The point at a share of its length.
ImVec2 along(const std::vector<ImVec2>& way, float share);

}  // namespace homeroom::app
