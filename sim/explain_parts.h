// What the parts of an explanation share. Included by explain*.cpp, captions*.cpp, ladder*.cpp and
// rules_of_go.cpp only; everybody else asks explain().
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/explain.h"

namespace homeroom::sim {

// A decision with all that one needs to talk about it.
struct Moment {
    using Kind = EventKind;

    Moment(const Timeline& run, std::size_t decision, const School& school_before, Words in,
           Names names_in = Names::plain);

    const Timeline& timeline;
    const std::size_t k;
    const Step& step;
    const School& before;
    const Words words;
    const Names naming;
    const std::vector<std::size_t> details;

    // Sentences have names in braces: {t} the table that speaks, {s} the student, {c} the
    // clipboard, and what a caption adds: {o} the object, {a} {b} others, {n} {m} numbers. A
    // capital letter in braces begins a sentence.
    std::map<char, std::string> names;
    std::string say(const char* school, const char* field) const;

    std::string name(StudentId id) const;
    std::string name(TableId id) const;
    std::string name(ClipboardId id) const;
    std::string name(TeacherId id) const;
    std::string name(ClassId id) const { return name_of(id, words); }
    std::string object(ObjectId id) const;
    // A text that means somebody: a link where names are marked, else as it is.
    std::string meant(Mention mention, std::string_view text) const;
    std::string bench(const char* school, const char* field) const;

    const Event& event() const { return step.event; }
    const Table* table() const { return before.find(step.table); }
    TableId named_table() const { return TableId{static_cast<std::uint16_t>(step.event.arg)}; }
};

// One sentence: what happened, and why. The others are those of the topics that it is made of.
std::string caption(Moment& moment);
std::string wait_caption(Moment& moment);
std::string thing_caption(Moment& moment);
std::string table_caption(Moment& moment);
std::string kernel_caption(Moment& moment);

// Where a `queued` detail of this decision put the student; "" when it does not say.
std::string where_to(const Moment& moment, StudentId id);

// The rule behind it, where Go has it, and how faithful we are.
struct Rule {
    const char* school;
    const char* field;
    const char* go_function;
    const char* fidelity;
};
Rule rule_of(const Moment& moment);

// What was looked at, in order.
std::vector<ReasonLine> ladder(const Moment& moment);

// The same three for what is read and written on the whiteboard, and who waits for whom at the end.
std::string board_caption(Moment& moment);
Rule rule_of_board(const Moment& moment);
std::vector<ReasonLine> board_ladder(const Moment& moment);
std::vector<ReasonLine> deadlock_ladder(const Moment& moment);

// Who else was ready when this decision called somebody, or took names over.
std::vector<Alternative> alternatives(const Moment& moment);

// Steps at which the table of decision k looked for work since it last let a student go or was
// woken, in the last pass only; wake-up looks left out.
std::vector<std::size_t> search_looks(const Moment& moment);

// How many names were on the victim's clipboard before the theft, the stolen ones included.
std::size_t names_before_theft(const Moment& moment);

// How many students sat on the bench when the machine looked; 0 if it did not.
std::uint32_t bench_as_looked_at(const Moment& moment);

}  // namespace homeroom::sim
