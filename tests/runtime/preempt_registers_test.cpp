// Whoever is stopped by a signal in the midst of a computation goes on with every register, flag
// and byte below its stack pointer as it was: computations that use them all are stopped thousands
// of times, and must come out as if nobody had touched them.
#include <doctest/doctest.h>

#include <atomic>
#include <cfenv>
#include <cmath>
#include <cstring>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "runtime/wait_group.h"
#include "tests/hecklers.h"
#include "tests/worlds.h"

namespace homeroom {
namespace {

using Native = Runtime<NativeOs>;
using WaitGroup = BasicWaitGroup<NativeOs>;

// Each keeps the registers of its kind in use, and returns what only undisturbed ones can give.

[[gnu::noinline]] std::uint64_t general_registers(std::uint64_t rounds) {
    std::uint64_t a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8;
    for (std::uint64_t i = 0; i < rounds; ++i) {
        a ^= a << 13 ^ h;
        b += a * 3;
        c ^= b >> 7;
        d += c ^ i;
        e = (e << 5 | e >> 59) + d;
        f ^= e + a;
        g -= f;
        h = (h ^ g) * 0x9e3779b97f4a7c15u;
    }
    return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h;
}

// A leaf that keeps more than it has registers for: the rest lies below its stack pointer, without
// a word to anybody (the red zone of x86-64).
[[gnu::noinline]] std::uint64_t red_zone(std::uint64_t rounds) {
    volatile std::uint64_t cells[14] = {};
    std::uint64_t x = 1;
    for (std::uint64_t i = 0; i < rounds; ++i) {
        for (std::uint64_t k = 0; k < 14; ++k) cells[k] = cells[k] * 3 + (x ^ k);
        x = x * 6364136223846793005u + cells[i % 14];
    }
    return x;
}

[[gnu::noinline]] std::uint64_t scalar_doubles(std::uint64_t rounds) {
    double a = 1, b = 0.5, c = 0.25, d = 0.125;
    std::uint64_t x = 1;
    for (std::uint64_t i = 0; i < rounds; ++i) {
        x = x * 6364136223846793005u + 1442695040888963407u;
        a = a * 0.9999999 + static_cast<double>(x >> 54);
        b += a * c;
        if (b > 1e6) b *= 0.5;
        c = c * 0.75 + d;
        d = d * 0.5 + 0.01;
    }
    double sum = a + b + c + d;
    std::uint64_t bits = 0;
    std::memcpy(&bits, &sum, sizeof bits);
    return bits ^ x;
}

// On x86-64 these live on the stack of the x87 unit.
[[gnu::noinline]] std::uint64_t long_doubles(std::uint64_t rounds) {
    long double a = 1, b = 0.5L, c = 0.25L, d = 3;
    for (std::uint64_t i = 0; i < rounds; ++i) {
        a = a * 0.99999L + static_cast<long double>(i % 1000);
        b = b * 0.5L + a * c;
        c = c * 0.875L + 0.01L * d;
        d = d * 0.75L + b * 1e-6L;
    }
    return static_cast<std::uint64_t>(std::fmod((a + b + c + d) * 1e6L, 1e18L));
}

// Another way of rounding must neither be lost nor be seen by others.
[[gnu::noinline]] std::uint64_t rounding_up(std::uint64_t rounds) {
    std::fesetround(FE_UPWARD);
    volatile double third = 3;
    double sum = 0;
    for (std::uint64_t i = 1; i <= rounds; ++i) sum += static_cast<double>(i) / third;
    std::fesetround(FE_TONEAREST);
    std::uint64_t bits = 0;
    std::memcpy(&bits, &sum, sizeof bits);
    return bits;
}

using Vector = std::uint64_t __attribute__((vector_size(16)));
[[gnu::noinline]] std::uint64_t short_vectors(std::uint64_t rounds) {
    Vector a = {1, 2}, b = {3, 4}, c = {5, 6}, d = {7, 8}, e = {9, 10}, f = {11, 12};
    for (std::uint64_t i = 0; i < rounds; ++i) {
        a += b ^ (c << 3);
        b ^= d + e;
        c -= a;
        d = (d << 7 | d >> 57) + f;
        e += c;
        f ^= a + i;
    }
    const Vector sum = a ^ b ^ c ^ d ^ e ^ f;
    return sum[0] ^ sum[1];
}

#if defined(__x86_64__)
using LongVector = std::uint64_t __attribute__((vector_size(32)));
[[gnu::noinline, gnu::target("avx2")]] std::uint64_t long_vectors(std::uint64_t rounds) {
    LongVector a = {1, 2, 3, 4}, b = {5, 6, 7, 8}, c = {9, 10, 11, 12}, d = {13, 14, 15, 16};
    for (std::uint64_t i = 0; i < rounds; ++i) {
        a += b ^ (c << 3);
        b ^= d + a;
        c -= a;
        d = (d << 7 | d >> 57) + c;
        a ^= b + i;
    }
    const LongVector sum = a ^ b ^ c ^ d;
    return sum[0] ^ sum[1] ^ sum[2] ^ sum[3];
}

using LongestVector = std::uint64_t __attribute__((vector_size(64)));
[[gnu::noinline, gnu::target("avx512f")]] std::uint64_t longest_vectors(std::uint64_t rounds) {
    LongestVector a = {1, 2, 3, 4, 5, 6, 7, 8}, b = a + 8, c = b + 8;
    for (std::uint64_t i = 0; i < rounds; ++i) {
        a += b ^ (c << 3);
        b ^= c + i;
        c -= a;
    }
    const LongestVector sum = a ^ b ^ c;
    std::uint64_t all = 0;
    for (int i = 0; i < 8; ++i) all ^= sum[i];
    return all;
}

// Through memory backwards: the direction flag is set for most of the time.
[[gnu::noinline]] std::uint64_t backwards(std::uint64_t rounds) {
    std::uint64_t from[64], to[64] = {}, sum = 0;
    for (std::uint64_t k = 0; k < 64; ++k) from[k] = k * k;
    for (std::uint64_t i = 0; i < rounds / 16; ++i) {
        const void* last_from = from + 63;
        void* last_to = to + 63;
        std::uint64_t count = 64;
        asm volatile("std\n\trep movsq\n\tcld"
                     : "+S"(last_from), "+D"(last_to), "+c"(count)
                     :
                     : "memory", "cc");
        from[i % 64] += to[63 - i % 64] + 1;
        sum += to[i % 64];
    }
    return sum;
}
#endif

struct Computation {
    const char* name;
    std::uint64_t (*run)(std::uint64_t rounds);
};

std::vector<Computation> computations() {
    std::vector<Computation> all = {
        {"general registers", general_registers},
        {"red zone", red_zone},
        {"scalar doubles", scalar_doubles},
        {"long doubles", long_doubles},
        {"rounding up", rounding_up},
        {"short vectors", short_vectors},
    };
#if defined(__x86_64__)
    all.push_back({"backwards", backwards});
    if (__builtin_cpu_supports("avx2")) all.push_back({"long vectors", long_vectors});
    if (__builtin_cpu_supports("avx512f")) all.push_back({"longest vectors", longest_vectors});
#endif
    return all;
}

// Each computation in several coroutines at once, whose processors are asked for all the time.
TEST_CASE("computations that were stopped thousands of times come out as if undisturbed") {
    constexpr std::uint64_t rounds = 20'000, stops_wanted = 400;
    constexpr int students = 6;
    for (const std::uint32_t processors : {1u, 4u}) {
        for (const Computation& computation : computations()) {
            CAPTURE(processors);
            CAPTURE(std::string(computation.name));
            const std::uint64_t undisturbed = computation.run(rounds);
            std::atomic<int> wrong{0};
            std::uint64_t stops = 0;
            Setup setup;
            setup.processors = processors;
            const RunResult result = play<NativeOs>(setup, [&] {
                Hecklers hecklers;
                WaitGroup all;
                for (int i = 0; i < students; ++i)
                    all.go([&] {
                        while (hecklers.stops() < stops_wanted)
                            if (hecklers.disturb([&] { return computation.run(rounds); }) !=
                                undisturbed)
                                ++wrong;
                    });
                all.wait();
                stops = hecklers.stops();
            });
            CHECK(result.outcome == Outcome::finished);
            CHECK(wrong == 0);
            CHECK(stops >= stops_wanted);
        }
    }
}

bool direction_is_backwards() {
#if defined(__x86_64__)
    return (__builtin_ia32_readeflags_u64() & 0x400) != 0;
#else
    return false;
#endif
}

// What runs between the stops uses the same units in its own way, and makes calls.
TEST_CASE("whoever runs meanwhile finds the processor as a function may expect it") {
    constexpr std::uint64_t rounds = 20'000;
    const std::uint64_t doubles = scalar_doubles(rounds), longs = long_doubles(rounds);
    const std::vector<Computation> others = computations();
    int wrong = 0;
    play<NativeOs>({}, [&] {
        Hecklers hecklers;
        WaitGroup all;
        for (const Computation& computation : others)
            all.go([&hecklers, &computation] {
                while (hecklers.stops() < 2'000)
                    hecklers.disturb([&] { return computation.run(rounds); });
            });
        while (hecklers.stops() < 2'000) {
            if (scalar_doubles(rounds) != doubles || long_doubles(rounds) != longs) ++wrong;
            Native::yield();
            wrong += direction_is_backwards();
        }
        all.wait();
    });
    CHECK(wrong == 0);
}

// The compiler must not find out that the same call gives the same result.
std::uint64_t long_enough() {
    const volatile std::uint64_t unknown = 20'000;
    return general_registers(unknown);
}

TEST_CASE("who was stopped goes on on other threads, too") {
    const std::uint64_t undisturbed = long_enough();
    std::set<std::pair<int, std::uint32_t>> seen;  // student, machine
    int wrong = 0, moved = 0;
    NativeOs::Lock lock;
    Setup setup;
    setup.processors = 4;
    play<NativeOs>(setup, [&] {
        Hecklers hecklers;
        WaitGroup all;
        for (int student = 0; student < 6; ++student)
            all.go([&, student] {
                // At most so many turns: how soon a signal meets its thread is up to the kernel.
                for (int turn = 0; turn < 3'000 && hecklers.stops() < 500; ++turn) {
                    const std::uint32_t before = Scheduler<NativeOs>::machine().id;
                    const bool right =
                        hecklers.disturb([] { return long_enough(); }) == undisturbed;
                    const std::uint32_t after = Scheduler<NativeOs>::machine().id;
                    lock.lock();
                    wrong += !right;
                    moved += before != after;
                    seen.insert({student, after});
                    lock.unlock();
                    Native::yield();
                }
            });
        all.wait();
    });
    CHECK(wrong == 0);
    CHECK(moved > 0);
    CHECK(seen.size() > 6);
}

}  // namespace
}  // namespace homeroom
