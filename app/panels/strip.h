// What the parts of the timeline strip share.
#pragma once

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

const std::vector<Lane>& lanes_of(const Recording& recording, View::LaneKind kind);
std::string lane_name(const Desk& desk, std::size_t lane);
StagePick lane_pick(const Desk& desk, std::size_t lane);

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
