// A blocking errand and the hand-off: half of the coroutines say beforehand that a call will block,
// half make calls of which nobody knew, and the monitor has to notice.
#pragma once

#include "runtime/channel.h"
#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

template <OperatingSystem Os>
void errand(const RunOptions& options) {
    // Each blocked coroutine keeps a thread; sixteen passes keep a thousand from opening a
    // thousand.
    BasicChannel<Os, bool> passes(16);
    BasicWaitGroup<Os> all;
    all.add(static_cast<std::int32_t>(options.students));
    for (std::uint32_t i = 0; i < options.students; ++i) {
        Runtime<Os>::go([&options, &passes, &all, i] {
            for (int errand = 0; errand < 4; ++errand) {
                Runtime<Os>::work(options.lesson_ns);
                passes.send(true);
                if (i % 2 == 0) {
                    Runtime<Os>::block_for(options.lesson_ns * 4);
                } else {
                    Runtime<Os>::call_for(options.lesson_ns * 4);
                }
                passes.receive();
            }
            Runtime<Os>::work(options.lesson_ns);
            all.done();
        });
    }
    all.wait();
}

}  // namespace homeroom::sim::programs
