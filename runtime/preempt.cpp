// Preemption by signal: the handler, and the way back.
//
// A coroutine is stopped only where all of this holds; else the request stays (give_way), and the
// monitor sends again at its next look:
//   - the thread is in marked code, and its processor is asked to give way;
//   - the instruction belongs to the program itself: not to the C library or the loader, which may
//     hold a lock or be half-way through a thread_local, and not to the functions in the section
//     `pinned` below, which touch the thread's own variables;
//   - the stack pointer is in the coroutine's stack, with room for the frame and for giving way.
#include "runtime/preempt.h"

#ifdef HOMEROOM_INTERRUPTS

#include <sched.h>
#include <signal.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "runtime/check.h"

#ifdef HOMEROOM_ASAN
#include <sanitizer/asan_interface.h>
#endif

// Functions that touch the thread's own variables: a coroutine must not change threads in one.
#define HOMEROOM_PINNED [[gnu::section("homeroom_pinned"), gnu::noinline]]

extern "C" {
extern const char __executable_start[], etext[];  // the program's code, by the linker
extern const char __start_homeroom_pinned[], __stop_homeroom_pinned[];
}

namespace homeroom {

namespace {

constexpr int signal_number = SIGURG;  // Go's choice: no default action, and hardly used

// What the handler finds on its thread.
struct Here {
    Interrupt* interrupt = nullptr;  // while in marked code, or a little longer
    volatile bool open = false;      // in marked code
};
[[gnu::tls_model("local-exec")]] thread_local Here here;

// Between what this thread does to `here` and what its handler sees.
void barrier() { asm volatile("" ::: "memory"); }

// --- The stack that the handler runs on. ---

constexpr std::size_t handler_bytes = 32 * 1024;  // beyond what the kernel writes

class HandlerStack {
public:
    // A stack that somebody else has set (ASan does) will do as well, if it is large enough.
    void set() {
        if (set_) return;
        set_ = true;
        const std::size_t wanted =
            std::max<std::size_t>(getauxval(AT_MINSIGSTKSZ), 4096) + handler_bytes;
        stack_t now{};
        sigaltstack(nullptr, &now);
        if (!(now.ss_flags & SS_DISABLE) && now.ss_size >= wanted) return;
        void* memory =
            mmap(nullptr, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        check(memory != MAP_FAILED, "there is memory for the stack of a signal handler");
        stack_t own{};
        own.ss_sp = memory;
        own.ss_size = wanted;
        sigaltstack(&own, &before_);
        memory_ = memory;
        bytes_ = wanted;
    }
    ~HandlerStack() {
        if (memory_ == nullptr) return;
        sigaltstack(&before_, nullptr);
        munmap(memory_, bytes_);
    }

private:
    bool set_ = false;
    stack_t before_{};
    void* memory_ = nullptr;
    std::size_t bytes_ = 0;
};

thread_local HandlerStack handler_stack;

void unblock_signal() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal_number);
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

// --- Floating point. What is set there belongs to the flow that was stopped. ---

void note_control(Marked& marked) {
#if defined(__x86_64__)
    std::uint16_t x87 = 0;
    asm volatile("stmxcsr %0\n\tfnstcw %1" : "=m"(marked.fp_control), "=m"(x87));
    marked.x87_control = x87;
#else
    std::uint64_t control = 0;
    asm volatile("mrs %0, fpcr" : "=r"(control));
    marked.fp_control = static_cast<std::uint32_t>(control);
#endif
}

// The x87 stack may be full, and the upper halves of the vector registers in use, which makes SSE
// code slow: others start with neither.
void reset_units(const Marked& marked) {
#if defined(__x86_64__)
    const auto x87 = static_cast<std::uint16_t>(marked.x87_control);
    asm volatile("fninit\n\tfldcw %1\n\tldmxcsr %0" : : "m"(marked.fp_control), "m"(x87));
    if (__builtin_cpu_supports("avx")) asm volatile("vzeroupper");
#else
    asm volatile("msr fpcr, %0" : : "r"(std::uint64_t{marked.fp_control}));
#endif
}

// --- The coroutine's side: a call that it never made. ---

// Calls of their own: the compiler takes the address of a thread's variables for a constant, and
// would keep it beyond the moment at which another thread has taken over.
HOMEROOM_PINNED int load_errno() { return errno; }
HOMEROOM_PINNED void store_errno(int error) { errno = error; }
HOMEROOM_PINNED void prepare_thread() {
    unblock_signal();
    handler_stack.set();
}

// Sigreturn also puts back what belongs to the thread: that must be the thread it happens on.
void adopt_frame(ucontext_t& frame) {
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, nullptr, &mask);
    std::memcpy(&frame.uc_sigmask, &mask, 8);  // the kernel's set has 64 bits
    sigaltstack(nullptr, &frame.uc_stack);
}

// Runs on the coroutine's stack, and returns into sigreturn with `frame`.
HOMEROOM_PINNED void preempted(ucontext_t* frame, Marked* marked) {
    const int error = load_errno();
    reset_units(*marked);
    Interrupt& interrupt = marked->give_way();
    prepare_thread();
    adopt_frame(*frame);
    store_errno(error);
    interrupt.begin(*marked);
}

// --- The handler's side: moving the frame. ---

// Enough to choose a successor, and to start a thread for what is left behind.
#ifdef HOMEROOM_ASAN
constexpr std::size_t giving_way_bytes = 16 * 1024;
#else
constexpr std::size_t giving_way_bytes = 6 * 1024;
#endif

constexpr std::size_t information_bytes = 128;  // siginfo_t, of which sigreturn takes no notice

std::uintptr_t address(const void* pointer) { return reinterpret_cast<std::uintptr_t>(pointer); }
template <class T = std::byte>
T* pointer(std::uintptr_t address) {
    return reinterpret_cast<T*>(address);
}

// Makes a part of the stack that nobody uses fit to be written.
void claim([[maybe_unused]] std::uintptr_t from, [[maybe_unused]] std::uintptr_t to) {
#ifdef HOMEROOM_ASAN
    __asan_unpoison_memory_region(pointer(from), to - from);
#endif
}

#if defined(__x86_64__)

std::uintptr_t code_address(const ucontext_t& context) {
    return static_cast<std::uintptr_t>(context.uc_mcontext.gregs[REG_RIP]);
}
std::uintptr_t stack_address(const ucontext_t& context) {
    return static_cast<std::uintptr_t>(context.uc_mcontext.gregs[REG_RSP]);
}

// high    | what the coroutine has pushed                                    <--- its stack pointer
//         | 128 bytes that it may use without saying so (the red zone)
//         | floating point and vector registers, as many as the kernel knows; 64-aligned
//         | siginfo_t
//         | ucontext_t as the kernel has it, shorter than the C library's; 16-aligned
// low     | the handler's return address: sigreturn                           <--- as after a call
bool move_frame(ucontext_t& context, void*, void* restorer, Marked& marked) {
    constexpr std::size_t red_zone_bytes = 128;
    constexpr std::size_t context_bytes = offsetof(ucontext_t, uc_sigmask) + 8;
    constexpr std::size_t legacy_bytes = 512;        // fxsave
    constexpr std::size_t description_offset = 464;  // in it, left to software: what follows
    constexpr std::uint32_t description_magic = 0x46505853;
    constexpr greg_t direction_flag = 1 << 10;

    const auto units = address(context.uc_mcontext.fpregs);
    if (units == 0) return false;
    struct {
        std::uint32_t magic, bytes;
    } description;
    std::memcpy(&description, pointer(units + description_offset), sizeof description);
    const std::size_t unit_bytes =
        description.magic == description_magic ? description.bytes : legacy_bytes;

    const std::uintptr_t stack = stack_address(context);
    const std::uintptr_t units_to = (stack - red_zone_bytes - unit_bytes) & ~std::uintptr_t{63};
    const std::uintptr_t context_to =
        (units_to - information_bytes - context_bytes) & ~std::uintptr_t{15};
    const std::uintptr_t frame_to = context_to - sizeof restorer;
    if (frame_to < address(marked.bottom) + giving_way_bytes) return false;

    claim(frame_to, stack - red_zone_bytes);
    std::memcpy(pointer(units_to), pointer(units), unit_bytes);
    std::memcpy(pointer(context_to), &context, context_bytes + information_bytes);
    auto* moved = pointer<ucontext_t>(context_to);
    moved->uc_mcontext.fpregs = pointer<_libc_fpstate>(units_to);
    std::memcpy(pointer(frame_to), &restorer, sizeof restorer);

    greg_t* registers = context.uc_mcontext.gregs;
    registers[REG_RIP] = static_cast<greg_t>(reinterpret_cast<std::uintptr_t>(&preempted));
    registers[REG_RSP] = static_cast<greg_t>(frame_to);
    registers[REG_RDI] = static_cast<greg_t>(context_to);
    registers[REG_RSI] = static_cast<greg_t>(address(&marked));
    registers[REG_EFL] &= ~direction_flag;  // the calling convention wants it clear
    return true;
}

#elif defined(__aarch64__)

std::uintptr_t code_address(const ucontext_t& context) { return context.uc_mcontext.pc; }
std::uintptr_t stack_address(const ucontext_t& context) { return context.uc_mcontext.sp; }

// The kernel writes siginfo_t and ucontext_t in one piece, the vector registers inside of the
// latter. Only very long vectors follow in a third part, to which the second points: such a frame
// cannot be moved, and whoever uses them is not stopped.
bool in_one_piece(const ucontext_t& context) {
    constexpr std::uint32_t extra_magic = 0x45585401;
    const auto* records = context.uc_mcontext.__reserved;
    for (std::size_t at = 0; at + 8 <= sizeof context.uc_mcontext.__reserved;) {
        std::uint32_t head[2];  // magic, bytes
        std::memcpy(head, records + at, sizeof head);
        if (head[0] == 0) return true;
        if (head[0] == extra_magic || head[1] == 0) return false;
        at += head[1];
    }
    return false;
}

bool move_frame(ucontext_t& context, void* information, void* restorer, Marked& marked) {
    constexpr std::uint64_t branch_type = 3u << 10;  // of the interrupted instruction

    const std::size_t frame_bytes = information_bytes + sizeof context;
    if (address(&context) != address(information) + information_bytes) return false;
    if (!in_one_piece(context)) return false;

    const std::uintptr_t stack = stack_address(context);
    const std::uintptr_t frame_to = (stack - frame_bytes) & ~std::uintptr_t{15};
    if (frame_to < address(marked.bottom) + giving_way_bytes) return false;

    claim(frame_to, stack);
    std::memcpy(pointer(frame_to), information, frame_bytes);

    mcontext_t& registers = context.uc_mcontext;
    registers.pc = reinterpret_cast<std::uintptr_t>(&preempted);
    registers.sp = frame_to;
    registers.regs[0] = frame_to + information_bytes;
    registers.regs[1] = address(&marked);
    registers.regs[30] = address(restorer);  // where preempted() returns to
    registers.pstate &= ~branch_type;
    return true;
}

#endif

bool may_stop_at(const ucontext_t& context, const void* restorer, const Marked& marked) {
    const std::uintptr_t code = code_address(context), stack = stack_address(context);
    const bool in_program = code >= address(__executable_start) && code < address(etext);
    const bool pinned =
        code >= address(__start_homeroom_pinned) && code < address(__stop_homeroom_pinned);
    const bool on_the_way_back = code - address(restorer) < 16;  // a linked-in C library's
    const auto in_its_stack = [&](std::uintptr_t where) {
        return where > address(marked.bottom) && where <= address(marked.top);
    };
    // The frame is to be moved there, so it must come from elsewhere.
    return in_program && !pinned && !on_the_way_back && in_its_stack(stack) &&
           !in_its_stack(address(&context));
}

// --- The handler. ---

struct sigaction handler_before;  // whoever has set one goes on getting what is not ours

void pass_on(int number, siginfo_t* information, void* context) {
    if (handler_before.sa_flags & SA_SIGINFO) {
        handler_before.sa_sigaction(number, information, context);
    } else if (handler_before.sa_handler != SIG_DFL && handler_before.sa_handler != SIG_IGN) {
        handler_before.sa_handler(number);
    }
}

HOMEROOM_PINNED void handle(int number, siginfo_t* information, void* context) {
    const int error = errno;
    // What the kernel has put here returns from a handler.
    void* restorer = __builtin_extract_return_addr(__builtin_return_address(0));
    Interrupt* interrupt = here.interrupt;
    if (interrupt == nullptr) {
        pass_on(number, information, context);
    } else if (interrupt->taken_off(here.open, context, information, restorer)) {
        here = {};
    }
    errno = error;
}

bool handler_is_ours() {
    struct sigaction now {};
    sigaction(signal_number, nullptr, &now);
    return (now.sa_flags & SA_SIGINFO) && now.sa_sigaction == &handle;
}

// Stays for the rest of the process: without anybody in marked code it does nothing.
void install_handler() {
    [[maybe_unused]] static const bool installed = [] {
        struct sigaction own {};
        own.sa_sigaction = &handle;
        own.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
        sigemptyset(&own.sa_mask);
        return sigaction(signal_number, &own, &handler_before) == 0;
    }();
}

}  // namespace

// --- Interrupt. ---

HOMEROOM_PINNED bool Interrupt::in_marked_code() { return here.open; }

HOMEROOM_PINNED void Interrupt::begin(Marked& marked) {
    if (thread_ == 0) {
        install_handler();
        prepare_thread();
        thread_ = static_cast<int>(syscall(SYS_gettid));
    }
    note_control(marked);
    marked_ = &marked;
    here.interrupt = this;
    state_.store(on, std::memory_order_release);  // publishes thread_; pairs with send
    barrier();
    here.open = true;
}

HOMEROOM_PINNED void Interrupt::end() {
    here.open = false;
    barrier();
    Interrupt& interrupt = *here.interrupt;
    std::uint32_t expected = on;
    for (int turn = 1;
         !interrupt.state_.compare_exchange_strong(expected, off, std::memory_order_relaxed);
         ++turn) {
        // A signal is on its way. It arrives on the way back from a system call at the latest.
        expected = on;
        sched_yield();
        if (turn % 1000 != 0) continue;
        unblock_signal();
        check(handler_is_ours(), "SIGURG belongs to the runtime, but somebody has taken it");
    }
    here.interrupt = nullptr;
}

void Interrupt::send() {
    std::uint32_t expected = on;
    // Acquire: pairs with begin. From here on the thread does not end before the signal is there.
    if (state_.compare_exchange_strong(expected, sent, std::memory_order_acquire))
        syscall(SYS_tgkill, getpid(), thread_, signal_number);
}

// In the handler, on the thread itself: moves the frame, if the coroutine may be stopped here.
bool Interrupt::taken_off(bool open, void* context, void* information, void* restorer) {
    if (state_.load(std::memory_order_relaxed) != sent) return false;
    auto& interrupted = *static_cast<ucontext_t*>(context);
    const bool stop = open && may_stop_at(interrupted, restorer, *marked_) && marked_->wanted() &&
                      move_frame(interrupted, information, restorer, *marked_);
    if (stop) stops_.fetch_add(1, std::memory_order_relaxed);
    state_.store(stop ? off : on, std::memory_order_relaxed);
    return stop;
}

}  // namespace homeroom

#endif
