// Numbers for programs that draw their own, so that both worlds play the same.
#pragma once

#include <cstdint>

#include "runtime/os.h"

namespace homeroom {

// xorshift64 (Marsaglia 2003).
struct Dice {
    std::uint64_t state;
    explicit Dice(std::uint64_t seed) : state(seed * 0x9e3779b97f4a7c15u + 1) {}
    std::uint64_t below(std::uint64_t bound) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return (state >> 11) % bound;
    }
    Nanoseconds up_to(Nanoseconds bound) {
        return static_cast<Nanoseconds>(below(static_cast<std::uint64_t>(bound)));
    }
};

}  // namespace homeroom
