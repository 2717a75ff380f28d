// Walking along causes and effects: from a student to who woke or started it, and to whom it wakes
// or starts next.
#pragma once

#include <cstddef>
#include <optional>

#include "app/life.h"

namespace homeroom::app {

struct Hop {
    std::size_t position;  // how many decisions have happened when it has
    sim::StudentId student;
};

// The last time before `position` that this student was woken or started, and by whom; nothing: by
// nobody, or by a clock or the kernel.
std::optional<Hop> cause_of(const Recording& recording, sim::StudentId id, std::size_t position);

// The next student that it wakes or starts from `position` on.
std::optional<Hop> effect_of(const Recording& recording, sim::StudentId id, std::size_t position);

}  // namespace homeroom::app
