// Waiting for the network: who parks, who asks the kernel, and how those that can go on are spread.
#pragma once

#include "runtime/scheduler.h"

namespace homeroom {

template <OperatingSystem Os>
auto Scheduler<Os>::watch(typename Os::Handle handle) -> PollDescriptor<Os>* {
    const bool first = !net_.is_open();
    PollDescriptor<Os>* descriptor = net_.watch(handle);
    if (first && descriptor) {  // who waits for a timer must from now on do so in the kernel
        lock_.lock();
        interrupt_poller_locked();
        lock_.unlock();
    }
    return descriptor;
}

template <OperatingSystem Os>
void Scheduler<Os>::wait_ready(M& m, PollDescriptor<Os>& d, Direction direction, ObjectId stream) {
    const auto announce = [&] {
        net_.waiting.fetch_add(1, relaxed);
        will_park(m, WaitReason::io, stream);
    };
    if (!d.take_ready_or_wait(direction, *m.running, announce)) suspend(m);
}

// A machine with nothing in its own queues asks without waiting, unless another waits in the kernel
// already: that one will hear of everything first.
template <OperatingSystem Os>
auto Scheduler<Os>::ask_network(M& m) -> Found {
    if (net_.waiting.load(relaxed) == 0 || !net_.is_open()) return {};
    Nanoseconds last = net_.last_asked.load(relaxed);
    const Nanoseconds now = Os::now();
    // As with Go's pollingNet, of several that come at the same time one asks.
    if (last == 0 || last == now || !net_.last_asked.compare_exchange(last, now, relaxed))
        return {};
    CoroutineList<Os> list = net_.ask(NetPoll<Os>::do_not_wait);
    if (list.empty()) trace_look(m.processor, Look::network, 0);
    return run_first(m, list);
}

// For those who run none of them at once: the monitor (null), and who lets the world go on.
template <OperatingSystem Os>
void Scheduler<Os>::ask_network_for_all(M* m) {
    if (net_.waiting.load(relaxed) != 0 && net_.is_open())
        inject(m, net_.ask(NetPoll<Os>::do_not_wait));
}

// The first of the list is to run on m; the others are spread.
template <OperatingSystem Os>
auto Scheduler<Os>::run_first(M& m, CoroutineList<Os> list) -> Found {
    G* first = list.pop();
    if (!first) return {};
    inject(&m, list);
    trace_look(m.processor, Look::network, 1);
    trace(EventKind::readied, m.processor, first,
          pack_wait(first->wait_reason, first->wait_object));
    first->state.store(CoroutineState::ready, relaxed);
    return {first, Source::network};
}

// Go's injectglist: makes all of the list ready. Without a processor (m may be null) they go to the
// global queue; else only as many as there are idle processors, each of which gets a machine, and
// the rest to the own queue.
template <OperatingSystem Os>
void Scheduler<Os>::inject(M* m, CoroutineList<Os> list) {
    if (list.empty()) return;
    P* p = m ? m->processor : nullptr;
    std::uint32_t given = 0;
    lock_.lock();
    const std::uint32_t idle = idle_.processors.load(relaxed);
    while (!p || given < idle) {
        G* g = list.pop();
        if (!g) break;
        trace(EventKind::readied, p, g, pack_wait(g->wait_reason, g->wait_object));
        g->state.store(CoroutineState::ready, relaxed);
        global_.push(*g);
        trace_queued(p, *g, Queue::global);
        ++given;
    }
    global_size_.store(global_size_.load(relaxed) + given, relaxed);
    lock_.unlock();
    for (; given > 0; --given) {
        lock_.lock();
        P* woken = stopping_.load(relaxed) ? nullptr : take_idle_processor_locked();
        lock_.unlock();
        if (!woken) break;
        start_machine(*woken, false, EventKind::machine_woken);
    }
    if (!p) return;
    while (G* g = list.pop()) {
        trace(EventKind::readied, p, g, pack_wait(g->wait_reason, g->wait_object));
        g->state.store(CoroutineState::ready, relaxed);
        put_last(*p, *g);
    }
    wake_one();
}

// With lock_ held: whoever waits for a timer and the network is to look again.
template <OperatingSystem Os>
void Scheduler<Os>::interrupt_poller_locked() {
    if (!poller_) return;
    poller_->parker.unpark();
    if (net_.is_open()) net_.interrupt();
}

}  // namespace homeroom
