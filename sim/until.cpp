// Moments worth stopping at: their words, and where in a run they come.
#include "sim/until.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "sim/run.h"
#include "sim/wait_cycle.h"

namespace homeroom::sim {

namespace {

using Kind = Until::Kind;
using Argument = UntilInfo::Argument;

// The order of the menus, and of Until::Kind.
constexpr UntilInfo infos[] = {
    {Kind::steal, "steal", Argument::none, 0, "a table copies names from another clipboard",
     "a processor steals from another"},
    {Kind::switched, "switch", Argument::none, 0, "a table calls another student than before",
     "a thread switches to another coroutine"},
    {Kind::called, "run", Argument::student, 0, "is called to a table", "runs"},
    {Kind::spawned, "spawn", Argument::student, 0, "comes into the class", "is started"},
    {Kind::ended, "end", Argument::student, 0, "has finished", "ends"},
    {Kind::parked, "park", Argument::place, 0, "a student begins to wait", "a coroutine parks"},
    {Kind::woken, "wake", Argument::student, 0, "is woken", "is made ready"},
    {Kind::preempted, "preemption", Argument::none, 0, "a student obeys the bell",
     "a coroutine is preempted"},
    {Kind::bell, "bell", Argument::none, 0, "the hall monitor rings the bell",
     "the monitor asks for a preemption"},
    {Kind::hand_off, "hand-off", Argument::none, 0, "a table passes its clipboard on",
     "a processor is handed off"},
    {Kind::retake, "retake", Argument::none, 0,
     "the hall monitor takes a clipboard back from an errand",
     "the monitor retakes a processor from a blocking call"},
    {Kind::errand, "errand", Argument::student, 0, "leaves on an errand", "enters a blocking call"},
    {Kind::back, "back", Argument::student, 0, "comes back from an errand",
     "returns from a blocking call"},
    {Kind::tick, "tick", Argument::none, 0, "the bench comes first, as at every 61st call",
     "the global queue comes first, as at every 61st tick"},
    {Kind::overflow, "overflow", Argument::none, 0, "a full list moves half its names to the bench",
     "a full run queue moves half of it to the global queue"},
    {Kind::refill, "refill", Argument::none, 0, "a table takes several names from the bench",
     "a processor takes a batch from the global queue"},
    {Kind::table_wakes, "table-wake", Argument::none, 0, "a resting table is woken",
     "a resting thread is woken"},
    {Kind::table_rests, "rest", Argument::none, 0, "a table goes to rest", "a thread parks"},
    {Kind::searching, "search", Argument::none, 0, "a table begins to look round",
     "a thread begins to spin"},
    {Kind::teacher_moves, "teacher-move", Argument::none, 0, "a teacher goes to another table",
     "a core switches to another thread"},
    {Kind::queue, "queue", Argument::more_than, 3, "names stand on one list",
     "coroutines are in one run queue"},
    {Kind::bench, "bench", Argument::more_than, 3, "students sit on the bench",
     "coroutines are in the global queue"},
    {Kind::starved, "starved", Argument::longer_than, 2'000'000,
     "a student has been ready, but not called, for",
     "a coroutine has been ready, but not run, for"},
    {Kind::reads, "read", Argument::student, 0, "reads from the whiteboard",
     "loads a shared variable"},
    {Kind::writes, "write", Argument::student, 0, "writes on the whiteboard",
     "stores to a shared variable"},
    {Kind::lost_update, "lost-update", Argument::none, 0,
     "somebody wipes out what another has just written", "an update is lost"},
    {Kind::race, "race", Argument::none, 0,
     "two students use one line of the whiteboard, and nothing says who is first",
     "two accesses race"},
    {Kind::surprise, "wrong", Argument::none, 0,
     "a number on the whiteboard is not what it should be", "an assertion fails"},
    {Kind::cycle, "cycle", Argument::none, 0, "students wait for each other in a circle",
     "coroutines wait for each other in a cycle"},
    {Kind::deadlock, "deadlock", Argument::none, 0, "nobody can ever go on",
     "the program is deadlocked"},
    {Kind::over, "over", Argument::none, 0, "the run is over", "the run is over"},
};

constexpr std::array<const char*, 8> places = {"",     "channel",   "lock",      "wait-group",
                                               "post", "condition", "semaphore", "alarm"};

std::size_t place_of(WaitReason reason) {
    switch (reason) {
        case WaitReason::none:
            return 0;
        case WaitReason::mutex:
        case WaitReason::rw_mutex_read:
        case WaitReason::rw_mutex_write:
            return 2;
        case WaitReason::wait_group:
            return 3;
        case WaitReason::io:
            return 4;
        case WaitReason::condition:
            return 5;
        case WaitReason::semaphore:
            return 6;
        case WaitReason::sleep:
        case WaitReason::timer:
            return 7;
        default:
            return 1;
    }
}

const char* words_of_place(std::uint64_t place, Words words) {
    constexpr std::array<const char*, 8> school = {"",
                                                   "at a channel",
                                                   "for a lock",
                                                   "at an attendance list",
                                                   "for the post",
                                                   "at a condition",
                                                   "at a semaphore",
                                                   "for an alarm clock"};
    constexpr std::array<const char*, 8> field = {"",
                                                  "on a channel",
                                                  "on a mutex",
                                                  "on a wait group",
                                                  "on the network poller",
                                                  "on a condition",
                                                  "on a semaphore",
                                                  "on a timer"};
    return (words == Words::school ? school : field)[static_cast<std::size_t>(place)];
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

std::optional<std::uint64_t> whole(std::string_view text, std::uint64_t low, std::uint64_t high) {
    std::uint64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size() || text.empty() || value < low ||
        value > high) {
        return std::nullopt;
    }
    return value;
}

bool read_argument(const UntilInfo& info, char sign, std::string_view value, Until& until,
                   std::string& error) {
    const std::string name = info.name;
    auto fail = [&](const std::string& form) {
        error = name + form;
        return false;
    };
    switch (info.argument) {
        case Argument::none:
            if (sign != 0) return fail(" takes no number");
            return true;
        case Argument::student: {
            if (sign == 0) return true;
            const auto number = whole(value, 1, std::numeric_limits<std::uint32_t>::max());
            if (sign != '=' || !number)
                return fail("=N: N must be the number of a student, not " + quoted(value));
            until.number = *number;
            return true;
        }
        case Argument::place: {
            if (sign == 0) return true;
            const auto place = std::find(places.begin() + 1, places.end(), value);
            if (sign == '=' && place != places.end()) {
                until.number = static_cast<std::uint64_t>(place - places.begin());
                return true;
            }
            std::string all;
            for (std::size_t i = 1; i < places.size(); ++i) all += std::string(places[i]) + ", ";
            return fail("=PLACE: PLACE must be one of " + all + "not " + quoted(value));
        }
        case Argument::more_than: {
            const auto number = whole(value, 0, 1'000'000);
            if (sign != '>' || !number)
                return fail(">N: N must be a whole number from 0 to 1000000, not " + quoted(value));
            until.number = *number;
            return true;
        }
        case Argument::longer_than: {
            const auto time = parse_duration(value);
            if (sign != '>' || !time)
                return fail(">TIME: TIME must be such as 500us or 2ms, not " + quoted(value));
            until.number = static_cast<std::uint64_t>(*time);
            return true;
        }
    }
    return false;
}

std::string ordinal(std::uint32_t number) {
    const std::uint32_t tens = number % 100, ones = number % 10;
    const char* end = tens >= 11 && tens <= 13 ? "th"
                      : ones == 1              ? "st"
                      : ones == 2              ? "nd"
                      : ones == 3              ? "rd"
                                               : "th";
    return std::to_string(number) + end;
}

}  // namespace

std::span<const UntilInfo> until_infos() { return infos; }

const UntilInfo& info_of(Until::Kind kind) { return infos[static_cast<std::size_t>(kind)]; }

std::span<const char* const> until_places() { return places; }

std::optional<Until> parse_until(std::string_view text, std::string& error) {
    Until until;
    const std::size_t star = text.find('*');
    if (star != std::string_view::npos) {
        const auto times = whole(text.substr(star + 1), 1, 1'000'000);
        if (!times) {
            error = "after * must come how many times, from 1 to 1000000, not " +
                    quoted(text.substr(star + 1));
            return std::nullopt;
        }
        until.times = static_cast<std::uint32_t>(*times);
        text = text.substr(0, star);
    }
    const std::size_t sign = text.find_first_of("=>");
    const std::string_view name = text.substr(0, sign);
    for (const UntilInfo& info : infos) {
        if (name != info.name) continue;
        until.kind = info.kind;
        const bool given = sign != std::string_view::npos;
        if (!read_argument(info, given ? text[sign] : '\0',
                           given ? text.substr(sign + 1) : std::string_view{}, until, error)) {
            return std::nullopt;
        }
        return until;
    }
    error = "unknown moment " + quoted(name) + "; known are ";
    for (const UntilInfo& info : infos) {
        if (info.kind != infos[0].kind) error += ", ";
        error += info.name;
        if (info.argument == Argument::more_than) error += ">N";
        if (info.argument == Argument::longer_than) error += ">TIME";
    }
    return std::nullopt;
}

std::string to_string(const Until& until) {
    const UntilInfo& info = info_of(until.kind);
    std::string text = info.name;
    if (info.argument == Argument::student && until.number != 0)
        text += "=" + std::to_string(until.number);
    if (info.argument == Argument::place && until.number != 0)
        text += "=" + std::string(places[static_cast<std::size_t>(until.number)]);
    if (info.argument == Argument::more_than) text += ">" + std::to_string(until.number);
    if (info.argument == Argument::longer_than)
        text += ">" + duration_to_string(static_cast<std::int64_t>(until.number));
    if (until.times > 1) text += "*" + std::to_string(until.times);
    return text;
}

std::string words_of(const Until& until, Words words) {
    const UntilInfo& info = info_of(until.kind);
    std::string text = words == Words::school ? info.school : info.field;
    if (info.argument == Argument::student) {
        const auto id = StudentId{static_cast<std::uint32_t>(until.number)};
        const char* anybody = words == Words::school ? "a student" : "a coroutine";
        text = (until.number == 0 ? std::string(anybody) : name_of(id, words)) + " " + text;
    }
    if (info.argument == Argument::place && until.number != 0)
        text += std::string(" ") + words_of_place(until.number, words);
    if (info.argument == Argument::more_than)
        text = "more than " + std::to_string(until.number) + " " + text;
    if (info.argument == Argument::longer_than)
        text += " more than " + duration_text(static_cast<Nanoseconds>(until.number));
    if (until.times > 1) text += ", for the " + ordinal(until.times) + " time";
    return text;
}

UntilSearch::UntilSearch(const Until& until, const Timeline& timeline, std::size_t from)
    : until_(until), next_(std::min(from, timeline.decisions())), left_(until.times) {
    folded_ = next_ == 0 ? 0 : timeline.decision_end(next_ - 1);
    school_ = timeline.school_at(folded_);
    held_ = holds(school_);
}

std::optional<std::size_t> UntilSearch::go_on(const Timeline& timeline, bool over,
                                              std::size_t most) {
    const std::size_t complete =
        over || timeline.decisions() == 0 ? timeline.decisions() : timeline.decisions() - 1;
    for (; next_ < complete && most > 0; --most) {
        const std::size_t at = timeline.step_of_decision(next_);
        while (folded_ < at) school_.fold(timeline.step(folded_++));
        const Counters before = school_.counters;
        while (folded_ < timeline.decision_end(next_)) school_.fold(timeline.step(folded_++));
        const bool held = held_;
        held_ = holds(school_);
        ++next_;
        if (!happens(timeline.step(at), before) && !(held_ && !held)) continue;
        if (--left_ == 0) return next_;
    }
    return std::nullopt;
}

bool UntilSearch::happens(const Step& step, const Counters& before) const {
    const Event& event = step.event;
    const bool of_whom = until_.number == 0 || event.g == until_.number;
    const Counters& after = school_.counters;
    switch (until_.kind) {
        case Kind::steal:
            return event.kind == EventKind::stole;
        case Kind::switched:
            return event.kind == EventKind::ran && after.student_switches > before.student_switches;
        case Kind::called:
            return event.kind == EventKind::ran && after.calls > before.calls && of_whom;
        case Kind::spawned:
            return event.kind == EventKind::spawned && of_whom;
        case Kind::ended:
            return event.kind == EventKind::ended && of_whom;
        case Kind::parked:
            return event.kind == EventKind::parked &&
                   (until_.number == 0 || place_of(wait_reason_of(event.arg)) == until_.number);
        case Kind::woken:
            return event.kind == EventKind::readied && of_whom;
        case Kind::preempted:
            return event.kind == EventKind::preempted;
        case Kind::bell:
            return event.kind == EventKind::preempt_asked;
        case Kind::hand_off:
            return event.kind == EventKind::handed_off;
        case Kind::retake:
            return event.kind == EventKind::retaken;
        case Kind::errand:
            return event.kind == EventKind::blocked && of_whom;
        case Kind::back:
            return event.kind == EventKind::unblocked && of_whom;
        case Kind::tick:
            return event.kind == EventKind::ran && source_of(event.arg) == Source::global_tick;
        case Kind::overflow:
            return event.kind == EventKind::overflowed;
        case Kind::refill:
            return event.kind == EventKind::refilled;
        case Kind::table_wakes:
            return event.kind == EventKind::machine_woken;
        case Kind::table_rests:
            return event.kind == EventKind::machine_parked;
        case Kind::searching:
            return event.kind == EventKind::spinning_began;
        case Kind::teacher_moves:
            return event.kind == EventKind::seated &&
                   after.teacher_switches > before.teacher_switches;
        case Kind::reads:
            return event.kind == EventKind::read && of_whom;
        case Kind::writes:
            return event.kind == EventKind::wrote && of_whom;
        case Kind::lost_update:
            return after.lost_updates > before.lost_updates;
        case Kind::race:
            return step.races_with != 0;
        case Kind::surprise:
            return after.surprises > before.surprises;
        case Kind::deadlock:
            return event.kind == EventKind::deadlocked;
        case Kind::over:
            return event.kind == EventKind::finished || event.kind == EventKind::deadlocked ||
                   event.kind == EventKind::crashed;
        case Kind::queue:
        case Kind::bench:
        case Kind::starved:
        case Kind::cycle:
            return false;
    }
    return false;
}

bool UntilSearch::holds(const School& school) {
    if (until_.kind == Kind::bench) return school.bench.size() > until_.number;
    if (until_.kind == Kind::queue) {
        return std::any_of(
            school.clipboards.begin(), school.clipboards.end(),
            [this](const Clipboard& clipboard) { return clipboard.names.size() > until_.number; });
    }
    if (until_.kind == Kind::cycle) return !wait_cycle(school).empty();
    if (until_.kind != Kind::starved) return false;
    // Who becomes ready later has waited for less, so the moment since when the first of them
    // waits only grows: there is no need to look at everybody before it can be long enough.
    const auto longest = static_cast<Nanoseconds>(until_.number);
    if (ready_since_ >= 0 && school.time - ready_since_ <= longest) return false;
    ready_since_ = school.time;
    for (const Student& student : school.students) {
        if (student.id != StudentId::none && student.ready())
            ready_since_ = std::min(ready_since_, student.ready_since);
    }
    return school.time - ready_since_ > longest;
}

std::optional<std::size_t> find_until(const Timeline& timeline, const Until& until,
                                      std::size_t from) {
    UntilSearch search(until, timeline, from);
    return search.go_on(timeline, true);
}

}  // namespace homeroom::sim
