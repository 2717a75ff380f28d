// Opening one after another: each `go` is waited for before the next, and what is done is little;
// so what remains is what opening costs, be it a coroutine, a thread or a process.
#pragma once

#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

template <OperatingSystem Os>
void opening(const RunOptions& options) {
    for (std::uint32_t i = 0; i < options.students; ++i) {
        BasicWaitGroup<Os> one;
        one.go([&options] { Runtime<Os>::work(options.lesson_ns); });
        one.wait();
    }
}

}  // namespace homeroom::sim::programs
