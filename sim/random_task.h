// What a random program does, as plain data, and who makes it up.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

#include "runtime/os.h"

namespace homeroom::sim {

class Dice;

inline constexpr Nanoseconds us = 1'000, ms = 1'000'000;

// What a coroutine does. None of it can wait for ever: children never wait for their parents, who
// holds a mutex waits for nothing but time, and every channel and pipe is closed by whoever made
// it.
struct Action {
    enum class Kind : std::uint8_t {
        yield,
        work,
        sleep,
        call,        // that may block
        block,       // that surely does
        processors,  // changes their number
        mutex,       // take it, do `inner`, give it back
        tie,         // lock the thread, do `inner`, unlock it
        timer,       // set a timer, do `inner`, then as `number` says: wait for it, set it anew and
                     // wait, or stop it
        later,       // start the child by a timer, do `inner`, and stop that timer
        group,       // start the children, do `inner`, wait for them
        detach,      // start a child and forget it
        channel,     // the first `senders` children send, the others receive
        select,      // two channels, with the first two children as senders, and one who selects
        pipe,        // one child writes bytes, the other reads them
        spin,        // start a child and keep the processor until it has ended
    } kind = Kind::yield;
    Nanoseconds duration = 0;
    std::uint32_t number = 0;  // mutex: which; channel: capacity; processors: how many
    std::uint32_t senders = 0, values = 0;
    bool tries = false;  // a mutex that is taken is left alone
    std::vector<std::vector<Action>> children;
    std::vector<Action> inner;
};
using Task = std::vector<Action>;

inline constexpr std::uint32_t mutexes = 2, senders_max = 3, values_max = 6;

struct RandomTask {
    Task main;
    std::uint32_t coroutines = 0;  // that are surely started, and must come to their end
    Nanoseconds total_ns = 0;      // no more than so long is computed, slept and called in all
};

// All follows from the dice. `spins`: how many coroutines may keep a processor busy for others;
// `processors`: the number of processors may change, to at most so many (0: it stays), and then
// nobody spins. `large` programs have up to 24 coroutines, which take milliseconds; others 8, which
// take microseconds.
RandomTask make_up(Dice& dice, bool large, std::uint32_t spins, std::uint32_t processors);

// What a run of one finds out. Outlives the world, whose coroutines are dropped without unwinding.
// Any thread may add to it; to be read when the run is over.
struct RandomFacts {
    std::atomic<const char*> wrong{nullptr};  // the first promise that was broken
    std::atomic<std::uint32_t> ended{0};
    std::array<bool, mutexes> owned{};  // plain, as the mutexes guard them

    void fail(const char* what) {
        const char* nothing = nullptr;
        wrong.compare_exchange_strong(nothing, what);
    }
};

}  // namespace homeroom::sim
