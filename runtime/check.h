// Broken invariants stop the program, in every build.
#pragma once

#include <cstdio>
#include <cstdlib>

// For a function that reads, as a hint only, what others may be writing.
#define HOMEROOM_NO_TSAN __attribute__((no_sanitize("thread")))

namespace homeroom {

// Says which invariant is broken and stops. For mistakes of this library, never for bad input.
[[noreturn]] inline void broken(const char* sentence) {
    std::fprintf(stderr, "homeroom: broken invariant: %s\n", sentence);
    std::abort();
}

inline void check(bool condition, const char* sentence) {
    if (!condition) [[unlikely]]
        broken(sentence);
}

}  // namespace homeroom
