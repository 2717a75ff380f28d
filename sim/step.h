// One step of a run: one event of a scheduler or of the kernel below it, with its time, its table
// and the line of source that it comes from.
#pragma once

#include <compare>
#include <cstdint>

#include "runtime/os.h"
#include "runtime/trace_event.h"

namespace homeroom::sim {

// Ids are types. Tables and clipboards count from 0, in the order of their opening; students from 1
// (1 is the main coroutine; 0 is nobody), as the runtime numbers them.
// The run's classes in their order, then those that are opened by others; one alone is 0.
enum class ClassId : std::uint16_t {};
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
    std::uint8_t orders = 1;    // "one of k orders": how many moves were possible at the same time
    ClassId room = ClassId{0};  // the class that the table belongs to
    Place place{};              // in runtime/; empty for native steps
    // seated, in the model: for how long the core was, or will be, busy with going over to the
    // thread, and how long ago that began (a new thread is named only once it runs).
    std::uint32_t switch_ns = 0, began_ns_ago = 0;
    std::uint32_t cold_ns = 0;  // of switch_ns: what the thread's lines in the cache had cost
    bool tlb_refilled = false;  // seated: the translations of the address space had gone
    ClassId about =
        ClassId{0};  // of what the kernel makes, and of shared variables: whose they are
    // An access to a shared variable that races with an earlier one (race_detector.h): the number
    // of that step, counted from 1. Known only in a timeline.
    std::uint32_t races_with = 0;

    StudentId student() const { return StudentId{event.g}; }
    ClipboardId clipboard() const {
        const bool of_kernel =
            event.kind >= EventKind::made && event.kind <= EventKind::process_ended;
        return event.p == no_processor || of_kernel ? ClipboardId::none : ClipboardId{event.p};
    }

    // A step of the film. That the hall monitor's thread comes and goes is none: it does so every
    // 20 us, and mostly finds nothing to do. What it does then is.
    bool is_decision() const {
        const bool seat = event.kind == EventKind::seated || event.kind == EventKind::unseated;
        return !is_detail(event.kind) && !(seat && table == TableId::hall_monitor);
    }
};

}  // namespace homeroom::sim
