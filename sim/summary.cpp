// Counting a whole run.
#include "sim/summary.h"

#include <algorithm>
#include <vector>

#include "sim/explain.h"
#include "sim/wait_cycle.h"

namespace homeroom::sim {

namespace {

class SummaryLines {
public:
    void line(std::string name, const std::string& value) {
        constexpr std::size_t width = 19;  // the longest name and two spaces
        if (name.size() < width) name.append(width - name.size(), ' ');
        text_ += name + value + "\n";
    }
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

const char* either(Words words, const char* school, const char* field) {
    return words == Words::school ? school : field;
}

std::string number(std::uint64_t n) { return std::to_string(n); }

const char* status_words(const Room& room, Words words) {
    if (!room.ended) return either(words, "goes on", "running");
    if (room.faulted) return either(words, "reached through the wall", "segmentation violation");
    return word_of(room.ending, words);
}

void tell_class(SummaryLines& text, const ClassOptions* options, const School& school, ClassId id,
                Words words) {
    const Room& room = school.rooms[index(id)];
    const School::Account account = school.account_of(id);
    const auto in = [&](const char* in_school, const char* field) {
        return std::string(either(words, in_school, field));
    };
    const auto line = [&](const std::string& value) { text.line("", value); };
    text.line(name_of(id, words),
              room.forked && options == nullptr
                  ? in("a copy of ", "forked from ") + name_of(room.parent, words)
                  : to_string(*options));
    line(std::string(status_words(room, words)) + ", status " + number(room.status) +
         in(", open from ", ", from ") + duration_text(room.opening) +
         in(" on, first call at ", " on, first run at ") + duration_text(room.opened) +
         ", end at " + duration_text(room.ended ? room.end : school.time));
    line(in("taught for ", "ran for ") + duration_text(account.running) +
         in(", on the way for ", ", switching for ") + duration_text(account.switching));
    line("switches: " + number(room.student_switches) + in(" students, ", " coroutines, ") +
         number(room.table_switches) + in(" tables, ", " threads, ") + number(room.class_switches) +
         in(" to this class", " to this process") + "; " +
         counted(room.tlb_refills, "TLB refill", "TLB refills"));
    line(in("its tables waited for a teacher for ", "its threads were runnable for ") +
         duration_text(school.waiting_of(id)) + "; " +
         counted(room.pages_copied, in("sheet copied", "page copied"),
                 in("sheets copied", "pages copied")));
}

// Where each table's time has gone. Of many there would be too much to read.
void tell_tables(SummaryLines& text, const School& school, Words words) {
    constexpr std::size_t most = 16;
    if (school.rooms.empty() || school.tables.size() > most) return;
    const auto in = [&](const char* in_school, const char* field) {
        return std::string(either(words, in_school, field));
    };
    for (const Table& table : school.tables)
        text.line(name_of(table.id, words),
                  in("taught for ", "ran for ") + duration_text(table.running_ns) +
                      in(", on the way for ", ", switching for ") +
                      duration_text(table.switching_ns) +
                      in(", waited for a teacher for ", ", runnable for ") +
                      duration_text(school.runnable_until_now(table)) +
                      in(", wanted none for ", ", blocked for ") +
                      duration_text(school.blocked_until_now(table)) + "; " +
                      counted(table.moves, in("other teacher", "migration"),
                              in("other teachers", "migrations")));
}

std::string of_classes(const School& school, const Teacher& teacher, Words words) {
    if (school.rooms.empty()) return "";
    return " (" + number(teacher.class_switches) +
           either(words, " to another class)", " to another process)") + ", " +
           counted(teacher.tlb_refills, "TLB refill", "TLB refills");
}

std::string access_text(const Step& step, Words words) {
    const bool reads = step.event.kind == EventKind::read;
    return name_of(step.student(), words) + (reads ? " reads at " : " writes at ") +
           place_text(step.place);
}

// Each pair of lines once, with how often it was met.
void add_races(SummaryLines& text, const Timeline& timeline, Words words) {
    struct Pair {
        std::string variable, earlier, later;
        int line_of_earlier, line_of_later;
        std::uint64_t times;
    };
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        const Step& later = timeline.step(i);
        if (later.races_with == 0) continue;
        const Step& earlier = timeline.step(later.races_with - 1);
        const std::string variable =
            name_of_object(timeline.latest(), shared_object_of(later.event.arg), words);
        const auto same = std::find_if(pairs.begin(), pairs.end(), [&](const Pair& pair) {
            return pair.variable == variable && pair.line_of_earlier == earlier.place.line &&
                   pair.line_of_later == later.place.line;
        });
        if (same != pairs.end()) {
            ++same->times;
        } else {
            pairs.push_back({variable, access_text(earlier, words), access_text(later, words),
                             earlier.place.line, later.place.line, 1});
        }
    }
    for (const Pair& pair : pairs) {
        text.line("race", pair.variable + ": " + pair.earlier + ", " + pair.later +
                              ", nothing orders them (" + counted(pair.times, "time", "times") +
                              ")");
    }
}

}  // namespace

Waits waits_of(const Timeline& timeline) {
    std::vector<Nanoseconds> all;
    School school = timeline.school_at(0);
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        const Step& step = timeline.step(i);
        if (step.event.kind == EventKind::ran) {
            const Student* called = school.find(step.student());
            if (called && called->ready()) {
                all.push_back(std::max<Nanoseconds>(0, step.time - called->ready_since));
            }
        }
        school.fold(step);
    }
    Waits waits;
    if (all.empty()) return waits;
    std::sort(all.begin(), all.end());
    waits.count = all.size();
    Nanoseconds sum = 0;
    for (Nanoseconds wait : all) sum += wait;
    waits.mean = sum / static_cast<Nanoseconds>(all.size());
    waits.p95 = all[(all.size() * 95 + 99) / 100 - 1];
    waits.longest = all.back();
    return waits;
}

std::string percent(Nanoseconds part, Nanoseconds whole) {
    if (whole <= 0) return "0.0 %";
    const Nanoseconds tenths = part * 1000 / whole;  // fits for runs of up to a hundred days
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

std::string summary(const RunOptions& run, const Timeline& timeline, Words words) {
    const School& school = timeline.latest();
    const Counters& n = school.counters;
    const Nanoseconds makespan = school.time;
    const bool in_school = words == Words::school;
    auto say = [&](const char* school_words, const char* field_words) {
        return std::string(in_school ? school_words : field_words);
    };

    SummaryLines text;
    text.line("run", to_string(run));
    text.line("ending", word_of(school.ending, words));
    text.line("makespan", duration_text(makespan));
    text.line("decisions", number(n.decisions));
    text.line(say("students", "coroutines"), number(n.spawns) + say(" came, ", " started, ") +
                                                 number(n.ends) + say(" finished", " ended"));
    text.line(say("calls", "runs"), number(n.calls));
    text.line("context switches",
              number(n.student_switches) + say(" between students, ", " between coroutines, ") +
                  number(n.teacher_switches) + say(" between tables", " between threads"));
    text.line(say("names taken over", "steals"),
              in_school ? number(n.stolen_names) + " in " + counted(n.steals, "visit", "visits")
                        : number(n.steals) + ", of " +
                              counted(n.stolen_names, "coroutine", "coroutines"));
    text.line(say("bench", "global queue"), counted(n.refills, "refill", "refills") + ", " +
                                                counted(n.overflows, "overflow", "overflows"));
    text.line(say("errands", "blocking calls"), number(n.errands) + ", " +
                                                    counted(n.hand_offs, "hand-off", "hand-offs") +
                                                    ", " + counted(n.retakes, "retake", "retakes"));
    text.line(say("bell", "preemption"), number(n.bells) + say(" rung, ", " asked, ") +
                                             number(n.preemptions) + say(" obeyed", " done"));
    text.line(say("tables", "threads"), number(school.tables.size()) + ", " +
                                            counted(n.table_wakes, "wake-up", "wake-ups") + ", " +
                                            counted(n.table_rests, "rest", "rests"));
    if (n.reads + n.writes > 0) {
        text.line(say("whiteboard", "shared variables"),
                  counted(n.reads, say("reading", "load"), say("readings", "loads")) + ", " +
                      counted(n.writes, say("writing", "store"), say("writings", "stores")) + ", " +
                      counted(n.lost_updates, "lost update", "lost updates") + ", " +
                      counted(n.surprises, "wrong result", "wrong results"));
        add_races(text, timeline, words);
        if (timeline.race_detector().gave_up())
            text.line("races", "not looked for: too many students");
    }
    const std::vector<WaitLink> cycle = wait_cycle(school);
    if (!cycle.empty()) text.line(say("circle", "cycle"), cycle_text(school, cycle, words));
    const Waits waits = waits_of(timeline);
    text.line(say("wait to be called", "wait to run"), "mean " + duration_text(waits.mean) +
                                                           ", p95 " + duration_text(waits.p95) +
                                                           ", max " + duration_text(waits.longest));
    for (std::size_t i = 0; i < school.rooms.size(); ++i)
        tell_class(text, i < run.classes.size() ? &run.classes[i] : nullptr, school,
                   ClassId{static_cast<std::uint16_t>(i)}, words);
    tell_tables(text, school, words);
    if (school.memory_peak > 0) text.line("memory", bytes_text(school.memory_peak) + " at most");
    Nanoseconds busy = 0;
    for (const Teacher& teacher : school.teachers) {
        busy += teacher.busy_until(makespan);
        text.line(name_of(teacher.id, words),
                  "idle " + percent(teacher.idle_until(makespan), makespan) +
                      say(", on the way ", ", switching ") +
                      percent(teacher.switching_until(makespan), makespan) + ", " +
                      counted(teacher.switches, "switch", "switches") +
                      of_classes(school, teacher, words));
    }
    text.line("utilisation",
              percent(busy, makespan * static_cast<Nanoseconds>(school.teachers.size())));
    return text.text();
}

}  // namespace homeroom::sim
