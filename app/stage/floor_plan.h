// Where everything stands: a pure function of the school, the rectangle to fill and the UI scale.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <vector>

#include "app/stage/census.h"
#include "app/stage/room_key.h"
#include "sim/school.h"

namespace homeroom::app {

struct Rect {
    float x0 = 0, y0 = 0, x1 = 0, y1 = 0;

    float w() const { return x1 - x0; }
    float h() const { return y1 - y0; }
    bool empty() const { return w() <= 0 || h() <= 0; }
    ImVec2 min() const { return {x0, y0}; }
    ImVec2 max() const { return {x1, y1}; }
    ImVec2 centre() const { return {(x0 + x1) / 2, (y0 + y1) / 2}; }
    bool contains(ImVec2 p) const { return p.x >= x0 && p.x < x1 && p.y >= y0 && p.y < y1; }
    Rect inset(float by) const { return inset(by, by); }
    Rect inset(float by_x, float by_y) const {
        return {x0 + by_x, y0 + by_y, x1 - by_x, y1 - by_y};
    }

    friend bool operator==(const Rect&, const Rect&) = default;
};

inline bool overlap(const Rect& a, const Rect& b) {
    return !a.empty() && !b.empty() && a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

// Many figures in one rectangle, row by row from the top left. They shrink until all fit; when the
// smallest size does not do, the last places are kept free for "+N".
struct Crowd {
    Rect area;
    float figure_w = 0, figure_h = 0;
    std::uint32_t columns = 1;
    std::uint32_t count = 0, shown = 0;
    std::uint32_t each = 1;  // how many one figure stands for

    bool stands_for_others(std::uint32_t i) const { return i < shown && i % each == 0; }
    ImVec2 at(std::uint32_t i) const;  // centre of figure i; of "+N" for those not shown
    Rect more() const;                 // where "+N" is written; empty when all are shown
};
Crowd pack(const Rect& area, std::uint32_t count, float tallest, float smallest, float more_w);
// The same for so many that one figure must stand for several: none is left over.
Crowd pack_densely(const Rect& area, std::uint32_t count, float tallest, float smallest);

// How finely students are drawn; depends on how many the run has had so far, so that it never jumps
// to and fro.
enum class Detail : std::uint8_t {
    figures,  // people
    heads,    // small heads, drawn into one image
    dots,     // dots, drawn into one image
    density,  // a dot stands for several
};

// One table with what belongs to it. Parts of one place do not overlap.
struct TablePlace {
    enum class Where : std::uint8_t {
        grid,    // on the floor of the classroom
        folded,  // at rest, put away at the back
        out,     // in the corridor, on an errand
        hidden,  // one too many to be drawn: counted
    };
    Where where = Where::hidden;
    Rect cell, card, desk, student, teacher, label;
    Rect notes;  // seen from near: what is known of it, below; or empty
    Rect home;   // its empty place in the classroom while it is out; or empty
};

// One channel, lock or wait group on the whiteboard.
struct Station {
    ObjectId id = 0;
    Rect sign;  // the thing itself
    Rect line;  // students who wait for it stand here
};

struct Plan {
    Rect area;
    bool small = false;          // seen from afar: tables and counts, and nothing else
    float unit = 1;              // pixels of one design unit
    float text = 13, line = 16;  // pixels: size of text, and of a line of it
    Detail detail = Detail::figures;

    bool uses_clipboards = true;

    Rect room;                          // the classroom: all but the right-hand column
    Rect wall;                          // its back wall
    Rect rack;                          // idle clipboards hang here
    std::vector<Rect> pegs;             // one for each clipboard; empty for those of other rooms
    std::vector<std::size_t> own_pegs;  // the clipboards of this room
    Rect board;                         // the whiteboard
    bool board_named = true;            // and its name on it, where that leaves room for things
    Rect window;                        // in what the whiteboard leaves of the wall; or empty
    std::vector<Station> stations;
    Rect more_things;  // "+N" things; empty when all are shown
    std::uint32_t hidden_things = 0;
    Rect clock, sleepers;  // the alarm clock, and those who sleep until it rings

    Rect grid;
    std::vector<Rect> marks;  // the places of the grid, whether a table stands there or not
    Rect folded;              // strip of resting tables; empty when they rest where they stand
    std::vector<TablePlace> tables;  // one for each table
    std::uint32_t hidden_tables = 0;
    Rect more_tables;  // "+N" tables; empty when all are shown

    // Of a class that has the school for itself; of several they stand in the hall.
    Rect teachers;                    // idle teachers
    std::vector<Rect> teacher_spots;  // one for each teacher, in that corner
    Rect graduates;
    Rect site;    // of a class that is being opened: what has been made of it; or empty
    Rect states;  // of a room seen from afar: how many students are in which state

    Rect corridor, errands, monitor, bench;
    Rect monitors_teacher;  // stands here to attend the hall monitor
    Rect more_errands;
    std::uint32_t hidden_errands = 0;
};

// The smallest letters in a room of this size, in pixels: nearly as large as those of the panels,
// as far as there is room for them.
float least_text(const Rect& room, float ui_scale);
// `text_max` in pixels: what is looked at from near has larger figures, and more of them, but no
// letters as large as houses. `known`: a census that has looked at this school; null: there is
// none.
Plan floor_plan(const sim::School& school, const RoomKey& room, const Rect& area, float ui_scale,
                float text_max, const Census* known = nullptr);
// The same room from afar. `text` in pixels.
Plan small_plan(const sim::School& school, const RoomKey& room, const Rect& area, float unit,
                float text);

}  // namespace homeroom::app
