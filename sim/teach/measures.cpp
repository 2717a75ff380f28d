// What each measure is called, and how it is counted.
#include "sim/teach/measures.h"

#include <algorithm>
#include <iterator>

#include "sim/summary.h"
#include "sim/until.h"
#include "sim/wait_cycle.h"

namespace homeroom::sim {

namespace {

using Unit = Measure::Unit;

template <class Things, class Wanted>
std::int64_t count(const Things& things, Wanted wanted) {
    return static_cast<std::int64_t>(std::count_if(things.begin(), things.end(), wanted));
}

template <class Things, class Number>
std::int64_t sum(const Things& things, Number number) {
    std::int64_t all = 0;
    for (const auto& thing : things) all += static_cast<std::int64_t>(number(thing));
    return all;
}

template <std::uint64_t Counters::*counter>
std::int64_t counted(const Timeline&, std::size_t, const School& school) {
    return static_cast<std::int64_t>(school.counters.*counter);
}

std::int64_t students_who(const School& school, bool (*wanted)(const Student&)) {
    return count(school.students, [wanted](const Student& student) {
        return student.id != StudentId::none && wanted(student);
    });
}

// Of all teachers.
template <class What>
std::int64_t sum_of(const School& school, What what) {
    Nanoseconds sum = 0;
    for (const Teacher& teacher : school.teachers) sum += what(teacher);
    return sum;
}

// Made by the kernel for a process or a thread; memory itself is none.
bool is_structure(const Event& event) {
    return event.kind == EventKind::made && static_cast<KernelItem>(event.p) != KernelItem::page;
}

Timeline beginning(const Timeline& timeline, std::size_t position) {
    Timeline part(static_cast<std::uint32_t>(timeline.school_at(0).teachers.size()),
                  static_cast<std::uint32_t>(timeline.school_at(0).clipboards.size()));
    const std::size_t end = position == 0 ? 0 : timeline.decision_end(position - 1);
    for (std::size_t i = 0; i < end; ++i) part.append(timeline.step(i));
    return part;
}

constexpr Measure all_measures[] = {
    {"tables", Unit::count, true, "tables are in the room", "threads are there",
     [](const Timeline&, std::size_t, const School& school) {
         return count(school.tables,
                      [](const Table& table) { return table.mood != Table::Mood::closed; });
     }},
    {"teaching", Unit::count, true, "students are being taught", "coroutines are running",
     [](const Timeline&, std::size_t, const School& school) {
         return students_who(school,
                             [](const Student& s) { return s.state == Student::State::taught; });
     }},
    {"attended", Unit::count, true, "teachers stand at a table", "cores run a thread",
     [](const Timeline&, std::size_t, const School& school) {
         return count(school.teachers,
                      [](const Teacher& teacher) { return teacher.table != TableId::none; });
     }},
    {"unattended", Unit::count, true, "clipboards are held by tables where no teacher stands",
     "processors are held by threads that no core runs",
     [](const Timeline&, std::size_t, const School& school) {
         return count(school.tables, [](const Table& table) {
             return table.clipboard != ClipboardId::none && table.teacher == TeacherId::none;
         });
     }},
    {"held", Unit::count, true, "clipboards are held by a table", "processors are held by a thread",
     [](const Timeline&, std::size_t, const School& school) {
         return count(school.clipboards,
                      [](const Clipboard& clipboard) { return clipboard.holder != TableId::none; });
     }},
    {"out", Unit::count, true, "students are out on an errand", "coroutines are in a blocking call",
     [](const Timeline&, std::size_t, const School& school) {
         return students_who(school,
                             [](const Student& s) { return s.state == Student::State::errand; });
     }},
    {"waiting", Unit::count, true, "students wait for something, off every list",
     "coroutines are parked",
     [](const Timeline&, std::size_t, const School& school) {
         return students_who(school, [](const Student& s) {
             return s.state == Student::State::waiting || s.state == Student::State::alarm;
         });
     }},
    {"ready", Unit::count, true, "students are ready, and wait to be called",
     "coroutines are runnable, and wait to run",
     [](const Timeline&, std::size_t, const School& school) {
         return students_who(school, [](const Student& s) { return s.ready(); });
     }},
    {"bench", Unit::count, true, "students sit on the bench", "coroutines are in the global queue",
     [](const Timeline&, std::size_t, const School& school) {
         return static_cast<std::int64_t>(school.bench.size());
     }},
    {"started", Unit::count, false, "students have come into the class",
     "coroutines have been started", counted<&Counters::spawns>},
    {"finished", Unit::count, false, "students have finished", "coroutines have ended",
     counted<&Counters::ends>},
    {"calls", Unit::count, false, "times has a student been called",
     "times has a coroutine been scheduled", counted<&Counters::calls>},
    {"switches", Unit::count, false, "times has a table gone on with another student",
     "times has a thread switched to another coroutine", counted<&Counters::student_switches>},
    {"teacher-switches", Unit::count, false, "times has a teacher gone to another table",
     "times has a core switched to another thread", counted<&Counters::teacher_switches>},
    {"classes-alive", Unit::count, true, "classes go on", "processes are alive",
     [](const Timeline&, std::size_t, const School& school) {
         return count(school.rooms, [](const Room& room) { return room.open && !room.ended; });
     }},
    {"classes-done", Unit::count, true, "classes have done all their work",
     "processes have ended in order",
     [](const Timeline&, std::size_t, const School& school) {
         return count(school.rooms, [](const Room& room) {
             return room.ended && !room.faulted && room.ending == Ending::finished;
         });
     }},
    {"items", Unit::count, false, "things has the kernel set up for classes and tables",
     "structures has the kernel made for processes and threads",
     [](const Timeline& timeline, std::size_t position, const School&) {
         std::int64_t made = 0;
         const std::size_t end = position == 0 ? 0 : timeline.decision_end(position - 1);
         for (std::size_t i = 0; i < end; ++i) made += is_structure(timeline.step(i).event);
         return made;
     }},
    {"kernel-bytes", Unit::bytes, true, "what the kernel keeps about all classes",
     "what the kernel keeps about all processes",
     [](const Timeline&, std::size_t, const School& school) {
         return sum(school.rooms, [](const Room& room) { return room.kernel_bytes(); });
     }},
    {"opening", Unit::time, false, "the time until the first student of a class is called",
     "the time until the first coroutine of a process runs",
     [](const Timeline&, std::size_t, const School& school) {
         Nanoseconds longest = 0;
         for (const Room& room : school.rooms)
             longest = std::max(longest, room.opened - room.opening);
         return longest;
     }},
    {"steals", Unit::count, false, "times have names been copied from another clipboard",
     "steals have there been", counted<&Counters::steals>},
    {"hand-offs", Unit::count, false, "times has a clipboard been passed on",
     "hand-offs have there been", counted<&Counters::hand_offs>},
    {"retakes", Unit::count, false, "clipboards has the hall monitor taken back",
     "processors has the monitor retaken", counted<&Counters::retakes>},
    {"errands", Unit::count, false, "errands have begun", "blocking calls have begun",
     counted<&Counters::errands>},
    {"bells", Unit::count, false, "times has the bell been rung", "preemptions have been asked for",
     counted<&Counters::bells>},
    {"preemptions", Unit::count, false, "times has a student obeyed the bell",
     "preemptions have there been", counted<&Counters::preemptions>},
    {"parks", Unit::count, false, "times has a student begun to wait",
     "times has a coroutine parked", counted<&Counters::parks>},
    {"reads", Unit::count, false, "times has something been read from the whiteboard",
     "loads of shared variables have there been", counted<&Counters::reads>},
    {"writes", Unit::count, false, "times has something been written on the whiteboard",
     "stores to shared variables have there been", counted<&Counters::writes>},
    {"lost-updates", Unit::count, false, "times has somebody wiped out what another had written",
     "updates have been lost", counted<&Counters::lost_updates>},
    {"races", Unit::count, false, "times have two used one line, and nothing said who is first",
     "racing accesses have there been", counted<&Counters::races>},
    {"line", Unit::count, true, "stands on the first line of the whiteboard",
     "is in the first shared variable",
     [](const Timeline&, std::size_t, const School& school) {
         for (const Thing& thing : school.things)
             if (thing.kind == Thing::Kind::variable) return std::int64_t{thing.value};
         return std::int64_t{0};
     }},
    {"in-circle", Unit::count, true, "students wait for each other in a circle",
     "coroutines wait for each other in a cycle",
     [](const Timeline&, std::size_t, const School& school) {
         return static_cast<std::int64_t>(wait_cycle(school).size());
     }},
    {"classes", Unit::count, false, "classes have been opened", "processes have been started",
     [](const Timeline&, std::size_t, const School& school) {
         return std::max<std::int64_t>(
             1, count(school.rooms, [](const Room& room) { return room.open; }));
     }},
    {"tables-opened", Unit::count, false, "tables have been opened", "threads have been started",
     [](const Timeline&, std::size_t, const School& school) {
         return static_cast<std::int64_t>(school.tables.size());
     }},
    {"class-switches", Unit::count, false, "times has a teacher gone to another class",
     "times has a core switched to another process",
     [](const Timeline&, std::size_t, const School& school) {
         return sum_of(school, [](const Teacher& teacher) {
             return static_cast<Nanoseconds>(teacher.class_switches);
         });
     }},
    {"tlb-refills", Unit::count, false, "times has a teacher had to learn a plan again",
     "times have the translations of an address space been gone",
     [](const Timeline&, std::size_t, const School& school) {
         return sum_of(school, [](const Teacher& teacher) {
             return static_cast<Nanoseconds>(teacher.tlb_refills);
         });
     }},
    {"sheets-copied", Unit::count, false, "sheets have been copied because somebody wrote on them",
     "pages have been copied on write", counted<&Counters::pages_copied>},
    {"wrong-results", Unit::count, false, "times has a sum not been what it must be",
     "assertions have failed", counted<&Counters::surprises>},
    {"memory", Unit::bytes, false, "the memory of all classes at its largest",
     "the memory of all processes at its peak",
     [](const Timeline&, std::size_t, const School& school) {
         return static_cast<std::int64_t>(school.memory_peak);
     }},
    {"on-the-way", Unit::time, false, "the time that teachers have spent on the way",
     "the time lost in switching",
     [](const Timeline&, std::size_t, const School& school) {
         return sum_of(
             school, [&](const Teacher& teacher) { return teacher.switching_until(school.time); });
     }},
    {"idle", Unit::time, false, "the time that teachers had no table",
     "the time that cores were idle",
     [](const Timeline&, std::size_t, const School& school) {
         return sum_of(school,
                       [&](const Teacher& teacher) { return teacher.idle_until(school.time); });
     }},
    {"makespan", Unit::time, false, "the whole run", "the whole run",
     [](const Timeline&, std::size_t, const School& school) { return school.time; }},
    {"longest-wait", Unit::time, false, "the longest wait of one who was ready to be called",
     "the longest wait of a runnable coroutine",
     [](const Timeline& timeline, std::size_t position, const School&) {
         return waits_of(beginning(timeline, position)).longest;
     }},
    {"mean-wait", Unit::time, false, "the mean wait of one who is ready to be called",
     "the mean wait of a runnable coroutine",
     [](const Timeline& timeline, std::size_t position, const School&) {
         return waits_of(beginning(timeline, position)).mean;
     }},
    {"utilisation", Unit::share, false, "the share of their time that teachers stand at a table",
     "the utilisation of the cores",
     [](const Timeline&, std::size_t, const School& school) {
         Nanoseconds busy = 0;
         for (const Teacher& teacher : school.teachers) busy += teacher.busy_until(school.time);
         const auto whole = school.time * static_cast<Nanoseconds>(school.teachers.size());
         return whole == 0 ? 0 : busy * 1000 / whole;
     }},
};

}  // namespace

std::span<const Measure> measures() { return all_measures; }

const Measure* find_measure(std::string_view name) {
    const auto* found = std::find_if(std::begin(all_measures), std::end(all_measures),
                                     [name](const Measure& each) { return name == each.name; });
    return found == std::end(all_measures) ? nullptr : found;
}

School school_at_position(const Timeline& timeline, std::size_t position) {
    return position == 0 ? timeline.school_at(0) : timeline.school_after_decision(position - 1);
}

// With several classes, when the last of them has ended.
std::size_t end_of(const Timeline& timeline) {
    if (!timeline.latest().rooms.empty()) return timeline.decisions();
    const auto over = find_until(timeline, {Until::Kind::over, 0, 1});
    return over.value_or(timeline.decisions());
}

std::int64_t value_of(const Measure& measure, const Timeline& timeline, std::size_t position) {
    return measure.value(timeline, position, school_at_position(timeline, position));
}

std::string value_text(const Measure& measure, std::int64_t value) {
    switch (measure.unit) {
        case Unit::count:
            return std::to_string(value);
        case Unit::time:
            return duration_text(value);
        case Unit::share:
            return percent(value, 1000);
        case Unit::bytes:
            return bytes_text(static_cast<std::uint64_t>(value));
    }
    return {};
}

}  // namespace homeroom::sim
