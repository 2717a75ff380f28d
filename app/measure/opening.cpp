// What it costs to open a coroutine, a thread and a process, and to see it end.
#include <atomic>

#include "app/measure/measurement.h"
#include "app/measure/tools.h"
#include "runtime/homeroom.h"

namespace homeroom::app {
namespace {

using namespace measuring;

double open_coroutines() {
    constexpr int count = 2000;
    double each = 0;
    SchedulerOptions options;
    options.processors = 1;
    run(options, [&each] {
        WaitGroup all;
        auto start_all = [&all] {
            all.add(count);
            for (int i = 0; i < count; ++i) go([&all] { all.done(); });
            all.wait();
        };
        start_all();  // opens the stacks
        const std::int64_t start = clock_ns();
        start_all();
        each = static_cast<double>(clock_ns() - start) / count;
    });
    return each;
}

double open_threads() {
    return ns_each(50, [] { std::thread([] {}).join(); });
}

struct ThreadStart {
    double creating = 0, starting = 0;
};

ThreadStart start_threads() {
    constexpr int count = 50;
    std::int64_t creating = 0, starting = 0;
    for (int i = 0; i < count; ++i) {
        std::atomic<std::int64_t> first{0};
        const std::int64_t start = clock_ns();
        std::thread thread([&first] { first.store(clock_ns(), std::memory_order_relaxed); });
        creating += clock_ns() - start;
        thread.join();
        starting += first.load(std::memory_order_relaxed) - start;
    }
    return {static_cast<double>(creating) / count, static_cast<double>(starting) / count};
}

bool fork_one(bool exec) {
    const pid_t child = fork();
    if (child == 0) {
        if (exec) execl("/bin/true", "true", nullptr);
        _exit(exec ? 1 : 0);
    }
    int status = 1;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

Measurement forked(std::uint32_t rounds, bool exec) {
    Measurement result{
        "opening", exec ? "fork-exec" : "fork",
        exec ? "a process with another program: fork, exec, end" : "a process: fork, end",
        Measurement::Unit::nanoseconds};
    bool worked = true;
    const int count = exec ? 5 : 20;
    auto samples = rounds_of(
        rounds, [&] { return ns_each(count, [&] { worked = fork_one(exec) && worked; }); });
    if (worked) {
        result.samples = std::move(samples);
    } else {
        result.missing = exec ? "/bin/true could not be run" : "fork failed";
    }
    return result;
}

}  // namespace

std::vector<Measurement> measure_opening(std::uint32_t rounds) {
    using Unit = Measurement::Unit;
    std::vector<Measurement> all;
    all.push_back({"opening", "coroutine", "a coroutine: go, end", Unit::nanoseconds,
                   rounds_of(rounds, open_coroutines)});
    all.push_back({"opening", "thread", "a thread: create, end, join", Unit::nanoseconds,
                   rounds_of(rounds, open_threads)});
    Measurement create{"opening", "thread-create", "of that, until its creator goes on",
                       Unit::nanoseconds};
    Measurement start{"opening", "thread-start", "of that, until its first instruction",
                      Unit::nanoseconds};
    start_threads();
    for (std::uint32_t i = 0; i < rounds; ++i) {
        const ThreadStart sample = start_threads();
        create.samples.push_back(sample.creating);
        start.samples.push_back(sample.starting);
    }
    all.push_back(std::move(create));
    all.push_back(std::move(start));
    all.push_back(forked(rounds, false));
    all.push_back(forked(rounds, true));
    return all;
}

}  // namespace homeroom::app
