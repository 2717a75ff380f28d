// Stacks for coroutines: slots of a few large slabs, handed out and taken back, never given back to
// the system one by one.
#pragma once

#include <cstring>
#include <new>

#include "runtime/check.h"
#include "runtime/free_list.h"
#include "runtime/os.h"

namespace homeroom {

// A slot is whole pages, from low to high:
//
//     | the flow's stack, growing down ......... | Stack | unused | canary of the slot above |
//     bottom                                       this
//
// The header stands at the top, so that it shares cache lines and the page with the frames of a
// coroutine that uses little. From slot to slot the top moves on by one cache line (its colour): at
// equal distances from each other the hot ends of all stacks would compete for the same few places
// in the cache. It moves through the upper three quarters of one page only, so that those frames
// have the rest of that page and do not cost a second one. And slots are an odd number of pages
// apart, as the processor files pages by the last bits of their number, too.
//
// No guard pages: they would cost two mappings per stack, of which a process may have 65,530, and
// ten microseconds. The canary is a line of zeroes, as fresh memory is, so laying it costs nothing;
// it lies in the hot page of the neighbour, as looking at it would cost a page of its own else.
struct alignas(64) Stack {
    Context context;
    Stack* next = nullptr;        // in whichever one list it lies; written under that list's lock
    Stack* next_batch = nullptr;  // of the first in a batch (free_list.h)
    std::size_t usable_bytes = 0;

    std::size_t bytes() const { return usable_bytes; }
    std::byte* bottom() { return reinterpret_cast<std::byte*>(this) - usable_bytes; }

    // A flow that went beyond its stack has most likely written here. Reads a line that is cold in
    // a stack that was never deep, so it is not for every switch.
    bool overflowed() const {
        std::uint64_t low, high;
        const std::byte* canary =
            reinterpret_cast<const std::byte*>(this) - usable_bytes - canary_bytes;
        std::memcpy(&low, canary, sizeof low);
        std::memcpy(&high, canary + canary_bytes - sizeof high, sizeof high);
        return (low | high) != 0;
    }

    static constexpr std::size_t canary_bytes = 64;
};

// All stacks of a run, of one size. Not for the hot path: each processor keeps some finished stacks
// of its own (free_list.h), and comes here when it has none or too many.
template <class Os>
class StackPool {
public:
    // `stack_bytes`: what a flow may use at least.
    explicit StackPool(std::size_t stack_bytes)
        : slot_bytes_(((stack_bytes + sizeof(Stack) + colours * 64 + page - 1) / page | 1) * page) {
        check(stack_bytes >= 4096, "a stack has at least 4096 bytes");
    }
    StackPool(const StackPool&) = delete;
    StackPool& operator=(const StackPool&) = delete;

    // All flows must have ended, or never run again.
    ~StackPool() {
        for (Slab* slab = slabs_; slab != nullptr;) {
            Slab* next = slab->next;
            for (std::size_t i = 0; i < slab->used; ++i) {
                Stack* stack = at(*slab, i);
                forget_context(stack->context);
                stack->~Stack();
            }
            Os::deallocate(slab->memory, bytes_of(slab->slots));
            Os::deallocate(slab, sizeof(Slab));
            slab = next;
        }
    }

    // One that nobody has had yet.
    Stack* make() {
        lock_.lock();
        if (slabs_ == nullptr || slabs_->used == slabs_->slots) add_slab();
        Stack* stack = make(*slabs_, slabs_->used++);
        lock_.unlock();
        return stack;
    }

    // A batch of stacks that were given back; null: there is none.
    Stack* take_batch() {
        lock_.lock();
        Stack* batch = free_.pop();
        lock_.unlock();
        return batch;
    }
    void give_batch(Stack& batch) {
        lock_.lock();
        free_.push(batch);
        lock_.unlock();
    }

    // How many there are, in use or not.
    std::size_t size() {
        lock_.lock();
        std::size_t sum = 0;
        for (Slab* slab = slabs_; slab != nullptr; slab = slab->next) sum += slab->used;
        lock_.unlock();
        return sum;
    }

private:
    static constexpr std::size_t page = 4096, colours = 48;
    // 64 stacks of 32 kB are 2.3 MB. Later slabs double, so a million stacks take 22 of them.
    static constexpr std::size_t first_slots = 64, slots_max = 65536;

    struct Slab {
        Slab* next;
        std::byte* memory;
        std::size_t slots, used;  // slots from 0 to used have a Stack
    };

    void add_slab() {
        std::size_t slots = slabs_ == nullptr ? first_slots : slabs_->slots * 2;
        if (slots > slots_max) slots = slots_max;
        auto* memory = static_cast<std::byte*>(Os::allocate(bytes_of(slots)));
        slabs_ = ::new (Os::allocate(sizeof(Slab))) Slab{slabs_, memory, slots, 0};
    }

    // The first slot has a page below it, for its canary.
    std::size_t bytes_of(std::size_t slots) const { return page + slots * slot_bytes_; }
    std::byte* bottom(const Slab& slab, std::size_t i) const {
        return slab.memory + page + i * slot_bytes_;
    }
    std::byte* header(const Slab& slab, std::size_t i) const {
        return bottom(slab, i + 1) - (1 + i % colours) * 64 - sizeof(Stack);
    }
    Stack* at(const Slab& slab, std::size_t i) const {
        return std::launder(reinterpret_cast<Stack*>(header(slab, i)));
    }
    Stack* make(const Slab& slab, std::size_t i) {
        auto* stack = ::new (static_cast<void*>(header(slab, i))) Stack;
        stack->usable_bytes = static_cast<std::size_t>(header(slab, i) - bottom(slab, i));
        // Fresh mappings are zero; to write there would cost a page for each stack.
        if (!comes_zeroed(slab))
            std::memset(stack->bottom() - Stack::canary_bytes, 0, Stack::canary_bytes);
        return stack;
    }
    bool comes_zeroed(const Slab& slab) const {
        if constexpr (requires { Os::mapped_from_bytes; }) {
            return bytes_of(slab.slots) >= Os::mapped_from_bytes;
        } else {
            return false;
        }
    }

    const std::size_t slot_bytes_;
    typename Os::Lock lock_;
    FreeBatches<Stack> free_;
    Slab* slabs_ = nullptr;  // the newest first: only it has room
};

}  // namespace homeroom
