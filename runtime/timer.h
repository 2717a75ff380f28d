// Timers that can be stopped and set again, tickers, and functions that run later.
#pragma once

#include <functional>

#include "runtime/channel.h"

namespace homeroom {

// What BasicTimer, BasicTicker and BasicDelayed have in common: one user of a Timer in memory of
// its own, which lives until the last user is gone and no heap has it.
template <OperatingSystem Os, class Kind>
class TimerUser {
protected:
    using S = Scheduler<Os>;
    using M = Machine<Os>;

    template <class... Args>
    explicit TimerUser(Args&&... args)
        : timer_(::new (Os::allocate(sizeof(Kind))) Kind(std::forward<Args>(args)...)) {
        timer_->release = [](TimerNode<Os>& t) {
            auto* timer = static_cast<Kind*>(&t);
            timer->~Kind();
            Os::deallocate(timer, sizeof(Kind));
        };
    }
    TimerUser(TimerUser&& other) noexcept : timer_(std::exchange(other.timer_, nullptr)) {}
    TimerUser(const TimerUser&) = delete;
    TimerUser& operator=(const TimerUser&) = delete;
    TimerUser& operator=(TimerUser&&) = delete;
    ~TimerUser() {
        if (timer_) Timers<Os>::leave(*timer_);
    }

    Kind* timer_;
};

// A timer with a channel, which gets the time when the timer fires. The channel has room for one,
// and who receives may come later.
//
// As Go since 1.23, it behaves as if it had no room: after stop or reset nothing of the former
// setting is ever received. Two things see to that: what lies in the channel is taken out, and a
// firing in progress finds that its setting is outdated. Both happen under `sending`, as the
// sending itself. Lock order: sending, then the timer's, then the channel's.
template <OperatingSystem Os>
struct ChannelTimer : TimerNode<Os> {
    using Channel = BasicChannel<Os, Nanoseconds>;

    std::optional<Channel> channel{std::in_place, typename Channel::OfTimer{}};
    typename Os::Lock sending;  // `setting` changes under it

    ChannelTimer() {
        this->what = Fired::channel;
        this->fire = &send_time;
        this->end = [](TimerNode<Os>& t) { self(t).channel.reset(); };
    }

    static ChannelTimer& self(TimerNode<Os>& t) { return static_cast<ChannelTimer&>(t); }

    static void send_time(Machine<Os>&, TimerNode<Os>& t, std::uint32_t setting) {
        ChannelTimer& me = self(t);
        me.sending.lock();
        Nanoseconds now = Os::now();
        if (me.setting == setting) me.channel->try_send(now);  // full: this tick is dropped
        me.sending.unlock();
        Timers<Os>::leave(t);
    }

    bool set(Nanoseconds until, Nanoseconds every) {
        auto& m = Scheduler<Os>::machine();
        sending.lock();
        auto result = Timers<Os>::set(*this, until, every, m.processor->timers);
        if (channel->try_receive()) result.was_set = true;
        sending.unlock();
        if (result.wake) m.scheduler->wake_poller(until);
        return result.was_set;
    }
    bool unset() {
        sending.lock();
        bool was_set = Timers<Os>::stop(*this);
        if (channel->try_receive()) was_set = true;
        sending.unlock();
        return was_set;
    }
};

// Go's time.Timer: fires once. Thread-safe, but for its end.
template <OperatingSystem Os>
class BasicTimer : TimerUser<Os, ChannelTimer<Os>> {
public:
    using Channel = BasicChannel<Os, Nanoseconds>;

    // Fires so long from now; zero or less: at once.
    explicit BasicTimer(Nanoseconds duration) { this->timer_->set(Timers<Os>::after(duration), 0); }
    BasicTimer(BasicTimer&&) noexcept = default;
    ~BasicTimer() {
        if (this->timer_) this->timer_->unset();
    }

    // Waits for it; returns when it fired. For ever if it is stopped, or its time was received
    // already.
    Nanoseconds receive() { return *this->timer_->channel->receive(); }
    std::optional<Nanoseconds> try_receive() { return this->timer_->channel->try_receive(); }
    // The same channel for a select; only to receive from.
    Channel& channel() { return *this->timer_->channel; }

    // False if its time was received already, or it was stopped before. What was not yet received
    // never will be.
    bool stop() { return this->timer_->unset(); }
    // Fires so long from now instead; returns what stop() would.
    bool reset(Nanoseconds duration) { return this->timer_->set(Timers<Os>::after(duration), 0); }
};

// Go's time.Ticker: fires again and again. Ticks that nobody received in time are dropped.
template <OperatingSystem Os>
class BasicTicker : TimerUser<Os, ChannelTimer<Os>> {
public:
    using Channel = BasicChannel<Os, Nanoseconds>;

    // The first time so long from now. Throws Panic if `period` is not above zero.
    explicit BasicTicker(Nanoseconds period) { reset(period); }
    BasicTicker(BasicTicker&&) noexcept = default;
    ~BasicTicker() {
        if (this->timer_) this->timer_->unset();
    }

    Nanoseconds receive() { return *this->timer_->channel->receive(); }
    std::optional<Nanoseconds> try_receive() { return this->timer_->channel->try_receive(); }
    Channel& channel() { return *this->timer_->channel; }

    void stop() { this->timer_->unset(); }
    void reset(Nanoseconds period) {
        if (period <= 0) throw Panic("non-positive interval for NewTicker");
        this->timer_->set(Timers<Os>::after(period), period);
    }
};

// A timer that starts a function as a coroutine.
template <OperatingSystem Os>
struct FunctionTimer : TimerNode<Os> {
    std::function<void()> function;

    template <class F>
    explicit FunctionTimer(F&& f) : function(std::forward<F>(f)) {
        this->what = Fired::function;
        this->fire = [](Machine<Os>& m, TimerNode<Os>& t, std::uint32_t) {
            m.scheduler->start(m, Run{static_cast<FunctionTimer*>(&t)}, 0);
        };
        this->end = [](TimerNode<Os>& t) { static_cast<FunctionTimer&>(t).function = nullptr; };
    }

    struct Run {
        FunctionTimer* timer;
        void operator()() const {
            struct Leave {
                FunctionTimer* timer;
                ~Leave() { Timers<Os>::leave(*timer); }
            } leave{timer};
            timer->function();
        }
    };
};

// What after_func returns. Its end stops nothing.
template <OperatingSystem Os>
class BasicDelayed : TimerUser<Os, FunctionTimer<Os>> {
public:
    template <class F>
    BasicDelayed(Nanoseconds duration, F&& f)
        : TimerUser<Os, FunctionTimer<Os>>(std::forward<F>(f)) {
        reset(duration);
    }
    BasicDelayed(BasicDelayed&&) noexcept = default;

    // False if the function was started already, or stopped before. Does not wait for it.
    bool stop() { return Timers<Os>::stop(*this->timer_); }
    // Starts it so long from now, even if it ran before; returns what stop() would.
    bool reset(Nanoseconds duration) {
        auto& m = Scheduler<Os>::machine();
        const Nanoseconds when = Timers<Os>::after(duration);
        const auto result = Timers<Os>::set(*this->timer_, when, 0, m.processor->timers);
        if (result.wake) m.scheduler->wake_poller(when);
        return result.was_set;
    }
};

// Go's time.AfterFunc: f() as a coroutine of its own, so long from now.
template <OperatingSystem Os, class F>
BasicDelayed<Os> after_func(Nanoseconds duration, F&& f) {
    return BasicDelayed<Os>(duration, std::forward<F>(f));
}

}  // namespace homeroom
