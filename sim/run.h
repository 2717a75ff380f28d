// A run is a value: lesson, options, seed. It prints as a short string, and anyone can replay it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/rules.h"
#include "sim/classes.h"
#include "sim/costs.h"
#include "sim/kernel/head_teacher.h"

namespace homeroom::sim {

// Limits of the sliders and of the command line. So many students the model plays in seconds, and
// the stage shows as dots that stand for several.
inline constexpr std::uint32_t teachers_max = 16, clipboards_max = 16, students_max = 100'000;
inline constexpr std::int64_t length_ns_min = 1, length_ns_max = 10'000'000'000;
// Shorter than a switch takes nobody would get anywhere.
inline constexpr std::int64_t quantum_ns_min = 10'000;

// The kernel below the scheduler: which of the runnable threads each core runs.
struct KernelOptions {
    // Nothing: all take turns. Who became runnable first gets the first free core; without one,
    // whoever has had its core the longest makes room once that was a quantum.
    std::optional<kernel::Settings> policy;  // its quantum is the one below
    std::int64_t quantum_ns = costs::quantum;
    kernel::Queues queues{};  // with a policy only
    // With several classes: a core keeps the translations of the last few address spaces apart.
    bool pcid = true;

    friend bool operator==(const KernelOptions&, const KernelOptions&) = default;
};

struct RunOptions {
    std::string lesson = "stealing";
    std::uint32_t teachers = 4;    // cores, 1..teachers_max
    std::uint32_t clipboards = 4;  // GOMAXPROCS, 1..clipboards_max
    std::uint32_t students = 12;   // what it means is the lesson's: how many coroutines it starts
    std::int64_t lesson_ns = 2'000'000;  // how long one student's stretch of work takes
    std::uint64_t seed = 1;
    // What the students of the lesson `own` do (workload.h).
    std::string program = "n*work,lock,add,unlock,again:2/2*sleep:3ms,work:1ms";
    Rules rules{};
    KernelOptions kernel{};
    Costs costs{};
    // Several classes on one machine; empty: one, with the lesson and the numbers above. Else
    // `lesson`, `clipboards`, `students` and `length` are those of the first; set later, they
    // change the only class there is.
    std::vector<ClassOptions> classes;

    friend bool operator==(const RunOptions&, const RunOptions&) = default;
};

// "stealing teachers=4 clipboards=4 students=12 length=2ms seed=1 rules=no-steal,no-spinning"; what
// concerns the kernel only where it is not as usual: "policy=mlfq,levels=4 quantum=2ms
// queues=per-core,no-balance costs=thread-switch=3us".
std::string to_string(const RunOptions& options);

// What can only be said of a run as a whole: that its classes find enough teachers.
bool check_run(const RunOptions& options, std::string& error);

// The reverse. On failure returns nothing and puts one line into `error`.
std::optional<RunOptions> parse_run(std::string_view text, std::string& error);

// One setting of the above, by its name: "teachers", "4". False and one line in `error` when the
// name is unknown or the value is none or out of its range. The command line's --teachers 4 means
// the same. "level" is no field: "table" makes the lesson the only class, each student with a
// table, with the numbers that the run has; "class", "student" and "one-table" likewise.
bool apply_setting(RunOptions& options, std::string_view name, std::string_view value,
                   std::string& error);

// Makes a plain run the only class of its machine, with the same numbers: then address spaces,
// caches and opening cost what they cost, as with several. A run that has classes stays as it is.
void make_machine(RunOptions& options);
// Takes that back, where it can be: false if the class has anything that a plain run has not.
bool make_plain(RunOptions& options);
// Of a run with one class: gives that the numbers of the run, which may have been changed.
void share_numbers(RunOptions& options);

// "2ms", "500us", "1s", "10ns": whole numbers only, so that printing and reading are exact.
std::string duration_to_string(std::int64_t ns);
std::optional<std::int64_t> parse_duration(std::string_view text);

// "no-steal,no-next-slot,slice=5ms,…" applied to `rules`; false and one line in `error` if it has
// an unknown word. Understood are NAME and no-NAME of rule_infos(), and ring=N, tick=N, slice=TIME.
bool parse_rules(std::string_view text, Rules& rules, std::string& error);
std::string rules_to_string(const Rules& rules);  // "" when all are Go's

struct RuleInfo {
    const char* name;  // as in no-NAME
    bool Rules::*field;
    const char* field_words;   // "an idle processor steals half of another's run queue"
    const char* school_words;  // "an idle table copies half the names from another clipboard"
    const char* go_function;   // "runqsteal"
};
std::span<const RuleInfo> rule_infos();

}  // namespace homeroom::sim
