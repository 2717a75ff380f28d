// Contexts: how a new flow's stack is laid out, and what the sanitizers are told of each switch.
#include "runtime/context.h"

#include <cstdint>
#include <new>

#ifdef HOMEROOM_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef HOMEROOM_TSAN
#include <sanitizer/tsan_interface.h>
#endif

namespace homeroom {

extern "C" void homeroom_start();

namespace {

// The frame that homeroom_switch pops; see the pictures in the .S files. A struct, so that the
// order is written once.
#if defined(__x86_64__)
struct FirstFrame {
    void* r15 = nullptr;
    void* r14 = nullptr;
    void* r13 = nullptr;
    void* r12 = nullptr;
    void* rbx = nullptr;
    void* rbp = nullptr;
    void* return_address = nullptr;
    void* above[3] = {};  // after the pops the stack pointer is 16-aligned: 56 + 24 = 80 bytes
};
void fill(FirstFrame& frame, Entry entry, void* argument) {
    frame.r13 = reinterpret_cast<void*>(entry);
    frame.r12 = argument;
    frame.return_address = reinterpret_cast<void*>(&homeroom_start);
}
constexpr std::size_t popped_bytes = 56;
#elif defined(__aarch64__)
struct FirstFrame {
    void* x29 = nullptr;
    void* x30 = nullptr;
    void* x19 = nullptr;
    void* x20 = nullptr;
    void* others[16] = {};
    void* above[2] = {};
};
void fill(FirstFrame& frame, Entry entry, void* argument) {
    frame.x19 = reinterpret_cast<void*>(entry);
    frame.x20 = argument;
    frame.x30 = reinterpret_cast<void*>(&homeroom_start);
}
constexpr std::size_t popped_bytes = 160;
#else
#error "no context switch is written for this processor"
#endif

}  // namespace

void make_context(Context& context, void* bottom, std::size_t bytes, Entry entry, void* argument) {
    forget_context(context);
    context.stack_bottom = bottom;
    context.stack_bytes = bytes;
#ifdef HOMEROOM_ASAN
    __asan_unpoison_memory_region(bottom, bytes);  // what a former flow left there
#endif
#ifdef HOMEROOM_TSAN
    context.sanitizer_state = __tsan_create_fiber(0);
#endif
    std::uintptr_t top = reinterpret_cast<std::uintptr_t>(bottom) + bytes;
    // 16-aligned at homeroom_start, which is where the pops end.
    std::uintptr_t start = (top - (sizeof(FirstFrame) - popped_bytes)) & ~std::uintptr_t{15};
    auto* frame = new (reinterpret_cast<void*>(start - popped_bytes)) FirstFrame;
    fill(*frame, entry, argument);
    context.stack_pointer.store(frame, std::memory_order_release);  // pairs with has_left
}

void adopt_context(Context& context) {
    context.stack_pointer.store(nullptr, std::memory_order_relaxed);
#ifdef HOMEROOM_ASAN
    // ASan tells the bounds of a stack only to whoever comes from it. So go to nowhere and back.
    const void* bottom = nullptr;
    char nowhere[16];
    void* fake = nullptr;
    __sanitizer_start_switch_fiber(&fake, nowhere, sizeof nowhere);
    __sanitizer_finish_switch_fiber(fake, &bottom, &context.stack_bytes);
    __sanitizer_start_switch_fiber(&fake, bottom, context.stack_bytes);
    __sanitizer_finish_switch_fiber(fake, nullptr, nullptr);
    context.stack_bottom = const_cast<void*>(bottom);
#endif
#ifdef HOMEROOM_TSAN
    context.sanitizer_state = __tsan_get_current_fiber();
#endif
}

#if defined(HOMEROOM_ASAN) || defined(HOMEROOM_TSAN)

bool Context::has_left() const {
    if (stack_pointer.load(std::memory_order_acquire) == nullptr) return false;
#ifdef HOMEROOM_TSAN
    __tsan_acquire(const_cast<std::atomic<void*>*>(&stack_pointer));  // TSan did not see the store
#endif
    return true;
}

namespace {

// Tells the sanitizers, and returns the stack pointer to go on with. Nothing that they watch may be
// touched between this and the switch. Always inlined: TSan would otherwise book its return as one
// from the other flow's function.
[[gnu::always_inline]] inline void* announce(Context& from, Context& to, bool for_good) {
    void* stack_pointer = to.stack_pointer.load(std::memory_order_relaxed);
    to.stack_pointer.store(nullptr, std::memory_order_relaxed);
#ifdef HOMEROOM_ASAN
    __sanitizer_start_switch_fiber(for_good ? nullptr : &from.sanitizer_state, to.stack_bottom,
                                   to.stack_bytes);
#endif
#ifdef HOMEROOM_TSAN
    if (!for_good) __tsan_release(&from.stack_pointer);
    __tsan_switch_to_fiber(to.sanitizer_state, 0);
#endif
    static_cast<void>(from);
    static_cast<void>(for_good);
    return stack_pointer;
}

}  // namespace

void switch_context(Context& from, Context& to) {
    void* stack_pointer = announce(from, to, false);
    homeroom_switch(&from.stack_pointer, stack_pointer);
#ifdef HOMEROOM_ASAN
    __sanitizer_finish_switch_fiber(from.sanitizer_state, nullptr, nullptr);
    from.sanitizer_state = nullptr;
#endif
}

void leave_context(Context& from, Context& to) { homeroom_leave(announce(from, to, true)); }

void context_entered() {
#ifdef HOMEROOM_ASAN
    __sanitizer_finish_switch_fiber(nullptr, nullptr, nullptr);
#endif
}

void forget_context(Context& context) {
#ifdef HOMEROOM_ASAN
    if (context.stack_bottom != nullptr) {
        __asan_unpoison_memory_region(context.stack_bottom, context.stack_bytes);
    }
    context.sanitizer_state = nullptr;
#endif
#ifdef HOMEROOM_TSAN
    if (context.sanitizer_state != nullptr) __tsan_destroy_fiber(context.sanitizer_state);
    context.sanitizer_state = nullptr;
#endif
}

#endif

}  // namespace homeroom
