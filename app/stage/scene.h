// Who stands where: the school of one moment, put into a floor plan. Two scenes and a share between
// them make a picture (motion.h).
#pragma once

#include <cstdint>
#include <vector>

#include "app/stage/floor_plan.h"

namespace homeroom::app {

// The face of a clipboard: its number, the top line, and as many names as fit below.
struct CardFace {
    Rect box, head, top_line;
    float row_h = 0, column_w = 0, name_h = 0;
    float names_y = 0;
    std::uint32_t columns = 1, rows = 0;
    std::uint32_t names = 0, shown = 0;  // below the top line

    ImVec2 name_at(std::uint32_t i) const;  // centre of the head in front of the name
    Rect more() const;                      // where "+N" is written
};
CardFace card_face(const Rect& box, const Plan& to, std::uint32_t names, std::size_t students);

enum class Pose : std::uint8_t {
    nowhere,  // spawned or woken, but not yet in any queue
    name,     // a name on a clipboard
    bench,
    taught,   // or called, at the table
    waiting,  // at a channel, lock or wait group
    asleep,   // until the alarm clock rings
    errand,
    finished,
};

struct StudentSpot {
    ImVec2 at{0, 0};   // its middle
    float height = 0;  // of head and shoulders, or of the head in front of a name
    Pose pose = Pose::nowhere;
    bool shown = false;       // false: counted in a "+N", which is where it is
    std::uint32_t group = 0;  // equal in two scenes: it stayed in the same queue
};

struct Scene {
    Plan plan;
    std::vector<StudentSpot> students;  // index: StudentId - 1
    std::vector<Rect> cards;            // index: ClipboardId
    std::vector<Rect> teachers;         // index: TeacherId
    // The queues that may be long.
    std::vector<CardFace> faces;  // index: ClipboardId
    Crowd bench, sleepers, graduates;
    std::vector<Crowd> lines;  // one for each station
};

Scene scene(const sim::School& school, const Rect& area, float ui_scale);

}  // namespace homeroom::app
