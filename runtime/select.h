// select: waits for the first of several channel operations that can be carried out.
//
//     select<Os>(on_receive(numbers, [&](std::optional<int> n) { ... }),  // none: closed
//                on_send(answers, 42, [&] { ... }),
//                otherwise([&] { ... }));                                 // none can, now
#pragma once

#include <array>
#include <functional>
#include <tuple>

#include "runtime/channel.h"

namespace homeroom {

// A wait that nobody can end; it shows in the report of a deadlock.
template <OperatingSystem Os>
[[noreturn]] void wait_for_ever(WaitReason reason) {
    auto& m = Scheduler<Os>::machine();
    m.scheduler->will_park(m, reason, 0);
    m.scheduler->suspend(m);
    broken("nobody can have woken it");
}

// One case, without its type. Used by one select only, and lies in its arguments.
template <OperatingSystem Os>
class SelectCase {
protected:
    using S = Scheduler<Os>;
    using M = Machine<Os>;
    using W = Waiter<Os>;

    explicit SelectCase(ChannelCore<Os>* channel) : channel_(channel) {}
    virtual ~SelectCase() = default;
    SelectCase(const SelectCase&) = delete;
    SelectCase& operator=(const SelectCase&) = delete;

    // With the channel's lock held, as the channel's own.
    virtual Attempt attempt(W*& partner) = 0;
    // After the wait: the case was carried out, or its channel was closed meanwhile.
    virtual Attempt waited(bool served) const = 0;

    static WaitQueue<Os>& senders(ChannelCore<Os>& channel) { return channel.senders_; }
    static WaitQueue<Os>& receivers(ChannelCore<Os>& channel) { return channel.receivers_; }

    ChannelCore<Os>* channel_;        // null: Go's nil channel, which is never ready
    WaitQueue<Os>* queue_ = nullptr;  // of the channel: where this case would wait
    W waiter_;

private:
    template <OperatingSystem, std::size_t>
    friend class SelectRun;

    typename Os::Lock& lock() { return channel_->lock_; }
    bool is_told() const { return !channel_->of_timer_; }
    // Numbers are the same in every run of the model, addresses are not; natively numbers come
    // round again after 16 million.
    static bool locked_before(const SelectCase& a, const SelectCase& b) {
        const ObjectId first = a.channel_->id(), second = b.channel_->id();
        return first != second ? first < second
                               : std::less<ChannelCore<Os>*>()(a.channel_, b.channel_);
    }
};

// As Go's selectgo (select.go). The poll order is by chance, so that of several cases which are
// always ready each gets its turn. The lock order is the same for everybody: two selects with
// channels in common do not wait for each other's locks.
template <OperatingSystem Os, std::size_t max>
class SelectRun {
    using S = Scheduler<Os>;
    using M = Machine<Os>;
    using W = Waiter<Os>;
    using Case = SelectCase<Os>;

public:
    void add(Case& one) {
        if (!one.channel_) return;
        if (first_object_ == 0 && one.is_told()) first_object_ = one.channel_->id();
        // Fisher and Yates: the newcomer takes any place, whoever was there goes to the end.
        const std::uint32_t place = Os::random(static_cast<std::uint32_t>(count_ + 1));
        poll_order_[count_] = poll_order_[place];
        poll_order_[place] = &one;
        // Sorted as it comes: selects are short.
        std::size_t at = count_++;
        for (; at > 0 && Case::locked_before(one, *lock_order_[at - 1]); --at)
            lock_order_[at] = lock_order_[at - 1];
        lock_order_[at] = &one;
    }

    // Carries one case out and returns it. Null: none can be now, and `may_wait` was false.
    Case* run(bool may_wait) {
        lock_all();
        for (std::size_t i = 0; i < count_; ++i) {
            W* partner = nullptr;
            const Attempt attempt = poll_order_[i]->attempt(partner);
            if (attempt == Attempt::must_wait) continue;
            unlock_all();
            if (partner) {
                M& m = S::machine();
                m.scheduler->ready(m, *partner->coroutine);
            }
            return checked(poll_order_[i], attempt);
        }
        if (!may_wait) {
            unlock_all();
            return nullptr;
        }
        return wait();
    }

private:
    Case* wait() {
        M& m = S::machine();
        Selection<Os> selection;
        for (std::size_t i = 0; i < count_; ++i) {
            W& w = lock_order_[i]->waiter_;
            w.coroutine = m.running;
            w.selection = &selection;
            lock_order_[i]->queue_->push(w);
        }
        m.scheduler->will_park(m, WaitReason::select, first_object_);
        unlock_all();
        m.scheduler->suspend(m);
        lock_all();
        Case* chosen = nullptr;
        for (std::size_t i = 0; i < count_; ++i) {
            Case& one = *lock_order_[i];
            if (&one.waiter_ == selection.chosen)
                chosen = &one;
            else
                one.queue_->remove(one.waiter_);
        }
        unlock_all();
        check(chosen != nullptr, "whoever wakes a select has claimed one of its cases");
        return checked(chosen, chosen->waited(chosen->waiter_.served));
    }

    static Case* checked(Case* chosen, Attempt attempt) {
        if (attempt == Attempt::closed) throw Panic("send on closed channel");
        return chosen;
    }

    // The cases of one channel stand side by side: it is locked once.
    bool same_as_before(std::size_t i) const {
        return i > 0 && lock_order_[i]->channel_ == lock_order_[i - 1]->channel_;
    }
    void lock_all() {
        for (std::size_t i = 0; i < count_; ++i)
            if (!same_as_before(i)) lock_order_[i]->lock().lock();
    }
    void unlock_all() {
        for (std::size_t i = count_; i-- > 0;)
            if (!same_as_before(i)) lock_order_[i]->lock().unlock();
    }

    std::size_t count_ = 0;  // of the cases that have a channel
    std::array<Case*, max> poll_order_, lock_order_;
    ObjectId first_object_ = 0;  // where the record says that it waits; 0: for timers only
};

struct DoNothing {
    template <class... Values>
    void operator()(Values&&...) const {}
};

template <OperatingSystem Os, class T, class F>
class ReceiveCase final : public SelectCase<Os> {
    using W = Waiter<Os>;

public:
    ReceiveCase(BasicChannel<Os, T>* channel, F then)
        : SelectCase<Os>(channel), then_(std::move(then)) {}

    static constexpr bool is_default = false;
    // Where the case lies for the length of the select is known only now.
    SelectCase<Os>& ready_to_wait() {
        if (this->channel_) this->queue_ = &this->receivers(*this->channel_);
        this->waiter_.value = &value_;
        return *this;
    }
    // As the only case: an ordinary receive.
    void alone() {
        if (!this->channel_) wait_for_ever<Os>(WaitReason::channel_nil);
        value_ = channel().receive();
    }
    void then() { then_(std::move(value_)); }

private:
    BasicChannel<Os, T>& channel() { return *static_cast<BasicChannel<Os, T>*>(this->channel_); }
    Attempt attempt(W*& partner) override { return channel().receive_locked(value_, partner); }
    Attempt waited(bool) const override { return Attempt::done; }

    std::optional<T> value_;
    F then_;
};

template <OperatingSystem Os, class T, class F>
class SendCase final : public SelectCase<Os> {
    using W = Waiter<Os>;

public:
    SendCase(BasicChannel<Os, T>* channel, T value, F then)
        : SelectCase<Os>(channel), value_(std::move(value)), then_(std::move(then)) {}

    static constexpr bool is_default = false;
    SelectCase<Os>& ready_to_wait() {
        if (this->channel_) this->queue_ = &this->senders(*this->channel_);
        this->waiter_.value = &value_;
        return *this;
    }
    void alone() {
        if (!this->channel_) wait_for_ever<Os>(WaitReason::channel_nil_send);
        channel().send(std::move(value_));
    }
    void then() { then_(); }

private:
    BasicChannel<Os, T>& channel() { return *static_cast<BasicChannel<Os, T>*>(this->channel_); }
    Attempt attempt(W*& partner) override { return channel().send_locked(value_, partner); }
    Attempt waited(bool served) const override { return served ? Attempt::done : Attempt::closed; }

    T value_;
    F then_;
};

template <class F>
struct DefaultCase {
    static constexpr bool is_default = true;
    F then_;

    void then() { then_(); }
};

// The cases. A pointer may be null, as a Go channel may be nil: that case is never ready, which
// takes it out of a select in a loop.
//
// then(std::optional<T>), without a value when the channel is closed.
template <OperatingSystem Os, class T, class F = DoNothing>
ReceiveCase<Os, T, F> on_receive(BasicChannel<Os, T>* channel, F then = {}) {
    return {channel, std::move(then)};
}
template <OperatingSystem Os, class T, class F = DoNothing>
ReceiveCase<Os, T, F> on_receive(BasicChannel<Os, T>& channel, F then = {}) {
    return {&channel, std::move(then)};
}
// then(). The value is made in any case, and moved from only when this case is carried out.
template <OperatingSystem Os, class T, class F = DoNothing>
SendCase<Os, T, F> on_send(BasicChannel<Os, T>* channel, std::type_identity_t<T> value,
                           F then = {}) {
    return {channel, std::move(value), std::move(then)};
}
template <OperatingSystem Os, class T, class F = DoNothing>
SendCase<Os, T, F> on_send(BasicChannel<Os, T>& channel, std::type_identity_t<T> value,
                           F then = {}) {
    return {&channel, std::move(value), std::move(then)};
}
// then(), when no other case can be carried out now: Go's default.
template <class F = DoNothing>
DefaultCase<F> otherwise(F then = {}) {
    return {std::move(then)};
}

// Carries out one of the cases, calls its `then` and returns its place among the arguments. If
// several can be, chance decides; if none can, waits for the first that can, unless there is an
// otherwise(). Without cases: waits for ever. Throws Panic if the case is a send and its channel is
// closed.
template <OperatingSystem Os, class... Cases>
std::size_t select(Cases&&... cases) {
    constexpr std::size_t defaults = (std::size_t{0} + ... + (Cases::is_default ? 1 : 0));
    static_assert(defaults <= 1, "one otherwise() is enough");
    constexpr std::size_t channels = sizeof...(Cases) - defaults;

    if constexpr (sizeof...(Cases) == 0) {
        wait_for_ever<Os>(WaitReason::select_no_cases);
    } else if constexpr (channels == 1 && defaults == 0) {
        (cases.alone(), ...);
        (cases.then(), ...);
        return 0;
    } else {
        auto& m = Scheduler<Os>::machine();
        m.scheduler->poll(m);
        SelectRun<Os, channels> run;
        std::array<const void*, sizeof...(Cases)> places{};
        std::size_t i = 0;
        const auto add = [&](auto& one) {
            if constexpr (!std::decay_t<decltype(one)>::is_default) {
                SelectCase<Os>& plain = one.ready_to_wait();
                places[i] = &plain;
                run.add(plain);
            }
            ++i;  // the default is the one that has no place
        };
        (add(cases), ...);
        const void* chosen = run.run(defaults == 0);
        std::size_t index = 0;
        while (places[index] != chosen) ++index;
        i = 0;
        ((i++ == index ? cases.then() : void()), ...);
        return index;
    }
}

}  // namespace homeroom
