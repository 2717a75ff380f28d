// What the actions of a random program do, and what must be true of each; in either world.
#pragma once

#include <array>
#include <atomic>
#include <optional>

#include "runtime/channel.h"
#include "runtime/mutex.h"
#include "runtime/runtime.h"
#include "runtime/select.h"
#include "runtime/stream.h"
#include "runtime/timer.h"
#include "runtime/wait_group.h"
#include "sim/random_task.h"

namespace homeroom::sim {

// Plays a task. Lies on the main coroutine's stack.
template <OperatingSystem Os>
class RandomActions {
    using Go = Runtime<Os>;
    using Kind = Action::Kind;
    using Numbers = BasicChannel<Os, std::uint32_t>;
    static constexpr Nanoseconds hour = 3'600'000'000'000;
    // Clocks of two cores of the model differ by what their last accesses cost.
    static constexpr Nanoseconds skew = 1'000;

public:
    explicit RandomActions(RandomFacts& facts) : facts_(facts) {}

    // What the main coroutine does; `task` outlives it.
    void main(const Task& task) {
        run(task);
        detached_.wait();
    }

private:
    void run_mutex(const Action& action) {
        BasicMutex<Os>& lock = locks_[action.number];
        bool& owned = facts_.owned[action.number];
        if (!action.tries)
            lock.lock();
        else if (!lock.try_lock())
            return;
        if (owned) facts_.fail("a mutex has two owners");
        owned = true;
        run(action.inner);
        owned = false;
        lock.unlock();
    }

    void run_group(const Action& action) {
        BasicWaitGroup<Os> all;
        for (const Task& child : action.children)
            all.go([&child, this] {
                run(child);
                facts_.ended.fetch_add(1, relaxed);
            });
        run(action.inner);
        all.wait();
    }

    // When something began and ended, by a clock that only counts.
    struct Interval {
        std::uint32_t from = 0, to = 0;
        bool before(const Interval& other) const { return to < other.from; }
    };
    // Of a channel that all values have gone through, by value.
    struct History {
        std::array<Interval, senders_max * values_max> sent{}, received{};
    };

    // Is there an order of the single operations, each at some moment between its beginning and its
    // end, in which it is a queue? For a queue without failing operations there is unless one of
    // these three goes wrong (Henzinger and others, "Aspect-Oriented Linearizability Proofs",
    // 2013): a value is received twice, which is seen elsewhere, before it is sent, or before one
    // that was sent earlier.
    bool linearizable(const History& history, const Action& action) {
        const auto is_there = [&](std::uint32_t value) {
            return value / values_max < action.senders && value % values_max < action.values;
        };
        const auto count = static_cast<std::uint32_t>(history.sent.size());
        for (std::uint32_t a = 0; a < count; ++a) {
            if (!is_there(a)) continue;
            if (history.received[a].before(history.sent[a])) return false;
            for (std::uint32_t b = 0; b < count; ++b)
                if (is_there(b) && history.sent[a].before(history.sent[b]) &&
                    history.received[b].before(history.received[a]))
                    return false;
        }
        return true;
    }
    std::uint32_t tick() { return clock_.fetch_add(1); }

    // A value says who sent it, and as which.
    void run_channel(const Action& action) {
        Numbers channel(action.number);
        History history;
        BasicWaitGroup<Os> sending, receiving;
        std::array<std::atomic<std::uint32_t>, senders_max> arrived{};  // a bit for each value
        const auto first_receiver = action.children.begin() + action.senders;
        for (auto child = first_receiver; child != action.children.end(); ++child)
            receiving.go([&pace = *child, &channel, &arrived, &history, this] {
                std::array<std::uint32_t, senders_max> next{};
                for (;;) {
                    const std::uint32_t from = tick();
                    const auto value = channel.receive();
                    if (!value) break;
                    history.received[*value] = {from, tick()};
                    const std::uint32_t sender = *value / values_max, i = *value % values_max;
                    if (i < next[sender]) facts_.fail("a channel delivers out of order");
                    next[sender] = i + 1;
                    if (arrived[sender].fetch_or(1u << i, relaxed) & 1u << i)
                        facts_.fail("a channel delivers twice");
                    run(pace);
                }
                facts_.ended.fetch_add(1, relaxed);
            });
        for (std::uint32_t sender = 0; sender < action.senders; ++sender)
            sending.go([&action, &channel, &history, this, sender] {
                for (std::uint32_t i = 0; i < action.values; ++i) {
                    const std::uint32_t value = sender * values_max + i, from = tick();
                    channel.send(value);
                    history.sent[value] = {from, tick()};
                    run(action.children[sender]);
                }
                facts_.ended.fetch_add(1, relaxed);
            });
        sending.wait();
        channel.close();
        receiving.wait();
        for (std::uint32_t sender = 0; sender < action.senders; ++sender)
            if (arrived[sender] != (1u << action.values) - 1)
                facts_.fail("a channel loses a value");
        if (!linearizable(history, action)) facts_.fail("a channel is not linearizable");
    }

    // Both channels are drained in the order in which each was filled.
    void run_select(const Action& action) {
        std::array<std::optional<Numbers>, 2> channels;
        for (auto& channel : channels) channel.emplace(action.number);
        BasicWaitGroup<Os> all;
        for (std::size_t sender = 0; sender < 2; ++sender)
            all.go([&action, &channel = *channels[sender], &pace = action.children[sender], this] {
                for (std::uint32_t i = 0; i < action.values; ++i) {
                    channel.send(i);
                    run(pace);
                }
                channel.close();
                facts_.ended.fetch_add(1, relaxed);
            });
        all.go([&action, &channels, this] {
            std::array<std::uint32_t, 2> next{};
            std::array<Numbers*, 2> open = {&*channels[0], &*channels[1]};
            while (open[0] || open[1]) {
                auto took = [&](std::size_t from, std::optional<std::uint32_t> value) {
                    if (!value) {
                        open[from] = nullptr;
                    } else if (*value != next[from]++) {
                        facts_.fail("a select receives out of order");
                    }
                };
                select<Os>(
                    on_receive(open[0], [&](std::optional<std::uint32_t> v) { took(0, v); }),
                    on_receive(open[1], [&](std::optional<std::uint32_t> v) { took(1, v); }));
                run(action.children[2]);
            }
            if (next[0] != action.values || next[1] != action.values)
                facts_.fail("a select loses a value");
            facts_.ended.fetch_add(1, relaxed);
        });
        all.wait();
    }

    void run_pipe(const Action& action) {
        BasicPipe<Os> pipe;
        BasicWaitGroup<Os> all;
        all.go([&action, &pipe, this] {
            for (std::uint32_t i = 0; i < action.values; ++i) {
                const auto byte = static_cast<char>(i);
                pipe.writer.write(&byte, 1);
                run(action.children[0]);
            }
            pipe.writer.close();
            facts_.ended.fetch_add(1, relaxed);
        });
        all.go([&action, &pipe, this] {
            std::uint32_t next = 0;
            for (char byte = 0; pipe.reader.read(&byte, 1) == 1; ++next) {
                if (byte != static_cast<char>(next)) facts_.fail("a pipe delivers out of order");
                run(action.children[1]);
            }
            if (next != action.values) facts_.fail("a pipe loses a byte");
            facts_.ended.fetch_add(1, relaxed);
        });
        all.wait();
    }

    // Who is tied stays on its thread, and nobody else comes there.
    void run_tied(const Action& action) {
        Go::lock_os_thread();
        const std::uint32_t machine = Scheduler<Os>::machine().id;
        for (const Action& each : action.inner) {
            run({each});
            if (Scheduler<Os>::machine().id != machine)
                facts_.fail("a tied coroutine changes its thread");
        }
        Go::unlock_os_thread();
    }

    void run_timer(const Action& action) {
        const Nanoseconds set = Go::now();
        BasicTimer<Os> timer(action.number == 1 ? hour : action.duration);
        run(action.inner);
        if (action.number == 2) {
            timer.stop();  // whether it has fired or not: nothing is received any more
            return;
        }
        if (action.number == 1) timer.reset(action.duration);
        timer.receive();
        if (Go::now() + skew < set + action.duration) facts_.fail("a timer fires early");
    }

    // The child runs if it was not stopped in time, and only then.
    void run_later(const Action& action) {
        detached_.add(1);
        auto later = after_func<Os>(action.duration, [&child = action.children[0], this] {
            run(child);
            facts_.ended.fetch_add(1, relaxed);
            detached_.done();
        });
        run(action.inner);
        if (!later.stop()) return;
        facts_.ended.fetch_add(1, relaxed);  // of whom nobody need come to an end
        detached_.done();
    }

    void run_spin(const Action& action) {
        typename Os::template Atomic<bool> done{false};
        Go::go([&action, this, &done] {
            run(action.children[0]);
            facts_.ended.fetch_add(1, relaxed);
            done.store(true, release);
        });
        while (!done.load(acquire)) Os::pause();
    }

    void run_sleep(Nanoseconds duration) {
        const Nanoseconds until = Go::now() + duration;
        Go::sleep_for(duration);
        if (Go::now() + skew < until) facts_.fail("a sleeper is woken early");
    }

    void run(const Task& task) {
        for (const Action& action : task) {
            switch (action.kind) {
                case Kind::yield:
                    Go::yield();
                    break;
                case Kind::work:
                    Go::work(action.duration);
                    break;
                case Kind::sleep:
                    run_sleep(action.duration);
                    break;
                case Kind::call:
                    Go::call_for(action.duration);
                    break;
                case Kind::block:
                    Go::block_for(action.duration);
                    break;
                case Kind::mutex:
                    run_mutex(action);
                    break;
                case Kind::group:
                    run_group(action);
                    break;
                case Kind::detach:
                    detached_.go([&child = action.children[0], this] {
                        run(child);
                        facts_.ended.fetch_add(1, relaxed);
                    });
                    break;
                case Kind::processors:
                    Go::gomaxprocs(action.number);
                    break;
                case Kind::tie:
                    run_tied(action);
                    break;
                case Kind::timer:
                    run_timer(action);
                    break;
                case Kind::later:
                    run_later(action);
                    break;
                case Kind::channel:
                    run_channel(action);
                    break;
                case Kind::select:
                    run_select(action);
                    break;
                case Kind::pipe:
                    run_pipe(action);
                    break;
                case Kind::spin:
                    run_spin(action);
                    break;
            }
        }
    }

    RandomFacts& facts_;
    std::atomic<std::uint32_t> clock_{1};
    std::array<BasicMutex<Os>, mutexes> locks_;
    BasicWaitGroup<Os> detached_;
};

}  // namespace homeroom::sim
