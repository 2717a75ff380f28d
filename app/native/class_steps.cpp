// From records to steps.
#include "app/native/class_steps.h"

#include <algorithm>

namespace homeroom::app {

ClassSteps::ClassSteps(const TraceBuffers& buffers, std::function<void(const sim::Step&)> sink)
    : start_ns_(buffers.start_ns()), ns_per_tick_(buffers.ns_per_tick()), sink_(std::move(sink)) {}

Nanoseconds ClassSteps::time_of(std::uint64_t ticks) const {
    std::int64_t real =
        start_ns_ + static_cast<std::int64_t>(static_cast<double>(ticks) * ns_per_tick_);
    if (lines_.empty()) return 0;
    auto after = std::upper_bound(
        lines_.begin(), lines_.end(), real,
        [](std::int64_t wanted, const PacedClock::Line& line) { return wanted < line.base_real; });
    const PacedClock::Line& line = after == lines_.begin() ? *after : *std::prev(after);
    return std::max<Nanoseconds>(line.at(real), 0);
}

void ClassSteps::put(Nanoseconds time, sim::TableId table, const Event& event) {
    sim::Step step;
    step.time = last_time_ =
        std::max(last_time_, time);  // the order of the steps is the order of time
    step.event = event;
    step.table = table;
    sink_(step);
}

void ClassSteps::add(const MergedRecord& merged) {
    Nanoseconds time = time_of(merged.record.ticks());
    if (first_time_ < 0) first_time_ = time;
    time -= first_time_;
    Event event = merged.record.event();
    if (merged.ring == TraceBuffers::monitor_ring) {
        put(time, sim::TableId::hall_monitor, event);
        return;
    }
    std::uint32_t machine = merged.ring;
    if (seats_.size() <= machine) seats_.resize(machine + 1);
    if (event.kind == EventKind::seated) {
        seat(time, machine, event.arg);
    } else if (event.kind == EventKind::unseated) {
        unseat(time, machine, static_cast<Unseat>(event.p));
    } else {
        if (!seats_[machine].seated && event.kind != EventKind::machine_ended) {
            seat(time, machine, seats_[machine].core);
        }
        put(time, sim::TableId{static_cast<std::uint16_t>(machine)}, event);
        if (event.kind == EventKind::machine_ended) unseat(time, machine, Unseat::ended);
    }
}

void ClassSteps::add(const Event& event) { put(last_time_, sim::TableId::none, event); }

void ClassSteps::seat(Nanoseconds time, std::uint32_t machine, std::uint32_t core) {
    core %= 1024;  // a crashing child may have written anything
    if (attended_.size() <= core) attended_.resize(core + 1, nobody);
    Seat& own = seats_[machine];
    if (own.seated && own.core == core) return;
    if (own.seated) unseat(time, machine, Unseat::time_up);
    if (attended_[core] != nobody) unseat(time, attended_[core], Unseat::time_up);
    own = {true, core};
    attended_[core] = machine;
    put(time, sim::TableId{static_cast<std::uint16_t>(machine)},
        {EventKind::seated, no_processor, 0, core});
}

void ClassSteps::unseat(Nanoseconds time, std::uint32_t machine, Unseat why) {
    Seat& own = seats_[machine];
    if (!own.seated) return;
    own.seated = false;
    attended_[own.core] = nobody;
    put(time, sim::TableId{static_cast<std::uint16_t>(machine)},
        {EventKind::unseated, static_cast<std::uint8_t>(why), 0, own.core});
}

}  // namespace homeroom::app
