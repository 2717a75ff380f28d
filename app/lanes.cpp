// What everybody did when.
#include "app/lanes.h"

#include <algorithm>
#include <optional>

namespace homeroom::app {
namespace {

using sim::index;

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

// The table at which an event is marked: the one that speaks; for the hall monitor's bell, the one
// that holds the clipboard it means.
const sim::Table* table_of(const sim::Step& step, const sim::School& school) {
    if (step.event.kind != EventKind::preempt_asked) return school.find(step.table);
    const sim::Clipboard* clipboard = school.find(step.clipboard());
    return clipboard == nullptr ? nullptr : school.find(clipboard->holder);
}

LaneBlock block_of(const sim::Table& table, std::uint32_t decision) {
    LaneBlock block{decision, open_end, sim::StudentId::none, table.id, Doing::nothing};
    switch (table.mood) {
        case sim::Table::Mood::teaching:
            block.student = table.student;
            block.doing = Doing::taught;
            break;
        case sim::Table::Mood::deciding:
            if (table.clipboard != sim::ClipboardId::none) block.doing = Doing::looking;
            break;
        case sim::Table::Mood::searching:
            block.doing = Doing::looking;
            break;
        case sim::Table::Mood::errand:
            block.student = table.student;
            block.doing = Doing::away;
            break;
        case sim::Table::Mood::resting:
        case sim::Table::Mood::closed:
            break;
    }
    return block;
}

// Ends the open block when it is another one now, and begins the new one.
void go_on(Lane& lane, const LaneBlock& block) {
    const bool open = !lane.blocks.empty() && lane.blocks.back().last == open_end;
    if (open && lane.blocks.back().same(block)) return;
    if (open) {
        lane.blocks.back().last = block.first;
        // What began and ended with the same decision was never to be seen.
        if (lane.blocks.back().first == block.first) lane.blocks.pop_back();
    }
    if (block.doing != Doing::nothing) lane.blocks.push_back(block);
}

template <class Id>
Lane& lane_of(std::vector<Lane>& lanes, Id id) {
    if (index(id) >= lanes.size()) lanes.resize(index(id) + 1);
    return lanes[index(id)];
}

}  // namespace

const LaneBlock* Lane::at(std::uint32_t decision) const {
    auto it = std::partition_point(blocks.begin(), blocks.end(),
                                   [&](const LaneBlock& b) { return b.last <= decision; });
    return it == blocks.end() || it->first > decision ? nullptr : &*it;
}

void Lanes::note_table(sim::TableId id, std::uint32_t decision, const sim::School& school) {
    if (const sim::Table* table = school.find(id))
        go_on(lane_of(tables_, id), block_of(*table, decision));
}

void Lanes::note_clipboard(sim::ClipboardId id, std::uint32_t decision, const sim::School& school) {
    const sim::Clipboard* clipboard = school.find(id);
    if (clipboard == nullptr) return;
    LaneBlock block{decision, open_end, sim::StudentId::none, sim::TableId::none, Doing::nothing};
    if (const sim::Table* holder = school.find(clipboard->holder)) {
        block = block_of(*holder, decision);
        if (block.doing == Doing::nothing) block.doing = Doing::looking;  // held, at any rate
    }
    go_on(lane_of(clipboards_, id), block);
}

void Lanes::note(const sim::Step& step, std::uint32_t decision, const sim::School& school) {
    for (std::size_t i = 0; i < school.teachers.size(); ++i) {
        const sim::Table* table = school.find(school.teachers[i].table);
        LaneBlock block{decision, open_end, sim::StudentId::none, sim::TableId::none,
                        Doing::nothing};
        if (table != nullptr) block = block_of(*table, decision);
        go_on(lane_of(teachers_, sim::TeacherId{static_cast<std::uint16_t>(i)}), block);
    }
    // Of tables and clipboards there may be many; a decision changes those that it names.
    const sim::Table* speaker = school.find(step.table);
    note_table(step.table, decision, school);
    if (step.event.arg < school.tables.size())
        note_table(sim::TableId{static_cast<std::uint16_t>(step.event.arg)}, decision, school);
    note_clipboard(step.clipboard(), decision, school);
    if (speaker != nullptr) note_clipboard(speaker->clipboard, decision, school);

    const std::optional<LaneMark::Kind> kind = mark_of(step.event.kind);
    if (!kind) return;
    if (const sim::Table* table = table_of(step, school)) {
        lane_of(tables_, table->id).marks.push_back({decision, *kind});
        if (index(table->teacher) < teachers_.size())
            teachers_[index(table->teacher)].marks.push_back({decision, *kind});
    }
    if (step.clipboard() != sim::ClipboardId::none)
        lane_of(clipboards_, step.clipboard()).marks.push_back({decision, *kind});
}

void Lanes::note_student(const sim::Step& step, std::uint32_t number) {
    const std::size_t i = index(step.student());
    if (i == 0) return;
    if (i >= students_.size()) students_.resize(std::max(i + 1, students_.size() * 2));
    students_[i].push_back(number);
}

const std::vector<std::uint32_t>& Lanes::steps_of(sim::StudentId id) const {
    static const std::vector<std::uint32_t> none;
    return index(id) < students_.size() ? students_[index(id)] : none;
}

}  // namespace homeroom::app
