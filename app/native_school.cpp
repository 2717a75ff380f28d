// Steps of several processes, in the order of their times.
#include "app/native_school.h"

#include <algorithm>

namespace homeroom::app {

NativeSchool::NativeSchool(const sim::RunOptions& run, std::uint32_t classes)
    : Recording(native_teachers(run.teachers), run.clipboards * classes),
      clipboards_(run.clipboards) {}

NativeSchool::~NativeSchool() {
    for (const auto& each : watched_) each->run->set_listener({});
}

void NativeSchool::watch(NativeRun& run, Nanoseconds begins) {
    const std::size_t which = watched_.size();
    auto watched = std::make_unique<Watched>();
    watched->run = &run;
    watched->numbers.share(given_, static_cast<std::uint8_t>(which * clipboards_));
    watched->begins = begins;
    watched_.push_back(std::move(watched));
    for (std::size_t i = 0; i < run.timeline().size(); ++i) take(which, run.timeline().step(i));
    run.set_listener([this, which](const sim::Step& step) { take(which, step); });
}

// A class that breaks off may have written anything into its record: no number may be so large that
// the school would have to be.
void NativeSchool::take(std::size_t which, const sim::Step& step) {
    constexpr std::uint32_t tables_max = 4096, students_most = 1u << 20;
    Watched& from = *watched_[which];
    const EventKind kind = step.event.kind;
    const bool counted_anew = kind == EventKind::world_stopped ||
                              kind == EventKind::world_started || kind == EventKind::processor_gone;
    const bool names_table = kind == EventKind::machine_started ||
                             kind == EventKind::machine_woken || kind == EventKind::handed_off ||
                             kind == EventKind::retaken;
    const bool names_parent = kind == EventKind::spawned;
    if (counted_anew || step.event.g > students_most ||
        (names_table && step.event.arg > tables_max) ||
        (names_parent && step.event.arg > students_most) ||
        (step.event.p != no_processor && step.event.p >= clipboards_ &&
         kind != EventKind::unseated))
        return;
    sim::Step told = step;
    told.time += from.begins;
    told.room = told.about = sim::ClassId{static_cast<std::uint16_t>(which)};
    if (step.table != sim::TableId::none && step.table != sim::TableId::hall_monitor) {
        const auto own = static_cast<std::uint32_t>(sim::index(step.table));
        told.table = from.numbers.table(own);
        const std::size_t i = sim::index(told.table);
        if (origins_.size() <= i) origins_.resize(i + 1);
        origins_[i] = {which, own};
    }
    told.event = from.numbers.in_school(step.event);
    waiting_.push_back(told);
}

void NativeSchool::grow(std::size_t, std::chrono::nanoseconds) {
    std::stable_sort(waiting_.begin(), waiting_.end(),
                     [](const sim::Step& a, const sim::Step& b) { return a.time < b.time; });
    for (sim::Step& step : waiting_) {
        step.time = last_ = std::max(last_, step.time);  // who comes late was not seen before
        append(step);
    }
    waiting_.clear();
}

void NativeSchool::wait_for(std::size_t decisions) {
    while (!over() && timeline().decisions() < decisions) {
        for (const auto& each : watched_)
            if (!each->run->over()) each->run->wait_for(each->run->timeline().decisions() + 1);
        grow(0, {});
    }
}

bool NativeSchool::over() const {
    return waiting_.empty() && std::all_of(watched_.begin(), watched_.end(),
                                           [](const auto& each) { return each->run->over(); });
}

std::string NativeSchool::report() const {
    for (const auto& each : watched_)
        if (std::string text = each->run->report(); !text.empty()) return text;
    return {};
}

// Of several, one that has crashed is told by its card; the others go on.
bool NativeSchool::class_crashed() const {
    return std::all_of(watched_.begin(), watched_.end(),
                       [](const auto& each) { return each->run->class_crashed(); });
}

std::uint64_t NativeSchool::losses() const {
    std::uint64_t sum = 0;
    for (const auto& each : watched_) sum += each->run->losses();
    return sum;
}

bool NativeSchool::is_live() const {
    return std::any_of(watched_.begin(), watched_.end(),
                       [](const auto& each) { return each->run->is_live(); });
}

void NativeSchool::set_paused(bool paused) {
    for (const auto& each : watched_) each->run->set_paused(paused);
}

void NativeSchool::set_pace(double pace) {
    for (const auto& each : watched_) each->run->set_pace(pace);
}

NativeSchool::Origin NativeSchool::origin(sim::TableId table) const {
    return sim::index(table) < origins_.size() ? origins_[sim::index(table)] : Origin{};
}

}  // namespace homeroom::app
