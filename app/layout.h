// Where the parts of the window are: a pure function of its size, so that tests can check it.
#pragma once

#include <imgui.h>

namespace homeroom::app {

struct Box {
    ImVec2 min, max;

    float width() const { return max.x - min.x; }
    float height() const { return max.y - min.y; }
    ImVec2 size() const { return {width(), height()}; }
    ImVec2 centre() const { return {(min.x + max.x) / 2, (min.y + max.y) / 2}; }
    bool contains(ImVec2 p) const {
        return p.x >= min.x && p.y >= min.y && p.x < max.x && p.y < max.y;
    }
    bool overlaps(const Box& other) const {
        return min.x < other.max.x && other.min.x < max.x && min.y < other.max.y &&
               other.min.y < max.y;
    }
};

// Pixels per unit, where text is 18 units high: grows with the window, but more slowly, so that a
// larger screen gives both larger text and more room.
float suggested_scale(ImVec2 window);

// The user's scale on top of that. Only windows below 1024 by 640 pixels have no room for all of
// it.
float fitting_scale(ImVec2 window, float user_scale);

struct Layout {
    float scale;   // pixels per unit, in all
    bool alone;    // no side panels at all
    bool compact;  // one side panel with tabs, so that the scene has most of the window
    // So few units are left that one thing is seen at a time: the scene, or a sheet over it.
    bool pocket;
    // What the transport bar has no room for; its keys and Ctrl+K do it all the same.
    bool no_speed, narrow, tiny;  // the speed; run until and what if, too; the words, too
    Box lesson;                   // left: what runs and by which rules (compact: same as reason)
    Box caption;
    Box scene;
    Box kept;  // the scene of the run that is kept beside the shown one; else of no size
    // For charts and the like, over the scene: more than that where it is small. In a pocket all
    // but the transport bar.
    Box over;
    Box reason;   // right: why, and what is selected
    Box classes;  // native: one card for each class, above the scene; else of no height
    Box strip;    // timeline; of no height when there is no room for it
    Box transport;
};

// `alone`: without the side panels, for a lecture.
Layout lay_out(ImVec2 window, float user_scale, unsigned teachers, bool alone);

// In a pocket: the card that is open has all but the transport bar; or the row of its tabs has the
// top of that, and the timeline the rest.
void make_room_for_card(Layout& layout, bool timeline);

// Gives the caption so many pixels of height, at the cost of what is below it.
void make_room_for_caption(Layout& layout, float height);

// Gives the top of the scene to the cards of the native classes.
void make_room_for_classes(Layout& layout);

// Scenes beside each other have the room of the side panel, where that is the only one; in a pocket
// that of the caption, unless it is needed.
void make_room_for_levels(Layout& layout, bool caption_needed);

// A lesson that is being taken has the right of the scene, or a wider side panel, if that is the
// only one.
void make_room_for_lesson(Layout& layout);

// Gives half of the scene to that of the kept run: the left, or the upper where it is higher than
// wide.
void make_room_for_kept(Layout& layout);

}  // namespace homeroom::app
