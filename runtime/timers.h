// A processor's deadlines: which coroutine sleeps until when.
#pragma once

#include <cstring>

#include "runtime/coroutine.h"

namespace homeroom {

// A heap with four children per node, as Go's: half as deep as a binary one, and four deadlines lie
// in one cache line. Equal deadlines come out in the order in which they went in (Go leaves that
// undefined; a deterministic order keeps the model's runs equal everywhere). Guarded by its own
// lock, as thieves run the timers of others in their last round.
template <OperatingSystem Os>
class Timers {
public:
    static constexpr Nanoseconds never = 0;

    Timers() = default;
    Timers(const Timers&) = delete;
    Timers& operator=(const Timers&) = delete;
    ~Timers() {
        if (entries_) Os::deallocate(entries_, capacity_ * sizeof(Entry));
    }

    // Returns true if it is now the earliest of all.
    bool add(Coroutine<Os>& g, Nanoseconds when) {
        lock_.lock();
        if (size_ == capacity_) grow();
        entries_[size_] = {when, sequence_++, &g};
        sift_up(size_++);
        bool first = entries_[0].coroutine == &g;
        if (first) earliest_.store(when, relaxed);
        lock_.unlock();
        return first;
    }

    // The earliest deadline, or never. Cheap: read before each decision.
    Nanoseconds earliest() const { return earliest_.load(relaxed); }

    // Takes the sleeper whose time has come out of the heap; null when none is due.
    Coroutine<Os>* take_due(Nanoseconds now) {
        lock_.lock();
        Coroutine<Os>* due = nullptr;
        if (size_ > 0 && entries_[0].when <= now) {
            due = entries_[0].coroutine;
            entries_[0] = entries_[--size_];
            if (size_ > 0) sift_down(0);
            earliest_.store(size_ > 0 ? entries_[0].when : never, relaxed);
        }
        lock_.unlock();
        return due;
    }

private:
    struct Entry {
        Nanoseconds when;
        std::uint64_t sequence;
        Coroutine<Os>* coroutine;
        bool before(const Entry& other) const {
            return when != other.when ? when < other.when : sequence < other.sequence;
        }
    };

    void grow() {
        std::size_t capacity = capacity_ ? 2 * capacity_ : 16;
        auto* entries = static_cast<Entry*>(Os::allocate(capacity * sizeof(Entry)));
        if (entries_) {
            std::memcpy(static_cast<void*>(entries), entries_, size_ * sizeof(Entry));
            Os::deallocate(entries_, capacity_ * sizeof(Entry));
        }
        entries_ = entries;
        capacity_ = capacity;
    }
    void sift_up(std::size_t i) {
        Entry entry = entries_[i];
        for (; i > 0 && entry.before(entries_[(i - 1) / 4]); i = (i - 1) / 4)
            entries_[i] = entries_[(i - 1) / 4];
        entries_[i] = entry;
    }
    void sift_down(std::size_t i) {
        Entry entry = entries_[i];
        for (;;) {
            std::size_t least = 4 * i + 1;
            if (least >= size_) break;
            std::size_t end = least + 4 < size_ ? least + 4 : size_;
            for (std::size_t child = least + 1; child < end; ++child)
                if (entries_[child].before(entries_[least])) least = child;
            if (!entries_[least].before(entry)) break;
            entries_[i] = entries_[least];
            i = least;
        }
        entries_[i] = entry;
    }

    typename Os::Lock lock_;
    typename Os::template Atomic<Nanoseconds> earliest_{never};
    Entry* entries_ = nullptr;
    std::size_t size_ = 0, capacity_ = 0;
    std::uint64_t sequence_ = 0;
};

}  // namespace homeroom
