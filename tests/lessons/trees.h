// Coroutines that start others, which start others.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "runtime/channel.h"
#include "runtime/wait_group.h"

namespace homeroom {

// Each number starts its two children, as far as there are places, and counts its own runs.
template <OperatingSystem Os>
void spawn_tree(std::array<std::atomic<int>, 256>& runs, BasicWaitGroup<Os>& all,
                std::size_t number) {
    ++runs[number];
    for (std::size_t child : {2 * number, 2 * number + 1}) {
        if (child >= runs.size()) break;
        all.go([&runs, &all, child] { spawn_tree<Os>(runs, all, child); });
    }
}

// The sum of the 2^depth leaves below this number, which come up through channels.
template <OperatingSystem Os>
std::uint64_t tree_sum(std::uint64_t number, int depth) {
    if (depth == 0) return number;
    BasicChannel<Os, std::uint64_t> halves;
    for (std::uint64_t half : {std::uint64_t{0}, std::uint64_t{1}}) {
        Runtime<Os>::go([&halves, number, half, depth] {
            halves.send(tree_sum<Os>(2 * number + half, depth - 1));
        });
    }
    const std::uint64_t first = halves.receive().value_or(0);
    return first + halves.receive().value_or(0);
}

}  // namespace homeroom
