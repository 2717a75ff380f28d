// Steps of a run and kept copies of the school.
#include "sim/timeline.h"

#include <algorithm>
#include <utility>

namespace homeroom::sim {

namespace {

// Of what a copy does not share with the one before it.
std::size_t bytes_of(const School& school, const School& before) {
    std::size_t names = school.bench.size();
    for (const Clipboard& clipboard : school.clipboards) names += clipboard.names.size();
    for (const auto& queue : school.queues) names += queue.size();
    // An empty deque owns a map and a block of 512 bytes (libstdc++).
    const std::size_t deques = 600 * (1 + school.clipboards.size());
    return sizeof(School) + deques + names * sizeof(StudentId) +
           school.students.bytes_beside(before.students) +
           school.things.bytes_beside(before.things) + school.tables.size() * sizeof(Table) +
           school.clipboards.size() * sizeof(Clipboard) + school.teachers.size() * sizeof(Teacher) +
           school.rooms.size() * sizeof(Room) + school.copies.size() * sizeof(Copy);
}

}  // namespace

Timeline::Timeline(std::uint32_t teachers, std::uint32_t clipboards, std::size_t kept_bytes_max)
    : latest_(teachers, clipboards), kept_bytes_max_(kept_bytes_max) {
    kept_.push_back({0, latest_});
    kept_bytes_ = bytes_of(latest_, {});
}

Timeline::Timeline(const RunOptions& run) : Timeline(run.teachers, run.clipboards) {
    latest_.plans = {run.kernel.pcid, run.costs.cache_fade};
    kept_.front().school = latest_;
}

void Timeline::append(const Step& step) {
    const std::size_t i = steps_.size();
    steps_.push_back(step);
    const auto race = races_.saw(step, static_cast<std::uint32_t>(i));
    steps_.back().races_with = race ? *race + 1 : 0;
    latest_.fold(steps_.back());

    auto completing = std::find(completing_.begin(), completing_.end(), step.table);
    if (step.is_decision()) {
        decision_steps_.push_back(static_cast<std::uint32_t>(i));
        decision_ends_.push_back(static_cast<std::uint32_t>(i + 1));
        bool completes = puts_students_in_queues(step.event.kind);
        if (completes && completing == completing_.end()) completing_.push_back(step.table);
        if (!completes && completing != completing_.end()) completing_.erase(completing);
    } else if (completing != completing_.end()) {
        if (step.event.kind == EventKind::queued) {
            decision_ends_.back() = static_cast<std::uint32_t>(i + 1);
        } else if (step.event.kind != EventKind::runnable) {
            completing_.erase(completing);
        }
    }

    if (steps_.size() % spacing_ != 0) return;
    kept_bytes_ += bytes_of(latest_, kept_.back().school);
    kept_.push_back({steps_.size(), latest_});
    while (kept_bytes_ > kept_bytes_max_ && kept_.size() > 1) {
        spacing_ *= 2;
        kept_.erase(std::remove_if(kept_.begin(), kept_.end(),
                                   [this](const Kept& kept) { return kept.steps % spacing_ != 0; }),
                    kept_.end());
        kept_bytes_ = bytes_of(kept_.front().school, {});
        for (std::size_t k = 1; k < kept_.size(); ++k)
            kept_bytes_ += bytes_of(kept_[k].school, kept_[k - 1].school);
    }
}

std::size_t Timeline::decision_at_or_before(std::size_t step) const {
    auto after = std::upper_bound(decision_steps_.begin(), decision_steps_.end(), step);
    if (after == decision_steps_.begin()) return decisions();
    return static_cast<std::size_t>(after - decision_steps_.begin()) - 1;
}

std::size_t Timeline::first_decision_at(Nanoseconds time) const {
    auto first = std::lower_bound(
        decision_steps_.begin(), decision_steps_.end(), time,
        [this](std::uint32_t i, Nanoseconds wanted) { return steps_[i].time < wanted; });
    return static_cast<std::size_t>(first - decision_steps_.begin());
}

std::vector<std::size_t> Timeline::details_of_decision(std::size_t k) const {
    const std::size_t at = step_of_decision(k);
    const TableId table = steps_[at].table;
    std::vector<std::size_t> details;  // newest first until it is turned round
    bool completes = false;
    for (std::size_t i = at; i-- > 0;) {
        if (steps_[i].table != table) continue;
        if (steps_[i].is_decision()) {
            completes = puts_students_in_queues(steps_[i].event.kind);
            break;
        }
        details.push_back(i);
    }
    while (completes && !details.empty() &&
           steps_[details.back()].event.kind == EventKind::queued) {
        details.pop_back();  // it completes the decision before
    }
    std::reverse(details.begin(), details.end());

    if (!puts_students_in_queues(steps_[at].event.kind)) return details;
    for (std::size_t i = at + 1; i < steps_.size(); ++i) {
        if (steps_[i].table != table) continue;
        if (steps_[i].event.kind != EventKind::queued) break;
        details.push_back(i);
    }
    return details;
}

School Timeline::school_at(std::size_t steps) const {
    steps = std::min(steps, steps_.size());
    if (steps == steps_.size()) return latest_;
    auto after =
        std::upper_bound(kept_.begin(), kept_.end(), steps,
                         [](std::size_t wanted, const Kept& kept) { return wanted < kept.steps; });
    const Kept& kept = *std::prev(after);  // the copy of step 0 is never dropped
    School school = kept.school;
    for (std::size_t i = kept.steps; i < steps; ++i) school.fold(steps_[i]);
    return school;
}

School Timeline::school_after_decision(std::size_t k) const { return school_at(decision_end(k)); }

}  // namespace homeroom::sim
