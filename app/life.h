// The life of one student: when it ran, was ready, waited or was away, who woke it, and who ran
// meanwhile. Found out from the steps of the run when somebody asks.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "app/lanes.h"

namespace homeroom::app {

class Recording;

struct LifeSpan {
    enum class Kind : std::uint8_t { ready, running, waiting, away };
    std::uint32_t first, last;  // decisions; the last one may be open_end
    Kind kind;
    WaitReason reason = WaitReason::none;     // waiting
    ObjectId object = 0;                      // waiting
    sim::TableId table = sim::TableId::none;  // running, away: where; ready: who made it ready
    sim::ClipboardId clipboard = sim::ClipboardId::none;  // running; ready: on whose list
    // Ready: from which clipboard its name was taken over last, and with which decision.
    sim::ClipboardId stolen_from = sim::ClipboardId::none;
    std::uint32_t stolen_at = 0;
};

struct Life {
    std::vector<LifeSpan> spans;  // in order, without gaps from the first to the last

    const LifeSpan* at(std::uint32_t decision) const;
};

// What a student does after a step that names it; nothing: as before.
std::optional<LifeSpan::Kind> state_after(const sim::Step& step);

Life life_of(const Recording& recording, sim::StudentId id);

// Who ran in a stretch of the run, and for how long; most first.
struct RanMeanwhile {
    sim::StudentId student;
    Nanoseconds time;
};
std::vector<RanMeanwhile> ran_between(const Recording& recording, std::uint32_t first,
                                      std::uint32_t last);

// All that the panels show of one student, kept up to date while the run grows.
struct Study {
    Life life;
    // Of the shown moment, when the student was not running: since when, and who ran since then.
    std::uint32_t since = 0;
    std::vector<RanMeanwhile> meanwhile;

    // Of any student; found out when somebody asks, and kept while the run does not grow.
    const Life& life_of(const Recording& recording, sim::StudentId id) const;

    void refresh(const Recording& recording, unsigned run, sim::StudentId id, std::size_t position);

private:
    struct Kept {
        std::size_t steps = 0;  // of the student, when its life was found out
        Life life;
    };
    mutable std::map<sim::StudentId, Kept> lives_;
    std::map<sim::StudentId, Nanoseconds> sums_;  // of `meanwhile`, from `since` until here
    std::uint32_t summed_until_ = 0;
    unsigned run_ = 0;
    sim::StudentId id_ = sim::StudentId::none;
    std::size_t steps_ = 0, position_ = 0;
};

}  // namespace homeroom::app
