// The single door through which everything undecided in a model world must pass.
#pragma once

#include <cstdint>
#include <span>

#include "sim/step.h"

namespace homeroom::sim {

// What could happen next.
struct Move {
    enum class Kind : std::uint8_t {
        run_table,   // the thread `table` makes its next access
        land_store,  // a store that thread `table` made a while ago becomes visible to the others
        fire_timer,  // the thread `table` slept until a deadline, which has come
        seat,        // a free core takes a runnable thread: `table`
        head,       // the head teacher's policy decides: a thread becomes runnable, or a slice ends
        random,     // one of `count` equally likely numbers that the scheduler asked for: `value`
        see_value,  // the load that is being made sees the newest value (the first of the moves),
                    // or an older one, because it was made early
    };
    Kind kind = Kind::run_table;
    TableId table = TableId::none;
    Nanoseconds earliest = 0;  // the first moment at which it could happen
    // Its last access was Os::pause(), and nothing has changed since: it gains nothing by going on.
    bool waits_in_loop = false;
    bool writes = true;  // whether it may change what it touches
    std::uint32_t value =
        0;  // random: see there; seat: the core; else a serial number of the access
    // The one thing that it touches; null: it may touch anything. Two moves of different threads
    // that touch different things, or only read, may as well happen in the other order.
    const void* touches = nullptr;
    ClassId room = ClassId{0};  // whose move it is
};

class Chooser {
public:
    virtual ~Chooser() = default;

    // Which of the moves happens. Called only with two or more; the answer is below moves.size().
    // The whole run is a function of these answers.
    virtual std::size_t choose(std::span<const Move> moves) = 0;
};

}  // namespace homeroom::sim
