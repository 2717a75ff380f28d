// How much memory a coroutine, a thread and a process take that does nothing but wait. What the
// kernel keeps about each (task_struct, its own stack) is not in it: no process may look at that.
#include <cstdio>
#include <fstream>
#include <string>

#include "app/measure/measurement.h"
#include "app/measure/tools.h"
#include "runtime/homeroom.h"

namespace homeroom::app {
namespace {

using namespace measuring;
using Unit = Measurement::Unit;

// The sum of lines such as "Private_Dirty:   12 kB" that begin with one of the names; below 0: the
// file is not there.
double bytes_in(const std::string& path, std::initializer_list<const char*> names) {
    std::ifstream file(path);
    if (!file) return -1;
    double sum = 0;
    for (std::string line; std::getline(file, line);) {
        for (const char* name : names) {
            long long kilobytes = 0;
            const std::string start = std::string(name) + ":";
            if (line.rfind(start, 0) != 0) continue;
            if (std::sscanf(line.c_str() + start.size(), "%lld", &kilobytes) == 1)
                sum += static_cast<double>(kilobytes) * 1024;
        }
    }
    return sum;
}

double own_bytes() { return bytes_in("/proc/self/status", {"VmRSS", "VmPTE"}); }

double coroutine_bytes() {
    constexpr int count = 4000;
    double each = 0;
    SchedulerOptions options;
    options.processors = 1;
    run(options, [&each] {
        Channel<int> end;
        WaitGroup here, all;
        const double before = own_bytes();
        here.add(count);
        all.add(count);
        for (int i = 0; i < count; ++i)
            go([&] {
                here.done();
                end.receive();
                all.done();
            });
        here.wait();
        each = (own_bytes() - before) / count;
        end.close();
        all.wait();
    });
    return each;
}

double thread_bytes() {
    constexpr std::size_t count = 200;
    int ends[2];
    if (pipe(ends) != 0) return -1;
    const double before = own_bytes();
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < count; ++i)
        threads.emplace_back([&ends] {
            char byte = 0;
            if (read(ends[0], &byte, 1) == 0) return;  // the end, when the other side is closed
        });
    timespec nap{0, 5'000'000};  // until they wait
    nanosleep(&nap, nullptr);
    const double each = (own_bytes() - before) / static_cast<double>(count);
    close(ends[1]);
    for (std::thread& thread : threads) thread.join();
    close(ends[0]);
    return each;
}

// What a child has for itself alone, page tables included, while it waits.
double process_bytes(bool exec) {
    int ends[2];
    if (pipe(ends) != 0) return -1;
    const pid_t child = fork();
    if (child == 0) {
        close(ends[1]);
        if (exec) {
            dup2(ends[0], 0);
            execl("/bin/cat", "cat", nullptr);
            _exit(1);
        }
        char byte = 0;
        _exit(read(ends[0], &byte, 1) == 0 ? 0 : 1);
    }
    timespec nap{0, 20'000'000};  // until it waits
    nanosleep(&nap, nullptr);
    const std::string folder = "/proc/" + std::to_string(child) + "/";
    const double pages = bytes_in(folder + "smaps_rollup", {"Private_Clean", "Private_Dirty"});
    const double tables = bytes_in(folder + "status", {"VmPTE"});
    close(ends[1]);
    int status = 1;
    const bool worked = child > 0 && waitpid(child, &status, 0) == child && status == 0;
    close(ends[0]);
    return worked && pages >= 0 && tables >= 0 ? pages + tables : -1;
}

template <class F>
Measurement bytes(std::uint32_t rounds, const char* name, const char* words, F&& one) {
    Measurement result{"memory", name, words, Unit::bytes};
    for (std::uint32_t i = 0; i < rounds; ++i) {
        const double sample = one();
        if (sample < 0) {
            result.samples.clear();
            result.missing = "the system does not tell";
            return result;
        }
        result.samples.push_back(sample);
    }
    return result;
}

}  // namespace

std::vector<Measurement> measure_memory(std::uint32_t rounds) {
    const std::uint32_t some = std::min(rounds, 5u);  // it hardly varies
    std::vector<Measurement> all;
    all.push_back(bytes(some, "coroutine-bytes", "a coroutine that waits", coroutine_bytes));
    all.push_back(bytes(some, "thread-bytes", "a thread that waits", thread_bytes));
    all.push_back(bytes(some, "fork-bytes", "a forked process that waits, beside what it shares",
                        [] { return process_bytes(false); }));
    all.push_back(bytes(some, "exec-bytes", "a process with another program (cat) that waits",
                        [] { return process_bytes(true); }));
    return all;
}

}  // namespace homeroom::app
