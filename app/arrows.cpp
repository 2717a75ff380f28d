// Walking along causes and effects.
#include "app/arrows.h"

#include "app/recording.h"

namespace homeroom::app {
namespace {

bool makes_ready(const sim::Step& step) {
    return step.event.kind == EventKind::readied || step.event.kind == EventKind::spawned;
}

// Who ran at the table that speaks, with this decision; none: nobody did.
sim::StudentId speaker(const Recording& recording, const sim::Step& step, std::size_t decision) {
    const std::vector<Lane>& tables = recording.lanes().tables();
    if (sim::index(step.table) >= tables.size()) return sim::StudentId::none;
    const Lane& lane = tables[sim::index(step.table)];
    const LaneBlock* block = lane.at(static_cast<std::uint32_t>(decision));
    if (block == nullptr || block->doing != Doing::taught) return sim::StudentId::none;
    return block->student;
}

}  // namespace

std::optional<Hop> cause_of(const Recording& recording, sim::StudentId id, std::size_t position) {
    const sim::Timeline& film = recording.timeline();
    const auto& steps = recording.lanes().steps_of(id);
    for (auto it = steps.rbegin(); it != steps.rend(); ++it) {
        const sim::Step& step = film.step(*it);
        if (!makes_ready(step)) continue;
        const std::size_t decision = film.decision_at_or_before(*it);
        if (decision >= film.decisions() || decision + 1 >= position) continue;
        const sim::StudentId by = speaker(recording, step, decision);
        if (by == sim::StudentId::none || by == id) return std::nullopt;
        return Hop{decision + 1, by};
    }
    return std::nullopt;
}

std::optional<Hop> effect_of(const Recording& recording, sim::StudentId id, std::size_t position) {
    const sim::Timeline& film = recording.timeline();
    for (std::size_t k = position; k < film.decisions(); ++k) {
        const sim::Step& step = film.step(film.step_of_decision(k));
        if (!makes_ready(step) || step.student() == id || speaker(recording, step, k) != id)
            continue;
        return Hop{k + 1, step.student()};
    }
    return std::nullopt;
}

}  // namespace homeroom::app
