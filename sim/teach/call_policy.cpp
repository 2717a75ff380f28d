// Each policy calls the least by one measure.
#include "sim/teach/call_policy.h"

#include <algorithm>

namespace homeroom::sim {
namespace {

Nanoseconds measure(CallPolicy policy, const Student& student) {
    switch (policy) {
        case CallPolicy::longest_wait:
            return student.ready_since;
        case CallPolicy::last_come:
            return -student.ready_since;
        case CallPolicy::least_taught:
            return student.taught_ns;
    }
    return 0;
}

}  // namespace

bool would_call(CallPolicy policy, const School& now, std::span<const StudentId> ready,
                StudentId who) {
    const Student* picked = now.find(who);
    if (picked == nullptr) return false;
    return std::none_of(ready.begin(), ready.end(), [&](StudentId id) {
        const Student* other = now.find(id);
        return other != nullptr && measure(policy, *other) < measure(policy, *picked);
    });
}

}  // namespace homeroom::sim
