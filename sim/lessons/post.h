// The post: everybody waits at a letter box, and works a little on each letter that comes.
#pragma once

#include <algorithm>
#include <new>

#include "runtime/runtime.h"
#include "runtime/stream.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

// A process may have some thousand descriptors open, and often no more: those for whom no letter
// box is left only look on.
inline constexpr std::uint32_t letter_boxes_max = 200;

template <OperatingSystem Os>
void post(const RunOptions& options) {
    const std::uint32_t boxes = std::min(options.students, letter_boxes_max);
    auto* pipes = static_cast<BasicPipe<Os>*>(Os::allocate(boxes * sizeof(BasicPipe<Os>)));
    BasicWaitGroup<Os> all;
    all.add(static_cast<std::int32_t>(options.students));
    for (std::uint32_t i = 0; i < options.students; ++i) {
        BasicPipe<Os>* pipe =
            i < boxes ? ::new (static_cast<void*>(pipes + i)) BasicPipe<Os> : nullptr;
        Runtime<Os>::go([&options, &all, pipe] {
            char letter = 0;
            while (pipe && pipe->reader.read(&letter, 1) == 1) Runtime<Os>::work(options.lesson_ns);
            all.done();
        });
    }
    for (char round = 0; round < 4; ++round) {
        for (std::uint32_t i = 0; i < boxes; ++i) {
            pipes[i].writer.write(&round, 1);
            if (i % 2 == 1) Runtime<Os>::sleep_for(options.lesson_ns);
        }
    }
    for (std::uint32_t i = 0; i < boxes; ++i) pipes[i].writer.close();
    all.wait();
    for (std::uint32_t i = 0; i < boxes; ++i) pipes[i].~BasicPipe<Os>();
    Os::deallocate(pipes, boxes * sizeof(BasicPipe<Os>));
}

}  // namespace homeroom::sim::programs
