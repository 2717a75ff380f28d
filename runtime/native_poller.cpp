// epoll, and reading and writing without blocking.
#include "runtime/native_poller.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <limits>

#include "runtime/native_os.h"

namespace homeroom {

namespace {

// What wait() may sleep at once: the pace of the clock may change meanwhile.
constexpr int longest_ms = 60'000;

IoResult result_of(ssize_t bytes) {
    if (bytes >= 0) return {IoState::done, static_cast<std::size_t>(bytes)};
    return {errno == EAGAIN || errno == EWOULDBLOCK ? IoState::would_block : IoState::failed, 0};
}

}  // namespace

NativePoller::~NativePoller() {
    if (epoll_ >= 0) ::close(epoll_);
    if (break_ >= 0) ::close(break_);
}

bool NativePoller::open() {
    // To write where nobody reads is an error of that call, as in Go, and no reason to die.
    std::signal(SIGPIPE, SIG_IGN);
    epoll_ = epoll_create1(EPOLL_CLOEXEC);
    break_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    epoll_event event{};
    event.events = EPOLLIN;  // level-triggered: until wait() has emptied it
    event.data.ptr = nullptr;
    if (epoll_ >= 0 && break_ >= 0 && epoll_ctl(epoll_, EPOLL_CTL_ADD, break_, &event) == 0)
        return true;
    if (epoll_ >= 0) ::close(epoll_);
    if (break_ >= 0) ::close(break_);
    epoll_ = break_ = -1;
    return false;
}

bool NativePoller::watch(int fd, void* tag) {
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = tag;
    return epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) == 0;
}

void NativePoller::forget(int fd) { epoll_ctl(epoll_, EPOLL_CTL_DEL, fd, nullptr); }

std::uint32_t NativePoller::wait(Nanoseconds until, ReadyDescriptor* ready, std::uint32_t most) {
    constexpr int events_max = 128;
    epoll_event events[events_max];
    const int room = static_cast<int>(std::min<std::uint32_t>(most, events_max));
    for (;;) {
        int timeout_ms = 0;
        if (until == std::numeric_limits<Nanoseconds>::max()) {
            timeout_ms = -1;
        } else if (until > 0) {
            const Nanoseconds left = until - NativeOs::now();
            if (left > 0) timeout_ms = NativeOs::real_milliseconds(left, longest_ms);
        }
        if (timeout_ms != 0) NativeRecord::leave_core(Unseat::rested);
        const int n = epoll_wait(epoll_, events, room, timeout_ms);
        std::uint32_t found = 0;
        bool interrupted = false;
        for (int i = 0; i < n; ++i) {
            const epoll_event& event = events[i];
            if (event.data.ptr == nullptr) {
                std::uint64_t count = 0;
                // Only for who waits: one that merely asks must not take it away from that one.
                if (until != 0) interrupted = ::read(break_, &count, sizeof count) > 0;
                continue;
            }
            // An error or a hang-up is told to both: the next try will say what it is.
            const bool over = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
            ready[found++] = {event.data.ptr, over || (event.events & (EPOLLIN | EPOLLRDHUP)) != 0,
                              over || (event.events & EPOLLOUT) != 0};
        }
        if (found > 0 || interrupted || timeout_ms == 0) return found;
    }
}

void NativePoller::interrupt() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(break_, &one, sizeof one);
}

bool NativeOs::open_pipe(Handle& reading, Handle& writing) {
    int ends[2];
    if (pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0) return false;
    reading = ends[0];
    writing = ends[1];
    return true;
}

IoResult NativeOs::try_read(Handle handle, void* into, std::size_t most) {
    ssize_t bytes = 0;
    do bytes = ::read(handle, into, most);
    while (bytes < 0 && errno == EINTR);
    return result_of(bytes);
}

IoResult NativeOs::try_write(Handle handle, const void* from, std::size_t bytes) {
    ssize_t written = 0;
    do written = ::write(handle, from, bytes);
    while (written < 0 && errno == EINTR);
    return result_of(written);
}

void NativeOs::close(Handle handle) { ::close(handle); }

}  // namespace homeroom
