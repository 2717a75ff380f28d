// How the questions of question.h find their answers; shared by the files that do so.
#pragma once

#include <string>

#include "sim/language.h"
#include "sim/teach/question.h"

namespace homeroom::sim {

inline constexpr std::size_t choices_max = 4;

// One question being asked: where, and the question as far as it is known.
struct Asking {
    const QuestionSpec& spec;
    const RunOptions& run;
    const Timeline& timeline;
    std::size_t position;
    Runs& runs;
    Words words;
    std::string& error;
    School now;  // after the first `position` decisions
    Question question{};

    const char* say(const char* school, const char* field) const {
        return tr(words == Words::school ? school : field);
    }
    // "1 name", "3 names".
    std::string counted_in(std::uint64_t count, const char* one, const char* many, const char* ones,
                           const char* manys) const {
        const bool school = words == Words::school;
        return counted(count, school ? one : ones, school ? many : manys);
    }
    bool fail(const std::string& why) {
        error = why;
        return false;
    }
    // What decision k did, and why, becomes the answer's reason.
    void settle(std::size_t k);
    // Puts the choices into their natural order (as they were added, unless sorted before), and
    // finds the right one among them.
    void choose_right(const Choice& right);
    // The first decision from `position` on that calls a student from a queue, at the asked table;
    // decisions() when there is none.
    std::size_t next_call() const;
};

// Each fills `asking.question`, or returns false with one line in the error.
bool answer_next(Asking& asking);
bool answer_from(Asking& asking);
bool answer_longest(Asking& asking);
bool answer_where(Asking& asking);
bool answer_holder(Asking& asking);
bool answer_last(Asking& asking);
bool answer_count(Asking& asking);
bool answer_will(Asking& asking);
bool answer_seeds(Asking& asking);
bool answer_first(Asking& asking);
bool answer_compared(Asking& asking);

// "first on the list of clipboard 2", "on the bench, behind 3 others", "being taught at table 1".
std::string standing(const School& school, StudentId id, Words words);

}  // namespace homeroom::sim
