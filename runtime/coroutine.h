// G: a coroutine. Small until it first runs: only then does it get a stack.
#pragma once

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

#include "runtime/os.h"
#include "runtime/stack.h"

namespace homeroom {

enum class CoroutineState : std::uint8_t {
    free,     // in a free list; its memory waits for the next `go`
    ready,    // in exactly one queue; whoever takes it out makes it running
    running,  // on a machine that holds a processor; only that machine changes this state
    blocked,  // on a machine in a blocking call; only that machine changes this state
    parked,   // waits for `reason`; whoever ends the wait makes it ready, once
};

template <OperatingSystem Os>
struct Machine;

// Two cache lines: a million waiting to run for the first time cost 128 MB and no stack.
template <OperatingSystem Os>
struct alignas(64) Coroutine {
    static constexpr std::size_t closure_bytes = 48;

    Coroutine* next = nullptr;  // in whichever one list it stands; written under that list's lock
    Stack* stack = nullptr;     // null until it first runs
    void (*invoke)(Coroutine&) = nullptr;  // runs the closure and destroys it
    CoroutineId id = 0;
    ObjectId wait_object = 0;                   // what it waits at, for the deadlock report
    WaitReason wait_reason = WaitReason::none;  // valid while parked
    typename Os::template Atomic<CoroutineState> state{CoroutineState::free};
    CoroutineId parent = 0;          // who started it; 0: nobody, or a timer
    Machine<Os>* tied_to = nullptr;  // the only machine that may run it; null: any

    alignas(16) std::byte closure[closure_bytes];
    Coroutine* next_batch = nullptr;  // of the first in a batch (free_list.h)

    // Stores f, inside the descriptor if it fits, else in memory of its own.
    template <class F>
    void set_closure(F&& f) {
        using Closure = std::decay_t<F>;
        if constexpr (sizeof(Closure) <= closure_bytes && alignof(Closure) <= 16) {
            ::new (static_cast<void*>(closure)) Closure(std::forward<F>(f));
            invoke = [](Coroutine& g) {
                // Runs from its own stack, where the compiler sees that nobody else changes it.
                auto* stored = std::launder(reinterpret_cast<Closure*>(g.closure));
                Closure running(std::move(*stored));
                stored->~Closure();
                running();
            };
        } else {
            void* memory = Os::allocate(sizeof(Closure));
            ::new (static_cast<void*>(closure))
                Closure*(::new (memory) Closure(std::forward<F>(f)));
            invoke = [](Coroutine& g) {
                auto* stored = *std::launder(reinterpret_cast<Closure**>(g.closure));
                struct Destroy {
                    Closure* closure;
                    ~Destroy() {
                        closure->~Closure();
                        Os::deallocate(closure, sizeof(Closure));
                    }
                } destroy{stored};
                (*stored)();
            };
        }
    }
};

// A list through Coroutine::next, first in, first out. Whoever uses it holds a lock or owns it.
template <OperatingSystem Os>
class CoroutineList {
public:
    bool empty() const { return first_ == nullptr; }
    Coroutine<Os>* first() const { return first_; }

    void push(Coroutine<Os>& g) {
        g.next = nullptr;
        (last_ ? last_->next : first_) = &g;
        last_ = &g;
    }
    void push_front(Coroutine<Os>& g) {
        g.next = first_;
        first_ = &g;
        if (!last_) last_ = &g;
    }
    Coroutine<Os>* pop() {
        Coroutine<Os>* g = first_;
        if (g) {
            first_ = g->next;
            if (!first_) last_ = nullptr;
        }
        return g;
    }

private:
    Coroutine<Os>* first_ = nullptr;
    Coroutine<Os>* last_ = nullptr;
};

}  // namespace homeroom
