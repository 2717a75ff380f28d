// The scheduler: M machines (OS threads) run G coroutines, each while it holds one of P processors.
//
// This file has the objects and the list of what they can do. How is told in a file for each part:
//
//   leave.h        from one coroutine to the next: yield, park, ready
//   finish.h       how one ends
//   search.h       what runs next
//   calls.h        blocking calls, the hand-off of processors, waking machines
//   net_wait.h     waiting for pipes and sockets
//   monitor.h      the thread that watches the others
//   world_stop.h   stopping all machines for a moment
//   thread_tie.h   a coroutine that stays on its thread
//   descriptors.h  what coroutines are made of
//   lifecycle.h    beginning and end of a run
//
// A coroutine that gives way looks for its successor on its own stack, and switches straight to it;
// only when nothing is at hand it goes to the machine's own flow (Go's g0), which may search, wait
// and rest. Two rules make that safe:
//   - A coroutine is put where others may find it before it has left its stack. Whoever takes it
//     waits until it has (Context::has_left).
//   - Before waiting for anything, a machine leaves the coroutine's stack. So what others wait for
//     is a few instructions away at most, and two machines cannot wait for each other.
// Each world compiles it once, at the end of its own header (`extern template`): it is most of what
// a program that uses it would otherwise compile anew in each file.
//
// Rejected: always passing through the machine's own flow, as Go does. It needs no such rules and
// costs a second switch and a cold stack at each decision.
#pragma once

#include <array>
#include <stdexcept>
#include <string>

#include "runtime/check.h"
#include "runtime/coroutine_pool.h"
#include "runtime/global_queue.h"
#include "runtime/idle.h"
#include "runtime/net_poll.h"
#include "runtime/recheck.h"
#include "runtime/rules.h"
#include "runtime/tell.h"

namespace homeroom {

struct SchedulerOptions {
    std::uint32_t processors = 0;  // GOMAXPROCS, 1 to 64; 0: as many as the process has CPUs
    Rules rules{};
    bool monitor = true;                  // start the monitor thread (sysmon)
    std::size_t stack_bytes = 32 * 1024;  // per coroutine; only touched pages cost memory
};

enum class Outcome : std::uint8_t { finished, deadlocked, crashed };

struct RunResult {
    Outcome outcome = Outcome::finished;
    std::string report;  // of a deadlock or crash: the text that Go would print
};

// What Go calls a panic. Escapes from a coroutine's first function: the run ends as `crashed`.
class Panic : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// What Go calls a fatal error, and does not let a program catch. Here it can be caught like any
// other; only the report keeps Go's name for it.
class FatalError : public Panic {
public:
    using Panic::Panic;
};

// Thrown by goexit() and caught where the coroutine began. It is no std::exception: only a
// `catch (...)` can meet it, and must throw it on.
struct CoroutineExit {};

template <OperatingSystem Os>
class Monitor;

template <OperatingSystem Os>
class Scheduler {
    template <class T>
    using Atomic = typename Os::template Atomic<T>;

public:
    using G = Coroutine<Os>;
    using M = Machine<Os>;
    using P = Processor<Os>;
    static constexpr std::uint32_t processors_max = 64, machines_max = 10'000;  // Go: maxmcount

    explicit Scheduler(const SchedulerOptions& options);
    ~Scheduler();
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    // Runs `main` and what it starts, on the calling thread and as many more as needed. Returns
    // when main returns; coroutines that still run then stop at their next scheduling point and are
    // dropped with their stacks, as in Go.
    template <class F>
    RunResult run(F&& main) {
        void* const outer = Os::self();
        M& m = begin();
        go(m, std::forward<F>(main));
        RunResult result = carry_through(m);
        Os::set_self(outer);
        return result;
    }

    // The machine that runs the caller. Ask again after anything that may switch: a coroutine
    // migrates.
    static M& machine() { return *static_cast<M*>(Os::self()); }

    // --- For a coroutine that runs on machine m. ---

    // Starts a coroutine. It will run next; the caller goes on.
    template <class F>
    CoroutineId go(M& m, F&& f) {
        return start(m, std::forward<F>(f), m.running ? m.running->id : 0);
    }
    // The same for who is no coroutine, or not the running one: a timer.
    template <class F>
    CoroutineId start(M& m, F&& f, CoroutineId parent) {
        G& g = take_free(m);
        g.set_closure(std::forward<F>(f));
        const CoroutineId id = g.id;
        launch(m, g, parent);
        return id;
    }

    // To the tail of the global queue, and on with another.
    void yield(M& m) { give_way(m, EventKind::yielded); }
    // To the tail of the own queue, waking nobody: after handing a semaphore on.
    void yield_local(M& m);
    // Gives way if the monitor has asked for it.
    void poll(M& m) {
        if (m.processor->give_way.load(relaxed)) [[unlikely]]
            if (rules.preemption || stopping_.load(relaxed) != not_stopping)
                give_way(m, EventKind::preempted);
    }
    // Takes the coroutine that runs with p off in the midst of marked code (marked_code.h), if it
    // is there and the world can, and give_way is set. May be called by anybody, again and again.
    void interrupt(P& p) {
        if constexpr (Os::interrupts)
            if (auto* computing = p.computing.load(acquire))  // pairs with MarkedCode
                computing->send();
    }
    bool ending() const { return stopping_.load(relaxed) == run_ends; }
    // Announces that the running coroutine will wait. Called under the lock of what it waits at,
    // before others can find it there; suspend() follows when that lock is released.
    void will_park(M& m, WaitReason reason, ObjectId object) {
        G& g = *m.running;
        g.wait_reason = reason;
        g.wait_object = object;
        g.state.store(CoroutineState::parked, relaxed);
        trace(EventKind::parked, m.processor, &g, pack_wait(reason, object));
    }
    void suspend(M& m);
    // Makes a parked coroutine ready: it will run next on m's processor.
    void ready(M& m, G& g);
    void sleep_until(M& m, Nanoseconds when);
    // Whether m's coroutine may spin for a lock instead of parking at once (Go's
    // sync_runtime_canSpin): another processor runs coroutines, one of which may hold the lock, and
    // none waits for this one.
    bool may_spin_for_lock(const M& m) const {
        const std::uint32_t others = idle_.processors.load(relaxed) + idle_.searchers.count();
        return processor_count_ > others + 1 && !m.processor->has_work();
    }
    // A timer was set to `when`, and that is the earliest of its processor: somebody must wait for
    // it.
    void wake_poller(Nanoseconds when);
    // On a call that blocks the whole thread (calls.h). `known`: it will surely block.
    void enter_call(M& m, bool known);
    void leave_call(M& m);
    // Changes how many processors there are, at most processors_max (world_stop.h).
    std::uint32_t set_processors(std::uint32_t count);
    // Parks the running coroutine until d has become ready (net_wait.h); returns at once if it has
    // since the last time. `watch` returns null if the system refuses.
    void wait_ready(M& m, PollDescriptor<Os>& d, Direction direction, ObjectId stream);
    PollDescriptor<Os>* watch(typename Os::Handle handle);
    void forget(typename Os::Handle handle, PollDescriptor<Os>& d) { net_.forget(handle, d); }

    // From now on only m runs its coroutine, and nobody else; undone as often as done
    // (thread_tie.h).
    void tie(M& m);
    void untie(M& m);

    template <Telling telling = Telling::maybe>
    [[gnu::always_inline]] static void trace(EventKind kind, const P* p, const G* g,
                                             std::uint32_t arg = 0, Place place = Place::here()) {
        tell<Os, telling>(kind, p, g, arg, place);
    }

    const Rules rules;

private:
    template <OperatingSystem>
    friend class Monitor;

    // A coroutine taken out of its queue, to be run next by whoever took it.
    struct Found {
        G* g = nullptr;  // null: nothing
        Source source = Source::same;
    };

    template <Telling telling = Telling::maybe>
    [[gnu::always_inline]] static void trace_look(const P* p, Look look, std::uint32_t found,
                                                  std::uint32_t victim = no_processor,
                                                  Place place = Place::here()) {
        tell<Os, telling>(EventKind::looked, p, nullptr, pack_look(look, victim, found), place);
    }
    template <Telling telling = Telling::maybe>
    [[gnu::always_inline]] static void trace_queued(const P* p, const G& g, Queue queue,
                                                    Place place = Place::here()) {
        tell<Os, telling>(EventKind::queued, p, &g, static_cast<std::uint32_t>(queue), place);
    }

    // The first machine, with the first processor; and all it does until the end.
    M& begin();
    RunResult carry_through(M& m);

    // Descriptors and stacks.
    G& take_free(M& m);
    G& take_free_with_number(P& p);
    void put_free(P& p, G& g);
    // Whether something more to keep, of each kind, would not overfill p's own lists.
    static bool has_room(const P& p) {
        return p.free_coroutines.has_room() && p.free_stacks.has_room();
    }
    void make_room(P& p);
    Stack& take_stack(P& p);
    static void stack_main(void* stack);
    [[noreturn]] static void overflowed(const G& g);
    template <Telling telling>
    using Tells = Teller<Os, telling>;

    void launch(M& m, G& g, CoroutineId parent);
    void tell_and_put_next(M& m, G& g, EventKind kind, std::uint32_t arg);
    void finish(M& m, G& g);
    template <Telling telling>
    void finish(M& m, G& g);
    template <Telling telling>
    void finish_rarely(M& m, G& g);
    template <Telling telling>
    void finish_for_global(M& m, Stack& here);
    template <Telling telling>
    [[gnu::always_inline]] inline void leave_for_good(M& m, P& p, Stack& here, Found found,
                                                      Tells<telling>& teller);

    // Queues.
    template <Telling telling>
    [[gnu::always_inline]] inline void put_next(M& m, G& g);
    template <Telling telling>
    [[gnu::always_inline]] inline G* put_in_slot(P& p, G& g);
    void put_in_full(M& m, G& g);
    void put_last(P& p, G& g);
    void overflow(P& p, G& g);
    void put_global(G& g);
    void give_way(M& m, EventKind why);
    template <Telling telling>
    void give_way(M& m, EventKind why);
    template <Telling telling>
    void give_way_at_length(M& m, EventKind why);
    template <Telling telling>
    void leave_for_next(M& m);
    template <Telling telling>
    void leave_for_quick(M& m);
    template <Telling telling>
    void leave_for_global(M& m);
    template <Telling telling>
    [[gnu::always_inline]] inline void leave(M& m, P& p, Found found, Tells<telling>& teller);
    void leave_for_new_stack(M& m, Found found);
    void leave_for_later(M& m, Found found);
    void leave_for_nobody(M& m, Found found);

    // What runs next (search.h).
    template <Telling telling>
    [[gnu::always_inline]] inline Found find_quick(M& m, Tells<telling>& teller);
    template <Telling telling>
    [[gnu::always_inline]] inline Found find_own(P& p, Tells<telling>& teller);
    template <Telling telling>
    [[gnu::always_inline]] inline Found find_global(P& p, Tells<telling>& teller);
    bool nothing_before_own(const P& p) const;
    Found find_runnable(M& m);
    G* take_global(P& p);
    G* take_one_global();
    template <Telling telling>
    [[gnu::always_inline]] inline G* take_global_locked(P& p, Tells<telling>& teller);
    G* take_global_locked(P& p);
    [[gnu::always_inline]] static inline void look_ahead(const P& p);
    Found steal(M& m);
    Found steal_from(M& m, P& victim, bool last_round);
    bool may_spin(const M& m);
    void begin_spinning(M& m);
    void end_spinning(M& m);
    Found give_up(M& m);
    Found look_again(M& m);
    Found ask_network(M& m);
    void ask_network_for_all(M* m);
    Found wait_for_timer(M& m);
    Found run_first(M& m, CoroutineList<Os> list);
    void inject(M* m, CoroutineList<Os> list);
    void interrupt_poller_locked();
    void run_timers(M& m, P& owner, Nanoseconds now);
    void run_timers_now(M& m, P& owner);
    Nanoseconds earliest_timer() const;
    template <Telling telling>
    [[gnu::always_inline]] inline void call(M& m, P& p, Found found, Tells<telling>& teller);
    void wait_until_left(M& m, const G& g);
    Found rest(M& m);
    void rest_tied_locked(M& m);
    void pass_on(M& m, Found next);
    void give_to_tied(M& m, Found found);
    void machine_loop(M& m);
    static void machine_main(void* machine);

    // Waking (idle.h) and handing over (calls.h).
    bool may_wake() const { return processor_count_ > 1 && rules.wake; }
    void wake_one() {
        if (may_wake()) wake_another();
    }
    void wake_another();
    void start_machine(P& p, bool spinning, EventKind why, Found first = {});
    void acquire_processor(M& m, P& p);
    void release_processor_locked(P& p);
    void hand_off(P& p);
    P* take_idle_processor_locked(P* wanted = nullptr);
    M& new_machine();

    // Stopping all others for a moment (world_stop.h).
    bool stop_world(M& m, std::uint32_t wanted);
    void start_world(M& m, std::uint32_t count);
    void take_from_calls_locked(const P& own);
    void stand_still_locked(M& m);
    void stop_here(M& m);
    void make_processor(std::uint32_t i);
    void retire_locked(P& p, P& heir);
    void set_processor_count(std::uint32_t count);

    // The end.
    void stop_locked(Outcome outcome, std::string report, const G* culprit = nullptr);
    void check_dead_locked();
    std::string deadlock_report() const;
    std::string spawns_of(CoroutineId parent) const;
    void crash(const G& g, const std::string& what);
    void no_more_threads();

    // How many coroutines p has called since the last tick (Go: schedtick % 61).
    std::uint32_t phase(const P& p) const {
        return p.until_tick == 0 ? 0 : rules.tick_interval - p.until_tick;
    }
    P& processor(std::uint32_t i) { return *processors_[i]; }

    // A number that changes only while the world is stopped, but may be read by machines that need
    // not stop. No access of the model's: what another order would show, it shows at the next one.
    class RarelyChanged {
    public:
        explicit RarelyChanged(std::uint32_t value) : value_(value) {}
        // Acquire and release: who sees the number sees the processors.
        operator std::uint32_t() const { return value_.load(std::memory_order_acquire); }
        void set(std::uint32_t value) { value_.store(value, std::memory_order_release); }

    private:
        std::atomic<std::uint32_t> value_;
    };

    RarelyChanged processor_count_;
    std::array<P*, processors_max> processors_{};
    std::uint32_t coprime_count_ =
        0;  // numbers below processor_count_ without a common divisor with it
    std::array<std::uint8_t, processors_max> coprimes_{};

    // Go's sched.lock: guards the global queue, the idle lists and the lists of all machines and
    // stacks.
    typename Os::Lock lock_;
    GlobalQueue<Os, G> global_;
    alignas(64) Atomic<std::uint32_t> global_size_{0};  // written under lock_, read by all
    IdleLists<Os> idle_;
    M* machines_ = nullptr;  // all that were ever made
    std::uint32_t machine_count_ = 0;
    CoroutinePool<Os> coroutines_;
    StackPool<Os> stacks_;

    // One machine at most waits for the next timer and the network (Go: blocks in netpoll), until
    // then; null: nobody does.
    NetPoll<Os> net_;
    M* poller_ = nullptr;
    Nanoseconds poll_until_ = 0;

    // The monitor rests while all processors are idle.
    typename Os::Parker monitor_parker_;
    Atomic<bool> monitor_rests_{false};  // changes under lock_
    std::uint32_t tied_resting_ = 0;     // machines that wait for their tied coroutine; the same
    bool retaking_ = false;  // the monitor may hold a processor, or coroutines; guarded by lock_

    Atomic<CoroutineId> last_id_{0};
    enum Stopping : std::uint8_t { not_stopping, world_stops, run_ends };
    Atomic<Stopping> stopping_{not_stopping};  // changes under lock_
    M* stopper_ = nullptr;         // who stops the world; it and the next are guarded by lock_
    std::uint32_t unstopped_ = 0;  // processors that it still waits for
    const bool monitor_wanted_;
    Outcome outcome_ = Outcome::finished;  // written under lock_, once
    std::string report_;
    CoroutineId culprit_parent_ = 0;  // of a crash: who started the culprit
    bool main_exited_ = false;        // by goexit; known to its own flow only
};

}  // namespace homeroom

#include "runtime/calls.h"
#include "runtime/descriptors.h"
#include "runtime/finish.h"
#include "runtime/leave.h"
#include "runtime/lifecycle.h"
#include "runtime/monitor.h"
#include "runtime/net_wait.h"
#include "runtime/search.h"
#include "runtime/thread_tie.h"
#include "runtime/world_stop.h"
