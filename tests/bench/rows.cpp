// The programs that are measured. Each keeps close to its Go twin, line by line.
#include "tests/bench/rows.h"

#include <time.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "runtime/homeroom.h"

namespace homeroom::bench {
namespace {

class Stopwatch {
public:
    Measured stop(std::uint64_t ops, std::string extra = "") const {
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start_;
        return {ops, passed.count(), cpu_seconds() - cpu_start_, std::move(extra)};
    }

private:
    static double cpu_seconds() {
        timespec t{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
    }

    double cpu_start_ = cpu_seconds();
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// A wrong sum would mean that the time was for something else.
void expect(bool right, const char* what) {
    if (right) return;
    std::fprintf(stderr, "homeroom_bench: %s is wrong\n", what);
    std::exit(1);
}

template <std::uint64_t coroutines>
Measured measure_yield(std::uint64_t size) {
    const std::uint64_t each = size / coroutines;
    WaitGroup all;
    Stopwatch watch;
    for (std::uint64_t i = 0; i < coroutines; ++i) {
        all.add(1);
        go([&all, each] {
            for (std::uint64_t k = 0; k < each; ++k) yield();
            all.done();
        });
    }
    all.wait();
    return watch.stop(each * coroutines);
}

Measured measure_pingpong(std::uint64_t size) {
    Channel<std::uint64_t> ping, pong;
    WaitGroup partner;
    partner.add(1);
    go([&] {
        while (std::optional<std::uint64_t> v = ping.receive()) pong.send(*v);
        partner.done();
    });
    Stopwatch watch;
    for (std::uint64_t i = 0; i < size; ++i) {
        ping.send(i);
        pong.receive();
    }
    const Measured measured = watch.stop(size);
    ping.close();
    partner.wait();
    return measured;
}

Measured measure_bchan(std::uint64_t size) {
    Channel<std::uint64_t> channel(128);
    WaitGroup producer;
    producer.add(1);
    std::uint64_t sum = 0;
    Stopwatch watch;
    go([&channel, &producer, size] {
        for (std::uint64_t i = 0; i < size; ++i) channel.send(i);
        channel.close();
        producer.done();
    });
    while (std::optional<std::uint64_t> v = channel.receive()) sum += *v;
    const Measured measured = watch.stop(size);
    expect(sum == size * (size - 1) / 2, "bchan's sum");
    producer.wait();
    return measured;
}

template <std::uint64_t batch>
Measured measure_spawn(std::uint64_t size) {
    WaitGroup all;
    Stopwatch watch;
    for (std::uint64_t i = 0; i < size / batch; ++i) {
        all.add(static_cast<int>(batch));
        for (std::uint64_t k = 0; k < batch; ++k) go([&all] { all.done(); });
        all.wait();
    }
    return watch.stop(size / batch * batch);
}

Measured measure_flood(std::uint64_t size) {
    WaitGroup all;
    Stopwatch watch;
    all.add(static_cast<int>(size));
    for (std::uint64_t i = 0; i < size; ++i) go([&all] { all.done(); });
    all.wait();
    return watch.stop(size);
}

Measured measure_ring(std::uint64_t size) {
    constexpr std::size_t members = 1000;
    const auto channels = std::make_unique<std::array<Channel<std::int64_t>, members>>();
    WaitGroup all;
    for (std::size_t i = 0; i < members; ++i) {
        all.add(1);
        go([&in = (*channels)[i], &out = (*channels)[(i + 1) % members], &all] {
            while (std::optional<std::int64_t> hops = in.receive()) {
                if (*hops <= 0) {  // the end goes round once
                    if (*hops > 1 - static_cast<std::int64_t>(members)) out.send(*hops - 1);
                    break;
                }
                out.send(*hops - 1);
            }
            all.done();
        });
    }
    yield();
    Stopwatch watch;
    (*channels)[0].send(static_cast<std::int64_t>(size));
    all.wait();
    return watch.stop(size + members);
}

template <bool yields>
Measured measure_mutex(std::uint64_t size) {
    constexpr std::uint64_t coroutines = 16;
    const std::uint64_t each = size / coroutines;
    Mutex mutex;
    WaitGroup all;
    std::uint64_t count = 0;
    Stopwatch watch;
    for (std::uint64_t i = 0; i < coroutines; ++i) {
        all.add(1);
        go([&mutex, &all, &count, each] {
            for (std::uint64_t k = 0; k < each; ++k) {
                mutex.lock();
                ++count;
                if (yields) yield();
                mutex.unlock();
            }
            all.done();
        });
    }
    all.wait();
    expect(count == each * coroutines, "the mutex's count");
    return watch.stop(count);
}

void skynet(Channel<std::uint64_t>& parent, std::uint64_t number, std::uint64_t size) {
    if (size == 1) {
        parent.send(number);
        return;
    }
    Channel<std::uint64_t> children;
    for (std::uint64_t i = 0; i < 10; ++i) {
        go([&children, number, size, i] { skynet(children, number + i * (size / 10), size / 10); });
    }
    std::uint64_t sum = 0;
    for (int i = 0; i < 10; ++i) sum += children.receive().value_or(0);
    parent.send(sum);
}

Measured measure_skynet(std::uint64_t size) {
    Channel<std::uint64_t> top;
    Stopwatch watch;
    go([&top, size] { skynet(top, 0, size); });
    const std::uint64_t sum = top.receive().value_or(0);
    // Leaves and inner nodes; size is a power of ten.
    const Measured measured = watch.stop((10 * size - 1) / 9);
    expect(sum == size * (size - 1) / 2, "skynet's sum");
    return measured;
}

std::uint64_t fib(std::uint64_t n) {
    if (n < 2) return n;
    Channel<std::uint64_t> forked;
    go([&forked, n] { forked.send(fib(n - 1)); });
    const std::uint64_t other = fib(n - 2);
    return other + forked.receive().value_or(0);
}

Measured measure_fib(std::uint64_t size) {
    std::uint64_t a = 0, b = 1;  // fib(n) forks fib(n + 1) - 1 times
    for (std::uint64_t i = 0; i < size + 1; ++i) {
        const std::uint64_t next = a + b;
        a = b;
        b = next;
    }
    Stopwatch watch;
    const std::uint64_t result = fib(size);
    const Measured measured = watch.stop(a - 1);
    expect(result == b - a, "fib");
    return measured;
}

// Memory that the process has in RAM.
double resident_bytes() {
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    if (file == nullptr) return 0;
    unsigned long long total = 0, resident = 0;
    const bool read = std::fscanf(file, "%llu %llu", &total, &resident) == 2;
    std::fclose(file);
    return read ? static_cast<double>(resident) * 4096 : 0;
}

Measured measure_parked(std::uint64_t size) {
    Channel<bool> stop;
    WaitGroup parked, all;
    const double before = resident_bytes();
    Stopwatch watch;
    parked.add(static_cast<int>(size));
    all.add(static_cast<int>(size));
    for (std::uint64_t i = 0; i < size; ++i) {
        go([&] {
            parked.done();
            stop.receive();
            all.done();
        });
    }
    parked.wait();
    Measured measured = watch.stop(size);
    const double each = (resident_bytes() - before) / static_cast<double>(size);
    stop.close();
    all.wait();
    measured.extra = "bytes=" + std::to_string(static_cast<long>(each));
    return measured;
}

}  // namespace

std::span<const Row> rows() {
    static constexpr Row all[] = {
        {"yield", "a yield, 2 coroutines", 5'000'000, measure_yield<2>},
        {"yield1k", "a yield, 1,000 coroutines", 5'000'000, measure_yield<1000>},
        {"yield10k", "a yield, 10,000 coroutines", 5'000'000, measure_yield<10000>},
        {"yield_traced", "a yield, 2 coroutines, recorded", 5'000'000, measure_yield<2>, true},
        {"pingpong", "a round trip over two unbuffered channels", 2'000'000, measure_pingpong},
        {"bchan", "an item through a channel of 128", 10'000'000, measure_bchan},
        {"spawn", "spawn, run, join; batches of 1,000", 2'000'000, measure_spawn<1000>},
        {"spawn1", "spawn, run, join; one at a time", 2'000'000, measure_spawn<1>},
        {"flood", "spawn, run, join; all at once", 1'000'000, measure_flood},
        {"ring", "a hop in a ring of 1,000", 2'000'000, measure_ring},
        {"mutex", "lock and unlock, 16 coroutines", 20'000'000, measure_mutex<false>},
        {"mutexy", "the same, yielding while locked", 2'000'000, measure_mutex<true>},
        {"skynet", "a coroutine of a tree of 1,111,111", 1'000'000, measure_skynet},
        {"fib", "a fork and a join in fib(27)", 27, measure_fib},
        {"parked", "spawn and run until parked; all stay", 1'000'000, measure_parked},
    };
    return all;
}

}  // namespace homeroom::bench
