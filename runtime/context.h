// A context is a paused flow of execution: a stack, and the place on it to go on from.
#pragma once

#include <atomic>
#include <cstddef>

namespace homeroom {

using Entry = void (*)(void* argument);  // the first function of a flow; it never returns

// While a flow runs, `stack_pointer` is null; it is written by the switch that leaves it, after
// everything else of the flow has been saved. So a machine that finds a coroutine in a queue before
// that coroutine has quite left its stack can see it (has_left), and wait.
struct Context {
    std::atomic<void*> stack_pointer{nullptr};

    // The stack that the flow runs on; for the sanitizers, which must be told of each switch. A
    // thread's own stack is filled in by adopt_context.
    void* stack_bottom = nullptr;
    std::size_t stack_bytes = 0;
    void* sanitizer_state = nullptr;  // ASan: fake stack while paused; TSan: its name for the flow

    bool has_left() const;  // acquire: what the flow did before it left is visible
};

// Makes `context` call entry(argument) on the given stack at the first switch to it. `bottom` and
// `bytes` must be 16-aligned.
void make_context(Context& context, void* bottom, std::size_t bytes, Entry entry, void* argument);

// Adopts the flow that is running now, so that others can switch back to it.
void adopt_context(Context& context);

// Pauses `from`, which must be the flow running now, and goes on with `to`, which must have left.
void switch_context(Context& from, Context& to);

// The same for a flow that ends: nothing comes back here, and its stack may be reused by whoever runs
// next.
[[noreturn]] void leave_context(Context& from, Context& to);

// Must be called first on a stack that make_context prepared.
void context_entered();

// Releases what the sanitizers keep for a flow that will not run again.
void forget_context(Context& context);

}  // namespace homeroom
