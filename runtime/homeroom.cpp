// The parts of the front door that are not templates.
#include "runtime/homeroom.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace homeroom {

std::uint32_t default_processors() {
    // glibc answers with the CPUs in the process's affinity mask.
    return std::clamp(std::thread::hardware_concurrency(), 1u, Scheduler<NativeOs>::processors_max);
}

void exit_unless_finished(const RunResult& result) {
    if (result.outcome == Outcome::finished) return;
    std::fflush(stdout);
    std::fputs(result.report.c_str(), stderr);
    std::exit(2);
}

}  // namespace homeroom
