// A processor's deadlines: what is to happen when.
#pragma once

#include <cstring>
#include <limits>

#include "runtime/coroutine.h"

namespace homeroom {

template <OperatingSystem Os>
struct Machine;
template <OperatingSystem Os>
class Timers;

// Something that happens at a time: `fire` is called by whoever finds it due. A sleeper's lies on
// the sleeper's own stack, and nobody can stop it. Any other is in memory of its own: it may be
// stopped and set again, from anywhere, and it lives for as long as somebody uses it or it stands
// in a heap.
template <OperatingSystem Os>
struct TimerNode {
    static constexpr Nanoseconds never = 0;
    // What the entry in the heap does not know yet; its owner will look.
    enum class Mark : std::uint8_t { none, moved, dead };

    // Called on machine m, which holds a processor, under no lock, and perhaps on the stack of a
    // coroutine that gives way. It may make coroutines ready and start some; it must not wait. A
    // timer that may be stopped has a user more then, which it must take leave of.
    // `setting`: of `when`, see below.
    void (*fire)(Machine<Os>& m, TimerNode& t, std::uint32_t setting) = nullptr;
    Fired what = Fired::sleeper;
    Coroutine<Os>* sleeper = nullptr;

    // Not for sleepers.
    void (*end)(TimerNode&) = nullptr;  // destroys what `fire` uses: when nobody can set it again
    void (*release)(TimerNode&) =
        nullptr;  // frees its memory: when no heap has it any more, either

    typename Os::Lock lock;                // guards the rest; taken after the heap's
    Timers<Os>* heap = nullptr;            // where it stands; changes under both locks
    Nanoseconds when = never, period = 0;  // period 0: once
    std::uint32_t setting = 0;  // how often it was set or stopped: tells a firing that is outdated
    std::uint32_t users = 1;    // who can stop or set it, and firings in progress
    Mark mark = Mark::none;
    TimerNode* next_unused = nullptr;
};

// A heap with four children per node, as Go's: half as deep as a binary one, and four deadlines lie
// in two cache lines. Equal deadlines come out in the order in which the heap learned of them (Go
// leaves that undefined; a deterministic order keeps the model's runs equal everywhere).
//
// It has a lock of its own, as thieves run the timers of others in their last round. To stop or set
// a timer takes only the timer's lock, wherever it stands: its entry is left as it is, and marked.
// The owner puts that right when it comes by the entry, when a deadline was moved forward and has
// come (`moved_`), or when more than a quarter are dead. Lock order: heap, timer.
template <OperatingSystem Os>
class Timers {
    template <class T>
    using Atomic = typename Os::template Atomic<T>;
    using Mark = typename TimerNode<Os>::Mark;

public:
    static constexpr Nanoseconds never = TimerNode<Os>::never;

    // What take_due found; null: nothing.
    struct Due {
        TimerNode<Os>* timer = nullptr;
        std::uint32_t setting = 0;
    };
    // `wake`: it is now the earliest of its processor, so somebody must wait for it.
    struct Set {
        bool was_set = false, wake = false;
    };

    Timers() = default;
    Timers(const Timers&) = delete;
    Timers& operator=(const Timers&) = delete;
    // What is still set is dropped as it is, like the coroutines that have not ended.
    ~Timers() {
        for (std::size_t i = 0; i < size_; ++i) {
            if (!entries_[i].stoppable) continue;  // on a stack that is no more
            TimerNode<Os>& t = *entries_[i].timer;
            t.heap = nullptr;
            if (is_unused(t)) t.release(t);
        }
        if (entries_) Os::deallocate(entries_, capacity_ * sizeof(Entry));
    }

    // The moment so long from now; at most the last there is.
    static Nanoseconds after(Nanoseconds duration) {
        const Nanoseconds now = Os::now();
        if (duration > std::numeric_limits<Nanoseconds>::max() - now)
            return std::numeric_limits<Nanoseconds>::max();
        return std::max<Nanoseconds>(now + std::max<Nanoseconds>(duration, 0), never + 1);
    }

    // Adds a sleeper's, which must be filled in. Returns true if it is now the earliest of all.
    bool add(TimerNode<Os>& t, Nanoseconds when) {
        lock_.lock();
        const Nanoseconds before = earliest();
        push(t, when, false);
        publish();
        lock_.unlock();
        return before == never || when < before;
    }

    // Sets a timer anew. `own`: the heap of the caller's processor, if it stands in none.
    static Set set(TimerNode<Os>& t, Nanoseconds when, Nanoseconds period, Timers& own) {
        Set result;
        t.lock.lock();
        result.was_set = t.when != never;
        ++t.setting;
        t.when = when;
        t.period = period;
        const bool stands = t.heap != nullptr;
        if (stands) {
            if (t.mark == Mark::dead) t.heap->dead_.fetch_add(~0u, relaxed);
            t.mark = Mark::moved;
            result.wake = t.heap->note_moved(when);
        }
        t.lock.unlock();
        if (!stands) result.wake = own.place(t);
        return result;
    }

    // Returns true if it was set: then it will not fire any more, but a firing may be in progress.
    static bool stop(TimerNode<Os>& t) {
        t.lock.lock();
        const bool was_set = t.when != never;
        ++t.setting;
        t.when = never;
        if (t.heap && t.mark != Mark::dead) {
            t.mark = Mark::dead;
            t.heap->dead_.fetch_add(1, relaxed);
        }
        t.lock.unlock();
        return was_set;
    }

    // One user less. In a coroutine, or where `end` is no user's code.
    static void leave(TimerNode<Os>& t) {
        t.lock.lock();
        if (t.users == 1 && t.when == never) {  // nobody is left who could set it again
            t.lock.unlock();
            t.end(t);
            t.lock.lock();
        }
        --t.users;
        const bool unused = is_unused(t);
        t.lock.unlock();
        if (unused) t.release(t);
    }

    // The earliest deadline, or never; sometimes one that was taken back. Cheap: read before each
    // decision.
    [[gnu::always_inline]] Nanoseconds earliest() const {
        const Nanoseconds first = first_.load(relaxed);
        if (first == never) return never;  // nothing stands here that could have been moved
        const Nanoseconds moved = moved_.load(relaxed);
        return moved != never && moved < first ? moved : first;
    }

    // Go's limit: a quarter.
    bool too_many_dead() const {
        const std::uint32_t dead = dead_.load(relaxed);
        return dead != 0 && dead > count_.load(relaxed) / 4;
    }

    // The earliest one whose time has come, out of the heap, or, if it is periodic, put back for
    // the next time. Call its `fire`. Null when none is due.
    Due take_due(Nanoseconds now) {
        TimerNode<Os>* unused = nullptr;
        Due due;
        lock_.lock();
        const Nanoseconds moved = moved_.load(relaxed);
        if ((moved != never && moved <= now) || too_many_dead()) tidy(unused);
        while (size_ > 0 && entries_[0].when <= now && !due.timer) {
            TimerNode<Os>& t = *entries_[0].timer;
            if (!entries_[0].stoppable) {
                remove_first();
                due.timer = &t;
                break;
            }
            t.lock.lock();
            if (t.mark == Mark::dead) {
                forget(t, unused);
                remove_first();
            } else if (t.mark == Mark::moved) {
                t.mark = Mark::none;
                change_first(t.when);
            } else {
                due = {&t, t.setting};
                ++t.users;
                if (t.period > 0) {  // what was missed is not made up for
                    t.when += t.period * (1 + (now - t.when) / t.period);
                    change_first(t.when);
                } else {
                    t.when = never;
                    t.heap = nullptr;
                    remove_first();
                }
            }
            t.lock.unlock();
        }
        publish();
        lock_.unlock();
        while (unused) {
            TimerNode<Os>* next = unused->next_unused;
            unused->release(*unused);
            unused = next;
        }
        return due;
    }

    // Takes all that another heap has, while the world is stopped.
    void take_over(Timers& other) {
        lock_.lock();
        other.lock_.lock();
        const Nanoseconds moved = other.moved_.load(relaxed);
        while (other.size_ > 0) {
            const Entry entry = other.entries_[0];
            other.remove_first();
            push(*entry.timer, entry.when, entry.stoppable);
            if (!entry.stoppable) continue;
            entry.timer->lock.lock();
            entry.timer->heap = this;
            entry.timer->lock.unlock();
        }
        dead_.fetch_add(other.dead_.load(relaxed), relaxed);
        other.dead_.store(0, relaxed);
        other.moved_.store(never, relaxed);
        other.publish();
        publish();
        if (moved != never) note_moved(moved);
        other.lock_.unlock();
        lock_.unlock();
    }

private:
    struct Entry {
        Nanoseconds when;
        std::uint64_t sequence;
        TimerNode<Os>* timer;
        bool stoppable;
        bool before(const Entry& other) const {
            return when != other.when ? when < other.when : sequence < other.sequence;
        }
    };

    // Puts in a timer that was set, unless somebody was faster to do so, or to stop it.
    bool place(TimerNode<Os>& t) {
        lock_.lock();
        t.lock.lock();
        const Nanoseconds before = earliest(), when = t.when;
        const bool wanted = !t.heap && when != never;
        if (wanted) {
            t.heap = this;
            t.mark = Mark::none;
            push(t, when, true);
            publish();
        }
        t.lock.unlock();
        lock_.unlock();
        return wanted && (before == never || when < before);
    }

    // With the timer's lock, which is what orders it with tidy(). True if it is the earliest now.
    bool note_moved(Nanoseconds when) {
        const Nanoseconds before = earliest();
        Nanoseconds moved = moved_.load(relaxed);
        while (moved == never || when < moved)
            if (moved_.compare_exchange(moved, when, relaxed)) break;
        return before == never || when < before;
    }

    // Makes all entries say what their timers say.
    void tidy(TimerNode<Os>*& unused) {
        moved_.store(never, relaxed);  // before the look at each: what is moved later is noted anew
        std::size_t kept = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            Entry entry = entries_[i];
            bool keep = true;
            if (entry.stoppable) {
                TimerNode<Os>& t = *entry.timer;
                t.lock.lock();
                if (t.mark == Mark::moved) {
                    t.mark = Mark::none;
                    entry.when = t.when;
                } else if (t.mark == Mark::dead) {
                    forget(t, unused);
                    keep = false;
                }
                t.lock.unlock();
            }
            if (keep) entries_[kept++] = entry;
        }
        size_ = kept;
        for (std::size_t i = size_ / 4 + 1; i-- > 0;)
            if (i < size_) sift_down(i);
    }

    // With both locks: t leaves this heap.
    void forget(TimerNode<Os>& t, TimerNode<Os>*& unused) {
        dead_.fetch_add(~0u, relaxed);
        t.heap = nullptr;
        t.mark = Mark::none;
        if (!is_unused(t)) return;
        t.next_unused = unused;
        unused = &t;
    }
    static bool is_unused(const TimerNode<Os>& t) {
        return t.users == 0 && t.when == never && !t.heap;
    }

    void publish() {
        const Nanoseconds first = size_ > 0 ? entries_[0].when : never;
        if (first_.load(relaxed) != first) first_.store(first, relaxed);
        count_.store(static_cast<std::uint32_t>(size_), relaxed);
    }

    // The heap itself.
    void push(TimerNode<Os>& t, Nanoseconds when, bool stoppable) {
        if (size_ == capacity_) grow();
        entries_[size_] = {when, sequence_++, &t, stoppable};
        sift_up(size_++);
    }
    void remove_first() {
        entries_[0] = entries_[--size_];
        if (size_ > 0) sift_down(0);
    }
    void change_first(Nanoseconds when) {
        entries_[0].when = when;
        entries_[0].sequence = sequence_++;
        sift_down(0);
    }
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

    typename Os::Lock lock_;            // guards the entries; the atomics are read by all
    Atomic<Nanoseconds> first_{never};  // the deadline of the first entry
    Atomic<Nanoseconds> moved_{never};  // the earliest that a set entry does not know yet
    Atomic<std::uint32_t> dead_{0};     // changes under the lock of the timer that is stopped
    Atomic<std::uint32_t> count_{0};    // size_
    Entry* entries_ = nullptr;
    std::size_t size_ = 0, capacity_ = 0;
    std::uint64_t sequence_ = 0;
};

}  // namespace homeroom
