// A counting semaphore: so many at a time.
#pragma once

#include "runtime/semaphore_core.h"

namespace homeroom {

// Go keeps its own to itself (runtime.semacquire, semrelease): this is that one. Thread-safe.
// Destroy it only when nobody uses it any more.
template <OperatingSystem Os>
class BasicSemaphore {
public:
    explicit BasicSemaphore(std::uint32_t count) : id_(Os::next_object_id()), core_(count, id_) {
        tell_object<Os>(EventKind::semaphore_made, id_, count);
    }
    ~BasicSemaphore() { tell_object<Os>(EventKind::object_ended, id_); }
    BasicSemaphore(const BasicSemaphore&) = delete;
    BasicSemaphore& operator=(const BasicSemaphore&) = delete;

    // Takes one, or waits for it.
    void acquire() { core_.acquire(WaitReason::semaphore, id_); }
    bool try_acquire() { return core_.try_acquire(); }
    // Gives one back and wakes who waits longest; but whoever asks first now gets it. The caller
    // goes on.
    void release() { core_.release(); }
    // Gives one back, to who waits longest and to nobody else; that one runs at once, and the
    // caller after it. So nobody is overtaken, at the price of a switch each time.
    void hand_over() { core_.release(true); }
    ObjectId id() const { return id_; }

private:
    const ObjectId id_;
    SemaphoreCore<Os> core_;
};

}  // namespace homeroom
