// Printing a run and reading it back, so that it can be pasted into a command line or a report.
#include "sim/run.h"

#include <charconv>
#include <limits>

#include "sim/text.h"
#include "sim/workload.h"

namespace homeroom::sim {

namespace {

constexpr RuleInfo all_rules[] = {
    {"steal", &Rules::steal, "an idle processor takes half of another's run queue",
     "an idle table copies half the names from another clipboard", "runqsteal"},
    {"next-slot", &Rules::next_slot, "a new or readied coroutine runs next, not last",
     "a new or woken student goes on the top line, before all names", "runqput"},
    {"inherit", &Rules::inherit, "what runs from the next slot shares the time slice of its waker",
     "who is called from the top line only gets what is left of the time slice", "runqget"},
    {"global-tick", &Rules::global_tick, "every 61st call looks at the global queue first",
     "every 61st call looks at the bench by the door first", "findRunnable"},
    {"spinning", &Rules::spinning, "a machine without work searches for a while before it rests",
     "a table without names looks round for a while before it rests", "findRunnable"},
    {"wake", &Rules::wake, "new work wakes a resting machine if nobody searches",
     "a new name wakes a resting table if nobody is looking round", "wakep"},
    {"hand-off", &Rules::hand_off, "a call known to block gives the processor away first",
     "before a long errand a table passes its clipboard on", "entersyscallblock"},
    {"retake", &Rules::retake, "the monitor takes processors back from calls that turn out long",
     "the hall monitor takes clipboards back from errands that turn out long", "retake"},
    {"preemption", &Rules::preemption, "the monitor asks who ran a whole slice to give way",
     "the hall monitor rings the bell for whoever was taught a whole time slice", "preemptone"},
    {"async-preemption", &Rules::async_preemption,
     "a signal stops who computes without any call (since Go 1.14)",
     "the bell also stops a student who never looks up", "preemptM"},
};

std::optional<std::uint64_t> number_in(std::string_view text) {
    std::uint64_t value = 0;
    auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return value;
}

bool read_number(std::string_view name, std::string_view text, std::uint32_t low,
                 std::uint32_t high, std::uint32_t& value, std::string& error) {
    const auto number = number_in(text);
    if (!number || *number < low || *number > high) {
        error = std::string(name) + " must be a whole number from " + std::to_string(low) + " to " +
                std::to_string(high) + ", not " + in_quotes(text);
        return false;
    }
    value = static_cast<std::uint32_t>(*number);
    return true;
}

bool read_duration(std::string_view name, std::string_view text, std::int64_t low,
                   std::int64_t high, std::int64_t& value, std::string& error) {
    const auto duration = parse_duration(text);
    if (!duration || *duration < low || *duration > high) {
        error = std::string(name) + " must be a time from " + duration_to_string(low) + " to " +
                duration_to_string(high) + " such as 500us or 2ms, not " + in_quotes(text);
        return false;
    }
    value = *duration;
    return true;
}

// Cuts the first piece before `separator` off `text`.
std::string_view cut(std::string_view& text, std::string_view separators) {
    const std::size_t end = text.find_first_of(separators);
    std::string_view piece = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    return piece;
}

bool read_rule(std::string_view word, Rules& rules, std::string& error) {
    const std::size_t equals = word.find('=');
    if (equals != std::string_view::npos) {
        const std::string_view name = word.substr(0, equals), value = word.substr(equals + 1);
        if (name == "tick")
            return read_number("tick", value, 1, 1'000'000, rules.tick_interval, error);
        if (name == "slice") {
            return read_duration("slice", value, 1'000, length_ns_max, rules.slice_ns, error);
        }
        if (name == "ring") {
            std::uint32_t ring = 0;
            if (!read_number("ring", value, 2, 256, ring, error)) return false;
            if ((ring & (ring - 1)) != 0) {
                error = "ring must be a power of two from 2 to 256, not " + in_quotes(value);
                return false;
            }
            rules.ring_capacity = ring;
            return true;
        }
    }
    const bool off = word.substr(0, 3) == "no-";
    const std::string_view name = off ? word.substr(3) : word;
    for (const RuleInfo& info : all_rules) {
        if (name != info.name) continue;
        rules.*info.field = !off;
        return true;
    }
    error = "unknown rule " + in_quotes(word) + "; known are";
    for (const RuleInfo& info : all_rules) error += std::string(" no-") + info.name + ",";
    error += " ring=N, tick=N, slice=TIME";
    return false;
}

bool read_policy(std::string_view value, KernelOptions& kernel, std::string& error) {
    if (value == "turns") {
        kernel.policy.reset();
        return true;
    }
    kernel::Settings settings;
    if (!kernel::parse_policy(value, settings, error)) {
        if (error.back() == '.') error.replace(error.size() - 1, 1, ", turns.");
        return false;
    }
    if (settings.quantum != kernel::Settings{}.quantum) {
        error = "the quantum has a setting of its own: quantum";
        return false;
    }
    kernel.policy = settings;
    return true;
}

bool read_queues(std::string_view value, kernel::Queues& queues, std::string& error) {
    kernel::Queues read;
    for (std::string_view rest = value; !rest.empty();) {
        const std::string_view word = cut(rest, ",");
        if (word == "per-core") {
            read.per_core = true;
        } else if (word == "shared") {
            read.per_core = false;
        } else if (word == "no-balance") {
            read.balance = false;
        } else if (word == "no-affinity") {
            read.affinity = false;
        } else {
            error = "queues must be of shared, per-core, no-balance, no-affinity, not " +
                    in_quotes(value);
            return false;
        }
    }
    queues = read;
    return true;
}

std::string queues_to_string(const kernel::Queues& queues) {
    return std::string(queues.per_core ? "per-core" : "shared") +
           (queues.balance ? "" : ",no-balance") + (queues.affinity ? "" : ",no-affinity");
}

bool add_class(RunOptions& options, std::string_view value, std::string& error) {
    ClassOptions added;
    if (!parse_class(value, added, error)) return false;
    if (options.classes.size() == classes_max) {
        error = "there may be " + std::to_string(classes_max) + " classes at most";
        return false;
    }
    if (added.from >= static_cast<int>(options.classes.size())) {
        error = "class: only one that comes before can open another, not class " +
                std::to_string(added.from);
        return false;
    }
    if (options.classes.empty()) {
        options.lesson = added.lesson;
        if (added.kind == ClassKind::mpg) options.clipboards = added.clipboards;
        options.students = added.students;
        options.lesson_ns = added.lesson_ns;
    }
    options.classes.push_back(std::move(added));
    return true;
}

// The lesson at one level: as a class whose students have a class each, a table each, tables in
// common, or one table for all. It takes the run's numbers.
struct Level {
    const char* name;
    ClassKind kind;
};
constexpr Level levels[] = {{"class", ClassKind::classes},
                            {"table", ClassKind::threads},
                            {"student", ClassKind::mpg},
                            {"one-table", ClassKind::one_table}};

bool set_level(RunOptions& options, std::string_view value, std::string& error) {
    for (const Level& level : levels) {
        if (value != level.name) continue;
        RunOptions alone = options;
        alone.classes.clear();
        const std::string text = std::string(class_kind_info(level.kind).name) + ":" +
                                 options.lesson +
                                 ":clipboards=" + std::to_string(options.clipboards) +
                                 ":students=" + std::to_string(options.students) +
                                 ":length=" + duration_to_string(options.lesson_ns);
        if (!add_class(alone, text, error)) return false;
        options = std::move(alone);
        return true;
    }
    error = "level must be class, table, student or one-table, not " + in_quotes(value);
    return false;
}

std::string kernel_to_string(const KernelOptions& options) {
    const KernelOptions usual;
    std::string text;
    if (options.policy) text += " policy=" + kernel::policy_to_string(*options.policy);
    if (options.quantum_ns != usual.quantum_ns)
        text += " quantum=" + duration_to_string(options.quantum_ns);
    if (!(options.queues == usual.queues)) text += " queues=" + queues_to_string(options.queues);
    if (!options.pcid) text += " pcid=off";
    return text;
}

}  // namespace

std::span<const RuleInfo> rule_infos() { return all_rules; }

std::string duration_to_string(std::int64_t ns) {
    struct Unit {
        std::int64_t ns;
        const char* name;
    };
    for (const Unit& unit : {Unit{1'000'000'000, "s"}, Unit{1'000'000, "ms"}, Unit{1'000, "us"}}) {
        if (ns != 0 && ns % unit.ns == 0) return std::to_string(ns / unit.ns) + unit.name;
    }
    return std::to_string(ns) + "ns";
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
    const std::size_t digits = text.find_first_not_of("0123456789");
    if (digits == std::string_view::npos) return std::nullopt;
    const auto number = number_in(text.substr(0, digits));
    const std::string_view unit = text.substr(digits);
    const std::uint64_t ns = unit == "ns"   ? 1
                             : unit == "us" ? 1'000
                             : unit == "ms" ? 1'000'000
                             : unit == "s"  ? 1'000'000'000
                                            : 0;
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (!number || ns == 0 || *number > most / ns) return std::nullopt;
    return static_cast<std::int64_t>(*number * ns);
}

std::string rules_to_string(const Rules& rules) {
    const Rules go{};
    std::string text;
    auto add = [&text](const std::string& word) {
        if (!text.empty()) text += ",";
        text += word;
    };
    for (const RuleInfo& info : all_rules) {
        if (rules.*info.field != go.*info.field) {
            add((rules.*info.field ? "" : "no-") + std::string(info.name));
        }
    }
    if (rules.ring_capacity != go.ring_capacity) add("ring=" + std::to_string(rules.ring_capacity));
    if (rules.tick_interval != go.tick_interval) add("tick=" + std::to_string(rules.tick_interval));
    if (rules.slice_ns != go.slice_ns) add("slice=" + duration_to_string(rules.slice_ns));
    return text;
}

bool parse_rules(std::string_view text, Rules& rules, std::string& error) {
    Rules changed = rules;
    while (!text.empty()) {
        if (!read_rule(cut(text, ","), changed, error)) return false;
    }
    rules = changed;
    return true;
}

// What one setting changes of a run itself.
static bool apply_alone(RunOptions& options, std::string_view name, std::string_view value,
                        std::string& error) {
    if (name == "teachers")
        return read_number(name, value, 1, teachers_max, options.teachers, error);
    if (name == "clipboards") {
        return read_number(name, value, 1, clipboards_max, options.clipboards, error);
    }
    if (name == "students")
        return read_number(name, value, 1, students_max, options.students, error);
    if (name == "length") {
        return read_duration(name, value, length_ns_min, length_ns_max, options.lesson_ns, error);
    }
    if (name == "rules") return parse_rules(value, options.rules, error);
    if (name == "seed") {
        const auto seed = number_in(value);
        if (!seed) {
            error = "seed must be a whole number from 0 to 2^64 - 1, not " + in_quotes(value);
            return false;
        }
        options.seed = *seed;
        return true;
    }
    if (name == "program") {
        if (!parse_workload(value, error)) return false;
        options.program = value;
        return true;
    }
    if (name == "policy") return read_policy(value, options.kernel, error);
    if (name == "quantum") {
        return read_duration(name, value, quantum_ns_min, length_ns_max, options.kernel.quantum_ns,
                             error);
    }
    if (name == "queues") return read_queues(value, options.kernel.queues, error);
    if (name == "costs") return parse_costs(value, options.costs, error);
    if (name == "pcid") {
        if (value != "on" && value != "off") {
            error = "pcid must be on or off, not " + in_quotes(value);
            return false;
        }
        options.kernel.pcid = value == "on";
        return true;
    }
    if (name == "class") return add_class(options, value, error);
    if (name == "level") return set_level(options, value, error);
    error = "unknown setting " + in_quotes(name) +
            "; known are teachers, clipboards, students, length, seed, rules, program, policy, "
            "quantum, queues, costs, pcid, class, level";
    return false;
}

bool apply_setting(RunOptions& options, std::string_view name, std::string_view value,
                   std::string& error) {
    if (!apply_alone(options, name, value, error)) return false;
    if (options.classes.size() != 1) return true;
    share_numbers(options);
    return check_class(options.classes.front(), error);
}

void share_numbers(RunOptions& options) {
    if (options.classes.size() != 1) return;
    ClassOptions& only = options.classes.front();
    if (only.kind == ClassKind::mpg) only.clipboards = options.clipboards;
    only.students = options.students;
    only.lesson_ns = options.lesson_ns;
}

void make_machine(RunOptions& options) {
    if (!options.classes.empty()) return;
    ClassOptions only;
    only.lesson = options.lesson;
    options.classes.push_back(only);
    share_numbers(options);
}

bool make_plain(RunOptions& options) {
    RunOptions plain = options;
    plain.classes.clear();
    RunOptions back = plain;
    make_machine(back);
    if (!(back == options)) return false;
    options = std::move(plain);
    return true;
}

std::string to_string(const RunOptions& options) {
    std::string text = options.lesson + " teachers=" + std::to_string(options.teachers) +
                       " clipboards=" + std::to_string(options.clipboards) +
                       " students=" + std::to_string(options.students) +
                       " length=" + duration_to_string(options.lesson_ns) +
                       " seed=" + std::to_string(options.seed) + kernel_to_string(options.kernel);
    if (options.program != RunOptions{}.program) text += " program=" + options.program;
    const std::string rules = rules_to_string(options.rules);
    if (!rules.empty()) text += " rules=" + rules;
    const std::string costs = costs_to_string(options.costs);
    if (!costs.empty()) text += " costs=" + costs;
    for (const ClassOptions& each : options.classes) text += " class=" + to_string(each);
    return text;
}

bool check_run(const RunOptions& options, std::string& error) {
    std::uint32_t own = 0;
    bool share = false;
    for (const ClassOptions& each : options.classes) {
        own += each.teachers;
        share = share || each.teachers == 0;
    }
    if (own + (share ? 1 : 0) <= options.teachers) return true;
    error = "the classes want " + std::to_string(own) + " teachers of their own" +
            (share ? " and one for the others" : "") + ", but there are only " +
            std::to_string(options.teachers);
    return false;
}

std::optional<RunOptions> parse_run(std::string_view text, std::string& error) {
    RunOptions options;
    bool named = false;
    while (!text.empty()) {
        const std::string_view word = cut(text, blanks);
        if (word.empty()) continue;
        const std::size_t equals = word.find('=');
        if (!named) {
            if (equals != std::string_view::npos) {
                error = "a run begins with the name of its lesson, not with " + in_quotes(word);
                return std::nullopt;
            }
            options.lesson = std::string(word);
            named = true;
            continue;
        }
        if (equals == std::string_view::npos) {
            error = "expected NAME=VALUE, not " + in_quotes(word);
            return std::nullopt;
        }
        if (!apply_setting(options, word.substr(0, equals), word.substr(equals + 1), error)) {
            return std::nullopt;
        }
    }
    if (!named) {
        error = "a run begins with the name of its lesson; this one is empty";
        return std::nullopt;
    }
    if (!check_run(options, error)) return std::nullopt;
    return options;
}

}  // namespace homeroom::sim
