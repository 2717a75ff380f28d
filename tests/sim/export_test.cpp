// Exports: the trace keeps the rules of its format, and the numbers are those of the run.
#include "sim/export.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>
#include <vector>

#include "sim/lesson.h"
#include "sim/teach/question.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

// One event of a trace: its members as they are written, strings without their quotes.
using Members = std::map<std::string, std::string>;

// Reads JSON strictly enough to notice whatever a viewer would choke on. Objects that have a member
// "ph" are collected.
class Reader {
public:
    explicit Reader(const std::string& text) : text_(text) {}

    bool read() {
        std::string ignored;
        const bool good = value(ignored);
        blanks();
        return good && at_ == text_.size();
    }
    std::vector<Members> events;

private:
    void blanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
    }
    bool take(char c) {
        blanks();
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    bool string(std::string& into) {
        if (!take('"')) return false;
        for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
            if (static_cast<unsigned char>(text_[at_]) < 0x20) return false;
            if (text_[at_] == '\\') ++at_;
            into += text_[at_];
        }
        return take('"');
    }
    bool number(std::string& into) {
        blanks();
        char* end = nullptr;
        std::strtod(text_.c_str() + at_, &end);
        const auto length = static_cast<std::size_t>(end - (text_.c_str() + at_));
        into = text_.substr(at_, length);
        at_ += length;
        return length > 0;
    }
    bool value(std::string& into) {
        blanks();
        if (at_ >= text_.size()) return false;
        if (text_[at_] == '"') return string(into);
        if (text_[at_] == '[') {
            take('[');
            if (take(']')) return true;
            do {
                std::string element;
                if (!value(element)) return false;
            } while (take(','));
            return take(']');
        }
        if (text_[at_] != '{') return number(into);
        const std::size_t from = at_;
        take('{');
        Members members;
        if (!take('}')) {
            do {
                std::string name, member;
                if (!string(name) || !take(':') || !value(member)) return false;
                if (!members.emplace(name, member).second) return false;
            } while (take(','));
            if (!take('}')) return false;
        }
        if (members.count("ph") != 0) events.push_back(members);
        into = text_.substr(from, at_ - from);
        return true;
    }

    const std::string& text_;
    std::size_t at_ = 0;
};

// "1.234" as nanoseconds.
Nanoseconds time_of(const std::string& microseconds) {
    const std::size_t point = microseconds.find('.');
    REQUIRE(point != std::string::npos);
    REQUIRE(microseconds.size() == point + 4);
    return std::stoll(microseconds.substr(0, point)) * 1000 +
           std::stoll(microseconds.substr(point + 1));
}

// The number of a counter's event.
std::int64_t counted(const Members& event) {
    const std::string start = "{\"value\": ";
    const std::string& args = event.at("args");
    REQUIRE(args.rfind(start, 0) == 0);
    char* end = nullptr;
    const std::int64_t value = std::strtoll(args.c_str() + start.size(), &end, 10);
    REQUIRE(std::string(end) == "}");
    return value;
}

RunOptions defaults(const char* name) { return find_lesson(name)->defaults; }

}  // namespace

// The published format is the document "Trace Event Format"; Perfetto's reader of it (its JSON
// trace parser) asks for a little more. Checked here, for every lesson:
//   1. the file is one JSON value, an object with the list traceEvents; displayTimeUnit is ms or
//   ns;
//   2. each event has name, ph, ts, pid, tid; ts, pid and tid are numbers, ts in microseconds;
//   3. ph is one of X, i, s, f, C, M, and each has what it needs: X a dur of at least 0, i a scope
//      (g, p or t), s and f an id and a category, C a number in args, M its name or sort_index
//      there;
//   4. slices of one thread do not cross, since a thread's slices are a stack;
//   5. an arrow has exactly one beginning and one end, with the same id, name and category, the
//      beginning first, and each end lies in a slice (bp is e: the one around it);
//   6. Perfetto: threads are told apart by tid alone, 0 is the idle thread, and a process has a
//      main thread with its own number; the name of a thread comes before its other events; an
//      arrow begins and ends in what was opened last when the events are read in the order of time
//      and file.
TEST_CASE("a trace is JSON whose events have what the format asks for") {
    for (const Lesson& lesson : lessons()) {
        Runs runs;
        std::string error;
        const RunOptions run = defaults(lesson.name);
        const Timeline* timeline = runs.of(run, error);
        REQUIRE(timeline != nullptr);
        const std::string text = trace_json({run, *timeline, 3'000, Words::school});
        CAPTURE(std::string(lesson.name));
        Reader reader(text);
        REQUIRE(reader.read());

        struct Slice {
            Nanoseconds from, to;
        };
        std::map<std::string, std::vector<Slice>> tracks;
        std::set<std::string> named, threads, processes;
        CHECK(text.find("\"displayTimeUnit\": \"ns\"") != std::string::npos);
        CHECK(text.find("\"traceEvents\": [") != std::string::npos);
        for (const Members& event : reader.events) {
            for (const char* member : {"name", "ph", "ts", "pid", "tid"}) {
                CAPTURE(std::string(member));
                REQUIRE(event.count(member) == 1);
            }
            CHECK(time_of(event.at("ts")) >= 0);
            const std::string track = event.at("pid") + "/" + event.at("tid");
            const std::string& kind = event.at("ph");
            for (const char* number : {"pid", "tid"})
                CHECK(event.at(number).find_first_not_of("0123456789") == std::string::npos);
            CHECK(event.at("tid") != "0");
            const bool names = kind == "M" && event.at("name") == "thread_name";
            if (names) {
                CHECK(named.insert(track).second);
                CHECK(threads.insert(event.at("tid")).second);
                processes.insert(event.at("pid"));
            } else if (kind != "M") {
                CHECK(named.count(track) == 1);
            }
            if (kind == "s" || kind == "f") {
                CHECK(event.count("id") == 1);
                CHECK(event.count("cat") == 1);
            }
            if (kind == "X") {
                const Nanoseconds from = time_of(event.at("ts"));
                tracks[track].push_back({from, from + time_of(event.at("dur"))});
                CHECK(tracks[track].back().to >= from);
            }
            if (kind == "i") CHECK(event.at("s") == "t");
            if (kind == "C") CHECK(counted(event) >= 0);
            CHECK(std::string("MXisfC").find(kind) != std::string::npos);
        }
        for (const std::string& process : processes) CHECK(threads.count(process) == 1);
        for (auto& [track, slices] : tracks) {
            CHECK(named.count(track) == 1);
            std::sort(slices.begin(), slices.end(),
                      [](const Slice& a, const Slice& b) { return a.from < b.from; });
            for (std::size_t i = 1; i < slices.size(); ++i)
                CHECK(slices[i].from >= slices[i - 1].to);
        }

        // Each arrow has a beginning and an end, in this order, and both lie in a slice.
        std::map<std::string, Members> begun;
        std::size_t arrows = 0;
        for (const Members& event : reader.events) {
            const std::string& kind = event.at("ph");
            if (kind != "s" && kind != "f") continue;
            const auto& slices = tracks[event.at("pid") + "/" + event.at("tid")];
            const Nanoseconds at = time_of(event.at("ts"));
            CHECK(std::any_of(slices.begin(), slices.end(), [at](const Slice& slice) {
                return slice.from <= at && at <= slice.to;
            }));
            if (kind == "s") {
                CHECK(begun.emplace(event.at("id"), event).second);
                continue;
            }
            CHECK(event.at("bp") == "e");
            REQUIRE(begun.count(event.at("id")) == 1);
            const Members& from = begun.at(event.at("id"));
            CHECK(from.at("name") == event.at("name"));
            CHECK(from.at("cat") == event.at("cat"));
            CHECK(time_of(from.at("ts")) <= at);
            ++arrows;
        }
        CHECK(arrows == begun.size());
        CHECK(arrows > 0);
    }
}

// As Perfetto ties arrows to slices: events by time, at one time as in the file; an arrow belongs
// to what was opened last on its thread, a mark too, even if that is over.
TEST_CASE("an arrow of a trace ends in the slice of who was called, and begins at its decision") {
    Runs runs;
    std::string error;
    for (const char* name : {"stealing", "lock", "pipeline", "errand"}) {
        CAPTURE(std::string(name));
        const RunOptions run = defaults(name);
        const Timeline* timeline = runs.of(run, error);
        REQUIRE(timeline != nullptr);
        const std::string text = trace_json({run, *timeline, 5'000, Words::school});
        Reader reader(text);
        REQUIRE(reader.read());
        std::map<std::string, Members> last;  // slice of a thread, by tid
        Nanoseconds before = 0;
        std::size_t ends = 0, marks = 0;
        for (const Members& event : reader.events) {
            const Nanoseconds now = time_of(event.at("ts"));
            CHECK(now >= before);
            before = now;
            const std::string& kind = event.at("ph");
            if (kind == "X" || kind == "i") last[event.at("tid")] = event;
            if (kind != "s" && kind != "f") continue;
            REQUIRE(last.count(event.at("tid")) == 1);
            const Members& slice = last.at(event.at("tid"));
            if (kind == "s" && event.at("name") == "steal") {
                CHECK(now <= time_of(slice.at("ts")) + time_of(slice.at("dur")));
            } else if (kind == "s") {
                CHECK(slice.at("ph") == "i");
                CHECK(time_of(slice.at("ts")) == now);
                ++marks;
            }
            if (kind == "f") {
                CHECK(time_of(slice.at("ts")) == now);
                CHECK(slice.at("name").substr(0, 7) == "student");
                ++ends;
            }
        }
        CHECK(ends > 0);
        CHECK(marks > 0);
    }
}

TEST_CASE("a trace has a slice for each time a student was taught, and an arrow for each steal") {
    Runs runs;
    std::string error;
    const RunOptions run = defaults("stealing");
    const Timeline* timeline = runs.of(run, error);
    REQUIRE(timeline != nullptr);
    const std::string text = trace_json({run, *timeline, ~std::size_t{0}, Words::field});
    Reader reader(text);
    REQUIRE(reader.read());
    Nanoseconds in_slices = 0, in_run = 0;
    std::size_t steals = 0;
    for (const Members& event : reader.events) {
        const bool table = event.at("pid") == "100001";
        if (event.at("ph") == "X" && table && event.at("name")[0] == 'G')
            in_slices += time_of(event.at("dur"));
        if (event.at("ph") == "s" && event.at("name") == "steal") ++steals;
    }
    for (const Student& student : timeline->latest().students) in_run += student.taught_ns;
    CHECK(in_slices == in_run);
    CHECK(steals > 0);
    CHECK(steals <= timeline->latest().counters.steals);
}

// Method: what the trace counts along is counted anew in the whole school, at every moment.
TEST_CASE("the counters of a trace are at each moment those of the school") {
    for (const Lesson& lesson : lessons()) {
        CAPTURE(std::string(lesson.name));
        Runs runs;
        std::string error;
        const RunOptions run = defaults(lesson.name);
        const Timeline* timeline = runs.of(run, error);
        REQUIRE(timeline != nullptr);
        const std::size_t decisions = std::min<std::size_t>(timeline->decisions(), 3'000);
        const std::string text = trace_json({run, *timeline, decisions, Words::school});
        Reader reader(text);
        REQUIRE(reader.read());
        std::map<Nanoseconds, std::map<std::string, std::int64_t>> changes;
        std::set<std::string> names;
        for (const Members& event : reader.events) {
            if (event.at("ph") != "C") continue;
            // One number of each moment.
            CHECK(
                changes[time_of(event.at("ts"))].emplace(event.at("name"), counted(event)).second);
            names.insert(event.at("name"));
        }
        CHECK(names.size() == 5 + run.clipboards);

        std::map<std::string, std::int64_t> now;
        School school = timeline->school_at(0);
        const std::size_t end = timeline->decision_end(decisions - 1);
        std::size_t moments = 0;
        for (std::size_t i = 0; i < end; ++i) {
            school.fold(timeline->step(i));
            const Nanoseconds time = timeline->step(i).time;
            if (i + 1 < end && timeline->step(i + 1).time == time) continue;
            if (const auto found = changes.find(time); found != changes.end()) {
                for (const auto& [name, value] : found->second) now[name] = value;
                ++moments;
            }
            std::map<std::string, std::int64_t> whole;
            for (const char* name : {"ready students", "students who are taught",
                                     "students who wait", "idle teachers"})
                whole[name] = 0;
            for (const Student& student : school.students) {
                if (student.id == StudentId::none) continue;
                using State = Student::State;
                whole["ready students"] += student.ready();
                whole["students who are taught"] += student.state == State::taught;
                whole["students who wait"] +=
                    student.state == State::waiting || student.state == State::alarm;
            }
            for (const Teacher& teacher : school.teachers)
                whole["idle teachers"] += teacher.table == TableId::none;
            whole["on the bench"] = static_cast<std::int64_t>(school.bench.size());
            for (const Clipboard& clipboard : school.clipboards)
                whole["names on " + name_of(clipboard.id, Words::school)] =
                    static_cast<std::int64_t>(clipboard.names.size()) +
                    (clipboard.top_line != StudentId::none);
            CAPTURE(i);
            REQUIRE(now == whole);
        }
        CHECK(moments == changes.size());
    }
}

TEST_CASE("the counters of each decision are those of the school after it") {
    Runs runs;
    std::string error;
    const RunOptions run = defaults("errand");
    const Timeline* timeline = runs.of(run, error);
    REQUIRE(timeline != nullptr);
    std::istringstream csv(counters_csv({run, *timeline, 50, Words::school}));
    auto cells = [](const std::string& line) {
        std::vector<std::string> all;
        std::istringstream in(line);
        for (std::string cell; std::getline(in, cell, ',');) all.push_back(cell);
        return all;
    };
    std::string line;
    std::getline(csv, line);
    const auto heading = cells(line);
    auto column = [&](const char* name) {
        const auto found = std::find(heading.begin(), heading.end(), name);
        REQUIRE(found != heading.end());
        return static_cast<std::size_t>(found - heading.begin());
    };
    std::size_t k = 0;
    while (std::getline(csv, line)) {
        CAPTURE(k);
        const auto row = cells(line);
        REQUIRE(row.size() == heading.size());
        const School school = timeline->school_after_decision(k);
        CHECK(row[column("decision")] == std::to_string(k + 1));
        CHECK(row[column("time_ns")] ==
              std::to_string(timeline->step(timeline->step_of_decision(k)).time));
        CHECK(row[column("list_0")] == std::to_string(school.clipboards[0].names.size()));
        CHECK(row[column("bench")] == std::to_string(school.bench.size()));
        CHECK(row[column("calls")] == std::to_string(school.counters.calls));
        CHECK(row[column("finished")] == std::to_string(school.counters.ends));
        ++k;
    }
    CHECK(k == 50);
}

TEST_CASE("the transcript tells every decision, after the run itself") {
    Runs runs;
    std::string error;
    const RunOptions run = defaults("lock");
    const Timeline* timeline = runs.of(run, error);
    REQUIRE(timeline != nullptr);
    const std::string text = transcript({run, *timeline, 60, Words::school});
    CHECK(text.rfind(to_string(run) + "\n", 0) == 0);
    for (std::size_t k = 0; k < 60; ++k) {
        const School before =
            k == 0 ? timeline->school_at(0) : timeline->school_after_decision(k - 1);
        CAPTURE(k);
        CHECK(text.find(describe_fully(*timeline, k, before, Words::school)) != std::string::npos);
    }
}
