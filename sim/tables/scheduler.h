// The runtime of a class in which each student has a table of its own (1:1): a coroutine is a
// thread, and the kernel does all the scheduling.
//
// It offers what runtime/ asks of a scheduler, so the same programs, channels and locks run on it.
// What it does not have: clipboards, queues, stealing, a monitor. Whoever waits is a sleeping
// thread; a hand-over is a wake-up by the kernel; a blocking call concerns nobody else.
//
// With a class for each student (TablesOs::forks()) `go` is a fork. Channels, locks and wait groups
// lie in memory that all have in common, as if mapped with MAP_SHARED, or nobody could wait for
// anybody; shared variables are copied.
#pragma once

#include <exception>
#include <limits>
#include <stdexcept>
#include <utility>

#include "runtime/scheduler.h"
#include "sim/sim_os.h"

namespace homeroom {

template <>
class Scheduler<sim::TablesOs> {
    using Os = sim::TablesOs;

public:
    using G = Coroutine<Os>;
    using M = Machine<Os>;
    using P = Processor<Os>;

    explicit Scheduler(const Rules& run_rules) : rules(run_rules) {}
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    // Runs `main` on the calling thread; the others are gone when it returns.
    template <class F>
    RunResult run(F&& main) {
        Student& student = make(std::forward<F>(main), 0);
        trace(EventKind::spawned, nullptr, &student.coroutine, 0);
        table_main(&student);
        const bool well = outcome_ == Outcome::finished;
        trace(well ? EventKind::finished : EventKind::crashed, nullptr, nullptr, 0);
        Os::end_other_threads();
        Os::set_self(nullptr);
        return {outcome_, report_};
    }

    static M& machine() { return *static_cast<M*>(Os::self()); }

    template <class F>
    CoroutineId go(M& m, F&& f) {
        const CoroutineId parent = m.running->id;
        Student& student = make(std::forward<F>(f), parent);
        trace(EventKind::spawned, nullptr, &student.coroutine, parent);
        if (Os::forks()) {
            if (!Os::fork_process(&table_main, &student, student.machine.id))
                throw std::runtime_error("fork: there are too many processes");
            return student.coroutine.id;
        }
        trace(EventKind::machine_started, nullptr, nullptr, student.machine.id);
        check(Os::start_thread(&table_main, &student), "the model never refuses a thread");
        return student.coroutine.id;
    }

    void yield(M& m) {
        trace(EventKind::yielded, nullptr, m.running, 0);
        Os::yield_core();
        goes_on(m);
    }
    void yield_local(M& m) { yield(m); }
    void poll(M&) {}  // the kernel takes the core without asking
    bool ending() const { return false; }
    bool may_spin_for_lock(const M&) const { return false; }

    void will_park(M& m, WaitReason reason, ObjectId object) {
        m.running->wait_reason = reason;
        m.running->wait_object = object;
        trace(EventKind::parked, nullptr, m.running, pack_wait(reason, object));
    }
    void suspend(M& m) {
        m.parker.park();
        goes_on(m);
    }
    void ready(M&, G& g) {
        trace(EventKind::readied, nullptr, &g, pack_wait(g.wait_reason, g.wait_object));
        student_of(g).machine.parker.unpark();
    }
    void sleep_until(M& m, Nanoseconds when) {
        will_park(m, WaitReason::sleep, 0);
        Os::in_call(KernelWait::nanosleep);
        m.parker.park_until(when);
        Os::in_call(KernelWait::none);
        trace(EventKind::readied, nullptr, m.running, pack_wait(WaitReason::sleep, 0));
        goes_on(m);
    }

    void enter_call(M& m, bool) { trace(EventKind::blocked, nullptr, m.running, 0); }
    void leave_call(M& m) {
        trace(EventKind::unblocked, nullptr, m.running,
              static_cast<std::uint32_t>(Return::kept_processor));
    }

    // A thread that reads from a pipe sleeps in the kernel: nobody polls for it.
    PollDescriptor<Os>* watch(Os::Handle handle) {
        auto* watched = ::new (Os::allocate(sizeof(Watched))) Watched;
        watched->kernel.open();
        return watched->kernel.watch(handle, watched) ? watched : nullptr;
    }
    void forget(Os::Handle handle, PollDescriptor<Os>& descriptor) {
        static_cast<Watched&>(descriptor).kernel.forget(handle);
    }
    void wait_ready(M& m, PollDescriptor<Os>& descriptor, Direction, ObjectId stream) {
        ReadyDescriptor ready;
        will_park(m, WaitReason::io, stream);
        Os::in_call(KernelWait::read);
        static_cast<Watched&>(descriptor)
            .kernel.wait(std::numeric_limits<Nanoseconds>::max(), &ready, 1);
        Os::in_call(KernelWait::none);
        trace(EventKind::readied, nullptr, m.running, pack_wait(WaitReason::io, stream));
        goes_on(m);
    }

    static void trace(EventKind kind, const P*, const G* g, std::uint32_t arg,
                      Place place = Place::here()) {
        Os::trace({kind, no_processor, g ? g->id : 0, arg}, place);
    }

    const Rules rules;

private:
    struct Watched : PollDescriptor<Os> {
        Os::Poller kernel;
    };
    // Programs ask a processor whether to give way; nobody ever asks them to.
    struct Student {
        G coroutine;
        M machine;
        P processor;
    };

    static Student& student_of(G& g) { return *reinterpret_cast<Student*>(&g); }

    template <class F>
    Student& make(F&& f, CoroutineId parent) {
        auto& student = *::new (Os::allocate(sizeof(Student))) Student;
        student.coroutine.set_closure(std::forward<F>(f));
        student.coroutine.parent = parent;
        student.machine.id = count_;
        student.coroutine.id = ++count_;
        student.machine.scheduler = this;
        student.machine.processor = &student.processor;
        student.machine.running = &student.coroutine;
        student.processor.id = no_processor;
        return student;
    }

    static void goes_on(M& m) {
        trace(EventKind::ran, nullptr, m.running, pack_ran(Source::same, false));
    }

    static void table_main(void* student) {
        auto& me = *static_cast<Student*>(student);
        Os::set_self(&me.machine);
        Os::this_thread_is(me.machine.id);
        goes_on(me.machine);
        me.machine.scheduler->play(me.coroutine);
        trace(EventKind::ended, nullptr, &me.coroutine, 0);
        if (me.coroutine.parent == 0) return;
        trace(EventKind::machine_ended, nullptr, nullptr, me.machine.id);
        if (Os::forks()) Os::exit_process();
    }

    void play(G& g) {
        try {
            g.invoke(g);
        } catch (const CoroutineExit&) {
        } catch (const std::exception& e) {
            outcome_ = Outcome::crashed;
            report_ = std::string("panic: ") + e.what() + "\n";
        }
    }

    std::uint32_t count_ = 0;
    Outcome outcome_ = Outcome::finished;
    std::string report_;
};

}  // namespace homeroom
