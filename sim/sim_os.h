// The model's operating system: each call is a gate, at which the world may let another thread go
// first.
#pragma once

#include <cstdint>
#include <cstring>
#include <type_traits>

#include "runtime/os.h"
#include "runtime/recheck.h"
#include "runtime/scheduler.h"
#include "sim/order_watch.h"
#include "sim/step.h"

namespace homeroom::sim {

struct Thread;

// Outside of a running world (a test that sets a queue up, or looks into it afterwards) cells,
// locks and parkers are plain memory, without gates. Default arguments name the caller's file and
// line, so the scheduler's text needs no word about this.
class SimOs {
public:
    // Shared memory: 64 bits that every thread may access, without a type.
    class Cell {
    public:
        explicit Cell(std::uint64_t bits) : bits_(bits) {}
        ~Cell();  // its late stores land before the memory serves another purpose
        Cell(const Cell&) = delete;
        Cell& operator=(const Cell&) = delete;

        std::uint64_t load(memory_order order, Place place) const;
        void store(std::uint64_t bits, memory_order order, Place place);
        // A read-modify-write is one access: begin_change returns what is there, and nobody comes
        // between it and end_change.
        std::uint64_t begin_change(memory_order order, Place place);
        void end_change(std::uint64_t bits, memory_order order, Place place);
        bool compare_exchange(std::uint64_t& expected, std::uint64_t bits, memory_order order,
                              Place place);

    private:
        friend struct ModelState;
        std::uint64_t bits_;
        std::uint64_t written_ = 0;  // the number of the write that made it so: see EarlyLoads
        OrderWatch::Handle released_;
    };

    template <class T>
    class Atomic {
        static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(std::uint64_t));

    public:
        Atomic(T value = T{}) : cell_(to_bits(value)) {}  // NOLINT: as std::atomic

        T load(memory_order order, Place place = Place::here()) const {
            return from_bits(cell_.load(order, place));
        }
        void store(T value, memory_order order, Place place = Place::here()) {
            cell_.store(to_bits(value), order, place);
        }
        T exchange(T value, memory_order order, Place place = Place::here()) {
            T old = from_bits(cell_.begin_change(order, place));
            cell_.end_change(to_bits(value), order, place);
            return old;
        }
        T fetch_add(T value, memory_order order, Place place = Place::here()) {
            T old = from_bits(cell_.begin_change(order, place));
            cell_.end_change(to_bits(static_cast<T>(old + value)), order, place);
            return old;
        }
        bool compare_exchange(T& expected, T value, memory_order order,
                              Place place = Place::here()) {
            std::uint64_t seen = to_bits(expected);
            bool done = cell_.compare_exchange(seen, to_bits(value), order, place);
            expected = from_bits(seen);
            return done;
        }

    private:
        friend class SimOs;
        static std::uint64_t to_bits(T value) {
            std::uint64_t bits = 0;
            std::memcpy(&bits, &value, sizeof value);
            return bits;
        }
        static T from_bits(std::uint64_t bits) {
            T value;
            std::memcpy(&value, &bits, sizeof value);
            return value;
        }
        Cell cell_;
    };

    // A thread that finds it taken waits, on its core, and makes no move until it is free.
    class Lock {
    public:
        void lock(Place place = Place::here());
        bool try_lock(Place place = Place::here()) {  // who fails would wait next: so wait here
            lock(place);
            return true;
        }
        void unlock(Place place = Place::here());

    private:
        friend struct ModelState;
        bool taken_ = false;
        Cell cell_{0};  // what unlock() stores, which the next lock() must see: carries the order
    };

    class Parker {
    public:
        Parker();
        void park();
        bool park_until(Nanoseconds deadline);  // false: the time came first
        // The same in a certain call to the kernel; -1: without a deadline.
        bool park_until(Nanoseconds deadline, KernelWait call);
        void unpark();

    private:
        bool token_ = false;  // an unpark that came early
        OrderWatch::Handle released_;
        OrderWatch::Birth born_;
        Thread* sleeper_ = nullptr;
    };

    // compute() itself stops at the moment it is asked to, so the model needs no interrupts.
    static constexpr bool interrupts = false;
    struct Interrupt {};
    struct Marked {};

    // The model's pipes, and what asks about them (sim_pipe.cpp).
    struct Pipe;
    struct PipeEnd;
    using Handle = PipeEnd*;
    class Poller {
    public:
        bool open() { return true; }
        bool watch(Handle end, void* tag);
        void forget(Handle end);
        std::uint32_t wait(Nanoseconds until, ReadyDescriptor* ready, std::uint32_t most);
        void interrupt();

    private:
        friend class SimOs;
        void tell(PipeEnd& end);
        std::uint32_t take_ready(ReadyDescriptor* ready, std::uint32_t most);

        Lock lock_;
        Parker parker_;
        bool sleeping_ = false, interrupted_ = false;
        PipeEnd *first_ = nullptr, *last_ = nullptr;  // about which there is something to say
    };
    static bool open_pipe(Handle& reading, Handle& writing);
    static IoResult try_read(Handle handle, void* into, std::size_t most);
    static IoResult try_write(Handle handle, const void* from, std::size_t bytes);
    static void close(Handle handle);

    static void fence(Place place = Place::here());
    static bool leaves_out(Recheck which);  // see WorldOptions::left_out
    static void pause();

    static bool start_thread(Entry entry, void* argument);
    static void join_threads();  // waits until all threads but the caller have ended
    // For a class whose students have tables of their own: the calls sched_yield and exit.
    static void yield_core();
    static void end_other_threads();
    static std::uint32_t cores();
    static void* self();
    static void set_self(void* machine);
    static void this_thread_is(std::uint32_t machine);
    static void switch_to(Context& from, Context& to);

    static Nanoseconds now();
    static Nanoseconds compute(Nanoseconds duration, const Atomic<bool>& stop) {
        return compute(duration, stop.cell_);
    }
    static void block_for(Nanoseconds duration);

    static void* allocate(std::size_t bytes);
    static void deallocate(void* pointer, std::size_t bytes);
    static std::uint32_t random(std::uint32_t bound);
    static ObjectId next_object_id();
    static bool tracing();
    static void trace(Event event, Place place = Place::here());

private:
    static Nanoseconds compute(Nanoseconds duration, const Cell& stop);
};

static_assert(OperatingSystem<SimOs>);

// The same machine, for a class in which each student has a table of its own (tables/scheduler.h),
// or even a class.
class TablesOs : public SimOs {
public:
    // Memory of which a process that is a copy of another has a copy.
    class PrivateCell {
    public:
        explicit PrivateCell(std::uint64_t bits);
        ~PrivateCell();
        PrivateCell(const PrivateCell&) = delete;
        PrivateCell& operator=(const PrivateCell&) = delete;

    protected:
        std::uint64_t load_bits() const;
        void store_bits(std::uint64_t bits);
    };
    template <class T>
    class Private : PrivateCell {
        static_assert(std::is_integral_v<T>);

    public:
        Private(T value = T{}) : PrivateCell(static_cast<std::uint64_t>(value)) {}  // NOLINT
        T load(memory_order, Place = Place::here()) const { return static_cast<T>(load_bits()); }
        void store(T value, memory_order, Place = Place::here()) {
            store_bits(static_cast<std::uint64_t>(value));
        }
    };

    // The calling thread's next waits are in this call to the kernel, as others see it.
    static void in_call(KernelWait call);
    // Does each student of this class have a class of its own?
    static bool forks();
    // fork(): a new process, a copy of the calling thread's, whose only thread begins at `entry`
    // and will say that it is this machine. False: there are too many.
    static bool fork_process(Entry entry, void* argument, std::uint32_t machine);
    // The calling thread is the only one of its process, and that ends, with status 0.
    static void exit_process();
};

}  // namespace homeroom::sim

namespace homeroom {

// Compiled once, in model_runtime.cpp.
extern template class Scheduler<sim::SimOs>;

}  // namespace homeroom
