// What each primitive costs in the model's virtual time, and where each number comes from.
#pragma once

#include <span>
#include <string>
#include <string_view>

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

// The kernel, and going over from one thing to another: these a run may change (Costs). Measured:
// six registers and an indirect jump 2.7 to 3.9; an empty system call 182, a futex wake-up of
// nobody 302, half a futex round trip 6.8 to 8.7 us, std::thread's constructor 27 us and 30 us more
// to its first instruction, two threads yielding in turn on one core 2 us. Picked: a wake-up of
// somebody, and what a core needs to go on with the thread that it had.
inline constexpr Nanoseconds coroutine_switch = 3;
inline constexpr Nanoseconds system_call = 180;
inline constexpr Nanoseconds futex_wake = 1'000;
inline constexpr Nanoseconds wake_latency = 7'000;
inline constexpr Nanoseconds thread_create = 25'000;
inline constexpr Nanoseconds thread_start = 30'000;
inline constexpr Nanoseconds thread_switch = 2'000;
inline constexpr Nanoseconds seat_again = 200;

// Where there are several classes (processes), a core also goes over from one address space to
// another. Picked: the kernel's bookkeeping and the new page-table register; `homeroom measure`
// finds no more than noise between a switch of threads and one of processes. Measured: after
// another process had the core, each of 256 pages costs 6 to 9 ns more at its first touch; so much
// is lost with the translations, if they are not kept apart by process (PCID). Picked: 256 lines of
// 64 bytes a kilobyte of cache that others have pushed out, at 80 ns for eight at a time; and that
// half a millisecond of others' work pushes out all of it.
inline constexpr Nanoseconds space_switch = 500;
inline constexpr Nanoseconds tlb_refill = 2'000;
inline constexpr Nanoseconds cache_refill = 3'000;
inline constexpr Nanoseconds cache_fade = 500'000;
// Likewise a coroutine that goes on at another core: 4 kB of its stack and of what it works on, as
// it hardly ever has more in use. Picked.
inline constexpr Nanoseconds student_refill = 800;

// Opening a class, item by item, and closing it. Measured: fork and exec and end together 1.2 ms,
// fork and end 437 us. Picked: the items. Those of a fork come to 236 us; what exec makes anew and
// its reading of the program to 760 us.
inline constexpr Nanoseconds make_task = 20'000;
inline constexpr Nanoseconds make_memory = 150'000;
inline constexpr Nanoseconds make_region = 40'000;
inline constexpr Nanoseconds make_page_table = 60'000;
inline constexpr Nanoseconds make_files = 10'000;
inline constexpr Nanoseconds copy_region = 10'000;
inline constexpr Nanoseconds copy_page_table = 4'000;
inline constexpr Nanoseconds read_program = 360'000;
inline constexpr Nanoseconds end_class = 200'000;
// The first write to a page that a fork has left to two. Picked: a trap into the kernel and back,
// and 4 kB from one place to another.
inline constexpr Nanoseconds page_fault = 700;
inline constexpr Nanoseconds page_copy = 400;

// How long a thread may keep its core while another one waits for it: a tick of Linux at 250 Hz.
inline constexpr Nanoseconds quantum = 4'000'000;

}  // namespace homeroom::sim::costs

namespace homeroom::sim {

// The costs that a run may set: with `homeroom measure` to those of one's own machine.
struct Costs {
    Nanoseconds coroutine_switch = costs::coroutine_switch;
    Nanoseconds system_call = costs::system_call;
    Nanoseconds futex_wake = costs::futex_wake;
    Nanoseconds wake_latency = costs::wake_latency;
    Nanoseconds thread_create = costs::thread_create;
    Nanoseconds thread_start = costs::thread_start;
    Nanoseconds thread_switch = costs::thread_switch;
    Nanoseconds seat_again = costs::seat_again;
    // Only where a run has several classes.
    Nanoseconds space_switch = costs::space_switch;
    Nanoseconds tlb_refill = costs::tlb_refill;
    Nanoseconds cache_refill = costs::cache_refill;
    Nanoseconds cache_fade = costs::cache_fade;
    Nanoseconds student_refill = costs::student_refill;
    Nanoseconds make_task = costs::make_task;
    Nanoseconds make_memory = costs::make_memory;
    Nanoseconds make_region = costs::make_region;
    Nanoseconds make_page_table = costs::make_page_table;
    Nanoseconds make_files = costs::make_files;
    Nanoseconds copy_region = costs::copy_region;
    Nanoseconds copy_page_table = costs::copy_page_table;
    Nanoseconds read_program = costs::read_program;
    Nanoseconds end_class = costs::end_class;
    Nanoseconds page_fault = costs::page_fault;
    Nanoseconds page_copy = costs::page_copy;

    friend bool operator==(const Costs&, const Costs&) = default;
};

struct CostInfo {
    const char* name;  // as in thread-switch=3us
    Nanoseconds Costs::*field;
    const char* words;   // what it is
    const char* source;  // where the default comes from
    bool of_classes;     // only where a run has classes: address spaces, caches, opening
};
std::span<const CostInfo> cost_infos();

// "thread-switch=3us,system-call=200ns" applied to `costs`; also one setting a line, with comments
// after #. False and one line in `error`, with the number of the line if there are several, if
// something is not understood; then `costs` stays as it was.
bool parse_costs(std::string_view text, Costs& costs, std::string& error);
// Does the text set a cost that only counts where a run has classes?
bool names_costs_of_classes(std::string_view text);
std::string costs_to_string(const Costs& costs);  // "" when all are the defaults

}  // namespace homeroom::sim
