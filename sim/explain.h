// Turns a decision into words: a sentence for the caption, and the reason card.
#pragma once

#include <string>
#include <vector>

#include "sim/glossary.h"
#include "sim/mention.h"
#include "sim/timeline.h"

namespace homeroom::sim {

struct ReasonLine {         // one rung of the ladder: what was looked at, and what was found
    std::string looked;     // "Top line of my clipboard"
    std::string found;      // "empty", "3 names", …
    bool decisive = false;  // this one settled it
    bool skipped = false;   // would have come later, but was no longer needed
};

// Somebody who was ready as well, and why somebody else came first.
struct Alternative {
    std::string who;      // "student 4, first of 3 names on clipboard 1"
    std::string why_not;  // "the top line comes before the names"
};

struct Reason {
    std::string caption;      // one sentence: what just happened and why
    std::string rule;         // name of the rule: "Every 61st call looks at the bench first"
    std::string go_function;  // "runtime.findRunnable", "runtime.runqsteal", …
    std::string fidelity;     // "as in Go 1.27" or "simplified: …"
    bool simplified = false;  // not quite as in Go: `fidelity` says how
    std::vector<ReasonLine> ladder;
    std::vector<Alternative> alternatives;  // whom else it could have been, when somebody is called
};

// Whether names in the texts carry marks, so that they can become links (mention.h).
enum class Names : std::uint8_t { plain, marked };

// `before` is the school just before decision k: school_after_decision(k - 1), or school_at(0). The
// details of decision k may already be in it.
Reason explain(const Timeline& timeline, std::size_t k, const School& before, Words words,
               Names names = Names::plain);

// A line of the source, without its folder: "two_pens.h:24".
std::string place_text(const Place& place);

// One line of text: time, who, what, and why. describe_fully adds the ladder below it, indented, a
// line each: "> " marks what was decisive, "- " what was no longer needed. Without a newline at the
// end.
std::string describe(const Timeline& timeline, std::size_t k, const School& before, Words words);
std::string describe_fully(const Timeline& timeline, std::size_t k, const School& before,
                           Words words);

}  // namespace homeroom::sim
