// The words themselves.
#include "sim/glossary.h"

#include "sim/language.h"

namespace homeroom::sim {

namespace {

constexpr GlossaryEntry entries[] = {
    {"school", "school", "computer", "—", "All the teachers and rooms there are.",
     "The machine: its cores and its memory.",
     "A school's teachers differ; here every core is as fast as the next."},
    {"teacher", "teacher", "core", "—",
     "Attends one table at a time; walking to another table takes time.",
     "A CPU core runs one thread at a time; changing threads is a context switch.",
     "A core does not know what it computes; a teacher would."},
    {"class", "class", "process", "process",
     "A room with its own lesson plan, cupboard and whiteboard; its walls keep others out.",
     "An address space, its open files and its threads, isolated from other processes.",
     "Opening a class takes a school year's planning; opening a process takes about a "
     "millisecond."},
    {"table", "table", "thread, machine", "M",
     "Where teaching happens. It needs a teacher, and a clipboard to call a student.",
     "A thread of the operating system; it needs a core, and a processor to run coroutines.",
     "Tables appear when they are needed and are never carried out of the room."},
    {"clipboard", "clipboard", "processor: the right to run", "P",
     "A class has few. A table may call a student only while it holds one.",
     "A token with a run queue. At most this many coroutines run at the same time.",
     "Not a core: a clipboard can be held by a table that no teacher attends."},
    {"student", "student", "coroutine", "G, goroutine",
     "Works only while it sits at a table; otherwise it waits, ready or not.",
     "A function with a stack of its own that can stop and go on later.",
     "Students can wait together; a coroutine that does not run does not even exist for the core."},
    {"top_line", "top line", "next slot", "runnext",
     "One name before all others: who was started or woken last is called next.",
     "One coroutine that runs before the queue, and shares the time slice of its waker.",
     "It looks like queue-jumping; it is done because the data is still warm."},
    {"names", "names on the clipboard", "local run queue", "runq",
     "Who is ready, in the order in which they will be called. Room for 256.",
     "A ring of ready coroutines: its owner adds, anyone may take.",
     "The students need not come to the clipboard; only their names are on it."},
    {"bench", "bench by the door", "global run queue", "sched.runq",
     "Who is ready and on no clipboard waits here, first come first served.",
     "The common queue, behind a lock: those who gave way, and what overflowed.",
     "A place on the bench can wait for long: tables look there rarely."},
    {"call", "calling a student", "running a coroutine", "execute",
     "A table takes the next name and the student sits down.",
     "The machine switches to the coroutine's stack.",
     "It takes tens of nanoseconds, not a walk through the room."},
    {"copy", "copying half the names", "work stealing", "runqsteal",
     "A table without names takes half of those on another clipboard.",
     "A machine without work takes half of another processor's queue, the oldest first.",
     "The names are moved, not copied: no student is ever on two clipboards."},
    {"searching", "looking round for names", "spinning", "spinning",
     "A table without names looks at other clipboards before it rests.",
     "A machine without work searches for a while, which costs time but wakes nobody.",
     "At most half as many tables look round as are busy, so that looking round does not disturb."},
    {"waking", "waking a table", "waking a machine", "wakep",
     "Whoever adds a name wakes one resting table, unless somebody looks round already.",
     "New work unparks one thread, unless one is spinning already.",
     "A table wakes in an instant; waking a thread takes microseconds."},
    {"resting", "resting table", "parked machine", "stopm",
     "It found nothing, put its clipboard back and sleeps until somebody wakes it.",
     "The thread sleeps in the kernel and costs no core.",
     "The rest is real sleep: no teacher attends a resting table."},
    {"step_aside", "stepping aside to wait", "parking a coroutine", "gopark",
     "The student cannot go on, says for what it waits, and leaves the table to another.",
     "The coroutine leaves its machine and is in no run queue until somebody readies it.",
     "Nobody looks after it: if nobody wakes it, it waits for ever."},
    {"wake", "waking a student", "readying a coroutine", "goready",
     "What the student waited for has come: its name goes on the waker's clipboard.",
     "A waiting coroutine becomes runnable and goes to the waker's next slot.",
     "Awake does not mean taught: it must still be called."},
    {"give_way", "giving way", "yielding", "Gosched",
     "The student could go on but lets others go first: it sits down on the bench.",
     "The coroutine goes to the end of the global queue of its own accord.",
     "It goes to the bench, so it may wait longer than one round of its own clipboard."},
    {"bell", "bell", "preemption", "preemptone",
     "Who was taught for a whole time slice is told to give way.",
     "A coroutine that has run for 10 ms is asked to stop; it goes to the global queue.",
     "Here the student listens for the bell at certain moments; Go can interrupt almost anywhere."},
    {"monitor", "hall monitor", "system monitor", "sysmon",
     "Goes round without a clipboard: rings the bell and takes clipboards back.",
     "A thread without a processor that looks after long runs and long system calls.",
     "It looks only now and then, so it always comes a little late."},
    {"errand", "errand", "blocking system call", "entersyscall",
     "The student must go out and takes the whole table along.",
     "The thread is stuck in the kernel together with its coroutine.",
     "In truth nobody walks: the thread sleeps until the call returns."},
    {"hand_off", "passing the clipboard on", "hand-off", "handoffp",
     "A table that cannot teach gives its clipboard to another, so that the names need not wait.",
     "A processor whose machine is stuck goes on with another machine.",
     "If nobody is ready the clipboard is simply put back."},
    {"alarm", "alarm clock", "timer", "timers",
     "A sleeping student is woken at its time by whoever holds the clipboard with its clock.",
     "A heap of deadlines per processor; expired ones ready their coroutines.",
     "It never rings early, but when all tables are busy it rings late."},
    {"whiteboard", "whiteboard", "shared memory", "heap",
     "All tables of a class read and write the same board.",
     "Memory that every thread of the process can read and write.",
     "What one table writes, another may see late: boards do not do that."},
    {"variable", "line on the whiteboard", "shared variable", "a variable",
     "A name and a number that every student may read, and write over.",
     "A word of memory: a load, a change in a register and a store are three steps.",
     "On paper one sees who writes; in memory nobody sees anybody."},
    {"race", "two pens, one line", "data race", "go run -race",
     "Two students use one line, one of them writes, and nothing says who comes first.",
     "Two accesses, one of them a write, that happens-before does not order.",
     "It is a race even when this time everything went well."},
    {"lost_update", "lost update", "lost update", "a race",
     "Who writes what it made of an old copy wipes out what others wrote meanwhile.",
     "A store over a value that was stored after the own load.",
     "Nobody is told: the number is just wrong."},
    {"happens_before", "who surely comes first", "happens-before", "go.dev/ref/mem",
     "What was done before handing something over comes before all that the taker does.",
     "Program order and what synchronises: channels, locks, wait groups, go.",
     "The clock on the wall orders nothing: only a hand-over does."},
    {"channel", "channel", "channel", "chan",
     "A hatch through which one student hands something to another.",
     "A queue of values with a capacity; senders and receivers wait for each other.",
     "With no room inside, both must be there at once, as in a hand-shake."},
    {"lock", "lock on the board", "mutex", "sync.Mutex",
     "Hangs on a part of the board: one student at a time may write there.",
     "Mutual exclusion: one holder, the others wait in line.",
     "The lock protects only those who ask for it; the board stays open to the others."},
    {"select", "waiting at several channels", "select", "select",
     "A student waits at several channels at once; the first one with a partner ends its wait.",
     "Carries out one of several channel operations; which, of those that can be, is left to "
     "chance.",
     "It is drawn at the first of its channels only."},
    {"rw_lock", "reading lock", "read-write mutex", "sync.RWMutex",
     "Many may read at a time, or one may write; who waits to write lets no new readers in.",
     "Shared by readers, or held by one writer; a waiting writer stops new readers.",
     "Reading twice at a time can end in waiting for ever: a writer may come between."},
    {"condition", "gong", "condition variable", "sync.Cond",
     "Students wait at it until somebody strikes it; then they look again whether they can go on.",
     "Signal wakes the waiter with the lowest ticket, Broadcast all of them.",
     "A stroke that nobody waits for is lost."},
    {"semaphore", "permits", "semaphore", "runtime.semacquire",
     "So many permits there are; who finds none waits until one is given back.",
     "A counter; taking one from zero waits, giving one back wakes who waits longest.",
     "Permits have no names: anybody may give one back."},
    {"letter_box", "letter box", "pipe or socket", "internal/poll.FD",
     "Post from outside; who waits for it takes no table along.",
     "Bytes through the kernel; a read or write that would block parks the coroutine.",
     "Simplified: Go's pipes and files may also block a thread."},
    {"wait_group", "attendance list", "wait group", "sync.WaitGroup",
     "Counts who is still to come; who waits for it goes on when nobody is missing.",
     "A counter; waiters go on when it comes down to zero.", "It counts, it does not know names."},
    {"head_teacher", "head teacher", "kernel CPU scheduler", "—",
     "Sends the teachers to the tables that need one.",
     "The kernel decides which thread each core runs.",
     "Simplified: one policy decides (turns, if none is chosen); no tick, no groups."},
    {"fork", "copy of a class", "fork", "os.StartProcess",
     "The papers are copied at once; sheets are in common until somebody writes on one.",
     "Copies the task, the descriptors and the memory map; pages are copied when written.",
     "Nobody sees the copying; here each sheet is told."},
    {"lesson", "lesson", "program", "main.main",
     "What student 1 does; when it goes home the lesson is over for all.",
     "When main returns the program ends, and the other coroutines are dropped.",
     "Nobody is asked whether they had finished."},
    {"deadlock", "everybody waits", "deadlock", "fatal error",
     "All students wait for each other and nobody can ever be called again.",
     "All coroutines are asleep: no work, no timer, nobody to wake them.",
     "Found only when really everybody waits; a few may wait for ever unnoticed."},
};

using K = EventKind;
constexpr EventWords events[] = {
    {K::looked, "looked", "looked", "searching", "runtime.findRunnable"},
    {K::queued, "name written down", "queued", "names", "runtime.runqput"},
    {K::served, "takes what is handed", "partner served", "channel", "runtime.send"},
    {K::released, "leaves word", "release", "happens_before", "runtime.racerelease"},
    {K::acquired, "takes note", "acquire", "happens_before", "runtime.raceacquire"},
    {K::named, "a letter of its name", "a letter of its name", "variable", "—"},
    {K::guarded, "a lock beside it", "guarded by a mutex", "variable", "—"},
    {K::runnable, "waits for a teacher", "runnable", "teacher", "the kernel"},
    {K::spawned, "new student", "spawn", "student", "runtime.newproc"},
    {K::ran, "called", "run", "call", "runtime.execute"},
    {K::yielded, "gave way", "yield", "give_way", "runtime.goschedImpl"},
    {K::preempted, "stopped by the bell", "preemption", "bell", "runtime.gopreempt_m"},
    {K::parked, "stepped aside", "park", "step_aside", "runtime.gopark"},
    {K::readied, "woken", "ready", "wake", "runtime.goready"},
    {K::ended, "finished", "end", "student", "runtime.goexit0"},
    {K::blocked, "left on an errand", "blocking call", "errand", "runtime.entersyscall"},
    {K::unblocked, "back from an errand", "call returned", "errand", "runtime.exitsyscall"},
    {K::machine_started, "new table", "thread started", "table", "runtime.newm"},
    {K::machine_parked, "table rests", "thread parked", "resting", "runtime.stopm"},
    {K::machine_woken, "table woken", "thread woken", "waking", "runtime.startm"},
    {K::machine_ended, "table closed", "thread ended", "table", "runtime.mexit"},
    {K::processor_acquired, "clipboard taken", "processor acquired", "clipboard",
     "runtime.acquirep"},
    {K::processor_released, "clipboard put back", "processor released", "clipboard",
     "runtime.releasep"},
    {K::handed_off, "clipboard passed on", "hand-off", "hand_off", "runtime.handoffp"},
    {K::retaken, "clipboard taken back", "retake", "monitor", "runtime.retake"},
    {K::spinning_began, "looks round", "spinning", "searching", "runtime.findRunnable"},
    {K::spinning_ended, "stops looking round", "spinning ended", "searching",
     "runtime.resetspinning"},
    {K::stole, "names copied", "steal", "copy", "runtime.runqsteal"},
    {K::overflowed, "clipboard full", "overflow", "names", "runtime.runqputslow"},
    {K::refilled, "names from the bench", "refill", "bench", "runtime.globrunqgetbatch"},
    {K::preempt_asked, "the bell rings", "preemption request", "bell", "runtime.preemptone"},
    {K::world_stopped, "all stand still", "world stopped", "clipboard",
     "runtime.stopTheWorldWithSema"},
    {K::processor_gone, "clipboard put away", "processor gone", "clipboard",
     "runtime.(*p).destroy"},
    {K::world_started, "all go on", "world started", "clipboard", "runtime.startTheWorldWithSema"},
    {K::timer_fired, "alarm clock rings", "timer fired", "alarm", "runtime.(*timers).run"},
    {K::channel_made, "new channel", "channel made", "channel", "runtime.makechan"},
    {K::sent, "sent", "send", "channel", "runtime.chansend"},
    {K::received, "received", "receive", "channel", "runtime.chanrecv"},
    {K::closed, "channel closed", "close", "channel", "runtime.closechan"},
    {K::mutex_made, "new lock", "mutex made", "lock", "sync.Mutex"},
    {K::rw_mutex_made, "new reading lock", "rwmutex made", "rw_lock", "sync.RWMutex"},
    {K::locked, "locked", "lock", "lock", "sync.(*Mutex).Lock"},
    {K::unlocked, "unlocked", "unlock", "lock", "sync.(*Mutex).Unlock"},
    {K::read_locked, "reads", "read lock", "rw_lock", "sync.(*RWMutex).RLock"},
    {K::read_unlocked, "has read", "read unlock", "rw_lock", "sync.(*RWMutex).RUnlock"},
    {K::pipe_made, "new letter box", "pipe made", "letter_box", "syscall.Pipe2"},
    {K::wait_group_made, "new attendance list", "wait group made", "wait_group", "sync.WaitGroup"},
    {K::condition_made, "new gong", "condition made", "condition", "sync.NewCond"},
    {K::semaphore_made, "new permits", "semaphore made", "semaphore", "runtime.semacquire"},
    {K::counted, "counted", "add, done", "wait_group", "sync.(*WaitGroup).Add"},
    {K::object_ended, "taken away", "object ended", "whiteboard", "—"},
    {K::shared_made, "written on the board", "variable made", "variable", "a variable"},
    {K::read, "read from the board", "load", "variable", "a load"},
    {K::changed, "changed in the head", "change of a copy", "variable", "an addition"},
    {K::wrote, "written over", "store", "variable", "a store"},
    {K::expected, "checked against the board", "assertion", "variable", "an assertion"},
    {K::seated, "teacher comes", "thread on core", "teacher", "the kernel"},
    {K::unseated, "teacher leaves", "thread off core", "teacher", "the kernel"},
    {K::worked, "worked", "computed", "student", "the program"},
    {K::finished, "lesson over", "main returned", "lesson", "runtime.main"},
    {K::deadlocked, "everybody waits", "deadlock", "deadlock", "runtime.checkdead"},
    {K::crashed, "accident", "crash", "class", "runtime.fatalpanic"},
    {K::made, "set up", "kernel structure made", "class", "the kernel"},
    {K::shared, "shared", "kernel structure shared", "class", "the kernel"},
    {K::forked, "class copied", "fork", "fork", "the kernel"},
    {K::replaced, "lesson replaced", "exec", "fork", "the kernel"},
    {K::copied, "sheet copied", "copy on write", "fork", "the kernel"},
    {K::returned, "given back", "kernel structure freed", "class", "the kernel"},
    {K::faulted, "beyond the wall", "page fault outside of the process", "class", "the kernel"},
    {K::process_ended, "class ends", "process ended", "class", "the kernel"},
};
constexpr std::size_t event_count = static_cast<std::size_t>(EventKind::process_ended) + 1;

// Words that name an event stand at its number.
constexpr bool in_order() {
    for (std::size_t i = 0; i < std::size(events); ++i) {
        if (static_cast<std::size_t>(events[i].kind) != i) return false;
    }
    return std::size(events) == event_count;
}
static_assert(in_order(), "event_words has one entry per EventKind, in their order");

const char* pick(Words words, const char* school, const char* field) {
    return words == Words::school ? school : field;
}

// The same in the language that is spoken.
const char* pick_tr(Words words, const char* school, const char* field) {
    return tr(pick(words, school, field));
}

std::string numbered(Words words, const char* school, const char* field, std::size_t number) {
    return phrase(pick(words, school, field), {{'n', std::to_string(number)}});
}

}  // namespace

std::span<const GlossaryEntry> glossary() { return entries; }

const GlossaryEntry* find_entry(std::string_view key) {
    for (const GlossaryEntry& entry : entries) {
        if (key == entry.key) return &entry;
    }
    return nullptr;
}

std::span<const EventWords> event_words() { return events; }

// A torn native record may hold no kind at all; it is shown as the last resort, an accident.
const EventWords& words_of(EventKind kind) {
    const auto i = static_cast<std::size_t>(kind);
    return events[i < event_count ? i : event_count - 1];
}

const char* word_of(EventKind kind, Words words) {
    const EventWords& found = words_of(kind);
    return pick(words, found.school, found.field);
}

const char* word_of(Student::State state, Words words) {
    using State = Student::State;
    switch (state) {
        case State::nowhere:
            return pick_tr(words, "on its way", "runnable, not yet queued");
        case State::top_line:
            return pick_tr(words, "on the top line of a clipboard", "in a next slot");
        case State::listed:
            return pick_tr(words, "among the names of a clipboard", "in a run queue");
        case State::bench:
            return pick_tr(words, "on the bench", "in the global queue");
        case State::taught:
            return pick_tr(words, "at a table, being taught", "running");
        case State::called:
            return pick_tr(words, "on its way to a table", "taken from a queue");
        case State::waiting:
            return pick_tr(words, "waiting", "parked");
        case State::alarm:
            return pick_tr(words, "asleep until an alarm clock rings", "asleep on a timer");
        case State::errand:
            return pick_tr(words, "away on an errand", "in a blocking call");
        case State::gone:
            return pick_tr(words, "gone home", "ended");
    }
    return "";
}

const char* word_of(Table::Mood mood, Words words) {
    using Mood = Table::Mood;
    switch (mood) {
        case Mood::deciding:
            return pick_tr(words, "deciding whom to call", "scheduling");
        case Mood::teaching:
            return pick_tr(words, "teaching", "running a coroutine");
        case Mood::searching:
            return pick_tr(words, "looking round for names", "spinning");
        case Mood::errand:
            return pick_tr(words, "away on an errand", "in a blocking call");
        case Mood::resting:
            return pick_tr(words, "resting", "parked");
        case Mood::closed:
            return pick_tr(words, "closed", "ended");
    }
    return "";
}

const char* word_of(Queue queue, Words words) {
    switch (queue) {
        case Queue::next:
            return pick_tr(words, "on the top line", "in the next slot");
        case Queue::local:
            return pick_tr(words, "below the names", "at the tail of the run queue");
        case Queue::global:
            return pick_tr(words, "at the end of the bench", "at the tail of the global queue");
        case Queue::global_head:
            return pick_tr(words, "at the front of the bench", "at the head of the global queue");
    }
    return "";
}

const char* word_of(Source source, Words words) {
    switch (source) {
        case Source::next:
            return pick_tr(words, "from the top line", "from the next slot");
        case Source::local:
            return pick_tr(words, "from its clipboard", "from its run queue");
        case Source::global_tick:
            return pick_tr(words, "from the bench, whose turn it is",
                           "from the global queue, by the tick");
        case Source::global:
            return pick_tr(words, "from the bench", "from the global queue");
        case Source::network:
            return pick_tr(words, "from the post-room", "from the network poller");
        case Source::stolen:
            return pick_tr(words, "from another clipboard", "by stealing");
        case Source::same:
            return pick_tr(words, "without leaving the table", "without switching");
        case Source::returned:
            return pick_tr(words, "back from its errand", "back from its call");
    }
    return "";
}

const char* word_of(Table::Kernel state, Words words) {
    switch (state) {
        case Table::Kernel::blocked:
            return pick_tr(words, "wants no teacher", "blocked");
        case Table::Kernel::runnable:
            return pick_tr(words, "waits for a teacher", "runnable");
        case Table::Kernel::running:
            return pick_tr(words, "has a teacher", "running");
        case Table::Kernel::ended:
            return pick_tr(words, "is closed", "ended");
    }
    return "";
}

const char* word_of(KernelWait wait, Words words) {
    switch (wait) {
        case KernelWait::none:
            return pick_tr(words, "for no given reason", "for no given reason");
        case KernelWait::futex:
            return pick_tr(words, "until another table wakes it", "in futex");
        case KernelWait::futex_until:
            return pick_tr(words, "until another table wakes it, or a clock",
                           "in futex, with a timeout");
        case KernelWait::nanosleep:
            return pick_tr(words, "for its alarm clock", "in nanosleep");
        case KernelWait::epoll:
            return pick_tr(words, "for the post, on behalf of all", "in epoll_wait");
        case KernelWait::read:
            return pick_tr(words, "at a letter box", "in read");
        case KernelWait::call:
            return pick_tr(words, "on an errand", "in a call that blocks");
        case KernelWait::join:
            return pick_tr(words, "for the other tables to be closed",
                           "in join, for the other threads");
    }
    return "";
}

const char* word_of(MemoryUse use, Words words) {
    switch (use) {
        case MemoryUse::text:
            return pick_tr(words, "the book", "text");
        case MemoryUse::data:
            return pick_tr(words, "the whiteboard", "data");
        case MemoryUse::heap:
            return pick_tr(words, "the shelf", "heap");
        case MemoryUse::stack:
            return pick_tr(words, "the drawer", "stack");
        case MemoryUse::thread_stack:
            return pick_tr(words, "the drawer of a table", "stack of a thread");
    }
    return "";
}

const char* word_of(Descriptor::Kind kind, Words words) {
    switch (kind) {
        case Descriptor::Kind::input:
            return pick_tr(words, "what comes in", "standard input");
        case Descriptor::Kind::output:
            return pick_tr(words, "what goes out", "standard output");
        case Descriptor::Kind::error:
            return pick_tr(words, "complaints", "standard error");
        case Descriptor::Kind::pipe_to_read:
            return pick_tr(words, "letter box, to read", "pipe, to read from");
        case Descriptor::Kind::pipe_to_write:
            return pick_tr(words, "letter box, to write", "pipe, to write to");
    }
    return "";
}

const char* word_of(WaitReason reason, Words words) {
    switch (reason) {
        case WaitReason::none:
            return pick_tr(words, "for no given reason", "for no given reason");
        case WaitReason::sleep:
            return pick_tr(words, "for its alarm clock", "for a timer");
        case WaitReason::channel_send:
            return pick_tr(words, "to hand something over", "to send");
        case WaitReason::channel_receive:
            return pick_tr(words, "to be handed something", "to receive");
        case WaitReason::channel_nil:
            return pick_tr(words, "for a channel that is none", "on a nil channel");
        case WaitReason::channel_nil_send:
            return pick_tr(words, "to hand something to no channel", "to send on a nil channel");
        case WaitReason::select:
            return pick_tr(words, "at several channels", "in a select");
        case WaitReason::select_no_cases:
            return pick_tr(words, "for nothing at all", "in a select without cases");
        case WaitReason::mutex:
            return pick_tr(words, "for a lock", "for a mutex");
        case WaitReason::rw_mutex_read:
            return pick_tr(words, "to read", "to read-lock");
        case WaitReason::rw_mutex_write:
            return pick_tr(words, "for the readers to leave", "for the readers to unlock");
        case WaitReason::wait_group:
            return pick_tr(words, "for those who are missing", "for a wait group");
        case WaitReason::io:
            return pick_tr(words, "for the post", "for a pipe or socket");
        case WaitReason::condition:
            return pick_tr(words, "for the gong", "for a condition");
        case WaitReason::semaphore:
            return pick_tr(words, "for a permit", "for a semaphore");
        case WaitReason::timer:
            return pick_tr(words, "for an alarm clock", "at the channel of a timer");
    }
    return "";
}

const char* word_of(Thing::Kind kind, Words words) {
    switch (kind) {
        case Thing::Kind::channel:
            return tr("channel");
        case Thing::Kind::lock:
            return pick_tr(words, "lock", "mutex");
        case Thing::Kind::rw_lock:
            return pick_tr(words, "reading lock", "rwmutex");
        case Thing::Kind::pipe:
            return pick_tr(words, "letter box", "pipe");
        case Thing::Kind::wait_group:
            return pick_tr(words, "attendance list", "wait group");
        case Thing::Kind::condition:
            return pick_tr(words, "gong", "condition");
        case Thing::Kind::semaphore:
            return pick_tr(words, "permit box", "semaphore");
        case Thing::Kind::variable:
            return pick_tr(words, "line", "variable");
    }
    return "";
}

const char* word_of(Ending ending, Words words) {
    switch (ending) {
        case Ending::none:
            return pick_tr(words, "the lesson goes on", "running");
        case Ending::finished:
            return pick_tr(words, "the lesson is over", "main returned");
        case Ending::deadlocked:
            return pick_tr(words, "everybody waits for ever", "deadlock");
        case Ending::crashed:
            return pick_tr(words, "an accident ended the lesson", "crashed");
        case Ending::stuck:
            return pick_tr(words, "stuck: nothing can happen any more",
                           "stuck: every thread waits, unnoticed");
        case Ending::step_limit:
            return pick_tr(words, "stopped: too many steps", "stopped at the step limit");
    }
    return "";
}

std::string name_of(StudentId id, Words words) {
    if (id == StudentId::none) return pick_tr(words, "nobody", "no coroutine");
    return numbered(words, "student {n}", "G{n}", index(id));
}

std::string name_of(TableId id, Words words) {
    if (id == TableId::none) return pick_tr(words, "no table", "no machine");
    if (id == TableId::hall_monitor) return pick_tr(words, "the hall monitor", "the monitor");
    return numbered(words, "table {n}", "M{n}", index(id));
}

std::string name_of(ClipboardId id, Words words) {
    if (id == ClipboardId::none) return pick_tr(words, "no clipboard", "no processor");
    return numbered(words, "clipboard {n}", "P{n}", index(id));
}

std::string name_of(TeacherId id, Words words) {
    if (id == TeacherId::none) return pick_tr(words, "no teacher", "no core");
    return numbered(words, "teacher {n}", "core {n}", index(id));
}

std::string name_of(ClassId id, Words words) {
    return numbered(words, "class {n}", "process {n}", index(id));
}

std::string name_of_object(const School& school, ObjectId id, Words words) {
    const Thing* thing = school.find_thing(id);
    if (!thing) return numbered(words, "thing {n}", "object {n}", id);
    if (thing->kind == Thing::Kind::variable && !thing->name.empty()) return thing->name;
    return std::string(word_of(thing->kind, words)) + " " + std::to_string(id);
}

std::string duration_text(Nanoseconds duration) {
    struct Unit {
        Nanoseconds ns;
        const char* name;
    };
    for (const Unit& unit :
         {Unit{1'000'000'000, " s"}, Unit{1'000'000, " ms"}, Unit{1'000, " us"}}) {
        if (duration < unit.ns) continue;
        // Three digits after the point, without zeros at the end; cut off, not rounded.
        std::string text = std::to_string(duration / unit.ns);
        std::string rest = std::to_string(duration % unit.ns * 1'000 / unit.ns + 1'000).substr(1);
        while (!rest.empty() && rest.back() == '0') rest.pop_back();
        return text + (rest.empty() ? "" : "." + rest) + unit.name;
    }
    return std::to_string(duration) + " ns";
}

std::string bytes_text(std::uint64_t bytes) {
    if (bytes >= 1 << 20) return std::to_string(bytes >> 20) + " MB";
    return bytes >= 10'000 ? std::to_string(bytes >> 10) + " kB" : std::to_string(bytes) + " B";
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    const std::string text = "{n} " + std::string(count == 1 ? one : many);
    return phrase(text.c_str(), {{'n', std::to_string(count)}});
}

}  // namespace homeroom::sim
