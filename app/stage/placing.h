// Puts the students of a school on clipboards, benches and chairs.
#pragma once

#include "app/stage/scene.h"

namespace homeroom::app {

// The rooms of the scene are laid out already.
void place_students(const sim::School& school, const Census& census, Scene& to);

}  // namespace homeroom::app
