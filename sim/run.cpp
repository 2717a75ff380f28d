// Printing a run and reading it back, so that it can be pasted into a command line or a report.
#include "sim/run.h"

#include "sim/settings.h"
#include "sim/text.h"
#include "sim/workload.h"

namespace homeroom::sim {

namespace {

// Cuts the first piece before `separator` off `text`.
std::string_view cut(std::string_view& text, std::string_view separators) {
    const std::size_t end = text.find_first_of(separators);
    std::string_view piece = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    return piece;
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
