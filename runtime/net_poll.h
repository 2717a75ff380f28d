// The network poller: coroutines wait for pipes and sockets without a thread of their own.
//
// A read or write that would block parks the coroutine at its descriptor. Which descriptors have
// become ready, the kernel is asked in four places (Go: netpoll):
//   - by a machine that found nothing in its own queues and the global one (search.h, step 5)
//   - by the one machine that waits for the next timer: it waits for both at once
//   - by the monitor, when nobody has asked for 10 ms
//   - when the world goes on after a stop
// The kernel tells of a change once (edge-triggered), so what it says is kept here until somebody
// uses it up.
#pragma once

#include <limits>
#include <new>

#include "runtime/coroutine.h"

namespace homeroom {

// What the runtime knows of one descriptor (Go: pollDesc). Never freed before the run ends, only
// used again: what the kernel says may be late, and a reading or writing that is tried once too
// often does no harm.
template <OperatingSystem Os>
class PollDescriptor {
public:
    // True: it has become ready since somebody was told so last. False: g waits here from now on;
    // `announce` is called before anybody can find it.
    template <class F>
    bool take_ready_or_wait(Direction direction, Coroutine<Os>& g, F announce) {
        Side& side = sides_[static_cast<std::size_t>(direction)];
        lock_.lock();
        const bool ready = side.ready;
        side.ready = false;
        if (!ready) {
            check(side.waiter == nullptr, "one coroutine at most waits to read, and one to write");
            announce();
            side.waiter = &g;
        }
        lock_.unlock();
        return ready;
    }

    // Returns who waited for it: the caller makes that one ready. Null: nobody did.
    Coroutine<Os>* make_ready(Direction direction) {
        Side& side = sides_[static_cast<std::size_t>(direction)];
        lock_.lock();
        Coroutine<Os>* waiter = std::exchange(side.waiter, nullptr);
        if (!waiter) side.ready = true;
        lock_.unlock();
        return waiter;
    }

    PollDescriptor* next = nullptr;       // in NetPoll's free list
    PollDescriptor* next_made = nullptr;  // in its list of all

private:
    struct Side {
        Coroutine<Os>* waiter = nullptr;
        bool ready = false;
    };
    typename Os::Lock lock_;
    Side sides_[2];
};

template <OperatingSystem Os>
class NetPoll {
public:
    using Handle = typename Os::Handle;
    static constexpr Nanoseconds do_not_wait = 0;
    static constexpr Nanoseconds forever = std::numeric_limits<Nanoseconds>::max();

    NetPoll() = default;
    NetPoll(const NetPoll&) = delete;
    NetPoll& operator=(const NetPoll&) = delete;
    ~NetPoll() {
        while (PollDescriptor<Os>* descriptor = made_) {
            made_ = descriptor->next_made;
            descriptor->~PollDescriptor();
            Os::deallocate(descriptor, sizeof *descriptor);
        }
    }

    // A run that watches nothing has no poller, and pays nothing. By the lock, what was opened is
    // visible to who asks next.
    bool is_open() {
        lock_.lock();
        const bool open = open_;
        lock_.unlock();
        return open;
    }

    // Null: the system refuses.
    PollDescriptor<Os>* watch(Handle handle) {
        lock_.lock();
        open_ = open_ || kernel_.open();
        const bool refused = !open_;
        PollDescriptor<Os>* descriptor = refused ? nullptr : free_;
        if (descriptor) free_ = descriptor->next;
        lock_.unlock();
        if (refused) return nullptr;
        if (!descriptor) descriptor = &make();
        if (kernel_.watch(handle, descriptor)) return descriptor;
        give_back(*descriptor);
        return nullptr;
    }
    void forget(Handle handle, PollDescriptor<Os>& descriptor) {
        kernel_.forget(handle);
        give_back(descriptor);
    }

    // Asks the kernel, and waits until it has something to say, `until`, or interrupt(). Returns
    // those who can go on, last first as Go does; the caller makes them ready.
    CoroutineList<Os> ask(Nanoseconds until) {
        ReadyDescriptor ready[128];  // Go's number
        const std::uint32_t n = kernel_.wait(until, ready, 128);
        CoroutineList<Os> list;
        for (std::uint32_t i = 0; i < n; ++i) {
            auto& descriptor = *static_cast<PollDescriptor<Os>*>(ready[i].tag);
            if (ready[i].readable) collect(list, descriptor.make_ready(Direction::read));
            if (ready[i].writable) collect(list, descriptor.make_ready(Direction::write));
        }
        return list;
    }
    void interrupt() { kernel_.interrupt(); }

    typename Os::template Atomic<std::uint32_t> waiting{0};  // coroutines that wait here
    // When somebody asked last, by run time; 0 while a machine waits in ask().
    typename Os::template Atomic<Nanoseconds> last_asked{1};

private:
    void collect(CoroutineList<Os>& list, Coroutine<Os>* g) {
        if (!g) return;
        waiting.fetch_add(~0u, relaxed);
        list.push_front(*g);
    }
    PollDescriptor<Os>& make() {
        auto& descriptor = *::new (Os::allocate(sizeof(PollDescriptor<Os>))) PollDescriptor<Os>;
        lock_.lock();
        descriptor.next_made = made_;
        made_ = &descriptor;
        lock_.unlock();
        return descriptor;
    }
    void give_back(PollDescriptor<Os>& descriptor) {
        lock_.lock();
        descriptor.next = free_;
        free_ = &descriptor;
        lock_.unlock();
    }

    typename Os::Poller kernel_;
    typename Os::Lock lock_;  // guards the rest, and the opening
    bool open_ = false;
    PollDescriptor<Os>* free_ = nullptr;
    PollDescriptor<Os>* made_ = nullptr;  // all, also those that nobody closed
};

}  // namespace homeroom
