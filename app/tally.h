// Numbers over a run, gathered while its steps come in: for the charts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "app/life.h"
#include "sim/school.h"

namespace homeroom::app {

// How often durations of which size came up. Buckets grow by an eighth of a power of two, so what
// is read from it is right to about 9 percent.
class Histogram {
public:
    static constexpr std::size_t per_octave = 8, octaves = 44;  // up to some hours

    void add(Nanoseconds duration);

    std::uint64_t count() const { return count_; }
    Nanoseconds longest() const { return longest_; }
    std::uint64_t in_bucket(std::size_t bucket) const { return buckets_[bucket]; }
    std::size_t buckets() const { return buckets_.size(); }
    static Nanoseconds upper_bound(std::size_t bucket);
    // This share (0 to 1) took no longer than that; 0 when nothing was added.
    Nanoseconds within(double share) const;

private:
    static std::size_t bucket_of(Nanoseconds duration);

    std::array<std::uint64_t, per_octave * octaves> buckets_{};
    std::uint64_t count_ = 0;
    Nanoseconds longest_ = 0;
};

// The school in numbers, after one decision.
struct Sample {
    std::uint32_t decision = 0;
    Nanoseconds time = 0;
    std::uint32_t listed = 0;    // on clipboards, top lines included
    std::uint32_t bench = 0;     // on the bench
    std::uint32_t waiting = 0;   // at things, alarm clocks and on errands
    std::uint32_t finished = 0;  // students, so far
    std::uint32_t teaching = 0;  // teachers at a table where somebody is taught
};

class Tally {
public:
    // Each step of the run; `school` is the school after it.
    void note(const sim::Step& step, const sim::School& school, std::size_t decisions);

    // In order. A long run keeps every second, fourth, … of them: never more than samples_max.
    const std::vector<Sample>& samples() const { return samples_; }
    static constexpr std::size_t samples_max = 4096;

    const Histogram& in_line() const { return in_line_; }  // from ready to called
    const Histogram& waits() const { return waits_; }      // from parked to ready again

private:
    struct State {
        LifeSpan::Kind kind = LifeSpan::Kind::ready;
        bool known = false;
        Nanoseconds since = 0;
    };

    void change(std::size_t student, LifeSpan::Kind to, Nanoseconds time);
    void sample(const sim::Step& step, const sim::School& school, std::uint32_t decision);

    std::vector<State> students_;
    std::array<std::uint32_t, 4> in_state_{};  // by LifeSpan::Kind
    Histogram in_line_, waits_;
    std::vector<Sample> samples_;
    std::uint32_t stride_ = 1;
};

}  // namespace homeroom::app
