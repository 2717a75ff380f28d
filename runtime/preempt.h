// Taking a coroutine off its processor without its help, by a signal, as Go does since 1.14.
//
// Go's compiler knows at which instructions a goroutine may be stopped. Ours does not, so a program
// marks code (Runtime::compute): while a thread is in marked code, and only then, others may send
// it SIGURG. The handler runs on a stack of its own, and if it finds that the coroutine may be
// stopped right here it moves the frame in which the kernel has saved every register from there to
// the coroutine's stack, and makes the thread go on as if the handler had been called on that
// stack. So the coroutine is inside a function call that it never made, and gives way like any
// other. When it runs again, perhaps on another thread, that call returns into the kernel's
// sigreturn, which puts all registers back.
//
// Rejected: saving the registers ourselves (xsave). It spares a system call in 10 ms, and would
// have to know each register set of each processor to come. Rejected too: giving way inside the
// handler, on the coroutine's stack. The kernel would have written there before anybody could look
// whether there was room.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "runtime/context.h"

// The one place that decides. TSan holds signals back until the next call that it knows of, so code
// that only computes would never be stopped, and it would lose the moved frame. ASan and UBSan see
// nothing but a call.
#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__)) && !defined(HOMEROOM_TSAN)
#define HOMEROOM_INTERRUPTS 1
#endif

namespace homeroom {

#ifdef HOMEROOM_INTERRUPTS

class Interrupt;

// What a coroutine in marked code shows to the handler. Lies on the coroutine's stack.
struct Marked {
    const std::byte *bottom = nullptr, *top = nullptr;  // of the coroutine's stack
    bool (*wanted)() = nullptr;  // asked in the handler: is the coroutine to give way?
    // Gives way. Returns on the thread that goes on with the coroutine, with that thread's.
    Interrupt& (*give_way)() = nullptr;

    // How floating point arithmetic was set when the code began: others must find it so.
    std::uint32_t fp_control = 0, x87_control = 0;
};

// One per machine, for its thread.
class Interrupt {
public:
    // By the thread: marked code begins; it ends when end() has returned. From then on no signal
    // is on its way, so that no system call is ever cut short by one, and no ended thread gets one.
    void begin(Marked& marked);
    static void end();
    static bool in_marked_code();

    // By anybody: a signal to the thread if it is in marked code, and none is on its way.
    void send();

    // How many times anybody in this process was stopped in the midst of marked code.
    static std::uint64_t stops() { return stops_.load(std::memory_order_relaxed); }

    // For the handler (preempt.cpp).
    bool taken_off(bool open, void* context, void* information, void* restorer);

private:
    enum State : std::uint32_t {
        off,  // not in marked code
        on,   // in marked code
        sent  // a signal is on its way; the handler ends this state, nobody else
    };

    std::atomic<std::uint32_t> state_{off};
    int thread_ = 0;  // the kernel's number of it
    Marked* marked_ = nullptr;
    inline static std::atomic<std::uint64_t> stops_{0};
};

#else

struct Marked {};
struct Interrupt {};

#endif

}  // namespace homeroom
