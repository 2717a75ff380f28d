// What the programs of the searches are made of.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runtime/runtime.h"
#include "sim/sim_os.h"
#include "tests/explore/search.h"

namespace homeroom::explore {

using sim::SimOs;
using Go = Runtime<SimOs>;
template <class T>
using Atomic = SimOs::Atomic<T>;
using Body = Program::Body;

constexpr Nanoseconds ms = 1'000'000, hour = 3'600'000 * ms;

// What a run leaves behind for the judge. The program's own cells lie on stacks of the world and go
// with it.
struct Facts {
    std::uint32_t seen = 0;
};

inline Body judged(void (*program)(Facts&), std::uint32_t expected) {
    auto facts = std::make_shared<Facts>();
    return {[facts, program] { program(*facts); },
            [facts, expected]() -> std::string {
                if (facts->seen == expected) return "";
                return "saw " + std::to_string(facts->seen) + " instead of " +
                       std::to_string(expected);
            }};
}
inline Body plain(void (*program)()) { return {program, {}}; }

// Never gives way: unless another machine is woken, nobody will ever set the flag. Relaxed: what
// was done before the flag was set may not be visible.
inline void wait_for(const Atomic<std::uint32_t>& flag, std::uint32_t value = 1,
                     memory_order order = acquire) {
    while (flag.load(order) < value) SimOs::pause();
}

// `all` and the programs of order_programs.cpp.
std::vector<Program> with_order_programs(std::vector<Program> all);

}  // namespace homeroom::explore
