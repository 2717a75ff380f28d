// The rule behind each decision: its name, the function of Go that has it, and where we differ.
#include "sim/explain_parts.h"

namespace homeroom::sim {

namespace {

constexpr const char* same = "as in Go 1.27";

Rule rule_of_source(Source source) {
    switch (source) {
        case Source::next:
            return {"The top line goes first", "The next slot comes before the queue",
                    "runtime.runqget", same};
        case Source::local:
            return {"First on the clipboard, first called", "The own queue is first in, first out",
                    "runtime.runqget", same};
        case Source::global_tick:
            return {"Every 61st call looks at the bench first",
                    "Every 61st call looks at the global queue first", "runtime.findRunnable",
                    same};
        case Source::global:
            return {"No names of my own: the bench", "Own queue empty: the global queue",
                    "runtime.findRunnable", same};
        case Source::network:
            return {"Nobody on my clipboard: is there post?",
                    "Own and global queue empty: the network poller", "runtime.findRunnable", same};
        case Source::stolen:
            return {"What was taken over is taught at once", "The last one stolen runs at once",
                    "runtime.runqsteal", same};
        case Source::same:
            return {"Who need not wait goes on", "A park that was not needed", "runtime.gopark",
                    same};
        case Source::returned:
            return {"Back from the errand", "Back from the call", "runtime.exitsyscall", same};
    }
    return {"", "", "", same};
}

Rule rule_of_wait(WaitReason reason) {
    switch (reason) {
        case WaitReason::sleep:
            return {"Who sleeps leaves the table", "A sleep parks on a timer", "time.Sleep", same};
        case WaitReason::channel_send:
            return {"Who finds no taker waits", "A send that cannot go on parks",
                    "runtime.chansend", same};
        case WaitReason::channel_receive:
            return {"Who finds nothing waits", "A receive that cannot go on parks",
                    "runtime.chanrecv", same};
        case WaitReason::channel_nil:
            return {"No channel: wait for ever", "A nil channel blocks for ever", "runtime.gopark",
                    same};
        case WaitReason::channel_nil_send:
            return {"No channel: wait for ever", "A nil channel blocks for ever", "runtime.gopark",
                    same};
        case WaitReason::select:
            return {"Wait at several channels", "A select without a ready case parks",
                    "runtime.selectgo", same};
        case WaitReason::select_no_cases:
            return {"Nothing to wait for: for ever", "A select without cases blocks for ever",
                    "runtime.block", same};
        case WaitReason::mutex:
            return {"One at a time at the board", "A locked mutex parks its waiters",
                    "sync.(*Mutex).Lock", same};
        case WaitReason::rw_mutex_read:
            return {"Readers let a waiting writer go first", "A pending writer stops new readers",
                    "sync.(*RWMutex).RLock", same};
        case WaitReason::rw_mutex_write:
            return {"Who writes waits until nobody reads", "A writer waits for the readers inside",
                    "sync.(*RWMutex).Lock", same};
        case WaitReason::wait_group:
            return {"Wait until nobody is missing", "Wait parks until the counter is zero",
                    "sync.(*WaitGroup).Wait", same};
        case WaitReason::io:
            return {"Who waits for the post leaves the table",
                    "A read or write that would block parks", "runtime.netpollblock", same};
        case WaitReason::condition:
            return {"Wait for the gong", "Wait releases the lock and parks", "sync.(*Cond).Wait",
                    same};
        case WaitReason::semaphore:
            return {"Wait for a permit", "A semaphore parks its waiters", "runtime.semacquire",
                    same};
        case WaitReason::timer:
            return {"Wait until the alarm clock rings",
                    "A timer without a value parks its receiver", "runtime.chanrecv",
                    "simplified: Go keeps it in a heap only while somebody waits"};
        case WaitReason::none:
            break;
    }
    return {"Who must wait leaves the table", "A coroutine that must wait parks", "runtime.gopark",
            same};
}

Rule rule_of_life(const Moment& m) {
    switch (m.event().kind) {
        case EventKind::spawned:
            return {"A new student goes on the top line", "A new coroutine goes to the next slot",
                    "runtime.newproc", same};
        case EventKind::yielded:
            if (m.event().arg == 1) {
                return {"Who hands over goes behind the names",
                        "A hand-over yields to the own queue", "runtime.goyield", same};
            }
            return {"Who gives way goes to the bench", "A yield goes to the global queue",
                    "runtime.goschedImpl", same};
        case EventKind::preempted:
            return {"Nobody is taught longer than a time slice while others wait",
                    "A coroutine that used up its slice goes to the global queue",
                    "runtime.gopreempt_m",
                    "simplified: it is stopped at certain calls, and anywhere in a marked "
                    "computation; Go finds "
                    "by itself where"};
        case EventKind::readied:
            return {"Who is woken goes on the waker's top line", "A readied coroutine runs next",
                    "runtime.goready", same};
        case EventKind::ended:
            return {"Who has finished goes home", "An ended coroutine is recycled",
                    "runtime.goexit0", same};
        case EventKind::blocked:
            if (m.event().arg == 1) {
                return {"A long errand leaves the clipboard behind",
                        "A call known to block gives its processor away",
                        "runtime.entersyscallblock", same};
            }
            return {"A short errand may keep the clipboard",
                    "A system call keeps its processor wired", "runtime.entersyscall", same};
        case EventKind::unblocked:
            return {"Who comes back needs a clipboard", "A returning call needs a processor",
                    "runtime.exitsyscall",
                    "as in Go 1.27, by the protocol of Go 1.25 (no program can tell)"};
        default:
            return {"", "", "", same};
    }
}

Rule rule_of_tables(EventKind kind) {
    switch (kind) {
        case EventKind::machine_started:
            return {"No table is resting: open one", "No parked machine: start a thread",
                    "runtime.newm", same};
        case EventKind::machine_woken:
            return {"One table at most is woken for new names",
                    "Wake a machine unless one is spinning", "runtime.wakep", same};
        case EventKind::machine_parked:
            return {"Who has nothing to do rests", "A machine without work parks", "runtime.stopm",
                    "simplified: Go's machines also wait for the network here"};
        case EventKind::machine_ended:
            return {"Closing time", "The run is over", "runtime.mexit",
                    "simplified: Go just exits the process"};
        case EventKind::processor_acquired:
            return {"Only a clipboard lets a table teach",
                    "Only a processor lets a machine run coroutines", "runtime.acquirep", same};
        case EventKind::processor_released:
            return {"Who has nobody to call puts the clipboard back",
                    "A processor without work goes to the idle list", "runtime.pidleput", same};
        case EventKind::handed_off:
            return {"A clipboard does not go on errands",
                    "A processor does not wait for a blocked machine", "runtime.handoffp", same};
        case EventKind::retaken:
            return {"From long errands the clipboard is fetched back",
                    "A processor in a long call is retaken", "runtime.retake",
                    "as in Go 1.27, by the protocol of Go 1.25 (no program can tell)"};
        case EventKind::spinning_began:
            return {"Look round before resting", "Spin before parking", "runtime.findRunnable",
                    same};
        case EventKind::spinning_ended:
            return {"Who found somebody wakes the next searcher",
                    "A spinner that found work wakes another", "runtime.resetspinning", same};
        case EventKind::stole:
            return {"Take half of another's names", "Steal half of another's queue",
                    "runtime.runqsteal", same};
        case EventKind::overflowed:
            return {"A full clipboard sends half to the bench",
                    "A full queue overflows to the global one", "runtime.runqputslow", same};
        case EventKind::refilled:
            return {"A fair share of the bench", "A batch from the global queue",
                    "runtime.globrunqgetbatch", same};
        case EventKind::preempt_asked:
            return {"The bell after a whole time slice", "Preemption after a whole slice",
                    "runtime.preemptone", same};
        case EventKind::world_stopped:
            return {"Clipboards are counted anew only while all stand still",
                    "The world stops to change GOMAXPROCS", "runtime.stopTheWorldGC", same};
        case EventKind::processor_gone:
            return {"The names of a clipboard that goes are called first of all",
                    "What a processor leaves goes to the head of the global queue",
                    "runtime.procresize", same};
        case EventKind::world_started:
            return {"Who has names goes on at once", "Processors with work get machines",
                    "runtime.startTheWorldWithSema", same};
        case EventKind::timer_fired:
            return {"Alarm clocks first", "Due timers run before anything else",
                    "runtime.(*timers).check",
                    "as in Go 1.27; equal times ring in the order in which they were set"};
        default:
            return {"", "", "", same};
    }
}

Rule rule_of_things(const Moment& m) {
    const Thing* thing = m.before.find_thing(object_of(m.event().arg));
    const bool readers = thing && thing->kind == Thing::Kind::rw_lock;
    switch (m.event().kind) {
        case EventKind::channel_made:
            return {"A new channel", "A new channel", "runtime.makechan", same};
        case EventKind::sent:
            return {"A waiting taker is served directly", "A send serves a waiting receiver first",
                    "runtime.chansend", same};
        case EventKind::received:
            return {"Take first, then let a waiting giver in",
                    "A receive makes room for a waiting sender", "runtime.chanrecv", same};
        case EventKind::closed:
            return {"Closing wakes all who wait", "A close readies all waiters",
                    "runtime.closechan", same};
        case EventKind::mutex_made:
            return {"A new lock", "A new mutex", "sync.Mutex", same};
        case EventKind::locked:
            if (readers) {
                return {"Many may read, or one may write", "Readers share, a writer excludes",
                        "sync.(*RWMutex).Lock", same};
            }
            return {"Who comes when it is free takes it",
                    "A free mutex is taken by a running coroutine", "sync.(*Mutex).Lock", same};
        case EventKind::unlocked:
            if (readers) {
                return {"All readers that wait go before the next writer",
                        "A writer's unlock readies all waiting readers", "sync.(*RWMutex).Unlock",
                        same};
            }
            return {"The first in line is woken, but must be quick",
                    "Unlock wakes, but does not hand over", "sync.(*Mutex).Unlock", same};
        case EventKind::read_locked:
            return {"Many may read, or one may write", "Readers share, a writer excludes",
                    "sync.(*RWMutex).RLock", same};
        case EventKind::read_unlocked:
            return {"The last one to read lets the writer in",
                    "The last reader readies a pending writer", "sync.(*RWMutex).RUnlock", same};
        case EventKind::rw_mutex_made:
            return {"A new reading lock", "A new rwmutex", "sync.RWMutex", same};
        case EventKind::condition_made:
            return {"A new gong", "A new condition", "sync.NewCond", same};
        case EventKind::semaphore_made:
            return {"New permits", "A new semaphore", "runtime.semacquire",
                    "simplified: Go keeps semaphores to its own library"};
        case EventKind::pipe_made:
            return {"A new letter box", "A pipe or socket, never blocking", "syscall.Pipe2", same};
        case EventKind::wait_group_made:
            return {"A new attendance list", "A new wait group", "sync.WaitGroup", same};
        case EventKind::counted:
            if (thing && thing->kind == Thing::Kind::semaphore) {
                return {"Who asks first gets the permit", "A semaphore counts down, not below zero",
                        "runtime.semacquire", same};
            }
            return {"The last one wakes who waits", "At zero all waiters are readied",
                    "sync.(*WaitGroup).Add", same};
        default:
            return {"", "", "", same};
    }
}

constexpr const char* of_cores =
    "simplified: one policy decides (turns, if none is chosen); caches only where asked for";

}  // namespace

Rule rule_of(const Moment& m) {
    const EventKind kind = m.event().kind;
    if (kind == EventKind::ran) return rule_of_source(source_of(m.event().arg));
    if (kind == EventKind::parked) return rule_of_wait(wait_reason_of(m.event().arg));
    if (kind == EventKind::seated) {
        return {"A free teacher goes to a table that needs one",
                "A free core runs a runnable thread", "the kernel", of_cores};
    }
    if (kind == EventKind::unseated) {
        return {"A teacher stays until the table rests or its time is up",
                "A thread keeps its core until it sleeps or its time is up", "the kernel",
                of_cores};
    }
    if (kind == EventKind::made || kind == EventKind::process_ended ||
        kind == EventKind::returned) {
        return {"A class is expensive: everything is its own",
                "A process has an address space and descriptors of its own", "the kernel",
                "simplified: how fork and exec share out their time is picked"};
    }
    if (kind == EventKind::forked || kind == EventKind::copied ||
        (kind == EventKind::shared && static_cast<KernelItem>(m.event().p) == KernelItem::page)) {
        return {"A copy of a class is cheap as long as nobody writes",
                "fork copies structures at once, and pages when they are written", "the kernel",
                "simplified: a program of seven pages; locks and channels lie in memory for all"};
    }
    if (kind == EventKind::replaced) {
        return {"A new lesson needs a room of its own, not a copy",
                "exec replaces the memory map and keeps the process", "the kernel",
                "simplified: reading the program is one span of time"};
    }
    if (kind == EventKind::shared) {
        return {"A table is cheaper: it uses what its class has",
                "A thread shares the address space and the descriptors", "the kernel",
                "as clone with CLONE_VM and CLONE_FILES"};
    }
    if (kind == EventKind::faulted) {
        return {"Walls hold: who reaches through ends its class only",
                "A touch outside of the address space ends the process", "the kernel",
                "as SIGSEGV without a handler"};
    }
    if (kind == EventKind::worked) {
        return {"Work takes time", "Computing takes time", "the program",
                "simplified: every core is equally fast"};
    }
    if (kind == EventKind::finished) {
        return {"When student 1 goes home the lesson is over", "When main returns the program ends",
                "runtime.main", same};
    }
    if (kind == EventKind::deadlocked) {
        return {"Everybody waits: nobody can wake anybody", "All asleep and no timer: deadlock",
                "runtime.checkdead", same};
    }
    if (kind == EventKind::crashed) {
        return {"An accident ends the lesson for all", "A panic ends the program",
                "runtime.fatalpanic", same};
    }
    if (kind >= EventKind::shared_made && kind <= EventKind::expected) return rule_of_board(m);
    if (kind == EventKind::object_ended) {
        return {"What nobody needs is taken away", "An unused object goes", "—",
                "simplified: Go's garbage collector frees it later"};
    }
    for (const Rule& rule : {rule_of_life(m), rule_of_tables(kind), rule_of_things(m)}) {
        if (rule.school[0] != '\0') return rule;
    }
    return {"", "", "", same};
}

}  // namespace homeroom::sim
