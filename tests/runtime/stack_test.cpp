// Tests of the stack pool: what is taken comes back, stacks do not overlap, an overflow is noticed.
#include "runtime/stack.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "runtime/native_os.h"

namespace homeroom {
namespace {

constexpr std::size_t stack_bytes = 32 * 1024;

std::uintptr_t address(const void* p) { return reinterpret_cast<std::uintptr_t>(p); }

TEST_CASE("batches that are given back are taken again, and no others are made for that") {
    StackPool<NativeOs> pool(stack_bytes);
    Stack* a = pool.make();
    Stack* b = pool.make();
    CHECK(pool.take_batch() == nullptr);
    pool.give_batch(*a);
    pool.give_batch(*b);
    CHECK(pool.take_batch() == b);
    CHECK(pool.take_batch() == a);
    CHECK(pool.take_batch() == nullptr);
    CHECK(pool.size() == 2);
}

TEST_CASE("stacks are aligned, apart from each other, and no smaller than asked for") {
    StackPool<NativeOs> pool(stack_bytes);
    std::vector<Stack*> stacks;
    for (int i = 0; i < 500; ++i) stacks.push_back(pool.make());
    std::sort(stacks.begin(), stacks.end());
    std::uintptr_t end = 0;
    for (Stack* stack : stacks) {
        REQUIRE(address(stack) % 64 == 0);
        REQUIRE(address(stack->bottom()) % 16 == 0);
        REQUIRE(address(stack->bottom()) - Stack::canary_bytes >= end);
        REQUIRE(address(stack->bottom()) + stack->bytes() == address(stack));
        REQUIRE(stack->bytes() >= stack_bytes);
        end = address(stack + 1);
    }
}

TEST_CASE("the hot end of a stack, a quarter of a page, is all in one page") {
    StackPool<NativeOs> pool(stack_bytes);
    for (int i = 0; i < 500; ++i) {
        const std::uintptr_t end = address(pool.make() + 1);
        REQUIRE((end - 1024) / 4096 == (end - 1) / 4096);
    }
}

TEST_CASE("to look for an overflow costs no page, as the neighbour has touched that one") {
    StackPool<NativeOs> pool(stack_bytes);
    const Stack* below = pool.make();
    for (int i = 0; i < 60; ++i) {
        Stack* stack = pool.make();
        const std::uintptr_t canary = address(stack->bottom()) - Stack::canary_bytes;
        REQUIRE(canary / 4096 == address(below) / 4096);
        below = stack;
    }
}

TEST_CASE("neighbouring stacks begin at different places in the cache") {
    StackPool<NativeOs> pool(stack_bytes);
    std::vector<std::uintptr_t> lines;
    for (int i = 0; i < 16; ++i) lines.push_back(address(pool.make()) / 64 % 64);
    std::sort(lines.begin(), lines.end());
    CHECK(std::unique(lines.begin(), lines.end()) == lines.end());
}

struct Recursion {
    Context host;
    Stack* stack = nullptr;
    std::size_t leave_free = 0;

    [[gnu::noinline]] void descend() {
        volatile char here[64];
        std::fill(std::begin(here), std::end(here), 'x');
        if (address(const_cast<char*>(here)) > address(stack->bottom()) + leave_free) descend();
        here[0] = 'y';  // so that the call above is not the last act, and frames pile up
    }
    static void enter(void* self) {
        context_entered();
        auto* recursion = static_cast<Recursion*>(self);
        recursion->descend();
        leave_context(recursion->stack->context, recursion->host);
    }
};

bool overflows_when_leaving(std::size_t leave_free) {
    StackPool<NativeOs> pool(stack_bytes);
    Recursion recursion;
    pool.make();  // the neighbour takes the blow
    recursion.stack = pool.make();
    recursion.leave_free = leave_free;
    adopt_context(recursion.host);
    make_context(recursion.stack->context, recursion.stack->bottom(), recursion.stack->bytes(),
                 &Recursion::enter, &recursion);
    switch_context(recursion.host, recursion.stack->context);
    return recursion.stack->overflowed();
}

TEST_CASE("a flow that used all of its stack but no more is fine") {
    CHECK(!overflows_when_leaving(2048));
}

#if !defined(HOMEROOM_ASAN) && \
    !defined(HOMEROOM_TSAN)  // whose frames are not those of the compiler alone
TEST_CASE("a flow that went beyond its stack is found out") { CHECK(overflows_when_leaving(0)); }

long resident_kb() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.rfind("VmRSS:", 0) == 0) return std::stol(line.substr(6));
    }
    return 0;
}

TEST_CASE("100,000 stacks cost about a page each, and no more mappings than slabs") {
    constexpr long count = 100'000;
    long before = resident_kb();
    StackPool<NativeOs> pool(stack_bytes);
    for (long i = 0; i < count; ++i) {
        Stack* stack = pool.make();
        make_context(
            stack->context, stack->bottom(), stack->bytes(), [](void*) {}, nullptr);
    }
    long each_bytes = (resident_kb() - before) * 1024 / count;
    CHECK(each_bytes < 5000);
    std::ifstream maps("/proc/self/maps");
    CHECK(std::count(std::istreambuf_iterator<char>(maps), {}, '\n') < 200);
}
#endif

}  // namespace
}  // namespace homeroom
