// Everything the scheduler asks of the world around it, on one page.
#pragma once

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "runtime/context.h"
#include "runtime/trace_event.h"

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
    {a.store(v, release)};
    { a.exchange(v, acq_rel) } -> std::same_as<T>;
    { a.compare_exchange(expected, v, acq_rel) } -> std::same_as<bool>;  // failure: relaxed
};

inline constexpr std::uint32_t monitor_thread = 0xfffe;

// Of descriptors: what one may wait for, what the kernel says about one, and how a try ended.
enum class Direction : std::uint8_t { read, write };
struct ReadyDescriptor {
    void* tag = nullptr;  // as given to watch()
    bool readable = false, writable = false;
};
enum class IoState : std::uint8_t { done, would_block, failed };
struct IoResult {
    IoState state = IoState::done;
    std::size_t bytes = 0;  // when done; 0 read: the other side has closed
};

// Two models: NativeOs (runtime/native_os.h) is the machine itself; SimOs (sim/sim_os.h) is the
// model world, in which each of these calls is a gate where another thread may go first.
// clang-format off
template <class Os>
concept OperatingSystem = requires(typename Os::Parker parker, typename Os::Lock lock,
                                   typename Os::Poller poller, typename Os::Handle handle,
                                   ReadyDescriptor* ready,
                                   Context& context, Entry entry, void* pointer, Event event,
                                   Place place, const typename Os::template Atomic<bool>& stop,
                                   Nanoseconds time, std::size_t bytes, std::uint32_t number) {
    // Shared memory. `fetch_add` is there for integers.
    requires AtomicCell<typename Os::template Atomic<std::uint32_t>, std::uint32_t>;
    { Os::fence() };    // my earlier stores before my later loads
    { Os::pause() };    // one turn of a spin loop
    { lock.lock() };    // a short critical section of the runtime itself; not for coroutines
    { lock.unlock() };

    // Threads.
    { Os::start_thread(entry, pointer) } -> std::same_as<bool>;  // false: the system refuses
    { Os::this_thread_is(number) };     // first of all: a machine's number, or monitor_thread
    { Os::join_threads() };             // all that this run started
    { Os::cores() } -> std::same_as<std::uint32_t>;  // on which its threads may run
    { parker.park() };                  // one early unpark is remembered
    { parker.park_until(time) } -> std::same_as<bool>;           // false: the time came first
    { parker.unpark() };
    { Os::set_self(pointer) };          // the machine of *this* thread:
    { Os::self() } -> std::same_as<void*>;  // never a bare thread_local, as flows migrate
    { Os::switch_to(context, context) };    // from, to: the world must know the stack

    // Taking a coroutine off in the midst of code that asks nothing. Where `interrupts` is false
    // the two types are empty; else they are those of runtime/preempt.h.
    { Os::interrupts } -> std::convertible_to<bool>;
    requires std::is_default_constructible_v<typename Os::Interrupt>;
    requires std::is_default_constructible_v<typename Os::Marked>;

    // Time. compute() burns it on the core, and returns how much: less when `stop` was set.
    { Os::now() } -> std::same_as<Nanoseconds>;
    { Os::compute(time, stop) } -> std::same_as<Nanoseconds>;
    { Os::block_for(time) };            // the thread sleeps in a blocking call

    // Descriptors, which never block. wait() fills `ready` with at most so many and returns how
    // many; 0 when the time came first (0: at once) or on interrupt(), of which one is remembered.
    { poller.open() } -> std::same_as<bool>;              // false: the system refuses
    { poller.watch(handle, pointer) } -> std::same_as<bool>;  // tells of each change, once
    { poller.forget(handle) };
    { poller.wait(time, ready, number) } -> std::same_as<std::uint32_t>;
    { poller.interrupt() };
    { Os::open_pipe(handle, handle) } -> std::same_as<bool>;  // out: to read from, to write to
    { Os::try_read(handle, pointer, bytes) } -> std::same_as<IoResult>;
    { Os::try_write(handle, pointer, bytes) } -> std::same_as<IoResult>;
    { Os::close(handle) };

    // Memory, chance, and the record.
    { Os::allocate(bytes) } -> std::same_as<void*>;  // 64-aligned; in the model all of it goes
    { Os::deallocate(pointer, bytes) };              // when the world goes
    { Os::random(number) } -> std::same_as<std::uint32_t>;  // below the bound
    { Os::next_object_id() } -> std::same_as<ObjectId>;
    { Os::tracing() } -> std::same_as<bool>;
    { Os::trace(event, place) };
};
// clang-format on

}  // namespace homeroom
