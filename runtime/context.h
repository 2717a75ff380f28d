// A context is a paused flow of execution: a stack, and the place on it to go on from.
#pragma once

#include <atomic>
#include <cstddef>

#ifndef __has_feature  // g++ 12 has none; it must not stand on one #if line with defined()
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define HOMEROOM_ASAN 1
#endif
#if defined(__SANITIZE_THREAD__) || __has_feature(thread_sanitizer)
#define HOMEROOM_TSAN 1
#endif

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
// `bytes` must be 16-aligned. May be done again, for another flow, once the last one has left for
// good.
void make_context(Context& context, void* bottom, std::size_t bytes, Entry entry, void* argument);

// Adopts the flow that is running now, so that others can switch back to it.
void adopt_context(Context& context);

// Pauses `from`, which must be the flow running now, and goes on with `to`, which must have left.
void switch_context(Context& from, Context& to);

// The same for a flow that ends: nothing comes back here, and its stack may be reused by whoever
// runs next. `from` never says has_left() again, until make_context.
[[noreturn]] void leave_context(Context& from, Context& to);

// Must be called first on a stack that make_context prepared.
void context_entered();

// Releases what the sanitizers keep for a flow that will not run again, and clears its stack of
// ASan's marks, so that the memory may serve another purpose. Not for adopted flows.
void forget_context(Context& context);

// In context_x86_64.S and context_aarch64.S. Saves the running flow on its stack, then the stack
// pointer to *save (with release), and goes on with what was saved at `stack_pointer`.
extern "C" void homeroom_switch(std::atomic<void*>* save, void* stack_pointer);
// The second half alone: saves nothing.
extern "C" [[noreturn]] void homeroom_leave(void* stack_pointer);

#if !defined(HOMEROOM_ASAN) && !defined(HOMEROOM_TSAN)

inline bool Context::has_left() const {
    return stack_pointer.load(std::memory_order_acquire) != nullptr;  // pairs with homeroom_switch
}

[[gnu::always_inline]] inline void switch_context(Context& from, Context& to) {
    // Relaxed: whoever may switch to `to` has learnt so by has_left() or was its last machine
    // itself.
    void* stack_pointer = to.stack_pointer.load(std::memory_order_relaxed);
    to.stack_pointer.store(nullptr, std::memory_order_relaxed);
    homeroom_switch(&from.stack_pointer, stack_pointer);
}

[[noreturn]] inline void leave_context(Context&, Context& to) {
    void* stack_pointer = to.stack_pointer.load(std::memory_order_relaxed);
    to.stack_pointer.store(nullptr, std::memory_order_relaxed);
    homeroom_leave(stack_pointer);
}

inline void context_entered() {}
inline void forget_context(Context&) {}

#endif

}  // namespace homeroom
