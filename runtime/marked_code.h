// Marked code (Runtime::compute): where a coroutine may be taken off at any instruction.
#pragma once

#include "runtime/scheduler.h"

namespace homeroom {

// From its construction to its destruction, inside a coroutine. Inside of another it does nothing.
// Where the world cannot interrupt, or the rule is off, only its end is a point to give way at.
template <OperatingSystem Os>
class MarkedCode {
    using S = Scheduler<Os>;
    using M = Machine<Os>;

public:
    MarkedCode() {
        if constexpr (Os::interrupts) {
            // Asked first: in marked code, who knows which machine this will be in a moment?
            nested_ = Os::Interrupt::in_marked_code();
            if (nested_) return;
            M& m = S::machine();
            if (!m.scheduler->rules.async_preemption) return;
            auto& stack = *m.running->stack;
            marked_.bottom = stack.bottom();
            marked_.top = stack.bottom() + stack.bytes();
            marked_.wanted = [] { return S::machine().processor->give_way.load(relaxed); };
            marked_.give_way = []() -> typename Os::Interrupt& {
                M& before = S::machine();
                before.processor->computing.store(nullptr, relaxed);
                before.scheduler->poll(before);
                return enter().interrupt;
            };
            begun_ = true;
            enter().interrupt.begin(marked_);
        }
    }
    ~MarkedCode() {
        if constexpr (Os::interrupts) {
            if (nested_) return;
            if (begun_) {
                Os::Interrupt::end();
                S::machine().processor->computing.store(nullptr, relaxed);
            }
        }
        M& m = S::machine();
        m.scheduler->poll(m);  // what was asked for and could not be done
    }
    MarkedCode(const MarkedCode&) = delete;
    MarkedCode& operator=(const MarkedCode&) = delete;

private:
    // The machine, whose processor now says whom to interrupt.
    static M& enter() {
        M& m = S::machine();
        m.processor->computing.store(&m.interrupt, release);  // pairs with Scheduler::interrupt
        // Either the monitor, at the end of a run, sees us computing, or we see the end.
        Os::fence();
        if (m.scheduler->ending()) {
            m.processor->computing.store(nullptr, relaxed);
            m.scheduler->yield(m);  // does not come back
        }
        return m;
    }

    [[no_unique_address]] typename Os::Marked marked_;
    bool nested_ = false, begun_ = false;
};

}  // namespace homeroom
