// Writing a run down, decision by decision.
#include "sim/export.h"

#include <algorithm>

namespace homeroom::sim {

namespace {

// Ends all lines and no line twice; numbers only, so nothing needs quotes.
class Row {
public:
    template <class Number>
    Row& add(Number number) {
        return text(std::to_string(number));
    }
    Row& text(const std::string& value) {
        line_ += (line_.empty() ? "" : ",") + value;
        return *this;
    }
    std::string end() { return line_ + "\n"; }

private:
    std::string line_;
};

}  // namespace

std::string counters_csv(const Export& what) {
    const Timeline& timeline = what.timeline;
    Row heading;
    for (const char* name : {"decision", "time_ns", "kind", "ready", "taught", "waiting", "bench"})
        heading.text(name);
    for (std::uint32_t i = 0; i < what.run.clipboards; ++i) {
        heading.text("list_" + std::to_string(i));
        heading.text("top_line_" + std::to_string(i));
    }
    for (const char* name :
         {"tables", "busy_teachers", "calls", "switches", "teacher_switches", "steals", "stolen",
          "parks", "wakes", "errands", "hand_offs", "retakes", "bells", "preemptions", "finished"})
        heading.text(name);
    std::string csv = heading.end();

    School school = timeline.school_at(0);
    std::size_t folded = 0;
    const std::size_t decisions = std::min(what.decisions, timeline.decisions());
    for (std::size_t k = 0; k < decisions; ++k) {
        for (; folded < timeline.decision_end(k); ++folded) school.fold(timeline.step(folded));
        const Step& step = timeline.step(timeline.step_of_decision(k));
        std::size_t ready = 0, taught = 0, waiting = 0, tables = 0, busy = 0;
        for (const Student& student : school.students) {
            if (student.id == StudentId::none) continue;
            ready += student.ready() ? 1u : 0u;
            taught += student.state == Student::State::taught ? 1u : 0u;
            waiting +=
                student.state == Student::State::waiting || student.state == Student::State::alarm
                    ? 1u
                    : 0u;
        }
        for (const Table& table : school.tables)
            tables += table.mood != Table::Mood::closed ? 1u : 0u;
        for (const Teacher& teacher : school.teachers)
            busy += teacher.table != TableId::none ? 1u : 0u;
        Row row;
        row.add(k + 1).add(step.time);
        std::string kind = word_of(step.event.kind, Words::field);
        std::replace(kind.begin(), kind.end(), ',', ' ');
        row.text(kind).add(ready).add(taught).add(waiting).add(school.bench.size());
        for (std::uint32_t i = 0; i < what.run.clipboards; ++i) {
            const bool there = i < school.clipboards.size();
            row.add(there ? school.clipboards[i].names.size() : 0);
            row.add(there && school.clipboards[i].top_line != StudentId::none ? 1 : 0);
        }
        const Counters& n = school.counters;
        row.add(tables).add(busy);
        for (std::uint64_t number :
             {n.calls, n.student_switches, n.teacher_switches, n.steals, n.stolen_names, n.parks,
              n.readies, n.errands, n.hand_offs, n.retakes, n.bells, n.preemptions, n.ends})
            row.add(number);
        csv += row.end();
    }
    return csv;
}

std::string transcript(const Export& what) {
    const Timeline& timeline = what.timeline;
    std::string text = to_string(what.run) + "\n";
    School before = timeline.school_at(0);
    std::size_t folded = 0;
    const std::size_t decisions = std::min(what.decisions, timeline.decisions());
    for (std::size_t k = 0; k < decisions; ++k) {
        text += describe_fully(timeline, k, before, what.words) + "\n";
        for (; folded < timeline.decision_end(k); ++folded) before.fold(timeline.step(folded));
    }
    return text;
}

}  // namespace homeroom::sim
