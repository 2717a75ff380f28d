// The ladder of a search for work: each rung of find_runnable (runtime/search.h) that was looked
// at.
#include <algorithm>

#include "sim/ladder_parts.h"
#include "sim/language.h"

namespace homeroom::sim {

namespace {

// Decisions that a table makes in the midst of one search for work.
bool within_search(EventKind kind) {
    switch (kind) {
        case EventKind::spinning_began:
        case EventKind::spinning_ended:
        case EventKind::stole:
        case EventKind::refilled:
        case EventKind::processor_acquired:
        case EventKind::processor_released:
        case EventKind::timer_fired:
        case EventKind::readied:
        case EventKind::machine_woken:
        case EventKind::machine_started:
        case EventKind::seated:
        case EventKind::unseated:
            return true;
        default:
            return false;
    }
}

bool is_wake_look(std::uint32_t arg) {
    return look_of(arg) == Look::searchers || look_of(arg) == Look::idle;
}

// The rungs of a search in their order, as far as they are not looked at by name.
enum class Rung : std::uint8_t { top_line, names, bench, others };

std::string rung_text(const Moment& m, Rung rung) {
    switch (rung) {
        case Rung::top_line:
            return m.say("Top line of my clipboard", "Next slot");
        case Rung::names:
            return m.say("Names on my clipboard", "Own run queue");
        case Rung::bench:
            return m.bench("Bench by the door", "Global queue");
        case Rung::others:
            return m.say("Other clipboards", "Other processors' queues");
    }
    return "";
}

void skip_from(const Moment& m, Lines& lines, Rung first) {
    for (Rung rung : {Rung::top_line, Rung::names, Rung::bench, Rung::others}) {
        if (rung >= first) skip(lines, rung_text(m, rung));
    }
}

std::string names_found(const Moment& m, std::uint32_t found) {
    if (found == 0) return m.say("none", "empty");
    return m.words == Words::school ? counted(found, "name", "names") : std::to_string(found);
}

std::string with_number(const Moment& m, const char* school, const char* field,
                        std::size_t number) {
    Moment told = m;
    told.names['n'] = std::to_string(number);
    return told.say(school, field);
}

std::string took(const Moment& m, std::uint32_t found) {
    Moment told = m;
    told.names['n'] = names_found(m, found);
    return told.say("took {n}", "took {n}");
}

std::string list_of_clipboards(const Moment& m, const std::vector<std::uint32_t>& victims) {
    if (victims.size() == 1 && m.words == Words::school)
        return capital(m.name(ClipboardId{static_cast<std::uint16_t>(victims[0])}));
    std::string list = m.say(victims.size() == 1 ? "Clipboard " : "Clipboards ", "Queue of ");
    for (std::size_t i = 0; i < victims.size(); ++i) {
        if (i > 0) list += ", ";
        list += m.meant({Mention::Kind::clipboard, victims[i]},
                        (m.words == Words::school ? "" : "P") + std::to_string(victims[i]));
    }
    return list;
}

// How the search ended, for marking the decisive rung.
struct Outcome {
    bool by_tick = false, by_next = false, by_local = false, by_global = false, by_network = false,
         by_theft = false;
};

Outcome outcome_of(const Moment& m) {
    Outcome outcome;
    if (m.event().kind == EventKind::stole) outcome.by_theft = true;
    if (m.event().kind == EventKind::refilled) outcome.by_global = true;
    if (m.event().kind == EventKind::spinning_ended && m.event().arg == 1) outcome.by_theft = true;
    if (m.event().kind != EventKind::ran) return outcome;
    switch (source_of(m.event().arg)) {
        case Source::next:
            outcome.by_next = true;
            break;
        case Source::local:
            outcome.by_local = true;
            break;
        case Source::global_tick:
            outcome.by_tick = true;
            break;
        case Source::global:
            outcome.by_global = true;
            break;
        case Source::network:
            outcome.by_network = true;
            break;
        case Source::stolen:
            outcome.by_theft = true;
            break;
        default:
            break;
    }
    return outcome;
}

std::string tick_found(const Moment& m, std::uint32_t phase, bool decisive) {
    if (phase != 0) {
        Moment told = m;
        told.names['n'] = counted(phase, "call", "calls");
        told.names['m'] = std::to_string(phase);
        return told.say("no: it was {n} ago", "no: it is {m}");
    }
    return decisive ? m.say("yes, and somebody sits there", "yes, and it is not empty")
                    : m.say("yes, but nobody sits there", "yes, but it is empty");
}

}  // namespace

Lines search_ladder(const Moment& m) {
    Lines lines;
    const Outcome outcome = outcome_of(m);
    std::vector<std::uint32_t> empty_victims;
    auto flush_victims = [&] {
        if (empty_victims.empty()) return;
        add(lines, list_of_clipboards(m, empty_victims), m.say("no names", "empty"));
        empty_victims.clear();
    };
    bool saw_global = false, saw_tick = false;
    for (std::size_t i : search_looks(m)) {
        const std::uint32_t arg = m.timeline.step(i).event.arg;
        const std::uint32_t found = look_found(arg), victim = look_victim(arg);
        if (look_of(arg) != Look::victim || found != 0) flush_victims();
        switch (look_of(arg)) {
            case Look::tick:
                saw_tick = true;
                add(lines,
                    m.say("Is it the bench's turn?", "Global queue first (schedtick % 61 == 0)?"),
                    tick_found(m, found, outcome.by_tick), outcome.by_tick);
                break;
            case Look::timers:
                add(lines, m.say("Alarm clocks of my clipboard", "Timers of this processor"),
                    found == 0 ? m.say("none is due", "none is due")
                               : with_number(m, "{n} rang", "{n} rang", found));
                break;
            case Look::next:
                add(lines, rung_text(m, Rung::top_line),
                    found ? (outcome.by_next ? m.name(m.step.student()) : m.say("a name", "one"))
                          : m.say("empty", "empty"),
                    outcome.by_next && found);
                break;
            case Look::local:
                add(lines, rung_text(m, Rung::names), names_found(m, found),
                    outcome.by_local && found);
                break;
            case Look::global:
                saw_global = true;
                add(lines, rung_text(m, Rung::bench),
                    found == 0                 ? m.say("nobody", "empty")
                    : m.words == Words::school ? counted(found, "student", "students")
                                               : std::to_string(found),
                    outcome.by_global && found);
                break;
            case Look::network:
                add(lines, m.say("Is there post?", "Network poller"),
                    found ? m.say("yes", "somebody is ready") : m.say("none", "nobody is ready"),
                    outcome.by_network && found);
                break;
            case Look::may_spin:
                add(lines,
                    m.say("May I look round (at most half as many as are busy)?",
                          "May it spin (at most half as many as are busy)?"),
                    found ? m.say("yes", "yes") : m.say("no, others do already", "no"));
                break;
            case Look::victim:
                if (found == 0) {
                    if (std::find(empty_victims.begin(), empty_victims.end(), victim) ==
                        empty_victims.end()) {
                        empty_victims.push_back(victim);
                    }
                } else {
                    add(lines, list_of_clipboards(m, {victim}), took(m, found), outcome.by_theft);
                }
                break;
            case Look::victim_next:
                add(lines,
                    m.say("Top line of ", "Next slot of ") +
                        m.name(ClipboardId{static_cast<std::uint16_t>(victim)}),
                    found ? m.say("took the name", "taken") : m.say("empty", "empty"),
                    outcome.by_theft && found);
                break;
            case Look::recheck:
                add(lines, m.say("A last look at everything", "Last look at all queues"),
                    found ? m.say("a name after all", "work after all")
                          : m.say("nothing", "nothing"));
                break;
            case Look::searchers:
            case Look::idle:
                break;
        }
    }
    flush_victims();
    if (outcome.by_next) {
        add(lines, m.say("Whose time slice is it?", "Time slice"),
            inherits_slice(m.event().arg) ? m.say("what is left of the last one's", "inherited")
                                          : m.say("a new one", "a new one"));
    }
    const bool settled = std::any_of(lines.begin(), lines.end(),
                                     [](const ReasonLine& line) { return line.decisive; });
    if (outcome.by_theft && !settled && !lines.empty()) {
        lines.back().decisive = true;  // it found its own, after ringing another's alarm clocks
    }
    // The look at the global queue is told only when it was taken from in bulk.
    if (outcome.by_global && !saw_global) {
        add(lines, rung_text(m, Rung::bench), m.name(m.step.student()), true);
    }
    if (outcome.by_tick) {
        if (!saw_tick)
            add(lines, m.say("Is it the bench's turn?", "Global queue first?"), tr("yes"), true);
        skip_from(m, lines, Rung::top_line);
    }
    if (outcome.by_next) skip_from(m, lines, Rung::names);
    if (outcome.by_local) skip_from(m, lines, Rung::bench);
    if (outcome.by_global) skip_from(m, lines, Rung::others);
    return lines;
}

std::vector<std::size_t> search_looks(const Moment& m) {
    std::vector<std::size_t> looks;  // newest first until they are turned round
    for (std::size_t i = m.timeline.step_of_decision(m.k); i-- > 0;) {
        const Step& earlier = m.timeline.step(i);
        if (earlier.table != m.step.table) continue;
        if (earlier.is_decision()) {
            if (!within_search(earlier.event.kind)) break;
            continue;
        }
        if (earlier.event.kind != EventKind::looked || is_wake_look(earlier.event.arg)) continue;
        looks.push_back(i);
        // A search begins with the tick; whatever came before belongs to an earlier pass.
        if (look_of(earlier.event.arg) == Look::tick) break;
    }
    std::reverse(looks.begin(), looks.end());
    return looks;
}

std::size_t names_before_theft(const Moment& m) {
    const Clipboard* victim =
        m.before.find(ClipboardId{static_cast<std::uint16_t>(stole_victim(m.event().arg))});
    if (!victim) return stole_count(m.event().arg);
    auto still_there = [&](StudentId id) {
        return std::find(victim->names.begin(), victim->names.end(), id) != victim->names.end();
    };
    // The others of the loot may have moved already: their `queued` come before.
    std::size_t names = victim->names.size() + (still_there(m.step.student()) ? 0 : 1);
    for (std::size_t i : m.details) {
        const Step& detail = m.timeline.step(i);
        if (detail.event.kind == EventKind::queued && !still_there(detail.student())) ++names;
    }
    return names;
}

std::uint32_t bench_as_looked_at(const Moment& m) {
    std::uint32_t found = 0;
    for (std::size_t i : search_looks(m)) {
        const std::uint32_t arg = m.timeline.step(i).event.arg;
        if (look_of(arg) == Look::global) found = look_found(arg);
    }
    return found;
}

}  // namespace homeroom::sim
