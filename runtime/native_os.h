// The real world: the machine's own threads, std::atomic, futexes and clocks.
#pragma once

#include <utility>

#include "runtime/native_poller.h"
#include "runtime/os.h"
#include "runtime/paced_clock.h"
#include "runtime/preempt.h"
#include "runtime/scheduler.h"
#include "runtime/trace_ring.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace homeroom {

// Inline is what a coroutine switch, a queue or a channel needs; all else is in native_os.cpp. One
// run at a time: what is set here holds for the whole process.
struct NativeOs {
    // std::atomic with no default orders, no operators and no way to forget them.
    template <class T>
    class Atomic {
    public:
        constexpr Atomic() : value_{} {}
        constexpr explicit Atomic(T value) : value_(value) {}

        T load(memory_order order) const { return value_.load(order); }
        void store(T value, memory_order order) { value_.store(value, order); }
        T exchange(T value, memory_order order) { return value_.exchange(value, order); }
        T fetch_add(T value, memory_order order) { return value_.fetch_add(value, order); }
        bool compare_exchange(T& expected, T value, memory_order order) {
            return value_.compare_exchange_strong(expected, value, order, relaxed);
        }

    private:
        std::atomic<T> value_;
    };

    static void fence() {
#ifdef HOMEROOM_TSAN
        // TSan knows no fences, but read-modify-writes of one cell; they are at least as strong on
        // x86.
        static std::atomic<int> cell{0};
        cell.fetch_add(1, std::memory_order_seq_cst);
#else
        std::atomic_thread_fence(std::memory_order_seq_cst);
#endif
    }

#ifndef HOMEROOM_TSAN  // Scheduler::look_ahead reads what others may be writing
    // Inlined always: g++ takes a function that only prefetches for one without any effect, and
    // drops the call.
    [[gnu::always_inline]] static void prefetch(const void* address) {
        __builtin_prefetch(address);
    }
#endif
    static void pause() {
#if defined(__x86_64__)
        _mm_pause();
#elif defined(__aarch64__)
        asm volatile("yield");
#endif
    }

    // For sections of some ten instructions. Taking it costs one exchange and releasing it one
    // plain store, half of what a futex mutex costs, which must exchange on release too, to learn
    // of sleepers. The price is paid when the holder loses its core meanwhile: those who wait then
    // give theirs to the kernel.
    class Lock {
    public:
        void lock() {
            if (taken_.exchange(true, acquire)) [[unlikely]]  // pairs with unlock
                lock_slowly();
        }
        void unlock() { taken_.store(false, release); }  // pairs with lock

    private:
        void lock_slowly();

        std::atomic<bool> taken_{false};
    };

    // One thread parks, any may unpark it. Nobody enters the kernel unless somebody sleeps.
    class Parker {
    public:
        void park();
        bool park_until(Nanoseconds deadline);
        void unpark();

    private:
        // empty -> sleeping by the owner, before it asks the kernel; empty or sleeping -> token by
        // unpark; token or sleeping -> empty by the owner, when it goes on.
        enum State : std::uint32_t { empty, sleeping, token };

        bool take_token_or_announce_sleep();

        std::atomic<std::uint32_t> state_{empty};
    };

    // Descriptors, in non-blocking mode; Poller is epoll's.
    using Handle = int;
    using Poller = NativePoller;
    static bool open_pipe(Handle& reading, Handle& writing);
    static IoResult try_read(Handle handle, void* into, std::size_t most);
    static IoResult try_write(Handle handle, const void* from, std::size_t bytes);
    static void close(Handle handle);

    static bool start_thread(Entry entry, void* argument);
    static void join_threads();
    static std::uint32_t cores();

    // A coroutine may go on on another thread after any switch, so the address of a thread_local
    // that the compiler kept from before would be another thread's. On x86-64 one instruction reads
    // the cell itself and is never merged with an earlier one; elsewhere a call hides it (1 ns
    // more).
    static void* self() {
#if defined(__x86_64__)
        void* machine = nullptr;
        asm volatile("movq %%fs:homeroom_this_machine@tpoff, %0" : "=r"(machine));
        return machine;
#else
        return self_by_call();
#endif
    }
    static void set_self(void* machine);

    [[gnu::always_inline]] static void switch_to(Context& from, Context& to) {
        switch_context(from, to);
    }

    using Interrupt = homeroom::Interrupt;
    using Marked = homeroom::Marked;
    static constexpr bool interrupts =
#ifdef HOMEROOM_INTERRUPTS
        true;
#else
        false;
#endif

    // Time of the run: the real time, stretched by the pace.
    static Nanoseconds now() { return clock_->now(); }
    static void set_pace(double real_ns_per_ns) { clock_->change(real_ns_per_ns); }
    static void use_clock(PacedClock* clock);  // null: the process's own again
    static Nanoseconds compute(Nanoseconds ns, const Atomic<bool>& stop);
    static void block_for(Nanoseconds ns);

    // 64-aligned. From `mapped_from_bytes` on memory comes as a mapping of its own, zeroed, and
    // costs nothing where it is not touched. When there is none the process ends (exit code 2).
    static constexpr std::size_t mapped_from_bytes = std::size_t{1} << 20;
    static void* allocate(std::size_t bytes);
    static void deallocate(void* memory, std::size_t bytes);

    static std::uint32_t random(std::uint32_t bound);
    static void seed(std::uint64_t seed);  // for threads started from now on, and this one
    static ObjectId next_object_id();

    // The record. Each thread writes into the ring of the machine that it is; records of threads
    // that did not say so are dropped, and counted as lost. A record that follows at once what the
    // same machine has just recorded shares the last reading of the clock, which costs more than
    // all the rest: 1 ns instead of 12. And what goes with a decision anyway is not written
    // (TraceRecord): the ring is filled half as fast then, and memory is what a record costs.
    static bool tracing() { return tracing_; }
    // Inlined always, and in pieces to the slow path: an Event in memory is written in small pieces
    // and read back as a whole, which stalls the processor for as long as reading the clock.
    [[gnu::always_inline]] static void trace(Event event, Place = {}) {
        Speaker& s = speaker();
        switch (event.kind) {
            case EventKind::looked:
                if (s.looks.note(look_of(event.arg), look_found(event.arg))) {
                    s.looks_p = event.p;
                    return;
                }
                break;
            case EventKind::queued:
                if (std::exchange(s.gave_way, 0) == event.g) return;
                break;
            case EventKind::ran:
                event.arg |= s.looks.word << TraceRecord::looks_of_ran;
                s.looks.word = 0;
                break;
            default:
                break;
        }
        if (shares_stamp(s, event) && s.knows(trace_buffers_.load(relaxed))) [[likely]] {
            if (s.looks.word != 0) [[unlikely]]
                if (s.write_looks(event.kind, event.arg)) return;
            s.write(event.kind, event.p, event.g, event.arg);
            return;
        }
        trace_with_clock(event.kind, event.p, event.g, event.arg);
    }
    static void start_tracing(
        TraceBuffers* buffers);  // null: stops it; no thread may be tracing meanwhile
    static void this_thread_is(std::uint32_t machine);

    // Which CPUs the run may use: they are numbered in this order in `seated` events. At most
    // `limit`; returns how many there are. Applies to the calling thread and those that it starts.
    static std::uint32_t use_cpus(std::uint32_t limit);

    // Where a thread's records go. Public for the variable in native_os.cpp alone.
    struct Speaker {
        TraceBuffers* buffers = nullptr;  // null: no ring yet
        TraceRing* ring = nullptr;
        TraceRecord* records = nullptr;
        std::uint64_t mask = 0;
        std::uint64_t start_ticks = 0;
        std::uint64_t stamp = 0;
        int cpu = -1;  // none: not yet known, or it sleeps
        std::uint32_t machine = ~0u;
        PackedLooks looks;  // not yet written
        std::uint8_t looks_p = 0;
        CoroutineId gave_way = 0;  // to the global queue, as its record says already
        bool stamp_of_yield = false;

        [[gnu::always_inline]] bool knows(const TraceBuffers* current) const {
            return buffers != nullptr && buffers == current;
        }
        [[gnu::always_inline]] void write(EventKind kind, std::uint8_t p, CoroutineId g,
                                          std::uint32_t arg) {
            ring->push(records, mask, TraceRecord::pack(stamp, {kind, p, g, arg}));
        }
        // Writes what was looked at before an event, and the event with it if that is a look into
        // the global queue: then returns true.
        bool write_looks(EventKind before, std::uint32_t arg);
    };

private:
    static void* self_by_call();
    static Speaker& speaker_by_call();

    // As for self().
    static Speaker& speaker() {
#if defined(__x86_64__)
        Speaker* s = nullptr;
        asm volatile("movq %%fs:0, %0\n\tleaq homeroom_speaker@tpoff(%0), %0" : "=r"(s));
        return *s;
#else
        return speaker_by_call();
#endif
    }

    // What was looked at, where a coroutine went, and a call from the own queue right after the
    // last one gave way; who gives way looks into the global queue under the same lock, and whoever
    // finds something there takes it under the lock of that look. All else may depend on what
    // another machine has done since.
    static bool shares_stamp(const Speaker& s, const Event& event) {
        switch (event.kind) {
            case EventKind::looked:
                return s.stamp_of_yield || look_of(event.arg) != Look::global ||
                       look_found(event.arg) == 0;
            case EventKind::queued:
            case EventKind::refilled:
                return true;
            case EventKind::ran:
                return source_of(event.arg) == Source::next ||
                       source_of(event.arg) == Source::local ||
                       source_of(event.arg) == Source::global;
            default:
                return false;
        }
    }
    static void trace_with_clock(EventKind kind, std::uint8_t p, CoroutineId g, std::uint32_t arg);
    static bool find_ring(Speaker& s);
    static void leave_core(Unseat why);
    [[noreturn]] static void out_of_memory(std::size_t bytes);
    friend class NativePoller;  // its wait() is one of a machine's
    // So long by the run's clock, in real time: rounded up, and at most `longest`.
    static int real_milliseconds(Nanoseconds ns, int longest);

    inline static bool tracing_ = false;  // changes only while nothing runs
    inline static std::atomic<TraceBuffers*> trace_buffers_{nullptr};
    static PacedClock* clock_;
};

static_assert(OperatingSystem<NativeOs>);

// Compiled once, in native_scheduler.cpp.
extern template class Scheduler<NativeOs>;

}  // namespace homeroom
