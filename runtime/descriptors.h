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
    if (p.next_id == p.last_id) [[unlikely]]
        return take_free_with_number(p);
    G* g = p.free_coroutines.take();
    if (!g) [[unlikely]]
        return take_free_with_number(p);
    if constexpr (requires { Os::prefetch(nullptr); })  // the next one may be long cold
        Os::prefetch(p.free_coroutines.first());
    g->id = ++p.next_id;
    return *g;
}

template <OperatingSystem Os>
[[gnu::noinline]] auto Scheduler<Os>::take_free_with_number(P& p) -> G& {
    if (p.next_id == p.last_id) {
        // Go hands out 16 numbers at a time to each P. Where somebody watches, numbers without gaps
        // read better.
        const CoroutineId batch = Os::tracing() ? 1 : 16;
        p.next_id = last_id_.fetch_add(batch, relaxed);
        p.last_id = p.next_id + batch;
    }
    if (!p.free_coroutines.first() && !p.free_coroutines.restore())
        p.free_coroutines.fill(coroutines_.take_batch());
    G& g = *p.free_coroutines.take();
    g.id = ++p.next_id;
    return g;
}

// There must be room in the list.
template <OperatingSystem Os>
[[gnu::always_inline]] inline void Scheduler<Os>::put_free(P& p, G& g) {
    g.stack = nullptr;
    g.state.store(CoroutineState::free, relaxed);
    p.free_coroutines.put(g);
}

template <OperatingSystem Os>
void Scheduler<Os>::make_room(P& p) {
    if (!p.free_coroutines.has_room())
        if (G* batch = p.free_coroutines.set_aside()) coroutines_.give_batch(*batch);
    if (!p.free_stacks.has_room())
        if (Stack* batch = p.free_stacks.set_aside()) stacks_.give_batch(*batch);
}

// A stack for a coroutine that runs for the first time, when the processor has none at hand: else
// it takes the one that was left last (leave). Its flow rests where the last coroutine ended
// (finish), so whoever switches to it is in stack_main's loop at once.
template <OperatingSystem Os>
[[gnu::noinline]] Stack& Scheduler<Os>::take_stack(P& p) {
    if (Stack* stack = p.free_stacks.take()) return *stack;
    if (p.free_stacks.restore()) return *p.free_stacks.take();
    if (Stack* batch = stacks_.take_batch()) {
        p.free_stacks.fill(*batch);
        return *p.free_stacks.take();
    }
    Stack& stack = *stacks_.make();
    make_context(stack.context, stack.bottom(), stack.bytes(), &Scheduler::stack_main, &stack);
    return stack;
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
