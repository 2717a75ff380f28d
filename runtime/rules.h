// The rules that a lesson may switch off or change. All on is Go.
#pragma once

#include <cstdint>

namespace homeroom {

// Read at run time by every machine; fixed for the length of a run. Numbers are Go's (FIDELITY of
// each rule is told in runtime/README.md); tests shrink them so that their edges are met.
struct Rules {
    bool steal = true;        // an idle processor takes half of another's queue
    bool next_slot = true;    // a readied or new coroutine runs next (runnext), not last
    bool inherit = true;      // what runs from the next slot shares the time slice of its waker
    bool global_tick = true;  // every 61st call looks at the global queue first
    bool spinning = true;     // a machine out of work searches for a while before it rests
    bool wake = true;         // new work wakes a resting machine if nobody searches
    bool hand_off = true;     // a call known to block gives the processor away before it
    bool retake = true;  // the monitor takes processors away from calls that turn out to be long
    bool preemption = true;  // the monitor asks a coroutine that ran a whole slice to give way
    bool async_preemption =
        true;  // and interrupts it, when it computes without asking (since 1.14)

    std::uint32_t ring_capacity = 256;   // of a processor's queue; a power of two, 2 to 256
    std::uint32_t tick_interval = 61;    // calls between two looks at the global queue first
    std::int64_t slice_ns = 10'000'000;  // after which the monitor asks to give way

    friend bool operator==(const Rules&, const Rules&) = default;
};

}  // namespace homeroom
