// The algorithm of the mutex: spinning, normal mode, starvation mode.
#pragma once

#include "runtime/semaphore_core.h"

namespace homeroom {

// Go's internal/sync/mutex.go; mutex.h says what it promises. Tells nothing to the record but that
// somebody waits, at the object that its user names.
template <OperatingSystem Os>
class MutexCore {
    using S = Scheduler<Os>;
    using M = Machine<Os>;

public:
    void lock(ObjectId object) {
        std::uint32_t unlocked = 0;
        // Acquire: pairs with the release in unlock(); the last owner's writes are visible.
        if (!state_.compare_exchange(unlocked, locked, acquire)) [[unlikely]]
            lock_slow(object);
    }
    bool try_lock() {
        std::uint32_t state = state_.load(relaxed);
        if (state & (locked | starving)) return false;
        return state_.compare_exchange(state, state | locked, acquire);
    }
    void unlock() {
        // Release: publishes what the owner wrote.
        std::uint32_t state = state_.fetch_add(~0u, release) - locked;
        if (state != 0) [[unlikely]]
            unlock_slow(state);
    }

private:
    static constexpr std::uint32_t locked = 1, woken = 2, starving = 4, one_waiter = 8;
    static constexpr Nanoseconds starvation_ns = 1'000'000;
    static constexpr int spins_max = 4, pauses_per_spin = 30;  // Go's active_spin, active_spin_cnt

    [[gnu::noinline]] void lock_slow(ObjectId object) {
        Nanoseconds since = 0;
        bool starves = false, awoke = false;
        int spins = 0;
        std::uint32_t old = state_.load(relaxed);
        for (;;) {
            // The owner may be about to unlock, on another processor, and then nobody need park.
            // Not in starvation mode, in which the mutex will be handed to another.
            if ((old & (locked | starving)) == locked && may_spin(spins)) {
                // Says so, lest the owner wakes somebody who would find it taken.
                if (!awoke && !(old & woken) && old / one_waiter != 0)
                    awoke = state_.compare_exchange(old, old | woken, relaxed);
                for (int i = 0; i < pauses_per_spin; ++i) Os::pause();
                ++spins;
                old = state_.load(relaxed);
                continue;
            }
            std::uint32_t wanted = old;
            if (!(old & starving)) wanted |= locked;
            if (old & (locked | starving)) wanted += one_waiter;
            if (starves && (old & locked)) wanted |= starving;
            if (awoke) wanted &= ~woken;
            if (!state_.compare_exchange(old, wanted, acquire)) continue;
            if (!(old & (locked | starving))) return;

            bool first = since != 0;  // it waited before: to the front
            if (since == 0) since = Os::now();
            semaphore_.acquire(WaitReason::mutex, object, first);
            starves = starves || Os::now() - since > starvation_ns;
            old = state_.load(relaxed);
            if (old & starving) {
                // Handed over: the mutex is ours, but its state says neither so nor that we wait no
                // more. Who was made ready by the last owner comes after all that it did.
                bool back_to_normal = !starves || old / one_waiter == 1;
                state_.fetch_add(locked - one_waiter - (back_to_normal ? starving : 0), relaxed);
                return;
            }
            awoke = true;
            spins = 0;
        }
    }

    static bool may_spin(int spins) {
        if (spins >= spins_max || Os::cores() < 2) return false;
        M& m = S::machine();
        return m.scheduler->may_spin_for_lock(m);
    }

    [[gnu::noinline]] void unlock_slow(std::uint32_t state) {
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
    SemaphoreCore<Os> semaphore_;
};

}  // namespace homeroom
