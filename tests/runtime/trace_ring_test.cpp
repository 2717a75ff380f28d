// Tests of the trace ring: order, fullness, two threads, and a producer that scribbles.
#include "runtime/trace_ring.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace homeroom {
namespace {

constexpr std::uint64_t capacity = 8;

struct Ring {
    TraceRing ring;
    TraceRecord records[capacity];

    void push(CoroutineId g) {
        ring.push(records, capacity - 1, TraceRecord::pack(g, {EventKind::ran, 0, g, 0}));
    }
    std::vector<CoroutineId> drain() {
        std::vector<CoroutineId> out;
        ring.drain(records, capacity - 1,
                   [&](const TraceRecord& record) { out.push_back(record.g); });
        return out;
    }
};

TEST_CASE("a record keeps its event and its time") {
    std::uint64_t ticks = (std::uint64_t{1} << 48) - 5;
    Event event{EventKind::crashed, 0xfe, 0xdeadbeef, 0x12345678};
    TraceRecord record = TraceRecord::pack(ticks, event);
    CHECK(record.ticks() == ticks);
    CHECK(record.event().kind == event.kind);
    CHECK(record.event().p == event.p);
    CHECK(record.event().g == event.g);
    CHECK(record.event().arg == event.arg);
}

std::vector<std::pair<EventKind, std::uint32_t>> unfolded(const Event& event) {
    std::vector<std::pair<EventKind, std::uint32_t>> out;
    RecordUnfolder().unfold(TraceRecord::pack(7, event), [&](const TraceRecord& record) {
        CHECK(record.ticks() == 7);
        CHECK(record.event().p == event.p);
        out.emplace_back(record.event().kind, record.event().arg);
    });
    return out;
}

TEST_CASE("what was looked at is packed into one word, in order, or refused") {
    PackedLooks looks;
    CHECK(looks.note(Look::tick, 60));
    CHECK(!looks.note(Look::tick, 60));
    CHECK(looks.note(Look::next, 0));
    CHECK(looks.note(Look::local, 256));
    CHECK(!looks.note(Look::next, 1));
    CHECK(!looks.note(Look::global, 1));
    std::vector<std::pair<Look, std::uint32_t>> seen;
    looks.each([&](Look look, std::uint32_t found) { seen.emplace_back(look, found); });
    CHECK(seen == std::vector<std::pair<Look, std::uint32_t>>{
                      {Look::tick, 60}, {Look::next, 0}, {Look::local, 256}});
    CHECK((looks.word >> PackedLooks::bits) == 0);
    CHECK(!PackedLooks{}.note(Look::tick, PackedLooks::tick_max + 1));
    CHECK(!PackedLooks{}.note(Look::local, PackedLooks::local_max + 1));
}

TEST_CASE("a record unfolds into all the events that it stands for") {
    PackedLooks looks;
    looks.note(Look::tick, 3);
    looks.note(Look::next, 1);
    const std::uint32_t ran = pack_ran(Source::next, true);
    CHECK(unfolded({EventKind::ran, 2, 5, ran | looks.word << TraceRecord::looks_of_ran}) ==
          std::vector<std::pair<EventKind, std::uint32_t>>{
              {EventKind::looked, pack_look(Look::tick, no_processor, 3)},
              {EventKind::looked, pack_look(Look::next, no_processor, 1)},
              {EventKind::ran, ran}});
    CHECK(unfolded({EventKind::looked, 2, 10 + 1, TraceRecord::many_looks << 24 | looks.word}) ==
          std::vector<std::pair<EventKind, std::uint32_t>>{
              {EventKind::looked, pack_look(Look::tick, no_processor, 3)},
              {EventKind::looked, pack_look(Look::next, no_processor, 1)},
              {EventKind::looked, pack_look(Look::global, no_processor, 10)}});
    CHECK(unfolded({EventKind::yielded, 2, 5, 0}) ==
          std::vector<std::pair<EventKind, std::uint32_t>>{
              {EventKind::yielded, 0},
              {EventKind::queued, static_cast<std::uint32_t>(Queue::global)}});
    CHECK(unfolded({EventKind::yielded, 2, 5, 1}).size() == 1);  // to the own queue
}

TEST_CASE("records come out in order, over and over") {
    auto ring = std::make_unique<Ring>();
    CoroutineId next = 0;
    for (int round = 0; round < 10; ++round) {
        std::vector<CoroutineId> in;
        for (int i = 0; i < 5; ++i) {
            ring->push(next);
            in.push_back(next++);
        }
        CHECK(ring->drain() == in);
    }
    CHECK(ring->drain().empty());
    CHECK(ring->ring.lost() == 0);
}

TEST_CASE("a full ring keeps what it has, and counts what it loses") {
    auto ring = std::make_unique<Ring>();
    for (CoroutineId g = 0; g < 11; ++g) ring->push(g);
    CHECK(ring->ring.lost() == 3);
    CHECK(ring->drain() == std::vector<CoroutineId>{0, 1, 2, 3, 4, 5, 6, 7});
    ring->push(11);
    CHECK(ring->drain() == std::vector<CoroutineId>{11});
}

TEST_CASE("a reader in another thread misses nothing but what was counted as lost") {
    auto ring = std::make_unique<Ring>();
    constexpr CoroutineId count = 100'000;
    std::atomic<bool> over{false};
    std::thread producer([&] {
        for (CoroutineId g = 0; g < count; ++g) ring->push(g);
        over = true;
    });
    std::uint64_t got = 0;
    bool in_order = true, last_round = false;
    CoroutineId least = 0;
    while (!last_round) {
        last_round = over;
        for (CoroutineId g : ring->drain()) {
            in_order = in_order && g >= least;
            least = g + 1;
            ++got;
        }
    }
    producer.join();
    CHECK(in_order);
    CHECK(got + ring->ring.lost() == count);
    CHECK(got >= capacity);
}

TEST_CASE("the reader never leaves the ring, whatever a crashing producer wrote there") {
    auto ring = std::make_unique<Ring>();
    ring->push(1);
    std::memset(static_cast<void*>(&ring->ring), 0xa5, 16);  // the producer's line
    CHECK(ring->drain().size() <= capacity);
}

TEST_CASE("the measured clock runs about as fast as the monotonic one") {
    std::size_t bytes = (TraceBuffers::bytes_for(capacity) + 63) / 64 * 64;
    void* memory = std::aligned_alloc(64, bytes);
    std::memset(memory, 0, bytes);
    TraceBuffers* buffers = TraceBuffers::prepare(memory, capacity);
    while (monotonic_ns() - buffers->start_ns() < 5'000'000) {
    }
    double ticks_ns =
        static_cast<double>(read_ticks() - buffers->start_ticks()) * buffers->ns_per_tick();
    auto real_ns = static_cast<double>(monotonic_ns() - buffers->start_ns());
    CHECK(ticks_ns == doctest::Approx(real_ns).epsilon(0.05));
    CHECK(buffers->lost() == 0);
    std::free(memory);
}

}  // namespace
}  // namespace homeroom
