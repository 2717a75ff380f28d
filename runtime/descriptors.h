// What a coroutine is made of, a descriptor and from its first run on a stack: free lists of both
// in each processor, and the flow of a stack, which runs one coroutine after another.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "runtime/scheduler.h"

namespace homeroom {

// A coroutine to be filled in, from the processor's own list.
template <OperatingSystem Os>
auto Scheduler<Os>::take_free(M& m) -> G& {
    P& p = *m.processor;
    if (!p.free_coroutines) refill_free(p);
    G& g = *p.free_coroutines;
    p.free_coroutines = g.next;
    --p.free_coroutine_count;
    if (p.next_id == p.last_id) {
        // Go hands out 16 numbers at a time to each P. Where somebody watches, numbers without gaps
        // read better.
        const CoroutineId batch = Os::tracing() ? 1 : 16;
        p.next_id = last_id_.fetch_add(batch, relaxed);
        p.last_id = p.next_id + batch;
    }
    g.id = ++p.next_id;
    return g;
}

template <OperatingSystem Os>
void Scheduler<Os>::refill_free(P& p) {
    constexpr std::uint32_t batch = 32;  // Go's gfget
    lock_.lock();
    while (free_coroutines_ && p.free_coroutine_count < batch) {
        G* g = free_coroutines_;
        free_coroutines_ = g->next;
        g->next = p.free_coroutines;
        p.free_coroutines = g;
        ++p.free_coroutine_count;
    }
    lock_.unlock();
    if (p.free_coroutines) return;

    auto* memory = static_cast<G*>(Os::allocate(batch * sizeof(G)));
    for (std::uint32_t i = batch; i-- > 0;) {
        G* g = ::new (static_cast<void*>(memory + i)) G;
        g->next = p.free_coroutines;
        p.free_coroutines = g;
    }
    p.free_coroutine_count = batch;
    auto* slab = ::new (Os::allocate(sizeof(Slab))) Slab{nullptr, batch, memory};
    lock_.lock();
    slab->next = slabs_;
    slabs_ = slab;
    lock_.unlock();
}

template <OperatingSystem Os>
void Scheduler<Os>::put_free(P& p, G& g) {
    constexpr std::uint32_t kept_max = 64, kept_after = 32;  // Go's gfput
    g.stack = nullptr;
    g.state.store(CoroutineState::free, relaxed);
    g.next = p.free_coroutines;
    p.free_coroutines = &g;
    if (++p.free_coroutine_count < kept_max) return;
    lock_.lock();
    while (p.free_coroutine_count > kept_after) {
        G* surplus = p.free_coroutines;
        p.free_coroutines = surplus->next;
        --p.free_coroutine_count;
        surplus->next = free_coroutines_;
        free_coroutines_ = surplus;
    }
    lock_.unlock();
}

// A stack for a coroutine that runs for the first time; the one that was left last, as it is still
// warm. Its flow rests where the last coroutine ended (finish), so whoever switches to it is in
// stack_main's loop at once.
template <OperatingSystem Os>
void Scheduler<Os>::bind_stack(P& p, G& g) {
    Stack* stack = p.free_stacks;
    if (stack) [[likely]] {
        p.free_stacks = stack->next;
        --p.free_stack_count;
    } else {
        stack = take_stack();
    }
    g.stack = stack;
}

template <OperatingSystem Os>
[[gnu::noinline]] Stack* Scheduler<Os>::take_stack() {
    Stack* stack = stacks_.take();
    if (!stack->context.has_left())  // nobody has run on it yet
        make_context(stack->context, stack->bottom(), stack->bytes(), &Scheduler::stack_main,
                     stack);
    return stack;
}

// The caller still runs on `stack`. That is safe: only this processor's list holds it, and this
// machine takes from that list only after having left.
template <OperatingSystem Os>
void Scheduler<Os>::release_stack(P& p, Stack& stack) {
    constexpr std::uint32_t kept_max = 64, kept_after = 32;
    if (p.free_stack_count >= kept_max)
        for (; p.free_stack_count > kept_after; --p.free_stack_count) {
            Stack* surplus = p.free_stacks;
            p.free_stacks = surplus->next;
            stacks_.give(surplus);
        }
    stack.next = p.free_stacks;
    p.free_stacks = &stack;
    ++p.free_stack_count;
}

[[gnu::noinline, gnu::cold]] inline std::unique_ptr<std::string> failure_text(const char* kind,
                                                                              const char* what) {
    return std::make_unique<std::string>(std::string(kind) + what);
}

// The flow of a stack: one coroutine after another.
template <OperatingSystem Os>
void Scheduler<Os>::stack_main(void*) {
    context_entered();
    for (;;) {
        G& g = *machine().running;
        // Told after the handler, as nobody may give way inside one; null when finish() is called,
        // as that may not come back. A pointer, as a string would lie in the frame, and be looked
        // at, all the while.
        std::unique_ptr<std::string> failure;
        try {
            g.invoke(g);
        } catch (const CoroutineExit&) {
            if (g.id == 1) machine().scheduler->main_exited_ = true;
        } catch (const FatalError& e) {
            failure = failure_text("fatal error: ", e.what());
        } catch (const std::exception& e) {
            failure = failure_text("panic: ", e.what());
        } catch (...) {
            failure = failure_text("panic: ", "an exception that is not a std::exception");
        }
        if (failure) [[unlikely]]
            machine().scheduler->crash(g, *std::exchange(failure, nullptr));
        M& m = machine();  // not necessarily the one before
        m.scheduler->finish(m, g);
    }
}

template <OperatingSystem Os>
void Scheduler<Os>::overflowed(const G& g) {
    // This still runs on the small stack: fprintf would put a buffer of 8 kB for stderr on it.
    char text[128];
    std::snprintf(
        text, sizeof text,
        "homeroom: stack overflow of coroutine %u: give SchedulerOptions::stack_bytes more\n",
        static_cast<unsigned>(g.id));
    std::fputs(text, stderr);
    std::abort();
}

}  // namespace homeroom
