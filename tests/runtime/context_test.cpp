// Tests of the context switch: order, alignment, saved registers, exceptions, reuse, other threads.
#include "runtime/context.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace homeroom {
namespace {

// A flow with a stack of its own that runs `body` and is left for good at its end.
struct Flow {
    static constexpr std::size_t bytes = 256 * 1024;  // the sanitizers' frames are large

    Context context;
    Context* back = nullptr;
    std::function<void()> body;
    bool done = false;
    void* memory = std::aligned_alloc(64, bytes);

    explicit Flow(std::function<void()> f) : body(std::move(f)) {
        make_context(context, memory, bytes, &Flow::enter, this);
    }
    Flow(const Flow&) = delete;
    Flow& operator=(const Flow&) = delete;
    ~Flow() {
        forget_context(context);
        std::free(memory);
    }
    void again(std::function<void()> f) {
        body = std::move(f);
        done = false;
        make_context(context, memory, bytes, &Flow::enter, this);
    }
    void resume(Context& from) {
        back = &from;
        switch_context(from, context);
    }
    void pause() { switch_context(context, *back); }
    static void enter(void* self) {
        context_entered();
        auto* flow = static_cast<Flow*>(self);
        flow->body();
        flow->done = true;
        leave_context(flow->context, *flow->back);
    }
};

TEST_CASE("flows take turns and go on where they paused") {
    Context here;
    adopt_context(here);
    std::string order;
    Flow* running = nullptr;
    Flow a([&] {
        for (char c : {'a', 'b', 'c'}) {
            order += c;
            running->pause();
        }
    });
    Flow b([&] {
        for (char c : {'1', '2', '3'}) {
            order += c;
            running->pause();
        }
    });
    while (!a.done || !b.done) {
        for (Flow* flow : {&a, &b}) {
            if (flow->done) continue;
            running = flow;
            flow->resume(here);
        }
    }
    CHECK(order == "a1b2c3");
}

TEST_CASE("a context says whether its flow has left") {
    Context here;
    adopt_context(here);
    CHECK(!here.has_left());
    bool seen_running = true, seen_host = false;
    Flow flow([&] {
        seen_running = flow.context.has_left();
        seen_host = here.has_left();
        flow.pause();
    });
    CHECK(flow.context.has_left());
    flow.resume(here);
    CHECK(!seen_running);
    CHECK(seen_host);
    CHECK(flow.context.has_left());
    CHECK(!here.has_left());
    flow.resume(here);
    CHECK(flow.done);
    CHECK(!flow.context.has_left());
}

bool locals_are_aligned() {
    alignas(16) volatile char probe[16] = {};
    return reinterpret_cast<std::uintptr_t>(&probe[0]) % 16 == 0;
}

TEST_CASE("the first frame of a flow is aligned as the calling convention wants") {
    Context here;
    adopt_context(here);
    bool aligned = false;
    double printed = 0;
    Flow flow([&] {
        aligned = locals_are_aligned();
        char text[64];  // printf saves its vector registers with aligned stores
        std::snprintf(text, sizeof text, "%.3f", 1.5);
        printed = std::strtod(text, nullptr);
    });
    flow.resume(here);
    CHECK(aligned);
    CHECK(printed == 1.5);
}

TEST_CASE("registers that a call must preserve survive a switch") {
    Context here;
    adopt_context(here);
    // Enough live values in both flows that some of them stay in registers.
    auto churn = [](Flow*& flow, std::uint64_t seed) {
        std::uint64_t v[8];
        double d[4];
        for (std::uint64_t i = 0; i < 8; ++i) v[i] = seed + i;
        for (std::uint64_t i = 0; i < 4; ++i) d[i] = static_cast<double>(seed * i);
        for (std::uint64_t round = 0; round < 50; ++round) {
            flow->pause();
            for (std::uint64_t i = 0; i < 8; ++i) v[i] = v[i] * 3 + round;
            for (std::uint64_t i = 0; i < 4; ++i) d[i] = d[i] * 0.5 + static_cast<double>(round);
        }
        std::uint64_t sum = 0;
        for (std::uint64_t x : v) sum += x;
        for (double x : d) sum += static_cast<std::uint64_t>(x * 1024);
        return sum;
    };
    auto alone = [&](std::uint64_t seed) {
        std::uint64_t sum = 0;
        Flow* self = nullptr;
        Flow flow([&] { sum = churn(self, seed); });
        self = &flow;
        while (!flow.done) flow.resume(here);
        return sum;
    };
    std::uint64_t sum_a = 0, sum_b = 0;
    Flow *self_a = nullptr, *self_b = nullptr;
    Flow a([&] { sum_a = churn(self_a, 11); });
    Flow b([&] { sum_b = churn(self_b, 2026); });
    self_a = &a;
    self_b = &b;
    while (!a.done || !b.done) {
        if (!a.done) a.resume(here);
        if (!b.done) b.resume(here);
    }
    CHECK(sum_a == alone(11));
    CHECK(sum_b == alone(2026));
}

TEST_CASE("an exception thrown in a flow is caught in the same flow, across switches") {
    Context here;
    adopt_context(here);
    std::string caught;
    Flow* self = nullptr;
    Flow flow([&] {
        try {
            self->pause();
            throw std::runtime_error("out of chalk");
        } catch (const std::exception& e) {
            self->pause();  // a flow may even pause inside a handler
            caught = e.what();
        }
    });
    self = &flow;
    flow.resume(here);
    flow.resume(here);
    CHECK(caught.empty());
    flow.resume(here);
    CHECK(caught == "out of chalk");
    CHECK(flow.done);
}

TEST_CASE("the stack of a flow that left for good serves the next") {
    Context here;
    adopt_context(here);
    int sum = 0;
    Flow flow([&] { sum += 1; });
    flow.resume(here);
    for (int i = 0; i < 100; ++i) {
        flow.again([&] {
            volatile char deep[4096] = {};
            deep[0] = 1;
            sum += deep[0];
            flow.pause();
            sum += deep[0];
        });
        flow.resume(here);
        flow.resume(here);
        REQUIRE(flow.done);
    }
    CHECK(sum == 201);
}

TEST_CASE("one flow may hand over to another directly") {
    Context here;
    adopt_context(here);
    std::string order;
    std::unique_ptr<Flow> first, second;
    second = std::make_unique<Flow>([&] {
        order += "2";
        switch_context(second->context, first->context);
        order += "4";
        second->back = &here;
    });
    first = std::make_unique<Flow>([&] {
        order += "1";
        switch_context(first->context, second->context);
        order += "3";
        first->back = &second->context;  // leaves for good, straight to the other
    });
    first->resume(here);
    CHECK(order == "1234");
    CHECK(first->done);
    CHECK(second->done);
}

// Aim: what a flow wrote before it left is visible to the machine that goes on with it. Method: a
// flow offers itself before it has left, as a yielding coroutine does, and the taker relies on
// has_left() alone; ThreadSanitizer watches the counters.
TEST_CASE("flows move between threads as soon as they have left") {
    constexpr std::size_t flows = 8;
    constexpr int rounds = 200;
    std::vector<std::unique_ptr<Flow>> all;
    std::vector<long> counts(flows, 0);
    std::vector<std::atomic<bool>> offered(flows);
    std::atomic<std::size_t> left{flows};
    for (std::size_t i = 0; i < flows; ++i) {
        all.push_back(std::make_unique<Flow>([&, i] {
            for (int k = 0; k < rounds; ++k) {
                counts[i] += k;
                offered[i].store(true, std::memory_order_relaxed);
                all[i]->pause();
            }
            left.fetch_sub(1);
        }));
        offered[i].store(true);
    }
    auto machine = [&] {
        Context own;
        adopt_context(own);
        while (left.load() > 0) {
            for (std::size_t i = 0; i < flows; ++i) {
                if (!offered[i].exchange(false, std::memory_order_relaxed)) continue;
                while (!all[i]->context.has_left()) std::this_thread::yield();
                all[i]->resume(own);
            }
            std::this_thread::yield();
        }
    };
    std::thread other(machine);
    machine();
    other.join();
    for (long count : counts) CHECK(count == rounds * (rounds - 1) / 2);
}

}  // namespace
}  // namespace homeroom
