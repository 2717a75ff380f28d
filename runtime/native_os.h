// The real world: the machine's own threads, std::atomic, futexes and clocks.
#pragma once

#include "runtime/native_poller.h"
#include "runtime/native_record.h"
#include "runtime/os.h"
#include "runtime/paced_clock.h"
#include "runtime/preempt.h"
#include "runtime/scheduler.h"

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
        bool try_lock() { return !taken_.exchange(true, acquire); }  // the same
        void unlock() { taken_.store(false, release); }              // pairs with lock

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
    // Nearly all of that memory will be used soon, so larger pages are welcome there: each saves up
    // to 511 faults, of some microseconds each on a virtual machine.
    static void will_fill(void* memory, std::size_t bytes);

    static std::uint32_t random(std::uint32_t bound);
    static void seed(std::uint64_t seed);  // for threads started from now on, and this one
    static ObjectId next_object_id();

    // The record (native_record.h).
    using Decision = NativeRecord::Decision;
    static bool tracing() { return NativeRecord::on(); }
    [[gnu::always_inline]] static void trace(Event event, Place = {}) { NativeRecord::tell(event); }
    static void start_tracing(TraceBuffers* buffers) { NativeRecord::start(buffers); }
    static void this_thread_is(std::uint32_t machine) { NativeRecord::this_thread_is(machine); }

    // Which CPUs the run may use: they are numbered in this order in `seated` events. At most
    // `limit`; returns how many there are. Applies to the calling thread and those that it starts.
    static std::uint32_t use_cpus(std::uint32_t limit) { return NativeRecord::use_cpus(limit); }

private:
    static void* self_by_call();
    [[noreturn]] static void out_of_memory(std::size_t bytes);
    friend class NativePoller;  // its wait() is one of a machine's
    // So long by the run's clock, in real time: rounded up, and at most `longest`.
    static int real_milliseconds(Nanoseconds ns, int longest);

    static PacedClock* clock_;
};

static_assert(OperatingSystem<NativeOs>);

// Compiled once, in native_scheduler.cpp.
extern template class Scheduler<NativeOs>;

}  // namespace homeroom
