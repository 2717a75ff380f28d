// Tests of the native record: a decision written as a whole says what its events say one by one.
#include "runtime/native_record.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <cstring>
#include <ostream>
#include <thread>
#include <utility>
#include <vector>

#include "runtime/native_os.h"
#include "runtime/tell.h"

namespace homeroom {
namespace {

struct Told {
    EventKind kind;
    std::uint32_t p;
    CoroutineId g;
    std::uint32_t arg;
    bool operator==(const Told&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Told& t) {
    return out << "(kind " << static_cast<int>(t.kind) << " p " << t.p << " g " << t.g << " arg "
               << t.arg << ")";
}

using G = Coroutine<NativeOs>;
using P = Processor<NativeOs>;

// What a thread tells while it carries out `act`, as the reader gets it; where it sat excepted.
// `records`: how many that took.
template <class Act>
std::vector<Told> recorded(std::uint64_t& records, Act act) {
    constexpr std::uint64_t capacity = 64;
    const std::size_t bytes = (TraceBuffers::bytes_for(capacity) + 63) / 64 * 64;
    void* memory = std::aligned_alloc(64, bytes);
    std::memset(memory, 0, bytes);
    TraceBuffers* buffers = TraceBuffers::prepare(memory, capacity);
    NativeOs::start_tracing(buffers);
    std::thread([&] {
        NativeOs::this_thread_is(0);
        NativeOs::trace({EventKind::ran, 2, 5, pack_ran(Source::local, false)});
        act();
        NativeOs::trace({EventKind::machine_ended, no_processor, 0, 0});
    }).join();
    NativeOs::start_tracing(nullptr);
    std::vector<Told> told;
    records = TraceReader(*buffers, capacity).drain([&](std::uint32_t, const TraceRecord& record) {
        const Event e = record.event();
        if (e.kind != EventKind::seated) told.push_back({e.kind, e.p, e.g, e.arg});
    });
    CHECK(buffers->lost() == 0);
    std::free(memory);
    return told;
}

struct People {
    P p;
    G five, six, seven;
    People() {
        p.id = 2;
        five.id = 5;
        six.id = 6;
        seven.id = 7;
    }
};

// Both ways; returns how many records each took, one by one first.
template <class Tell>
std::pair<std::uint64_t, std::uint64_t> told_alike(Tell tell) {
    People people;
    std::uint64_t single = 0, whole = 0;
    const auto one_by_one = recorded(single, [&] {
        Teller<NativeOs, Telling::maybe> teller(people.p);
        tell(people, teller);
    });
    const auto as_a_whole = recorded(whole, [&] {
        REQUIRE(NativeRecord::Decision::possible());
        Teller<NativeOs, Telling::surely> teller(people.p);
        tell(people, teller);
        teller.hush();
    });
    for (std::size_t i = 0; i < one_by_one.size() && i < as_a_whole.size(); ++i) {
        CAPTURE(i);
        CHECK(one_by_one[i] == as_a_whole[i]);
    }
    CHECK(one_by_one.size() == as_a_whole.size());
    return {single, whole};
}

void look_near(auto& teller, const P& p, std::uint32_t tick, std::uint32_t next,
               std::uint32_t local) {
    teller.look(&p, Look::tick, tick);
    teller.look(&p, Look::next, next);
    if (next == 0) teller.look(&p, Look::local, local);
}

TEST_CASE("one gives way to the next in the own queue: one record") {
    const auto [single, whole] = told_alike([](People& one, auto& teller) {
        teller.event(EventKind::yielded, &one.p, &one.five);
        teller.queued(&one.p, one.five, Queue::global);
        look_near(teller, one.p, 60, 0, 256);
        teller.event(EventKind::ran, &one.p, &one.six, pack_ran(Source::local, false));
    });
    CHECK(whole == single - 1);
}

TEST_CASE("one gives way, and a batch comes from the global queue: a record for each besides") {
    const auto [single, whole] = told_alike([](People& one, auto& teller) {
        teller.event(EventKind::preempted, &one.p, &one.five);
        teller.queued(&one.p, one.five, Queue::global);
        look_near(teller, one.p, 3, 0, 0);
        teller.look(&one.p, Look::global, 70'000);
        teller.queued(&one.p, one.seven, Queue::local);
        teller.queued(&one.p, one.five, Queue::local);
        teller.event(EventKind::refilled, &one.p, nullptr, 3);
        teller.event(EventKind::ran, &one.p, &one.six, pack_ran(Source::global, false));
    });
    CHECK(whole == single - 3);
}

TEST_CASE("one ends, and who was readied last runs in its slice") {
    told_alike([](People& one, auto& teller) {
        teller.event(EventKind::ended, &one.p, &one.five, 0);
        look_near(teller, one.p, 0, 1, 0);
        teller.event(EventKind::ran, &one.p, &one.six, pack_ran(Source::next, true));
    });
}

TEST_CASE("main ends and the run goes on: said in words of its own") {
    told_alike([](People& one, auto& teller) {
        teller.event(EventKind::ended, &one.p, &one.five, 1);
        look_near(teller, one.p, 0, 1, 0);
        teller.event(EventKind::ran, &one.p, &one.six, pack_ran(Source::next, true));
    });
}

TEST_CASE("who gives way is not who is said to run: nothing is guessed") {
    told_alike([](People& one, auto& teller) {
        teller.event(EventKind::yielded, &one.p, &one.seven);
        teller.queued(&one.p, one.seven, Queue::global);
        look_near(teller, one.p, 1, 0, 1);
        teller.event(EventKind::ran, &one.p, &one.six, pack_ran(Source::local, false));
    });
}

TEST_CASE("looks that do not fit, or come in another order") {
    told_alike([](People& one, auto& teller) {
        teller.event(EventKind::yielded, &one.p, &one.five);
        teller.queued(&one.p, one.five, Queue::global);
        teller.look(&one.p, Look::tick, 1'000);  // a lesson's tick interval may be long
        teller.look(&one.p, Look::next, 0);
        teller.look(&one.p, Look::local, 600);
        teller.look(&one.p, Look::global, 1);
        teller.event(EventKind::ran, &one.p, &one.six, pack_ran(Source::global, false));
    });
}

TEST_CASE("a decision that is broken off, whatever was told before, loses nothing") {
    for (int parts = 1; parts <= 6; ++parts) {
        CAPTURE(parts);
        told_alike([parts](People& one, auto& teller) {
            teller.event(EventKind::yielded, &one.p, &one.five);
            teller.queued(&one.p, one.five, Queue::global);
            if (parts > 1) teller.look(&one.p, Look::tick, 7);
            if (parts > 2) teller.look(&one.p, Look::next, 0);
            if (parts > 3) teller.look(&one.p, Look::local, 0);
            if (parts > 4) teller.look(&one.p, Look::global, 2);
            if (parts > 5) {
                teller.queued(&one.p, one.seven, Queue::local);
                teller.event(EventKind::refilled, &one.p, nullptr, 2);
            }
            teller.hush();
            NativeOs::trace({EventKind::readied, 2, 6, 0});
            teller.event(EventKind::ran, &one.p, &one.six, pack_ran(Source::global_tick, false));
        });
    }
}

TEST_CASE("looks without an end go with the next record") {
    told_alike([](People& one, auto& teller) {
        look_near(teller, one.p, 5, 0, 0);
        teller.look(&one.p, Look::global, 0);
        teller.hush();
        NativeOs::trace({EventKind::looked, 2, 0, pack_look(Look::may_spin, no_processor, 1)});
    });
}

}  // namespace
}  // namespace homeroom
