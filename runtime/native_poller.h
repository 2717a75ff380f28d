// epoll, as the network poller asks for it.
#pragma once

#include "runtime/os.h"

namespace homeroom {

// Go's netpoll_epoll.go: each descriptor is watched once, for both directions and edge-triggered;
// an eventfd breaks a wait off. Thread-safe.
class NativePoller {
public:
    NativePoller() = default;
    NativePoller(const NativePoller&) = delete;
    NativePoller& operator=(const NativePoller&) = delete;
    ~NativePoller();

    bool open();  // false: the system refuses; may be tried again
    bool watch(int fd, void* tag);
    void forget(int fd);
    // `until` is a time of the run. The kernel counts in milliseconds: less than one is rounded up.
    std::uint32_t wait(Nanoseconds until, ReadyDescriptor* ready, std::uint32_t most);
    void interrupt();

private:
    int epoll_ = -1, break_ = -1;
};

}  // namespace homeroom
