// The second looks of the scheduler, by name: the model can leave one out (tests/explore).
#pragma once

#include <cstdint>

namespace homeroom {

// Each closes a gap between deciding to wait and waiting. Ordinary runs hardly ever need one.
enum class Recheck : std::uint8_t {
    none,
    global_queue,         // look_again: the global queue (G3)
    local_queues,         // look_again: the queues of all processors (G3)
    request,              // give_up: has somebody asked for a searcher? (W3)
    timer,                // wait_for_timer: the earliest timer, under the lock
    end,                  // wait_for_timer: is the run over?, under the lock
    retaking,             // check_dead_locked: does the monitor hold a processor, or coroutines?
    request_in_hand_off,  // hand_off: is a searcher asked for? (W3)
    has_left,             // wait_until_left: has the last machine left the stack?
};

// True on a real machine, at no cost.
template <class Os>
bool looks_again([[maybe_unused]] Recheck which) {
    if constexpr (requires { Os::leaves_out(which); })
        return !Os::leaves_out(which);
    else
        return true;
}

}  // namespace homeroom
