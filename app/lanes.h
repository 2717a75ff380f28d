// Who was taught by which teacher when: the blocks and marks of the timeline strip, gathered while
// the steps of a run come in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/timeline.h"

namespace homeroom::app {

// From decision `first` on (inclusive) until decision `last` (exclusive) `student` sat at a table
// that this teacher attended.
struct LaneBlock {
    std::uint32_t first, last;
    sim::StudentId student;
};

struct LaneMark {
    enum class Kind : std::uint8_t { steal, park, bell, errand };
    std::uint32_t decision;
    Kind kind;
};

struct Lane {
    std::vector<LaneBlock> blocks;  // the last one may be open: last is open_end
    std::vector<LaneMark> marks;
};

inline constexpr std::uint32_t open_end = 0xffffffffu;

class Lanes {
public:
    explicit Lanes(std::uint32_t teachers) : lanes_(teachers) {}

    // After each decision: `school` is the school after it.
    void note(const sim::Step& step, std::uint32_t decision, const sim::School& school);

    const std::vector<Lane>& all() const { return lanes_; }

private:
    std::vector<Lane> lanes_;
};

}  // namespace homeroom::app
