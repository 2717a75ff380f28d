// Which of a school's things belong to one classroom.
#pragma once

#include "sim/school.h"

namespace homeroom::app {

struct RoomKey {
    bool alone = true;  // one class has the school for itself: everything is its
    sim::ClassId id{0};
    // Clipboards do not know their class before they are first taken, so it is told by number.
    std::size_t first_clipboard = 0, clipboards = 0;
    bool uses_clipboards = true;  // not so where each student has a table of its own

    bool has(sim::ClassId room) const { return alone || room == id; }
    bool has(const sim::Table& table) const { return has(table.room); }
    bool has(const sim::Student& student) const { return has(student.room); }
    bool has(const sim::Thing& thing) const { return has(thing.room); }
    bool has(const sim::Clipboard& clipboard) const {
        const std::size_t i = sim::index(clipboard.id);
        return alone || (i >= first_clipboard && i - first_clipboard < clipboards);
    }
};

}  // namespace homeroom::app
