// What each call to the model's operating system does. Who goes first at its gate is told in
// world.cpp.
#include "sim/sim_os.h"

#include <algorithm>
#include <utility>

#include "runtime/check.h"
#include "sim/world_state.h"

namespace homeroom::sim {
namespace {

ModelState& state() {
    ModelState* state = current_state();
    check(state != nullptr, "a call to SimOs outside of a model world");
    return *state;
}

Thread& me() { return *state().running; }

bool releases(memory_order order) { return order != relaxed && order != acquire; }

}  // namespace

// --- Memory. ---

SimOs::Cell::~Cell() {
    ModelState* state = current_state();
    if (state != nullptr) state->settle_range(this, sizeof *this);
}

std::uint64_t SimOs::Cell::load(memory_order order, Place place) const {
    ModelState* state = current_state();
    if (state == nullptr) return bits_;
    order = state->load_order_at(order, place);
    state->access(costs::load, this, false);
    return state->load(*this, order);
}

void SimOs::Cell::store(std::uint64_t bits, memory_order order, Place place) {
    ModelState* state = current_state();
    if (state == nullptr) {
        bits_ = bits;
        return;
    }
    order = state->order_at(order, Site::Kind::release_store, place);
    if (state->options.stores_land_late) {
        // A store that lands later touches only the thread itself, unless an older one must make
        // room.
        const bool room = state->running->late_count < Thread::late_stores_max;
        state->access(costs::store, room ? state->running : nullptr);
        state->store_late(*this, bits, releases(order));
        return;
    }
    state->access(costs::store, this);
    state->write(*this, bits, state->running->at, *state->running);
    released_ = {};
    if (state->watch != nullptr)
        released_ = state->watch->to_publish(state->running->number, releases(order));
}

// Two changes of one cell never miss each other, late or not; but loads by others may see the old
// value for a while, as on processors where only the cell itself is held while it is changed.
std::uint64_t SimOs::Cell::begin_change(memory_order order, Place place) {
    ModelState* state = current_state();
    if (state == nullptr) return bits_;
    order = state->order_at(order, Site::Kind::release_change, place);
    state->access(costs::read_modify_write, state->touched_by_change(*this));
    if (state->late_total > 0) {
        state->settle(*this);
        state->settle_changes(*this, *state->running);
    }
    state->watch_load(*this, order);
    return bits_;
}

void SimOs::Cell::end_change(std::uint64_t bits, memory_order order, Place place) {
    ModelState* state = current_state();
    if (state == nullptr) {
        bits_ = bits;
        return;
    }
    order = state->order_at(order, Site::Kind::release_change, place);
    state->change(*this, bits, releases(order));
}

bool SimOs::Cell::compare_exchange(std::uint64_t& expected, std::uint64_t bits, memory_order order,
                                   Place place) {
    ModelState* state = current_state();
    if (state == nullptr) {
        if (bits_ != expected) {
            expected = bits_;
            return false;
        }
        bits_ = bits;
        return true;
    }
    order = state->order_at(order, Site::Kind::release_change, place);
    state->access(costs::read_modify_write, state->touched_by_change(*this));
    if (state->late_changes > 0) state->settle_changes(*this, *state->running);
    const std::uint64_t seen = state->newest(*this);
    if (seen != expected) {
        state->watch_load(*this, relaxed);
        expected = seen;  // a failure is a relaxed load
        return false;
    }
    state->settle(*this);
    state->watch_load(*this, order);
    state->change(*this, bits, releases(order));
    return true;
}

void SimOs::fence(Place place) {
    ModelState& s = state();
    s.access(costs::fence, s.only_itself());
    if (!s.fence_works(place)) return;
    s.settle();
    s.loads_wait();
    if (s.watch != nullptr) s.watch->fenced(s.running->number);
}

bool SimOs::leaves_out(Recheck which) {
    return which != Recheck::none && state().options.left_out == which;
}

void SimOs::pause() {
    ModelState& s = state();
    Thread& thread = *s.running;
    s.count();
    thread.at += costs::pause;
    thread.in_pause = true;
    thread.pause_epoch = s.epoch;
    s.gate(&thread);
    thread.in_pause = false;
}

void SimOs::Lock::lock(Place) {
    ModelState* state = current_state();
    if (state != nullptr) {
        state->access(costs::read_modify_write, state->touched_by_change(cell_));
        if (taken_) {
            state->running->waits_for = this;
            while (taken_) state->gate();
            state->running->waits_for = nullptr;
        }
        if (state->late_changes > 0) state->settle_changes(cell_, *state->running);
        state->watch_load(cell_, acquire);
    }
    check(!taken_, "a lock is taken twice outside of a model world");
    taken_ = true;
}

// Like any release, what was stored in the critical section need not be visible to all at once,
// only to whoever takes the lock next.
void SimOs::Lock::unlock(Place) {
    check(taken_, "a lock is released that nobody holds");
    ModelState* state = current_state();
    if (state != nullptr) {
        state->access(costs::read_modify_write, state->touched_by_change(cell_));
        state->change(cell_, 0, true);
        state->free_lock(*this);
    }
    taken_ = false;
}

// --- Threads. ---

SimOs::Parker::Parker() {
    ModelState* state = current_state();
    if (state != nullptr && state->watch != nullptr)
        born_ = state->watch->born(state->running->number);
}

void SimOs::Parker::park() { park_until(-1); }

bool SimOs::Parker::park_until(Nanoseconds deadline) {
    return park_until(deadline, deadline < 0 ? KernelWait::futex : KernelWait::futex_until);
}

bool SimOs::Parker::park_until(Nanoseconds deadline, KernelWait call) {
    ModelState& s = state();
    Thread& thread = *s.running;
    s.access(costs::read_modify_write);
    s.gate();
    s.settle();
    if (!token_) {
        sleeper_ = &thread;
        thread.deadline = deadline;
        s.leave_core(Thread::State::resting, Unseat::rested,
                     thread.call != KernelWait::none ? thread.call : call);
        sleeper_ = nullptr;
        thread.at += s.run.costs.system_call;
    }
    s.loads_wait();
    if (token_ && s.watch != nullptr) s.watch->loaded(thread.number, released_, true);
    return std::exchange(token_, false);
}

void SimOs::Parker::unpark() {
    ModelState& s = state();
    Thread& thread = *s.running;
    s.access(costs::read_modify_write);
    s.gate();
    s.settle();
    token_ = true;
    if (s.watch != nullptr && !s.watch->knows(thread.number, born_))
        s.crash("model: a machine is unparked by one that need not know of it yet");
    if (s.watch != nullptr) released_ = s.watch->to_add(thread.number, released_, true);
    if (sleeper_ != nullptr && sleeper_->state == Thread::State::resting) {
        thread.at += s.run.costs.futex_wake;
        s.wake(*sleeper_, thread.at + s.run.costs.wake_latency);
    }
}

bool SimOs::start_thread(Entry entry, void* argument) {
    ModelState& s = state();
    const Costs& costs = s.run.costs;
    ModelClass& room = *s.running->room;
    if (s.several()) {
        const Nanoseconds began = s.running->at;
        s.open_thread(costs.thread_create);
        s.new_thread(room, entry, argument, std::max(s.running->at, began + costs.thread_start));
        return true;
    }
    s.access(costs.thread_create, s.only_itself());
    s.settle();
    s.new_thread(room, entry, argument, s.running->at - costs.thread_create + costs.thread_start);
    return true;
}

std::uint32_t SimOs::cores() { return state().groups[me().room->group].count; }

void TablesOs::in_call(KernelWait call) { me().call = call; }
bool TablesOs::forks() { return me().room->options.kind == ClassKind::classes; }
bool TablesOs::fork_process(Entry entry, void* argument, std::uint32_t machine) {
    me().opens = machine;
    return state().fork(entry, argument);
}
void TablesOs::exit_process() { state().exit_process(0); }

TablesOs::PrivateCell::PrivateCell(std::uint64_t bits) { me().room->values[this] = bits; }

TablesOs::PrivateCell::~PrivateCell() {
    for (ModelClass* room : me().room->root->family) room->values.erase(this);
}

std::uint64_t TablesOs::PrivateCell::load_bits() const {
    state().access(costs::load, this, false);
    return me().room->values.at(this);
}

void TablesOs::PrivateCell::store_bits(std::uint64_t bits) {
    state().access(costs::store, this);
    state().touch(MemoryUse::data);
    me().room->values[this] = bits;
}

void SimOs::yield_core() { state().yield_core(); }
void SimOs::end_other_threads() { state().end_others(); }

void SimOs::join_threads() {
    ModelState& s = state();
    s.gate();
    s.settle();
    ModelClass& root = *s.running->room->root;
    while (root.family_threads > 1) {
        root.joiner = s.running;
        s.leave_core(Thread::State::joining, Unseat::rested, KernelWait::join);
    }
    s.loads_wait();
    if (s.watch != nullptr) s.watch->joined(s.running->number);
}

void* SimOs::self() { return me().self; }
void SimOs::set_self(void* machine) { me().self = machine; }

void SimOs::this_thread_is(std::uint32_t machine) {
    Thread& thread = me();
    thread.machine = machine;
    thread.table = thread.room->numbers.table(machine);
    thread.named = true;
    if (std::exchange(thread.seat_held, false))
        state().emit(thread, {EventKind::seated, no_processor, 0, thread.core}, {});
    // The first thing that a copy writes on is its stack.
    if (std::exchange(thread.room->copy_begins, false)) state().touch(MemoryUse::stack);
}

// The thread now runs on another stack; the sanitizers must hear of it when the world pauses it
// there. The flow that it leaves may be the thread's own, whose bounds only the world knows: to
// whoever adopted it, all threads of the model look like one.
void SimOs::switch_to(Context& from, Context& to) {
    Thread& thread = me();
    check(to.has_left(), "a flow is resumed that has not left its stack");
    state().switch_student(from, to);
    from.stack_bottom = std::exchange(thread.pause.stack_bottom, to.stack_bottom);
    from.stack_bytes = std::exchange(thread.pause.stack_bytes, to.stack_bytes);
    switch_context(from, to);
}

// --- Time. ---

Nanoseconds SimOs::now() {
    Thread& thread = me();
    thread.at = std::max(thread.at, state().now) + costs::clock_read;
    return thread.at;
}

Nanoseconds SimOs::compute(Nanoseconds duration, const Cell& stop) {
    if (duration <= 0) return 0;
    ModelState& s = state();
    Thread& thread = *s.running;
    s.access(costs::load);
    s.gate();
    if (s.newest(stop) != 0) return 0;
    thread.stop = &stop;
    thread.undone = 0;
    ++s.computing;
    thread.at = s.now + duration;
    s.gate();
    if (std::exchange(thread.stop, nullptr) != nullptr) --s.computing;
    return std::max<Nanoseconds>(0, duration - thread.undone);
}

void SimOs::block_for(Nanoseconds duration) {
    ModelState& s = state();
    s.access(s.run.costs.system_call);
    s.gate();
    s.settle();
    if (duration <= 0) return;
    s.running->deadline = s.now + duration;
    s.leave_core(Thread::State::blocked, Unseat::blocked, KernelWait::call);
    s.loads_wait();
}

// --- Memory, chance, and the record. ---

void* SimOs::allocate(std::size_t bytes) {
    ModelState& s = state();
    s.running->at += costs::allocate;
    return s.stock->arena.allocate(bytes);
}

void SimOs::deallocate(void* pointer, std::size_t bytes) {
    ModelState& s = state();
    s.running->at += costs::allocate;
    s.settle_range(pointer, bytes);
    s.stock->arena.deallocate(pointer, bytes);
}

std::uint32_t SimOs::random(std::uint32_t bound) {
    constexpr std::uint32_t digit = 64;  // a choice has at most so many answers
    if (bound < 2) return 0;
    ModelState& s = state();
    std::uint32_t value = 0;
    for (std::uint32_t left = bound; left > 1;) {
        const std::uint32_t base = std::min(left, digit);
        s.stock->moves.begin(base);
        for (std::uint32_t i = 0; i < base; ++i)
            s.stock->moves.add(s.running, {Move::Kind::random, s.running->table, s.now, false, true,
                                           i, nullptr, s.running->room->root->id});
        value = value * base + static_cast<std::uint32_t>(s.choose());
        left = (left + base - 1) / base;
    }
    return value % bound;  // not quite even for large bounds, which nobody here minds
}

ObjectId SimOs::next_object_id() { return ++me().room->last_object; }

bool SimOs::tracing() { return current_state() != nullptr; }

void SimOs::trace(Event event, Place place) {
    ModelState& s = state();
    Thread& thread = *s.running;
    s.emit(thread, event, place);
    if (event.kind == EventKind::machine_started) thread.opens = event.arg;
    if (!is_detail(event.kind)) thread.gate_due = true;
}

}  // namespace homeroom::sim
