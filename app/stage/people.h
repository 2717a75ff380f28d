// Students, teachers and the hall monitor, in their places or on their way.
#pragma once

#include "app/stage/crowd_image.h"
#include "app/stage/motion.h"
#include "app/stage/pen.h"

namespace homeroom::app {

// Which students: those who sit at a table are drawn before its desk, those who move over
// everything.
enum class Layer : std::uint8_t { crowds, names, seated, moving };

struct CrowdSink {
    CrowdImage* image = nullptr;  // null: crowds are drawn as little squares
    ImVec2 origin{0, 0};          // of the image on the screen
    float pixels = 1;             // of the image for one of the screen
};

void draw_students(const Pen& pen, const sim::School& school, const Picture& picture, Layer layer,
                   CrowdSink* sink);
void draw_seated(const Pen& pen, const sim::School& school, const Picture& picture,
                 sim::StudentId id);
// What students have read from the board and keep in their heads, as bubbles above them; one that
// is old by now looks so.
void draw_thoughts(const Pen& pen, const sim::School& school, const Picture& picture);

void mark_selected(const Pen& pen, const Picture& picture, sim::StudentId id);

void draw_teachers(const Pen& pen, const sim::School& school, const Picture& picture);
// `ring` 0..1 is how loud the bell rings.
void draw_monitor(const Pen& pen, const sim::School& school, float ring);

// True if anything tells which core runs which thread; a real kernel does not.
bool kernel_is_seen(const sim::School& school);

}  // namespace homeroom::app
