// Who, and where: questions about single students, tables, clipboards and lists.
#include <algorithm>

#include "sim/teach/answers.h"

namespace homeroom::sim {

namespace {

using State = Student::State;

Choice choice_of(const Asking& asking, StudentId id) {
    Choice choice;
    choice.text = name_of(id, asking.words);
    choice.note = standing(asking.now, id, asking.words);
    choice.student = id;
    return choice;
}

void by_student(std::vector<Choice>& choices) {
    std::sort(choices.begin(), choices.end(),
              [](const Choice& a, const Choice& b) { return a.student < b.student; });
}

bool has(const std::vector<Choice>& choices, StudentId id) {
    return std::any_of(choices.begin(), choices.end(),
                       [id](const Choice& each) { return each.student == id; });
}

// Those whom somebody might expect to be called at this table, the likeliest mistakes first.
std::vector<StudentId> candidates(const School& now, TableId table) {
    std::vector<StudentId> all;
    auto add_ends = [&all](const std::deque<StudentId>& line) {
        if (line.empty()) return;
        all.push_back(line.front());
        all.push_back(line.back());
    };
    const Table* at = now.find(table);
    if (const Clipboard* own = at ? now.find(at->clipboard) : nullptr) {
        all.push_back(own->top_line);
        add_ends(own->names);
    }
    add_ends(now.bench);
    for (const Clipboard& clipboard : now.clipboards) {
        all.push_back(clipboard.top_line);
        add_ends(clipboard.names);
    }
    for (const Student& student : now.students)
        if (student.ready() || student.state == State::taught) all.push_back(student.id);
    return all;
}

}  // namespace

bool answer_next(Asking& asking) {
    const std::size_t k = asking.next_call();
    if (k == asking.timeline.decisions()) return asking.fail("nobody is called any more");
    const Step& step = asking.timeline.step(asking.timeline.step_of_decision(k));
    const Student* right = asking.now.find(step.student());
    if (right == nullptr || right->state == State::gone)
        return asking.fail("who is called next has not come into the class yet");
    Question& question = asking.question;
    const std::string table = name_of(asking.spec.table, asking.words);
    question.prompt = asking.spec.table == TableId::none
                          ? asking.say("Who is called next?", "Which coroutine runs next?")
                          : phrase(asking.words == Words::school ? "Who is called next at {t}?"
                                                                 : "What runs next on {t}?",
                                   {{'t', table}});
    question.choices.push_back(choice_of(asking, right->id));
    for (StudentId id : candidates(asking.now, step.table)) {
        if (question.choices.size() == choices_max) break;
        const Student* student = asking.now.find(id);
        if (student == nullptr || student->state == State::gone) continue;
        if (!has(question.choices, id)) question.choices.push_back(choice_of(asking, id));
    }
    const Choice kept = question.choices[0];
    by_student(question.choices);
    asking.choose_right(kept);
    asking.settle(k);
    return true;
}

bool answer_from(Asking& asking) {
    const std::size_t k = asking.next_call();
    if (k == asking.timeline.decisions()) return asking.fail("nobody is called any more");
    const Step& step = asking.timeline.step(asking.timeline.step_of_decision(k));
    Question& question = asking.question;
    const bool school = asking.words == Words::school;
    question.prompt = asking.spec.table == TableId::none
                          ? asking.say("Where does the next student called come from?",
                                       "Where does the next coroutine come from?")
                          : phrase(school ? "Where does the next student at {t} come from?"
                                          : "Where does the next coroutine on {t} come from?",
                                   {{'t', name_of(asking.spec.table, asking.words)}});
    const Source right = source_of(step.event.arg);
    const bool by_tick = right == Source::global_tick;
    // That the bench comes first at times is told by the answer to it, so not both are offered.
    for (Source source : {Source::next, Source::local, by_tick ? right : Source::global,
                          Source::stolen, Source::network}) {
        if (source == Source::network && right != source) continue;
        Choice choice;
        choice.text =
            word_of(source == Source::global_tick ? Source::global : source, asking.words);
        question.choices.push_back(choice);
    }
    Choice chosen;
    chosen.text = word_of(by_tick ? Source::global : right, asking.words);
    asking.choose_right(chosen);
    asking.settle(k);
    return true;
}

bool answer_longest(Asking& asking) {
    struct List {
        ClipboardId clipboard;  // none: the bench
        std::size_t names;
    };
    std::vector<List> lists;
    for (const Clipboard& clipboard : asking.now.clipboards)
        lists.push_back({clipboard.id, clipboard.names.size()});
    lists.push_back({ClipboardId::none, asking.now.bench.size()});
    std::stable_sort(lists.begin(), lists.end(),
                     [](const List& a, const List& b) { return a.names > b.names; });
    if (lists[0].names == 0) return asking.fail("all lists are empty");
    if (lists[0].names == lists[1].names) return asking.fail("two lists are the longest");
    lists.resize(std::min<std::size_t>(lists.size(), 5));
    const ClipboardId longest = lists[0].clipboard;
    std::stable_sort(lists.begin(), lists.end(), [](const List& a, const List& b) {
        return index(a.clipboard) < index(b.clipboard);
    });
    Question& question = asking.question;
    question.prompt =
        asking.say("Which list is the longest now? The top line does not count.",
                   "Which run queue is the longest now? The next slot does not count.");
    for (const List& list : lists) {
        Choice choice;
        choice.clipboard = list.clipboard;
        choice.text = list.clipboard == ClipboardId::none
                          ? asking.say("the bench", "the global queue")
                          : name_of(list.clipboard, asking.words);
        choice.note = asking.counted_in(list.names, "name", "names", "coroutine", "coroutines");
        if (list.clipboard == longest) {
            question.right = question.choices.size();
            question.because = phrase("{a}: {b}.", {{'a', choice.text}, {'b', choice.note}});
        }
        question.choices.push_back(choice);
    }
    return true;
}

bool answer_where(Asking& asking) {
    const StudentId id = asking.spec.student;
    const Student* student = asking.now.find(id);
    if (student == nullptr || student->state == State::gone)
        return asking.fail("student " + std::to_string(index(id)) + " is not in the class now");
    const State before = student->state;
    School school = asking.now;
    const Timeline& timeline = asking.timeline;
    for (std::size_t k = asking.position; k < timeline.decisions(); ++k) {
        for (std::size_t i = k == 0 ? 0 : timeline.decision_end(k - 1);
             i < timeline.decision_end(k); ++i) {
            school.fold(timeline.step(i));
        }
        const State after = school.find(id)->state;
        if (after == before || after == State::nowhere || after == State::called) continue;
        Question& question = asking.question;
        const std::string name = name_of(id, asking.words);
        question.prompt = capital(phrase("{s} is {b}. Where will it be next?",
                                         {{'s', name}, {'b', word_of(before, asking.words)}}));
        for (State state : {State::top_line, State::listed, State::bench, State::taught,
                            State::waiting, State::alarm, State::errand, State::gone}) {
            const bool usual = state == State::listed || state == State::bench ||
                               state == State::taught || state == State::waiting;
            if (state == before || (!usual && state != after)) continue;
            Choice choice;
            choice.text = word_of(state, asking.words);
            question.choices.push_back(choice);
        }
        Choice right;
        right.text = word_of(after, asking.words);
        asking.choose_right(right);
        asking.settle(k);
        return true;
    }
    return asking.fail("student " + std::to_string(index(id)) + " stays where it is");
}

bool answer_holder(Asking& asking) {
    const Until& moment = asking.spec.moments[0];
    const auto at = find_until(asking.timeline, moment, asking.position);
    if (!at) return asking.fail("the run never comes to " + to_string(moment));
    const School then = school_at_position(asking.timeline, *at);
    const ClipboardId id = asking.spec.clipboard;
    const Clipboard *before = asking.now.find(id), *after = then.find(id);
    if (before == nullptr || after == nullptr)
        return asking.fail("there is no clipboard " + std::to_string(index(id)));
    auto choice_at = [&](TableId table) {
        Choice choice;
        choice.table = table;
        choice.text = table == TableId::none
                          ? asking.say("nobody: it lies idle", "none: it is idle")
                          : name_of(table, asking.words);
        return choice;
    };
    std::vector<TableId> tables{after->holder, before->holder, TableId::none};
    for (const Table& table : then.tables) tables.push_back(table.id);
    Question& question = asking.question;
    for (TableId table : tables) {
        const Choice choice = choice_at(table);
        const bool there = std::any_of(question.choices.begin(), question.choices.end(),
                                       [&](const Choice& c) { return c.table == table; });
        if (!there && question.choices.size() < choices_max) question.choices.push_back(choice);
    }
    std::sort(question.choices.begin(), question.choices.end(),
              [](const Choice& a, const Choice& b) { return a.table < b.table; });
    question.prompt =
        phrase("Who holds {c} when this comes: {m}?",
               {{'c', name_of(id, asking.words)}, {'m', words_of(moment, asking.words)}});
    asking.choose_right(choice_at(after->holder));
    asking.settle(*at - 1);
    return true;
}

bool answer_last(Asking& asking) {
    const bool calls = asking.spec.moments[0].kind == Until::Kind::called;
    const Timeline& timeline = asking.timeline;
    std::vector<StudentId> order;  // by first call, or by end; main, who waits for all, left out
    std::size_t at = 0;
    for (std::size_t k = 0; k < timeline.decisions(); ++k) {
        const Step& step = timeline.step(timeline.step_of_decision(k));
        if (step.student() == StudentId{1} || step.student() == StudentId::none) continue;
        if (step.event.kind != (calls ? EventKind::ran : EventKind::ended)) continue;
        if (std::find(order.begin(), order.end(), step.student()) != order.end()) continue;
        order.push_back(step.student());
        at = k;
    }
    if (order.size() < 2) return asking.fail("there are not two students to choose from");
    if (at < asking.position) return asking.fail("that has happened already");
    std::vector<StudentId> some{order.back(),
                                *std::min_element(order.begin(), order.end()),
                                *std::max_element(order.begin(), order.end()),
                                order.front(),
                                order[order.size() / 2],
                                order[order.size() / 3]};
    Question& question = asking.question;
    question.prompt =
        calls ? asking.say("Who is called to a table for the first time after all others?",
                           "Which coroutine runs for the first time after all others?")
              : asking.say("Who finishes last? (Student 1 waits for all, and does not count.)",
                           "Which coroutine ends last? (Main waits for all, and does not count.)");
    for (StudentId id : some) {
        if (question.choices.size() == choices_max) break;
        if (!has(question.choices, id)) question.choices.push_back(choice_of(asking, id));
    }
    for (Choice& choice : question.choices) {
        const auto place = std::find(order.begin(), order.end(), choice.student) - order.begin();
        choice.note = phrase("number {n} of {m}", {{'n', std::to_string(place + 1)},
                                                   {'m', std::to_string(order.size())}});
    }
    const Choice right = question.choices[0];
    by_student(question.choices);
    asking.choose_right(right);
    asking.settle(at);
    return true;
}

}  // namespace homeroom::sim
