// The ladder of a decision: what was looked at, in order, what was found, and what was no longer
// needed.
#include <algorithm>

#include "sim/ladder_parts.h"
#include "sim/language.h"

namespace homeroom::sim {

namespace {

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
        add(lines, m.say("Next alarm clock", "Earliest timer"), tr("due"), true);
        return lines;
    }
    add(lines, m.say("Is a table looking round already?", "Is a machine spinning?"), tr("no"));
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
