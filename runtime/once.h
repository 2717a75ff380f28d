// Something that is done once, whoever comes first.
#pragma once

#include <exception>

#include "runtime/mutex.h"

namespace homeroom {

// As Go's sync.Once.
template <OperatingSystem Os>
class BasicOnce {
public:
    // Calls f() if nobody has called one here before. Returns when the first one has returned, or
    // thrown: even then it is done, unlike with std::call_once. f must not come back here, as it
    // would wait for itself.
    template <class F>
    void call(F&& f) {
        // Acquire: pairs with the release in do_it(); what f wrote is visible.
        if (!done_.load(acquire))
            do_it(std::forward<F>(f));
        else
            tell_object<Os>(EventKind::acquired, mutex_.id());
    }

private:
    template <class F>
    void do_it(F&& f) {
        mutex_.lock();
        std::exception_ptr thrown;
        if (!done_.load(relaxed)) {
            try {
                std::forward<F>(f)();
            } catch (...) {
                thrown = std::current_exception();
            }
            tell_object<Os>(EventKind::released, mutex_.id());
            done_.store(true, release);  // publishes what f wrote
        }
        mutex_.unlock();  // may give way, so not while the exception is on its way
        if (thrown) std::rethrow_exception(thrown);
    }

    typename Os::template Atomic<bool> done_{false};
    BasicMutex<Os> mutex_;
};

}  // namespace homeroom
