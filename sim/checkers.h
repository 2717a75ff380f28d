// What must be true of a school at every step. A search runs them beside the scheduler: most broken
// schedulers do not crash, they only lose a core or call somebody twice.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/rules.h"
#include "sim/school.h"
#include "sim/step.h"

namespace homeroom::sim {

struct CheckLimits {
    Rules rules{};  // which promises hold: without stealing or waking, tables may rest beside
                    // waiting names

    // How long a name may wait while a clipboard lies idle, nobody searches, nobody is on the way,
    // and nobody who put a name into a queue has yet to say whom that woke. In theory not at all; 1
    // ms forgives what the steps do not tell, and is short beside the time slices that a lost core
    // costs.
    Nanoseconds unserved_ns_max = 1'000'000;

    // How long a ready student may wait for its call; 0: any time. A lesson knows its own bound.
    Nanoseconds ready_ns_max = 0;
};

// For runs whose steps come in their true order (the model world). The rules:
//   places        every student is in exactly one place, and takes only steps that its place
//   allows:
//                 only a ready student is called, only a waiting one is readied, nobody twice
//   clipboards    a clipboard has one holder, and a table that teaches holds one; hence at most P
//                 tables teach
//   order         the names of a clipboard are called in the order in which they were written down
//   no lost core  no clipboard lies idle while a name waits and nobody searches or is being woken
//   bounded wait  every ready student is called within a bound
class Checkers {
public:
    explicit Checkers(CheckLimits limits = {});

    // `after` is the school with `step` folded in. False when a rule is broken (and from then on).
    bool see(const Step& step, const School& after);

    // When the run is over. False when a rule is broken, or was.
    bool end(const School& last, Ending ending);

    // "" or the first violation: "step 812, 1.203 ms: student 4 was called by table 2 while …".
    const std::string& violation() const { return violation_; }

private:
    struct Seen {
        Student::State state = Student::State::nowhere;
        TableId table = TableId::none;
        ClipboardId clipboard = ClipboardId::none;
        bool known = false, spawned = false;
        std::uint64_t place_in_line = 0;  // when it was written among the names
    };

    bool fail(const School& after, const std::string& what);
    bool check_student(const Step& step, const School& after);
    bool check_clipboards(const Step& step, const School& after);
    bool check_lost_core(const School& after);
    bool check_waits(const School& after);
    void remember(const Step& step, const School& after);

    CheckLimits limits_;
    std::string violation_;
    std::vector<Seen> students_;         // index: id - 1; as they were before the present step
    std::vector<TableId> holders_;       // of each clipboard, before the present step
    std::vector<std::uint64_t> served_;  // of each clipboard: place in line of the name called last
    std::uint64_t next_place_ = 1;
    std::vector<TableId> being_woken_;  // woken or started, and not yet heard of
    std::vector<TableId> in_the_act_;   // their last word was about a queue: more must follow
    Nanoseconds unserved_since_ =
        -1;  // since when names wait for an idle clipboard; -1: they do not
    std::uint64_t census_every_ = 1;
};

// Counts everybody: "" when each student stands in exactly the place that its state names, else the
// first that does not. O(students).
std::string census(const School& school);

}  // namespace homeroom::sim
