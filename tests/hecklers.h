// Somebody who asks processors to give way all the time, without regard to any slice: natively, for
// tests of preemption that are not to wait for the monitor.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <thread>
#include <utility>

#include "runtime/native_os.h"
#include "runtime/runtime.h"

namespace homeroom {

#ifdef HOMEROOM_INTERRUPTS

// To be made and destroyed inside of a run.
class Hecklers {
    using S = Scheduler<NativeOs>;

public:
    Hecklers()
        : scheduler_(*S::machine().scheduler),
          stops_before_(Interrupt::stops()),
          thread_([this] { heckle(); }) {}
    ~Hecklers() {
        quiet_.store(true);
        thread_.join();
    }
    Hecklers(const Hecklers&) = delete;
    Hecklers& operator=(const Hecklers&) = delete;

    // Runtime::compute(f), on a processor that is asked from now on.
    template <class F>
    auto disturb(F&& f) {
        Processor<NativeOs>* p = S::machine().processor;
        victims_[p->id].store(p, std::memory_order_relaxed);
        return Runtime<NativeOs>::compute(std::forward<F>(f));
    }

    // How many times somebody was stopped in the midst of marked code.
    std::uint64_t stops() const { return Interrupt::stops() - stops_before_; }

private:
    void heckle() {
        while (!quiet_.load(std::memory_order_relaxed)) {
            for (auto& victim : victims_)
                if (auto* p = victim.load(std::memory_order_relaxed)) {
                    p->give_way.store(true, relaxed);
                    scheduler_.interrupt(*p);
                }
            std::this_thread::sleep_for(std::chrono::microseconds(20));
        }
    }

    S& scheduler_;
    std::array<std::atomic<Processor<NativeOs>*>, S::processors_max> victims_{};
    std::atomic<bool> quiet_{false};
    const std::uint64_t stops_before_;
    std::thread thread_;  // the last: it uses the others
};

#endif

}  // namespace homeroom
