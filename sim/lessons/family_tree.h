// The family tree: each coroutine spawns two, until there are as many as asked for.
#pragma once

#include "runtime/runtime.h"
#include "runtime/wait_group.h"
#include "sim/run.h"

namespace homeroom::sim::programs {

// Numbered like a heap: the children of n are 2n and 2n + 1.
template <OperatingSystem Os>
void family(const RunOptions& options, BasicWaitGroup<Os>& all, std::uint32_t number) {
    Runtime<Os>::work(options.lesson_ns / 2);
    for (std::uint32_t child = 2 * number; child <= 2 * number + 1; ++child) {
        if (child > options.students) break;
        all.go([&options, &all, child] { family<Os>(options, all, child); });
    }
    Runtime<Os>::work(options.lesson_ns / 2);
}

template <OperatingSystem Os>
void family_tree(const RunOptions& options) {
    BasicWaitGroup<Os> all;
    all.go([&options, &all] { family<Os>(options, all, 1); });
    all.wait();
}

}  // namespace homeroom::sim::programs
