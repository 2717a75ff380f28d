// What the stage asks of everybody and everything, in few bytes: a school of a hundred thousand is
// twelve megabytes, and most of it is what it was in the last picture.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/school.h"

namespace homeroom::app {

class Census {
public:
    struct Who {
        sim::Student::State state;
        sim::ClassId room;
    };
    struct What {
        bool present, awaited;  // there, with a number; somebody waits for it
        sim::ClassId room;
    };

    // Looks at what has changed since the last school. Keeps a copy of its pages, which costs
    // little.
    void look(const sim::School& school);

    const std::vector<Who>& students() const { return who_; }  // index: StudentId - 1
    const std::vector<What>& things() const { return what_; }  // as in School::things

private:
    sim::PagedVector<sim::Student> students_;
    sim::PagedVector<sim::Thing> things_;
    std::vector<Who> who_;
    std::vector<What> what_;
};

}  // namespace homeroom::app
