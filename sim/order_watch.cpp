// Vector clocks, and which events count as touching what.
#include "sim/order_watch.h"

#include <algorithm>

namespace homeroom::sim {
namespace {

bool touches_coroutine(EventKind kind) {
    switch (kind) {
        case EventKind::spawned:
        case EventKind::ran:
        case EventKind::yielded:
        case EventKind::preempted:
        case EventKind::parked:
        case EventKind::readied:
        case EventKind::ended:
        case EventKind::blocked:
        case EventKind::unblocked:
            return true;
        default:
            return false;
    }
}

// Events of whoever holds the processor, puts it away or takes it.
bool touches_processor(EventKind kind) {
    switch (kind) {
        case EventKind::ran:
        case EventKind::parked:
        case EventKind::yielded:
        case EventKind::ended:
        case EventKind::blocked:
        case EventKind::unblocked:
        case EventKind::processor_acquired:
        case EventKind::processor_released:
        case EventKind::handed_off:
        case EventKind::retaken:
            return true;
        default:
            return false;
    }
}

// A wait group is left out: who counts it down need not know of the others who did.
bool touches_object(EventKind kind) {
    switch (kind) {
        case EventKind::sent:
        case EventKind::received:
        case EventKind::closed:
        case EventKind::locked:
        case EventKind::unlocked:
        case EventKind::read_locked:
        case EventKind::read_unlocked:
            return true;
        default:
            return false;
    }
}

}  // namespace

void OrderWatch::begin_world() {
    ++world_;
    clocks_.clear();
    threads_.assign(threads_max, {});
    for (std::uint32_t i = 0; i < threads_max; ++i) threads_[i].known[i] = 1;
    coroutines_.clear();
    processors_.clear();
    objects_.clear();
    readers_.clear();
}

void OrderWatch::join(Clock& clock, const Clock& other) {
    for (std::size_t i = 0; i < clock.size(); ++i) clock[i] = std::max(clock[i], other[i]);
}

OrderWatch::Clock& OrderWatch::clock_of(Handle& handle) {
    if (handle.world != world_) {
        handle = {static_cast<std::uint32_t>(clocks_.size()), world_};
        clocks_.push_back({});
    }
    return clocks_[handle.index];
}

void OrderWatch::next_epoch(std::uint32_t thread) { ++threads_[thread].known[thread]; }

void OrderWatch::started(std::uint32_t parent, std::uint32_t child) {
    if (parent >= threads_max || child >= threads_max) return;
    join(threads_[child].known, threads_[parent].known);
    next_epoch(parent);
}

void OrderWatch::joined(std::uint32_t thread) {
    if (thread >= threads_max) return;
    for (const ThreadClocks& other : threads_) join(threads_[thread].known, other.known);
}

void OrderWatch::loaded(std::uint32_t thread, const Handle& from, bool acquires) {
    if (thread >= threads_max || from.world != world_) return;
    ThreadClocks& me = threads_[thread];
    join(acquires ? me.known : me.seen, clocks_[from.index]);
}

OrderWatch::Handle OrderWatch::to_publish(std::uint32_t thread, bool releases) {
    Handle handle;
    if (thread >= threads_max) return handle;
    clock_of(handle) = releases ? threads_[thread].known : threads_[thread].fenced;
    if (releases) next_epoch(thread);
    return handle;
}

void OrderWatch::published(Handle& to, const Handle& what) {
    if (what.world != world_) return;
    const Clock clock = clocks_[what.index];  // a copy: clock_of may move them all
    clock_of(to) = clock;
}

OrderWatch::Handle OrderWatch::to_add(std::uint32_t thread, const Handle& before, bool releases) {
    Handle handle = to_publish(thread, releases);
    if (handle.world == world_ && before.world == world_)
        join(clocks_[handle.index], clocks_[before.index]);
    return handle;
}

void OrderWatch::fenced(std::uint32_t thread) {
    if (thread >= threads_max) return;
    ThreadClocks& me = threads_[thread];
    join(me.known, me.seen);
    me.fenced = me.known;
    next_epoch(thread);
}

OrderWatch::Birth OrderWatch::born(std::uint32_t thread) const {
    if (thread >= threads_max) return {};
    return {thread, threads_[thread].known[thread], world_};
}

bool OrderWatch::knows(std::uint32_t thread, const Birth& birth) const {
    return thread >= threads_max || birth.world != world_ || birth.thread >= threads_max ||
           birth.thread == thread || threads_[thread].known[birth.thread] >= birth.epoch;
}

bool OrderWatch::touch(std::vector<Touch>& things, std::size_t id, std::uint32_t thread,
                       const Step& step, const char* what, std::string& wrong, bool reads) {
    if (id >= things.size()) things.resize(id + 1);
    Touch& last = things[id];
    const bool ordered = last.thread >= threads_max || last.thread == thread ||
                         threads_[thread].known[last.thread] >= last.epoch;
    if (!ordered) {
        wrong = std::string("model: machine ") + std::to_string(index(step.table)) + " touches " +
                what + " " + std::to_string(id) + " (event " +
                std::to_string(static_cast<int>(step.event.kind)) + ") after machine " +
                std::to_string(index(last.step.table)) + " (event " +
                std::to_string(static_cast<int>(last.step.event.kind)) +
                ") without an order between them";
    }
    if (!reads) last = {thread, threads_[thread].known[thread], step};
    return ordered;
}

// Readers have it side by side, but after the last writer and before the next.
void OrderWatch::touch_object(std::uint32_t thread, const Step& step, std::string& wrong) {
    const EventKind kind = step.event.kind;
    const bool reads = kind == EventKind::read_locked || kind == EventKind::read_unlocked;
    const ObjectId id = object_of(step.event.arg);
    touch(objects_, id, thread, step, "object", wrong, reads);
    if (id >= readers_.size()) readers_.resize(id + 1);
    const Clock& known = threads_[thread].known;
    if (reads) {
        readers_[id][thread] = known[thread];
        return;
    }
    for (std::uint32_t other = 0; other < threads_max; ++other) {
        if (other == thread || readers_[id][other] <= known[other]) continue;
        wrong = "model: machine " + std::to_string(index(step.table)) + " touches object " +
                std::to_string(id) + " after a reader without an order between them";
    }
}

std::string OrderWatch::saw(std::uint32_t thread, const Step& step) {
    std::string wrong;
    if (thread >= threads_max) return wrong;
    const Event& event = step.event;
    if (event.g != 0 && touches_coroutine(event.kind))
        touch(coroutines_, event.g, thread, step, "coroutine", wrong);
    if (event.p != no_processor && touches_processor(event.kind))
        touch(processors_, event.p, thread, step, "processor", wrong);
    if (touches_object(event.kind)) touch_object(thread, step, wrong);
    return wrong;
}

}  // namespace homeroom::sim
