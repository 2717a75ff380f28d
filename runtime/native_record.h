// The record of a native run, as its threads write it: what a switch needs, inline.
#pragma once

#include <utility>

#include "runtime/os.h"
#include "runtime/trace_ring.h"

namespace homeroom {

// Each thread writes into the ring of the machine that it is; records of threads that did not say
// so are dropped, and counted as lost. A record that follows at once what the same machine has just
// recorded shares the last reading of the clock, which costs as much as several records. And what
// goes with a decision anyway is not written (trace_record.h): the ring is filled less fast then,
// and memory is what a record costs. One run at a time, as all of NativeOs.
class NativeRecord {
public:
    struct Speaker;

    static bool on() { return on_; }
    static void start(TraceBuffers* buffers);  // null: stops it; no thread may be tracing meanwhile
    static void this_thread_is(std::uint32_t machine);
    // The calling thread is about to sleep in the kernel.
    static void leave_core(Unseat why);
    // As NativeOs.
    static std::uint32_t use_cpus(std::uint32_t limit);

    // Inlined always, and in pieces to what is not: an Event in memory is written in small pieces
    // and read back as a whole, which stalls the processor for as long as reading the clock.
    [[gnu::always_inline]] static void tell(Event event) {
        Speaker& s = speaker();
        switch (event.kind) {
            case EventKind::looked:
                if (s.looks.note(look_of(event.arg), look_found(event.arg))) {
                    s.looks_p = event.p;
                    return;
                }
                break;
            case EventKind::queued:
                if (std::exchange(s.gave_way, 0) == event.g) return;
                break;
            case EventKind::ran:
                event.arg |= s.looks.word << TraceRecord::looks_of_ran;
                s.looks.word = 0;
                break;
            default:
                break;
        }
        if (shares_stamp(s, event) && s.knows(buffers_.load(relaxed))) [[likely]] {
            if (s.looks.word != 0) [[unlikely]]
                if (s.write_looks(event.kind, event.arg)) return;
            s.write(event.kind, event.p, event.g, event.arg);
            return;
        }
        tell_with_clock(event.kind, event.p, event.g, event.arg);
    }

    // A decision of the calling thread, on processor p, that becomes one record: nothing is written
    // before `ran`, or hush(), which must come before anything else is told. In registers, so all
    // that is not rare is inlined, and what is rare gets values. See Teller.
    class Decision {
        using Why = PackedSwitch::Why;

    public:
        // Only for a thread that has a ring.
        [[gnu::always_inline]] static bool possible() {
            return speaker().knows(buffers_.load(relaxed));
        }
        [[gnu::always_inline]] explicit Decision(std::uint8_t p) : s_(speaker()), p_(p) {
            if (s_.looks.word != 0) [[unlikely]]
                s_.write_looks(EventKind::ran, 0);
        }

        [[gnu::always_inline]] void event(EventKind kind, CoroutineId g, std::uint32_t arg) {
            switch (kind) {
                case EventKind::yielded:
                case EventKind::preempted:
                case EventKind::ended:
                    if (arg == 0 && s_.ran == g) [[likely]] {
                        s_.read_clock();
                        s_.stamp_of_yield = false;
                        why_ = kind == EventKind::yielded     ? Why::yielded
                               : kind == EventKind::preempted ? Why::preempted
                                                              : Why::ended;
                        return;
                    }
                    break;
                case EventKind::refilled:
                    if (batch_) return;  // the batch says how many
                    break;
                case EventKind::ran:
                    if (shares_stamp(source_of(arg))) [[likely]] {
                        s_.write(
                            TraceRecord::switched, p_, g,
                            word() | PackedSwitch::pack_ran(source_of(arg), inherits_slice(arg)));
                        forget();
                        return;
                    }
                    break;
                default:
                    break;
            }
            hush();
            tell_rarely(kind, p_, g, arg);
        }
        [[gnu::always_inline]] void look(Look look, std::uint32_t found) {
            if (look == Look::global) {
                if (looks_.found_nothing_near()) [[likely]] {
                    global_ = PackedSwitch::pack_global(looks_, found);
                    return;
                }
            } else if (looks_.note(look, found)) [[likely]] {
                return;
            }
            hush();
            tell_rarely(EventKind::looked, p_, 0, pack_look(look, no_processor, found));
        }
        [[gnu::always_inline]] void queued(CoroutineId g, Queue queue) {
            if (queue == Queue::global && why_ != Why::told) return;  // as that says
            if (queue == Queue::local && global_ != 0) {
                s_.write(TraceRecord::batched, p_, g, 0);
                batch_ = true;
                return;
            }
            hush();
            tell_rarely(EventKind::queued, p_, g, static_cast<std::uint32_t>(queue));
        }
        [[gnu::always_inline]] void hush() {
            if (word() == 0) return;
            write_unfinished(s_, p_, word(), looks_);
            forget();
        }

    private:
        [[gnu::always_inline]] void forget() {
            why_ = Why::told;
            looks_ = {};
            global_ = 0;
            batch_ = false;
        }
        [[gnu::always_inline]] std::uint32_t word() const {
            return static_cast<std::uint32_t>(why_) |
                   (global_ != 0 ? global_ : PackedSwitch::pack_looks(looks_)) |
                   (batch_ ? PackedSwitch::batch : 0);
        }

        Speaker& s_;
        const std::uint8_t p_;
        Why why_ = Why::told;
        PackedLooks looks_;
        std::uint32_t global_ = 0;
        bool batch_ = false;
    };

    // Where a thread's records go. Public for the variable in native_record.cpp alone.
    struct Speaker {
        TraceBuffers* buffers = nullptr;  // null: no ring yet
        TraceRing* ring = nullptr;
        TraceRecord* records = nullptr;
        std::uint64_t mask = 0;
        std::uint64_t start_ticks = 0;
        std::uint64_t stamp = 0;
        int cpu = -1;  // none: not yet known, or it sleeps
        std::uint32_t machine = ~0u;
        PackedLooks looks;  // not yet written
        std::uint8_t looks_p = 0;
        CoroutineId gave_way = 0;  // to the global queue, as its record says already
        CoroutineId ran = 0;       // who runs, as the ring says; 0: that record was lost
        bool stamp_of_yield = false;

        [[gnu::always_inline]] bool knows(const TraceBuffers* current) const {
            return buffers != nullptr && buffers == current;
        }
        [[gnu::always_inline]] void write(EventKind kind, std::uint8_t p, CoroutineId g,
                                          std::uint32_t arg) {
            const bool written =
                ring->push(records, mask, TraceRecord::pack(stamp, {kind, p, g, arg}));
            if (kind == EventKind::ran || (kind == TraceRecord::switched && g != 0))
                ran = written ? g : 0;
        }
        // A new stamp. Says where the thread sits, if it may have been moved since the last.
        [[gnu::always_inline]] void read_clock() {
            const std::uint64_t last = stamp;
            stamp = read_ticks() - start_ticks;
            if (stamp - last > switch_ticks || cpu < 0) [[unlikely]]
                look_where_it_sits();
        }
        void look_where_it_sits();
        // Writes what was looked at before an event, and the event with it if that is a look into
        // the global queue: then returns true.
        bool write_looks(EventKind before, std::uint32_t arg);
    };

private:
    static Speaker& speaker_by_call();

    // As NativeOs::self().
    [[gnu::always_inline]] static Speaker& speaker() {
#if defined(__x86_64__)
        Speaker* s = nullptr;
        asm volatile("movq %%fs:0, %0\n\tleaq homeroom_speaker@tpoff(%0), %0" : "=r"(s));
        return *s;
#else
        return speaker_by_call();
#endif
    }

    // What was looked at, where a coroutine went, and a call from the own queue right after the
    // last one gave way; who gives way looks into the global queue under the same lock, and whoever
    // finds something there takes it under the lock of that look. All else may depend on what
    // another machine has done since.
    static bool shares_stamp(const Speaker& s, const Event& event) {
        switch (event.kind) {
            case EventKind::looked:
                return s.stamp_of_yield || look_of(event.arg) != Look::global ||
                       look_found(event.arg) == 0;
            case EventKind::queued:
            case EventKind::refilled:
                return true;
            case EventKind::ran:
                return shares_stamp(source_of(event.arg));
            default:
                return false;
        }
    }
    static bool shares_stamp(Source source) {
        return source == Source::next || source == Source::local || source == Source::global;
    }
    static void tell_with_clock(EventKind kind, std::uint8_t p, CoroutineId g, std::uint32_t arg);
    static void tell_rarely(EventKind kind, std::uint8_t p, CoroutineId g, std::uint32_t arg);
    static void write_unfinished(Speaker& s, std::uint8_t p, std::uint32_t word, PackedLooks looks);
    static bool find_ring(Speaker& s);

    inline static bool on_ = false;  // changes only while nothing runs
    inline static std::atomic<TraceBuffers*> buffers_{nullptr};
};

}  // namespace homeroom
