// The school as it stands after some step: plain copyable data, folded from steps. This is all that
// the front end draws from and all that the checkers look at.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "sim/costs.h"
#include "sim/paged_vector.h"
#include "sim/step.h"

namespace homeroom::sim {

struct Student {
    enum class State : std::uint8_t {
        nowhere,   // not yet put anywhere after being spawned, readied or having given way
        top_line,  // on the top line of a clipboard (next slot)
        listed,    // among the names of a clipboard (local run queue)
        bench,     // on the bench by the door (global run queue)
        taught,    // at a table that holds a clipboard: running
        called,    // taken from its queue, on the way to the table (stolen, or about to run)
        waiting,   // at a channel, lock or wait group
        alarm,     // asleep until an alarm clock rings
        errand,    // in a blocking call, together with its table
        gone,      // finished
    };
    StudentId id = StudentId::none;
    StudentId parent = StudentId::none;
    ClassId room{0};
    State state = State::nowhere;
    WaitReason reason = WaitReason::none;       // when waiting or at the alarm clock
    ObjectId object = 0;                        // when waiting
    TableId table = TableId::none;              // when taught, called or on an errand
    TableId last_table = TableId::none;         // where it was taught last
    ClipboardId clipboard = ClipboardId::none;  // when on a clipboard's list or top line, or taught
    Nanoseconds since = 0;                      // when it came to this state
    Nanoseconds ready_since = 0;                // when it last became ready (valid while ready)
    // Sums up to `since`; what has passed of the present state is added by whoever shows them.
    // Errands and alarm clocks count as waiting.
    Nanoseconds taught_ns = 0, ready_ns = 0, waiting_ns = 0, longest_ready_ns = 0;
    std::uint32_t lessons = 0;             // times called to a table
    ObjectId woken_from = 0;               // a lock that it was woken for and has not taken yet
    StudentId woken_by = StudentId::none;  // none: by a clock or the kernel

    // Could be taught at once if a table called it.
    bool ready() const {
        return state == State::nowhere || state == State::top_line || state == State::listed ||
               state == State::bench || state == State::called;
    }
};

struct Table {
    enum class Mood : std::uint8_t {
        deciding,   // holds a clipboard, looks for whom to call
        teaching,   // a student sits at it
        searching,  // spinning: looks round the other clipboards
        errand,     // its student took the whole table on a blocking call
        resting,    // parked, without a clipboard
        closed,     // thread ended
    };
    TableId id = TableId::none;
    ClassId room{0};
    Mood mood = Mood::deciding;
    StudentId student = StudentId::none;
    StudentId last_student = StudentId::none;   // the one it taught before, or teaches now
    ClipboardId clipboard = ClipboardId::none;  // the one it holds
    TeacherId teacher = TeacherId::none;        // the core that attends it now
    Nanoseconds since = 0;
    std::uint32_t calls = 0;  // students called so far
    // With a teacher; up to when the last one left. cold_ns: of switching_ns, for what had gone
    // from the cache.
    Nanoseconds running_ns = 0, switching_ns = 0, cold_ns = 0;
    std::uint32_t visits = 0;            // of teachers
    std::uint32_t moves = 0;             // of these, of another teacher than the last time
    std::uint32_t student_switches = 0;  // at this table

    // As the kernel sees it: a thread. Known in the model; natively as far as the class tells.
    enum class Kernel : std::uint8_t { blocked, runnable, running, ended };
    Kernel kernel = Kernel::blocked;
    KernelWait wait = KernelWait::none;  // when blocked
    Nanoseconds kernel_began = 0;        // when it was first heard of
    Nanoseconds kernel_since = 0;        // when it came to this state
    // Sums up to kernel_since.
    Nanoseconds runnable_ns = 0, blocked_ns = 0;
    TeacherId last_teacher = TeacherId::none;  // the one that it has, or had last
    // How long that one had run when it left, and how warm its cache was for this table when it
    // came, from 0 to 1.
    Nanoseconds teacher_had_run = 0;
    double warmth_found = 0;
};

struct Clipboard {
    ClipboardId id = ClipboardId::none;
    ClassId room{0};
    TableId holder = TableId::none;  // none: it lies idle
    StudentId top_line = StudentId::none;
    std::deque<StudentId> names;  // in the order in which they will be called
    std::uint32_t tick = 0;       // schedtick as last seen (modulo 61)
    std::uint32_t calls = 0;
};

struct Teacher {
    TeacherId id = TeacherId::none;
    TableId table = TableId::none;                    // the one it attends; none: idle
    TableId last_table = TableId::none;               // where it was before
    Nanoseconds since = 0, busy_ns = 0, idle_ns = 0;  // the sums reach up to `since`
    // Busy with the way to a table (in the model; natively nobody knows): up to `since`, and when
    // the present way ends.
    Nanoseconds switching_ns = 0, arrives = 0;
    std::uint32_t switches = 0;  // from one table to another
    // Of those, from one class to another; and visits that found the translations gone.
    std::uint32_t class_switches = 0, tlb_refills = 0;
    std::uint32_t student_switches = 0;  // while it stood by
    Nanoseconds cold_ns = 0;             // of switching_ns, for what had gone from its cache
    ClassId room{0}, last_room{0};       // of `table` and `last_table`
    // The lesson plan in mind: of which classes it still has the translations, latest first.
    std::vector<ClassId> plans;
    ClassId room_before() const { return table != TableId::none ? room : last_room; }

    Nanoseconds busy_until(Nanoseconds now) const {
        return table == TableId::none ? busy_ns : busy_ns + now - since;
    }
    // Of that, on the way; the rest is running. Running, switching and idle add up to `now`.
    Nanoseconds switching_until(Nanoseconds now) const {
        if (table == TableId::none || arrives <= since) return switching_ns;
        return switching_ns + (now < arrives ? now : arrives) - since;
    }
    Nanoseconds running_until(Nanoseconds now) const {
        return busy_until(now) - switching_until(now);
    }
    Nanoseconds idle_until(Nanoseconds now) const {
        return table == TableId::none ? idle_ns + now - since : idle_ns;
    }
};

enum class Ending : std::uint8_t {
    none,
    finished,
    deadlocked,  // the scheduler says so: no coroutine can ever run again
    crashed,
    step_limit,
    stuck,  // no thread can ever move and the scheduler has not said so: a mistake in the runtime
};

// A range of the memory of a class.
struct Region {
    MemoryUse use = MemoryUse::text;
    std::uint32_t bytes = 0;
    std::uint32_t pages = 0;  // that are there: the others have not been touched yet
    // Of these, pages that it has in common with the class that it is a copy of, or that is a copy
    // of it, until somebody writes on them.
    std::uint32_t in_common = 0;
};

// An open file, pipe or socket.
struct Descriptor {
    enum class Kind : std::uint8_t { input, output, error, pipe_to_read, pipe_to_write };
    std::uint32_t number = 0;
    Kind kind = Kind::input;
    ObjectId pipe = 0;
};

// A class (process): what the kernel keeps about it. Known only where several share a machine.
struct Room {
    // Processes have numbers from here on: the model's first class has this one.
    static constexpr std::uint32_t first_pid = 100;

    bool open = false;           // something of it has been made
    bool forked = false;         // as a copy of `parent`, with a table of its own
    ClassId parent{0};           // of one that another class makes
    std::uint32_t programs = 1;  // how many it has begun: one more with each exec
    bool faulted = false, ended = false;
    // Made by another class: which place beside others like it it has, the lowest that was free.
    bool is_copy = false;
    std::uint32_t place = 0;
    Ending ending = Ending::none;                  // of its lesson
    std::uint32_t status = 0;                      // when it has ended, as a shell says it
    Nanoseconds opening = 0, opened = 0, end = 0;  // first made, first student called, ended
    // task_struct and kernel stack: one for each table.
    std::uint32_t tasks = 0, task_bytes = 0, kernel_stack_bytes = 0;
    // mm_struct.
    std::uint32_t memory_bytes = 0, memory_users = 0;
    std::vector<Region> regions;
    std::uint32_t page_tables = 0, page_table_bytes = 0;
    std::uint32_t pages_copied = 0, pages_kept = 0;  // written on for the first time: see `copied`
    // files_struct.
    std::uint32_t files_bytes = 0, files_users = 0;
    std::vector<Descriptor> descriptors;
    // Coroutines that are alive; they have no structure in the kernel, only memory of the heap: so
    // many pages more than its program had at first. Those of who has ended wait for the next ones.
    std::uint32_t students = 0, heap_grown = 0;
    // With teachers; up to when each of them left. waiting_ns: its tables, for a teacher.
    Nanoseconds running_ns = 0, switching_ns = 0, cold_ns = 0, waiting_ns = 0;
    std::uint32_t visits = 0, class_switches = 0, tlb_refills = 0;  // of teachers to it
    std::uint32_t student_switches = 0, table_switches = 0;         // inside
    std::uint32_t kernel_bytes() const {
        return task_bytes + kernel_stack_bytes + memory_bytes + page_table_bytes + files_bytes;
    }
    std::uint32_t pages() const;
    std::uint32_t pages_in_common() const;
    // It has ended, but its task_struct stays with its status until its parent asks for that.
    bool zombie() const { return ended && tasks > 0; }
    // Nothing is left of it.
    bool is_gone() const { return ended && tasks == 0; }
};

// Something students wait at, or a variable on the whiteboard.
struct Thing {
    enum class Kind : std::uint8_t {
        channel,
        lock,
        rw_lock,
        wait_group,
        condition,
        semaphore,
        pipe,
        variable,
    };
    ObjectId id = 0;
    ClassId room{0};
    Kind kind = Kind::channel;
    bool open = true;  // a channel: not closed
    bool gone = false;
    std::uint32_t count = 0;  // channel: elements buffered; wait group and semaphore: its counter;
                              // rw_lock: readers that hold it
    std::uint32_t capacity = 0;          // channel
    StudentId holder = StudentId::none;  // lock; rw_lock: the writer
    std::vector<StudentId> queue;        // who waits here, longest first
    // Of a variable.
    std::string name;
    std::int32_t value = 0;
    ObjectId guard = 0;                  // the lock that hangs beside it; 0: none
    StudentId writer = StudentId::none;  // who wrote it last
    std::uint32_t writes = 0, lost = 0;  // lost: of these, over a value the writer had not seen
    std::uint32_t races = 0;             // accesses that raced with an earlier one
};

// What a student has read from the whiteboard, and keeps in its head.
struct Copy {
    StudentId student = StudentId::none;
    ObjectId object = 0;
    std::int32_t read = 0, value = 0;  // as it was read, and what the student has made of it
    bool stale = false;                // somebody else has written meanwhile
};

struct HallMonitor {
    bool present = false;
    std::uint32_t bells = 0, retakes = 0;
    Nanoseconds last_act = -1;  // -1: none yet
    ClipboardId last_clipboard = ClipboardId::none;
};

struct Counters {
    std::uint64_t decisions = 0, spawns = 0, calls = 0, student_switches = 0, yields = 0, bells = 0,
                  preemptions = 0, parks = 0, readies = 0, steals = 0, stolen_names = 0,
                  hand_offs = 0, retakes = 0, errands = 0, overflows = 0, refills = 0,
                  table_wakes = 0, table_rests = 0, teacher_switches = 0, ends = 0, reads = 0,
                  writes = 0, lost_updates = 0, races = 0, surprises = 0, forks = 0,
                  pages_copied = 0;
};

// What a run's caches and translations do, as far as it can be drawn.
struct Plans {
    bool kept_apart = true;  // PCID: of the last few classes
    Nanoseconds fade_ns = costs::cache_fade;
};

struct School {
    // Each core keeps the translations of so many address spaces: TLB_NR_DYN_ASIDS of Linux.
    static constexpr std::size_t plans_max = 6;
    // Of a coroutine: a page of its stack, and its descriptor.
    static constexpr std::uint32_t student_bytes = page_bytes + 256;

    Nanoseconds time = 0;
    std::uint64_t steps = 0;        // folded so far
    PagedVector<Student> students;  // index: id - 1
    std::vector<Table> tables;
    std::vector<Clipboard> clipboards;
    std::vector<Teacher> teachers;
    PagedVector<Thing> things;  // by id
    std::vector<Room> rooms;    // index: ClassId; empty: one class has the machine for itself
    std::vector<Copy> copies;   // in the order in which they were read
    std::deque<StudentId> bench;
    // The head teacher's queues: the tables that wait for a teacher, in the order in which they
    // would be served when they came. One for each teacher, or the first one for all of them.
    std::vector<std::vector<TableId>> queues;
    bool one_queue = true;
    Plans plans;
    // Of all classes: what the kernel keeps about them, and the pages and coroutines of their own.
    // Pages in common count once.
    std::uint64_t memory_bytes = 0, memory_peak = 0;
    std::uint32_t places = 0;  // of copies, so many have been taken at most at the same time
    HallMonitor monitor;
    Counters counters;
    Ending ending = Ending::none;
    bool stopped = false;  // all stand still, while the clipboards are counted anew

    School() = default;
    School(std::uint32_t teacher_count, std::uint32_t clipboard_count, Plans plans = {});

    // Takes one step further. In the model world the steps come in the order of the run. Native
    // ones may be swapped a little or lost: then the picture is wrong for a moment, but never
    // broken (a student stands in one place only, a clipboard has one holder), and the student's
    // next event puts it right.
    void fold(const Step& step);

    const Student* find(StudentId id) const;  // null: not spawned yet
    const Table* find(TableId id) const;
    const Clipboard* find(ClipboardId id) const;
    const Thing* find_thing(ObjectId id) const;

    // What the teachers of a class have done with their time up to now.
    struct Account {
        Nanoseconds running = 0, switching = 0;
    };
    Account account_of(ClassId room) const;
    // How much of what a table needs is still in the cache of the teacher it had last, from 0 to 1.
    // It fades while that one teaches others, and comes back on the way to the table.
    double warmth(const Table& table) const;
    // How long a table waited for a teacher up to now, and was blocked.
    Nanoseconds runnable_until_now(const Table& table) const;
    Nanoseconds blocked_until_now(const Table& table) const;
    // How long the tables of a class waited for a teacher up to now.
    Nanoseconds waiting_of(ClassId room) const;
    // A process's number, and that of its parent; 1 is the first process of all.
    std::uint32_t pid(ClassId room) const;
    std::uint32_t parent_pid(ClassId room) const;
    std::uint32_t zombies_of(ClassId parent) const;  // ended, and not waited for
    // What a student has in its head of a variable; null: nothing.
    const Copy* find_copy(StudentId student, ObjectId object) const;
};

}  // namespace homeroom::sim
