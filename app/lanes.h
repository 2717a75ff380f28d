// What everybody did when: the blocks and marks of the timeline, gathered while the steps of a run
// come in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/timeline.h"

namespace homeroom::app {

// What a teacher, a table or a clipboard is there for at the moment.
enum class Doing : std::uint8_t {
    nothing,  // idle, resting, on the rack: no block is drawn
    taught,   // somebody runs
    looking,  // a clipboard in hand, and nobody called yet; or looking round for work
    away,     // in a blocking call
};

// From decision `first` on (inclusive) until decision `last` (exclusive).
struct LaneBlock {
    std::uint32_t first, last;
    sim::StudentId student;  // who runs or is away; or none
    sim::TableId table;      // where
    Doing doing;

    bool same(const LaneBlock& other) const {
        return student == other.student && table == other.table && doing == other.doing;
    }
};

struct LaneMark {
    enum class Kind : std::uint8_t { steal, park, bell, errand };
    std::uint32_t decision;
    Kind kind;
};

struct Lane {
    std::vector<LaneBlock> blocks;  // the last one may be open: last is open_end
    std::vector<LaneMark> marks;

    // The block at this decision; null when there is none.
    const LaneBlock* at(std::uint32_t decision) const;
};

inline constexpr std::uint32_t open_end = 0xffffffffu;

class Lanes {
public:
    explicit Lanes(std::uint32_t teachers) : teachers_(teachers) {}

    // After each decision: `school` is the school after it.
    void note(const sim::Step& step, std::uint32_t decision, const sim::School& school);
    // Each step, whether decision or detail, with its number.
    void note_student(const sim::Step& step, std::uint32_t number);

    const std::vector<Lane>& teachers() const { return teachers_; }
    const std::vector<Lane>& tables() const { return tables_; }
    const std::vector<Lane>& clipboards() const { return clipboards_; }

    // The steps that this student had a part in, in order.
    const std::vector<std::uint32_t>& steps_of(sim::StudentId id) const;

private:
    void note_table(sim::TableId id, std::uint32_t decision, const sim::School& school);
    void note_clipboard(sim::ClipboardId id, std::uint32_t decision, const sim::School& school);

    std::vector<Lane> teachers_, tables_, clipboards_;
    std::vector<std::vector<std::uint32_t>> students_;  // index: StudentId
};

}  // namespace homeroom::app
