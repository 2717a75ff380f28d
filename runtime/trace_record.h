// How a native run writes its events down: in records of 16 bytes, most of which stand for several
// events.
#pragma once

#include <array>
#include <cstdint>

#include "runtime/trace_event.h"

namespace homeroom {

// What a machine looked at on its way to a decision, packed into the record of that decision: each
// field is what was found plus one, or 0 for not looked at. They were looked at in this order.
struct PackedLooks {
    static constexpr std::uint32_t bits = 19;
    static constexpr std::uint32_t local_max = 0x1fe, tick_max = 0xfe;

    std::uint32_t word = 0;  // tick << 11 | next << 9 | local

    // Notes one more. False: it does not fit, or comes out of order.
    [[gnu::always_inline]] bool note(Look look, std::uint32_t found) {
        if (look == Look::tick && word == 0 && found <= tick_max) {
            word = (found + 1) << 11;
            return true;
        }
        if (look == Look::next && (word & 0x7ffu) == 0 && found <= 1) {
            word |= (found + 1) << 9;
            return true;
        }
        if (look == Look::local && (word & 0x1ffu) == 0 && found <= local_max) {
            word |= found + 1;
            return true;
        }
        return false;
    }
    // Next slot and own queue were looked at, and empty, after such a look at the tick (0: none).
    static constexpr std::uint32_t nothing_near = 1u << 9 | 1u;
    static constexpr PackedLooks near_nothing(std::uint32_t tick_plus_one) {
        return {tick_plus_one << 11 | nothing_near};
    }
    constexpr bool found_nothing_near() const { return (word & 0x7ffu) == nothing_near; }
    constexpr std::uint32_t tick_plus_one() const { return word >> 11 & 0xffu; }

    template <class F>
    void each(F f) const {
        if (word >> 11 & 0xffu) f(Look::tick, (word >> 11 & 0xffu) - 1);
        if (word >> 9 & 3u) f(Look::next, (word >> 9 & 3u) - 1);
        if (word & 0x1ffu) f(Look::local, (word & 0x1ffu) - 1);
    }
};

// One record is one decision: what surely goes with it is not written, but put back by
// RecordUnfolder.
//   ran             arg: what pack_ran says, and above it PackedLooks
//   looked          arg: many_looks << 24 | PackedLooks; g: how many were found in the global
//                   queue, plus one; 0: not looked there
//   yielded, preempted with arg 0
//                   g stands in the global queue now
//   switched        from one coroutine to the next; arg: PackedSwitch, g: the next; 0: none yet
//   batched         g came from the global queue into p's own, by the `switched` that follows
struct TraceRecord {
    static constexpr std::uint32_t many_looks = 0xff, looks_of_ran = 9;
    static constexpr EventKind switched{0xfe}, batched{0xff};

    std::uint64_t word =
        0;  // ticks since TraceBuffers::start_ticks << 16 | kind << 8 | p; 26 hours fit
    CoroutineId g = 0;
    std::uint32_t arg = 0;

    static TraceRecord pack(std::uint64_t ticks, const Event& event) {
        return {ticks << 16 | static_cast<std::uint64_t>(event.kind) << 8 | event.p, event.g,
                event.arg};
    }
    std::uint64_t ticks() const { return word >> 16; }
    Event event() const {
        return {static_cast<EventKind>(word >> 8 & 0xff), static_cast<std::uint8_t>(word & 0xff), g,
                arg};
    }
};
static_assert(sizeof(TraceRecord) == 16);

// The commonest of all decisions in one word: one coroutine stops, what was looked at, another
// runs. Who stopped is the one that the same ring has said to run.
struct PackedSwitch {
    enum class Why : std::uint8_t {
        told,
        yielded,
        preempted,
        ended
    };  // told: in a record of its own

    std::uint32_t word = 0;  // batch << 31 | looks << 7 | global << 6 | inherits << 5 | source << 2
                             // | why; with global, looks: found << 8 | tick, and next and local
                             // were found empty

    static constexpr std::uint32_t inherits = 1u << 5, global = 1u << 6, batch = 1u << 31;

    static constexpr std::uint32_t pack_looks(PackedLooks looks) { return looks.word << 7; }
    static constexpr std::uint32_t pack_global(PackedLooks looks, std::uint32_t found) {
        return global | looks.tick_plus_one() << 7 | (found < 0xffffu ? found : 0xffffu) << 15;
    }
    static constexpr std::uint32_t pack_ran(Source source, bool inherits_slice) {
        return static_cast<std::uint32_t>(source) << 2 | (inherits_slice ? inherits : 0);
    }

    Why why() const { return static_cast<Why>(word & 3u); }
    std::uint32_t ran() const {
        return homeroom::pack_ran(static_cast<Source>(word >> 2 & 7u), (word & inherits) != 0);
    }
    PackedLooks looks() const {
        return (word & global) != 0 ? PackedLooks::near_nothing(word >> 7 & 0xffu)
                                    : PackedLooks{word >> 7 & ((1u << PackedLooks::bits) - 1)};
    }
    std::uint32_t global_found() const { return word >> 15 & 0xffffu; }
};

// Puts back what one ring's records leave out: events one by one, in the order in which they
// happened. Of use for one ring only.
class RecordUnfolder {
public:
    template <class F>
    void unfold(const TraceRecord& record, F&& f) {
        const Event e = record.event();
        auto give = [&](EventKind kind, CoroutineId g, std::uint32_t arg) {
            f(TraceRecord::pack(record.ticks(), {kind, e.p, g, arg}));
        };
        auto give_look = [&](Look look, std::uint32_t found) {
            give(EventKind::looked, 0, pack_look(look, no_processor, found));
        };
        if (e.kind == TraceRecord::batched) {
            if (batch_count_ < batch_.size()) batch_[batch_count_++] = e.g;
            return;
        }
        if (e.kind == TraceRecord::switched) {
            unfold_switch(PackedSwitch{e.arg}, e.g, give, give_look);
        } else if (e.kind == EventKind::ran) {
            PackedLooks{e.arg >> TraceRecord::looks_of_ran}.each(give_look);
            give(e.kind, e.g, e.arg & ((1u << TraceRecord::looks_of_ran) - 1));
            running_ = e.g;
        } else if (e.kind == EventKind::looked && e.arg >> 24 == TraceRecord::many_looks) {
            PackedLooks{e.arg & 0xffffffu}.each(give_look);
            if (e.g != 0) give_look(Look::global, e.g - 1);
        } else {
            f(record);
            if ((e.kind == EventKind::yielded || e.kind == EventKind::preempted) && e.arg == 0)
                give(EventKind::queued, e.g, static_cast<std::uint32_t>(Queue::global));
        }
        batch_count_ = 0;  // also of a batch whose `switched` was lost
    }

private:
    template <class Give, class GiveLook>
    void unfold_switch(PackedSwitch s, CoroutineId next, Give& give, GiveLook& give_look) {
        using Why = PackedSwitch::Why;
        if (s.why() == Why::ended) give(EventKind::ended, running_, 0);
        if (s.why() == Why::yielded || s.why() == Why::preempted) {
            give(s.why() == Why::yielded ? EventKind::yielded : EventKind::preempted, running_, 0);
            give(EventKind::queued, running_, static_cast<std::uint32_t>(Queue::global));
        }
        s.looks().each(give_look);
        if ((s.word & PackedSwitch::global) != 0) give_look(Look::global, s.global_found());
        if ((s.word & PackedSwitch::batch) != 0) {
            for (std::uint32_t i = 0; i < batch_count_; ++i)
                give(EventKind::queued, batch_[i], static_cast<std::uint32_t>(Queue::local));
            give(EventKind::refilled, 0, batch_count_ + 1);
        }
        if (next == 0) return;
        give(EventKind::ran, next, s.ran());
        running_ = next;
    }

    CoroutineId running_ = 0;               // the last that was called
    std::array<CoroutineId, 128> batch_{};  // half of a processor's queue
    std::uint32_t batch_count_ = 0;
};

}  // namespace homeroom
