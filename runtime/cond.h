// A condition: coroutines wait until somebody says that it may be true now.
#pragma once

#include "runtime/mutex.h"

namespace homeroom {

// As Go's sync.Cond (sync/cond.go, and notifyList in sema.go). Each waiter draws a ticket before it
// releases the lock; notify_one() (Signal) wakes the lowest ticket, whoever came to the queue
// first; notify_all() (Broadcast) wakes them in the order of the queue. Both may be called with or
// without the lock. What is woken must look again whether the condition is true.
template <OperatingSystem Os, class Lockable = BasicMutex<Os>>
class BasicCond {
    using S = Scheduler<Os>;
    using M = Machine<Os>;

public:
    explicit BasicCond(Lockable& lock) : guard_(lock), id_(Os::next_object_id()) {
        tell_object<Os>(EventKind::condition_made, id_);
    }
    ~BasicCond() { tell_object<Os>(EventKind::object_ended, id_); }
    BasicCond(const BasicCond&) = delete;
    BasicCond& operator=(const BasicCond&) = delete;

    // Called with the lock held: releases it, waits to be woken, and takes it again.
    void wait() {
        // Relaxed: whoever notifies after having held the lock sees it, as it was drawn under it.
        const std::uint32_t ticket = drawn_.fetch_add(1, relaxed);
        guard_.unlock();
        wait_for(ticket);
        guard_.lock();
    }
    // Until predicate() is true.
    template <class Predicate>
    void wait(Predicate&& predicate) {
        while (!predicate()) wait();
    }

    void notify_one() {
        if (nobody_waits()) return;
        tell_object<Os>(EventKind::released, id_);
        lock_.lock();
        const std::uint32_t ticket = called_.load(relaxed);
        if (ticket == drawn_.load(relaxed)) {
            lock_.unlock();
            return;
        }
        called_.store(ticket + 1, relaxed);
        // Not there: it has drawn its ticket but is not in the queue yet, and will see that it need
        // not wait.
        Waiting* woken = take_out(ticket);
        lock_.unlock();
        if (woken) make_ready(*woken);
    }

    void notify_all() {
        if (nobody_waits()) return;
        tell_object<Os>(EventKind::released, id_);
        lock_.lock();
        Waiting* all = first_;
        first_ = last_ = nullptr;
        called_.store(drawn_.load(relaxed), relaxed);
        lock_.unlock();
        while (all) {
            Waiting* next = all->next;  // once ready, it may be gone at any moment
            make_ready(*all);
            all = next;
        }
    }
    ObjectId id() const { return id_; }

private:
    struct Waiting {
        Coroutine<Os>* coroutine;
        std::uint32_t ticket;
        Waiting* next = nullptr;
    };

    bool nobody_waits() const { return drawn_.load(relaxed) == called_.load(relaxed); }

    void wait_for(std::uint32_t ticket) {
        lock_.lock();
        if (before(ticket, called_.load(relaxed))) {  // called between the ticket and here
            lock_.unlock();
            tell_object<Os>(EventKind::acquired, id_);
            return;
        }
        M& m = S::machine();
        Waiting w{m.running, ticket};
        (last_ ? last_->next : first_) = &w;
        last_ = &w;
        m.scheduler->will_park(m, WaitReason::condition, id_);
        lock_.unlock();
        m.scheduler->suspend(m);
    }

    Waiting* take_out(std::uint32_t ticket) {
        Waiting* before_it = nullptr;
        for (Waiting* w = first_; w; before_it = w, w = w->next) {
            if (w->ticket != ticket) continue;
            (before_it ? before_it->next : first_) = w->next;
            if (last_ == w) last_ = before_it;
            return w;
        }
        return nullptr;
    }

    static void make_ready(Waiting& w) {
        M& m = S::machine();
        m.scheduler->ready(m, *w.coroutine);
    }

    // Tickets come round again after 4 billion.
    static bool before(std::uint32_t a, std::uint32_t b) { return a - b > 1u << 31; }

    Lockable& guard_;
    typename Os::Lock lock_;
    Waiting* first_ = nullptr;  // the queue is guarded by lock_
    Waiting* last_ = nullptr;
    typename Os::template Atomic<std::uint32_t> drawn_{0};   // the next ticket to be drawn
    typename Os::template Atomic<std::uint32_t> called_{0};  // all below were; written under lock_
    const ObjectId id_;
};

}  // namespace homeroom
