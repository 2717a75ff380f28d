// Producer and consumer: half of the coroutines make things, half use them up, and between them is
// a channel with room for four.
#pragma once

#include <algorithm>

#include "runtime/channel.h"
#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

template <OperatingSystem Os>
void producer_consumer(const RunOptions& options) {
    constexpr std::uint32_t items_each = 12;
    const std::uint32_t producers = std::max(options.students / 2, 1u);
    const std::uint32_t consumers = std::max(options.students - producers, 1u);
    BasicChannel<Os, std::uint32_t> shelf(4);
    BasicWaitGroup<Os> producing, consuming;
    for (std::uint32_t i = 0; i < consumers; ++i) {
        consuming.go([&options, &shelf] {
            while (shelf.receive()) Runtime<Os>::work(options.lesson_ns);
        });
    }
    for (std::uint32_t i = 0; i < producers; ++i) {
        producing.go([&options, &shelf, i] {
            for (std::uint32_t item = 0; item < items_each; ++item) {
                // Now faster, now slower than the consumers: the shelf runs full, and empty.
                Runtime<Os>::work(options.lesson_ns * (item % 6 < 3 ? 1 : 4) / 2);
                shelf.send(i * items_each + item);
            }
        });
    }
    producing.wait();
    shelf.close();
    consuming.wait();
}

}  // namespace homeroom::sim::programs
