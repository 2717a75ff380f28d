// Draws strokes with OpenGL.
#pragma once

#include <imgui.h>

#include "app/damage.h"

namespace homeroom::app {

// Pixel for pixel what ImGui's own renderer makes of the same triangles. But what has one colour
// does not look at a texture, and what is opaque does not mix: on a CPU that is most of the work.
// Needs a context for as long as it lives.
class Painter {
public:
    Painter();
    ~Painter();
    Painter(const Painter&) = delete;
    Painter& operator=(const Painter&) = delete;

    // What differs, into the framebuffer that is bound, of that height. `data` has been compared
    // last. Leaves the scissor test on.
    void paint(const ImDrawData& data, Damage& damage, int height);

private:
    struct Program {
        unsigned id = 0;
        int projection = -1;
    };
    static Program link(const char* fragment);

    Program coloured_, textured_;
    unsigned arrays_ = 0, corners_ = 0, indices_ = 0;
};

}  // namespace homeroom::app
