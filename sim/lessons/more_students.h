// More students, same teachers: coroutines are cheap, cores are not; the slider adds the former
// only.
#pragma once

#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

template <OperatingSystem Os>
void more_students(const RunOptions& options) {
    BasicWaitGroup<Os> all;
    all.add(static_cast<std::int32_t>(options.students));
    for (std::uint32_t i = 0; i < options.students; ++i) {
        Runtime<Os>::go([&options, &all] {
            for (int stretch = 0; stretch < 3; ++stretch) {
                Runtime<Os>::work(options.lesson_ns);
                Runtime<Os>::yield();
            }
            all.done();
        });
    }
    all.wait();
}

}  // namespace homeroom::sim::programs
