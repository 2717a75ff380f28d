// Everything the scheduler asks of the world around it, on one page.
#pragma once

#include "runtime/context.h"
#include "runtime/trace_event.h"

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>

namespace homeroom {

using Nanoseconds = std::int64_t;  // a duration, or a point in time since the start of the run

using std::memory_order;
inline constexpr auto relaxed = std::memory_order_relaxed;
inline constexpr auto acquire = std::memory_order_acquire;
inline constexpr auto release = std::memory_order_release;
inline constexpr auto acq_rel = std::memory_order_acq_rel;

template <class A, class T>
concept AtomicCell = requires(A a, T v, T& expected) {
    { a.load(acquire) } -> std::same_as<T>;
    { a.store(v, release) };
    { a.exchange(v, acq_rel) } -> std::same_as<T>;
    { a.compare_exchange(expected, v, acq_rel) } -> std::same_as<bool>;  // failure: relaxed
};

inline constexpr std::uint32_t monitor_thread = 0xfffe;

// Two models: NativeOs (runtime/native_os.h) is the machine itself; SimOs (sim/sim_os.h) is the model
// world, in which each of these calls is a gate where another thread may go first.
template <class Os>
concept OperatingSystem = requires(typename Os::Parker parker, typename Os::Lock lock,
                                   Context& context, Entry entry, void* pointer, Event event, Place place,
                                   const typename Os::template Atomic<bool>& stop) {
    // Shared memory. `fetch_add` is there for integers.
    requires AtomicCell<typename Os::template Atomic<std::uint32_t>, std::uint32_t>;
    { Os::fence() };        // my earlier stores before my later loads
    { Os::pause() };        // one turn of a spin loop
    { lock.lock() };        // a short critical section of the runtime itself; not for coroutines
    { lock.unlock() };

    // Threads.
    { parker.park() };                                                   // one early unpark is remembered
    { parker.park_until(Nanoseconds{}) } -> std::same_as<bool>;          // false: the time came first
    { parker.unpark() };
    { Os::start_thread(entry, pointer) } -> std::same_as<bool>;          // false: the system refuses
    { Os::join_threads() };                                              // all that this run started
    { Os::self() } -> std::same_as<void*>;                               // the machine of *this* thread:
    { Os::set_self(pointer) };                                           // never a bare thread_local
    { Os::switch_to(context, context) };                                 // the world must know the stack
    { Os::leave_to(context, context) };                                  // the same for a flow that ended
    { Os::this_thread_is(std::uint32_t{}) };                             // first of all: a machine's number,
                                                                         // or monitor_thread

    // Time. A blocking call may take `pointer`'s whole duration; compute() burns it on the processor.
    { Os::now() } -> std::same_as<Nanoseconds>;
    { Os::compute(Nanoseconds{}, stop) } -> std::same_as<Nanoseconds>;   // done; less when `stop` was set
    { Os::block_for(Nanoseconds{}) };                                    // the thread sleeps in a call

    // Memory, chance, and the record.
    { Os::allocate(std::size_t{}) } -> std::same_as<void*>;              // 64-aligned; in the model all of
    { Os::deallocate(pointer, std::size_t{}) };                          // it goes when the world goes
    { Os::random(7u) } -> std::same_as<std::uint32_t>;                   // below the bound
    { Os::next_object_id() } -> std::same_as<ObjectId>;
    { Os::tracing() } -> std::same_as<bool>;
    { Os::trace(event, place) };
};

}  // namespace homeroom
