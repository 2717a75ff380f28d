// The front door: coroutines in the way of Go, for a C++ program.
//
//     homeroom::run({}, [] {
//         homeroom::Channel<int> squares;
//         for (int i = 0; i < 10; ++i) homeroom::go([&, i] { squares.send(i * i); });
//         for (int i = 0; i < 10; ++i) std::printf("%d\n", *squares.receive());
//     });
//
// Everything but run() is to be called from inside a coroutine. Do not give way (by any call here)
// inside a `catch` block or while holding a std::mutex: the coroutine may go on in another thread.
#pragma once

#include <chrono>

#include "runtime/channel.h"
#include "runtime/cond.h"
#include "runtime/mutex.h"
#include "runtime/native_os.h"
#include "runtime/once.h"
#include "runtime/rw_mutex.h"
#include "runtime/select.h"
#include "runtime/semaphore.h"
#include "runtime/shared.h"
#include "runtime/timer.h"
#include "runtime/wait_group.h"

namespace homeroom {

template <class T>
using Channel = BasicChannel<NativeOs, T>;
using Mutex = BasicMutex<NativeOs>;
using RwMutex = BasicRwMutex<NativeOs>;
using Cond = BasicCond<NativeOs>;
using Once = BasicOnce<NativeOs>;
using Semaphore = BasicSemaphore<NativeOs>;
template <class T>
using Shared = BasicShared<NativeOs, T>;
using WaitGroup = BasicWaitGroup<NativeOs>;

// How many processors SchedulerOptions::processors = 0 means: the CPUs that this process may use.
std::uint32_t default_processors();

// What run() does with a result that is not `finished`: prints the report and ends the program with
// exit code 2, as Go does.
void exit_unless_finished(const RunResult& result);

// Runs main as the first coroutine; returns when it returns. A deadlock, or an exception that
// leaves a coroutine, ends the program (run_on<NativeOs> returns it instead). One run at a time per
// process.
template <class F>
void run(SchedulerOptions options, F&& main) {
    if (options.processors == 0) options.processors = default_processors();
    exit_unless_finished(run_on<NativeOs>(options, std::forward<F>(main)));
}

template <class F>
CoroutineId go(F&& f) {
    return Runtime<NativeOs>::go(std::forward<F>(f));
}
inline void yield() { Runtime<NativeOs>::yield(); }
inline std::uint32_t gomaxprocs(std::uint32_t count = 0) {
    return Runtime<NativeOs>::gomaxprocs(count);
}
inline void lock_os_thread() { Runtime<NativeOs>::lock_os_thread(); }
inline void unlock_os_thread() { Runtime<NativeOs>::unlock_os_thread(); }
[[noreturn]] inline void goexit() { Runtime<NativeOs>::goexit(); }
inline void sleep_for(std::chrono::nanoseconds duration) {
    Runtime<NativeOs>::sleep_for(duration.count());
}
// The three of timer.h, which count in nanoseconds, with durations.
class Timer : public BasicTimer<NativeOs> {
public:
    explicit Timer(std::chrono::nanoseconds duration) : BasicTimer(duration.count()) {}
    bool reset(std::chrono::nanoseconds duration) { return BasicTimer::reset(duration.count()); }
};
class Ticker : public BasicTicker<NativeOs> {
public:
    explicit Ticker(std::chrono::nanoseconds period) : BasicTicker(period.count()) {}
    void reset(std::chrono::nanoseconds period) { BasicTicker::reset(period.count()); }
};
class Delayed : public BasicDelayed<NativeOs> {
public:
    template <class F>
    Delayed(std::chrono::nanoseconds duration, F&& f)
        : BasicDelayed(duration.count(), std::forward<F>(f)) {}
    bool reset(std::chrono::nanoseconds duration) { return BasicDelayed::reset(duration.count()); }
};
// f() as a coroutine of its own, so long from now; the result can stop that, or set it again.
template <class F>
Delayed after_func(std::chrono::nanoseconds duration, F&& f) {
    return Delayed(duration, std::forward<F>(f));
}
inline void work(std::chrono::nanoseconds duration) { Runtime<NativeOs>::work(duration.count()); }
// Carries out the first of several channel operations that can be (select.h):
//
//     homeroom::select(on_receive(numbers, [&](std::optional<int> n) { ... }),
//                      on_send(answers, 42, [&] { ... }),
//                      otherwise([&] { ... }));
template <class... Cases>
std::size_t select(Cases&&... cases) {
    return select<NativeOs>(std::forward<Cases>(cases)...);
}
template <class F>
auto compute(F&& f) {
    return Runtime<NativeOs>::compute(std::forward<F>(f));
}
template <class F>
auto blocking(F&& f) {
    return Runtime<NativeOs>::blocking(std::forward<F>(f));
}

}  // namespace homeroom
