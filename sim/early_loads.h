// What cells held before: a processor may make a load early, before the accesses that the program
// makes first, and then it sees an older value.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/order_watch.h"

namespace homeroom::sim {

// All writes of a world, as they become visible, are numbered. A load may see any value that its
// cell held since the thread's last acquire: that is what acquire means on real machines, that no
// later access is made before it. Thus whoever acquires a value may not see anything older than
// that value; but what came after it may be missed, be it long ago.
// Never older, either, than what the thread has seen in that cell or put there itself (coherence).
class EarlyLoads {
public:
    struct Value {
        std::uint64_t bits = 0;
        std::uint64_t since = 0;  // the number of the write that made it so
        OrderWatch::Handle released;
    };

    // What one thread must not fall behind.
    struct Bounds {
        struct Seen {
            const void* cell;
            std::uint64_t since;
        };
        std::uint64_t all = 0;  // the number of a write: loads are made after it
        std::uint32_t count = 0;
        std::array<Seen, 16> seen{};  // per cell
    };

    void begin_world();

    std::uint64_t writes() const { return writes_; }

    // A write becomes visible; returns its number.
    std::uint64_t written(const void* cell, const Value& before);

    // The values older than `newest` that a load within the bounds may see, newest first; `newest`
    // itself is the first of them. Valid until the next call.
    const std::vector<Value>& open(const void* cell, const Value& newest, const Bounds& bounds);

    // The thread has seen this value of the cell, or made it.
    void saw(Bounds& bounds, const void* cell, std::uint64_t since) const;
    // None of its loads is made before the moment `since`.
    static void acquired(Bounds& bounds, std::uint64_t since) {
        if (bounds.all < since) bounds.all = since;
    }

    // The memory serves another purpose from now on.
    void forget(const void* from, std::size_t bytes);

private:
    // Old values are kept for so many writes; a load is never earlier than that.
    static constexpr std::uint64_t kept = 64;

    struct Old {
        const void* cell = nullptr;
        Value value;
    };
    std::uint64_t writes_ = 0;
    std::array<Old, kept> old_{};  // what the write of number n replaced, at n % kept
    std::vector<Value> open_;
};

}  // namespace homeroom::sim
