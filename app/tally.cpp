// Numbers over a run.
#include "app/tally.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace homeroom::app {

using SpanKind = LifeSpan::Kind;

std::size_t Histogram::bucket_of(Nanoseconds duration) {
    if (duration < 1) return 0;
    const auto value = static_cast<std::uint64_t>(duration);
    const auto octave = static_cast<std::size_t>(std::bit_width(value) - 1);
    // The three bits after the first say which eighth of the octave it is.
    const std::uint64_t eighth =
        octave >= 3 ? value >> (octave - 3) & 7u : value << (3 - octave) & 7u;
    return std::min(octave * per_octave + static_cast<std::size_t>(eighth),
                    per_octave * octaves - 1);
}

Nanoseconds Histogram::upper_bound(std::size_t bucket) {
    const double octave = std::ldexp(1.0, static_cast<int>(bucket / per_octave));
    const double eighths = static_cast<double>(bucket % per_octave + 1) / per_octave;
    return static_cast<Nanoseconds>(octave * (1 + eighths));
}

void Histogram::add(Nanoseconds duration) {
    ++buckets_[bucket_of(duration)];
    ++count_;
    longest_ = std::max(longest_, duration);
}

Nanoseconds Histogram::within(double share) const {
    if (count_ == 0) return 0;
    const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
    std::uint64_t sum = 0;
    for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
        sum += buckets_[bucket];
        if (sum >= wanted) return std::min(upper_bound(bucket), longest_);
    }
    return longest_;
}

void Tally::change(std::size_t student, SpanKind to, Nanoseconds time) {
    if (student >= students_.size()) students_.resize(std::max(student + 1, students_.size() * 2));
    State& state = students_[student];
    if (state.known && state.kind == to) return;
    if (state.known) {
        --in_state_[static_cast<std::size_t>(state.kind)];
        if (state.kind == SpanKind::ready && to == SpanKind::running)
            in_line_.add(time - state.since);
        if (state.kind == SpanKind::waiting) waits_.add(time - state.since);
    }
    ++in_state_[static_cast<std::size_t>(to)];
    state = {to, true, time};
}

void Tally::note(const sim::Step& step, const sim::School& school, std::size_t decisions) {
    const std::size_t student = sim::index(step.student());
    if (student != 0) {
        if (step.event.kind == EventKind::ended) {
            if (student < students_.size() && students_[student].known) {
                --in_state_[static_cast<std::size_t>(students_[student].kind)];
                students_[student].known = false;
            }
        } else if (const auto kind = state_after(step)) {
            change(student, *kind, step.time);
        }
    }
    if (!step.is_decision() || decisions == 0) return;
    const auto decision = static_cast<std::uint32_t>(decisions - 1);
    if (decision % stride_ == 0) sample(step, school, decision);
}

void Tally::sample(const sim::Step& step, const sim::School& school, std::uint32_t decision) {
    if (samples_.size() == samples_max) {
        // Every second one goes; those that stay are at multiples of the new stride.
        for (std::size_t i = 0; i < samples_max / 2; ++i) samples_[i] = samples_[2 * i];
        samples_.resize(samples_max / 2);
        stride_ *= 2;
        if (decision % stride_ != 0) return;
    }
    Sample now;
    now.decision = decision;
    now.time = step.time;
    for (const sim::Clipboard& clipboard : school.clipboards) {
        now.listed += static_cast<std::uint32_t>(clipboard.names.size());
        now.listed += clipboard.top_line != sim::StudentId::none ? 1 : 0;
    }
    now.bench = static_cast<std::uint32_t>(school.bench.size());
    now.waiting = in_state_[static_cast<std::size_t>(SpanKind::waiting)] +
                  in_state_[static_cast<std::size_t>(SpanKind::away)];
    now.finished = static_cast<std::uint32_t>(school.counters.ends);
    for (const sim::Teacher& teacher : school.teachers) {
        const sim::Table* table = school.find(teacher.table);
        now.teaching += table != nullptr && table->mood == sim::Table::Mood::teaching ? 1 : 0;
    }
    samples_.push_back(now);
}

}  // namespace homeroom::app
