// All descriptors of a run.
#pragma once

#include <cstdint>
#include <new>

#include "runtime/coroutine.h"
#include "runtime/free_list.h"

namespace homeroom {

// Hands out and takes back whole batches (free_list.h); each processor keeps some of its own. None
// is given back to the system before the end, so whoever holds on to one may still look at it.
template <OperatingSystem Os>
class CoroutinePool {
    using G = Coroutine<Os>;

public:
    CoroutinePool() = default;
    CoroutinePool(const CoroutinePool&) = delete;
    CoroutinePool& operator=(const CoroutinePool&) = delete;
    ~CoroutinePool() {
        while (Slab* slab = slabs_) {
            slabs_ = slab->next;
            Os::deallocate(slab->memory, slab->count * sizeof(G));
            Os::deallocate(slab, sizeof(Slab));
        }
    }

    G& take_batch() {
        lock_.lock();
        G* batch = free_.pop();
        if (!batch) batch = &make_batch();
        lock_.unlock();
        return *batch;
    }
    void give_batch(G& batch) {
        lock_.lock();
        free_.push(batch);
        lock_.unlock();
    }

    // Calls f(g) for all there ever were, in use or not.
    template <class F>
    void for_each(F f) const {
        lock_.lock();
        for (const Slab* slab = slabs_; slab; slab = slab->next)
            for (std::uint32_t i = 0; i < slab->used; ++i) f(slab->memory[i]);
        lock_.unlock();
    }

private:
    static constexpr std::uint32_t batch_size = FreeList<G>::batch;
    // Slabs double up to 2 MB, which may be one page of the processor's. Of whole batches.
    static constexpr std::uint32_t slab_max =
        (std::uint32_t{2} << 20) / (batch_size * sizeof(G)) * batch_size;

    struct Slab {
        Slab* next;
        G* memory;
        std::uint32_t count, used;  // there are descriptors from 0 to used
    };

    G& make_batch() {
        if (!slabs_ || slabs_->used == slabs_->count) add_slab();
        G* first = nullptr;
        for (std::uint32_t i = batch_size; i-- > 0;) {
            G* g = ::new (static_cast<void*>(slabs_->memory + slabs_->used + i)) G;
            g->next = first;
            first = g;
        }
        slabs_->used += batch_size;
        return *first;
    }
    void add_slab() {
        std::uint32_t count = slabs_ ? slabs_->count * 2 : batch_size;
        if (count > slab_max) count = slab_max;
        auto* memory = static_cast<G*>(Os::allocate(count * sizeof(G)));
        if constexpr (requires { Os::will_fill(memory, 0u); })
            Os::will_fill(memory, count * sizeof(G));
        slabs_ = ::new (Os::allocate(sizeof(Slab))) Slab{slabs_, memory, count, 0};
    }

    mutable typename Os::Lock lock_;
    FreeBatches<G> free_;
    Slab* slabs_ = nullptr;  // the newest first: only it has room
};

}  // namespace homeroom
