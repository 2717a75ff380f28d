// How many, whether, which first, and in which run: questions about a run as a whole.
#include <algorithm>
#include <sstream>

#include "sim/lesson.h"
#include "sim/teach/answers.h"

namespace homeroom::sim {

namespace {

// Without what comes after: " now?", " at the end?".
std::string question_about(const Measure& measure, Words words) {
    constexpr const char* begins[] = {"How many {x}", "How long is {x}", "How large is {x}",
                                      "How large is {x}"};
    return phrase(begins[static_cast<std::size_t>(measure.unit)], {{'x', tr(measure.what(words))}});
}

// The last decision up to `end` that changed the number; nothing when it takes too long to find.
std::optional<std::size_t> last_change(const Measure& measure, const Timeline& timeline,
                                       std::size_t end) {
    constexpr std::size_t most = 20'000;
    if (measure.unit != Measure::Unit::count || end > most) return std::nullopt;
    School school = timeline.school_at(0);
    std::int64_t before = measure.value(timeline, 0, school);
    std::optional<std::size_t> found;
    std::size_t folded = 0;
    for (std::size_t k = 0; k < end; ++k) {
        for (; folded < timeline.decision_end(k); ++folded) school.fold(timeline.step(folded));
        const std::int64_t after = measure.value(timeline, k + 1, school);
        if (after != before) found = k;
        before = after;
    }
    return found;
}

// Numbers near the truth, or that a misconception would give: of teachers, of clipboards, of
// students.
std::vector<std::int64_t> guesses(const Asking& asking, std::int64_t right) {
    const RunOptions& run = asking.run;
    std::vector<std::int64_t> all = asking.spec.wrong;
    if (asking.spec.measure->unit == Measure::Unit::count) {
        all.insert(all.end(), {run.clipboards, run.teachers, run.students, right + 1, right - 1,
                               right * 2, right + 2, right + 3});
    } else if (asking.spec.measure->unit != Measure::Unit::share) {
        all.insert(all.end(), {right / 2, right * 2, right * 4, right / 4});
    } else {
        all.insert(all.end(), {right / 2, (1000 + right) / 2, 1000, right / 4});
    }
    return all;
}

// The words of a run's own text that concern the kernel: "policy=mlfq", "costs=thread-switch=3us".
std::vector<std::string> kernel_words(const RunOptions& run) {
    std::istringstream text(to_string(run));
    std::vector<std::string> words;
    for (std::string word; text >> word;) {
        for (const char* name : {"policy=", "quantum=", "queues=", "costs=", "pcid="})
            if (word.rfind(name, 0) == 0) words.push_back(word);
    }
    return words;
}

// As people say it: "First come, first served", "slices of 200 us".
std::string said(const std::string& word) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals), value = word.substr(equals + 1);
    if (name == "policy")
        for (const kernel::PolicyInfo& info : kernel::policy_infos())
            if (value == info.name) return tr(info.title);
    if (name == "quantum")
        if (const auto ns = parse_duration(value))
            return phrase("slices of {t}", {{'t', duration_text(*ns)}});
    const bool off = value == "off";
    if (name == "pcid") return off ? tr("without PCIDs") : tr("with PCIDs");
    if (name != "costs") return word;
    std::string costs;
    std::istringstream list(value);
    for (std::string one; std::getline(list, one, ',');) {
        const std::size_t is = one.find('=');
        const auto ns = is == std::string::npos ? std::nullopt : parse_duration(one.substr(is + 1));
        for (const CostInfo& info : cost_infos())
            if (ns && one.substr(0, is) == info.name)
                one = std::string(tr(info.words)) + ": " + duration_text(*ns);
        costs += (costs.empty() ? "" : ", ") + one;
    }
    return costs;
}

// Those of them that other runs do not have.
std::string own_kernel_words(const std::vector<RunOptions>& runs, const RunOptions& run) {
    std::string own;
    for (const std::string& word : kernel_words(run)) {
        const bool common = std::all_of(runs.begin(), runs.end(), [&](const RunOptions& other) {
            const auto words = kernel_words(other);
            return std::find(words.begin(), words.end(), word) != words.end();
        });
        if (!common) own += (own.empty() ? "" : ", ") + said(word);
    }
    return own;
}

// A class as people say it: "a table for each student: 8 students".
std::string words_of(const Asking& asking, const ClassOptions& options) {
    const ClassKindInfo& kind = class_kind_info(options.kind);
    std::string text = asking.say(kind.school_words, kind.field_words);
    text += ": " +
            asking.counted_in(options.students, "student", "students", "coroutine", "coroutines");
    if (options.kind != ClassKind::mpg) return text;
    return text + ", " +
           asking.counted_in(options.clipboards, "clipboard", "clipboards", "processor",
                             "processors");
}

// "1 teacher, 4 clipboards", "no-steal": the settings in which these runs differ.
std::string difference(const Asking& asking, const std::vector<RunOptions>& runs,
                       const RunOptions& run) {
    std::string text;
    auto differs = [&](auto RunOptions::*field) {
        return std::any_of(runs.begin(), runs.end(), [&](const RunOptions& other) {
            return !(other.*field == runs[0].*field);
        });
    };
    auto add = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    if (differs(&RunOptions::lesson)) {
        const Lesson* lesson = find_lesson(run.lesson);
        add("\"" + std::string(lesson == nullptr ? run.lesson : tr(lesson->title)) + "\"");
    }
    if (differs(&RunOptions::teachers))
        add(asking.counted_in(run.teachers, "teacher", "teachers", "core", "cores"));
    if (differs(&RunOptions::clipboards))
        add(asking.counted_in(run.clipboards, "clipboard", "clipboards", "processor",
                              "processors"));
    if (differs(&RunOptions::students))
        add(asking.counted_in(run.students, "student", "students", "coroutine", "coroutines"));
    if (differs(&RunOptions::lesson_ns))
        add(phrase("stretches of {t}", {{'t', duration_text(run.lesson_ns)}}));
    if (differs(&RunOptions::seed)) add(phrase("seed {n}", {{'n', std::to_string(run.seed)}}));
    if (differs(&RunOptions::rules)) {
        const std::string rules = rules_to_string(run.rules);
        add(rules.empty() ? tr("all rules as in Go") : rules);
    }
    if (differs(&RunOptions::kernel) || differs(&RunOptions::costs)) {
        const std::string kernel = own_kernel_words(runs, run);
        add(kernel.empty() ? tr("as usual") : kernel);
    }
    if (differs(&RunOptions::classes)) {
        std::string classes;
        for (const ClassOptions& each : run.classes)
            classes += (classes.empty() ? "" : " + ") + words_of(asking, each);
        add(classes.empty() ? tr("one class") : classes);
    }
    return text.empty() ? tr("as it is") : text;
}

}  // namespace

bool answer_count(Asking& asking) {
    const Measure& measure = *asking.spec.measure;
    Question& question = asking.question;
    std::size_t at = asking.position;
    std::string when = tr(measure.of_moment ? "{x} now?" : "{x} so far?");
    if (!asking.spec.moments.empty()) {
        const Until& moment = asking.spec.moments[0];
        auto found = find_until(asking.timeline, moment, asking.position);
        if (moment.kind == Until::Kind::over) found = end_of(asking.timeline);
        if (!found) return asking.fail("the run never comes to " + to_string(moment));
        at = *found;
        when =
            tr(moment.kind == Until::Kind::over ? "{x} at the end?" : "{x} when this comes: {m}?");
    }
    question.prompt = phrase(
        when.c_str(),
        {{'x', question_about(measure, asking.words)},
         {'m', asking.spec.moments.empty() ? "" : words_of(asking.spec.moments[0], asking.words)}});
    const std::int64_t right = value_of(measure, asking.timeline, at);
    std::vector<std::int64_t> numbers{right};
    auto texts_differ = [&](std::int64_t number) {
        return std::none_of(numbers.begin(), numbers.end(), [&](std::int64_t other) {
            return value_text(measure, other) == value_text(measure, number);
        });
    };
    for (std::int64_t number : guesses(asking, right)) {
        if (numbers.size() == choices_max) break;
        if (number >= 0 && texts_differ(number)) numbers.push_back(number);
    }
    std::sort(numbers.begin(), numbers.end());
    for (std::int64_t number : numbers) {
        Choice choice;
        choice.text = value_text(measure, number);
        question.choices.push_back(choice);
    }
    Choice chosen;
    chosen.text = value_text(measure, right);
    asking.choose_right(chosen);
    question.shown_at = std::max(question.shown_at, at);
    const std::string answer = phrase("The answer is {n}.", {{'n', chosen.text}});
    question.because = answer;
    if (const auto k = last_change(measure, asking.timeline, at)) {
        asking.settle(*k);
        question.because = answer + tr(" It changed last when: ") + question.because;
    }
    return true;
}

bool answer_will(Asking& asking) {
    const Until& moment = asking.spec.moments[0];
    const Until before = asking.spec.before.value_or(Until{Until::Kind::over, 0, 1});
    const auto comes = find_until(asking.timeline, moment, asking.position);
    auto end = find_until(asking.timeline, before, asking.position);
    if (!end) end = asking.timeline.decisions();
    Question& question = asking.question;
    question.prompt =
        phrase(before.kind == Until::Kind::over ? "Does it happen before the end: {m}?"
                                                : "Does it happen: {m}, before this: {b}?",
               {{'m', words_of(moment, asking.words)}, {'b', words_of(before, asking.words)}});
    question.choices.resize(2);
    question.choices[0].text = tr("yes");
    question.choices[1].text = tr("no");
    const bool yes = comes && *comes <= *end;
    question.right = yes ? 0 : 1;
    const std::size_t shown = yes ? *comes : *end;
    if (shown > 0) asking.settle(shown - 1);
    question.because = tr(yes ? "Yes. " : "No, it does not. ") + question.because;
    return true;
}

bool answer_seeds(Asking& asking) {
    const Until& moment = asking.spec.moments[0];
    const std::uint32_t seeds = asking.spec.seeds;
    std::int64_t right = 0;
    std::uint32_t first_yes = 0, first_no = 0;
    RunOptions run = asking.run;
    for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
        run.seed = seed;
        const Timeline* timeline = asking.runs.of(run, asking.error);
        if (timeline == nullptr) return false;
        const bool comes = find_until(*timeline, moment).has_value();
        right += comes;
        std::uint32_t& first = comes ? first_yes : first_no;
        if (first == 0) first = seed;
    }
    Question& question = asking.question;
    question.prompt = phrase("Of the seeds 1 to {n}: with how many of them does it happen: {m}?",
                             {{'n', std::to_string(seeds)}, {'m', words_of(moment, asking.words)}});
    std::vector<std::int64_t> numbers{right};
    auto offer = [&](std::int64_t number) {
        if (numbers.size() == choices_max || number < 0 || number > seeds) return;
        if (std::find(numbers.begin(), numbers.end(), number) == numbers.end())
            numbers.push_back(number);
    };
    for (std::int64_t guess : asking.spec.wrong) offer(guess);
    for (std::int64_t guess : {std::int64_t{0}, std::int64_t{seeds}, std::int64_t{seeds} / 2,
                               std::int64_t{1}, right + 1})
        offer(guess);
    std::sort(numbers.begin(), numbers.end());
    for (std::int64_t number : numbers) {
        Choice choice;
        choice.text = std::to_string(number);
        question.choices.push_back(choice);
    }
    Choice chosen;
    chosen.text = std::to_string(right);
    asking.choose_right(chosen);
    question.because = phrase("The answer is {n}.", {{'n', chosen.text}});
    if (first_yes != 0)
        question.because += phrase(" Seed {n} is the first with which it happens.",
                                   {{'n', std::to_string(first_yes)}});
    if (first_no != 0)
        question.because +=
            phrase(" With seed {n} it does not.", {{'n', std::to_string(first_no)}});
    return true;
}

bool answer_first(Asking& asking) {
    Question& question = asking.question;
    std::optional<std::size_t> first;
    bool tie = false;
    for (const Until& moment : asking.spec.moments) {
        Choice choice;
        choice.text = words_of(moment, asking.words);
        const auto at = find_until(asking.timeline, moment, asking.position);
        choice.note = at ? "" : tr("does not happen");
        if (at && first && *at == *first) tie = true;
        if (at && (!first || *at < *first)) {
            first = at;
            tie = false;
            question.right = question.choices.size();
        }
        question.choices.push_back(choice);
    }
    if (!first) return asking.fail("none of these moments comes");
    if (tie) return asking.fail("two of these moments are the same decision");
    question.prompt = tr("What happens first?");
    asking.settle(*first - 1);
    return true;
}

bool answer_compared(Asking& asking) {
    const Measure& measure = *asking.spec.measure;
    const bool most = asking.spec.kind == QuestionSpec::Kind::most;
    Question& question = asking.question;
    struct Entry {
        std::int64_t value;
        std::size_t choice;
    };
    std::vector<Entry> entries;
    std::vector<RunOptions> runs;
    for (const std::string& change : asking.spec.changes) {
        const auto run = changed_run(asking.run, change, asking.error);
        if (!run) return false;
        runs.push_back(*run);
    }
    for (const RunOptions& run : runs) {
        const Timeline* timeline = asking.runs.of(run, asking.error);
        if (timeline == nullptr) return false;
        const std::int64_t value = value_of(measure, *timeline, end_of(*timeline));
        Choice choice;
        choice.text = difference(asking, runs, run);
        choice.note = value_text(measure, value);
        entries.push_back({value, question.choices.size()});
        if (!question.because.empty()) question.because += " ";
        question.because += phrase("{a}: {b}.", {{'a', choice.text}, {'b', choice.note}});
        question.choices.push_back(choice);
    }
    std::sort(entries.begin(), entries.end(), [most](const Entry& a, const Entry& b) {
        return most ? a.value > b.value : a.value < b.value;
    });
    // What differs by less than a twentieth is no difference that a lesson should be about.
    auto close = [](std::int64_t a, std::int64_t b) {
        return std::max(a, b) - std::min(a, b) <= std::max(a, b) / 20;
    };
    Choice same;
    same.text = tr("about the same (within 5 %)");
    question.choices.push_back(same);
    if (close(entries.front().value, entries.back().value)) {
        question.right = question.choices.size() - 1;
    } else if (close(entries[0].value, entries[1].value)) {
        return asking.fail("two of these runs are too close to tell: " + question.because);
    } else {
        question.right = entries[0].choice;
    }
    question.prompt =
        phrase(most ? "In which run is it most: {x}?" : "In which run is it least: {x}?",
               {{'x', question_about(measure, asking.words)}});
    return true;
}

}  // namespace homeroom::sim
