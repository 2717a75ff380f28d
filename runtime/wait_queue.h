// Where coroutines wait for one another: first come, first served.
#pragma once

#include "runtime/coroutine.h"

namespace homeroom {

template <OperatingSystem Os>
struct Waiter;

// A select that waits at several channels at once (select.h); lies on its coroutine's stack.
template <OperatingSystem Os>
struct Selection {
    Waiter<Os>* chosen = nullptr;  // written by whoever claims it

    // True for one caller only, who then wakes the coroutine; the others pass it by. Relaxed: it
    // only decides between them. What the winner writes reaches the coroutine by its being readied.
    bool claim(Waiter<Os>& w) {
        if (claimed_.exchange(true, relaxed)) return false;
        chosen = &w;
        return true;
    }

private:
    typename Os::template Atomic<bool> claimed_{false};
};

// A coroutine that waits at a channel or semaphore; lies on its own stack. Guarded by the lock of
// what it waits at; once it has been taken out of the queue, it belongs to whoever took it, until
// the coroutine is made ready.
template <OperatingSystem Os>
struct Waiter {
    Coroutine<Os>* coroutine = nullptr;
    void* value = nullptr;               // channel: where the value comes from or goes to
    Selection<Os>* selection = nullptr;  // the select that this is one case of; null: none
    bool served = false;                 // by a partner; false: by close
    bool queued = false;
    Waiter* next = nullptr;
    Waiter* previous = nullptr;
};

template <OperatingSystem Os>
class WaitQueue {
public:
    bool empty() const { return first_ == nullptr; }

    void push(Waiter<Os>& w) {
        w.next = nullptr;
        w.previous = last_;
        (last_ ? last_->next : first_) = &w;
        last_ = &w;
        w.queued = true;
    }
    void push_front(Waiter<Os>& w) {
        w.next = first_;
        w.previous = nullptr;
        (first_ ? first_->previous : last_) = &w;
        first_ = &w;
        w.queued = true;
    }
    // Who waits longest, for the caller to wake. Selects whose coroutine is being woken by another
    // channel drop out on the way. Null: nobody waits.
    Waiter<Os>* pop() {
        while (Waiter<Os>* w = first_) {
            first_ = w->next;
            (first_ ? first_->previous : last_) = nullptr;
            w->queued = false;
            if (!w->selection || w->selection->claim(*w)) return w;
        }
        return nullptr;
    }
    // Takes w out of the midst; nothing if it does not stand here any more.
    void remove(Waiter<Os>& w) {
        if (!w.queued) return;
        (w.previous ? w.previous->next : first_) = w.next;
        (w.next ? w.next->previous : last_) = w.previous;
        w.queued = false;
    }

private:
    Waiter<Os>* first_ = nullptr;
    Waiter<Os>* last_ = nullptr;
};

}  // namespace homeroom
