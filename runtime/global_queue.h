// The queue that all processors share: first come, first served.
#pragma once

#include <cstdint>
#include <new>

#include "runtime/os.h"

namespace homeroom {

// Guarded by the scheduler's lock, destructor excepted. Pointers in blocks, where Go links the
// coroutines themselves: whoever takes a batch reads a cache line for eight of them, and can fetch
// all at once what they need; along links it waits for the memory of each to learn of the next,
// which was a quarter of the time of skynet and of yield10k (tests/bench). And who is put here is
// not written to, which matters when another core has it.
template <class Os, class T>
class GlobalQueue {
public:
    GlobalQueue() = default;
    GlobalQueue(const GlobalQueue&) = delete;
    GlobalQueue& operator=(const GlobalQueue&) = delete;
    ~GlobalQueue() {
        free_all(first_);
        free_all(spare_);
    }

    [[gnu::always_inline]] void push(T& item) {
        if (!has_room()) [[unlikely]]
            add_last();
        push_into_room(item);
    }
    // The same in two halves, for a caller who has something better to do when there is no room in
    // the last block.
    bool has_room() const { return end_ != items_max; }
    [[gnu::always_inline]] void push_into_room(T& item) { last_->items[end_++] = &item; }
    void push_front(T& item) {
        if (begin_ == 0) add_first();
        first_->items[--begin_] = &item;
    }
    // Must not be empty: how many there are, the scheduler counts, as others read that number
    // without the lock.
    [[gnu::always_inline]] T* pop() {
        T* item = first_->items[begin_++];
        if (begin_ == items_max) [[unlikely]]
            drop_first();
        return item;
    }

private:
    static constexpr std::uint32_t items_max = 63;  // eight lines with the link
    struct Block {
        Block* next;
        T* items[items_max];
    };

    Block* make() {
        if (spare_ == nullptr) return ::new (Os::allocate(sizeof(Block))) Block;
        Block* block = spare_;
        spare_ = block->next;
        return block;
    }
    [[gnu::noinline]] void add_last() {
        Block* block = make();
        block->next = nullptr;
        (last_ != nullptr ? last_->next : first_) = block;
        if (last_ == nullptr) begin_ = 0;
        last_ = block;
        end_ = 0;
    }
    [[gnu::noinline]] void add_first() {
        Block* block = make();
        block->next = first_;
        first_ = block;
        begin_ = items_max;
        if (last_ == nullptr) {
            last_ = block;
            end_ = items_max;
        }
    }
    // All of it was taken. The only block is filled anew.
    [[gnu::always_inline]] void drop_first() {
        begin_ = 0;
        if (first_ == last_) {
            end_ = 0;
            return;
        }
        Block* block = first_;
        first_ = block->next;
        block->next = spare_;
        spare_ = block;
    }
    static void free_all(Block* block) {
        while (block != nullptr) {
            Block* next = block->next;
            Os::deallocate(block, sizeof(Block));
            block = next;
        }
    }

    Block* first_ = nullptr;
    Block* last_ = nullptr;
    std::uint32_t begin_ = 0;        // in the first block
    std::uint32_t end_ = items_max;  // in the last one; there is none yet: full
    Block* spare_ = nullptr;
};

}  // namespace homeroom
