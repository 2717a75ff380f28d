// When a run shows a classic misconception. The thresholds are picked: below them it may be chance.
#include "app/keep/alarms.h"

#include <algorithm>

#include "sim/language.h"

namespace homeroom::app {
namespace {

constexpr std::size_t ready_per_clipboard = 4, queue_at_lock = 3;
constexpr std::uint64_t calls_of_a_storm = 20;

}  // namespace

namespace {

// What is wrong, or needlessly slow, about the locks beside the lines of the whiteboard.
void find_at_whiteboard(const sim::School& school, bool field, std::vector<Alarm>& found) {
    using sim::phrase;
    const sim::Words words = field ? sim::Words::field : sim::Words::school;
    for (const sim::Thing& line : school.things) {
        if (line.kind != sim::Thing::Kind::variable || line.gone) continue;
        if (line.races > 0 && found.empty()) {
            found.push_back(
                {"race",
                 phrase(field ? "{x} is used by coroutines that nothing orders: a data race, even "
                                "when the value comes out right."
                              : "{x} is used by students, and nothing says who comes first: a "
                                "race, even when the number comes out right.",
                        {{'x', line.name}}),
                 "two-pens"});
        }
        const sim::Thing* lock = school.find_thing(line.guard);
        if (lock == nullptr || lock->queue.empty()) continue;
        for (const sim::Thing& other : school.things) {
            if (other.id <= line.id || other.guard != line.guard || other.gone) continue;
            found.push_back(
                {"two-boards",
                 phrase(field ? "{t} protects {x} and {y}: who wants one waits for those who use "
                                "the other."
                              : "{t} hangs beside {x} and {y}: who wants one line waits for those "
                                "at the other.",
                        {{'t', name_of_object(school, lock->id, words)},
                         {'x', line.name},
                         {'y', other.name}}),
                 "the-lock"});
            return;
        }
    }
}

}  // namespace

std::vector<Alarm> alarms_of(const sim::RunOptions& run, const sim::School& school,
                             sim::Words words) {
    using sim::phrase;
    const bool field = words == sim::Words::field;
    std::vector<Alarm> found;
    std::size_t ready = 0, living = 0;
    for (const sim::Student& student : school.students) {
        if (student.id == sim::StudentId::none) continue;
        ready += student.ready() ? 1u : 0u;
        living += student.state != sim::Student::State::gone ? 1u : 0u;
    }
    find_at_whiteboard(school, field, found);
    for (const sim::Thing& thing : school.things) {
        const bool lock = thing.kind == sim::Thing::Kind::lock && !thing.gone;
        if (!lock || thing.queue.size() < queue_at_lock || thing.queue.size() * 2 < living)
            continue;
        found.push_back(
            {"one-lock",
             phrase(field ? "{n} of {m} coroutines wait for {t}: it makes one after another of "
                            "what could be at once."
                          : "{n} of {m} students wait for {t}: it makes one after another of what "
                            "could be at once.",
                    {{'n', std::to_string(thing.queue.size())},
                     {'m', std::to_string(living)},
                     {'t', name_of_object(school, thing.id, words)}}),
             "the-key"});
        break;
    }
    const sim::Counters& c = school.counters;
    if (c.calls >= calls_of_a_storm && c.yields * 2 > c.calls) {
        found.push_back(
            {"yields",
             phrase(field ? "{n} of {m} runs ended with a yield: the switches cost time, and who "
                            "yields does not get ahead by it."
                          : "{n} of {m} calls ended by giving way: the changes cost time, and who "
                            "gives way does not get ahead by it.",
                    {{'n', std::to_string(c.yields)}, {'m', std::to_string(c.calls)}}),
             "who-is-next"});
    }
    if (run.clipboards > run.teachers) {
        found.push_back(
            {"a-permit",
             phrase(field
                        ? "There are {n} processors (P) and {m} cores: a P is the right to run, "
                          "and runs nothing."
                        : "There are {n} clipboards and {m} teachers: a clipboard is the right to "
                          "call, and teaches nobody.",
                    {{'n', std::to_string(run.clipboards)}, {'m', std::to_string(run.teachers)}}),
             "a-permit"});
    }
    if (ready >= ready_per_clipboard * run.clipboards) {
        found.push_back(
            {"more-students",
             phrase(field ? "{n} coroutines are runnable, and at most {m} run: more of them do not "
                            "make it faster."
                          : "{n} students are ready, and at most {m} are taught: more of them do "
                            "not make it faster.",
                    {{'n', std::to_string(ready)},
                     {'m', std::to_string(std::min(run.clipboards, run.teachers))}}),
             "more-students"});
    }
    return found;
}

}  // namespace homeroom::app
