// Moments worth stopping at: their words, and how they are written.
#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "sim/language.h"
#include "sim/run.h"
#include "sim/text.h"
#include "sim/until.h"

namespace homeroom::sim {

namespace {

using UntilKind = Until::Kind;
using Argument = UntilInfo::Argument;

// The order of the menus, and of Until::Kind.
constexpr UntilInfo all_conditions[] = {
    {UntilKind::steal, "steal", Argument::none, 0, "a table copies names from another clipboard",
     "a processor steals from another"},
    {UntilKind::switched, "switch", Argument::none, 0, "a table calls another student than before",
     "a thread switches to another coroutine"},
    {UntilKind::called, "run", Argument::student, 0, "{s} is called to a table", "{s} runs"},
    {UntilKind::spawned, "spawn", Argument::student, 0, "{s} comes into the class",
     "{s} is started"},
    {UntilKind::ended, "end", Argument::student, 0, "{s} has finished", "{s} ends"},
    {UntilKind::parked, "park", Argument::place, 0, "a student begins to wait",
     "a coroutine parks"},
    {UntilKind::woken, "wake", Argument::student, 0, "{s} is woken", "{s} is made ready"},
    {UntilKind::preempted, "preemption", Argument::none, 0, "a student obeys the bell",
     "a coroutine is preempted"},
    {UntilKind::bell, "bell", Argument::none, 0, "the hall monitor rings the bell",
     "the monitor asks for a preemption"},
    {UntilKind::hand_off, "hand-off", Argument::none, 0, "a table passes its clipboard on",
     "a processor is handed off"},
    {UntilKind::retake, "retake", Argument::none, 0,
     "the hall monitor takes a clipboard back from an errand",
     "the monitor retakes a processor from a blocking call"},
    {UntilKind::errand, "errand", Argument::student, 0, "{s} leaves on an errand",
     "{s} enters a blocking call"},
    {UntilKind::back, "back", Argument::student, 0, "{s} comes back from an errand",
     "{s} returns from a blocking call"},
    {UntilKind::tick, "tick", Argument::none, 0, "the bench comes first, as at every 61st call",
     "the global queue comes first, as at every 61st tick"},
    {UntilKind::overflow, "overflow", Argument::none, 0,
     "a full list moves half its names to the bench",
     "a full run queue moves half of it to the global queue"},
    {UntilKind::refill, "refill", Argument::none, 0, "a table takes several names from the bench",
     "a processor takes a batch from the global queue"},
    {UntilKind::table_wakes, "table-wake", Argument::none, 0, "a resting table is woken",
     "a resting thread is woken"},
    {UntilKind::table_rests, "rest", Argument::none, 0, "a table goes to rest", "a thread parks"},
    {UntilKind::searching, "search", Argument::none, 0, "a table begins to look round",
     "a thread begins to spin"},
    {UntilKind::teacher_moves, "teacher-move", Argument::none, 0, "a teacher goes to another table",
     "a core switches to another thread"},
    {UntilKind::class_moves, "class-move", Argument::none, 0, "a teacher goes to another class",
     "a core switches to another process"},
    {UntilKind::table_opens, "table-open", Argument::none, 0, "a new table is put up",
     "a thread is started"},
    {UntilKind::queue, "queue", Argument::more_than, 3, "more than {n} names stand on one list",
     "more than {n} coroutines are in one run queue"},
    {UntilKind::bench, "bench", Argument::more_than, 3, "more than {n} students sit on the bench",
     "more than {n} coroutines are in the global queue"},
    {UntilKind::starved, "starved", Argument::longer_than, 2'000'000,
     "a student has been ready, but not called, for more than {t}",
     "a coroutine has been ready, but not run, for more than {t}"},
    {UntilKind::reads, "read", Argument::student, 0, "{s} reads from the whiteboard",
     "{s} loads a shared variable"},
    {UntilKind::writes, "write", Argument::student, 0, "{s} writes on the whiteboard",
     "{s} stores to a shared variable"},
    {UntilKind::lost_update, "lost-update", Argument::none, 0,
     "somebody wipes out what another has just written", "an update is lost"},
    {UntilKind::race, "race", Argument::none, 0,
     "two students use one line of the whiteboard, and nothing says who is first",
     "two accesses race"},
    {UntilKind::surprise, "wrong", Argument::none, 0,
     "a number on the whiteboard is not what it should be", "an assertion fails"},
    {UntilKind::cycle, "cycle", Argument::none, 0, "students wait for each other in a circle",
     "coroutines wait for each other in a cycle"},
    {UntilKind::deadlock, "deadlock", Argument::none, 0, "nobody can ever go on",
     "the program is deadlocked"},
    {UntilKind::fault, "fault", Argument::none, 0, "somebody reaches beyond the wall of its class",
     "a thread touches memory outside of its process"},
    {UntilKind::class_ends, "class-end", Argument::none, 0, "a class ends", "a process ends"},
    {UntilKind::over, "over", Argument::none, 0, "the run is over", "the run is over"},
};

constexpr std::array<const char*, 8> places = {"",     "channel",   "lock",      "wait-group",
                                               "post", "condition", "semaphore", "alarm"};

// By their number; that of anywhere has its words in the list above.
constexpr std::array<const char*, 8> school_places = {"",
                                                      "a student begins to wait at a channel",
                                                      "a student begins to wait for a lock",
                                                      "a student begins to wait at an attendance "
                                                      "list",
                                                      "a student begins to wait for the post",
                                                      "a student begins to wait at a condition",
                                                      "a student begins to wait at a semaphore",
                                                      "a student begins to wait for an alarm "
                                                      "clock"};
constexpr std::array<const char*, 8> field_places = {"",
                                                     "a coroutine parks on a channel",
                                                     "a coroutine parks on a mutex",
                                                     "a coroutine parks on a wait group",
                                                     "a coroutine parks on the network poller",
                                                     "a coroutine parks on a condition",
                                                     "a coroutine parks on a semaphore",
                                                     "a coroutine parks on a timer"};

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
                return fail("=N: N must be the number of a student, not " + in_quotes(value));
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
            return fail("=PLACE: PLACE must be one of " + all + "not " + in_quotes(value));
        }
        case Argument::more_than: {
            const auto number = whole(value, 0, 1'000'000);
            if (sign != '>' || !number)
                return fail(">N: N must be a whole number from 0 to 1000000, not " +
                            in_quotes(value));
            until.number = *number;
            return true;
        }
        case Argument::longer_than: {
            const auto time = parse_duration(value);
            if (sign != '>' || !time)
                return fail(">TIME: TIME must be such as 500us or 2ms, not " + in_quotes(value));
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

std::span<const UntilInfo> until_infos() { return all_conditions; }

const UntilInfo& info_of(Until::Kind kind) {
    return all_conditions[static_cast<std::size_t>(kind)];
}

std::span<const char* const> until_places() { return places; }

std::optional<Until> parse_until(std::string_view text, std::string& error) {
    Until until;
    const std::size_t star = text.find('*');
    if (star != std::string_view::npos) {
        const auto times = whole(text.substr(star + 1), 1, 1'000'000);
        if (!times) {
            error = "after * must come how many times, from 1 to 1000000, not " +
                    in_quotes(text.substr(star + 1));
            return std::nullopt;
        }
        until.times = static_cast<std::uint32_t>(*times);
        text = text.substr(0, star);
    }
    const std::size_t sign = text.find_first_of("=>");
    const std::string_view name = text.substr(0, sign);
    for (const UntilInfo& info : all_conditions) {
        if (name != info.name) continue;
        until.kind = info.kind;
        const bool given = sign != std::string_view::npos;
        if (!read_argument(info, given ? text[sign] : '\0',
                           given ? text.substr(sign + 1) : std::string_view{}, until, error)) {
            return std::nullopt;
        }
        return until;
    }
    error = "unknown moment " + in_quotes(name) + "; known are ";
    for (const UntilInfo& info : all_conditions) {
        if (info.kind != all_conditions[0].kind) error += ", ";
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
    const bool school = words == Words::school;
    const char* form = school ? info.school : info.field;
    if (info.argument == Argument::place && until.number != 0)
        form = (school ? school_places : field_places)[static_cast<std::size_t>(until.number)];
    const bool of_student = info.argument == Argument::student;
    const std::string who =
        of_student && until.number != 0
            ? name_of(StudentId{static_cast<std::uint32_t>(until.number)}, words)
            : tr(school ? "a student" : "a coroutine");
    const std::string text =
        phrase(form, {{'s', who},
                      {'n', std::to_string(until.number)},
                      {'t', duration_text(static_cast<Nanoseconds>(until.number))}});
    if (until.times <= 1) return text;
    const bool english = spoken() == Language::english;
    return phrase(
        "{x}, for the {n} time",
        {{'x', text}, {'n', english ? ordinal(until.times) : std::to_string(until.times)}});
}

}  // namespace homeroom::sim
