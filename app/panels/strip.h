// What the parts of the timeline strip share.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "app/panels/panels.h"

namespace homeroom::app {

// From decisions to pixels and back.
struct Axis {
    const sim::Timeline& film;
    bool by_time;
    float left, width;
    double first, span;  // in decisions, or in nanoseconds

    double place(std::size_t decision) const;
    float x(std::size_t decision) const {
        return left + static_cast<float>((place(decision) - first) / span) * width;
    }
    float right() const { return left + width; }
    // How many decisions have happened at this pixel.
    std::size_t position(float at) const;
};

// std::partition_point for one who goes along a long lane in about equal strides: `stride` is how
// long the last one was, at first 0. It looks at few elements, and at those that are near.
template <class It, class Holds>
It go_along(It first, It last, std::ptrdiff_t& stride, Holds holds) {
    std::ptrdiff_t step = std::max<std::ptrdiff_t>(stride, 1);
    It from = first;
    while (step < last - from && holds(from[step])) {
        from += step + 1;
        step *= 2;
    }
    const It found = std::partition_point(from, from + std::min(step, last - from), holds);
    stride = found - first;
    return found;
}

// The lanes in sight, one below the other.
struct LaneRows {
    Box box;
    float each = 0;  // height of one
    std::size_t first = 0, count = 0;

    float top(std::size_t lane) const {
        return box.min.y + static_cast<float>(lane - first) * each;
    }
    bool shows(std::size_t lane) const { return lane >= first && lane < first + count; }
};

inline sim::StudentId student_of_lane(std::size_t lane) {
    return sim::StudentId{static_cast<std::uint32_t>(lane + 1)};
}

// Of students: those of teachers, since students have a Life instead.
const std::vector<Lane>& lanes_of(const Recording& recording, View::LaneKind kind);
std::string lane_name(const Desk& desk, std::size_t lane);
StagePick lane_pick(const Desk& desk, std::size_t lane);

// strip_input.cpp. For the item drawn last: the wheel goes to other lanes where there are more than
// fit, else it zooms, as Ctrl+wheel always does; Shift+wheel, Shift+drag and the middle button
// move; a click goes there, a drag measures, Ctrl+drag zooms to what it measures.
void handle_strip_mouse(const Desk& desk, const Axis& axis, const Axis& whole, bool more_lanes);
void handle_strip_keys(const Desk& desk, const Axis& axis, const Axis& whole);
// When the film plays, the strip goes along with it.
void follow_playhead(const Desk& desk, const Axis& whole);

// strip_overview.cpp. The bright part is what the lanes show, and can be dragged.
void draw_overview(const Desk& desk, const Axis& whole, const Box& box);
// Of a drawing of the lanes that does not depend on the shown moment.
DrawingKey key_of(const Desk& desk, const Axis& axis, const Box& box);

// strip_tell.cpp
void tell_what_is_there(const Desk& desk, const Axis& axis, const LaneRows& rows,
                        const std::vector<Lane>& lanes);
void draw_lane_names(const Desk& desk, const LaneRows& rows, float width);

// strip_measure.cpp
void draw_measured(const Desk& desk, const Axis& axis, const Box& box);
std::string tell_measured(const Desk& desk);  // "20 – 60: 40 decisions, 1.2 ms"
std::string tell_changes(const Desk& desk);   // what happened meanwhile, by kind, a line each

// strip_lanes.cpp
void draw_lane(const Desk& desk, const Lane& lane, const Axis& axis, float top, float height);
void draw_mark(ImDrawList* list, LaneMark::Kind kind, ImVec2 centre, float radius, const Theme& t);
void draw_zigzag(ImDrawList* list, float left, float right, float y, float height, ImU32 ink);
// The marks within so many pixels of x, by kind; for the tooltip of a merged mark.
std::string marks_near(const Desk& desk, const Lane& lane, const Axis& axis, float x);

// strip_selection.cpp: the selected student's own lane, and the arrows that lead to it.
void draw_life(const Desk& desk, const Life& life, const Axis& axis, const Box& box);
void draw_arrows(const Desk& desk, const Life& life, const Axis& axis, const LaneRows& rows);
std::string tell_life(const Desk& desk, const Life& life, std::size_t decision);

}  // namespace homeroom::app
