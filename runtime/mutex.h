// A mutex for coroutines: who must wait is parked, and its machine goes on with another.
#pragma once

#include "runtime/mutex_core.h"

namespace homeroom {

// As Go's sync.Mutex.
//
// Normal mode: Unlock wakes the one that waits longest, which then competes with newcomers; those
// are running already and mostly win, which is fast and unfair. Starvation mode: after waiting for
// more than 1 ms in vain a waiter switches to it; then Unlock hands the mutex to the front of the
// queue, and newcomers queue up. The new owner switches back if nobody waits or it waited less than
// that. Before it first parks, a coroutine spins for some microseconds if that may help: another
// processor is busy, and nobody waits for this one.
//
// Works with std::lock_guard. Unlocking an unlocked mutex throws FatalError.
template <OperatingSystem Os>
class BasicMutex {
public:
    BasicMutex() : id_(Os::next_object_id()) { tell_object<Os>(EventKind::mutex_made, id_); }
    ~BasicMutex() { tell_object<Os>(EventKind::object_ended, id_); }
    BasicMutex(const BasicMutex&) = delete;
    BasicMutex& operator=(const BasicMutex&) = delete;

    void lock() {
        core_.lock(id_);
        tell_object<Os>(EventKind::locked, id_);
    }
    bool try_lock() {
        const bool taken = core_.try_lock();
        if (taken) tell_object<Os>(EventKind::locked, id_);
        return taken;
    }
    void unlock() {
        tell_object<Os>(EventKind::unlocked, id_);
        core_.unlock();
    }
    ObjectId id() const { return id_; }

private:
    MutexCore<Os> core_;
    const ObjectId id_;
};

}  // namespace homeroom
