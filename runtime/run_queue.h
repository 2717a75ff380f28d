// A processor's own queue of ready coroutines: the owner pushes, anyone may take, thieves take
// half.
#pragma once

#include "runtime/os.h"

namespace homeroom {

// A ring with one producer and many consumers, as Go's runq. `head_` and `tail_` only grow; they
// wrap around at 2^32, which the capacity divides. A consumer copies what it wants and then claims
// it by moving head_; if somebody was faster it starts again, so what it copied in vain does no
// harm.
//
// Rejected: a Chase-Lev deque. The owner would take from the newest end, which is a different order
// of service (LIFO), and its take needs a full fence, which the CAS here costs no more than.
template <class Os, class T, std::uint32_t Capacity>
class RunQueue {
    static_assert((Capacity & (Capacity - 1)) == 0, "the counters wrap around at a power of two");

public:
    static constexpr std::uint32_t capacity = Capacity;

    // Owner only. False when there is no room: `limit` (at most Capacity) items may be in it.
    [[gnu::always_inline]] bool push(T* item, std::uint32_t limit = Capacity) {
        return push_many(1, limit, [item] { return item; });
    }
    // The same for `count` items, each from next(): all or none.
    template <class Next>
    [[gnu::always_inline]] bool push_many(std::uint32_t count, std::uint32_t limit, Next next) {
        // Acquire: pairs with the CAS in claim, whose reads of the slots are over.
        std::uint32_t head = head_.load(acquire);
        std::uint32_t tail = tail_.load(relaxed);  // only the owner writes tail_
        if (tail - head + count > limit) return false;
        for (std::uint32_t i = 0; i < count; ++i)
            slots_[(tail + i) % Capacity].store(next(), relaxed);
        tail_.store(tail + count, release);  // publishes the slots; pairs with take and grab_half
        return true;
    }

    // Whether there will be other consumers than the owner; only while nobody uses the queue. When
    // not, taking needs no atomic exchange, which is the dearest part of it.
    void set_shared(bool shared) { shared_ = shared; }

    // Anyone. Null when empty.
    [[gnu::always_inline]] T* take() {
        for (;;) {
            std::uint32_t head = head_.load(acquire);  // before tail_: never sees a head beyond it
            std::uint32_t tail = tail_.load(acquire);  // pairs with push: the slot is written
            if (tail == head) return nullptr;
            T* item = slots_[head % Capacity].load(relaxed);
            if (claim(head, 1)) return item;
        }
    }

    // Owner only: takes the oldest half out (of a full ring) into `out`, which holds Capacity / 2.
    // Returns how many; 0 if a thief was faster, and there is room now.
    std::uint32_t take_half_of_full(T** out, std::uint32_t limit = Capacity) {
        std::uint32_t head = head_.load(relaxed);  // outdated: claim fails
        std::uint32_t tail = tail_.load(relaxed);
        std::uint32_t n = (tail - head) / 2;
        if (n != limit / 2) return 0;
        for (std::uint32_t i = 0; i < n; ++i) out[i] = slots_[(head + i) % Capacity].load(relaxed);
        return claim(head, n) ? n : 0;
    }

    // A thief: takes half, rounded up, the oldest first, into `out`, which holds Capacity / 2.
    std::uint32_t grab_half(T** out) {
        for (;;) {
            std::uint32_t head = head_.load(relaxed);  // outdated: claim fails
            std::uint32_t tail = tail_.load(acquire);  // pairs with push: the slots are written
            std::uint32_t n = tail - head;
            n -= n / 2;
            if (n == 0) return 0;
            if (n > Capacity / 2) continue;  // head and tail were read at odds: look again
            for (std::uint32_t i = 0; i < n; ++i)
                out[i] = slots_[(head + i) % Capacity].load(relaxed);
            if (claim(head, n)) return n;
        }
    }

    // Owner only: what more takes will bring. A thief may have taken some of it by now.
    class Ahead {
    public:
        // How many more takes would find something.
        std::uint32_t size() const { return size_; }
        // What the take after `distance` others brings; distance < size().
        [[gnu::always_inline]] T* operator[](std::uint32_t distance) const {
            return queue_.slots_[(head_ + distance) % Capacity].load(relaxed);
        }

    private:
        friend class RunQueue;
        explicit Ahead(const RunQueue& queue)
            : queue_(queue),
              head_(queue.head_.load(relaxed)),
              size_(queue.tail_.load(relaxed) - head_) {}

        const RunQueue& queue_;
        const std::uint32_t head_, size_;
    };
    [[gnu::always_inline]] Ahead ahead() const { return Ahead(*this); }

    // As far as the caller's own last fence or acquire tells.
    bool empty() const { return head_.load(relaxed) == tail_.load(relaxed); }
    // Owner only, for the record: thieves may be at work.
    std::uint32_t size_hint() const { return tail_.load(relaxed) - head_.load(relaxed); }

private:
    // Release: the reads of the slots come before the owner may overwrite them (push's acquire of
    // head_).
    [[gnu::always_inline]] bool claim(std::uint32_t head, std::uint32_t count) {
        if (!shared_) {
            head_.store(head + count, relaxed);
            return true;
        }
        return head_.compare_exchange(head, head + count, release);
    }

    template <class U>
    using Atomic = typename Os::template Atomic<U>;

    alignas(64) Atomic<std::uint32_t> head_{0};
    alignas(64) Atomic<std::uint32_t> tail_{0};
    bool shared_ = true;
    alignas(64) Atomic<T*> slots_[Capacity]{};
};

}  // namespace homeroom
