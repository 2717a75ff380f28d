// The real window: GLFW, OpenGL 3.3 and Dear ImGui's backends for them.
#pragma once

#include "app/cli.h"

namespace homeroom::app {

// Opens the window and returns when it is closed: the program's exit code.
int run_window(const Arguments& arguments);

// Draws one picture into a PNG file, in a window that is never shown, or into an SVG file.
int take_screenshot(const Arguments& arguments);

// A film of the model world from --at to --to, as GIF or numbered PNG files.
int make_film(const Arguments& arguments);

}  // namespace homeroom::app
