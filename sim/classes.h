// Classes (processes): which lesson each of them plays, and with what kind of runtime.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace homeroom::sim {

// How the students of a class come to a teacher. Arbitrary limits: a window should still be able to
// show it, and each table of a threads class has a stack.
inline constexpr std::uint32_t classes_max = 8, students_with_tables_max = 500,
                               students_with_classes_max = 200;
// Of all kinds, opened by fork as well; then the kernel refuses.
inline constexpr std::uint32_t processes_max = 1000;

enum class ClassKind : std::uint8_t {
    mpg,        // students share tables, by clipboards: the whole scheduler of runtime/
    threads,    // each student has a table of its own, and the kernel does all the scheduling (1:1)
    one_table,  // all share one table, of which the kernel knows nothing else (N:1)
    classes,    // each student has a class of its own: to call one in is a fork
};

struct ClassKindInfo {
    ClassKind kind;
    const char* name;  // on the command line
    const char* field_words;
    const char* school_words;
};
std::span<const ClassKindInfo> class_kind_infos();
const ClassKindInfo& class_kind_info(ClassKind kind);

struct ClassOptions {
    ClassKind kind = ClassKind::mpg;
    std::string lesson;
    // As in RunOptions; what is not given is the lesson's own.
    std::uint32_t clipboards = 1, students = 1;
    std::int64_t lesson_ns = 0;
    std::uint32_t teachers = 0;  // that attend to nobody else; 0: those that the others leave over
    // At this time whoever of it has a teacher touches memory beyond the wall; -1: nobody does.
    std::int64_t fault_ns = -1;
    // The class that opens it, by fork and exec, as soon as it is open itself; -1: it is there from
    // the beginning.
    int from = -1;

    friend bool operator==(const ClassOptions&, const ClassOptions&) = default;
};

// "mpg:stealing:clipboards=4:students=24:length=1ms:teachers=2:fault=5ms:from=0"; all but the first
// two may be left out. On failure false and one line in `error`.
bool parse_class(std::string_view text, ClassOptions& options, std::string& error);
// That its kind can have so many students.
bool check_class(const ClassOptions& options, std::string& error);
std::string to_string(const ClassOptions& options);

}  // namespace homeroom::sim
