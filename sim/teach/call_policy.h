// Whom simple policies would call: what the picks of a user, and those of the scheduler, are
// compared with.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "sim/school.h"

namespace homeroom::sim {

enum class CallPolicy : std::uint8_t {
    longest_wait,  // first come, first served: who has been ready for longest
    last_come,     // last come, first served: who became ready last
    least_taught,  // a fair share: who has had the least time so far
};
inline constexpr std::array call_policies{CallPolicy::longest_wait, CallPolicy::last_come,
                                          CallPolicy::least_taught};

// Whether the policy would call `who` of these, all of them ready: with several alike it would call
// any of them.
bool would_call(CallPolicy policy, const School& now, std::span<const StudentId> ready,
                StudentId who);

}  // namespace homeroom::sim
