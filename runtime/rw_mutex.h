// A mutex for many readers or one writer.
#pragma once

#include "runtime/mutex_core.h"

namespace homeroom {

// As Go's sync.RWMutex (sync/rwmutex.go). A writer that waits lets no new readers in, and when it
// leaves, all readers that came meanwhile enter before the next writer: neither side starves. So a
// reader must not read-lock a second time: a writer between the two would wait for the first, and
// the second for the writer.
//
// RLock is lock_shared, RUnlock is unlock_shared, as std::shared_lock wants them. Unlocking what is
// not locked throws FatalError.
template <OperatingSystem Os>
class BasicRwMutex {
    using Count = std::uint32_t;  // signed in Go; here "below zero" means from writer on

public:
    BasicRwMutex() : id_(Os::next_object_id()) { tell_object<Os>(EventKind::rw_mutex_made, id_); }
    ~BasicRwMutex() { tell_object<Os>(EventKind::object_ended, id_); }
    BasicRwMutex(const BasicRwMutex&) = delete;
    BasicRwMutex& operator=(const BasicRwMutex&) = delete;

    void lock_shared() {
        // Acquire: pairs with the release in unlock(); what the last writer wrote is visible.
        Count readers = readers_.fetch_add(1, acquire) + 1;
        if (is_negative(readers)) {
            read_.acquire(WaitReason::rw_mutex_read, id_);
            readers = readers_.load(relaxed);
        }
        tell_object<Os>(EventKind::read_locked, id_, without_writer(readers));
    }
    bool try_lock_shared() {
        Count readers = readers_.load(relaxed);
        do
            if (is_negative(readers)) return false;
        while (!readers_.compare_exchange(readers, readers + 1, acquire));
        tell_object<Os>(EventKind::read_locked, id_, readers + 1);
        return true;
    }
    void unlock_shared() {
        if (Os::tracing()) {
            const Count left = readers_.load(relaxed) - 1;
            tell_object<Os>(EventKind::read_unlocked, id_, without_writer(left));
        }
        // Release: the next writer, if none waits yet, sees what was done under the lock.
        const Count readers = readers_.fetch_add(~Count{0}, release) - 1;
        if (is_negative(readers)) unlock_shared_slow(readers);
    }

    void lock() {
        writers_.lock(id_);
        // Readers see from now on that a writer waits. Acquire: pairs with unlock_shared().
        const Count readers = readers_.fetch_add(minus_writer, acquire);
        // Those who are inside must leave; some may have left meanwhile, and have counted below
        // zero. Acquire: pairs with theirs.
        if (readers != 0 && leaving_.fetch_add(readers, acquire) + readers != 0)
            write_.acquire(WaitReason::rw_mutex_write, id_);
        tell_object<Os>(EventKind::locked, id_);
    }
    bool try_lock() {
        if (!writers_.try_lock()) return false;
        Count none = 0;
        if (!readers_.compare_exchange(none, minus_writer, acquire)) {
            writers_.unlock();
            return false;
        }
        tell_object<Os>(EventKind::locked, id_);
        return true;
    }
    void unlock() {
        tell_object<Os>(EventKind::unlocked, id_);
        // Release: publishes what the writer wrote.
        const Count readers = readers_.fetch_add(writer, release) + writer;
        if (readers >= writer) {
            readers_.fetch_add(minus_writer, relaxed);
            throw FatalError("sync: Unlock of unlocked RWMutex");
        }
        for (Count i = 0; i < readers; ++i) read_.release();
        writers_.unlock();
    }
    ObjectId id() const { return id_; }

private:
    static constexpr Count writer = 1u << 30;  // Go's rwmutexMaxReaders
    static constexpr Count minus_writer = ~writer + 1;

    static bool is_negative(Count count) { return count >> 31 != 0; }
    static Count without_writer(Count count) { return is_negative(count) ? count + writer : count; }

    void unlock_shared_slow(Count readers) {
        if (readers == ~Count{0} || readers == ~writer) {
            readers_.fetch_add(1, relaxed);
            throw FatalError("sync: RUnlock of unlocked RWMutex");
        }
        // The last reader lets the writer in. Acquire and release: it passes on what the others did
        // who left before it.
        if (leaving_.fetch_add(~Count{0}, acq_rel) == 1) write_.release();
    }

    MutexCore<Os> writers_;           // held by the writer, and by one that waits for readers
    SemaphoreCore<Os> read_, write_;  // where readers wait for the writer, and it for them
    typename Os::template Atomic<Count> readers_{0};  // less `writer` while there is a writer
    typename Os::template Atomic<Count> leaving_{0};  // readers for which the writer still waits
    const ObjectId id_;
};

}  // namespace homeroom
