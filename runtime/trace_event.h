// The vocabulary of events: everything a scheduler tells about itself, in 16 bytes each.
//
// A scheduler calls Os::trace(event) at the very moment a fact becomes true, so that folding the
// events of a run in order rebuilds who is where. Two sorts:
//   details    what was looked at and what was found (`looked`), each single move of a coroutine
//              between queues (`queued`), and what else helps to understand a decision: looks come
//              before the decision which they led to, on the same machine, moves beside it;
//   decisions  everything else: one decision is one step of the film.
// The machine that speaks and the time are added by whoever records (TraceRecord natively, Step in
// the model).
#pragma once

#include <cstdint>

namespace homeroom {

// Where in the source text something stands. As a default argument, here() names its caller: so the
// model knows the line of every step, without a word in the scheduler's text. (std::source_location
// is not there in the oldest library that we build with.)
struct Place {
    const char* file = "";
    int line = 0;
    static constexpr Place here(const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
        return {file, line};
    }
};

using CoroutineId = std::uint32_t;  // 1 is the main coroutine; 0 is none
using ObjectId = std::uint32_t;     // of a channel, mutex, wait group; 24 bits; 0 is none

inline constexpr std::uint8_t no_processor = 0xff;

enum class EventKind : std::uint8_t {
    // Details.
    looked,  // p: own processor; arg: Look << 24 | victim << 16 | found (it counts what Look says)
    queued,  // g now stands in queue arg (Queue) of p, at its tail
    // What orders accesses to shared variables, where no decision says it. arg: ObjectId << 8.
    served,    // g waits at this channel, and what it gave or wanted changes hands; the speaker's
               // own `sent` or `received` follows
    released,  // what g did so far comes before whatever follows an `acquired` there
    acquired,  // g goes on without having waited
    named,     // the next letter of a shared variable's name; arg: ObjectId << 8 | letter
    guarded,   // a shared variable has a lock; arg: ObjectId << 16 | the lock's ObjectId
    runnable,  // the kernel put the speaking machine into a run queue; arg: pack_runnable()

    // A coroutine's life. p is the processor on which it happens.
    spawned,    // g is new; arg: the coroutine that started it; 0: a timer did, or the run begins
    ran,        // g was called; arg: Source | inherits_slice << 8
    yielded,    // g gave way of its own accord
    preempted,  // g gave way as it was asked to (preempt_asked); arg: 1 if the world stops
    parked,     // g waits; arg: WaitReason << 24 | ObjectId
    readied,    // g's wait is over; arg: WaitReason << 24 | ObjectId; `queued` says where it goes
    ended,      // g is finished; arg: 1 if it was main and the run goes on (goexit)
    blocked,    // g entered a blocking call; arg: 1 if the processor was given away before the call
    unblocked,  // g is back; arg: Return

    // Machines and processors.
    machine_started,     // arg: the new machine
    machine_parked,      // the speaking machine goes to rest, without a processor
    machine_woken,       // arg: the machine that was woken up
    machine_ended,       //
    processor_acquired,  // the speaking machine now holds p
    processor_released,  // the speaking machine put p on the idle list
    handed_off,          // the speaking machine passes p on; arg: the machine that will hold it
    retaken,             // the monitor took p from a machine in a blocking call; arg: that machine
    spinning_began,      // the speaking machine searches for work
    spinning_ended,      // arg: 1 if it found something
    stole,               // g is the one to run at once; arg: victim p << 24 | how many came in all
    overflowed,          // p's queue was full; arg: how many went to the global queue
    refilled,            // p took arg coroutines from the global queue in one go
    preempt_asked,       // the monitor asks p's running g to give way
    world_stopped,       // g stops all others, to have arg processors from now on
    processor_gone,      // p takes no part any more; `queued` says where its coroutines go
    world_started,       // there are arg processors now, and all go on
    timer_fired,         // p's heap; arg: Fired; g: the sleeper that becomes ready next

    // Objects. g is the coroutine that acts; arg: ObjectId << 8 | elements now buffered (<= 255).
    channel_made,     // arg: ObjectId << 8 | capacity
    sent,             //
    received,         //
    closed,           //
    mutex_made,       // arg: ObjectId << 8
    rw_mutex_made,    // arg: ObjectId << 8
    locked,           // by g alone
    unlocked,         //
    read_locked,      // low 8 bits: how many readers hold it now
    read_unlocked,    // low 8 bits: how many readers hold it still
    pipe_made,        // or a socket; arg: ObjectId << 8
    wait_group_made,  // arg: ObjectId << 8
    condition_made,   // arg: ObjectId << 8
    semaphore_made,   // arg: ObjectId << 8 | count
    counted,          // a wait group's or semaphore's counter changed; low 8 bits: its value
    object_ended,     //

    // Shared variables (shared.h). arg: ObjectId << 16 | value (16 bits, two's complement).
    shared_made,  // with its first value; `named` and `guarded` came before
    read,         // g has a copy of this value in its head
    changed,      // the copy in g's head is this now; nobody else can see that
    wrote,        // the variable has this value now
    expected,     // g is sure that its copy has this value: if not, the program is wrong

    // The kernel: which core attends which thread. Emitted by the world below the scheduler.
    seated,    // core arg now runs the speaking machine
    unseated,  // a core left the speaking machine; p: Unseat; arg: pack_unseated()

    // The whole.
    worked,      // g has computed for arg nanoseconds (in the model: at the end of each stretch)
    finished,    // main returned
    deadlocked,  // nobody can ever run again
    crashed,     // an exception left a coroutine; g: which

    // The kernel: what processes and threads are made of. The speaking machine's own, or that of
    // the thread or process that it opens.
    made,      // p: KernelItem; arg: bytes; of a region or page pack_bytes()
    shared,    // instead of making one; p: KernelItem; arg: threads that use it now; of pages: how
               // many a process has in common with the one that it is a copy of
    forked,    // the machine's process was copied; arg: the copy's number
    replaced,  // exec: the machine's process begins another program, and its memory goes
    copied,    // the machine wrote to a page that it has in common with other processes; arg:
               // MemoryUse << 16 | how many have it besides. 0: none any more, so it was not copied
    returned,  // p: KernelItem; arg: as of `made`
    faulted,   // the machine touched memory outside of its process; arg: the page
    // p: how many processes are left; arg: its exit status, as a shell gives it (128 + the signal
    // that killed it)
    process_ended,
};

enum class Queue : std::uint8_t { next, local, global, global_head };

// Where a machine looked, in the order in which it may look; and what `found` counts.
enum class Look : std::uint8_t {
    tick,      // found: schedtick % 61; 0 means that the global queue comes first
    timers,    // found: timers that were due
    next,      // found: 1 or 0
    local,     // found: coroutines in the own ring
    global,    // found: coroutines in the global queue
    network,   // found: 1 if somebody who waits for a pipe or socket can go on
    may_spin,  // found: 1 if it may search, 0 if half of the busy processors' machines do already
    victim,    // victim: whose ring; found: how many were taken
    victim_next,  // victim: whose next slot, in the last round; found: 1 or 0
    recheck,      // the last look round before resting; found: 1 if work turned up after all
    searchers,  // before waking a machine: found: machines that search already (then none is woken)
    idle,       // before waking a machine: found: 1 if a processor is idle
};

// Where the coroutine that is called came from.
enum class Source : std::uint8_t {
    next,         // the next slot: it inherits the time slice
    local,        // head of the own ring
    global_tick,  // the global queue, as every 61st time
    global,       // the global queue, as the own ring was empty
    stolen,       //
    network,      // its pipe or socket has become ready
    same,         // it goes on: it was the only one, or its wait was over before it began
    returned,     // from a blocking call, with a processor in hand
};

// How a coroutine comes back from a blocking call.
enum class Return : std::uint8_t {
    kept_processor,  // nobody took it meanwhile
    took_idle,       // the old one is gone, another was idle
    queued_global,   // none was to be had: it waits in the global queue, its machine rests
};

// What a timer does when its time has come.
enum class Fired : std::uint8_t {
    sleeper,   // makes a sleeper ready
    function,  // starts a coroutine: `spawned` follows
    channel,   // puts the time into a channel: `readied` follows if somebody waits there
};

enum class Unseat : std::uint8_t { rested, blocked, time_up, ended };

// In which call to the kernel a thread waits, as far as that is known.
enum class KernelWait : std::uint8_t {
    none,
    futex,        // until another thread wakes it
    futex_until,  // the same, or until a moment
    nanosleep,
    epoll,  // for any of many descriptors, perhaps until a moment
    read,   // for one descriptor
    call,   // some other call that blocks
    join,   // for the ends of the other threads
};

// What the kernel makes, or shares, when a process or a thread is opened; the names are Linux's.
enum class KernelItem : std::uint8_t {
    task,          // task_struct: what the scheduler knows of a thread
    kernel_stack,  // on which it runs while it is in the kernel
    memory,        // mm_struct: the address space
    region,        // vm_area_struct: a range of it; arg: the range's bytes
    page_table,    // one page of the tables that translate addresses
    files,         // files_struct: the descriptors
    page,          // memory itself, once it was touched
};

// What a region of memory is for.
enum class MemoryUse : std::uint8_t { text, data, heap, stack, thread_stack };
inline constexpr std::uint32_t memory_uses = 5, page_bytes = 4096;

// What a coroutine waits for. The texts are Go's (runtime2.go waitReasonStrings), for deadlock
// reports.
enum class WaitReason : std::uint8_t {
    none,
    sleep,
    channel_send,
    channel_receive,
    channel_nil,       // to receive, on no channel at all: for ever
    channel_nil_send,  // the same, to send
    select,            // at several channels; the object is the first of them
    select_no_cases,   // for ever
    mutex,             // also an RWMutex, behind another writer
    rw_mutex_read,
    rw_mutex_write,  // for the readers to leave
    wait_group,
    condition,
    semaphore,
    io,     // for a pipe or socket
    timer,  // at the channel of a timer or ticker
};

const char* wait_reason_text(WaitReason reason);

struct Event {
    EventKind kind;
    std::uint8_t p = no_processor;
    CoroutineId g = 0;
    std::uint32_t arg = 0;
};

constexpr bool is_detail(EventKind kind) { return kind <= EventKind::runnable; }

// Packing of `arg`, written once.
constexpr std::uint32_t pack_look(Look look, std::uint32_t victim, std::uint32_t found) {
    return static_cast<std::uint32_t>(look) << 24 | (victim & 0xffu) << 16 |
           (found < 0xffffu ? found : 0xffffu);
}
constexpr Look look_of(std::uint32_t arg) { return static_cast<Look>(arg >> 24); }
constexpr std::uint32_t look_victim(std::uint32_t arg) { return arg >> 16 & 0xffu; }
constexpr std::uint32_t look_found(std::uint32_t arg) { return arg & 0xffffu; }

constexpr std::uint32_t pack_wait(WaitReason reason, ObjectId object) {
    return static_cast<std::uint32_t>(reason) << 24 | (object & 0xffffffu);
}
constexpr WaitReason wait_reason_of(std::uint32_t arg) {
    return static_cast<WaitReason>(arg >> 24);
}
constexpr ObjectId wait_object_of(std::uint32_t arg) { return arg & 0xffffffu; }

inline constexpr std::uint32_t one_run_queue = 0xffff;  // for all cores
// Which core's run queue, and how many of those in it would run before.
constexpr std::uint32_t pack_runnable(std::uint32_t queue, std::size_t ahead) {
    return (queue & 0xffffu) |
           static_cast<std::uint32_t>(ahead < 0xffffu ? ahead : std::size_t{0xffff}) << 16;
}
constexpr std::uint32_t runnable_queue(std::uint32_t arg) { return arg & 0xffffu; }
constexpr std::uint32_t runnable_ahead(std::uint32_t arg) { return arg >> 16; }
constexpr std::uint32_t pack_unseated(std::uint32_t core, KernelWait wait) {
    return (core & 0xffffu) | static_cast<std::uint32_t>(wait) << 16;
}
constexpr std::uint32_t unseated_core(std::uint32_t arg) { return arg & 0xffffu; }
constexpr KernelWait unseated_wait(std::uint32_t arg) { return static_cast<KernelWait>(arg >> 16); }
// Whole pages, and what they are for.
constexpr std::uint32_t pack_bytes(std::uint32_t bytes, MemoryUse use) {
    return (bytes & ~(page_bytes - 1)) | static_cast<std::uint32_t>(use);
}
constexpr std::uint32_t bytes_of(std::uint32_t arg) { return arg & ~(page_bytes - 1); }
constexpr MemoryUse use_of(std::uint32_t arg) {
    return static_cast<MemoryUse>(arg & (page_bytes - 1));
}

constexpr std::uint32_t pack_object(ObjectId object, std::uint64_t count) {
    return object << 8 | static_cast<std::uint32_t>(count < 255 ? count : 255);
}
constexpr ObjectId object_of(std::uint32_t arg) { return arg >> 8; }
constexpr std::uint32_t object_count(std::uint32_t arg) { return arg & 0xffu; }

// Of shared variables: objects from 1 to 65535; a value that does not fit is told as the nearest
// that does.
inline constexpr ObjectId shared_objects_max = 0xffff;
constexpr std::uint32_t pack_shared(ObjectId object, std::int64_t value) {
    const std::int64_t told = value < -32768 ? -32768 : value > 32767 ? 32767 : value;
    return object << 16 | (static_cast<std::uint32_t>(told) & 0xffffu);
}
constexpr ObjectId shared_object_of(std::uint32_t arg) { return arg >> 16; }
constexpr std::int32_t shared_value_of(std::uint32_t arg) {
    return static_cast<std::int16_t>(arg & 0xffffu);
}
constexpr std::uint32_t pack_guarded(ObjectId object, ObjectId lock) {
    return object << 16 | (lock & 0xffffu);
}

constexpr std::uint32_t pack_ran(Source source, bool inherits_slice) {
    return static_cast<std::uint32_t>(source) | (inherits_slice ? 0x100u : 0u);
}
constexpr Source source_of(std::uint32_t arg) { return static_cast<Source>(arg & 0xffu); }
constexpr bool inherits_slice(std::uint32_t arg) { return (arg & 0x100u) != 0; }

constexpr std::uint32_t pack_stole(std::uint32_t victim, std::uint32_t count) {
    return victim << 24 | (count & 0xffffffu);
}
constexpr std::uint32_t stole_victim(std::uint32_t arg) { return arg >> 24; }
constexpr std::uint32_t stole_count(std::uint32_t arg) { return arg & 0xffffffu; }

}  // namespace homeroom
