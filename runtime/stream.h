// Streams of bytes: pipes, and whatever else the system gives a descriptor for. Waiting for one
// parks the coroutine, not its thread.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <utility>

#include "runtime/runtime.h"

namespace homeroom {

// A descriptor that the system refuses to make, read or write.
class IoError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

template <OperatingSystem Os>
class BasicPipe;

// One end of a pipe, or a socket. One coroutine at a time may read, and another one write. Closed
// by the destructor. All calls from inside a coroutine.
template <OperatingSystem Os>
class BasicStream {
    using S = Scheduler<Os>;

public:
    using Handle = typename Os::Handle;

    // Takes over `handle`, which must not block. Throws IoError when the system refuses to watch
    // it.
    explicit BasicStream(Handle handle) : BasicStream(handle, Os::next_object_id()) {
        tell_object<Os>(EventKind::pipe_made, id_);
    }
    BasicStream(BasicStream&& other) noexcept
        : handle_(other.handle_),
          descriptor_(std::exchange(other.descriptor_, nullptr)),
          id_(other.id_) {}
    BasicStream& operator=(BasicStream&&) = delete;
    ~BasicStream() { close(); }

    // Reads up to `most` bytes; waits until there is one at least. 0: the other side has closed.
    std::size_t read(void* into, std::size_t most) {
        return transfer(Direction::read, [&] { return Os::try_read(handle_, into, most); });
    }

    // Writes all of it; waits for room as often as needed. Throws IoError when nobody will read it.
    void write(const void* from, std::size_t bytes) {
        auto* next = static_cast<const char*>(from);
        while (bytes > 0) {
            const std::size_t done =
                transfer(Direction::write, [&] { return Os::try_write(handle_, next, bytes); });
            next += done;
            bytes -= done;
        }
    }

    // Tries again whenever the descriptor has become ready, until `attempt` need not wait.
    template <class F>
    std::size_t transfer(Direction direction, F attempt) {
        if (!descriptor_) throw IoError("the stream is closed");
        for (;;) {
            if (direction == Direction::write) tell_object<Os>(EventKind::released, id_);
            const IoResult result = attempt();
            if (result.state == IoState::done) {
                if (direction == Direction::read) tell_object<Os>(EventKind::acquired, id_);
                return result.bytes;
            }
            if (result.state == IoState::failed)
                throw IoError("the system refuses to read or write");
            auto& m = S::machine();
            m.scheduler->wait_ready(m, *descriptor_, direction, id_);
        }
    }

    // Nobody may be waiting here any more.
    void close() {
        if (!descriptor_) return;
        S::machine().scheduler->forget(handle_, *std::exchange(descriptor_, nullptr));
        Os::close(handle_);
    }
    Handle handle() const { return handle_; }
    ObjectId id() const { return id_; }

private:
    friend class BasicPipe<Os>;
    BasicStream(Handle handle, ObjectId id)
        : handle_(handle), descriptor_(S::machine().scheduler->watch(handle)), id_(id) {
        if (descriptor_) return;
        Os::close(handle);
        throw IoError("the system refuses to watch a descriptor");
    }

    Handle handle_;
    PollDescriptor<Os>* descriptor_;  // null: closed
    ObjectId id_;
};

// What is written at one end is read at the other, through the kernel.
template <OperatingSystem Os>
class BasicPipe {
public:
    BasicPipe() : BasicPipe(open(), Os::next_object_id()) {
        tell_object<Os>(EventKind::pipe_made, reader.id());
    }
    ~BasicPipe() { tell_object<Os>(EventKind::object_ended, reader.id()); }
    BasicPipe(const BasicPipe&) = delete;
    BasicPipe& operator=(const BasicPipe&) = delete;

    BasicStream<Os> reader, writer;

private:
    BasicPipe(std::pair<typename Os::Handle, typename Os::Handle> ends, ObjectId id)
        : reader(ends.first, id), writer(ends.second, id) {}
    static std::pair<typename Os::Handle, typename Os::Handle> open() {
        std::pair<typename Os::Handle, typename Os::Handle> ends;
        if (!Os::open_pipe(ends.first, ends.second)) throw IoError("the system refuses a pipe");
        return ends;
    }
};

}  // namespace homeroom
