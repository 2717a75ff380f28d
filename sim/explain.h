// Turns a decision into words: a sentence for the caption, and the reason card.
#pragma once

#include <string>
#include <vector>

#include "sim/glossary.h"
#include "sim/timeline.h"

namespace homeroom::sim {

struct ReasonLine {         // one rung of the ladder: what was looked at, and what was found
    std::string looked;     // "Top line of my clipboard"
    std::string found;      // "empty", "3 names", …
    bool decisive = false;  // this one settled it
    bool skipped = false;   // would have come later, but was no longer needed
};

struct Reason {
    std::string caption;      // one sentence: what just happened and why
    std::string rule;         // name of the rule: "Every 61st call looks at the bench first"
    std::string go_function;  // "runtime.findRunnable", "runtime.runqsteal", …
    std::string fidelity;     // "as in Go 1.27" or "simplified: …"
    std::vector<ReasonLine> ladder;
};

// `before` is the school just before decision k: school_after_decision(k - 1), or school_at(0). The
// details of decision k may already be in it.
Reason explain(const Timeline& timeline, std::size_t k, const School& before, Words words);

// One line of text: time, who, what, and why. describe_fully adds the ladder below it, indented, a
// line each: "> " marks what was decisive, "- " what was no longer needed. Without a newline at the
// end.
std::string describe(const Timeline& timeline, std::size_t k, const School& before, Words words);
std::string describe_fully(const Timeline& timeline, std::size_t k, const School& before,
                           Words words);

}  // namespace homeroom::sim
