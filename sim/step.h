// One step of a run: one event of a scheduler or of the kernel below it, with its time, its table and
// the line of source that it comes from.
#pragma once

#include "runtime/os.h"
#include "runtime/trace_event.h"

#include <compare>
#include <cstdint>

namespace homeroom::sim {

// Ids are types. Tables and clipboards count from 0, in the order of their opening; students from 1
// (1 is the main coroutine; 0 is nobody), as the runtime numbers them.
enum class TeacherId : std::uint16_t { none = 0xffff };
enum class TableId : std::uint16_t { none = 0xffff, hall_monitor = 0xfffe };
enum class ClipboardId : std::uint16_t { none = 0xffff };
enum class StudentId : std::uint32_t { none = 0 };

template <class Id>
constexpr std::size_t index(Id id) {
    return static_cast<std::size_t>(id);
}

using homeroom::Place;

struct Step {
    Nanoseconds time = 0;  // model time, or native time since the start of the class
    Event event{};
    TableId table = TableId::none;  // who speaks; hall_monitor for the monitor's thread
    std::uint8_t orders = 1;        // "one of k orders": how many moves were possible at the same time
    Place place{};                  // in runtime/; empty for native steps

    StudentId student() const { return StudentId{event.g}; }
    ClipboardId clipboard() const {
        return event.p == no_processor ? ClipboardId::none : ClipboardId{event.p};
    }
    bool is_decision() const { return !is_detail(event.kind); }
};

}  // namespace homeroom::sim
