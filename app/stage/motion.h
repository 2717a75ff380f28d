// Between two scenes: what moves in one decision, how, and where it is at each moment.
#pragma once

#include <vector>

#include "app/stage/scene.h"
#include "sim/step.h"

namespace homeroom::app {

struct MovingStudent {
    StudentSpot spot;    // as it stands now
    ImVec2 from{0, 0};   // where it came from
    bool moves = false;  // from one place to another, in this decision
    float lift = 0;      // how high above the straight way its path rises, in pixels
    float grown = 1;     // 0..1: it is just appearing
};

// Everything that can move, at one moment.
struct Picture {
    std::vector<MovingStudent> students;
    std::vector<std::uint32_t> seen;  // which of them are shown; see note_seen
    std::vector<Rect> cards, teachers;
    std::vector<Rect> cards_from;  // where they came from in this decision
    std::vector<TablePlace> tables;
    std::vector<signed char> walking;  // teachers on their way: -1 to the left, 1 to the right
};

// How a decision moves things. All that is not said follows from the two scenes.
struct Cue {
    sim::Step step{};
    bool valid = false;  // false: nothing but positions is known

    bool is(EventKind kind) const { return valid && step.event.kind == kind; }
};

// When in a motion what happens, in shares of it: first somebody calls (or a letter or a number is
// on its way), then those who change places go, then the queues close up. One kind at a time, and
// none in less than a third of the whole.
struct Tempo {
    float call_end = 0;  // 0: nobody calls
    float go_end = 0;
    float stagger = 0;  // of several who go the last starts so much later than the first
    float close_end = 1;
};
Tempo tempo_of(const Cue& cue);

float ease(float t);  // slow, fast, slow
// The share of t's way from `start` to `end`, eased, 0 before and 1 after.
float part(float t, float start, float end);

// How long a teacher's way lasts, in usual motions: as long as the switch costs, where `usual_ns`
// is that from table to table. Up to four motions that is exact; beyond, each doubling of the cost
// adds one, and ten are the most. Never less than one, as it still wants to be seen. 1 for what is
// no way.
double ways_of(const sim::Step& step, Nanoseconds usual_ns);

// `school`: after the decision, for where those who are new come from. `spare`: a picture that is
// not needed any more, for its memory.
Picture blend(const Scene& before, const Scene& after, const sim::School& school, const Cue& cue,
              float t, Picture spare = {});
Picture at_rest(const Scene& scene, Picture spare = {});

// How high above the straight way a clipboard is carried that changes hands, at a share of its way.
float carried(const Rect& from, const Rect& to, float share);

// Moves `current` towards `target` by a share of the way. Who was not there yet appears in place.
// `target` is used up: it becomes what `current` was.
void approach(Picture& current, Picture& target, float share);

// Of a large crowd only some are shown, and several layers ask for them.
void note_seen(Picture& picture);

}  // namespace homeroom::app
