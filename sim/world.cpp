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
constexpr std::size_t steps_told_at_once = 256;

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

void give_back(std::unique_ptr<Stock> stock) {
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

ModelState::~ModelState() { give_back(std::move(stock)); }

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
    if (watch != nullptr && running != nullptr) watch->started(running->number, thread->number);
    thread->entry = entry;
    thread->argument = argument;
    thread->stack = stock->arena.allocate(thread_stack_bytes);
    if (early != nullptr) thread->bounds.all = early->writes();
    if (options.gates == Gates::every_access) thread->next_touches = thread;
    make_context(thread->pause, thread->stack, thread_stack_bytes, &thread_entry, thread);
    stock->threads.push_back(thread);
    ++room.threads_alive;
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
    leave_head(me);
    unseat(me, Unseat::ended);
    me.state = Thread::State::ended;
    stock->threads.erase(std::find(stock->threads.begin(), stock->threads.end(), &me));
    stock->arena.deallocate(me.stack,
                            thread_stack_bytes);  // nobody else runs until we have left it
    ModelClass& room = *me.room;
    --room.threads_alive;
    if (room.joiner != nullptr && room.threads_alive == 1)
        wake(*std::exchange(room.joiner, nullptr), now);
    if (room.threads_alive == 0) end_if_all_have();
    Thread& next = pick();
    running = &next;
    leave_context(me.pause, next.pause);
}

void ModelState::main_entry(void* room) {
    current_state()->run_main(*static_cast<ModelClass*>(room));
}

void ModelState::run_main(ModelClass& room) {
    if (several()) open_class(room);
    Ending how = Ending::finished;
    try {
        if (options.bare) {
            room.program();
        } else if (room.options.kind == ClassKind::threads) {
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
        if (moves.empty()) end(Ending::stuck);
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
                       thread->serial, thread->next_touches, thread->room->id});
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

// The kernel seats threads in the order in which they became runnable. Without a free core the
// longest seated one makes room: at the end of its quantum, or at once if it only waits for a lock;
// in a search at any moment, because a real kernel may have reasons of its own.
void ModelState::collect_seats(const CoreGroup& group) {
    // Who would only wait for a lock comes last: two of them could replace each other for ever,
    // while the holder works elsewhere.
    auto waits = [](const Thread* thread) {
        return thread->waits_for != nullptr && thread->waits_for->taken_;
    };
    Thread* first = nullptr;
    for (Thread* thread : stock->ready) {
        if (&group_of(*thread) != &group) continue;
        if (first == nullptr || std::pair{waits(thread), thread->runnable_at} <
                                    std::pair{waits(first), first->runnable_at})
            first = thread;
    }
    if (first == nullptr) return;
    Core* core = free_core(*first);
    Nanoseconds earliest = first->runnable_at;
    if (core != nullptr) {
        earliest = std::max(earliest, core->since);
    } else {
        core = &oldest_core(group);
        const bool makes_room = waits(core->thread) && !waits(first);
        if (options.gates == Gates::decisions && !makes_room) {
            earliest = std::max(earliest, core->since + run.kernel.quantum_ns);
        }
    }
    stock->moves.add(first, {Move::Kind::seat, first->table, earliest, false, true,
                             static_cast<std::uint32_t>(core - stock->cores.data())});
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

// --- Cores. ---

kernel::CoreAccount Core::account_at(Nanoseconds now) const {
    kernel::CoreAccount all = account;
    if (thread == nullptr) {
        all.idle += now - since;
    } else {
        const Nanoseconds switching = std::clamp<Nanoseconds>(begins - since, 0, now - since);
        all.switching += switching;
        all.running += now - since - switching;
    }
    return all;
}

Nanoseconds ModelState::switch_cost(const Thread& thread, const Core& core) const {
    Nanoseconds cost = core.last == &thread ? run.costs.seat_again : run.costs.thread_switch;
    if (!several()) return cost;
    if (core.spaces[0] != nullptr && core.spaces[0] != thread.room) cost += run.costs.space_switch;
    if (!keeps_translations(core, *thread.room)) cost += run.costs.tlb_refill;
    return cost + cache_cost(thread, core);
}

void ModelState::seat(Thread& thread, std::uint32_t index, Nanoseconds cost) {
    stock->ready.erase(std::find(stock->ready.begin(), stock->ready.end(), &thread));
    Core& core = stock->cores[index];
    thread.at = std::max(now, thread.runnable_at) + thread.left + cost;
    thread.left = 0;
    thread.state = Thread::State::seated;
    thread.core = index;
    core.account = core.account_at(now);
    core.account.switches += core.last != nullptr && core.last != &thread;
    if (several()) load_space(core, *thread.room);
    core.thread = core.last = &thread;
    core.since = now;
    core.begins = now + cost;
    if (thread.named) {
        emit_seated(thread);
    } else {
        thread.seat_held = true;
    }
}

void ModelState::unseat(Thread& thread, Unseat why) {
    Core& core = stock->cores[thread.core];
    core.account = core.account_at(now);
    thread.burst_ns += std::max<Nanoseconds>(0, now - core.begins);
    thread.core_had_run = core.account.running;
    core.thread = nullptr;
    core.since = now;
    thread.left = std::max<Nanoseconds>(0, thread.at - now);
    if (thread.seat_held) {
        thread.seat_held = false;  // it left before anybody knew who it is
    } else {
        emit(thread, {EventKind::unseated, static_cast<std::uint8_t>(why), 0, thread.core}, {});
    }
}

void ModelState::leave_core(Thread::State state, Unseat why) {
    Thread& me = *running;
    leave_head(me);
    unseat(me, why);
    me.left = 0;
    me.state = state;
    gate();
}

void ModelState::wake(Thread& thread, Nanoseconds when) {
    thread.state = Thread::State::ready;
    thread.runnable_at = when;
    thread.deadline = -1;
    stock->ready.push_back(&thread);
    ++epoch;  // time may have passed, for which a spinning thread waits
}

// In a search a free core takes a thread at once: when it does so is no choice worth trying.
void ModelState::fill_cores() {
    while (!stock->ready.empty()) {
        Thread& first = *stock->ready.front();
        Core* core = free_core(first);
        if (core == nullptr) return;
        seat(first, static_cast<std::uint32_t>(core - stock->cores.data()),
             switch_cost(first, *core));
    }
}

Core* ModelState::free_core(const Thread& thread) {
    Core& own = stock->cores[thread.core];
    if (own.last == &thread && own.thread == nullptr) return &own;
    const CoreGroup& group = group_of(thread);
    for (std::uint32_t i = group.first; i < group.first + group.count; ++i)
        if (stock->cores[i].thread == nullptr) return &stock->cores[i];
    return nullptr;
}

Core& ModelState::oldest_core(const CoreGroup& group) {
    auto rank = [](const Core& core) {
        const bool waits = core.thread->waits_for != nullptr && core.thread->waits_for->taken_;
        return std::pair{!waits, core.since};
    };
    Core* first = stock->cores.data() + group.first;
    return *std::min_element(first, first + group.count,
                             [&](const Core& a, const Core& b) { return rank(a) < rank(b); });
}

// --- Memory. ---

std::uint64_t ModelState::newest(const SimOs::Cell& cell) const {
    const Thread& me = *running;
    for (std::uint32_t i = me.late_count; i-- > 0;)
        if (me.late[i].cell == &cell) return me.late[i].bits;
    return cell.bits_;
}

void ModelState::store_late(SimOs::Cell& cell, std::uint64_t bits, bool release) {
    OrderWatch::Handle publishes;
    if (watch != nullptr) publishes = watch->to_publish(running->number, release);
    push_late({&cell, bits, running->at, running->serial, publishes, release, false});
}

// The storing half of a read-modify-write.
void ModelState::change(SimOs::Cell& cell, std::uint64_t bits, bool release) {
    OrderWatch::Handle publishes;
    if (watch != nullptr) publishes = watch->to_add(running->number, cell.released_, release);
    if (!options.stores_land_late) {
        write(cell, bits, running->at, *running);
        cell.released_ = publishes;
        return;
    }
    ++late_changes;
    push_late({&cell, bits, running->at, running->serial, publishes, release, true});
}

void ModelState::push_late(const LateStore& store) {
    Thread& me = *running;
    if (me.late_count == Thread::late_stores_max) land(me, 0);
    me.late[me.late_count++] = store;
    ++late_total;
}

bool ModelState::may_land(const Thread& thread, std::uint32_t i) {
    for (std::uint32_t k = 0; k < i; ++k)
        if (thread.late[i].release || thread.late[k].cell == thread.late[i].cell) return false;
    return true;
}

void ModelState::land(Thread& thread, std::uint32_t i) {
    const LateStore store = thread.late[i];
    std::move(thread.late.begin() + i + 1, thread.late.begin() + thread.late_count,
              thread.late.begin() + i);
    --thread.late_count;
    --late_total;
    if (store.change) --late_changes;
    if (late_changes > 0) settle_changes(*store.cell, thread);
    write(*store.cell, store.bits, now, thread);
    store.cell->released_ = {};
    if (watch != nullptr) watch->published(store.cell->released_, store.publishes);
}

void ModelState::land_with_prerequisites(Thread& thread, std::uint32_t i) {
    if (thread.late[i].release) {
        const std::uint32_t serial = thread.late[i].serial;
        while (thread.late_count > 0 && thread.late[0].serial <= serial) land(thread, 0);
    } else {
        land(thread, i);
    }
}

// Visible to all from now on, but for loads that were made early.
void ModelState::write(SimOs::Cell& cell, std::uint64_t bits, Nanoseconds when, Thread& by) {
    if (early != nullptr) {
        cell.written_ = early->written(&cell, {cell.bits_, cell.written_, cell.released_});
        early->saw(by.bounds, &cell, cell.written_);
    }
    cell.bits_ = bits;
    ++epoch;
    if (computing > 0 && bits != 0) interrupt(cell, when);
}

// Landing one may land others, of any thread.
void ModelState::settle_changes(const SimOs::Cell& cell, const Thread& but) {
    for (Thread* thread : stock->threads) {
        if (thread == &but) continue;
        for (std::uint32_t i = 0; i < thread->late_count; ++i) {
            if (!thread->late[i].change || thread->late[i].cell != &cell) continue;
            land_with_prerequisites(*thread, i);
            i = ~0u;  // what came before it may have landed as well: look again from the start
        }
    }
}

void ModelState::watch_load(const SimOs::Cell& cell, memory_order order) {
    Thread& me = *running;
    for (std::uint32_t i = 0; i < me.late_count; ++i)
        if (me.late[i].cell == &cell) return;  // it saw its own store
    const bool acquires = order != relaxed && order != release;
    if (watch != nullptr) watch->loaded(me.number, cell.released_, acquires);
    if (early == nullptr) return;
    early->saw(me.bounds, &cell, cell.written_);
    if (acquires) loads_wait(cell.written_);
}

std::uint64_t ModelState::load(const SimOs::Cell& cell, memory_order order) {
    const bool own = std::any_of(running->late.begin(), running->late.begin() + running->late_count,
                                 [&](const LateStore& store) { return store.cell == &cell; });
    if (early != nullptr && !own && cell.written_ > running->bounds.all)
        return load_early(cell, order != relaxed);
    watch_load(cell, order);
    return newest(cell);
}

std::uint64_t ModelState::load_early(const SimOs::Cell& cell, bool acquires) {
    Thread& me = *running;
    const auto& open = early->open(&cell, {cell.bits_, cell.written_, cell.released_}, me.bounds);
    std::size_t i = 0;
    if (open.size() > 1) {
        stock->moves.begin(open.size());
        for (std::uint32_t k = 0; k < open.size(); ++k)
            stock->moves.add(&me, {Move::Kind::see_value, me.table, now, false, false, k});
        i = choose();
    }
    const EarlyLoads::Value value = open[i];
    early->saw(me.bounds, &cell, value.since);
    if (acquires) loads_wait(value.since);
    if (watch != nullptr) watch->loaded(me.number, value.released, acquires);
    return value.bits;
}

void ModelState::settle() {
    while (running->late_count > 0) land(*running, 0);
}

void ModelState::settle(const SimOs::Cell& cell) {
    Thread& me = *running;
    for (std::uint32_t i = 0; i < me.late_count;) {
        if (me.late[i].cell != &cell) {
            ++i;
        } else {
            land_with_prerequisites(me, i);
            i = 0;
        }
    }
}

void ModelState::settle_range(const void* from, std::size_t bytes) {
    if (early != nullptr) early->forget(from, bytes);
    if (late_total == 0) return;
    const auto* begin = static_cast<const std::byte*>(from);
    for (Thread* thread : stock->threads) {
        for (std::uint32_t i = 0; i < thread->late_count;) {
            const auto* cell = reinterpret_cast<const std::byte*>(thread->late[i].cell);
            if (cell >= begin && cell < begin + bytes) {
                land(*thread, i);
                i = 0;
            } else {
                ++i;
            }
        }
    }
}

void ModelState::free_lock(const SimOs::Lock& lock) {
    ++epoch;
    for (Thread* thread : stock->threads)
        if (thread->waits_for == &lock) {
            thread->at = std::max(thread->at, running->at);
            if (std::exchange(thread->timed_out, false)) thread->runnable_at = running->at;
        }
}

void ModelState::interrupt(const SimOs::Cell& cell, Nanoseconds when) {
    for (Thread* thread : stock->threads) {
        if (thread->stop != &cell) continue;
        thread->stop = nullptr;
        --computing;
        if (thread->state == Thread::State::seated) {
            thread->undone = std::max<Nanoseconds>(0, thread->at - when);
            thread->at -= thread->undone;
        } else {
            thread->undone = std::exchange(thread->left, 0);
        }
    }
}

memory_order ModelState::order_at(memory_order order, Site::Kind kind, const Place& place) {
    if (order == relaxed) return order;
    if (options.sites != nullptr)
        note_site(order == acquire ? Site::Kind::acquire_change : kind, place);
    return options.weakened.line == place.line && same_place(options.weakened, place) ? relaxed
                                                                                      : order;
}

bool ModelState::fence_works(const Place& place) {
    if (options.sites != nullptr) note_site(Site::Kind::fence, place);
    return !same_place(options.weakened, place);
}

void ModelState::note_site(Site::Kind kind, const Place& place) {
    for (const Site& site : *options.sites)
        if (site.kind == kind && same_place(site.place, place)) return;
    options.sites->push_back({kind, place});
}

// --- What is told, and to whom. ---

void ModelState::emit(Thread& thread, Event event, const Place& place) {
    if (!thread.named) {  // it never said who it is: its number in the order of start remains
        thread.named = true;
        if (std::exchange(thread.seat_held, false)) {
            Step step{now, {EventKind::seated, no_processor, 0, thread.core}, thread.table};
            step.room = thread.room->id;
            tell_switch(step, stock->cores[thread.core]);
            record(thread, step);
        }
    }
    const bool decision = !is_detail(event.kind);
    const std::uint8_t orders = decision ? std::exchange(thread.orders, std::uint8_t{1}) : 1;
    Step step{now, event, thread.table, orders, thread.room->id, place};
    if (event.kind == EventKind::seated) tell_switch(step, stock->cores[thread.core]);
    record(thread, step);
}

void ModelState::emit_seated(Thread& thread) {
    emit(thread, {EventKind::seated, no_processor, 0, thread.core}, {});
}

void ModelState::tell_switch(Step& step, const Core& core) {
    step.switch_ns = static_cast<std::uint32_t>(core.begins - core.since);
    step.began_ns_ago =
        static_cast<std::uint32_t>(std::min<Nanoseconds>(step.time - core.since, ~0u));
    step.tlb_refilled = core.refilled;
}

void ModelState::record(const Thread& thread, Step step) {
    const std::uint64_t time = static_cast<std::uint64_t>(step.time);
    if (several()) {
        const bool kernel =
            step.event.kind == EventKind::seated || step.event.kind == EventKind::unseated;
        thread.room->note(time);
        thread.room->note(std::uint64_t{static_cast<std::uint8_t>(step.event.kind)} |
                          std::uint64_t{step.event.p} << 8 | std::uint64_t{thread.machine} << 16 |
                          std::uint64_t{step.event.g} << 32);
        thread.room->note(kernel ? thread.core - groups[thread.room->group].first : step.event.arg);
        step.event = thread.room->numbers.in_school(step.event);
        if (step.event.kind == EventKind::process_ended) step.event.p = left_beside(*thread.room);
    }
    note(time);
    note(std::uint64_t{static_cast<std::uint8_t>(step.event.kind)} |
         std::uint64_t{step.event.p} << 8 |
         std::uint64_t{static_cast<std::uint16_t>(step.table)} << 16 |
         std::uint64_t{step.event.g} << 32);
    note(step.event.arg);
    if (watch != nullptr) see_order(thread, step);
    if (has_listener) stock->steps.push_back(step);
    if (step.is_decision() && --decisions_left == 0) {
        to_host();
    } else if (stock->steps.size() == steps_told_at_once) {
        to_host();
    }
}

void ModelState::see_order(const Thread& thread, const Step& step) {
    std::string wrong = watch->saw(thread.number, step);
    if (!wrong.empty()) crash(std::move(wrong));
}

void ModelState::to_host() { switch_context(running->pause, host_); }

void ModelState::ask_host() {
    waiting = true;
    to_host();
}

// The first thread of each class is there when the world begins, and that of the first class has a
// core.
void ModelState::begin() {
    for (const auto& room : classes) room->main = &new_thread(*room, &main_entry, room.get(), 0);
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
