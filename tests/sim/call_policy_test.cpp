// Tests of the simple policies that calls are compared with.
#include "sim/teach/call_policy.h"

#include <doctest/doctest.h>

#include <vector>

#include "sim/teach/measures.h"
#include "sim/teach/question.h"
#include "tests/sim/run_of.h"

namespace homeroom::sim {
namespace {

// At every call of the run where several were ready.
template <class F>
int at_each_choice(const RunOptions& run, F f) {
    Runs runs;
    std::string error;
    const Timeline* film = runs.of(run, error);
    REQUIRE(film != nullptr);
    int choices = 0;
    for (std::size_t k = 0; k < film->decisions(); ++k) {
        const Step& step = film->step(film->step_of_decision(k));
        if (step.event.kind != EventKind::ran) continue;
        const School before = school_at_position(*film, k);
        std::vector<StudentId> ready;
        for (std::size_t i = 0; i < before.students.size(); ++i)
            if (before.students[i].ready()) ready.push_back(before.students[i].id);
        if (ready.size() < 2) continue;
        ++choices;
        f(before, ready);
    }
    return choices;
}

TEST_CASE("each policy calls somebody, and nobody who is worse by its measure") {
    const int choices = at_each_choice(run_of("stealing teachers=2 clipboards=2 students=10"),
                                       [](const School& now, const auto& ready) {
                                           for (const CallPolicy policy : call_policies) {
                                               std::vector<StudentId> called;
                                               for (const StudentId id : ready)
                                                   if (would_call(policy, now, ready, id))
                                                       called.push_back(id);
                                               REQUIRE_FALSE(called.empty());
                                               for (const StudentId id : ready) {
                                                   const Student &one = *now.find(id),
                                                                 &best = *now.find(called.front());
                                                   if (policy == CallPolicy::longest_wait)
                                                       CHECK(one.ready_since >= best.ready_since);
                                                   if (policy == CallPolicy::last_come)
                                                       CHECK(one.ready_since <= best.ready_since);
                                                   if (policy == CallPolicy::least_taught)
                                                       CHECK(one.taught_ns >= best.taught_ns);
                                               }
                                           }
                                       });
    CHECK(choices > 5);
}

TEST_CASE("who came first and who came last differ, once two came at different times") {
    int differ = 0;
    at_each_choice(run_of("more-students teachers=1 clipboards=1 students=6"),
                   [&](const School& now, const auto& ready) {
                       for (const StudentId id : ready)
                           differ += would_call(CallPolicy::longest_wait, now, ready, id) !=
                                     would_call(CallPolicy::last_come, now, ready, id);
                   });
    CHECK(differ > 0);
}

}  // namespace
}  // namespace homeroom::sim
