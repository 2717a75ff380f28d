// Small programs, each of which needs certain protocols of the scheduler to hold.
#include <array>

#include "runtime/channel.h"
#include "runtime/cond.h"
#include "runtime/mutex.h"
#include "runtime/once.h"
#include "runtime/run_queue.h"
#include "runtime/runtime.h"
#include "runtime/rw_mutex.h"
#include "runtime/select.h"
#include "runtime/stream.h"
#include "runtime/timer.h"
#include "runtime/wait_group.h"
#include "sim/sim_os.h"
#include "tests/explore/parts.h"

namespace homeroom::explore {
namespace {

void busy_wait() {
    Atomic<std::uint32_t> done{0};
    Go::go([&done] { done.fetch_add(1, release); });
    wait_for(done);
}

// The second helper is started by the first, which keeps its machine busy as well.
void relay() {
    Atomic<std::uint32_t> done{0};
    Go::go([&done] {
        Go::go([&done] { done.fetch_add(1, release); });
        wait_for(done);
        done.fetch_add(1, release);
    });
    wait_for(done, 2);
}

// All start at once, and end at once: the machine that takes them one by one runs out of work while
// the last of them is being announced.
void three_helpers() {
    Atomic<std::uint32_t> done{0};
    for (int i = 0; i < 3; ++i) Go::go([&done] { done.fetch_add(1, release); });
    wait_for(done, 3);
}

// Nobody steals, so machines find each other's coroutines in the global queue only. The second time
// main goes there, its own machine is kept busy until main runs again.
void busy_successor() {
    Atomic<std::uint32_t> go_on{0}, done{0};
    Go::go([] {});
    Go::yield();
    Go::go([&go_on, &done] {
        wait_for(go_on);
        done.fetch_add(1, release);
    });
    Go::yield();
    go_on.store(1, release);
    while (done.load(acquire) == 0) Go::yield();
}
Rules no_stealing() {
    Rules rules;
    rules.steal = false;
    return rules;
}

void fan_out() {
    Atomic<std::uint32_t> done{0};
    for (int i = 0; i < 5; ++i) {
        Go::go([&done] {
            Go::yield();
            Go::work(ms / 10);
            Go::yield();
            done.fetch_add(1, release);
        });
    }
    while (done.load(acquire) < 5) Go::yield();
}

void channels(Facts& facts) {
    BasicChannel<SimOs, std::uint32_t> numbers, sums(1);
    for (std::uint32_t i = 0; i < 2; ++i)
        Go::go([&numbers, i] {
            numbers.send(i + 1);
            numbers.send(10 * (i + 1));
        });
    Go::go([&numbers, &sums] {
        std::uint32_t sum = 0;
        for (int i = 0; i < 4; ++i) sum += *numbers.receive();
        sums.send(sum);
        sums.close();
    });
    while (auto sum = sums.receive()) facts.seen += *sum;
}

// The lock guards a number that is loaded and stored without any order of its own.
void mutex(Facts& facts) {
    BasicMutex<SimOs> lock;
    Atomic<std::uint32_t> number{0}, done{0};
    auto add = [&lock, &number] {
        lock.lock();
        number.store(number.load(relaxed) + 1, relaxed);
        lock.unlock();
    };
    Go::go([&add, &done] {
        add();
        add();
        done.fetch_add(1, release);
    });
    add();
    wait_for(done);
    lock.lock();
    facts.seen = number.load(relaxed);
    lock.unlock();
}

// Three who meet by select only: each sends its number to one of the others, and takes one.
void selects(Facts& facts) {
    BasicChannel<SimOs, std::uint32_t> a, b, results(3);
    for (std::uint32_t i = 0; i < 2; ++i) {
        Go::go([&a, &b, &results, i] {
            bool sent = false, received = false;
            std::uint32_t got = 0;
            while (!sent || !received) {
                auto* to = sent ? nullptr : i == 0 ? &a : &b;
                auto* from = received ? nullptr : i == 0 ? &b : &a;
                select<SimOs>(on_send(to, i + 1, [&sent] { sent = true; }),
                              on_receive(from, [&](std::optional<std::uint32_t> v) {
                                  got = *v;
                                  received = true;
                              }));
            }
            results.send(got);
        });
    }
    for (int i = 0; i < 2; ++i) facts.seen += *results.receive();
}

// Main waits at two channels: somebody tries to send on one of them, somebody closes the other. If
// the sender believes that it was served, it was, and only then.
void select_or_close(Facts& facts) {
    BasicChannel<SimOs, std::uint32_t> a, b;
    BasicWaitGroup<SimOs> all;
    bool sent = false, received = false;
    all.go([&a, &sent] {
        for (int i = 0; i < 3 && !sent; ++i) {
            std::uint32_t value = 1;
            sent = a.try_send(value);
            Go::yield();
        }
    });
    all.go([&b] { b.close(); });
    select<SimOs>(on_receive(a, [&](std::optional<std::uint32_t> v) { received = v && *v == 1; }),
                  on_receive(b));
    all.wait();
    facts.seen = sent == received ? 1 : 0;
}

// What is written under the lock must be seen as a whole; readers write, too, each its own two
// cells.
void rw_mutex(Facts& facts) {
    BasicRwMutex<SimOs> lock;
    std::array<Atomic<std::uint32_t>, 6> cells;
    Atomic<std::uint32_t> done{0};
    auto write_two = [&cells](std::size_t first) {
        cells[first].store(cells[first].load(relaxed) + 1, relaxed);
        cells[first + 1].store(cells[first + 1].load(relaxed) + 1, relaxed);
    };
    auto torn = [&cells](std::size_t first) {
        return cells[first].load(relaxed) != cells[first + 1].load(relaxed) ? 100u : 0u;
    };
    std::array<std::uint32_t, 2> wrong{};
    for (std::size_t i = 0; i < 2; ++i) {
        Go::go([&, i] {
            for (int turn = 0; turn < 2; ++turn) {
                lock.lock_shared();
                wrong[i] += torn(0);
                write_two(2 + 2 * i);
                lock.unlock_shared();
            }
            done.fetch_add(1, release);
        });
    }
    for (int turn = 0; turn < 2; ++turn) {
        lock.lock();
        write_two(0);
        facts.seen += torn(2) + torn(4);
        lock.unlock();
    }
    wait_for(done, 2);
    facts.seen += cells[0].load(relaxed) + wrong[0] + wrong[1];
}

// A ticket may be called before its owner stands in the queue.
void condition(Facts& facts) {
    BasicMutex<SimOs> lock;
    BasicCond<SimOs> changed(lock);
    std::uint32_t turn = 0;
    BasicChannel<SimOs, bool> done(2);
    for (std::uint32_t i = 0; i < 2; ++i) {
        Go::go([&, i] {
            for (int k = 0; k < 2; ++k) {
                lock.lock();
                changed.wait([&turn, i] { return turn % 3 == i; });
                ++turn;
                lock.unlock();
                changed.notify_all();
            }
            done.send(true);
        });
    }
    for (int k = 0; k < 2; ++k) {
        lock.lock();
        changed.wait([&turn] { return turn % 3 == 2; });
        ++turn;
        lock.unlock();
        changed.notify_all();
    }
    done.receive();
    done.receive();
    facts.seen = turn;
}

// What the first one does has happened before all who come by go on, also before those who find it
// done and take no lock. The record says that it changes something, and that they look at it: the
// order watch sees whether there is an order between the two.
void once(Facts& facts) {
    BasicOnce<SimOs> once;
    const ObjectId made = SimOs::next_object_id();
    Atomic<std::uint32_t> done{0}, calls{0};
    auto use = [&once, &calls, made] {
        once.call([&calls, made] {
            tell_object<SimOs>(EventKind::unlocked, made);
            calls.fetch_add(1, relaxed);
        });
        tell_object<SimOs>(EventKind::read_locked, made, 1);
    };
    Go::go([&use, &done] {
        use();
        done.fetch_add(1, release);
    });
    use();
    wait_for(done);
    facts.seen = calls.load(relaxed);
}

void wait_group(Facts& facts) {
    BasicWaitGroup<SimOs> all;
    std::array<Atomic<std::uint32_t>, 3> numbers;
    all.add(3);
    for (auto& number : numbers)
        Go::go([&all, &number] {
            number.store(1, relaxed);
            all.done();
        });
    all.wait();
    for (auto& number : numbers) facts.seen += number.load(relaxed);
}

// One machine is kept busy; one waits for an alarm that is an hour away; the third sets a nearer
// one, of which the second must hear.
void nearer_alarm() {
    Atomic<std::uint32_t> done{0};
    Go::go([] { Go::sleep_for(hour); });
    Go::go([&done] {
        Go::sleep_for(ms);
        done.fetch_add(1, release);
    });
    wait_for(done);
}

// A machine that waits for an alarm must hear that the run is over.
void end_before_alarm() {
    Atomic<std::uint32_t> done{0};
    Go::go([&done] {
        done.fetch_add(1, release);
        Go::sleep_for(hour);
    });
    wait_for(done);
}

void known_calls() {
    Atomic<std::uint32_t> done{0};
    for (int i = 0; i < 2; ++i)
        Go::go([&done] {
            Go::block_for(ms);
            done.fetch_add(1, release);
        });
    Go::block_for(2 * ms);
    wait_for(done, 2);
}

// The monitor takes the processor away from the call. Busy again afterwards, so somebody else must
// be woken.
void unknown_calls() {
    Atomic<std::uint32_t> done{0};
    for (int i = 0; i < 2; ++i)
        Go::go([&done] {
            Go::call_for(ms / 10);
            done.fetch_add(1, release);
        });
    Go::call_for(ms / 10);
    while (done.load(acquire) < 2) Go::yield();
}

// The only processor is taken away while its machine comes back: for a moment nobody has it, and
// every machine rests.
void calls_in_turn() {
    for (int i = 0; i < 4; ++i) Go::call_for(ms / 50);
}

// Two that write to one another: each waits for the other's pipe while its machine waits for an
// alarm, computes, or rests.
void pipes(Facts& facts) {
    BasicPipe<SimOs> there, back;
    Go::go([] { Go::sleep_for(ms); });
    Go::go([&there, &back] {
        char c = 0;
        while (there.reader.read(&c, 1) == 1) back.writer.write(&c, 1);
        back.writer.close();
    });
    for (char c = 1; c <= 3; ++c) {
        there.writer.write(&c, 1);
        char answer = 0;
        back.reader.read(&answer, 1);
        facts.seen += static_cast<std::uint32_t>(answer);
        if (c == 2) Go::sleep_for(ms / 10);
    }
    there.writer.close();
    char none = 0;
    facts.seen += static_cast<std::uint32_t>(10 * back.reader.read(&none, 1));
}

// A nearer deadline set from another machine than the one that has the timer in its heap, of which
// whoever waits must hear; and one that is stopped and set again.
void timers(Facts& facts) {
    BasicTimer<SimOs> timer(hour);
    Atomic<std::uint32_t> started{0};
    auto later = after_func<SimOs>(hour, [&started] { started.fetch_add(1, release); });
    Go::go([&timer] { timer.reset(ms / 10); });
    timer.receive();
    later.stop();
    Go::go([&later] { later.reset(ms / 10); });
    wait_for(started);
    facts.seen = started.load(relaxed);
}

// The number of processors changes while some are in calls, search, or are on their way.
void fewer_and_more() {
    Atomic<std::uint32_t> done{0};
    for (std::uint32_t i = 0; i < 3; ++i)
        Go::go([&done, i] {
            Go::yield();
            if (i == 1) Go::call_for(ms / 100);
            if (i == 2) Go::gomaxprocs(2);
            done.fetch_add(1, release);
        });
    Go::gomaxprocs(1);
    Go::yield();
    Go::gomaxprocs(3);
    while (done.load(acquire) < 3) Go::yield();  // who never gives way could not be stopped
}

// The run queue alone, with room for two: an owner, and a thief on another thread.
struct Queue {
    RunQueue<SimOs, std::uint32_t, 2> ring;
    std::array<std::uint32_t, 5> items{};  // how often each was taken
    std::uint32_t pushed = 0;

    void push(std::size_t item) { pushed += ring.push(&items[item]); }
    void take() {
        if (std::uint32_t* item = ring.take()) ++*item;
    }
    std::string judge() {
        for (std::size_t i = 0; i < items.size(); ++i) take();
        std::uint32_t taken = 0;
        for (std::uint32_t count : items) {
            if (count > 1) return "an item was taken twice";
            taken += count;
        }
        if (taken != pushed) return "an item was lost";
        return ring.push(&items[0]) && ring.take() ? "" : "the empty queue refuses an item";
    }
};

Body run_queue() {
    auto queue = std::make_shared<Queue>();
    return {[&q = *queue] {
                SimOs::start_thread(
                    [](void* pointer) {
                        auto& shared = *static_cast<Queue*>(pointer);
                        for (int i = 0; i < 3; ++i) shared.take();
                    },
                    &q);
                q.push(0);
                q.take();
                for (std::size_t i = 1; i < 4; ++i) q.push(i);
                q.take();
                q.push(4);
                SimOs::join_threads();
            },
            [queue] { return queue->judge(); }};
}

}  // namespace

const std::vector<Program>& programs() {
    static const std::vector<Program> all = with_order_programs({
        {"run queue", 2, false, true, {}, run_queue},
        {"busy wait", 2, false, false, {}, [] { return plain(busy_wait); }},
        {"relay", 3, false, false, {}, [] { return plain(relay); }},
        {"three helpers", 2, false, false, {}, [] { return plain(three_helpers); }},
        {"busy successor", 2, false, false, no_stealing(), [] { return plain(busy_successor); }},
        {"fan out", 3, false, false, {}, [] { return plain(fan_out); }},
        {"channels", 2, false, false, {}, [] { return judged(channels, 33); }},
        {"mutex", 2, false, false, {}, [] { return judged(mutex, 3); }},
        {"selects", 2, false, false, {}, [] { return judged(selects, 3); }},
        {"select or close", 2, false, false, {}, [] { return judged(select_or_close, 1); }},
        {"rw mutex", 3, false, false, {}, [] { return judged(rw_mutex, 2); }},
        {"condition", 2, false, false, {}, [] { return judged(condition, 6); }},
        {"once", 2, false, false, {}, [] { return judged(once, 1); }},
        {"wait group", 2, false, false, {}, [] { return judged(wait_group, 3); }},
        {"nearer alarm", 3, false, false, {}, [] { return plain(nearer_alarm); }},
        {"end before alarm", 2, false, false, {}, [] { return plain(end_before_alarm); }},
        {"known calls", 2, false, false, {}, [] { return plain(known_calls); }},
        {"unknown calls", 2, true, false, {}, [] { return plain(unknown_calls); }},
        {"pipes", 2, true, false, {}, [] { return judged(pipes, 6); }},
        {"timers", 3, false, false, {}, [] { return judged(timers, 1); }},
        {"fewer and more", 3, false, false, {}, [] { return plain(fewer_and_more); }},
        {"calls with one clipboard", 1, true, false, {}, [] { return plain(calls_in_turn); }},
    });
    return all;
}

}  // namespace homeroom::explore
