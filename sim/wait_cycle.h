// Who waits for whom: the circle of students and locks in which nobody can ever go on.
#pragma once

#include <string>
#include <vector>

#include "sim/glossary.h"

namespace homeroom::sim {

// A student that waits for a lock, and the lock; whoever has that is the next one's student.
struct WaitLink {
    StudentId student = StudentId::none;
    ObjectId lock = 0;
};

// The circle, from its student with the smallest number on; empty: there is none. Only locks have
// a holder: whoever waits for a value, a list or a permit waits for anybody who may still bring it,
// so that is no circle, even in a deadlock.
std::vector<WaitLink> wait_cycle(const School& school);

// "student 2 waits for lock 1, which student 3 has; student 3 waits for lock 2, which student 2
// has". Empty for an empty circle.
std::string cycle_text(const School& school, const std::vector<WaitLink>& cycle, Words words);

}  // namespace homeroom::sim
