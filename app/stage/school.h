// The school around the classrooms: walls, name plates, corridors, and the hall with the head
// teacher's desk and a lane for each teacher. And a classroom as it is seen from afar.
#pragma once

#include <span>

#include "app/stage/motion.h"
#include "app/stage/pen.h"
#include "app/stage/scene.h"
#include "sim/classes.h"

namespace homeroom::app {

// Under the rooms. `pen` is the hall's.
void draw_building(const Pen& pen, const Scene& scene);
// The floor of a room seen from afar; its tables and people come later.
void draw_small_room(const Pen& pen, const RoomScene& room);
// Its walls, its door, and on a plate its name and what became of it.
// `classes`: of the run; none: one that is nothing but its room.
void draw_walls(const Pen& pen, const sim::School& school, const RoomScene& room,
                std::span<const sim::ClassOptions> classes);
// From the left end of a plate to where the class's name ends, and a little more.
float head_of_plate(const Pen& pen, const RoomScene& room);
// Classes have a colour each.
ImU32 colour_of_class(sim::ClassId id);
// The lesson plan that each teacher has in mind, under its arm: the address space that its core
// holds. Who is idle still has the last one.
void draw_lesson_plans(const Pen& pen, const sim::School& school, const Scene& scene,
                       const Picture& picture);
// The head teacher, and for each teacher where it is and who waits for it.
void draw_hall(const Pen& pen, const sim::School& school, const Scene& scene);

}  // namespace homeroom::app
