// The ladder of a decision: what was looked at, in order, what was found, and what was no longer
// needed.
#include <algorithm>

#include "sim/explain_parts.h"
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

using Lines = std::vector<ReasonLine>;

void add(Lines& lines, std::string looked, std::string found, bool decisive = false) {
    lines.push_back({std::move(looked), std::move(found), decisive, false});
}

void skip(Lines& lines, std::string looked) {
    lines.push_back({std::move(looked), "", false, true});
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
            add(lines, m.say("Is it the bench's turn?", "Global queue first?"), "yes", true);
        skip_from(m, lines, Rung::top_line);
    }
    if (outcome.by_next) skip_from(m, lines, Rung::names);
    if (outcome.by_local) skip_from(m, lines, Rung::bench);
    if (outcome.by_global) skip_from(m, lines, Rung::others);
    return lines;
}

// After new work: was anybody woken for it? The answer follows the decision.
void add_wake_looks(const Moment& m, Lines& lines) {
    for (std::size_t i = m.timeline.step_of_decision(m.k) + 1; i < m.timeline.size(); ++i) {
        const Step& next = m.timeline.step(i);
        if (next.table != m.step.table || next.event.kind == EventKind::queued) continue;
        const std::string searching =
            m.say("Is a table looking round already?", "Is a machine spinning?");
        const std::string idle = m.say("Is a clipboard free?", "Is a processor idle?");
        if (next.event.kind == EventKind::looked && look_of(next.event.arg) == Look::searchers) {
            add(lines, searching, m.say("yes: nobody is woken", "yes: none is woken"), true);
        } else if (next.event.kind == EventKind::looked && look_of(next.event.arg) == Look::idle) {
            add(lines, searching, m.say("no", "no"));
            add(lines, idle, m.say("no: nobody is woken", "no: none is woken"), true);
        } else if ((next.event.kind == EventKind::machine_woken ||
                    next.event.kind == EventKind::machine_started) &&
                   next.event.arg != index(m.step.table)) {
            add(lines, searching, m.say("no", "no"));
            add(lines, idle, m.say("yes: a table is woken", "yes: a machine is woken"), true);
        }
        return;
    }
}

Lines queue_ladder(const Moment& m) {
    Lines lines;
    for (std::size_t i : m.details) {
        const Step& detail = m.timeline.step(i);
        if (detail.event.kind != EventKind::queued) continue;
        const bool own = detail.student() == m.step.student();
        const std::string where = word_of(static_cast<Queue>(detail.event.arg), m.words);
        const std::string on =
            detail.clipboard() == ClipboardId::none ? "" : " (" + m.name(detail.clipboard()) + ")";
        const bool common = static_cast<Queue>(detail.event.arg) == Queue::global;
        add(lines, m.say("Name written: ", "Queued: ") + m.name(detail.student()),
            where + (common ? "" : on), own);
        if (lines.size() == 4 && m.details.size() > 5) {
            add(lines, m.say("…and more", "…and more"), std::to_string(m.details.size() - 4));
            break;
        }
    }
    add_wake_looks(m, lines);
    return lines;
}

std::string number_or_none(std::size_t count) {
    return count == 0 ? tr("none") : std::to_string(count);
}

std::string of_how_many(const Moment& m, std::size_t part, std::size_t all) {
    Moment told = m;
    told.names['n'] = std::to_string(part);
    told.names['m'] = std::to_string(all);
    return told.say("{n} of {m}", "{n} of {m}");
}

// What a waiting student, or one that acts on a thing, found there.
Lines thing_ladder(const Moment& m, ObjectId id) {
    Lines lines;
    const Thing* thing = m.before.find_thing(id);
    if (!thing) return lines;
    const std::string name = m.object(id);
    const bool waits = m.event().kind == EventKind::parked;
    const Student* first = thing->queue.empty() ? nullptr : m.before.find(thing->queue.front());
    switch (thing->kind) {
        case Thing::Kind::channel: {
            add(lines, m.say("Is it closed?", "Closed?"), tr(thing->open ? "no" : "yes"),
                !thing->open);
            const auto selecting = static_cast<std::size_t>(
                std::count_if(thing->queue.begin(), thing->queue.end(), [&m](StudentId waits_here) {
                    const Student* student = m.before.find(waits_here);
                    return student && student->reason == WaitReason::select;
                }));
            const bool senders = first && first->reason == WaitReason::channel_send;
            const std::size_t waiting = thing->queue.size() - selecting;
            add(lines, m.say("Who waits to take", "Waiting receivers"),
                number_or_none(senders ? 0 : waiting), waiting > 0 && !senders);
            if (selecting > 0) {
                add(lines, m.say("Who waits here and elsewhere", "Waiting selects"),
                    std::to_string(selecting), waiting == 0);
            }
            if (thing->capacity > 0) {
                add(lines, m.say("Places taken inside", "Elements in the buffer"),
                    of_how_many(m, thing->count, thing->capacity), waits || waiting == 0);
            }
            add(lines, m.say("Who waits to hand over", "Waiting senders"),
                number_or_none(senders ? waiting : 0), senders || (waits && thing->capacity == 0));
            break;
        }
        case Thing::Kind::lock:
            add(lines, m.say("Who has ", "Holder of ") + name,
                thing->holder == StudentId::none
                    ? (waits ? tr("the next in line, soon") : tr("nobody"))
                    : m.name(thing->holder),
                waits);
            add(lines, m.say("In line", "Waiters"), number_or_none(thing->queue.size()));
            break;
        case Thing::Kind::rw_lock:
            add(lines, m.say("Who writes", "Writer"),
                thing->holder == StudentId::none ? tr("nobody") : m.name(thing->holder),
                thing->holder != StudentId::none);
            add(lines, m.say("How many read", "Readers"), number_or_none(thing->count),
                thing->count > 0);
            add(lines, m.say("In line", "Waiters"), number_or_none(thing->queue.size()));
            break;
        case Thing::Kind::condition:
            add(lines, m.say("Who waits for it", "Waiters"), number_or_none(thing->queue.size()));
            break;
        case Thing::Kind::semaphore:
            add(lines, m.say("Permits until now", "Count until now"), std::to_string(thing->count),
                waits);
            add(lines, m.say("Who waits for one", "Waiters"), number_or_none(thing->queue.size()));
            break;
        case Thing::Kind::pipe:
            add(lines, m.say("Who waits for its post", "Waiters"),
                number_or_none(thing->queue.size()), waits);
            break;
        case Thing::Kind::variable:
            break;
        case Thing::Kind::wait_group:
            add(lines, m.say("Missing until now", "Counter until now"),
                std::to_string(thing->count), waits);
            add(lines, m.say("Who waits for it", "Waiters"), number_or_none(thing->queue.size()));
            break;
    }
    return lines;
}

std::size_t idle_clipboards(const School& school) {
    return static_cast<std::size_t>(
        std::count_if(school.clipboards.begin(), school.clipboards.end(),
                      [](const Clipboard& c) { return c.holder == TableId::none; }));
}

std::size_t tables_in(const School& school, Table::Mood mood) {
    return static_cast<std::size_t>(std::count_if(school.tables.begin(), school.tables.end(),
                                                  [&](const Table& t) { return t.mood == mood; }));
}

Lines clipboard_ladder(const Moment& m) {
    Lines lines;
    const Clipboard* clipboard = m.before.find(m.step.clipboard());
    if (!clipboard) return lines;
    const std::size_t names = clipboard->names.size() + (clipboard->top_line != StudentId::none);
    const Table* away =
        m.before.find(m.event().kind == EventKind::retaken ? m.named_table() : m.step.table);
    if (away && away->mood == Table::Mood::errand && m.event().kind == EventKind::retaken) {
        add(lines, m.say("The errand has taken", "Time in the call"),
            duration_text(m.step.time - away->since), names == 0);
    }
    add(lines, m.say("Names waiting on ", "In the queue of ") + m.name(clipboard->id),
        number_or_none(names), names != 0);
    add(lines, m.bench("On the bench", "In the global queue"),
        number_or_none(m.before.bench.size()), names == 0 && !m.before.bench.empty());
    add(lines, m.say("Other free clipboards", "Idle processors"),
        number_or_none(idle_clipboards(m.before)));
    add(lines, m.say("Tables looking round", "Machines spinning"),
        number_or_none(tables_in(m.before, Table::Mood::searching)));
    return lines;
}

Lines waking_ladder(const Moment& m) {
    Lines lines;
    if (m.event().kind == EventKind::machine_woken && m.named_table() == m.step.table) {
        add(lines, m.say("Next alarm clock", "Earliest timer"), "due", true);
        return lines;
    }
    add(lines, m.say("Is a table looking round already?", "Is a machine spinning?"), "no");
    add(lines, m.say("Is a clipboard free?", "Is a processor idle?"),
        m.step.clipboard() == ClipboardId::none ? tr("yes") : m.name(m.step.clipboard()), true);
    const std::size_t resting = tables_in(m.before, Table::Mood::resting);
    add(lines, m.say("Resting tables", "Parked machines"),
        resting == 0 ? m.say("none: a new one is opened", "none: a thread is started")
                     : std::to_string(resting));
    return lines;
}

Lines bell_ladder(const Moment& m) {
    Lines lines;
    const Table* table = m.before.find(m.named_table());
    const Student* student = table ? m.before.find(table->student) : nullptr;
    if (!student) return lines;
    add(lines, m.say("Taught without a break", "Running since"),
        duration_text(m.step.time - student->since), true);
    add(lines, m.say("Names waiting on ", "In the queue of ") + m.name(m.step.clipboard()),
        m.before.find(m.step.clipboard())
            ? number_or_none(m.before.find(m.step.clipboard())->names.size())
            : tr("none"));
    add(lines, m.bench("On the bench", "In the global queue"),
        number_or_none(m.before.bench.size()));
    return lines;
}

Lines seat_ladder(const Moment& m) {
    Lines lines;
    std::size_t unattended = 0;
    for (const Table& table : m.before.tables) {
        const bool wants = table.mood != Table::Mood::resting &&
                           table.mood != Table::Mood::closed && table.mood != Table::Mood::errand;
        if (wants && table.teacher == TeacherId::none) ++unattended;
    }
    const auto free = std::count_if(m.before.teachers.begin(), m.before.teachers.end(),
                                    [](const Teacher& t) { return t.table == TableId::none; });
    add(lines,
        m.say("Tables that wait for a teacher or are waking up",
              "Threads that wait for a core or are waking up"),
        number_or_none(unattended));
    add(lines, m.say("Free teachers", "Idle cores"),
        number_or_none(static_cast<std::size_t>(free)));
    return lines;
}

}  // namespace

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

std::vector<ReasonLine> ladder(const Moment& m) {
    switch (m.event().kind) {
        case EventKind::ran:
        case EventKind::stole:
        case EventKind::refilled:
        case EventKind::spinning_began:
        case EventKind::spinning_ended:
        case EventKind::machine_parked:
            return search_ladder(m);
        case EventKind::processor_released: {
            const Table* table = m.table();
            const bool away = !table || table->mood == Table::Mood::errand;
            return away ? clipboard_ladder(m) : search_ladder(m);
        }
        case EventKind::spawned:
        case EventKind::yielded:
        case EventKind::preempted:
        case EventKind::overflowed:
        case EventKind::readied:
            return queue_ladder(m);
        case EventKind::unblocked: {
            Lines lines;
            const auto back = static_cast<Return>(m.event().arg);
            add(lines, m.say("Is my clipboard still here?", "Does the machine still hold its P?"),
                tr(back == Return::kept_processor ? "yes" : "no"), back == Return::kept_processor);
            const std::string free = m.say("Is another clipboard free?", "Is another P idle?");
            if (back == Return::kept_processor) {
                skip(lines, free);
            } else {
                add(lines, free,
                    back == Return::took_idle ? m.name(m.step.clipboard()) : tr("none"), true);
            }
            return lines;
        }
        case EventKind::parked:
            return thing_ladder(m, wait_object_of(m.event().arg));
        case EventKind::sent:
        case EventKind::received:
        case EventKind::closed:
        case EventKind::locked:
        case EventKind::unlocked:
        case EventKind::read_locked:
        case EventKind::read_unlocked:
        case EventKind::counted:
            return thing_ladder(m, object_of(m.event().arg));
        case EventKind::read:
        case EventKind::changed:
        case EventKind::wrote:
        case EventKind::expected:
            return board_ladder(m);
        case EventKind::deadlocked:
            return deadlock_ladder(m);
        case EventKind::handed_off:
        case EventKind::retaken:
            return clipboard_ladder(m);
        case EventKind::machine_woken:
        case EventKind::machine_started:
            return waking_ladder(m);
        case EventKind::preempt_asked:
            return bell_ladder(m);
        case EventKind::seated:
        case EventKind::unseated:
            return seat_ladder(m);
        default:
            return {};
    }
}

}  // namespace homeroom::sim
