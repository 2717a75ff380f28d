// Descriptors and stacks that wait for their next use, at hand for one processor.
#pragma once

#include <cstdint>

namespace homeroom {

// The last used comes first, as it is still warm. A chain through T::next of at most one batch, and
// a whole batch set aside, so that neither who only takes nor who only gives needs the common store
// more often than once in a batch; Go keeps 64 at most, too, and moves 32 at a time (gfput, gfget).
// But whole: to move them one by one would mean to fetch each of them, which nobody needs now.
template <class T>
class FreeList {
public:
    static constexpr std::uint32_t batch = 32;

    // Null: none at hand; see restore.
    [[gnu::always_inline]] T* take() {
        T* item = first_;
        if (item == nullptr) return nullptr;
        first_ = item->next;
        --count_;
        return item;
    }
    bool has_room() const { return count_ < batch; }
    [[gnu::always_inline]] void put(T& item) {  // there must be room
        item.next = first_;
        first_ = &item;
        ++count_;
    }
    // Makes room. Returns a batch for the common store, or null.
    T* set_aside() {
        T* older = aside_;
        aside_ = first_;
        first_ = nullptr;
        count_ = 0;
        return older;
    }
    // When none is at hand: what was set aside. False: nothing was.
    bool restore() {
        if (aside_ == nullptr) return false;
        fill(*aside_);
        aside_ = nullptr;
        return true;
    }
    void fill(T& whole_batch) {  // when none is at hand
        first_ = &whole_batch;
        count_ = batch;
    }
    T* first() const { return first_; }  // which take() would return

private:
    T* first_ = nullptr;
    T* aside_ = nullptr;
    std::uint32_t count_ = 0;
};

// What no processor keeps: batches, linked through T::next_batch of their first. Whoever uses it
// holds a lock.
template <class T>
class FreeBatches {
public:
    void push(T& batch) {
        batch.next_batch = first_;
        first_ = &batch;
    }
    T* pop() {  // null: there is none
        T* batch = first_;
        if (batch != nullptr) first_ = batch->next_batch;
        return batch;
    }

private:
    T* first_ = nullptr;
};

}  // namespace homeroom
