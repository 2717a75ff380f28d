// Who was taught by which teacher when.
#include "app/lanes.h"

#include <optional>

namespace homeroom::app {
namespace {

std::optional<LaneMark::Kind> mark_of(EventKind kind) {
    switch (kind) {
        case EventKind::stole:
            return LaneMark::Kind::steal;
        case EventKind::parked:
            return LaneMark::Kind::park;
        case EventKind::preempt_asked:
            return LaneMark::Kind::bell;
        case EventKind::blocked:
            return LaneMark::Kind::errand;
        default:
            return std::nullopt;
    }
}

// The teacher in whose lane an event is marked: who attends the speaking table; for the hall
// monitor's bell, who attends the table that holds the clipboard it means.
sim::TeacherId teacher_of(const sim::Step& step, const sim::School& school) {
    const sim::Table* table = school.find(step.table);
    if (step.event.kind == EventKind::preempt_asked) {
        const sim::Clipboard* clipboard = school.find(step.clipboard());
        table = clipboard == nullptr ? nullptr : school.find(clipboard->holder);
    }
    return table == nullptr ? sim::TeacherId::none : table->teacher;
}

}  // namespace

void Lanes::note(const sim::Step& step, std::uint32_t decision, const sim::School& school) {
    for (std::size_t i = 0; i < school.teachers.size(); ++i) {
        if (i >= lanes_.size()) lanes_.resize(i + 1);
        std::vector<LaneBlock>& blocks = lanes_[i].blocks;
        const sim::Table* table = school.find(school.teachers[i].table);
        bool teaches = table != nullptr && table->mood == sim::Table::Mood::teaching;
        sim::StudentId student = teaches ? table->student : sim::StudentId::none;
        bool open = !blocks.empty() && blocks.back().last == open_end;
        if (open && blocks.back().student != student) blocks.back().last = decision;
        if (student == sim::StudentId::none || (open && blocks.back().student == student)) continue;
        blocks.push_back({decision, open_end, student});
    }
    if (std::optional<LaneMark::Kind> kind = mark_of(step.event.kind)) {
        std::size_t lane = sim::index(teacher_of(step, school));
        if (lane < lanes_.size()) lanes_[lane].marks.push_back({decision, *kind});
    }
}

}  // namespace homeroom::app
