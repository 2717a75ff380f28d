// Broken invariants stop the program, in every build.
#pragma once

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace homeroom {

// Hears of a broken invariant first. A model world sets it and does not return: there only the run
// ends, and a search goes on with the next.
inline std::atomic<void (*)(const char* sentence)> broken_listener{nullptr};

// Says which invariant is broken and stops. For mistakes of this library, never for bad input.
[[noreturn]] inline void broken(const char* sentence) {
    if (auto* listener = broken_listener.load(std::memory_order_relaxed)) listener(sentence);
    std::fprintf(stderr, "homeroom: broken invariant: %s\n", sentence);
    std::abort();
}

inline void check(bool condition, const char* sentence) {
    if (!condition) [[unlikely]]
        broken(sentence);
}

}  // namespace homeroom
