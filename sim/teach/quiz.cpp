// Drawing questions from runs, and printing them.
#include "sim/teach/quiz.h"

#include <algorithm>
#include <iterator>

#include "sim/choosers.h"
#include "sim/json.h"
#include "sim/language.h"
#include "sim/lesson.h"

namespace homeroom::sim {

namespace {

// The programs whose lists are interesting enough.
constexpr const char* programs[] = {
    "stealing",  "spawn-join", "yield",  "lock", "producer-consumer",
    "ping-pong", "pipeline",   "errand", "post", "family-tree"};
constexpr const char* counted_now[] = {"ready", "waiting", "held", "teaching", "bench"};

RunOptions draw_run(Dice& dice) {
    const Lesson* lesson =
        find_lesson(programs[dice.below(static_cast<std::uint32_t>(std::size(programs)))]);
    RunOptions run = lesson->defaults;
    run.lesson = lesson->name;
    run.teachers = 1 + dice.below(3);
    run.clipboards = 1 + dice.below(3);
    run.students = 4 + dice.below(6);
    run.seed = dice.below(1'000);
    return run;
}

// A table that holds a clipboard and looks for whom to call; none if there is not exactly one.
TableId free_table(const School& school) {
    TableId found = TableId::none;
    for (const Table& table : school.tables) {
        const bool looks =
            table.clipboard != ClipboardId::none &&
            (table.mood == Table::Mood::deciding || table.mood == Table::Mood::searching);
        if (!looks) continue;
        if (found != TableId::none) return TableId::none;
        found = table.id;
    }
    return found;
}

// A name that is just being carried from one list to another stands nowhere that one could see.
bool somebody_on_the_way(const School& school) {
    return std::any_of(school.students.begin(), school.students.end(), [](const Student& student) {
        return student.id != StudentId::none && (student.state == Student::State::called ||
                                                 student.state == Student::State::nowhere);
    });
}

// What comes later than the next decision but one is beyond what the state tells; and how often the
// table has called, which makes the bench come first now and then, it does not tell either.
bool follows_from_state(const QuizItem& item, const Timeline& timeline) {
    if (item.question.shown_at > item.position + 2) return false;
    const Step& step = timeline.step(timeline.step_of_decision(item.question.shown_at - 1));
    return source_of(step.event.arg) != Source::global_tick;
}

bool draw_item(Dice& dice, Runs& runs, Words words, QuizItem& item) {
    item.run = draw_run(dice);
    std::string error;
    const Timeline* timeline = runs.of(item.run, error);
    if (timeline == nullptr || timeline->decisions() < 40) return false;
    item.position = 12 + dice.below(static_cast<std::uint32_t>(timeline->decisions() - 24));
    const std::uint32_t kind = dice.below(10);
    School school = school_at_position(*timeline, item.position);
    bool at_table = kind < 6;
    if (at_table) {
        // On to where a table is free.
        const std::size_t last = item.position + 60;
        while (free_table(school) == TableId::none) {
            if (++item.position >= last || item.position >= timeline->decisions()) return false;
            school = school_at_position(*timeline, item.position);
        }
        item.asks = std::string(kind < 4 ? "next" : "from") + " at table " +
                    std::to_string(index(free_table(school)));
    } else if (kind < 8) {
        item.asks = "longest";
    } else {
        item.asks = std::string("count ") +
                    counted_now[dice.below(static_cast<std::uint32_t>(std::size(counted_now)))];
    }
    if (somebody_on_the_way(school)) return false;
    const auto spec = parse_question(item.asks, error);
    if (!spec) return false;
    auto question = ask(*spec, item.run, item.position, runs, words, error);
    if (!question) return false;
    item.question = std::move(*question);
    item.state = state_in_words(school, words);
    return !at_table || follows_from_state(item, *timeline);
}

std::string letter(std::size_t choice) { return std::string(1, static_cast<char>('a' + choice)); }

std::string picture_command(const QuizItem& item) {
    return "homeroom --run \"" + to_string(item.run) + "\" --at " + std::to_string(item.position) +
           " --screenshot picture.png";
}

std::string as_text(const std::vector<QuizItem>& items, std::uint64_t seed, bool md,
                    const std::string& pictures) {
    const std::string bold = md ? "**" : "", code = md ? "`" : "", point = md ? "- " : "    ";
    std::string text =
        (md ? "# " : "") + phrase("Quiz, seed {n}", {{'n', std::to_string(seed)}}) + "\n";
    for (std::size_t i = 0; i < items.size(); ++i) {
        const QuizItem& item = items[i];
        text += "\n" + std::string(md ? "## " : "") +
                phrase("Question {n}", {{'n', std::to_string(i + 1)}}) + "\n\n";
        const std::string picture = pictures + "/" + quiz_picture(i + 1);
        if (!pictures.empty() && md) text += "![" + picture + "](" + picture + ")\n\n";
        if (!pictures.empty() && !md) text += tr("Picture: ") + picture + "\n\n";
        for (const std::string& line : item.state) text += point + line + "\n";
        text += "\n" + bold + item.question.prompt + bold + "\n\n";
        for (std::size_t c = 0; c < item.question.choices.size(); ++c)
            text += point + letter(c) + ") " + item.question.choices[c].text + "\n";
    }
    text += "\n" + std::string(md ? "# " : "") + tr("Answers") + "\n\n";
    for (std::size_t i = 0; i < items.size(); ++i) {
        const QuizItem& item = items[i];
        text += std::to_string(i + 1) + ". " + letter(item.question.right) + ") " +
                item.question.choices[item.question.right].text + ". " + item.question.because +
                "\n   " + tr("Picture: ") + code + picture_command(item) + code + "\n";
    }
    return text;
}

std::string as_json(const std::vector<QuizItem>& items, std::uint64_t seed) {
    auto list = [](const std::vector<std::string>& texts) {
        std::string all = "[";
        for (const std::string& text : texts) all += (all == "[" ? "" : ", ") + json_string(text);
        return all + "]";
    };
    std::string text = "{\"format\": 1, \"seed\": " + std::to_string(seed) + ", \"questions\": [";
    for (std::size_t i = 0; i < items.size(); ++i) {
        const QuizItem& item = items[i];
        std::vector<std::string> choices;
        for (const Choice& choice : item.question.choices) choices.push_back(choice.text);
        text += std::string(i == 0 ? "\n" : ",\n") +
                "{\"run\": " + json_string(to_string(item.run)) +
                ", \"at\": " + std::to_string(item.position) +
                ", \"asks\": " + json_string(item.asks) + ",\n \"state\": " + list(item.state) +
                ",\n \"prompt\": " + json_string(item.question.prompt) +
                ", \"choices\": " + list(choices) +
                ",\n \"right\": " + std::to_string(item.question.right) +
                ", \"because\": " + json_string(item.question.because) + "}";
    }
    return text + "\n]}\n";
}

}  // namespace

std::vector<QuizItem> make_quiz(std::uint64_t seed, std::size_t count, Words words) {
    Dice dice(seed);
    std::vector<QuizItem> items;
    while (items.size() < count) {
        Runs runs(5'000);
        QuizItem item;
        if (draw_item(dice, runs, words, item)) items.push_back(std::move(item));
    }
    return items;
}

std::string quiz_text(const std::vector<QuizItem>& items, std::uint64_t seed, QuizFormat format,
                      const std::string& pictures) {
    if (format == QuizFormat::json) return as_json(items, seed);
    return as_text(items, seed, format == QuizFormat::md, pictures);
}

std::string quiz_picture(std::size_t number) {
    return "question-" + std::to_string(number) + ".svg";
}

std::string quiz_script(const std::vector<QuizItem>& items, std::uint64_t seed) {
    std::string text =
        "---\nformat: 1\ntitle: " + phrase("Quiz, seed {n}", {{'n', std::to_string(seed)}}) +
        "\nrepairs: " + tr("That one has understood it.") +
        "\nrun: " + to_string(items.front().run) + "\n---\n";
    std::size_t number = 0;
    for (const QuizItem& item : items) {
        text += "\n# " + phrase("Question {n}", {{'n', std::to_string(++number)}}) +
                "\nrun: " + to_string(item.run) + "\nat: " + std::to_string(item.position) +
                "\n\n? " + item.asks + "\n";
    }
    return text;
}

std::vector<std::string> state_in_words(const School& school, Words words) {
    auto say = [words](const char* in_school, const char* in_field) {
        return tr(words == Words::school ? in_school : in_field);
    };
    auto names = [words](const auto& ids) {
        std::string text;
        for (StudentId id : ids)
            text +=
                (text.empty() ? "" : ", ") +
                (text.empty() ? name_of(id, words)
                              : (words == Words::school ? "" : "G") + std::to_string(index(id)));
        return text;
    };
    std::vector<std::string> lines;
    for (const Table& table : school.tables) {
        if (table.mood == Table::Mood::closed) continue;
        std::string line = phrase(table.clipboard == ClipboardId::none
                                      ? say("{t}: no clipboard, {m}", "{t}: no processor, {m}")
                                      : "{t}: holds {c}, {m}",
                                  {{'t', name_of(table.id, words)},
                                   {'c', name_of(table.clipboard, words)},
                                   {'m', word_of(table.mood, words)}});
        if (table.student != StudentId::none) line += " (" + name_of(table.student, words) + ")";
        if (table.teacher == TeacherId::none && table.mood == Table::Mood::teaching)
            line += say(", but no teacher is there", ", but no core runs it");
        lines.push_back(line);
    }
    for (const Clipboard& clipboard : school.clipboards) {
        const std::string first = clipboard.top_line == StudentId::none
                                      ? tr("empty")
                                      : name_of(clipboard.top_line, words);
        const std::string rest =
            clipboard.names.empty() ? say("none", "empty") : names(clipboard.names);
        const char* form =
            clipboard.holder == TableId::none
                ? say("{c}: lies idle; top line: {a}; names: {b}",
                      "{c}: idle; next slot: {a}; queue: {b}")
                : say("{c}: top line: {a}; names: {b}", "{c}: next slot: {a}; queue: {b}");
        lines.push_back(
            phrase(form, {{'c', name_of(clipboard.id, words)}, {'a', first}, {'b', rest}}));
    }
    lines.push_back(
        phrase(say("bench: {x}", "global queue: {x}"),
               {{'x', school.bench.empty() ? say("nobody", "empty") : names(school.bench)}}));
    for (const Thing& thing : school.things) {
        if (thing.gone || (thing.queue.empty() && thing.holder == StudentId::none)) continue;
        std::string line = name_of_object(school, thing.id, words) + ":";
        if (thing.holder != StudentId::none)
            line += phrase(" held by {s};", {{'s', name_of(thing.holder, words)}});
        if (!thing.queue.empty()) line += phrase(" in line: {x}", {{'x', names(thing.queue)}});
        if (line.back() == ';') line.pop_back();
        lines.push_back(line);
    }
    std::vector<StudentId> asleep;
    for (const Student& student : school.students)
        if (student.state == Student::State::alarm) asleep.push_back(student.id);
    if (!asleep.empty())
        lines.push_back(phrase(say("alarm clocks: {x}", "timers: {x}"), {{'x', names(asleep)}}));
    return lines;
}

}  // namespace homeroom::sim
