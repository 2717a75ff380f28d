// The record of a native run: one ring of 16-byte records per machine, in memory that another
// process may share and read while the run goes on.
#pragma once

#include <time.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>

#include "runtime/trace_record.h"
#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace homeroom {

// The processor's own clock: the same on all cores, one instruction to read (12 ns here; rdtscp
// costs twice that, clock_gettime thrice).
inline std::uint64_t read_ticks() {
#if defined(__x86_64__)
    return __rdtsc();
#elif defined(__aarch64__)
    std::uint64_t ticks = 0;
    asm volatile("mrs %0, cntvct_el0" : "=r"(ticks));
    return ticks;
#else
#error "no clock is known for this processor"
#endif
}

// To be moved to another core takes a thread longer than this: the kernel's switch alone does. Less
// than half a microsecond.
#if defined(__x86_64__)
inline constexpr std::uint64_t switch_ticks = 1'000;
#else
inline constexpr std::uint64_t switch_ticks = 10;
#endif

inline std::int64_t monotonic_ns() {
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return std::int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
}

// One producer, one consumer. When it is full, new records are dropped and counted: what has been
// recorded stays in order and whole, which is what folding needs. `written_` and `read_` only grow.
class TraceRing {
public:
    // Producer. `records` are the ring's own, `mask` their number (a power of two) minus one.
    // Returns false if the record is lost.
    bool push(TraceRecord* records, std::uint64_t mask, const TraceRecord& record) {
        std::uint64_t at = written_.load(std::memory_order_relaxed);  // only the producer writes it
        if (at - read_seen_ > mask) [[unlikely]] {
            read_seen_ =
                read_.load(std::memory_order_acquire);  // pairs with drain: it is done reading
            if (at - read_seen_ > mask) {
                lost_.store(lost_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
                return false;
            }
        }
        // The reader had this line last, or nobody for long: to get it takes longer than the rest.
        __builtin_prefetch(&records[(at + 32) & mask], 1);
        TraceRecord& place = records[at & mask];
        place.word = record.word;
        place.g = record.g;
        place.arg = record.arg;
        written_.store(at + 1,
                       std::memory_order_release);  // publishes the record; pairs with drain
        return true;
    }

    // Consumer: hands all that is there to f(record), oldest first. Returns how many that were.
    // Believes nothing that a crashing producer may have scribbled here: never reads outside the
    // ring.
    template <class F>
    std::uint64_t drain(const TraceRecord* records, std::uint64_t mask, F&& f) {
        std::uint64_t from = read_.load(std::memory_order_relaxed);   // only the consumer writes it
        std::uint64_t to = written_.load(std::memory_order_acquire);  // pairs with push
        if (to - from > mask + 1) to = from;
        for (std::uint64_t i = from; i != to; ++i) f(records[i & mask]);
        read_.store(to, std::memory_order_release);  // pairs with push: the places are free again
        return to - from;
    }

    std::uint64_t written() const { return written_.load(std::memory_order_relaxed); }
    std::uint64_t lost() const { return lost_.load(std::memory_order_relaxed); }

private:
    alignas(64) std::atomic<std::uint64_t> written_{0};  // the producer's line
    std::uint64_t read_seen_ = 0;
    std::atomic<std::uint64_t> lost_{0};
    alignas(64) std::atomic<std::uint64_t> read_{0};  // the consumer's line
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "shared between processes");

// Header, then the rings' indices, then their records. Holds no pointers, so each process may map
// it where it likes; memory that comes zeroed needs no construction besides `prepare`.
class TraceBuffers {
public:
    static constexpr std::uint32_t machines_max =
        64;  // machines beyond are not recorded, but counted
    static constexpr std::uint32_t monitor_ring = machines_max;
    static constexpr std::uint32_t ring_count = machines_max + 1;

    // `capacity` of one ring: a power of two.
    static constexpr std::size_t bytes_for(std::uint64_t capacity) {
        return sizeof(TraceBuffers) + ring_count * capacity * sizeof(TraceRecord);
    }

    // In zeroed, 64-aligned memory of bytes_for(capacity). Takes the 2 ms of measuring the clock.
    static TraceBuffers* prepare(void* memory, std::uint64_t capacity) {
        auto* buffers = new (memory) TraceBuffers;
        buffers->capacity_ = capacity;
        buffers->calibrate();
        return buffers;
    }

    std::uint64_t capacity() const { return capacity_; }
    std::uint64_t start_ticks() const { return start_ticks_; }
    std::int64_t start_ns() const { return start_ns_; }  // the same moment, on the monotonic clock
    double ns_per_tick() const { return ns_per_tick_; }

    TraceRing& ring(std::uint32_t i) { return rings_[i]; }
    const TraceRing& ring(std::uint32_t i) const { return rings_[i]; }
    TraceRecord* records(std::uint32_t i, std::uint64_t capacity) {
        return reinterpret_cast<TraceRecord*>(this + 1) + i * capacity;
    }

    // Records that no ring took, from machines beyond machines_max.
    std::atomic<std::uint64_t> homeless{0};

    std::uint64_t lost() const {
        std::uint64_t sum = homeless.load(std::memory_order_relaxed);
        for (const TraceRing& ring : rings_) sum += ring.lost();
        return sum;
    }

private:
    void calibrate() {
#if defined(__aarch64__)
        std::uint64_t per_second = 0;
        asm volatile("mrs %0, cntfrq_el0" : "=r"(per_second));
        ns_per_tick_ = 1e9 / static_cast<double>(per_second);
#else
        // Two readings 2 ms apart, each good to some 50 ns: 50 parts in a million.
        std::int64_t ns = monotonic_ns();
        std::uint64_t ticks = read_ticks();
        while (monotonic_ns() - ns < 2'000'000) {
        }
        std::int64_t passed_ns = monotonic_ns() - ns;
        ns_per_tick_ = static_cast<double>(passed_ns) / static_cast<double>(read_ticks() - ticks);
#endif
        start_ns_ = monotonic_ns();
        start_ticks_ = read_ticks();
    }

    std::uint64_t capacity_ = 0;
    std::uint64_t start_ticks_ = 0;
    std::int64_t start_ns_ = 0;
    double ns_per_tick_ = 1;
    std::array<TraceRing, ring_count> rings_{};
};

// Reads all rings of one run, in the process of whoever watches it.
class TraceReader {
public:
    // `capacity`: of one ring, as whoever made the buffers knows it.
    TraceReader(TraceBuffers& buffers, std::uint64_t capacity)
        : buffers_(buffers), capacity_(capacity) {}

    // Hands all that is there to f(ring, record), each ring's records oldest first, unfolded into
    // events. Returns how many records that were.
    template <class F>
    std::uint64_t drain(F&& f) {
        std::uint64_t count = 0;
        for (std::uint32_t i = 0; i < TraceBuffers::ring_count; ++i)
            count += buffers_.ring(i).drain(
                buffers_.records(i, capacity_), capacity_ - 1, [&](const TraceRecord& record) {
                    unfolders_[i].unfold(record, [&](const TraceRecord& one) { f(i, one); });
                });
        return count;
    }

private:
    TraceBuffers& buffers_;
    const std::uint64_t capacity_;
    std::array<RecordUnfolder, TraceBuffers::ring_count> unfolders_;
};

}  // namespace homeroom
