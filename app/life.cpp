// The life of one student.
#include "app/life.h"

#include <algorithm>
#include <map>

#include "app/recording.h"

namespace homeroom::app {
namespace {

using SpanKind = LifeSpan::Kind;

// What a student is from this step on; nothing: as before.
std::optional<LifeSpan> span_from(const sim::Step& step, std::uint32_t decision) {
    LifeSpan span{decision, open_end, SpanKind::ready};
    span.table = step.table;
    span.clipboard = step.clipboard();
    switch (step.event.kind) {
        case EventKind::spawned:
        case EventKind::readied:
        case EventKind::yielded:
        case EventKind::preempted:
            return span;
        case EventKind::queued: {
            const auto queue = static_cast<Queue>(step.event.arg);
            if (queue == Queue::global || queue == Queue::global_head)
                span.clipboard = sim::ClipboardId::none;
            return span;
        }
        case EventKind::stole:
            return span;
        case EventKind::ran:
            span.kind = SpanKind::running;
            return span;
        case EventKind::parked:
            span.kind = SpanKind::waiting;
            span.reason = wait_reason_of(step.event.arg);
            span.object = wait_object_of(step.event.arg);
            return span;
        case EventKind::blocked:
            span.kind = SpanKind::away;
            return span;
        case EventKind::unblocked:
            if (static_cast<Return>(step.event.arg) != Return::queued_global)
                span.kind = SpanKind::running;
            return span;
        default:
            return std::nullopt;
    }
}

}  // namespace

std::optional<LifeSpan::Kind> state_after(const sim::Step& step) {
    const std::optional<LifeSpan> span = span_from(step, 0);
    if (!span) return std::nullopt;
    return span->kind;
}

const LifeSpan* Life::at(std::uint32_t decision) const {
    auto it = std::partition_point(spans.begin(), spans.end(),
                                   [&](const LifeSpan& s) { return s.last <= decision; });
    return it == spans.end() || it->first > decision ? nullptr : &*it;
}

Life life_of(const Recording& recording, sim::StudentId id) {
    Life life;
    const sim::Timeline& film = recording.timeline();
    for (std::uint32_t number : recording.lanes().steps_of(id)) {
        const sim::Step& step = film.step(number);
        std::size_t decision = film.decision_at_or_before(number);
        if (decision >= film.decisions()) decision = 0;
        const auto at = static_cast<std::uint32_t>(decision);
        LifeSpan* last = life.spans.empty() ? nullptr : &life.spans.back();
        if (step.event.kind == EventKind::ended) {
            if (last != nullptr) last->last = at;
            break;
        }
        std::optional<LifeSpan> next = span_from(step, at);
        if (!next) continue;
        if (last != nullptr && last->kind == SpanKind::ready && next->kind == SpanKind::ready) {
            // It stays ready; only its place changes. From one clipboard straight to another a name
            // comes by theft only.
            const bool was = last->clipboard != sim::ClipboardId::none,
                       is = next->clipboard != sim::ClipboardId::none;
            if (was && is && last->clipboard != next->clipboard) {
                last->stolen_from = last->clipboard;
                last->stolen_at = at;
            }
            last->clipboard = next->clipboard;
            continue;
        }
        if (last != nullptr) {
            last->last = at;
            if (last->first == at) life.spans.pop_back();
        }
        life.spans.push_back(*next);
    }
    return life;
}

namespace {

using Sums = std::map<sim::StudentId, Nanoseconds>;

// Adds who ran from `first` to `last`.
void add_ran(const Recording& recording, std::uint32_t first, std::uint32_t last, Sums& sums) {
    const sim::Timeline& film = recording.timeline();
    auto time_at = [&](std::uint32_t decision) {
        if (film.decisions() == 0) return Nanoseconds{0};
        const std::size_t k = std::min<std::size_t>(decision, film.decisions() - 1);
        return film.step(film.step_of_decision(k)).time;
    };
    for (const Lane& lane : recording.lanes().teachers()) {
        auto it = std::partition_point(lane.blocks.begin(), lane.blocks.end(),
                                       [&](const LaneBlock& b) { return b.last <= first; });
        for (; it != lane.blocks.end() && it->first < last; ++it) {
            if (it->doing != Doing::taught) continue;
            sums[it->student] +=
                time_at(std::min(it->last, last)) - time_at(std::max(it->first, first));
        }
    }
}

std::vector<RanMeanwhile> most_first(const Sums& sums) {
    std::vector<RanMeanwhile> result;
    for (const auto& [student, time] : sums) {
        if (time > 0) result.push_back({student, time});
    }
    std::stable_sort(result.begin(), result.end(),
                     [](const RanMeanwhile& a, const RanMeanwhile& b) { return a.time > b.time; });
    return result;
}

}  // namespace

std::vector<RanMeanwhile> ran_between(const Recording& recording, std::uint32_t first,
                                      std::uint32_t last) {
    Sums sums;
    add_ran(recording, first, last, sums);
    return most_first(sums);
}

const Life& Study::life_of(const Recording& recording, sim::StudentId id) const {
    const std::size_t steps = recording.lanes().steps_of(id).size();
    constexpr std::size_t kept_max = 256;  // more lanes than fit into any window
    if (lives_.size() > kept_max) lives_.clear();
    Kept& kept = lives_[id];
    if (kept.steps != steps) kept = {steps, app::life_of(recording, id)};
    return kept.life;
}

void Study::refresh(const Recording& recording, unsigned run, sim::StudentId id,
                    std::size_t position) {
    const std::size_t steps = recording.lanes().steps_of(id).size();
    if (run != run_) lives_.clear();
    const bool other = run != run_ || id != id_ || steps != steps_;
    if (!other && position == position_) return;
    if (other) life = app::life_of(recording, id);
    run_ = run;
    id_ = id;
    steps_ = steps;
    position_ = position;
    meanwhile.clear();
    const auto now = static_cast<std::uint32_t>(position);
    const LifeSpan* span = position == 0 ? nullptr : life.at(now - 1);
    if (span == nullptr || span->kind == LifeSpan::Kind::running) {
        sums_.clear();
        since = summed_until_ = now;
        return;
    }
    // Who waits for long is looked at again and again: what has been summed is not summed anew.
    if (other || since != span->first || now < summed_until_) {
        sums_.clear();
        summed_until_ = span->first;
    }
    since = span->first;
    add_ran(recording, summed_until_, now, sums_);
    summed_until_ = now;
    meanwhile = most_first(sums_);
}

}  // namespace homeroom::app
