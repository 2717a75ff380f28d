// What a world tells: each event becomes a step, and goes into the hashes.
#include <algorithm>
#include <utility>

#include "runtime/check.h"
#include "sim/world_state.h"

namespace homeroom::sim {
namespace {

constexpr std::size_t steps_told_at_once = 256;

}  // namespace

void ModelState::emit(Thread& thread, Event event, const Place& place) {
    if (!thread.named) {  // it never said who it is: its number in the order of start remains
        thread.named = true;
        if (std::exchange(thread.seat_held, false)) {
            Step step{now, {EventKind::seated, no_processor, 0, thread.core}, thread.table};
            step.room = step.about = thread.room->id;
            tell_switch(step, stock->cores[thread.core]);
            record(thread, step);
        }
    }
    const bool decision = !is_detail(event.kind);
    const std::uint8_t orders = decision ? std::exchange(thread.orders, std::uint8_t{1}) : 1;
    Step step{now, event, thread.table, orders, thread.room->id, place};
    step.about = thread.room->id;
    if (event.kind == EventKind::seated) tell_switch(step, stock->cores[thread.core]);
    record(thread, step);
}

void ModelState::emit_about(Thread& thread, const ModelClass& room, Event event) {
    Step step{now, event, thread.table, 1, thread.room->id, {}};
    step.about = room.id;
    record(thread, step);
}

// Of whom nobody knows the table comes into no picture before it has said who it is.
void ModelState::tell_runnable(const Thread& thread, std::uint32_t queue, std::size_t ahead) {
    const bool film = options.gates == Gates::decisions;
    if (!film || running == nullptr || thread.machine == Thread::nobody ||
        thread.machine == monitor_thread)
        return;
    Step step;
    step.time = now;
    step.event = {EventKind::runnable, no_processor, 0, pack_runnable(queue, ahead)};
    step.table = thread.room->numbers.table(thread.machine);
    step.room = step.about = thread.room->id;
    record(thread, step);
}

void ModelState::emit_seated(Thread& thread) {
    emit(thread, {EventKind::seated, no_processor, 0, thread.core}, {});
}

void ModelState::tell_switch(Step& step, const Core& core) {
    step.switch_ns = static_cast<std::uint32_t>(core.begins - core.since);
    step.began_ns_ago =
        static_cast<std::uint32_t>(std::min<Nanoseconds>(step.time - core.since, ~0u));
    step.cold_ns = static_cast<std::uint32_t>(core.cold);
    step.tlb_refilled = core.refilled;
}

void ModelState::record(const Thread& thread, Step step) {
    const std::uint64_t time = static_cast<std::uint64_t>(step.time);
    if (several()) {
        ModelClass& room = *thread.room;
        const EventKind kind = step.event.kind;
        const bool kernel = kind == EventKind::seated || kind == EventKind::unseated;
        // The place in a queue depends on who else is in it; when a class of its own kind that it
        // has opened ends, on the teachers of that.
        const bool own = step.about == room.id || classes[index(step.about)]->root == room.root;
        if (kind != EventKind::runnable && (own || kind != EventKind::returned)) {
            room.root->note(time);
            room.root->note(
                std::uint64_t{static_cast<std::uint8_t>(kind)} | std::uint64_t{step.event.p} << 8 |
                std::uint64_t{thread.machine & 0xffffu} << 16 | std::uint64_t{step.event.g} << 32);
            room.root->note(kernel ? thread.core - groups[room.group].first : step.event.arg);
        }
        remember_board(room, step.event);
        ModelClass& about = *classes[index(step.about)];
        step.event = about.numbers.in_school(step.event);
        if (kind == EventKind::forked && (step.event.arg & copy_in_family) != 0)
            step.event.arg = static_cast<std::uint32_t>(
                index(room.root->family[step.event.arg & ~copy_in_family]->id));
        if (kind == EventKind::process_ended) step.event.p = left_beside(room);
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

}  // namespace homeroom::sim
