// The cores of a world: who is seated where, what going over costs, and who makes room when the
// threads take turns.
#include <algorithm>
#include <utility>

#include "runtime/check.h"
#include "sim/world_state.h"

namespace homeroom::sim {

// The kernel seats threads in the order in which they became runnable. Without a free core the
// longest seated one makes room: at the end of its quantum, or at once if it only waits for a lock;
// in a search at any moment, because a real kernel may have reasons of its own.
void ModelState::collect_seats(const CoreGroup& group) {
    // Who would only wait for a lock comes last: two of them could replace each other for ever,
    // while the holder works elsewhere.
    auto waits = [](const Thread* thread) {
        return thread->waits_for != nullptr && thread->waits_for->taken_;
    };
    Thread* first = nullptr;
    for (Thread* thread : stock->ready) {
        if (&group_of(*thread) != &group) continue;
        if (first == nullptr || std::pair{waits(thread), thread->runnable_at} <
                                    std::pair{waits(first), first->runnable_at})
            first = thread;
    }
    if (first == nullptr) return;
    Core* core = free_core(*first);
    Nanoseconds earliest = first->runnable_at;
    if (core != nullptr) {
        earliest = std::max(earliest, core->since);
    } else {
        core = &oldest_core(group);
        const bool makes_room = waits(core->thread) && !waits(first);
        if (options.gates == Gates::decisions && !makes_room) {
            earliest = std::max(earliest, core->since + run.kernel.quantum_ns);
        }
    }
    stock->moves.add(first, {Move::Kind::seat, first->table, earliest, false, true,
                             static_cast<std::uint32_t>(core - stock->cores.data())});
}

kernel::CoreAccount Core::account_at(Nanoseconds now) const {
    kernel::CoreAccount all = account;
    if (thread == nullptr) {
        all.idle += now - since;
    } else {
        const Nanoseconds switching = std::clamp<Nanoseconds>(begins - since, 0, now - since);
        all.switching += switching;
        all.running += now - since - switching;
    }
    return all;
}

Nanoseconds ModelState::switch_cost(const Thread& thread, const Core& core) const {
    Nanoseconds cost = core.last == &thread ? run.costs.seat_again : run.costs.thread_switch;
    if (!several()) return cost;
    if (core.spaces[0] != nullptr && core.spaces[0] != thread.room) cost += run.costs.space_switch;
    if (!keeps_translations(core, *thread.room)) cost += run.costs.tlb_refill;
    return cost + cache_cost(thread, core);
}

void ModelState::seat(Thread& thread, std::uint32_t index, Nanoseconds cost) {
    stock->ready.erase(std::find(stock->ready.begin(), stock->ready.end(), &thread));
    Core& core = stock->cores[index];
    core.cold = several() ? cache_cost(thread, core) : 0;
    thread.at = std::max(now, thread.runnable_at) + thread.left + cost;
    thread.left = 0;
    thread.state = Thread::State::seated;
    thread.core = index;
    core.account = core.account_at(now);
    core.account.switches += core.last != nullptr && core.last != &thread;
    if (several()) load_space(core, *thread.room);
    core.thread = core.last = &thread;
    core.since = now;
    core.begins = now + cost;
    if (thread.named) {
        emit_seated(thread);
    } else {
        thread.seat_held = true;
    }
}

void ModelState::unseat(Thread& thread, Unseat why, KernelWait call) {
    Core& core = stock->cores[thread.core];
    core.account = core.account_at(now);
    thread.burst_ns += std::max<Nanoseconds>(0, now - core.begins);
    thread.core_had_run = core.account.running;
    core.thread = nullptr;
    core.since = now;
    thread.left = std::max<Nanoseconds>(0, thread.at - now);
    if (thread.seat_held) {
        thread.seat_held = false;  // it left before anybody knew who it is
    } else {
        emit(thread,
             {EventKind::unseated, static_cast<std::uint8_t>(why), 0,
              pack_unseated(thread.core, call)},
             {});
    }
}

void ModelState::leave_core(Thread::State state, Unseat why, KernelWait call) {
    Thread& me = *running;
    leave_head(me);
    unseat(me, why, call);
    me.left = 0;
    me.state = state;
    gate();
}

void ModelState::wake(Thread& thread, Nanoseconds when) {
    thread.state = Thread::State::ready;
    thread.runnable_at = when;
    thread.deadline = -1;
    stock->ready.push_back(&thread);
    ++epoch;  // time may have passed, for which a spinning thread waits
    if (group_of(thread).head == nullptr) tell_runnable(thread, one_run_queue, stock->ready.size());
}

// In a search a free core takes a thread at once: when it does so is no choice worth trying.
void ModelState::fill_cores() {
    while (!stock->ready.empty()) {
        Thread& first = *stock->ready.front();
        Core* core = free_core(first);
        if (core == nullptr) return;
        seat(first, static_cast<std::uint32_t>(core - stock->cores.data()),
             switch_cost(first, *core));
    }
}

Core* ModelState::free_core(const Thread& thread) {
    Core& own = stock->cores[thread.core];
    if (own.last == &thread && own.thread == nullptr) return &own;
    const CoreGroup& group = group_of(thread);
    for (std::uint32_t i = group.first; i < group.first + group.count; ++i)
        if (stock->cores[i].thread == nullptr) return &stock->cores[i];
    return nullptr;
}

Core& ModelState::oldest_core(const CoreGroup& group) {
    auto rank = [](const Core& core) {
        const bool waits = core.thread->waits_for != nullptr && core.thread->waits_for->taken_;
        return std::pair{!waits, core.since};
    };
    Core* first = stock->cores.data() + group.first;
    return *std::min_element(first, first + group.count,
                             [&](const Core& a, const Core& b) { return rank(a) < rank(b); });
}

}  // namespace homeroom::sim
