// Watches whether what one thread hands to another by plain memory is really handed over: that the
// taker has synchronised with the giver.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/os.h"
#include "sim/step.h"

namespace homeroom::sim {

// Late stores show what happens when a release is missing, as long as all that it publishes are
// atomics. Most releases publish plain memory: the closure of a coroutine, the free lists of a
// processor. The model cannot see accesses to plain memory, but it sees events; and who says "I run
// coroutine 7" has just touched it. So each event that names a coroutine, a processor or an object
// counts as an access to it, and two such accesses from different threads must be ordered by
// happens-before as C++ defines it, fences and release sequences included. Vector clocks: Lamport
// 1978, Fidge 1988; as in FastTrack (Flanagan and Freund, 2009).
class OrderWatch {
public:
    static constexpr std::uint32_t threads_max = 16;  // more are not watched

    // Where a cell or lock keeps what was released through it. Zero: nothing, in this world.
    struct Handle {
        std::uint32_t index = 0, world = 0;
    };

    // Who made something, and when: whoever uses it must know that it is there.
    struct Birth {
        std::uint32_t thread = threads_max, epoch = 0, world = 0;
    };

    void begin_world();

    // Threads, by their number in the order of start.
    void started(std::uint32_t parent, std::uint32_t child);
    void joined(std::uint32_t thread);  // with all others, which have ended

    // A load, or the loading half of a change, that saw what is in the cell.
    void loaded(std::uint32_t thread, const Handle& from, bool acquires);
    // What a store by the thread will publish when it becomes visible; then its becoming visible.
    Handle to_publish(std::uint32_t thread, bool releases);
    void published(Handle& to, const Handle& what);
    // The same for the storing half of a change: adds to what was released through the cell before.
    Handle to_add(std::uint32_t thread, const Handle& before, bool releases);
    void fenced(std::uint32_t thread);

    Birth born(std::uint32_t thread) const;
    bool knows(std::uint32_t thread, const Birth& birth) const;

    // "" or what is wrong with it.
    std::string saw(std::uint32_t thread, const Step& step);

private:
    using Clock = std::array<std::uint32_t, threads_max>;

    struct ThreadClocks {
        Clock known{};   // how many epochs of each thread surely happened before
        Clock seen{};    // what relaxed loads saw: known after the next fence
        Clock fenced{};  // what was known at the last fence: published by relaxed stores, too
    };
    struct Touch {
        std::uint32_t thread = threads_max, epoch = 0;
        Step step{};
    };

    static void join(Clock& clock, const Clock& other);
    Clock& clock_of(Handle& handle);
    void next_epoch(std::uint32_t thread);
    bool touch(std::vector<Touch>& things, std::size_t id, std::uint32_t thread, const Step& step,
               const char* what, std::string& wrong, bool reads = false);
    void touch_object(std::uint32_t thread, const Step& step, std::string& wrong);

    std::uint32_t world_ = 0;
    std::vector<Clock> clocks_;
    std::vector<ThreadClocks> threads_;
    std::vector<Touch> coroutines_, processors_, objects_;
    std::vector<Clock> readers_;  // of each object: when each thread last had it for reading
};

}  // namespace homeroom::sim
