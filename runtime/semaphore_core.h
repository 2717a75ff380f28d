// The sleeping half of locks, wait groups and semaphores: a counter, and a queue of coroutines that
// wait for it.
#pragma once

#include "runtime/runtime.h"
#include "runtime/wait_queue.h"

namespace homeroom {

// As Go's runtime semaphores (sema.go). The fast paths of its users never come here, so one lock is
// enough.
template <OperatingSystem Os>
class SemaphoreCore {
    using S = Scheduler<Os>;
    using M = Machine<Os>;

public:
    SemaphoreCore() = default;
    // `told_as` is the object of which the record shall know the count.
    SemaphoreCore(std::uint32_t count, ObjectId told_as) : count_(count), told_as_(told_as) {}

    // Takes one, or waits for it: at the front of the queue if `first`, else at its end.
    // Inlined, as a channel's send.
    [[gnu::always_inline]] void acquire(WaitReason reason, ObjectId object, bool first = false) {
        for (;;) {
            lock_.lock();
            if (count_ > 0) {
                count_to(count_ - 1);
                lock_.unlock();
                return;
            }
            M& m = S::machine();
            Waiter<Os> w{m.running};
            if (first)
                queue_.push_front(w);
            else
                queue_.push(w);
            m.scheduler->will_park(m, reason, object);
            lock_.unlock();
            m.scheduler->suspend(m);
            if (w.served) return;  // handed over: it was counted already
        }
    }
    bool try_acquire() {
        lock_.lock();
        const bool taken = count_ > 0;
        if (taken) count_to(count_ - 1);
        lock_.unlock();
        return taken;
    }

    // Adds one and wakes who waits longest. With hand_over that one has it, whoever else comes, and
    // runs at once; without, it must compete for it.
    void release(bool hand_over = false) {
        lock_.lock();
        Waiter<Os>* w = queue_.pop();
        if (w && hand_over)
            w->served = true;
        else
            count_to(count_ + 1);
        lock_.unlock();
        if (!w) return;
        M& m = S::machine();
        m.scheduler->ready(m, *w->coroutine);
        if (hand_over) m.scheduler->yield_local(S::machine());
    }

private:
    void count_to(std::uint32_t count) {
        count_ = count;
        if (told_as_) tell_object<Os>(EventKind::counted, told_as_, count);
    }

    typename Os::Lock lock_;
    std::uint32_t count_ = 0;
    const ObjectId told_as_ = 0;
    WaitQueue<Os> queue_;
};

}  // namespace homeroom
