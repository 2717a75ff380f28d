// P: the right to run coroutines, with everything that makes running them cheap and free of locks.
#pragma once

#include "runtime/coroutine.h"
#include "runtime/free_list.h"
#include "runtime/run_queue.h"
#include "runtime/timers.h"

namespace homeroom {

template <OperatingSystem Os>
struct Machine;

enum class ProcessorState : std::uint8_t {
    idle,     // in the idle list, or on its way to a machine; no machine runs with it
    running,  // held by a machine
    in_call,  // wired to a machine in a call that may be short; the machine takes it back, or the
              // monitor takes it away: whoever changes this state first
    stopped,  // the world is stopped, or there are fewer processors now; in no list
};

template <OperatingSystem Os>
struct Processor {
    template <class T>
    using Atomic = typename Os::template Atomic<T>;

    std::uint8_t id = 0;
    Processor* next_idle = nullptr;  // in the idle list; guarded by the scheduler's lock
    Atomic<ProcessorState> state{ProcessorState::idle};
    Atomic<std::uint32_t> holder{
        0};  // number of the machine that holds or last held it; for the record

    // Queue. Only the holder pushes; anybody may take.
    RunQueue<Os, Coroutine<Os>, 256> queue;
    Atomic<Coroutine<Os>*> next_slot{
        nullptr};  // runs before the queue, and shares its waker's slice

    Timers<Os> timers;

    // Written by the holder; the monitor reads `calls` and `blocking_calls` to see whether anything
    // moved.
    Atomic<std::uint32_t> calls{0};  // coroutines called with a slice of their own (schedtick)
    Atomic<std::uint32_t> blocking_calls{0};  // (syscalltick)
    Atomic<bool> give_way{false};             // the monitor asks the running coroutine to give way
    Atomic<typename Os::Interrupt*> computing{
        nullptr};                  // the holder's, while its coroutine is in marked code
    std::uint32_t until_tick = 0;  // so many more, and the global queue is looked at first

    // Holder only.
    FreeList<Coroutine<Os>> free_coroutines;
    FreeList<Stack> free_stacks;
    CoroutineId next_id = 0, last_id = 0;  // numbers handed out in batches

    // Whether there are other processors, which may steal from this one. Only while the world is
    // stopped, or has not begun.
    void set_shared(bool shared) {
        shared_ = shared;
        queue.set_shared(shared);
    }
    // Holder only: puts g, or nobody, into the next slot; returns who was there. Release: publishes
    // g to a thief (Scheduler::steal_from).
    [[gnu::always_inline]] Coroutine<Os>* exchange_next(Coroutine<Os>* g) {
        if (shared_) return next_slot.exchange(g, release);
        Coroutine<Os>* last = next_slot.load(relaxed);
        next_slot.store(g, relaxed);
        return last;
    }

    bool has_work() const { return next_slot.load(relaxed) != nullptr || !queue.empty(); }

private:
    bool shared_ = true;
};

}  // namespace homeroom
