// Order programs about the 61st call, and about the ring of 256 running over.
#pragma once

#include <array>
#include <cstddef>

#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "tests/order/log.h"

namespace homeroom::order {

// A step spawns the next step, which a second spawn kicks from the next slot into the ring: so each
// step costs the processor one tick. What it leaves in the next slot inherits the slice and costs
// none.
struct Steps {
    int steps = 0, extras = 0;
    bool stop = false;
};

template <OperatingSystem Os>
void step(Steps& count) {
    if (count.stop) return;
    ++count.steps;
    Runtime<Os>::go([&count] { step<Os>(count); });
    Runtime<Os>::go([] {});
}

// One call in 61 takes one from the global queue before the local one.
template <OperatingSystem Os>
void tick61_interval(Log& print) {
    Steps count;
    Runtime<Os>::go([&count] { step<Os>(count); });
    Runtime<Os>::yield();  // at a phase that nobody knows: not printed
    Runtime<Os>::yield();
    int last = count.steps;
    for (int i = 0; i < 6; ++i) {
        Runtime<Os>::yield();
        print("steps between two global picks:", count.steps - last);
        last = count.steps;
    }
    count.stop = true;
}

// Two more from the next slot at each step make no difference.
template <OperatingSystem Os>
void step_with_extras(Steps& count) {
    if (count.stop) return;
    ++count.steps;
    Runtime<Os>::go([&count] { step_with_extras<Os>(count); });
    Runtime<Os>::go([&count] {
        ++count.extras;
        Runtime<Os>::go([&count] { ++count.extras; });
    });
}

template <OperatingSystem Os>
void tick61_no_inherit_count(Log& print) {
    Steps count;
    Runtime<Os>::go([&count] { step_with_extras<Os>(count); });
    Runtime<Os>::yield();
    Runtime<Os>::yield();
    int last_steps = count.steps, last_extras = count.extras;
    for (int i = 0; i < 4; ++i) {
        Runtime<Os>::yield();
        print("steps", count.steps - last_steps, "extras", count.extras - last_extras);
        last_steps = count.steps;
        last_extras = count.extras;
    }
    count.stop = true;
}

// Brings the processor's tick to a known place between two multiples of 61, by public means only.
template <OperatingSystem Os>
void lock_phase(Steps& count) {
    Runtime<Os>::go([&count] { step<Os>(count); });
    Runtime<Os>::yield();  // may return at once, if the tick happens to be such a multiple
    Runtime<Os>::yield();  // returns exactly at the next one
    count.stop = true;
    Runtime<Os>::yield();
}

// With the phase known: the exact place at which main is served among 200 others.
template <OperatingSystem Os>
void tick61_position(Log& print) {
    Steps count;
    lock_phase<Os>(count);
    BasicWaitGroup<Os> all;
    int ran = 0;
    for (int i = 0; i < 200; ++i) {
        all.add(1);
        Runtime<Os>::go([&all, &ran] {
            ++ran;
            all.done();
        });
    }
    for (int k = 0; k < 4; ++k) {
        Runtime<Os>::yield();
        print("main served after", ran, "local Gs");
    }
    all.wait();
}

// Spawns `size` coroutines in one go, and prints the order in which they ran as stretches of
// consecutive numbers. One more than fits moves half of the ring, and itself, to the global queue.
template <OperatingSystem Os, int size>
void overflow(Log& print) {
    Steps count;
    lock_phase<Os>(count);
    BasicWaitGroup<Os> all;
    std::array<int, std::size_t{size}> order{};
    std::size_t ran = 0;
    for (int i = 0; i < size; ++i) {
        all.add(1);
        Runtime<Os>::go([&all, &order, &ran, i] {
            order[ran++] = i;
            all.done();
        });
    }
    all.wait();
    for (std::size_t i = 0, j = 0; i < order.size(); i = j + 1) {
        j = i;
        while (j + 1 < order.size() && order[j + 1] == order[j] + 1) ++j;
        print(order[i], "..", order[j]);
    }
}

}  // namespace homeroom::order
