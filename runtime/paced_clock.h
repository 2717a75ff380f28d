// A clock that can be slowed down, quickened and stopped while others read it, from another process
// too.
#pragma once

#include "runtime/trace_ring.h"

namespace homeroom {

// Time is a straight line through the last change: base_time + (now - base_real) / pace. At a pace
// of 1000 a millisecond of the run takes a second. Written by one thread at a time, read by any; a
// reader that meets a change in the middle reads again (a sequence lock: odd while it changes).
class PacedClock {
public:
    static constexpr double stopped = 0;

    struct Line {
        std::int64_t base_real = 0;  // monotonic_ns
        std::int64_t base_time = 0;
        double pace =
            1;  // real nanoseconds per nanosecond of the run; `stopped`: time stands still

        std::int64_t at(std::int64_t real) const {
            if (pace == 1) return base_time + (real - base_real);
            if (pace == stopped) return base_time;
            return base_time +
                   static_cast<std::int64_t>(static_cast<double>(real - base_real) / pace);
        }
    };

    Line line() const {
        for (;;) {
            std::uint32_t before = sequence_.load(std::memory_order_acquire);  // pairs with set
            Line line{base_real_.load(std::memory_order_acquire),
                      base_time_.load(std::memory_order_acquire),
                      pace_.load(std::memory_order_acquire)};
            if (before % 2 == 0 && sequence_.load(std::memory_order_relaxed) == before) return line;
        }
    }
    std::int64_t now() const { return line().at(monotonic_ns()); }
    double pace() const { return pace_.load(std::memory_order_relaxed); }

    // Time 0 is now.
    void start(double pace) { set({monotonic_ns(), 0, pace}); }
    // Goes on from where it is. Returns the new line.
    Line change(double pace) {
        std::int64_t real = monotonic_ns();
        Line changed{real, line().at(real), pace};
        set(changed);
        return changed;
    }

private:
    // All stores with release: each is ordered after the odd number, as the loads are before the
    // last one.
    void set(const Line& line) {
        std::uint32_t sequence = sequence_.load(std::memory_order_relaxed);
        sequence_.store(sequence + 1, std::memory_order_relaxed);
        base_real_.store(line.base_real, std::memory_order_release);
        base_time_.store(line.base_time, std::memory_order_release);
        pace_.store(line.pace, std::memory_order_release);
        sequence_.store(sequence + 2, std::memory_order_release);  // pairs with line
    }

    std::atomic<std::uint32_t> sequence_{0};
    std::atomic<std::int64_t> base_real_{0};
    std::atomic<std::int64_t> base_time_{0};
    std::atomic<double> pace_{1};
};

}  // namespace homeroom
