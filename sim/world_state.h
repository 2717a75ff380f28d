// Inside a world: its threads, its cores, and the moves that are open. Only world.cpp and
// sim_os.cpp know this.
#pragma once

#include <array>
#include <map>
#include <utility>

#include "sim/arena.h"
#include "sim/costs.h"
#include "sim/early_loads.h"
#include "sim/kernel/head_teacher.h"
#include "sim/model_class.h"
#include "sim/sim_os.h"
#include "sim/world.h"

namespace homeroom::sim {

struct LateStore {
    SimOs::Cell* cell;
    std::uint64_t bits;
    Nanoseconds made;
    std::uint32_t serial;
    OrderWatch::Handle publishes;
    bool release;  // lands only after everything that was stored before it
    bool change;   // the storing half of a read-modify-write: lands before any other write to the
                   // cell
};

// A thread of the model. It lives in the world's arena, so nothing in it may need a destructor.
struct Thread {
    // A store buffer. Eight is little, so that its being full is met as well; the oldest then
    // lands.
    static constexpr std::size_t late_stores_max = 8;
    static constexpr std::uint32_t nobody = ~0u;

    enum class State : std::uint8_t {
        ready,    // waits for a core
        seated,   // on a core: it may act
        resting,  // parked, perhaps until a deadline
        blocked,  // in a blocking call, until a deadline
        joining,  // waits for the others' ends
        ended,
    };
    State state = State::ready;
    ModelClass* room = nullptr;
    bool killed = false;     // its class has ended: it only leaves, when it has a core
    bool in_kernel = false;  // it makes or takes something apart: until that is done it stays
    TableId table = TableId::none;
    std::uint32_t number = 0;        // in the order of start
    std::uint32_t machine = nobody;  // as its class numbers it, once that is known
    std::uint32_t opens = nobody;    // the machine whose thread it is about to start
    bool named = false;  // this_thread_is was called; until then its first `seated` is held back
    bool seat_held = false;  // such a `seated` is held back
    bool gate_due = false;   // a decision was told: others may go first before its next access
    bool in_pause = false;
    KernelWait call = KernelWait::none;  // that its next waits are in
    std::uint8_t orders = 1;
    bool next_writes = true;  // its next access; see Move
    const void* next_touches = nullptr;
    std::uint32_t serial = 0;       // counts its accesses
    std::uint32_t ungated = 0;      // accesses since the last gate
    std::uint64_t pause_epoch = 0;  // ModelState::epoch when it paused
    std::uint32_t core = 0;         // while seated; else the one it had last

    Nanoseconds at = 0;    // seated: the moment of its next action
    Nanoseconds left = 0;  // not seated: what its last action still costs when it is seated again
    Nanoseconds runnable_at = 0;  // ready: from when on it may be seated
    Nanoseconds deadline = -1;    // resting, blocked: when it wakes up by itself; -1: never

    const SimOs::Cell* stop = nullptr;  // in compute(): what interrupts it
    Nanoseconds undone = 0;             // in compute(): how much was left when it was interrupted
    const SimOs::Lock* waits_for = nullptr;  // in lock()
    void* self = nullptr;
    Entry entry = nullptr;
    void* argument = nullptr;

    // The flow of the thread while it is paused at a gate, wherever that is: on its own stack or on
    // a coroutine's. Never the coroutine's own Context, whose stack pointer tells the scheduler
    // that the coroutine has left. The stack's bounds are those of the stack that the thread is on
    // now.
    Context pause;
    void* stack = nullptr;

    // For the head teacher, when a policy is chosen.
    kernel::Entity entity{};
    kernel::BurstGuess guess{};  // of its next CPU burst
    Nanoseconds burst_ns = 0;    // how long it has run since it last became runnable
    bool started = false;        // it has joined before
    bool joined = false;         // it is in a run queue, or on a core
    bool timed_out = false;      // it made room because it only waited for a lock
    // How much the core that it had last has run since, and whose cache was warm then.
    Nanoseconds core_had_run = -1;  // -1: it never had one

    std::uint32_t late_count = 0;
    std::array<LateStore, late_stores_max> late{};
    EarlyLoads::Bounds bounds;  // of its loads, where they may come early
};

// As long as the thread works on the kernel's own structures.
class InKernel {
public:
    explicit InKernel(Thread& thread) : thread_(thread), before_(thread.in_kernel) {
        thread.in_kernel = true;
    }
    ~InKernel() { thread_.in_kernel = before_; }
    InKernel(const InKernel&) = delete;
    InKernel& operator=(const InKernel&) = delete;

private:
    Thread& thread_;
    const bool before_;
};

struct Core {
    Thread* thread = nullptr;
    Thread* last = nullptr;
    Nanoseconds since = 0;        // when the thread was seated, or when the core became free
    Nanoseconds begins = 0;       // when the thread runs, after the switch
    kernel::CoreAccount account;  // up to `since`
    // Whose address space is loaded, and whose translations it still keeps apart, latest first:
    // Linux gives each core six numbers for that (TLB_NR_DYN_ASIDS).
    static constexpr std::size_t spaces_max = 6;
    std::array<const ModelClass*, spaces_max> spaces{};
    bool refilled = false;  // at the last switch
    Nanoseconds cold = 0;   // of that switch's cost, for the cache

    // Up to `now`, which is not before `since`.
    kernel::CoreAccount account_at(Nanoseconds now) const;
};

// The open moves. Filled anew at each gate, so it only grows and is never cleared.
class MoveList {
public:
    void begin(std::size_t size_max) {
        size_ = 0;
        if (moves_.size() < size_max) {
            moves_.resize(size_max);
            movers_.resize(size_max);
        }
    }
    void add(Thread* mover, const Move& move) {
        moves_[size_] = move;
        movers_[size_++] = mover;
    }
    std::size_t size() const { return size_; }
    std::span<const Move> all() const { return {moves_.data(), size_}; }
    const Move& operator[](std::size_t i) const { return moves_[i]; }
    Thread& mover(std::size_t i) const { return *movers_[i]; }

private:
    std::vector<Move> moves_;
    std::vector<Thread*> movers_;
    std::size_t size_ = 0;
};

// Cores that share their threads: those of a class with teachers of its own, or all others.
struct CoreGroup {
    std::uint32_t first = 0, count = 0;
    std::unique_ptr<kernel::HeadTeacher> head;  // null: the threads take turns
    std::uint64_t reordered = 0;                // as the steps have told it
};

// What a world borrows while it lives and the next world on the same OS thread uses again.
struct Stock {
    Arena arena;
    MoveList moves;
    std::vector<Thread*> threads, ready;
    std::vector<Core> cores;
    std::vector<Step> steps;
    OrderWatch watch;
    EarlyLoads early;
};

// A task_struct of Linux on x86-64, about: it depends on how that was configured.
inline constexpr std::uint32_t task_struct_bytes = 9'600;

// As the argument of `forked`: a number within the family; else one of the run's classes.
inline constexpr std::uint32_t copy_in_family = 0x80000000u;

// The state of a world that runs right now on this OS thread; null: none.
ModelState* current_state();

struct ModelState {
    ModelState(const RunOptions& run_options, const WorldOptions& world_options,
               std::vector<World::Program> programs, Chooser& decider);
    ~ModelState();
    ModelState(const ModelState&) = delete;
    ModelState& operator=(const ModelState&) = delete;

    // --- Called by SimOs, on the running thread. ---

    // Before each access to shared memory: to what, and does it write? May run other threads first.
    void access(Nanoseconds cost, const void* touches = nullptr, bool writes = true) {
        Thread& me = *running;
        count();
        if (options.gates == Gates::every_access) {
            gate(touches, writes);
        } else if (me.gate_due || ++me.ungated >= ungated_max) {
            gate();
        }
        me.at += cost;
    }
    void count() {
        ++running->serial;
        if (++accesses >= options.access_limit) end(Ending::step_limit);
    }
    // Lets the chooser decide who goes on; returns when it is the caller's turn again. What it
    // touches then is known only where each access has a gate of its own.
    void gate(const void* touches = nullptr, bool writes = true);
    // The caller gives its core up and is in `state` from now on; wake() ends that.
    void leave_core(Thread::State state, Unseat why, KernelWait call = KernelWait::none);
    void wake(Thread& thread, Nanoseconds when);
    Thread& new_thread(ModelClass& room, Entry entry, void* argument, Nanoseconds runnable_at);
    [[noreturn]] void end_thread();
    // To the end of the run queue, if others wait for the core.
    void yield_core();
    // All threads of its class, and of the copies of that, but the caller leave, as soon as each
    // has a core.
    void end_others();
    // The running thread's class is copied (world_fork.cpp). False: there are too many.
    bool fork(Entry entry, void* argument);
    // The running thread ends its class, which has no other.
    void exit_process(std::uint32_t status);
    // What going over from one coroutine to another costs the running thread.
    void switch_student(const Context& from, const Context& to);
    // The running thread writes to memory of this use.
    void touch(MemoryUse use);
    bool several() const { return !run.classes.empty(); }
    // The running thread opens another of its class: item by item, which takes so long in all.
    void open_thread(Nanoseconds cost);

    std::uint64_t newest(const SimOs::Cell& cell) const;  // as the running thread sees it
    void store_late(SimOs::Cell& cell, std::uint64_t bits, bool release);
    void change(SimOs::Cell& cell, std::uint64_t bits, bool release);
    // Changes by other threads that have not yet landed: they come before whatever is done to the
    // cell next.
    void settle_changes(const SimOs::Cell& cell, const Thread& but);
    void write(SimOs::Cell& cell, std::uint64_t bits, Nanoseconds when, Thread& by);
    // For the watch: the running thread has just loaded the cell with this order.
    void watch_load(const SimOs::Cell& cell, memory_order order);
    // What the running thread sees there: perhaps an older value.
    std::uint64_t load(const SimOs::Cell& cell, memory_order order);
    // No later load of the running thread is made before now, or before the given write.
    void loads_wait() { loads_wait(early == nullptr ? 0 : early->writes()); }
    void loads_wait(std::uint64_t write) {
        if (early != nullptr) EarlyLoads::acquired(running->bounds, write);
    }
    void settle();                            // all late stores of the running thread land
    void settle(const SimOs::Cell& cell);     // those to this cell, and what must come before
    void free_lock(const SimOs::Lock& lock);  // who waits for it may go on
    // The caller's thread ends its CPU burst.
    void leave_head(Thread& thread);
    void settle_range(const void* from, std::size_t bytes);  // of all threads

    // A read-modify-write touches its cell; late stores that it settles may be to any other.
    const void* touched_by_change(const SimOs::Cell& cell) const {
        return late_total == 0 ? &cell : nullptr;
    }

    const void* only_itself() const { return running->late_count == 0 ? running : nullptr; }

    // The order that counts, given that one site may be weakened; notes the site.
    memory_order order_at(memory_order order, Site::Kind kind, const Place& place);
    memory_order load_order_at(memory_order order, const Place& place) {
        if (order == relaxed) return order;
        if (options.sites != nullptr) note_site(Site::Kind::acquire_load, place);
        return options.weakened.line == place.line && same_place(options.weakened, place) ? relaxed
                                                                                          : order;
    }
    bool fence_works(const Place& place);

    [[noreturn]] void end(Ending how);
    [[noreturn]] void crash(std::string why);
    void emit(Thread& thread, Event event, const Place& place);
    void emit_seated(Thread& thread);
    static void tell_switch(Step& step, const Core& core);
    std::size_t choose();  // among `moves`
    void note(std::uint64_t what) { hash = (hash ^ what) * 0x100000001b3u; }

    // --- Called by World, on the caller's own stack. ---
    void go_on(const std::function<void(const Step&)>& on_step);
    void ask_host();

    WorldOptions options;
    RunOptions run;
    std::vector<std::unique_ptr<ModelClass>> classes;
    std::vector<std::uint32_t> frames;  // pages of memory: how many classes have each
    // Where each coroutine that has paused ran last: its thread's number and its core.
    std::map<const Context*, std::pair<std::uint32_t, std::uint32_t>> last_place;
    ClassNumbers::Given given;
    std::vector<CoreGroup> groups;
    Chooser& chooser;
    std::unique_ptr<Stock> stock;
    OrderWatch* watch = nullptr;  // the stock's, if options.watch_order
    EarlyLoads* early = nullptr;  // the stock's, if options.loads_come_early
    Thread* running = nullptr;
    Nanoseconds now = 0;
    std::uint64_t accesses = 0;
    std::uint64_t hash = 0xcbf29ce484222325u;
    std::uint64_t epoch =
        0;  // counts what becomes visible to all: a spinning thread waits for that
    std::uint64_t decisions_left = 0;
    std::uint32_t threads_started = 0;
    std::uint32_t late_total = 0;    // late stores of all threads
    std::uint32_t late_changes = 0;  // of these, changes
    std::uint32_t computing = 0;     // threads with a `stop`
    Ending ending = Ending::none;
    std::string report;
    bool waiting = false;  // inside choose(), for the host
    bool has_listener = false;

private:
    static constexpr std::uint32_t ungated_max = 1000;  // a loop that only reads must end, too

    static void main_entry(void* room);
    static void thread_entry(void* thread);
    void run_main(ModelClass& room);
    // Several classes (world_classes.cpp).
    void make_classes(std::vector<World::Program> programs);
    void open_class(ModelClass& room);
    void make_item(const ModelClass& room, KernelItem item, Nanoseconds cost, std::uint32_t bytes);
    void make_region(ModelClass& room, MemoryUse use, std::uint32_t bytes, Nanoseconds cost);
    void make_page_tables(ModelClass& room, Nanoseconds cost);
    void make_pages(ModelClass& room, MemoryUse use, std::uint32_t count);
    void make_memory(ModelClass& room);
    void give_back(Thread& by, KernelItem item, Nanoseconds cost, std::uint32_t arg);
    void give_memory_back(Thread& by, Nanoseconds part);
    void give_all_back(Thread& by, Nanoseconds cost);
    void give_thread_back(Thread& by);
    void copy_items(const ModelClass& from, ModelClass& to);
    void copy_pages(ModelClass& from, ModelClass& to);
    void copy_board(const ModelClass& from, ModelClass& to);
    void open_others_from(ModelClass& room);
    void exec(ModelClass& room);
    void remember_board(ModelClass& room, const Event& event);
    void emit_about(Thread& thread, const ModelClass& room, Event event);
    void tell_runnable(const Thread& thread, std::uint32_t queue, std::size_t ahead);
    void end_stuck();
    static std::string why_stuck(const ModelClass& room);
    [[noreturn]] void close_class(ModelClass& room, Ending how);
    void tell_end(Thread& thread, std::uint32_t status);
    void wait_for_copies(Thread& by, Nanoseconds cost);
    std::uint8_t left_beside(const ModelClass& room) const;
    bool must_leave(Thread& thread);
    void kill(ModelClass& room, bool family, const Thread* but);
    void leave_class(Thread& thread);
    void end_if_all_have();
    void count_out(ModelClass& room);
    std::uint32_t new_frame();
    Nanoseconds cache_cost(const Thread& thread, const Core& core) const;
    bool keeps_translations(const Core& core, const ModelClass& room) const;
    void load_space(Core& core, const ModelClass& room);
    CoreGroup& group_of(const Thread& thread) { return groups[thread.room->group]; }
    Thread& pick();
    void count_orders(Thread& mover, Nanoseconds when);
    void collect();
    void collect_seats(const CoreGroup& group);
    void collect_head(const CoreGroup& group);
    void act_head(CoreGroup& group);
    void join_head(kernel::HeadTeacher& head, Thread& thread);
    void tell_joined(const kernel::HeadTeacher& head, const Thread& thread);
    void tell_reordered(CoreGroup& group);
    void make_lock_waiters_leave(CoreGroup& group);
    static bool waits_for_lock(const Thread& thread);
    Thread& thread_of(const kernel::Entity& entity);
    void collect_landings(Thread& thread);
    void take(std::size_t move);
    Nanoseconds switch_cost(const Thread& thread, const Core& core) const;
    void seat(Thread& thread, std::uint32_t core, Nanoseconds cost);
    void unseat(Thread& thread, Unseat why, KernelWait call = KernelWait::none);
    void fill_cores();
    Core* free_core(const Thread& thread);
    Core& oldest_core(const CoreGroup& group);
    void push_late(const LateStore& store);
    void land(Thread& thread, std::uint32_t i);
    std::uint64_t load_early(const SimOs::Cell& cell, bool acquires);
    void land_with_prerequisites(Thread& thread, std::uint32_t i);
    static bool may_land(const Thread& thread, std::uint32_t i);
    void interrupt(const SimOs::Cell& cell, Nanoseconds when);
    void note_site(Site::Kind kind, const Place& place);
    void begin();
    void to_host();
    void record(const Thread& thread, Step step);
    void see_order(const Thread& thread, const Step& step);

    Context host_;
    // Of act_head(): not on the stack of a flow, which may be left for good.
    std::vector<Thread*> coming_;
    std::vector<std::pair<std::size_t, const Thread*>> line_;
    std::vector<kernel::HeadTeacher::Change> changes_;
};

// The scheduler for the model (model_runtime.cpp), so that one file alone compiles it.
Ending run_scheduler(const RunOptions& run, const WorldOptions& options,
                     const World::Program& program, std::string& report);

}  // namespace homeroom::sim
