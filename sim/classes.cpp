// Reading and printing what one class is to play.
#include "sim/classes.h"

#include <charconv>

#include "runtime/check.h"
#include "sim/lesson.h"
#include "sim/text.h"

namespace homeroom::sim {
namespace {

constexpr ClassKindInfo kinds[] = {
    {ClassKind::mpg, "mpg", "coroutines on threads, by processors (M:P:G)",
     "students at tables, by clipboards"},
    {ClassKind::threads, "threads", "a thread for each coroutine (1:1)",
     "a table for each student"},
    {ClassKind::one_table, "one-table", "all coroutines on one thread (N:1)",
     "one table for all students"},
    {ClassKind::classes, "classes", "a process for each coroutine, by fork",
     "a class for each student, by fork"},
};

bool read_kind(std::string_view name, ClassKind& kind, std::string& error) {
    for (const ClassKindInfo& info : kinds) {
        if (name != info.name) continue;
        kind = info.kind;
        return true;
    }
    error =
        "class: a class is KIND:LESSON, with KIND one of mpg, threads, one-table, classes, not " +
        in_quotes(name);
    return false;
}

bool read_lesson(std::string_view name, ClassOptions& options, std::string& error) {
    const Lesson* lesson = find_lesson(name);
    if (lesson == nullptr) {
        error = "class: there is no lesson " + in_quotes(name) + "; --lessons lists them";
        return false;
    }
    options.lesson = lesson->name;
    options.clipboards = lesson->defaults.clipboards;
    options.students = lesson->defaults.students;
    options.lesson_ns = lesson->defaults.lesson_ns;
    return true;
}

// The same names, ranges and texts as those of a run.
bool read_setting(std::string_view word, ClassOptions& options, std::string& error) {
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view{} : word.substr(equals + 1);
    RunOptions run;
    if (name == "fault") {
        const auto time = parse_duration(value);
        if (!time || *time > length_ns_max) {
            error = "class: fault must be a time up to 10s such as 500us or 2ms, not " +
                    in_quotes(value);
            return false;
        }
        options.fault_ns = *time;
        return true;
    }
    if (name == "from") {
        // The classes that are there from the beginning count from 0.
        std::uint32_t opener = 0;
        const auto [end, problem] =
            std::from_chars(value.data(), value.data() + value.size(), opener);
        if (problem != std::errc{} || end != value.data() + value.size() || opener >= classes_max) {
            error = "class: from must be the number of another class, counted from 0, not " +
                    in_quotes(value);
            return false;
        }
        options.from = static_cast<int>(opener);
        return true;
    }
    if (name != "clipboards" && name != "students" && name != "length" && name != "teachers") {
        error = "class: unknown setting " + in_quotes(name) +
                "; known are clipboards, students, length, teachers, fault, from";
        return false;
    }
    if (!apply_setting(run, name, value, error)) {
        error = "class: " + error;
        return false;
    }
    if (name == "clipboards") options.clipboards = run.clipboards;
    if (name == "students") options.students = run.students;
    if (name == "length") options.lesson_ns = run.lesson_ns;
    if (name == "teachers") options.teachers = run.teachers;
    return true;
}

}  // namespace

std::span<const ClassKindInfo> class_kind_infos() { return kinds; }

const ClassKindInfo& class_kind_info(ClassKind kind) {
    for (const ClassKindInfo& info : kinds)
        if (info.kind == kind) return info;
    broken("a kind of class that is not in the table");
}

bool check_class(const ClassOptions& options, std::string& error) {
    const auto too_many = [&](ClassKind kind, std::uint32_t most, const char* what) {
        if (options.kind != kind || options.students <= most) return false;
        error = "class: " + std::to_string(most) + " students at most can have a " + what +
                " each, not " + std::to_string(options.students);
        return true;
    };
    return !too_many(ClassKind::threads, students_with_tables_max, "table") &&
           !too_many(ClassKind::classes, students_with_classes_max, "class");
}

bool parse_class(std::string_view text, ClassOptions& options, std::string& error) {
    ClassOptions read;
    for (int number = 0; number < 2 || !text.empty(); ++number) {
        const std::size_t end = text.find(':');
        const std::string_view word = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        const bool understood = number == 0   ? read_kind(word, read.kind, error)
                                : number == 1 ? read_lesson(word, read, error)
                                              : read_setting(word, read, error);
        if (!understood) return false;
    }
    if (!check_class(read, error)) return false;
    if (read.kind != ClassKind::mpg) read.clipboards = 1;
    options = std::move(read);
    return true;
}

std::string to_string(const ClassOptions& options) {
    std::string text = std::string(class_kind_info(options.kind).name) + ":" + options.lesson;
    if (options.kind == ClassKind::mpg) text += ":clipboards=" + std::to_string(options.clipboards);
    text += ":students=" + std::to_string(options.students) +
            ":length=" + duration_to_string(options.lesson_ns);
    if (options.teachers != 0) text += ":teachers=" + std::to_string(options.teachers);
    if (options.fault_ns >= 0) text += ":fault=" + duration_to_string(options.fault_ns);
    if (options.from >= 0) text += ":from=" + std::to_string(options.from);
    return text;
}

}  // namespace homeroom::sim
