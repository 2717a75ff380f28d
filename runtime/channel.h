// Channels: unbuffered and buffered, closed once; blocking is parking.
#pragma once

#include <optional>
#include <utility>

#include "runtime/runtime.h"

namespace homeroom {

// As Go's chan T (chan.go). A value goes straight from the sender to a receiver that waits; nobody
// gives way unless it must wait; who waits longest is served first. All calls from inside
// coroutines. Thread-safe. Destroy it only when nobody uses it any more.
template <OperatingSystem Os, class T>
class BasicChannel {
    using S = Scheduler<Os>;
    using M = Machine<Os>;
    using W = Waiter<Os>;

public:
    explicit BasicChannel(std::size_t capacity = 0)
        : capacity_(capacity), id_(Os::next_object_id()) {
        if (capacity_) buffer_ = static_cast<T*>(Os::allocate(capacity_ * sizeof(T)));
        tell_object<Os>(EventKind::channel_made, id_, capacity_);
    }
    // The channel of a timer (timer.h): room for one value, and all that is told of it is that its
    // timer has fired. To those who receive it looks unbuffered.
    struct OfTimer {};
    explicit BasicChannel(OfTimer) : capacity_(1), of_timer_(true), id_(Os::next_object_id()) {
        buffer_ = static_cast<T*>(Os::allocate(sizeof(T)));
    }
    BasicChannel(const BasicChannel&) = delete;
    BasicChannel& operator=(const BasicChannel&) = delete;
    ~BasicChannel() {
        while (size_) take_out();
        if (buffer_) Os::deallocate(buffer_, capacity_ * sizeof(T));
        tell(EventKind::object_ended);
    }

    // Waits until the value is received or buffered. Throws Panic if the channel is or gets closed.
    void send(T value) {
        poll();
        lock_.lock();
        if (try_send_locked(value)) return;
        M& m = S::machine();
        W w{m.running, nullptr, &value};
        senders_.push(w);
        m.scheduler->will_park(m, WaitReason::channel_send, id_);
        lock_.unlock();
        m.scheduler->suspend(m);
        if (!w.served) throw Panic("send on closed channel");
    }

    // Waits for a value. None: the channel is closed, and empty.
    std::optional<T> receive() {
        poll();
        lock_.lock();
        std::optional<T> value;
        if (try_receive_locked(value)) return value;
        M& m = S::machine();
        W w{m.running, nullptr, &value};
        receivers_.push(w);
        m.scheduler->will_park(m, of_timer_ ? WaitReason::timer : WaitReason::channel_receive, id_);
        lock_.unlock();
        m.scheduler->suspend(m);
        return value;
    }

    // Only if it need not wait. `value` is moved from when true.
    bool try_send(T& value) {
        lock_.lock();
        if (try_send_locked(value)) return true;
        lock_.unlock();
        return false;
    }
    // None: nothing there now, or closed and empty.
    std::optional<T> try_receive() {
        lock_.lock();
        std::optional<T> value;
        if (!try_receive_locked(value)) lock_.unlock();
        return value;
    }

    // Wakes all who wait: receivers get nothing, senders a Panic. Throws Panic when it is closed
    // already.
    void close() {
        lock_.lock();
        if (closed_) {
            lock_.unlock();
            throw Panic("close of closed channel");
        }
        closed_ = true;
        tell(EventKind::closed);
        // Go collects them all in a list, last in first out, and then readies from its head: so the
        // one that waited longest is readied last and runs first, from the next slot.
        W* all = nullptr;
        for (WaitQueue<Os>* queue : {&receivers_, &senders_})
            while (W* w = queue->pop()) {
                w->next = all;
                all = w;
            }
        lock_.unlock();
        while (all) {
            W* next = all->next;  // once ready, the waiter may be gone at any moment
            M& m = S::machine();
            m.scheduler->ready(m, *all->coroutine);
            all = next;
        }
    }

    std::size_t size() {
        lock_.lock();
        std::size_t size = of_timer_ ? 0 : size_;
        lock_.unlock();
        return size;
    }
    std::size_t capacity() const { return of_timer_ ? 0 : capacity_; }
    ObjectId id() const { return id_; }

private:
    // With lock_ held. True: done, and lock_ is released.
    bool try_send_locked(T& value) {
        if (closed_) {
            lock_.unlock();
            throw Panic("send on closed channel");
        }
        if (W* w = receivers_.pop()) {
            static_cast<std::optional<T>*>(w->value)->emplace(std::move(value));
            w->served = true;
            tell(EventKind::sent);
            lock_.unlock();
            M& m = S::machine();
            m.scheduler->ready(m, *w->coroutine);
            return true;
        }
        if (size_ == capacity_) return false;
        put_in(std::move(value));
        tell(EventKind::sent);
        lock_.unlock();
        return true;
    }

    // The same. Also done when closed and empty: then `value` stays empty.
    bool try_receive_locked(std::optional<T>& value) {
        W* sender = senders_.pop();
        if (size_) {
            value.emplace(take_out());
            // There was no room: the sender that waited longest takes the place that became free.
            if (sender) put_in(std::move(*static_cast<T*>(sender->value)));
        } else if (sender) {
            value.emplace(std::move(*static_cast<T*>(sender->value)));
        } else if (!closed_) {
            return false;
        }
        if (value) tell(EventKind::received);
        if (sender) sender->served = true;
        lock_.unlock();
        if (sender) {
            M& m = S::machine();
            m.scheduler->ready(m, *sender->coroutine);
        }
        return true;
    }

    void put_in(T&& value) {
        std::size_t at = first_ + size_++;
        ::new (static_cast<void*>(buffer_ + (at < capacity_ ? at : at - capacity_)))
            T(std::move(value));
    }
    T take_out() {
        T* from = buffer_ + first_;
        T value = std::move(*from);
        from->~T();
        if (++first_ == capacity_) first_ = 0;
        --size_;
        return value;
    }

    void tell(EventKind kind, Place place = Place::here()) const {
        if (!of_timer_) tell_object<Os>(kind, id_, size_, place);
    }
    static void poll() {
        M& m = S::machine();
        m.scheduler->poll(m);
    }
    typename Os::Lock lock_;
    bool closed_ = false;
    const std::size_t capacity_;
    const bool of_timer_ = false;
    std::size_t first_ = 0, size_ = 0;
    T* buffer_ = nullptr;
    WaitQueue<Os> senders_, receivers_;
    const ObjectId id_;
};

}  // namespace homeroom
