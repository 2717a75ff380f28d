// Tests of a processor's free lists: what was used last comes first, and only whole batches go.
#include "runtime/free_list.h"

#include <doctest/doctest.h>

#include <array>
#include <new>

#include "runtime/coroutine_pool.h"
#include "runtime/native_os.h"
#include "sim/sim_os.h"

namespace homeroom {
namespace {

struct Spare {
    Spare* next = nullptr;
    Spare* next_batch = nullptr;
};

constexpr std::size_t a_batch = FreeList<Spare>::batch;

// The model's, with memory that needs no world, and that ASan watches.
struct HeapOs : sim::SimOs {
    static void* allocate(std::size_t bytes) {
        return ::operator new (bytes, std::align_val_t{64});
    }
    static void deallocate(void* memory, std::size_t) {
        ::operator delete (memory, std::align_val_t{64});
    }
};

TEST_CASE("what was put into a free list last is taken first") {
    FreeList<Spare> list;
    Spare a, b;
    CHECK(list.take() == nullptr);
    list.put(a);
    list.put(b);
    CHECK(list.first() == &b);
    CHECK(list.take() == &b);
    CHECK(list.take() == &a);
    CHECK(list.take() == nullptr);
    CHECK(!list.restore());
}

TEST_CASE("a full free list sets a batch aside, and gives the one before away as a whole") {
    FreeList<Spare> list;
    std::array<Spare, 2 * a_batch> all;
    auto fill = [&](std::size_t from) {
        for (std::size_t i = 0; i < a_batch; ++i) {
            REQUIRE(list.has_room());
            list.put(all[from + i]);
        }
        CHECK(!list.has_room());
    };
    fill(0);
    CHECK(list.set_aside() == nullptr);
    fill(a_batch);
    Spare* given = list.set_aside();
    std::size_t count = 0;
    for (Spare* spare = given; spare; spare = spare->next) {
        CHECK(spare == &all[a_batch - 1 - count]);
        ++count;
    }
    CHECK(count == a_batch);

    CHECK(list.take() == nullptr);
    REQUIRE(list.restore());
    for (std::size_t i = 0; i < a_batch; ++i) CHECK(list.take() == &all[2 * a_batch - 1 - i]);
    CHECK(list.take() == nullptr);
    CHECK(!list.restore());

    list.fill(*given);
    CHECK(!list.has_room());
    CHECK(list.take() == &all[a_batch - 1]);
}

// Descriptors are larger in the model.
TEST_CASE_TEMPLATE("the pool of descriptors makes batches, takes them back, and shows all of them",
                   Os, NativeOs, HeapOs) {
    using G = Coroutine<Os>;
    CoroutinePool<Os> pool;
    auto made = [&] {
        std::size_t count = 0;
        pool.for_each([&](const G& g) {
            CHECK(g.state.load(relaxed) == CoroutineState::free);
            ++count;
        });
        return count;
    };
    CHECK(made() == 0);
    G& first = pool.take_batch();
    CHECK(made() == a_batch);
    std::size_t count = 0;
    for (const G* g = &first; g; g = g->next) ++count;
    CHECK(count == a_batch);
    pool.give_batch(first);
    CHECK(&pool.take_batch() == &first);
    for (std::size_t batches = 2; batches <= 2000; ++batches) pool.take_batch();  // some slabs
    CHECK(made() == 2000 * a_batch);
}

}  // namespace
}  // namespace homeroom
