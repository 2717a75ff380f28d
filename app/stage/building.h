// The whole school: classrooms with walls, and the hall between them, in which the head teacher
// sits and idle teachers stand. A pure function, like the plan of each room.
#pragma once

#include <vector>

#include "app/stage/floor_plan.h"
#include "sim/school.h"

namespace homeroom::app {

struct Building {
    struct Room {
        Rect box;                              // the classroom
        Rect plate;                            // its name, on the wall above it
        Rect door;                             // in its lower wall
        float corridor_x = 0, corridor_y = 0;  // middle of the corridors beside and before it
    };
    // Index: ClassId; one that has no place, or none any more, is empty.
    std::vector<Room> rooms;  // without a hall one has no wall, no plate and no door
    // Where there are several, or one whose head teacher matters; else empty.
    Rect hall, office;
    std::vector<Rect> lanes;  // for each teacher: where it stands, and who waits for it
    float text = 12,
          hall_text = 12;  // the smallest letters in rooms and on plates, and in the hall

    bool has_hall() const { return !hall.empty(); }
};

// `hall`: also with one class. `beside`: on the right of the rooms, whatever would look best.
Building building(std::size_t classes, std::size_t teachers, const Rect& area, float ui_scale,
                  bool hall = false, bool beside = false);

// The rooms of a run with so many classes, and of those that they have copied (School::rooms).
// Copies get places in steps, so that the others do not move with each of them; those beyond the
// last place have no room of their own.
Building building_of(const sim::School& school, std::size_t classes, const Rect& area,
                     float ui_scale, bool hall);
// Does a room open or vanish from one to the other?
bool rooms_differ(const sim::School& a, const sim::School& b);
// Between two of them: new rooms grow out of the side of the one that opens them.
Building between(const Building& a, const Building& b, const sim::School& to, float share);

// The way from a point in one room (or in the hall: beyond the last room) to one in another, along
// the corridors.
std::vector<ImVec2> way(const Building& in, std::size_t from_room, ImVec2 from, std::size_t to_room,
                        ImVec2 to);
// The point at a share of its length.
ImVec2 along(const std::vector<ImVec2>& way, float share);

}  // namespace homeroom::app
