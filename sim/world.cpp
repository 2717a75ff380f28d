// How a world goes forward: which moves are open, what each of them does, and the way to the host
// and back.
#include "sim/world.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <utility>

#include "runtime/check.h"
#include "sim/world_state.h"

namespace homeroom::sim {
namespace {

#if defined(HOMEROOM_ASAN)
constexpr std::size_t thread_stack_bytes = 256 * 1024;  // its frames are several times as large
#else
constexpr std::size_t thread_stack_bytes = 64 * 1024;
#endif

// One pointer per OS thread, so that tests may run worlds side by side. A world stays on one OS
// thread while advance() runs, so the address cannot change under a flow.
thread_local ModelState* state_on_this_thread = nullptr;
thread_local std::vector<std::unique_ptr<Stock>> spare_stocks;

std::unique_ptr<Stock> borrow_stock() {
    if (spare_stocks.empty()) return std::make_unique<Stock>();
    std::unique_ptr<Stock> stock = std::move(spare_stocks.back());
    spare_stocks.pop_back();
    return stock;
}

void return_stock(std::unique_ptr<Stock> stock) {
    stock->arena.reset();
    stock->threads.clear();
    stock->ready.clear();
    stock->cores.clear();
    stock->steps.clear();
    spare_stocks.push_back(std::move(stock));
}

// Inside a world a broken invariant of the runtime is what a search has been looking for.
void end_world(const char* sentence) {
    ModelState* state = current_state();
    if (state == nullptr || state->ending != Ending::none) return;
    state->crash(std::string("broken invariant: ") + sentence);
}

}  // namespace

bool same_place(const Place& a, const Place& b) {
    if (a.line != b.line) return false;
    if (a.file == b.file) return true;
    const std::size_t a_size = std::strlen(a.file), b_size = std::strlen(b.file);
    const std::size_t common = std::min(a_size, b_size);
    if (common == 0) return false;
    if (std::memcmp(a.file + a_size - common, b.file + b_size - common, common) != 0) return false;
    const Place& longer = a_size > b_size ? a : b;
    const std::size_t rest = std::max(a_size, b_size) - common;
    return rest == 0 || longer.file[rest - 1] == '/';
}

ModelState* current_state() { return state_on_this_thread; }

ModelState::ModelState(const RunOptions& run_options, const WorldOptions& world_options,
                       std::vector<World::Program> programs, Chooser& decider)
    : options(world_options), run(run_options), chooser(decider), stock(borrow_stock()) {
    broken_listener.store(&end_world, std::memory_order_relaxed);
    stock->cores.resize(std::max(1u, run.teachers));
    make_classes(std::move(programs));
    if (options.watch_order) {
        watch = &stock->watch;
        watch->begin_world();
    }
    if (options.loads_come_early) {
        early = &stock->early;
        early->begin_world();
    }
}

ModelState::~ModelState() { return_stock(std::move(stock)); }

// --- Threads. ---

Thread& ModelState::new_thread(ModelClass& room, Entry entry, void* argument,
                               Nanoseconds runnable_at) {
    auto* thread = ::new (stock->arena.allocate(sizeof(Thread))) Thread;
    thread->number = threads_started++;
    thread->room = &room;
    // Who has no name yet comes last among equals: its number may depend on the other classes.
    thread->table = several() ? TableId{monitor_thread - 1}
                              : TableId{static_cast<std::uint16_t>(thread->number)};
    thread->core = groups[room.group].first;
    if (running != nullptr) thread->machine = std::exchange(running->opens, Thread::nobody);
    if (watch != nullptr && running != nullptr) watch->started(running->number, thread->number);
    thread->entry = entry;
    thread->argument = argument;
    thread->stack = stock->arena.allocate(thread_stack_bytes);
    if (early != nullptr) thread->bounds.all = early->writes();
    if (options.gates == Gates::every_access) thread->next_touches = thread;
    make_context(thread->pause, thread->stack, thread_stack_bytes, &thread_entry, thread);
    stock->threads.push_back(thread);
    ++room.threads_alive;
    ++room.root->family_threads;
    wake(*thread, runnable_at);
    return *thread;
}

void ModelState::thread_entry(void* thread) {
    context_entered();
    auto& me = *static_cast<Thread*>(thread);
    me.entry(me.argument);
    current_state()->end_thread();
}

void ModelState::end_thread() {
    Thread& me = *running;
    gate(only_itself());
    settle();
    if (several() && me.room->threads_alive > 1) give_thread_back(me);
    leave_head(me);
    unseat(me, Unseat::ended);
    me.state = Thread::State::ended;
    stock->threads.erase(std::find(stock->threads.begin(), stock->threads.end(), &me));
    stock->arena.deallocate(me.stack,
                            thread_stack_bytes);  // nobody else runs until we have left it
    count_out(*me.room);
    Thread& next = pick();
    running = &next;
    leave_context(me.pause, next.pause);
}

void ModelState::main_entry(void* room) {
    current_state()->run_main(*static_cast<ModelClass*>(room));
}

void ModelState::run_main(ModelClass& room) {
    if (several()) {
        room.options.from >= 0 ? exec(room) : open_class(room);
        open_others_from(room);
    }
    Ending how = Ending::finished;
    try {
        if (options.bare) {
            room.program();
        } else if (room.options.kind == ClassKind::threads ||
                   room.options.kind == ClassKind::classes) {
            how = run_tables(room.run, room.program, room.report);
        } else {
            WorldOptions own = options;
            if (room.options.kind == ClassKind::one_table) own.monitor = false;
            how = run_scheduler(room.run, own, room.program, room.report);
        }
    } catch (const std::exception& e) {
        how = Ending::crashed;
        room.report = e.what();
    }
    settle();
    if (several()) close_class(room, how);
    room.ending = how;
    report = room.report;
    end(how);
}

void ModelState::end(Ending how) {
    ending = how;
    if (how == Ending::stuck) report = "model: nobody can move";
    to_host();
    broken("a world went on after its end");
}

void ModelState::crash(std::string why) {
    report = std::move(why);
    end(Ending::crashed);
}

// --- Gates. ---

void ModelState::gate(const void* touches, bool writes) {
    Thread& me = *running;
    me.next_touches = options.gates == Gates::every_access ? touches : nullptr;
    me.next_writes = writes;
    me.gate_due = false;
    me.ungated = 0;
    Thread& next = pick();
    if (&next == &me) return;
    running = &next;
    switch_context(me.pause, next.pause);
}

Thread& ModelState::pick() {
    for (;;) {
        collect();
        const std::span<const Move> moves = stock->moves.all();
        if (moves.empty()) end_stuck();
        std::size_t i = 0;
        Nanoseconds when = std::max(now, moves[0].earliest);
        if (moves.size() > 1) {
            i = choose();
            when = std::max(now, moves[i].earliest);
            if (has_listener) count_orders(stock->moves.mover(i), when);
        }
        now = when;
        if (moves[i].kind == Move::Kind::run_table) {
            Thread& mover = stock->moves.mover(i);
            mover.at = now;
            if (several() && must_leave(mover)) continue;
            return mover;
        }
        take(i);
    }
}

// How many moves were possible at this same moment: the mover's next decision tells it.
void ModelState::count_orders(Thread& mover, Nanoseconds when) {
    std::uint32_t ties = 0;
    for (const Move& other : stock->moves.all()) ties += std::max(now, other.earliest) == when;
    mover.orders =
        static_cast<std::uint8_t>(std::min(std::max(std::uint32_t{mover.orders}, ties), 255u));
}

std::size_t ModelState::choose() {
    const std::size_t i = chooser.choose(stock->moves.all());
    check(i < stock->moves.size(), "a chooser chose a move that is not there");
    note(i + 1);
    return i;
}

void ModelState::collect() {
    if (options.gates == Gates::every_access && !stock->ready.empty()) fill_cores();
    MoveList& moves = stock->moves;
    moves.begin(stock->threads.size() + late_total + groups.size());
    for (Thread* thread : stock->threads) {
        if (thread->state == Thread::State::seated) {
            if (thread->waits_for != nullptr && thread->waits_for->taken_) continue;
            moves.add(thread,
                      {Move::Kind::run_table, thread->table, thread->at,
                       thread->in_pause && thread->pause_epoch == epoch, thread->next_writes,
                       thread->serial, thread->next_touches, thread->room->root->id});
        } else if (thread->deadline >= 0) {
            moves.add(thread, {Move::Kind::fire_timer, thread->table, thread->deadline});
        }
    }
    if (!stock->ready.empty()) {
        for (const CoreGroup& group : groups) {
            if (group.head != nullptr) {
                collect_head(group);
            } else {
                collect_seats(group);
            }
        }
    }
    if (late_total > 0) {
        for (Thread* thread : stock->threads)
            if (thread->late_count > 0) collect_landings(*thread);
    }
}

void ModelState::collect_landings(Thread& thread) {
    for (std::uint32_t i = 0; i < thread.late_count; ++i) {
        if (!may_land(thread, i)) continue;
        const LateStore& store = thread.late[i];
        stock->moves.add(
            &thread, {Move::Kind::land_store, thread.table, store.made + costs::store_lands_after,
                      false, true, store.serial, store.cell});
    }
}

void ModelState::take(std::size_t i) {
    const Move move = stock->moves[i];
    Thread& thread = stock->moves.mover(i);
    switch (move.kind) {
        case Move::Kind::land_store: {
            std::uint32_t k = 0;
            while (thread.late[k].serial != move.value) ++k;
            land(thread, k);
            break;
        }
        case Move::Kind::fire_timer:
            wake(thread, now);
            break;
        case Move::Kind::seat:
            if (Thread* out = stock->cores[move.value].thread) {
                unseat(*out, Unseat::time_up);
                wake(*out, now);
            }
            seat(thread, move.value, switch_cost(thread, stock->cores[move.value]));
            break;
        case Move::Kind::head:
            act_head(group_of(thread));
            break;
        case Move::Kind::run_table:
        case Move::Kind::random:
        case Move::Kind::see_value:
            broken("this move is not the world's to take");
    }
}

void ModelState::to_host() { switch_context(running->pause, host_); }

void ModelState::ask_host() {
    waiting = true;
    to_host();
}

// The first thread of each class is there when the world begins, and that of the first class has a
// core.
void ModelState::begin() {
    for (const auto& room : classes)
        if (room->options.from < 0) room->main = &new_thread(*room, &main_entry, room.get(), 0);
    running = classes[0]->main;
    CoreGroup& group = group_of(*running);
    if (group.head != nullptr) {
        act_head(group);
    } else {
        seat(*running, group.first, switch_cost(*running, stock->cores[group.first]));
    }
    running->at = 0;
    stock->cores[running->core].begins = 0;
}

void ModelState::go_on(const std::function<void(const Step&)>& on_step) {
    has_listener = static_cast<bool>(on_step);
    do {
        ModelState* outer = std::exchange(state_on_this_thread, this);
        if (running == nullptr) begin();
        waiting = false;
        adopt_context(host_);
        switch_context(host_, running->pause);
        state_on_this_thread = outer;
        if (!stock->steps.empty()) {
            std::vector<Step> steps;
            steps.swap(stock->steps);  // the listener may throw
            for (const Step& step : steps) on_step(step);
            steps.clear();
            steps.swap(stock->steps);
        }
    } while (ending == Ending::none && decisions_left > 0 && !waiting);
}

// --- World. ---

namespace {

RunOptions alone(RunOptions run) {
    run.classes.clear();
    return run;
}

}  // namespace

World::World(const RunOptions& run, WorldOptions options, Program program, Chooser& chooser)
    : World(alone(run), options, std::vector<Program>{std::move(program)}, chooser) {}

World::World(const RunOptions& run, WorldOptions options, std::vector<Program> programs,
             Chooser& chooser)
    : state_(std::make_unique<ModelState>(run, options, std::move(programs), chooser)) {}

World::~World() = default;

bool World::advance(std::uint64_t decisions) {
    if (decisions > 0 && state_->ending == Ending::none) {
        state_->decisions_left = decisions;
        state_->go_on(on_step);
    }
    return state_->ending == Ending::none;
}

Ending World::run_to_end() {
    while (advance(~std::uint64_t{0}) && !state_->waiting) {
    }
    return state_->ending;
}

Ending World::ending() const { return state_->ending; }
const std::string& World::report() const { return state_->report; }
std::uint64_t World::accesses() const { return state_->accesses; }
std::uint64_t World::trace_hash() const { return state_->hash; }
Nanoseconds World::now() const { return state_->now; }
kernel::CoreAccount World::account(std::uint32_t core) const {
    return state_->stock->cores.at(core).account_at(state_->now);
}
Ending World::ending_of(ClassId room) const { return state_->classes.at(index(room))->ending; }
std::uint64_t World::trace_hash_of(ClassId room) const {
    return state_->classes.at(index(room))->hash;
}
bool World::waiting_for_answer() const { return state_->waiting; }
void World::leave_to_host() { state_->ask_host(); }

}  // namespace homeroom::sim
