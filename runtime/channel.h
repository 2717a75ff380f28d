// Channels: unbuffered and buffered, closed once; blocking is parking.
#pragma once

#include <optional>
#include <utility>

#include "runtime/runtime.h"
#include "runtime/wait_queue.h"

namespace homeroom {

template <OperatingSystem Os>
class SelectCase;

// How a try to send or receive ended.
enum class Attempt : std::uint8_t {
    done,
    must_wait,
    closed,  // a send only: the channel is closed
};

// What a channel is, whatever it carries.
template <OperatingSystem Os>
class ChannelCore {
public:
    ChannelCore(const ChannelCore&) = delete;
    ChannelCore& operator=(const ChannelCore&) = delete;
    ObjectId id() const { return id_; }

protected:
    using W = Waiter<Os>;

    explicit ChannelCore(bool of_timer) : of_timer_(of_timer), id_(Os::next_object_id()) {}
    ~ChannelCore() = default;

    // Of a waiter that was taken out of its queue: its wait ends with a value given or taken.
    void serve(W& w) {
        w.served = true;
        if (Os::tracing() && !of_timer_) {
            if (auto* m = static_cast<Machine<Os>*>(Os::self()))
                tell<Os>(EventKind::served, m->processor, w.coroutine, pack_object(id_, 0),
                         Place::here());
        }
        note_place(w);
    }
    // A select may be told in the record to wait elsewhere; now it is known where its wait ends.
    void note_place(W& w) {
        if (w.selection) w.coroutine->wait_object = of_timer_ ? 0 : id_;
    }

    typename Os::Lock lock_;
    bool closed_ = false;                // what follows is guarded by the lock
    WaitQueue<Os> senders_, receivers_;  // at least one of them is empty of those who still wait
    const bool of_timer_;  // timer.h: nothing is told of it but that its timer has fired
    const ObjectId id_;

    friend class SelectCase<Os>;
};

// As Go's chan T (chan.go). A value goes straight from the sender to a receiver that waits; nobody
// gives way unless it must wait; who waits longest is served first. All calls from inside
// coroutines. Thread-safe. Destroy it only when nobody uses it any more.
template <OperatingSystem Os, class T>
class BasicChannel : public ChannelCore<Os> {
    using S = Scheduler<Os>;
    using M = Machine<Os>;
    using W = Waiter<Os>;

public:
    explicit BasicChannel(std::size_t capacity = 0) : ChannelCore<Os>(false), capacity_(capacity) {
        if (capacity_) buffer_ = static_cast<T*>(Os::allocate(capacity_ * sizeof(T)));
        tell_object<Os>(EventKind::channel_made, id_, capacity_);
    }
    // The channel of a timer: room for one value, but to those who receive it looks unbuffered.
    struct OfTimer {};
    explicit BasicChannel(OfTimer) : ChannelCore<Os>(true), capacity_(1) {
        buffer_ = static_cast<T*>(Os::allocate(sizeof(T)));
    }
    ~BasicChannel() {
        while (size_) take_out();
        if (buffer_) Os::deallocate(buffer_, capacity_ * sizeof(T));
        tell(EventKind::object_ended);
    }

    // Both are inlined wherever they are used: when a coroutine goes on, a return would be
    // predicted by the calls that the other one made, and wrongly (a fifth of the time of a round
    // trip).

    // Waits until the value is received or buffered. Throws Panic if the channel is or gets closed.
    [[gnu::always_inline]] void send(T value) {
        poll();
        lock_.lock();
        W* partner = nullptr;
        const Attempt attempt = send_locked(value, partner);
        if (attempt != Attempt::must_wait) return finish_send(attempt, partner);
        M& m = S::machine();
        W w{m.running, &value};
        senders_.push(w);
        m.scheduler->will_park(m, WaitReason::channel_send, id_);
        lock_.unlock();
        m.scheduler->suspend(m);
        if (!w.served) throw Panic(closed_text);
    }

    // Waits for a value. None: the channel is closed, and empty.
    [[gnu::always_inline]] std::optional<T> receive() {
        poll();
        lock_.lock();
        std::optional<T> value;
        W* partner = nullptr;
        if (receive_locked(value, partner) == Attempt::done) {
            release(partner);
            return value;
        }
        M& m = S::machine();
        W w{m.running, &value};
        receivers_.push(w);
        m.scheduler->will_park(m, of_timer_ ? WaitReason::timer : WaitReason::channel_receive, id_);
        lock_.unlock();
        m.scheduler->suspend(m);
        return value;
    }

    // Only if it need not wait. `value` is moved from when true. Throws Panic if it is closed.
    bool try_send(T& value) {
        lock_.lock();
        W* partner = nullptr;
        const Attempt attempt = send_locked(value, partner);
        finish_send(attempt, partner);
        return attempt == Attempt::done;
    }
    // None: nothing there now, or closed and empty.
    std::optional<T> try_receive() {
        lock_.lock();
        std::optional<T> value;
        W* partner = nullptr;
        receive_locked(value, partner);
        release(partner);
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
                this->note_place(*w);
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

private:
    template <OperatingSystem, class, class>
    friend class ReceiveCase;
    template <OperatingSystem, class, class>
    friend class SendCase;
    using ChannelCore<Os>::lock_, ChannelCore<Os>::closed_, ChannelCore<Os>::of_timer_;
    using ChannelCore<Os>::senders_, ChannelCore<Os>::receivers_, ChannelCore<Os>::id_;
    static constexpr const char* closed_text = "send on closed channel";

    // Both with lock_ held. When done, `partner`, unless null, must be made ready after lock_ is
    // released.
    [[gnu::always_inline]] Attempt send_locked(T& value, W*& partner) {
        if (closed_) return Attempt::closed;
        partner = receivers_.pop();
        if (partner) {
            static_cast<std::optional<T>*>(partner->value)->emplace(std::move(value));
            this->serve(*partner);
        } else if (size_ < capacity_) {
            put_in(std::move(value));
        } else {
            return Attempt::must_wait;
        }
        tell(EventKind::sent);
        return Attempt::done;
    }

    // Also done when closed and empty: then `value` stays empty.
    [[gnu::always_inline]] Attempt receive_locked(std::optional<T>& value, W*& partner) {
        partner = senders_.pop();
        if (size_) {
            value.emplace(take_out());
            // There was no room: the sender that waited longest takes the place that became free.
            if (partner) put_in(std::move(*static_cast<T*>(partner->value)));
        } else if (partner) {
            value.emplace(std::move(*static_cast<T*>(partner->value)));
        } else {
            if (closed_) tell(EventKind::acquired);
            return closed_ ? Attempt::done : Attempt::must_wait;
        }
        if (partner) this->serve(*partner);
        tell(EventKind::received);
        return Attempt::done;
    }

    // Releases lock_.
    void release(W* partner) {
        lock_.unlock();
        if (!partner) return;
        M& m = S::machine();
        m.scheduler->ready(m, *partner->coroutine);
    }
    void finish_send(Attempt attempt, W* partner) {
        release(partner);
        if (attempt == Attempt::closed) throw Panic(closed_text);
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

    const std::size_t capacity_;
    std::size_t first_ = 0, size_ = 0;
    T* buffer_ = nullptr;
};

}  // namespace homeroom
