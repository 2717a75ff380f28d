// A run as trace events, in the format that Chrome's tracing has made common.
#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/export.h"
#include "sim/json.h"

namespace homeroom::sim {

namespace {

// The tracks: a process for each kind of thing, in which each one is a thread. Perfetto knows a
// thread by its number alone, and 0 is the idle one's: so no two have the same, and none has 0. A
// process has a main thread with its own number there: so its number is that of its first thread.
enum Process : int { teachers = 1, tables = 2, clipboards = 3 };
constexpr std::size_t threads_each = 100'000;

// What comes first at the same moment. Perfetto reads events in the order of their times and, at
// one time, of the file, and ties both ends of an arrow to what was opened last on the track, even
// if it is over: so slices are open before arrows end in them; marks, which are slices of no length
// there, come after that; and an arrow begins right after the mark of the decision that it tells
// of. Counters have tracks of their own.
enum class Rank : std::uint8_t { name, slice, arrow_end, mark, counter };

// What a student does, as far as the counters tell.
enum class Doing : std::uint8_t { none, ready, taught, waiting };

Doing doing(const School& school, StudentId id) {
    const Student* student = school.find(id);
    if (student == nullptr) return Doing::none;
    if (student->ready()) return Doing::ready;
    if (student->state == Student::State::taught) return Doing::taught;
    const bool waits =
        student->state == Student::State::waiting || student->state == Student::State::alarm;
    return waits ? Doing::waiting : Doing::none;
}

// Microseconds, exactly: 1234 ns are 1.234.
std::string microseconds(Nanoseconds time) {
    std::string digits = std::to_string(time % 1000);
    digits.insert(0, 3 - digits.size(), '0');
    return std::to_string(time / 1000) + "." + digits;
}

class Writer {
public:
    explicit Writer(const Export& what) : what_(what), school_(what.timeline.school_at(0)) {}

    std::string write() {
        name_process(teachers, say("teachers", "cores"));
        name_process(tables, say("tables", "threads (M)"));
        name_process(clipboards, say("clipboards", "processors (P)"));
        const Timeline& timeline = what_.timeline;
        const std::size_t decisions = std::min(what_.decisions, timeline.decisions());
        const std::size_t end = decisions == 0 ? 0 : timeline.decision_end(decisions - 1);
        for (std::size_t i = 0; i < end; ++i) {
            const Step& step = timeline.step(i);
            step_ = i;
            begin_arrows(step);
            fold(step);
            note_slices(step.time);
            note_counters(step.time);
            mark(step);
            end_arrows(step);
        }
        for (auto& [track, slice] : open_) close(track, slice, school_.time);
        std::stable_sort(events_.begin(), events_.end(), [](const Line& a, const Line& b) {
            return std::tuple(a.time, a.rank, a.order) < std::tuple(b.time, b.rank, b.order);
        });
        std::string lines;
        for (const Line& line : events_)
            lines += (lines.empty() ? "{" : ",\n{") + line.fields + "}";
        return "{\"displayTimeUnit\": \"ns\",\n\"otherData\": {\"run\": " +
               json_string(to_string(what_.run)) + "},\n\"traceEvents\": [\n" + lines + "\n]}\n";
    }

private:
    struct Track {
        int process;
        std::size_t thread;
        friend auto operator<=>(const Track&, const Track&) = default;
    };
    struct Slice {
        std::string name;  // empty: nothing goes on
        Nanoseconds since = 0;
    };
    struct Line {
        Nanoseconds time;
        Rank rank;
        std::size_t order;  // the step it tells of
        std::string fields;
    };
    struct Arrow {
        std::uint64_t id;
        const char* name;
        Track from;
        Nanoseconds time;
        std::size_t order;
    };

    std::string say(const char* school, const char* field) const {
        return what_.words == Words::school ? school : field;
    }
    template <class Id>
    std::string name(Id id) const {
        return name_of(id, what_.words);
    }

    void event(Nanoseconds time, Rank rank, std::string fields) {
        events_.push_back({time, rank, step_, std::move(fields)});
    }
    static std::string place(Track track, Nanoseconds time) {
        const std::size_t first = static_cast<std::size_t>(track.process - 1) * threads_each + 1;
        return ", \"pid\": " + std::to_string(first) +
               ", \"tid\": " + std::to_string(first + track.thread) +
               ", \"ts\": " + microseconds(time);
    }
    void meta(const char* what, Track track, const std::string& value) {
        event(0, Rank::name,
              "\"name\": \"" + std::string(what) + "\", \"ph\": \"M\"" + place(track, 0) +
                  ", \"args\": {\"" +
                  (std::string(what).find("sort") == std::string::npos ? "name" : "sort_index") +
                  "\": " + value + "}");
    }
    void name_process(Process process, const std::string& name) {
        meta("process_name", {process, 0}, json_string(name));
        meta("process_sort_index", {process, 0}, std::to_string(process));
    }

    void note(Track track, const std::string& track_name, std::string now, Nanoseconds time) {
        auto found = open_.find(track);
        if (found == open_.end()) {
            meta("thread_name", track, json_string(track_name));
            meta("thread_sort_index", track, std::to_string(track.thread));
            found = open_.emplace(track, Slice{}).first;
        }
        Slice& slice = found->second;
        if (slice.name == now) return;
        close(track, slice, time);
        slice = {std::move(now), time};
    }

    void close(Track track, Slice& slice, Nanoseconds time) {
        if (slice.name.empty()) return;
        event(slice.since, Rank::slice,
              "\"name\": " + json_string(slice.name) + ", \"cat\": \"state\", \"ph\": \"X\"" +
                  place(track, slice.since) + ", \"dur\": " + microseconds(time - slice.since));
        slice.name.clear();
    }

    void note_slices(Nanoseconds time) {
        for (const Teacher& teacher : school_.teachers) {
            note({teachers, index(teacher.id)}, name(teacher.id),
                 teacher.table == TableId::none ? "" : name(teacher.table), time);
        }
        std::vector<StudentId> taught(school_.clipboards.size(), StudentId::none);
        for (const Table& table : school_.tables) {
            const bool sits = table.student != StudentId::none;
            std::string now;
            if (table.mood == Table::Mood::teaching && sits) now = name(table.student);
            if (table.mood == Table::Mood::errand && sits)
                now = name(table.student) + say(", on an errand", ", in a call");
            if (table.mood == Table::Mood::searching) now = say("looks round", "spins");
            note({tables, index(table.id)}, name(table.id), now, time);
            if (table.mood == Table::Mood::teaching && index(table.clipboard) < taught.size())
                taught[index(table.clipboard)] = table.student;
        }
        for (const Clipboard& clipboard : school_.clipboards) {
            const StudentId student = taught[index(clipboard.id)];
            note({clipboards, index(clipboard.id)}, name(clipboard.id),
                 student == StudentId::none ? "" : name(student), time);
        }
    }

    // A step changes what the student does that it tells of, and who sits at its table; of the
    // others only their place in line.
    void fold(const Step& step) {
        const StudentId was = seated(step.table);
        school_.fold(step);
        for (const StudentId id : {step.student(), was, seated(step.table)}) recount(id);
    }
    StudentId seated(TableId id) const {
        const Table* table = school_.find(id);
        return table == nullptr ? StudentId::none : table->student;
    }
    void recount(StudentId id) {
        if (id == StudentId::none) return;
        if (index(id) >= known_.size()) known_.resize(index(id) + 1, Doing::none);
        Doing& known = known_[index(id)];
        --students_[static_cast<std::size_t>(known)];
        known = doing(school_, id);
        ++students_[static_cast<std::size_t>(known)];
    }

    void note_counters(Nanoseconds time) {
        const auto idle = std::count_if(school_.teachers.begin(), school_.teachers.end(),
                                        [](const Teacher& t) { return t.table == TableId::none; });
        count(teachers, say("idle teachers", "idle cores"), idle, time);
        const auto students = [&](Doing what) { return students_[static_cast<std::size_t>(what)]; };
        count(tables, say("ready students", "runnable coroutines"), students(Doing::ready), time);
        count(tables, say("students who are taught", "running coroutines"), students(Doing::taught),
              time);
        count(tables, say("students who wait", "waiting coroutines"), students(Doing::waiting),
              time);
        count(clipboards, say("on the bench", "global queue"),
              static_cast<std::int64_t>(school_.bench.size()), time);
        for (const Clipboard& clipboard : school_.clipboards) {
            const bool top = clipboard.top_line != StudentId::none;
            count(clipboards, say("names on ", "queue of ") + name(clipboard.id),
                  static_cast<std::int64_t>(clipboard.names.size() + (top ? 1 : 0)), time);
        }
    }

    // A track of numbers below those of this kind of thing. Of one moment only the last number is
    // written, and none that has not changed.
    void count(Process process, const std::string& what, std::int64_t value, Nanoseconds time) {
        Counted& counted = counted_[what];
        if (counted.line != 0 && counted.value == value) return;
        counted.value = value;
        const std::string fields = "\"name\": " + json_string(what) + ", \"ph\": \"C\"" +
                                   place({process, 0}, time) +
                                   ", \"args\": {\"value\": " + std::to_string(value) + "}";
        if (counted.line != 0 && events_[counted.line - 1].time == time) {
            events_[counted.line - 1].fields = fields;
            return;
        }
        event(time, Rank::counter, fields);
        counted.line = events_.size();
    }

    // Other decisions are marks on their table's track.
    void mark(const Step& step) {
        if (!step.is_decision() || index(step.table) >= school_.tables.size()) return;
        const EventKind kind = step.event.kind;
        const bool is_slice = kind == EventKind::ran || kind == EventKind::seated ||
                              kind == EventKind::unseated || kind == EventKind::worked;
        if (is_slice) return;
        std::string text = word_of(kind, what_.words);
        if (step.student() != StudentId::none) text += ": " + name(step.student());
        event(step.time, Rank::mark,
              "\"name\": " + json_string(text) +
                  ", \"cat\": \"decision\", \"ph\": \"i\", \"s\": \"t\"" +
                  place({tables, index(step.table)}, step.time));
    }

    // An arrow begins where a student makes another one ready, at that student's table, and ends
    // where the other one is called.
    void begin_arrows(const Step& step) {
        const Event& event_now = step.event;
        const bool wakes = event_now.kind == EventKind::readied;
        const bool starts = event_now.kind == EventKind::spawned && event_now.arg != 0;
        if (!wakes && !starts) {
            if (event_now.kind == EventKind::stole) steal_from(step);
            return;
        }
        const Table* table = school_.find(step.table);
        if (table == nullptr || table->student == StudentId::none ||
            table->mood != Table::Mood::teaching) {
            return;  // a clock or the kernel did it
        }
        start_arrow(step, {tables, index(step.table)}, wakes ? "wake-up" : "start");
    }

    void steal_from(const Step& step) {
        const auto victim = static_cast<std::size_t>(stole_victim(step.event.arg));
        const auto found = open_.find({clipboards, victim});
        if (found == open_.end() || found->second.name.empty()) return;
        start_arrow(step, {clipboards, victim}, "steal");
    }

    // Who is made ready again before it was called has only the newer arrow.
    void start_arrow(const Step& step, Track from, const char* what) {
        arrows_.insert_or_assign(step.student(),
                                 Arrow{next_arrow_++, what, from, step.time, step_});
    }

    // Only arrows that have both ends are written.
    void end_arrows(const Step& step) {
        if (step.event.kind != EventKind::ran) return;
        const auto found = arrows_.find(step.student());
        if (found == arrows_.end()) return;
        const Arrow& arrow = found->second;
        const std::string common = "\"name\": \"" + std::string(arrow.name) +
                                   "\", \"cat\": \"cause\", \"id\": " + std::to_string(arrow.id);
        events_.push_back({arrow.time, Rank::mark, arrow.order,
                           common + ", \"ph\": \"s\"" + place(arrow.from, arrow.time)});
        event(step.time, Rank::arrow_end,
              common + ", \"ph\": \"f\", \"bp\": \"e\"" +
                  place({tables, index(step.table)}, step.time));
        arrows_.erase(found);
    }

    struct Counted {
        std::int64_t value = 0;
        std::size_t line = 0;  // its last event, counted from 1; 0: none yet
    };

    const Export& what_;
    School school_;
    std::map<std::string, Counted> counted_;
    std::vector<Doing> known_;  // of each student, by id
    std::array<std::int64_t, 4>
        students_{};  // how many do what; of those who do nothing none is counted
    std::vector<Line> events_;
    std::map<Track, Slice> open_;
    std::map<StudentId, Arrow> arrows_;
    std::uint64_t next_arrow_ = 1;
    std::size_t step_ = 0;
};

}  // namespace

std::string trace_json(const Export& what) { return Writer(what).write(); }

}  // namespace homeroom::sim
