// What a coroutine may ask for, whatever the world it runs in: go, yield, sleep, work, blocking
// calls.
#pragma once

#include <type_traits>

#include "runtime/marked_code.h"
#include "runtime/tell.h"

namespace homeroom {

// Runs `main` as the first coroutine, and what it starts; returns when main returns. Coroutines
// that are not finished then are dropped: their destructors do not run, as in Go.
template <OperatingSystem Os, class F>
RunResult run_on(const SchedulerOptions& options, F&& main) {
    Scheduler<Os> scheduler(options);
    return scheduler.run(std::forward<F>(main));
}

// All static; to be called from inside a coroutine of this Os only.
template <OperatingSystem Os>
struct Runtime {
    using S = Scheduler<Os>;

    // Starts f() as a coroutine; returns its number. The caller goes on; f runs when a machine gets
    // to it, on this processor as the next one. Captures of up to 48 bytes are stored without an
    // allocation.
    template <class F>
    static CoroutineId go(F&& f) {
        auto& m = S::machine();
        m.scheduler->poll(m);
        auto& now = S::machine();  // polling may have moved us
        return now.scheduler->go(now, std::forward<F>(f));
    }

    // Gives way: to the end of the global queue (Go's runtime.Gosched).
    static void yield() {
        auto& m = S::machine();
        m.scheduler->yield(m);
    }

    // Ends the calling coroutine: destroys what is on its stack, by an exception. So a `catch
    // (...)` between here and the coroutine's first function must throw it on, or the coroutine
    // lives, and the destructors that run meanwhile must not wait. When main does it, the others go
    // on; when nobody is left, that is a deadlock.
    [[noreturn]] static void goexit() { throw CoroutineExit{}; }

    // Sleeps at least so long. Zero or less: returns at once, without giving way (as Go's
    // time.Sleep).
    static void sleep_for(Nanoseconds duration) {
        if (duration <= 0) return;
        auto& m = S::machine();
        m.scheduler->sleep_until(m, Timers<Os>::after(duration));
    }

    // Computes for so long on the processor, and gives way when the monitor asks for it: as code
    // that calls functions all the time does in Go.
    static void work(Nanoseconds duration) {
        while (duration > 0) {
            auto& m = S::machine();
            duration -= worked(m, Os::compute(duration, m.processor->give_way));
            m.scheduler->poll(m);
        }
    }

    // Returns f(). Where the world can, the coroutine is taken off its processor at any instruction
    // of f when the monitor wants that, and goes on later with all registers as they were, perhaps
    // on another thread. So f must only compute: not use the runtime (but for compute itself),
    // allocate, hold a lock, do input or output, use a thread_local, errno included, or throw.
    // Elsewhere (rules.h, preempt.h) only the end of f is a point to give way at. f should leave 12
    // kB of the coroutine's stack free, or it is not interrupted.
    template <class F>
    static auto compute(F&& f) {
        MarkedCode<Os> marked;
        return call_marked(f);
    }

    // Computes for so long without asking anybody, like a loop without a call in Go: only an
    // interrupt takes it off. In a world without them it is asked as work() is, if the rule is on.
    static void compute_for(Nanoseconds duration) {
        if (duration <= 0) return;
        const typename Os::template Atomic<bool> never{false};
        if constexpr (Os::interrupts) {
            compute([&] { Os::compute(duration, never); });
            worked(S::machine(), duration);
        } else {
            while (duration > 0) {
                auto& m = S::machine();
                const bool asked = m.scheduler->rules.async_preemption;
                duration -= worked(m, Os::compute(duration, asked ? m.processor->give_way : never));
                m.scheduler->poll(m);
            }
        }
    }

    // Calls f(), which blocks the whole thread for sure: the processor goes to another machine
    // first. f runs on the coroutine's own small stack and must not use the runtime.
    template <class F>
    static auto blocking(F&& f) {
        return in_call(std::forward<F>(f), true);
    }
    // Calls f(), which may block the thread: the processor stays, until the monitor finds that it
    // takes long.
    template <class F>
    static auto calling(F&& f) {
        return in_call(std::forward<F>(f), false);
    }
    // The same two with a call that just takes so long.
    static void block_for(Nanoseconds duration) {
        blocking([duration] { Os::block_for(duration); });
    }
    static void call_for(Nanoseconds duration) {
        calling([duration] { Os::block_for(duration); });
    }

    // How many processors there are (Go's runtime.GOMAXPROCS), and how many there are to be from
    // now on: 1 to 64; 0 changes nothing. To change it all machines stop for a moment, at their
    // next scheduling point. Returns how many there were.
    static std::uint32_t gomaxprocs(std::uint32_t count = 0) {
        auto& m = S::machine();
        return m.scheduler->set_processors(count);
    }

    // Until the opposite, the calling coroutine runs on this thread only, and nobody else does
    // (Go's runtime.LockOSThread): for what belongs to a thread, such as its thread_locals. May be
    // nested; ends with the coroutine.
    static void lock_os_thread() {
        auto& m = S::machine();
        m.scheduler->tie(m);
    }
    static void unlock_os_thread() {
        auto& m = S::machine();
        m.scheduler->untie(m);
    }

    static Nanoseconds now() { return Os::now(); }
    static CoroutineId id() { return S::machine().running->id; }

private:
    struct InCall {
        explicit InCall(bool known) {
            auto& m = S::machine();
            m.scheduler->enter_call(m, known);
        }
        ~InCall() {
            auto& m =
                S::machine();  // the same thread as before: only it may come back from its call
            m.scheduler->leave_call(m);
        }
        InCall(const InCall&) = delete;
        InCall& operator=(const InCall&) = delete;
    };
    static Nanoseconds worked(const Machine<Os>& m, Nanoseconds done) {
        S::trace(EventKind::worked, m.processor, m.running,
                 static_cast<std::uint32_t>(std::min<Nanoseconds>(done, 0xffffffff)));
        return done;
    }
    template <class F>
    static auto call_marked(F& f) noexcept {
        return f();
    }
    template <class F>
    static auto in_call(F&& f, bool known) {
        InCall call(known);
        return f();
    }
};

}  // namespace homeroom
