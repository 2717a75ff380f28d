// A mutex for coroutines: who must wait is parked, and its machine goes on with another.
#pragma once

#include "runtime/semaphore.h"

namespace homeroom {

// As Go's sync.Mutex (internal/sync/mutex.go), without its short spin before parking.
//
// Normal mode: Unlock wakes the one that waits longest, which then competes with newcomers; those
// are running already and mostly win, which is fast and unfair. Starvation mode: after waiting for
// more than 1 ms in vain a waiter switches to it; then Unlock hands the mutex to the front of the
// queue, and newcomers queue up. The new owner switches back if nobody waits or it waited less than
// that. Works with std::lock_guard. Unlocking an unlocked mutex throws FatalError.
template <OperatingSystem Os>
class BasicMutex {
    using S = Scheduler<Os>;
    using M = Machine<Os>;

public:
    BasicMutex() : id_(Os::next_object_id()) { tell_object<Os>(EventKind::mutex_made, id_); }
    ~BasicMutex() { tell_object<Os>(EventKind::object_ended, id_); }
    BasicMutex(const BasicMutex&) = delete;
    BasicMutex& operator=(const BasicMutex&) = delete;

    void lock() {
        std::uint32_t unlocked = 0;
        // Acquire: pairs with the release in unlock(); the last owner's writes are visible.
        if (!state_.compare_exchange(unlocked, locked, acquire)) lock_slow();
        tell_object<Os>(EventKind::locked, id_);
    }
    bool try_lock() {
        std::uint32_t state = state_.load(relaxed);
        if (state & (locked | starving)) return false;
        if (!state_.compare_exchange(state, state | locked, acquire)) return false;
        tell_object<Os>(EventKind::locked, id_);
        return true;
    }
    void unlock() {
        tell_object<Os>(EventKind::unlocked, id_);
        // Release: publishes what the owner wrote.
        std::uint32_t state = state_.fetch_add(~0u, release) - locked;
        if (state != 0) unlock_slow(state);
    }
    ObjectId id() const { return id_; }

private:
    static constexpr std::uint32_t locked = 1, woken = 2, starving = 4, one_waiter = 8;
    static constexpr Nanoseconds starvation_ns = 1'000'000;

    void lock_slow() {
        Nanoseconds since = 0;
        bool starves = false, awoke = false;
        std::uint32_t old = state_.load(relaxed);
        for (;;) {
            std::uint32_t wanted = old;
            if (!(old & starving)) wanted |= locked;
            if (old & (locked | starving)) wanted += one_waiter;
            if (starves && (old & locked)) wanted |= starving;
            if (awoke) wanted &= ~woken;
            if (!state_.compare_exchange(old, wanted, acquire)) continue;
            if (!(old & (locked | starving))) return;

            bool first = since != 0;  // it waited before: to the front
            if (since == 0) since = Os::now();
            semaphore_.acquire(WaitReason::mutex, id_, first);
            starves = starves || Os::now() - since > starvation_ns;
            old = state_.load(relaxed);
            if (old & starving) {
                // Handed over: the mutex is ours, but its state says neither so nor that we wait no
                // more.
                bool back_to_normal = !starves || old / one_waiter == 1;
                state_.fetch_add(locked - one_waiter - (back_to_normal ? starving : 0), acquire);
                return;
            }
            awoke = true;
        }
    }

    void unlock_slow(std::uint32_t state) {
        if ((state + locked) % 2 == 0) {
            state_.fetch_add(locked, relaxed);
            throw FatalError("sync: unlock of unlocked mutex");
        }
        if (state & starving) {
            semaphore_.release(true);
            return;
        }
        for (;;) {
            if (state / one_waiter == 0 || (state & (locked | woken | starving))) return;
            if (state_.compare_exchange(state, (state - one_waiter) | woken, relaxed)) {
                semaphore_.release();
                return;
            }
        }
    }

    typename Os::template Atomic<std::uint32_t> state_{0};
    BasicSemaphore<Os> semaphore_;
    const ObjectId id_;
};

}  // namespace homeroom
