// Waits for a group of coroutines to finish.
#pragma once

#include "runtime/semaphore_core.h"

namespace homeroom {

// As Go's sync.WaitGroup. The counter must not fall below zero (Panic).
template <OperatingSystem Os>
class BasicWaitGroup {
    using S = Scheduler<Os>;
    using M = Machine<Os>;

public:
    BasicWaitGroup() : id_(Os::next_object_id()) {
        tell_object<Os>(EventKind::wait_group_made, id_);
    }
    ~BasicWaitGroup() { tell_object<Os>(EventKind::object_ended, id_); }
    BasicWaitGroup(const BasicWaitGroup&) = delete;
    BasicWaitGroup& operator=(const BasicWaitGroup&) = delete;

    void add(std::int32_t delta) { Os::tracing() ? add<true>(delta) : add<false>(delta); }
    void done() { add(-1); }

    void wait() {
        for (;;) {
            // Acquire: pairs with the release in add(). Read anew after a failed exchange, which
            // acquires nothing.
            std::uint64_t state = state_.load(acquire);
            if (state >> 32 == 0) {
                tell_object<Os>(EventKind::acquired, id_);
                return;
            }
            if (state_.compare_exchange(state, state + 1, relaxed)) break;
        }
        semaphore_.acquire(WaitReason::wait_group, id_);
    }

    // Counts one, and starts f() as a coroutine that counts down when it is finished.
    template <class F>
    void go(F&& f) {
        add(1);
        Runtime<Os>::go([this, f = std::forward<F>(f)]() mutable {
            f();
            done();
        });
    }
    ObjectId id() const { return id_; }

private:
    // Counter in the upper half, waiters in the lower. Release: what was done before done() is
    // visible to who waits; acquire: the last one passes all of that on.
    template <bool told>
    void add(std::int32_t delta) {
        const ObjectId id = id_;  // once it is zero, who waits may destroy this object
        if (told && delta < 0) tell_object<Os>(EventKind::released, id);
        std::uint64_t change = static_cast<std::uint64_t>(std::int64_t{delta}) << 32;
        std::uint64_t state = state_.fetch_add(change, acq_rel) + change;
        auto counter = static_cast<std::int32_t>(state >> 32);
        if (counter < 0) [[unlikely]]
            throw_negative();
        if (told) tell_object<Os>(EventKind::counted, id, static_cast<std::uint32_t>(counter));
        auto waiters = static_cast<std::uint32_t>(state);
        if (counter == 0 && waiters > 0) wake(waiters);
    }
    [[noreturn, gnu::noinline]] static void throw_negative() {
        throw Panic("sync: negative WaitGroup counter");
    }
    [[gnu::noinline]] void wake(std::uint32_t waiters) {
        state_.store(0, relaxed);
        for (; waiters > 0; --waiters) semaphore_.release();
    }

    typename Os::template Atomic<std::uint64_t> state_{0};
    SemaphoreCore<Os> semaphore_;
    const ObjectId id_;
};

}  // namespace homeroom
