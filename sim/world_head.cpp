// The head teacher in a model world: when a policy is chosen, it says which thread each core runs.
#include <algorithm>
#include <utility>

#include "runtime/check.h"
#include "sim/world_state.h"

namespace homeroom::sim {

bool ModelState::waits_for_lock(const Thread& thread) {
    return thread.waits_for != nullptr && thread.waits_for->taken_;
}

// Threads that are ready are either in a run queue, or on their way there: a wake-up takes its
// time.
void ModelState::collect_head(const CoreGroup& group) {
    const kernel::HeadTeacher& head = *group.head;
    Thread* first = nullptr;
    Nanoseconds earliest = head.next_event();
    for (Thread* thread : stock->ready) {
        if (thread->timed_out || &group_of(*thread) != &group) continue;
        if (first == nullptr) first = thread;
        if (thread->joined || thread->runnable_at >= earliest) continue;
        first = thread;
        earliest = thread->runnable_at;
    }
    for (std::uint32_t i = 0; i < group.count; ++i) {
        const Thread* seated = stock->cores[group.first + i].thread;
        if (seated != nullptr && waits_for_lock(*seated) && head.waiting_for(i) > 0)
            earliest = std::min(earliest, now);
    }
    if (first == nullptr || earliest == kernel::forever) return;
    stock->moves.add(first, {Move::Kind::head, first->table, earliest});
}

void ModelState::act_head(CoreGroup& group) {
    kernel::HeadTeacher& head = *group.head;
    head.advance(now);
    tell_reordered(group);
    make_lock_waiters_leave(group);
    coming_.clear();
    for (Thread* thread : stock->ready)
        if (!thread->joined && !thread->timed_out && thread->runnable_at <= now &&
            &group_of(*thread) == &group)
            coming_.push_back(thread);
    std::sort(coming_.begin(), coming_.end(), [](const Thread* a, const Thread* b) {
        return std::pair{a->runnable_at, a->number} < std::pair{b->runnable_at, b->number};
    });
    for (Thread* thread : coming_) join_head(head, *thread);

    // First all that make room, then all that come: one may change places with another.
    changes_ = head.decide(now);
    for (const auto& change : changes_) {
        if (change.out == nullptr) continue;
        Thread& out = thread_of(*change.out);
        unseat(out, Unseat::time_up);
        wake(out, now);
        out.joined = true;
        tell_joined(head, out);
    }
    for (const auto& change : changes_)
        if (change.in != nullptr)
            seat(thread_of(*change.in), group.first + change.core, change.cost);
}

void ModelState::join_head(kernel::HeadTeacher& head, Thread& thread) {
    thread.entity.thread = thread.number;
    thread.entity.expected = thread.guess.guess();
    thread.joined = true;
    head.join(thread.entity, thread.started ? kernel::Came::woken : kernel::Came::started, now);
    thread.started = true;
    tell_joined(head, thread);
}

void ModelState::tell_joined(const kernel::HeadTeacher& head, const Thread& thread) {
    const std::uint32_t first = groups[thread.room->group].first;
    const std::uint32_t queue = head.queue_of(thread.entity);
    tell_runnable(thread, queue == kernel::HeadTeacher::one_for_all ? one_run_queue : first + queue,
                  head.ahead_of(thread.entity));
}

// All have other places: they are told anew, from the first to the last.
void ModelState::tell_reordered(CoreGroup& group) {
    const kernel::HeadTeacher& head = *group.head;
    if (std::exchange(group.reordered, head.reordered()) == head.reordered()) return;
    line_.clear();
    for (const Thread* thread : stock->ready)
        if (thread->joined && &group_of(*thread) == &group)
            line_.emplace_back(head.ahead_of(thread->entity), thread);
    std::sort(line_.begin(), line_.end(), [](const auto& a, const auto& b) {
        return std::pair{a.first, a.second->number} < std::pair{b.first, b.second->number};
    });
    for (const auto& [ahead, thread] : line_) tell_joined(head, *thread);
}

// Whoever only waits for a lock, on its core, would keep its holder from working; a kernel puts it
// to sleep until the lock is free.
void ModelState::make_lock_waiters_leave(CoreGroup& group) {
    for (std::uint32_t i = 0; i < group.count; ++i) {
        Thread* thread = stock->cores[group.first + i].thread;
        if (thread == nullptr || !waits_for_lock(*thread) || group.head->waiting_for(i) == 0)
            continue;
        leave_head(*thread);
        unseat(*thread, Unseat::time_up);
        wake(*thread, now);
        thread->timed_out = true;
    }
}

void ModelState::leave_head(Thread& thread) {
    CoreGroup& group = group_of(thread);
    if (group.head == nullptr) return;
    group.head->leave(thread.core - group.first, now);
    thread.joined = false;
    const Nanoseconds ran = std::max<Nanoseconds>(0, now - stock->cores[thread.core].begins);
    thread.guess.saw(thread.burst_ns + ran);
    thread.burst_ns = -ran;  // unseat() adds it
}

Thread& ModelState::thread_of(const kernel::Entity& entity) {
    for (Thread* thread : stock->threads)
        if (&thread->entity == &entity) return *thread;
    broken("the head teacher speaks of a thread that is not there");
}

}  // namespace homeroom::sim
