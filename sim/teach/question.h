// Questions about a run, asked before it shows the answer: what is asked is written down, what is
// right is found out by letting the run go on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/explain.h"
#include "sim/run.h"
#include "sim/teach/measures.h"
#include "sim/until.h"

namespace homeroom::sim {

// What to ask. As text:
//   next [at table N]        who is called next [at that table]?
//   from [at table N]        where does the next name come from?
//   longest                  which list is longest now?
//   where N                  where will student N be next?
//   holder N at MOMENT       who holds clipboard N then?
//   last run | last end      who is called for the first time, or finishes, after all others?
//   count MEASURE [at MOMENT]            how many, now or then?
//   will MOMENT [before MOMENT]          does it happen?
//   seeds MOMENT of N                    with how many of the seeds 1 to N does it happen?
//   first MOMENT | MOMENT [| ...]        which of them comes first?
//   most MEASURE: CHANGE | CHANGE ...    in which run, at its end? (also: least)
// A CHANGE is settings of a run (students=1 rules=no-steal), perhaps after a lesson's name, or "="
// for none.
inline constexpr std::uint32_t seeds_max = 200;

struct QuestionSpec {
    enum class Kind : std::uint8_t {
        next,
        from,
        longest,
        where,
        holder,
        last,
        count,
        will,
        seeds,
        first,
        most,
        least,
    };
    Kind kind = Kind::next;
    TableId table = TableId::none;              // next, from: at any
    StudentId student = StudentId::none;        // where
    ClipboardId clipboard = ClipboardId::none;  // holder
    const Measure* measure = nullptr;           // count, most, least
    std::vector<Until> moments;   // holder, last, will: one; count: one or none; first: all of them
    std::optional<Until> before;  // will; nothing: before the run is over
    std::uint32_t seeds = 0;      // seeds: how many; up to seeds_max
    std::vector<std::string> changes;  // most, least
    std::vector<std::int64_t> wrong;   // count: numbers that people are known to guess
    std::string prompt;                // instead of the usual one
};
std::optional<QuestionSpec> parse_question(std::string_view text, std::string& error);

// Whole runs in clock order, each played once.
class Runs {
public:
    // A run with more decisions than this is refused: a class does not wait for it.
    explicit Runs(std::size_t decisions_max = 200'000) : decisions_max_(decisions_max) {}
    // Null and one line in `error`: there is no such lesson, or the run is too long.
    const Timeline* of(const RunOptions& run, std::string& error);

private:
    std::size_t decisions_max_;
    std::map<std::string, std::unique_ptr<Timeline>> played_;
};

// The options with such a CHANGE; nothing and one line in `error` if it cannot be read.
std::optional<RunOptions> changed_run(const RunOptions& run, std::string_view change,
                                      std::string& error);

// What can be chosen. Its id, if it is somebody or something that one can point at.
struct Choice {
    std::string text;
    std::string note;  // how things really stand with it; may be empty
    StudentId student = StudentId::none;
    TableId table = TableId::none;
    ClipboardId clipboard = ClipboardId::none;
};

struct Question {
    std::string prompt;
    std::vector<Choice> choices;  // 2 to 6, all different, in their natural order
    std::size_t right = 0;        // which of them
    std::size_t shown_at = 0;     // how many decisions have happened when the answer is to be seen
    std::string because;          // one or two sentences, found in the run
    std::vector<ReasonLine> ladder;  // of the decision that settled it; may be empty
};

// The question as it stands after the first `position` decisions of the run. Nothing, and one line
// in `error`: it has no single right answer there, or nothing wrong to choose.
std::optional<Question> ask(const QuestionSpec& spec, const RunOptions& run, std::size_t position,
                            Runs& runs, Words words, std::string& error);

}  // namespace homeroom::sim
