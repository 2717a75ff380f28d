// Moments worth stopping at, as values that print and read back: "steal", "queue>3", "run=5*2".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sim/glossary.h"
#include "sim/timeline.h"

namespace homeroom::sim {

struct Until {
    enum class Kind : std::uint8_t {
        steal,
        switched,
        called,
        spawned,
        ended,
        parked,
        woken,
        preempted,
        bell,
        hand_off,
        retake,
        errand,
        back,
        tick,
        overflow,
        refill,
        table_wakes,
        table_rests,
        searching,
        teacher_moves,
        class_moves,
        table_opens,
        queue,
        bench,
        starved,
        reads,
        writes,
        lost_update,
        race,
        surprise,
        cycle,
        deadlock,
        fault,
        class_ends,
        over,
    };
    Kind kind = Kind::steal;
    // A student (0: any); more names than this; longer than so many ns; or a place in
    // until_places() (0: any), as UntilInfo::argument says.
    std::uint64_t number = 0;
    std::uint32_t times = 1;  // the n-th such moment from where the search begins; at least 1

    friend bool operator==(const Until&, const Until&) = default;
};

struct UntilInfo {
    enum class Argument : std::uint8_t { none, student, place, more_than, longer_than };
    Until::Kind kind;
    const char* name;  // as in --until NAME
    Argument argument;
    std::uint64_t usual;  // of an argument that must be given: what a menu offers
    // Fit after "until": "a table copies names from another clipboard"; with {s} the student, {n}
    // the number or {t} the time.
    const char* school;
    const char* field;
};
std::span<const UntilInfo> until_infos();
const UntilInfo& info_of(Until::Kind kind);
// Where one can wait, as in park=lock; the first is "", for anywhere.
std::span<const char* const> until_places();

// NAME, NAME=N (a student, or a place), NAME>N, each with *TIMES. On failure nothing, and one line
// in `error`.
std::optional<Until> parse_until(std::string_view text, std::string& error);
std::string to_string(const Until& until);
// Fits after "until": "student 5 is called to a table, for the 2nd time".
std::string words_of(const Until& until, Words words);

// Goes along a timeline, which may still be growing, and stops where the moment comes. A state
// (queue, bench, starved) comes when it begins: as long as it lasts it does not come again.
class UntilSearch {
public:
    // The first `from` decisions are past; what they did does not count.
    UntilSearch(const Until& until, const Timeline& timeline, std::size_t from);

    // How many decisions have happened when the moment has come; nothing: it does not come in what
    // is known. While the run is not over its last decision is left for later, since details may
    // still complete it. Looks at no more than `most` decisions in one call.
    std::optional<std::size_t> go_on(const Timeline& timeline, bool over,
                                     std::size_t most = ~std::size_t{0});
    std::size_t looked_at() const { return next_; }  // decisions
    void again() { left_ = until_.times; }           // after a find: on to the one after it

private:
    bool holds(const School& school);
    bool happens(const Step& step, const Counters& before) const;

    Until until_;
    std::size_t next_;        // the decision to look at
    std::size_t folded_ = 0;  // how many steps are in school_
    School school_;
    bool held_ = false;             // the state, after the last decision
    std::uint32_t left_;            // how many times it must still come
    Nanoseconds ready_since_ = -1;  // nobody who is ready has been so for longer
};

// The same in a run that is all known.
std::optional<std::size_t> find_until(const Timeline& timeline, const Until& until,
                                      std::size_t from = 0);

// The last such moment before `position`, as how many decisions have happened then.
std::optional<std::size_t> find_before(const Timeline& timeline, const Until& until,
                                       std::size_t position);

}  // namespace homeroom::sim
