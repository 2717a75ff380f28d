// Asking: the question is put at its moment, and the run that is known beyond it gives the answer.
#include "sim/teach/question.h"

#include <algorithm>

#include "sim/teach/answers.h"

namespace homeroom::sim {

namespace {

using QuestionKind = QuestionSpec::Kind;

bool answer(Asking& asking) {
    switch (asking.spec.kind) {
        case QuestionKind::next:
            return answer_next(asking);
        case QuestionKind::from:
            return answer_from(asking);
        case QuestionKind::longest:
            return answer_longest(asking);
        case QuestionKind::where:
            return answer_where(asking);
        case QuestionKind::holder:
            return answer_holder(asking);
        case QuestionKind::last:
            return answer_last(asking);
        case QuestionKind::count:
            return answer_count(asking);
        case QuestionKind::will:
            return answer_will(asking);
        case QuestionKind::seeds:
            return answer_seeds(asking);
        case QuestionKind::first:
            return answer_first(asking);
        case QuestionKind::most:
        case QuestionKind::least:
            return answer_compared(asking);
    }
    return false;
}

// "first", "second", "17th"; in other languages the number.
std::string place_in_line(std::size_t number) {
    if (spoken() != Language::english) return std::to_string(number);
    constexpr const char* words[] = {"first", "second", "third", "fourth", "fifth"};
    if (number >= 1 && number <= 5) return words[number - 1];
    const bool teen = number % 100 >= 11 && number % 100 <= 13;
    const char* end = teen               ? "th"
                      : number % 10 == 1 ? "st"
                      : number % 10 == 2 ? "nd"
                      : number % 10 == 3 ? "rd"
                                         : "th";
    return std::to_string(number) + end;
}

}  // namespace

std::optional<Question> ask(const QuestionSpec& spec, const RunOptions& run, std::size_t position,
                            Runs& runs, Words words, std::string& error) {
    const Timeline* timeline = runs.of(run, error);
    if (timeline == nullptr) return std::nullopt;
    position = std::min(position, timeline->decisions());
    Asking asking{spec, run,   *timeline, position,
                  runs, words, error,     school_at_position(*timeline, position)};
    asking.question.shown_at = position;
    if (!answer(asking)) return std::nullopt;
    Question& question = asking.question;
    if (!spec.prompt.empty()) question.prompt = spec.prompt;
    for (std::size_t i = 0; i < question.choices.size(); ++i) {
        for (std::size_t j = i + 1; j < question.choices.size(); ++j) {
            if (question.choices[i].text != question.choices[j].text) continue;
            error = "two answers are the same: " + question.choices[i].text;
            return std::nullopt;
        }
    }
    if (question.choices.size() < 2) {
        error = "there is only one answer to choose";
        return std::nullopt;
    }
    return question;
}

void Asking::settle(std::size_t k) {
    const Reason reason = explain(timeline, k, school_at_position(timeline, k), words);
    question.shown_at = std::max(question.shown_at, k + 1);
    question.because = reason.caption;
    if (!reason.rule.empty()) question.because += phrase(" Rule: {r}.", {{'r', reason.rule}});
    question.ladder = reason.ladder;
}

void Asking::choose_right(const Choice& right) {
    const auto found = std::find_if(question.choices.begin(), question.choices.end(),
                                    [&](const Choice& each) { return each.text == right.text; });
    question.right = static_cast<std::size_t>(found - question.choices.begin());
    if (found == question.choices.end()) question.choices.push_back(right);
}

std::size_t Asking::next_call() const {
    for (std::size_t k = position; k < timeline.decisions(); ++k) {
        const Step& step = timeline.step(timeline.step_of_decision(k));
        if (step.event.kind != EventKind::ran) continue;
        if (spec.table != TableId::none && step.table != spec.table) continue;
        const Source source = source_of(step.event.arg);
        if (source != Source::same && source != Source::returned) return k;
    }
    return timeline.decisions();
}

std::string standing(const School& school, StudentId id, Words words) {
    const Student* student = school.find(id);
    auto say = [words](const char* school_text, const char* field_text) {
        return words == Words::school ? school_text : field_text;
    };
    if (student == nullptr) return tr(say("not here yet", "not started yet"));
    auto behind = [&](const std::deque<StudentId>& line) {
        const auto place = std::find(line.begin(), line.end(), id) - line.begin();
        return place_in_line(static_cast<std::size_t>(place) + 1);
    };
    switch (student->state) {
        case Student::State::top_line:
            return phrase(say("on the top line of {c}", "in the next slot of {c}"),
                          {{'c', name_of(student->clipboard, words)}});
        case Student::State::listed: {
            const Clipboard* clipboard = school.find(student->clipboard);
            if (clipboard == nullptr) break;
            return phrase(say("{n} among the names of {c}", "{n} in the queue of {c}"),
                          {{'n', behind(clipboard->names)}, {'c', name_of(clipboard->id, words)}});
        }
        case Student::State::bench:
            return phrase(say("{n} on the bench", "{n} in the global queue"),
                          {{'n', behind(school.bench)}});
        case Student::State::taught:
            return phrase(say("being taught at {t}", "running on {t}"),
                          {{'t', name_of(student->table, words)}});
        default:
            break;
    }
    return word_of(student->state, words);
}

}  // namespace homeroom::sim
