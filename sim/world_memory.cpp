// Memory of a world: stores that land late, loads that come early, and what is seen when.
#include <algorithm>
#include <utility>

#include "runtime/check.h"
#include "sim/world_state.h"

namespace homeroom::sim {

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

}  // namespace homeroom::sim
