// Who stands where: the school of one moment, put into a floor plan. Two scenes and a share between
// them make a picture (motion.h).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "app/stage/building.h"
#include "app/stage/camera.h"
#include "app/stage/floor_plan.h"
#include "sim/classes.h"

namespace homeroom::app {

// The face of a clipboard: its number, the top line, and as many names as fit below.
struct CardFace {
    Rect box, head, top_line;
    Rect mark;  // the sign at the beginning of the top line
    float row_h = 0, column_w = 0, name_h = 0;
    float names_y = 0;
    std::uint32_t columns = 1, rows = 0;
    std::uint32_t names = 0, shown = 0;  // below the top line

    ImVec2 name_at(std::uint32_t i) const;  // centre of the head in front of the name
    ImVec2 top_name_at() const;             // of that on the top line, if there is one
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

// How many students of a room are in which state, whatever the picture has room for.
enum class Standing : std::uint8_t { taught, ready, waiting, asleep, errand, finished };
inline constexpr std::size_t standings = 6;
using StandingCounts = std::array<std::uint32_t, standings>;
Standing standing_of(sim::Student::State state);

struct RoomScene {
    RoomKey key;
    Plan plan;
    bool in_sight = true;
    Rect plate, door;  // its name on the wall, and its door; empty for one alone
    StandingCounts counts{};
    // The queues that may be long.
    Crowd bench, sleepers, graduates;
    std::vector<Crowd> lines;  // one for each station
};

// A student of any room is in `students`, and so on: what moves from room to room is found by its
// number.
struct Scene {
    Rect area;
    Building building;             // as on the screen
    Plan hall;                     // if there is one: sizes in it; its zones are the building's
    std::vector<RoomScene> rooms;  // index: ClassId; one, if it is alone
    std::vector<StudentSpot> students;  // index: StudentId - 1
    std::vector<Rect> cards;            // index: ClipboardId
    std::vector<CardFace> faces;
    std::vector<Rect> teachers;              // index: TeacherId
    std::vector<std::size_t> teachers_room;  // where each is; beyond the last room: in the hall
    std::vector<TablePlace> tables;          // index: TableId

    bool has_hall() const { return building.has_hall(); }
    const RoomScene& room_of(sim::ClassId id) const {
        return rooms[sim::index(id) < rooms.size() ? sim::index(id) : 0];
    }
    const RoomScene& room_of(const sim::Clipboard& clipboard) const;
};

// From where a scene is seen, and what is known of its classes (none: one has the school alone).
// hall: the hall is seen with one class, too.
struct Sight {
    Camera camera{};
    std::span<const sim::ClassOptions> classes{};
    bool hall = false;
    // Rooms on their way from how they were in that school to how they are in the other; null: at
    // rest.
    const sim::School* rooms_from = nullptr;
    const sim::School* rooms_to = nullptr;
    float share = 1;
    // Who draws picture after picture: what is remembered of the last school, and a scene that is
    // not needed any more, for its memory. Null: nothing.
    Census* census = nullptr;
    Scene* spare = nullptr;
};

Scene scene(const sim::School& school, const Rect& area, float ui_scale, const Sight& sight = {});

}  // namespace homeroom::app
