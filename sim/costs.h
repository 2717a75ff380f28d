// What each primitive costs in the model's virtual time, and where each number comes from.
#pragma once

#include "runtime/os.h"

// "Measured" means: on a 2-core AMD EPYC guest (Zen 4, KVM, Linux), medians, rounded. The film only
// needs the ratios to be right; a machine of your own will differ by a factor, not by an order of
// magnitude.
namespace homeroom::sim::costs {

// Memory. Measured: plain store 0.7, `lock xadd` 2.6, `lock cmpxchg` 3.1, store + mfence 2.6.
inline constexpr Nanoseconds load = 1;
inline constexpr Nanoseconds store = 1;
inline constexpr Nanoseconds read_modify_write = 3;
inline constexpr Nanoseconds fence = 3;
inline constexpr Nanoseconds allocate = 5;  // measured: malloc and free together 10.6

// How long a store may stay in the store buffer before others see it, when nothing holds it up. A
// guess: a few dozen entries which drain at about one a nanosecond.
inline constexpr Nanoseconds store_lands_after = 50;

inline constexpr Nanoseconds pause = 27;       // measured: `pause` of x86-64
inline constexpr Nanoseconds clock_read = 20;  // measured: clock_gettime through the vDSO, 20 to 35

// Coroutine to coroutine. Measured: six registers and an indirect jump, 2.7 to 3.9.
inline constexpr Nanoseconds coroutine_switch = 3;

// The kernel. Measured: an empty system call 182, a futex wake-up of nobody 302, half a futex round
// trip 6.8 to 8.7 us, std::thread's constructor 27 us and 30 us more to its first instruction, two
// threads yielding in turn on one core 2 us. Picked: a wake-up of somebody, and what a core needs
// to go on with the thread that it had.
inline constexpr Nanoseconds system_call = 180;
inline constexpr Nanoseconds futex_wake = 1'000;
inline constexpr Nanoseconds wake_latency = 7'000;
inline constexpr Nanoseconds thread_create = 25'000;
inline constexpr Nanoseconds thread_start = 30'000;
inline constexpr Nanoseconds thread_switch = 2'000;
inline constexpr Nanoseconds seat_again = 200;

// How long a thread may keep its core while another one waits for it: a tick of Linux at 250 Hz.
inline constexpr Nanoseconds quantum = 4'000'000;

}  // namespace homeroom::sim::costs
