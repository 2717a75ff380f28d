// The model's pipes, and its epoll: made of the model's own locks and parkers, so that each step of
// the kernel is a gate like any other.
#include <algorithm>
#include <cstring>
#include <limits>
#include <new>
#include <utility>

#include "sim/sim_os.h"

namespace homeroom::sim {

// What somebody watches. `tag` and the rest are guarded by the poller's lock.
struct SimOs::PipeEnd {
    Pipe* pipe = nullptr;
    bool writes = false;
    Poller* poller = nullptr;  // null: nobody watches it
    void* tag = nullptr;
    bool told = false;  // it stands in the poller's list
    PipeEnd* next = nullptr;
};

struct SimOs::Pipe {
    static constexpr std::size_t capacity = 4096;  // Linux: 65,536; a model should fill one soon

    Lock lock;  // guards the rest; taken before a poller's
    PipeEnd reader, writer;
    bool reader_open = true, writer_open = true;
    std::size_t first = 0, size = 0;
    char bytes[capacity];
};

// --- The kernel's side of waiting: who is ready is told once. ---

void SimOs::Poller::tell(PipeEnd& end) {
    lock_.lock();
    if (end.poller != this || end.told) {
        lock_.unlock();
        return;
    }
    end.told = true;
    end.next = nullptr;
    (last_ ? last_->next : first_) = &end;
    last_ = &end;
    const bool wake = sleeping_;
    lock_.unlock();
    if (wake) parker_.unpark();
}

std::uint32_t SimOs::Poller::take_ready(ReadyDescriptor* ready, std::uint32_t most) {
    std::uint32_t n = 0;
    for (; first_ && n < most; ++n) {
        PipeEnd& end = *first_;
        first_ = end.next;
        if (!first_) last_ = nullptr;
        end.told = false;
        ready[n] = {end.tag, !end.writes, end.writes};
    }
    return n;
}

std::uint32_t SimOs::Poller::wait(Nanoseconds until, ReadyDescriptor* ready, std::uint32_t most) {
    lock_.lock();
    std::uint32_t n = take_ready(ready, most);
    // Who merely asks must not take an interruption away from who waits.
    if (until == 0 || n > 0 || std::exchange(interrupted_, false)) {
        lock_.unlock();
        return n;
    }
    sleeping_ = true;
    lock_.unlock();
    parker_.park_until(until == std::numeric_limits<Nanoseconds>::max() ? -1 : until,
                       KernelWait::epoll);
    lock_.lock();
    sleeping_ = interrupted_ = false;
    n = take_ready(ready, most);
    lock_.unlock();
    return n;
}

void SimOs::Poller::interrupt() {
    lock_.lock();
    interrupted_ = true;
    const bool wake = sleeping_;
    lock_.unlock();
    if (wake) parker_.unpark();
}

bool SimOs::Poller::watch(Handle end, void* tag) {
    end->pipe->lock.lock();
    lock_.lock();
    end->poller = this;
    end->tag = tag;
    lock_.unlock();
    if (end->writes || end->pipe->size > 0) tell(*end);
    end->pipe->lock.unlock();
    return true;
}

void SimOs::Poller::forget(Handle end) {
    lock_.lock();
    end->poller = nullptr;
    if (std::exchange(end->told, false)) {
        PipeEnd* before = nullptr;
        for (PipeEnd* e = first_; e != end; e = e->next) before = e;
        (before ? before->next : first_) = end->next;
        if (last_ == end) last_ = before;
    }
    lock_.unlock();
}

// --- Pipes. ---

bool SimOs::open_pipe(Handle& reading, Handle& writing) {
    auto* pipe = ::new (allocate(sizeof(Pipe))) Pipe;
    pipe->reader.pipe = pipe->writer.pipe = pipe;
    pipe->writer.writes = true;
    reading = &pipe->reader;
    writing = &pipe->writer;
    return true;
}

IoResult SimOs::try_read(Handle handle, void* into, std::size_t most) {
    Pipe& pipe = *handle->pipe;
    pipe.lock.lock();
    const std::size_t n = std::min(most, pipe.size);
    for (std::size_t i = 0; i < n; ++i)
        static_cast<char*>(into)[i] = pipe.bytes[(pipe.first + i) % Pipe::capacity];
    const bool was_full = pipe.size == Pipe::capacity;
    pipe.first = (pipe.first + n) % Pipe::capacity;
    pipe.size -= n;
    const bool blocks = n == 0 && pipe.writer_open;
    if (was_full && n > 0 && pipe.writer.poller) pipe.writer.poller->tell(pipe.writer);
    pipe.lock.unlock();
    return {blocks ? IoState::would_block : IoState::done, n};
}

IoResult SimOs::try_write(Handle handle, const void* from, std::size_t bytes) {
    Pipe& pipe = *handle->pipe;
    pipe.lock.lock();
    if (!pipe.reader_open) {
        pipe.lock.unlock();
        return {IoState::failed, 0};
    }
    const std::size_t n = std::min(bytes, Pipe::capacity - pipe.size);
    for (std::size_t i = 0; i < n; ++i)
        pipe.bytes[(pipe.first + pipe.size + i) % Pipe::capacity] =
            static_cast<const char*>(from)[i];
    pipe.size += n;
    if (n > 0 && pipe.reader.poller) pipe.reader.poller->tell(pipe.reader);
    pipe.lock.unlock();
    return {n == 0 && bytes > 0 ? IoState::would_block : IoState::done, n};
}

void SimOs::close(Handle handle) {
    Pipe& pipe = *handle->pipe;
    pipe.lock.lock();
    (handle->writes ? pipe.writer_open : pipe.reader_open) = false;
    PipeEnd& other = handle->writes ? pipe.reader : pipe.writer;
    if (other.poller) other.poller->tell(other);
    const bool gone = !pipe.writer_open && !pipe.reader_open;
    pipe.lock.unlock();
    if (!gone) return;
    pipe.~Pipe();
    deallocate(&pipe, sizeof(Pipe));
}

}  // namespace homeroom::sim
