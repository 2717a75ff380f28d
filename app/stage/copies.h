// Fork with copy on write, exec and exit, as one sees them: the sheets of paper (pages) of each
// class on its name plate, those that it has in common with another as ghosts; what was copied
// flies from plate to plate; an eraser goes through a room whose program is replaced; a door
// closes.
#pragma once

#include "app/stage/motion.h"
#include "app/stage/pen.h"
#include "app/stage/scene.h"
#include "app/stage/stage.h"

namespace homeroom::app {

// Where the sheets stand on the plate of a room: beside its name. Empty if it has none, or if there
// is not enough room for them.
Rect strip_of_pages(const Pen& pen, const sim::School& school, const RoomScene& room);
// The sheets. Full: its own. Dashed: in common with a copy, until one of the two writes on it.
void draw_pages(const Pen& pen, const sim::School& school, const RoomScene& room, const Cue& cue,
                float t);
// In the room itself: the eraser of exec, and the door that closes behind the last.
void draw_changes_of_class(const Pen& pen, const sim::School& school, const RoomScene& room,
                           const Cue& cue, float t);
// Over the rooms: from a class that copies itself, or that is selected, to those that have sheets
// in common with it; and the sheet that is copied, on its way. `pen` is the hall's.
void draw_sheets(const Pen& pen, const sim::School& school, const Scene& scene, StagePick selected,
                 const Cue& cue, float t);

}  // namespace homeroom::app
