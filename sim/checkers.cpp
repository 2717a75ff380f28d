// Rules that every step of a model run must keep.
#include "sim/checkers.h"

#include <algorithm>

#include "sim/glossary.h"

namespace homeroom::sim {

namespace {

using State = Student::State;

std::string school_name(StudentId id) { return name_of(id, Words::school); }
std::string school_name(TableId id) { return name_of(id, Words::school); }
std::string school_name(ClipboardId id) { return name_of(id, Words::school); }

bool is_ready(State state) {
    Student student;
    student.state = state;
    return student.ready();
}

}  // namespace

Checkers::Checkers(CheckLimits limits) : limits_(limits) {}

bool Checkers::fail(const School& after, const std::string& what) {
    violation_ =
        "step " + std::to_string(after.steps) + ", " + duration_text(after.time) + ": " + what;
    return false;
}

bool Checkers::see(const Step& step, const School& after) {
    if (!violation_.empty()) return false;
    if (students_.size() < after.students.size()) students_.resize(after.students.size());
    if (holders_.size() < after.clipboards.size()) {
        holders_.resize(after.clipboards.size(), TableId::none);
        served_.resize(after.clipboards.size(), 0);
    }
    if (!check_student(step, after) || !check_clipboards(step, after)) return false;
    remember(step, after);
    if (!check_lost_core(after)) return false;

    // A census costs as much as there are students, so it is taken as much more rarely.
    census_every_ = std::max<std::uint64_t>(1, after.students.size() / 16);
    if (after.steps % census_every_ != 0) return true;
    const std::string wrong = census(after);
    if (!wrong.empty()) return fail(after, wrong);
    return check_waits(after);
}

bool Checkers::check_student(const Step& step, const School& after) {
    const StudentId id = step.student();
    if (id == StudentId::none || !after.find(id)) return true;
    const Seen& before = students_[index(id) - 1];
    const std::string who = school_name(id);
    const std::string now = std::string(", but it was ") + word_of(before.state, Words::school);
    const bool here = before.table == step.table;
    auto only_from_here = [&](const char* act) {
        return before.state == State::taught && here
                   ? true
                   : fail(after, who + " " + act + " at " + school_name(step.table) + now);
    };
    switch (step.event.kind) {
        case EventKind::spawned:
            return before.spawned ? fail(after, who + " was started a second time") : true;
        case EventKind::queued:
            return is_ready(before.state)
                       ? true
                       : fail(after,
                              who + " was put " +
                                  word_of(static_cast<Queue>(step.event.arg), Words::school) + now);
        case EventKind::ran: {
            const Source source = source_of(step.event.arg);
            if (source == Source::same || source == Source::returned) {
                const bool own = before.table == step.table &&
                                 (before.state == State::taught || before.state == State::errand);
                return own || before.state == State::waiting || before.state == State::alarm ||
                               is_ready(before.state)
                           ? true
                           : fail(after, who + " went on at " + school_name(step.table) + now);
            }
            if (!is_ready(before.state)) {
                return fail(after, who + " was called by " + school_name(step.table) + now);
            }
            if (source == Source::local && before.state == State::listed) {
                std::uint64_t& served = served_[index(before.clipboard)];
                if (before.place_in_line < served) {
                    return fail(after, who + " was called from " + school_name(before.clipboard) +
                                           " after a name that had been written below it");
                }
                served = before.place_in_line;
            }
            return true;
        }
        case EventKind::readied:
            return before.state == State::waiting || before.state == State::alarm ||
                           (before.state ==
                            State::taught)  // its wait ends before it has quite begun
                       ? true
                       : fail(after, who + " was woken" + now);
        case EventKind::yielded:
            return only_from_here("gave way");
        case EventKind::preempted:
            return only_from_here("was stopped by the bell");
        case EventKind::parked:
            return only_from_here("stepped aside");
        case EventKind::ended:
            return only_from_here("finished");
        case EventKind::blocked:
            return only_from_here("left on an errand");
        case EventKind::unblocked:
            return before.state == State::errand && here
                       ? true
                       : fail(after, who + " came back from an errand" + now);
        case EventKind::stole:
            return is_ready(before.state) ? true
                                          : fail(after, who + " was copied by a thief" + now);
        default:
            return true;
    }
}

bool Checkers::check_clipboards(const Step& step, const School& after) {
    if (step.event.kind == EventKind::processor_acquired) {
        const TableId holder = holders_[step.event.p];
        if (holder != TableId::none && holder != step.table) {
            return fail(after, school_name(step.clipboard()) + " went to " +
                                   school_name(step.table) + " while " + school_name(holder) +
                                   " held it");
        }
    }
    const Table* table = after.find(step.table);
    if (!table || table->mood != Table::Mood::teaching) return true;
    const Clipboard* held = after.find(table->clipboard);
    if (!held || held->holder != table->id) {
        return fail(after, school_name(table->id) + " teaches " + school_name(table->student) +
                               " without a clipboard");
    }
    if (step.event.kind == EventKind::ran && holders_[index(held->id)] != step.table) {
        return fail(after, school_name(table->id) + " called " + school_name(table->student) +
                               " by " + school_name(held->id) + ", which it did not hold");
    }
    return true;
}

void Checkers::remember(const Step& step, const School& after) {
    const StudentId id = step.student();
    if (const Student* student = after.find(id)) {
        Seen& seen = students_[index(id) - 1];
        seen.state = student->state;
        seen.table = student->table;
        seen.clipboard = student->clipboard;
        seen.known = true;
        if (step.event.kind == EventKind::spawned) seen.spawned = true;
        if (step.event.kind == EventKind::queued) seen.place_in_line = next_place_++;
    }
    for (std::size_t i = 0; i < after.clipboards.size(); ++i)
        holders_[i] = after.clipboards[i].holder;

    // The kernel speaks of tables that say nothing themselves.
    if (step.event.kind == EventKind::seated || step.event.kind == EventKind::unseated ||
        step.event.kind == EventKind::runnable)
        return;
    auto forget = [&step](std::vector<TableId>& tables) {
        tables.erase(std::remove(tables.begin(), tables.end(), step.table), tables.end());
    };
    forget(being_woken_);
    forget(in_the_act_);
    const EventKind kind = step.event.kind;
    if (kind == EventKind::machine_woken || kind == EventKind::machine_started) {
        being_woken_.push_back(TableId{static_cast<std::uint16_t>(step.event.arg)});
    }
    if (kind == EventKind::queued || kind == EventKind::retaken) in_the_act_.push_back(step.table);
}

// Whether somebody could be taught now and nobody is about to see to it.
bool unserved(const School& school, const Rules& rules) {
    if (school.stopped) return false;  // nobody may be called now
    if (!rules.wake) return false;     // then nobody promises to wake a resting table
    bool idle = false, waiting = !school.bench.empty();
    for (const Clipboard& clipboard : school.clipboards) {
        const bool names = clipboard.top_line != StudentId::none || !clipboard.names.empty();
        if (clipboard.holder == TableId::none) idle = true;
        if (names && rules.steal) waiting = true;
    }
    if (!idle || !waiting) return false;
    for (const Table& table : school.tables) {
        // A table that decides is about to look round, or to look once more before it rests.
        if (table.mood == Table::Mood::searching || table.mood == Table::Mood::deciding)
            return false;
    }
    return true;
}

bool Checkers::check_lost_core(const School& after) {
    const bool on_the_way = !being_woken_.empty() || !in_the_act_.empty();
    if (on_the_way || after.ending != Ending::none || !unserved(after, limits_.rules)) {
        unserved_since_ = -1;
        return true;
    }
    if (unserved_since_ < 0) unserved_since_ = after.time;
    if (after.time - unserved_since_ <= limits_.unserved_ns_max) return true;
    return fail(after, "a name has waited for " + duration_text(after.time - unserved_since_) +
                           " beside an idle clipboard, and nobody searches");
}

bool Checkers::check_waits(const School& after) {
    if (limits_.ready_ns_max <= 0) return true;
    for (const Student& student : after.students) {
        if (student.id == StudentId::none) continue;
        const Nanoseconds now = student.ready() ? after.time - student.ready_since : 0;
        const Nanoseconds longest = std::max(now, student.longest_ready_ns);
        if (longest > limits_.ready_ns_max) {
            return fail(after, school_name(student.id) + " was ready for " +
                                   duration_text(longest) + " without being called; the bound is " +
                                   duration_text(limits_.ready_ns_max));
        }
    }
    return true;
}

bool Checkers::end(const School& last, Ending ending) {
    if (!violation_.empty()) return false;
    const std::string wrong = census(last);
    if (!wrong.empty()) return fail(last, wrong);
    if (!check_waits(last)) return false;
    if (ending == Ending::deadlocked) {
        for (const Student& student : last.students) {
            if (student.id != StudentId::none && student.ready()) {
                return fail(last,
                            "called a deadlock, but " + school_name(student.id) + " was ready");
            }
        }
    }
    // The run did not end by itself: whoever was left to wait then would wait for ever.
    if (ending == Ending::step_limit && being_woken_.empty() && unserved(last, limits_.rules)) {
        return fail(last, "a name waits for ever beside an idle clipboard, and nobody searches");
    }
    return true;
}

std::string census(const School& school) {
    std::vector<std::uint32_t> seen(school.students.size(), 0);
    std::string wrong;
    auto count = [&](StudentId id, State state, const char* where) {
        const Student* student = school.find(id);
        if (!student || !wrong.empty()) {
            if (wrong.empty()) wrong = "nobody's name stands " + std::string(where);
            return;
        }
        if (student->state != state) {
            wrong = school_name(id) + " stands " + where + ", but is " +
                    word_of(student->state, Words::school);
        }
        ++seen[index(id) - 1];
    };
    for (const Clipboard& clipboard : school.clipboards) {
        if (clipboard.top_line != StudentId::none) {
            count(clipboard.top_line, State::top_line, "on a top line");
        }
        for (StudentId id : clipboard.names)
            count(id, State::listed, "among the names of a clipboard");
        const Table* holder = school.find(clipboard.holder);
        if (holder && holder->clipboard != clipboard.id && wrong.empty()) {
            wrong = school_name(holder->id) + " does not know that it holds " +
                    school_name(clipboard.id);
        }
    }
    for (StudentId id : school.bench) count(id, State::bench, "on the bench");
    for (const Thing& thing : school.things) {
        for (StudentId id : thing.queue) count(id, State::waiting, "in a queue");
    }
    for (const Table& table : school.tables) {
        if (table.student != StudentId::none) {
            count(table.student, table.mood == Table::Mood::errand ? State::errand : State::taught,
                  "at a table");
        }
        const Clipboard* held = school.find(table.clipboard);
        if (held && held->holder != table.id && wrong.empty()) {
            wrong = school_name(held->id) + " does not know that " + school_name(table.id) +
                    " holds it";
        }
    }
    if (!wrong.empty()) return wrong;
    for (const Student& student : school.students) {
        if (student.id == StudentId::none) continue;
        const State state = student.state;
        const bool has_place = state == State::top_line || state == State::listed ||
                               state == State::bench || state == State::taught ||
                               state == State::errand ||
                               (state == State::waiting && student.object != 0);
        if (seen[index(student.id) - 1] != (has_place ? 1u : 0u)) {
            return school_name(student.id) + " stands in " +
                   std::to_string(seen[index(student.id) - 1]) + " places, being " +
                   word_of(state, Words::school);
        }
    }
    return "";
}

}  // namespace homeroom::sim
