// How a coroutine ends: its descriptor and its stack serve others at once. The usual case and the
// rare ones stand apart, as in leave.h.
#pragma once

#include "runtime/scheduler.h"

namespace homeroom {

// The coroutine g has returned from its closure, on its own stack. Returns when another, fresh one
// is to run on this same stack: at once, which needs no switch at all, or after the stack has lain
// among the free ones.
template <OperatingSystem Os>
template <Telling telling>
void Scheduler<Os>::finish(M& m, G& g) {
    Stack& here = *g.stack;
    P& p = *m.processor;
    if (here.overflowed() || g.id == 1 || m.tied || !has_room(p) || !nothing_before_own(p))
        [[unlikely]]
        return finish_rarely<telling>(m, g);
    Tells<telling> teller(p);
    teller.event(EventKind::ended, &p, &g, 0);
    put_free(p, g);
    if (rules.global_tick) teller.look(&p, Look::tick, phase(p));
    const Found found = find_own(p, teller);
    if (!found.g) {
        teller.hush();
        return finish_for_global<telling>(m, here);
    }
    leave_for_good(m, p, here, found, teller);
}

template <OperatingSystem Os>
template <Telling telling>
[[gnu::noinline]] void Scheduler<Os>::finish_rarely(M& m, G& g) {
    Stack& here = *g.stack;
    if (here.overflowed()) overflowed(g);
    const bool main = g.id == 1 && !main_exited_;
    Tells<telling> teller(*m.processor);
    teller.event(EventKind::ended, m.processor, &g, g.id == 1 && !main);
    if (m.tied) {
        teller.hush();
        m.ties = 1;
        untie(m);
    }
    make_room(*m.processor);
    put_free(*m.processor, g);
    if (main) {
        teller.hush();
        lock_.lock();
        stop_locked(Outcome::finished, {});
        lock_.unlock();
    }
    leave_for_good(m, *m.processor, here, find_quick(m, teller), teller);
}

template <OperatingSystem Os>
template <Telling telling>
[[gnu::noinline]] void Scheduler<Os>::finish_for_global(M& m, Stack& here) {
    Tells<telling> teller(*m.processor);
    leave_for_good(m, *m.processor, here, find_global(*m.processor, teller), teller);
}

// From a stack that nobody needs now, and for which there is room.
template <OperatingSystem Os>
template <Telling telling>
void Scheduler<Os>::leave_for_good(M& m, P& p, Stack& here, Found found, Tells<telling>& teller) {
    if (found.g && !found.g->stack) {
        found.g->stack = &here;
        return call(m, p, found, teller);
    }
    // The caller still runs on it. That is safe: only this processor's list holds it, and this
    // machine takes from that list only after having left.
    p.free_stacks.put(here);
    if (found.g && !found.g->tied_to && found.g->stack->context.has_left()) {
        Stack& there = *found.g->stack;
        call(m, p, found, teller);
        // Where finish() will look for an overflow: long cold, if that one has waited for long.
        if constexpr (requires { Os::prefetch(nullptr); })
            Os::prefetch(there.bottom() - Stack::canary_bytes);
        Os::switch_to(here.context, there.context);
    } else {
        teller.hush();
        m.called = found.g;
        m.called_source = found.source;
        m.looked = !found.g;
        Os::switch_to(here.context, m.context);
    }
}

template <OperatingSystem Os>
void Scheduler<Os>::finish(M& m, G& g) {
    decide_telling<Os>([&](auto as) { this->template finish<as.value>(m, g); });
}

}  // namespace homeroom
