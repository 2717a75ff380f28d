// Tests of the real world below the scheduler: parking, the lock, clocks and pace, threads, chance,
// records.
#include "runtime/native_os.h"

#include <doctest/doctest.h>
#include <sched.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <set>
#include <thread>
#include <vector>

namespace homeroom {
namespace {

TEST_CASE("an early unpark is remembered, once") {
    NativeOs::Parker parker;
    parker.unpark();
    parker.unpark();
    parker.park();  // would hang
    CHECK(!parker.park_until(NativeOs::now() + 1'000'000));
}

TEST_CASE("park_until says whether it was woken or the time came") {
    NativeOs::Parker parker;
    Nanoseconds deadline = NativeOs::now() + 2'000'000;
    CHECK(!parker.park_until(deadline));
    CHECK(NativeOs::now() >= deadline);
    parker.unpark();
    CHECK(parker.park_until(NativeOs::now() + 3'600'000'000'000));
    CHECK(!parker.park_until(0));  // long past
}

// Aim: no wake-up is lost and what the waker wrote is seen. Method: two threads hand a turn to and
// fro.
TEST_CASE("two threads wake each other in turn") {
    constexpr int rounds = 2'000;
    NativeOs::Parker ping, pong;
    int turns = 0;  // guarded by nothing but the hand-over
    std::thread other([&] {
        for (int i = 0; i < rounds; ++i) {
            ping.park();
            ++turns;
            pong.unpark();
        }
    });
    for (int i = 0; i < rounds; ++i) {
        ++turns;
        ping.unpark();
        if (i % 2 == 0) {
            pong.park();
        } else {
            while (!pong.park_until(NativeOs::now() + 1'000)) {
            }
        }
    }
    other.join();
    CHECK(turns == 2 * rounds);
}

TEST_CASE("the lock lets one in at a time") {
    NativeOs::Lock lock;
    long sum = 0;
    auto add = [&] {
        for (int i = 0; i < 20'000; ++i) {
            lock.lock();
            ++sum;
            lock.unlock();
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(add);
    for (std::thread& thread : threads) thread.join();
    CHECK(sum == 80'000);
}

TEST_CASE("compute takes as long as asked, and stops when told to") {
    NativeOs::Atomic<bool> stop{false};
    Nanoseconds before = NativeOs::now();
    CHECK(NativeOs::compute(3'000'000, stop) == 3'000'000);
    CHECK(NativeOs::now() - before >= 3'000'000);
    stop.store(true, relaxed);
    CHECK(NativeOs::compute(3'000'000, stop) == 0);
}

struct ClockGuard {
    explicit ClockGuard(PacedClock* clock) { NativeOs::use_clock(clock); }
    ~ClockGuard() { NativeOs::use_clock(nullptr); }
};

TEST_CASE("at a pace of 10, a millisecond of the run takes ten") {
    PacedClock clock;
    clock.start(10);
    ClockGuard guard(&clock);
    NativeOs::Atomic<bool> stop{false};
    std::int64_t real = monotonic_ns();
    NativeOs::compute(500'000, stop);
    NativeOs::block_for(500'000);
    NativeOs::Parker parker;
    CHECK(!parker.park_until(NativeOs::now() + 500'000));
    CHECK(monotonic_ns() - real >= 15'000'000);
}

TEST_CASE("a change of pace does not make time jump, and stopped time stands still") {
    PacedClock clock;
    clock.start(1);
    Nanoseconds a = clock.now();
    clock.change(1000);
    Nanoseconds b = clock.now();
    clock.change(PacedClock::stopped);
    Nanoseconds c = clock.now();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    Nanoseconds d = clock.now();
    clock.change(1);
    Nanoseconds e = clock.now();
    CHECK(a <= b);
    CHECK(b <= c);
    CHECK(c == d);
    CHECK(d <= e);
    CHECK(e < 3'600'000'000'000);
}

TEST_CASE("a sleeper notices that the pace has changed") {
    PacedClock clock;
    clock.start(1e9);  // a sleep that would take years
    ClockGuard guard(&clock);
    std::thread sleeper([] { NativeOs::block_for(1'000'000); });
    clock.change(1);
    sleeper.join();
    CHECK(clock.now() >= 1'000'000);
}

TEST_CASE("threads start with their argument and an own self, and are joined") {
    struct Seen {
        std::atomic<int> ran{0};
        std::atomic<int> right{0};
    } seen;
    for (int i = 0; i < 8; ++i) {
        REQUIRE(NativeOs::start_thread(
            [](void* argument) {
                auto* s = static_cast<Seen*>(argument);
                int own = 0;
                if (NativeOs::self() == nullptr) s->right.fetch_add(1);
                NativeOs::set_self(&own);
                sched_yield();
                if (NativeOs::self() == &own) s->right.fetch_add(1);
                s->ran.fetch_add(1);
            },
            &seen));
    }
    NativeOs::join_threads();
    CHECK(seen.ran == 8);
    CHECK(seen.right == 16);
}

// Aim: the machine of a flow is asked anew after a switch. Method: one function asks before and
// after, and the flow goes on on another thread in between.
TEST_CASE("self() is the new thread's after a flow has moved") {
    struct Move {
        Context flow, first, second;
        void* seen[2] = {};
        void* memory = std::aligned_alloc(64, 256 * 1024);
        ~Move() {
            forget_context(flow);
            std::free(memory);
        }
    } move;
    make_context(
        move.flow, move.memory, 256 * 1024,
        [](void* argument) {
            context_entered();
            auto* m = static_cast<Move*>(argument);
            m->seen[0] = NativeOs::self();
            NativeOs::switch_to(m->flow, m->first);
            m->seen[1] = NativeOs::self();
            leave_context(m->flow, m->second);
        },
        &move);
    int one = 1, two = 2;
    adopt_context(move.first);
    NativeOs::set_self(&one);
    NativeOs::switch_to(move.first, move.flow);
    std::thread other([&] {
        adopt_context(move.second);
        NativeOs::set_self(&two);
        NativeOs::switch_to(move.second, move.flow);
    });
    other.join();
    NativeOs::set_self(nullptr);
    CHECK(move.seen[0] == &one);
    CHECK(move.seen[1] == &two);
}

TEST_CASE("chance repeats with its seed, and stays below the bound") {
    auto draw = [](std::uint64_t seed) {
        NativeOs::seed(seed);
        std::vector<std::uint32_t> values;
        for (int i = 0; i < 100; ++i) values.push_back(NativeOs::random(10));
        return values;
    };
    std::vector<std::uint32_t> values = draw(7);
    CHECK(values == draw(7));
    CHECK(values != draw(8));
    CHECK(std::set<std::uint32_t>(values.begin(), values.end()).size() == 10);
    for (std::uint32_t value : values) CHECK(value < 10);
}

TEST_CASE("memory is aligned, and large pieces come zeroed") {
    for (std::size_t bytes : {std::size_t{1}, std::size_t{100}, std::size_t{3} << 20}) {
        CAPTURE(bytes);
        void* memory = NativeOs::allocate(bytes);
        CHECK(reinterpret_cast<std::uintptr_t>(memory) % 64 == 0);
        if (bytes >= NativeOs::mapped_from_bytes) {
            CHECK(static_cast<unsigned char*>(memory)[bytes - 1] == 0);
        }
        static_cast<unsigned char*>(memory)[bytes - 1] = 1;
        NativeOs::deallocate(memory, bytes);
    }
}

TEST_CASE("no object has the number 0, and no two the same") {
    ObjectId a = NativeOs::next_object_id();
    ObjectId b = NativeOs::next_object_id();
    CHECK(a != 0);
    CHECK(b != 0);
    CHECK(a != b);
}

TEST_CASE("what a thread traces is in the ring of its machine, and so is where it sits") {
    constexpr std::uint64_t capacity = 16;
    std::size_t bytes = TraceBuffers::bytes_for(capacity);
    void* memory = std::aligned_alloc(64, (bytes + 63) / 64 * 64);
    std::memset(memory, 0, bytes);
    TraceBuffers* buffers = TraceBuffers::prepare(memory, capacity);
    NativeOs::start_tracing(buffers);
    CHECK(NativeOs::tracing());
    std::thread machine([] {
        NativeOs::this_thread_is(3);
        NativeOs::trace({EventKind::processor_acquired, 1, 0, 0});
        NativeOs::trace({EventKind::looked, 1, 0, pack_look(Look::next, 0, 1)});
        NativeOs::trace({EventKind::ran, 1, 5, pack_ran(Source::next, false)});
        NativeOs::trace({EventKind::machine_parked, no_processor, 0, 0});
        NativeOs::block_for(1'000);
        NativeOs::trace({EventKind::machine_ended, no_processor, 0, 0});
    });
    std::thread beyond([] {
        NativeOs::this_thread_is(TraceBuffers::machines_max);
        NativeOs::trace({EventKind::machine_parked, no_processor, 0, 0});
    });
    std::thread monitor([] {
        NativeOs::this_thread_is(monitor_thread);
        NativeOs::trace({EventKind::preempt_asked, 1, 5, 0});
    });
    machine.join();
    beyond.join();
    monitor.join();
    NativeOs::start_tracing(nullptr);
    CHECK(!NativeOs::tracing());

    std::vector<TraceRecord> records;
    TraceReader(*buffers, capacity).drain([&](std::uint32_t ring, const TraceRecord& record) {
        if (ring == 3) records.push_back(record);
    });
    REQUIRE(records.size() == 8);
    CHECK(records[0].event().kind == EventKind::seated);
    CHECK(records[1].event().kind == EventKind::processor_acquired);
    CHECK(records[2].event().kind == EventKind::looked);
    CHECK(records[3].event().kind == EventKind::ran);
    CHECK(records[3].event().g == 5);
    CHECK(records[3].ticks() == records[1].ticks());  // one reading of the clock for the three
    CHECK(records[4].event().kind == EventKind::machine_parked);
    CHECK(records[5].event().kind == EventKind::unseated);
    CHECK(records[5].event().p == static_cast<std::uint8_t>(Unseat::blocked));
    CHECK(records[6].event().kind == EventKind::seated);
    CHECK(records[7].event().kind == EventKind::machine_ended);
    CHECK(buffers->lost() == 1);
    CHECK(buffers->ring(TraceBuffers::monitor_ring).written() == 1);
    std::free(memory);
}

}  // namespace
}  // namespace homeroom
