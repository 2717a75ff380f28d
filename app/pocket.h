// Where few units are left, one thing is seen at a time: the scene, or what lies over it.
#pragma once

#include "app/view.h"

namespace homeroom::app {

// Of what may lie over a pocket's scene, what was opened last stays open, and all else is closed.
void keep_one_open(View& view);

// Something hides all of a pocket's scene.
bool scene_is_covered(const View& view);

// Closes what lies over the scene; false: nothing did.
bool show_scene(View& view);

}  // namespace homeroom::app
