// What it costs to go from one coroutine, thread or process to another on one core, and to wake
// somebody on another core.
#include <linux/futex.h>
#include <sys/syscall.h>

#include <array>
#include <atomic>
#include <climits>

#include "app/measure/measurement.h"
#include "app/measure/tools.h"
#include "runtime/context.h"
#include "runtime/homeroom.h"

namespace homeroom::app {
namespace {

using namespace measuring;
using Unit = Measurement::Unit;

// --- Coroutines. ---

struct BareSwitch {
    Context here, there;

    static void bounce(void* argument) {
        context_entered();
        auto& both = *static_cast<BareSwitch*>(argument);
        for (;;) switch_context(both.there, both.here);
    }
};

double switch_contexts() {
    constexpr int count = 20'000;
    alignas(64) static std::array<std::byte, 64 * 1024> stack;
    BareSwitch both;
    adopt_context(both.here);
    make_context(both.there, stack.data(), stack.size(), &BareSwitch::bounce, &both);
    switch_context(both.here, both.there);
    const double round_trip = ns_each(count, [&] { switch_context(both.here, both.there); });
    forget_context(both.there);
    return round_trip / 2;
}

double yield_coroutines() {
    constexpr int count = 20'000;
    double each = 0;
    SchedulerOptions options;
    options.processors = 1;
    run(options, [&each] {
        WaitGroup all;
        all.add(2);
        const std::int64_t start = clock_ns();
        for (int k = 0; k < 2; ++k)
            go([&all] {
                for (int i = 0; i < count; ++i) yield();
                all.done();
            });
        all.wait();
        each = static_cast<double>(clock_ns() - start) / (2 * count);
    });
    return each;
}

// --- Threads and processes. ---

// Half a round trip: one write, one read that has to wait, one switch.
Measurement talk(std::uint32_t rounds, Partner::Kind kind, const char* name, const char* words) {
    Measurement result{"switching", name, words, Unit::nanoseconds};
    OneCpu here;
    Partner partner(kind, [] {});
    if (!here.pinned() || !partner.alive()) {
        result.missing = "no partner on this CPU";
        return result;
    }
    bool answered = true;
    auto samples = rounds_of(
        rounds, [&] { return ns_each(500, [&] { answered = partner.ask() && answered; }) / 2; });
    if (answered) {
        result.samples = std::move(samples);
    } else {
        result.missing = "the partner did not answer";
    }
    return result;
}

// The write and the read alone, without anybody to switch to.
double use_pipe() {
    int ends[2];
    if (pipe(ends) != 0) return 0;
    const double each = ns_each(2000, [&] {
        char byte = 0;
        if (write(ends[1], &byte, 1) == 1 && read(ends[0], &byte, 1) == 1) return;
    });
    close(ends[0]);
    close(ends[1]);
    return each;
}

// --- The kernel's doors. ---

long futex(std::atomic<int>& word, int operation, int value) {
    static_assert(sizeof(std::atomic<int>) == sizeof(int));
    return syscall(SYS_futex, &word, operation | FUTEX_PRIVATE_FLAG, value, nullptr, nullptr, 0);
}

struct Wake {
    double calling = 0, arriving = 0;
};

// A thread sleeps on a word; the call that wakes it, and how long after its beginning it runs.
Wake wake_threads() {
    constexpr int count = 60;
    std::atomic<int> word{0};
    std::atomic<std::int64_t> arrived{0};
    std::thread sleeper([&] {
        for (int i = 1; i <= count; ++i) {
            while (word.load() < i) futex(word, FUTEX_WAIT, i - 1);
            arrived.store(clock_ns());
        }
    });
    std::int64_t calling = 0, arriving = 0;
    for (int i = 1; i <= count; ++i) {
        timespec nap{0, 100'000};  // until it surely sleeps
        nanosleep(&nap, nullptr);
        arrived.store(0);
        word.store(i);
        const std::int64_t start = clock_ns();
        futex(word, FUTEX_WAKE, 1);
        calling += clock_ns() - start;
        while (arrived.load() == 0) std::this_thread::yield();
        arriving += arrived.load() - start;
    }
    sleeper.join();
    return {static_cast<double>(calling) / count, static_cast<double>(arriving) / count};
}

// What remains of `whole` without `part`, round by round; nothing if either was not measured.
Measurement difference(Measurement result, const Measurement& whole, const Measurement& part) {
    if (whole.samples.empty() || part.samples.empty()) {
        result.missing = whole.missing.empty() ? part.missing : whole.missing;
        return result;
    }
    for (std::size_t i = 0; i < whole.samples.size(); ++i)
        result.samples.push_back(std::max(0.0, whole.samples[i] - part.samples[i]));
    return result;
}

}  // namespace

std::vector<Measurement> measure_switching(std::uint32_t rounds) {
    std::vector<Measurement> all;
    all.push_back({"switching", "context-switch", "coroutine to coroutine: the bare switch",
                   Unit::nanoseconds, rounds_of(rounds, switch_contexts)});
    all.push_back({"switching", "yield", "coroutine to coroutine, with the scheduler: yield",
                   Unit::nanoseconds, rounds_of(rounds, yield_coroutines)});
    const Measurement thread = talk(rounds, Partner::Kind::thread, "thread-talk",
                                    "thread to thread of one process, by a pipe");
    const Measurement process =
        talk(rounds, Partner::Kind::process, "process-talk", "process to process, by a pipe");
    const Measurement pipe{"switching", "pipe-alone", "of that, the write and the read",
                           Unit::nanoseconds, rounds_of(rounds, use_pipe)};
    all.push_back(thread);
    all.push_back(process);
    all.push_back(pipe);
    all.push_back(difference(
        {"switching", "thread-switch", "so the switch of threads takes", Unit::nanoseconds}, thread,
        pipe));
    all.push_back(difference(
        {"switching", "process-switch", "and the switch of processes", Unit::nanoseconds}, process,
        pipe));

    all.push_back({"kernel", "system-call", "into the kernel and back", Unit::nanoseconds,
                   rounds_of(rounds, [] { return ns_each(5000, [] { syscall(SYS_getppid); }); })});
    Measurement calling{"kernel", "futex-wake", "the call that wakes a sleeping thread",
                        Unit::nanoseconds};
    Measurement arriving{"kernel", "wake-latency", "from its beginning until that thread runs",
                         Unit::nanoseconds};
    for (std::uint32_t i = 0; i < rounds; ++i) {
        const Wake sample = wake_threads();
        calling.samples.push_back(sample.calling);
        arriving.samples.push_back(sample.arriving);
    }
    all.push_back(std::move(calling));
    all.push_back(std::move(arriving));
    return all;
}

}  // namespace homeroom::app
