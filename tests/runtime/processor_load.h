// Coroutines that do everything that has to do with processors, and change how many there are.
#pragma once

#include <mutex>

#include "runtime/channel.h"
#include "runtime/mutex.h"
#include "runtime/timer.h"
#include "runtime/wait_group.h"
#include "tests/runtime/dice.h"

namespace homeroom {

// Everything that has to do with processors, and changes of their number among it.
template <class Os>
struct Load {
    using Go = Runtime<Os>;
    BasicMutex<Os> lock;
    BasicChannel<Os, std::uint32_t> numbers{2};
    BasicWaitGroup<Os> all;
    std::uint32_t added = 0;  // under the lock
    std::uint32_t sum = 0;    // of what came through the channel
    typename Os::template Atomic<std::uint32_t> plan{0}, expected{0}, fired{0}, timers{0};

    void play(std::uint64_t seed, std::uint32_t coroutines, std::uint32_t acts,
              std::uint32_t processors) {
        Dice dice(seed);
        BasicWaitGroup<Os> collector;
        collector.go([this] {
            while (auto number = numbers.receive()) sum += *number;
        });
        for (std::uint32_t i = 0; i < coroutines; ++i)
            all.go([this, acts, processors, own = dice.below(1'000'000)] {
                act(own, acts, processors);
            });
        all.wait();
        numbers.close();
        collector.wait();
        while (fired.load(relaxed) < timers.load(relaxed)) Go::sleep_for(20'000);
        Go::sleep_for(2'000'000);  // the last ones are on their way out
    }

    void act(std::uint64_t seed, std::uint32_t acts, std::uint32_t processors) {
        Dice dice(seed);
        for (std::uint32_t i = 0; i < acts; ++i) {
            switch (dice.below(10)) {
                case 0:
                case 1:
                    Go::gomaxprocs(1 + static_cast<std::uint32_t>(dice.below(processors)));
                    break;
                case 2:
                    Go::yield();
                    break;
                case 3: {
                    std::lock_guard<BasicMutex<Os>> guard(lock);
                    ++added;
                    plan.fetch_add(1, relaxed);
                    break;
                }
                case 4: {
                    const auto number = static_cast<std::uint32_t>(dice.below(100));
                    expected.fetch_add(number, relaxed);
                    numbers.send(number);
                    break;
                }
                case 5:
                    Go::sleep_for(dice.up_to(80'000));
                    break;
                case 6:
                    Go::call_for(dice.up_to(80'000));
                    break;
                case 7:
                    Go::block_for(dice.up_to(50'000));
                    break;
                case 8:
                    timers.fetch_add(1, relaxed);
                    after_func<Os>(dice.up_to(80'000), [this] { fired.fetch_add(1, relaxed); });
                    break;
                default:
                    Go::work(dice.up_to(60'000));
                    break;
            }
        }
    }
    bool adds_up() const {
        return added == plan.load(relaxed) && sum == expected.load(relaxed) &&
               fired.load(relaxed) == timers.load(relaxed);
    }
};

}  // namespace homeroom
