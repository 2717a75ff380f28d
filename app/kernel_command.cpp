// The flags of `homeroom kernel`, and what it prints.
#include "app/kernel_command.h"

#include <charconv>
#include <string_view>

#include "sim/text.h"

namespace homeroom::app {
namespace {

using namespace sim::kernel;

constexpr const char* usual_tasks = "A:0:3,B:2:6,C:4:4,D:6:5,E:8:2";  // Stallings, table 9.5

bool read_whole(std::string_view flag, std::string_view text, std::int64_t low, std::int64_t high,
                std::int64_t& value, std::string& error) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem == std::errc{} && end == text.data() + text.size() && value >= low && value <= high)
        return true;
    error = "--" + std::string(flag) + " must be a whole number from " + std::to_string(low) +
            " to " + std::to_string(high) + ", not " + sim::in_quotes(text);
    return false;
}

// A flag without a value. False: it is none of those.
bool read_switch(std::string_view name, KernelArguments& arguments) {
    Queues& queues = arguments.machine.queues;
    if (name == "help") {
        arguments.help = true;
    } else if (name == "compare") {
        arguments.compare = true;
    } else if (name == "no-balance") {
        queues.balance = false;
    } else if (name == "no-affinity") {
        queues.affinity = false;
    } else {
        return false;
    }
    return true;
}

bool takes_value(std::string_view name) {
    for (std::string_view known : {"policy", "quantum", "tasks", "cores", "queues", "switch-cost"})
        if (name == known) return true;
    return false;
}

bool read_value(std::string_view name, std::string_view value, KernelArguments& arguments,
                std::string& error) {
    MachineOptions& machine = arguments.machine;
    std::int64_t number = 0;
    if (name == "policy") {
        if (parse_policy(value, machine.policy, error)) return true;
        error = "--policy: " + error;
        return false;
    }
    if (name == "tasks") {
        auto tasks = parse_tasks(value, error);
        if (!tasks) {
            error = "--tasks: " + error;
            return false;
        }
        arguments.tasks = std::move(*tasks);
        return true;
    }
    if (name == "queues") {
        if (value != "shared" && value != "per-core") {
            error = "--queues must be shared or per-core, not " + sim::in_quotes(value);
            return false;
        }
        machine.queues.per_core = value == "per-core";
        return true;
    }
    if (name == "quantum") {
        if (!read_whole(name, value, 1, exercise_time_max, number, error)) return false;
        machine.policy.quantum = number;
        return true;
    }
    if (name == "cores") {
        if (!read_whole(name, value, 1, cores_max, number, error)) return false;
        machine.cores = static_cast<std::uint32_t>(number);
        return true;
    }
    if (!read_whole(name, value, 0, exercise_time_max, number, error)) return false;
    machine.switch_cost = number;
    return true;
}

}  // namespace

std::optional<KernelArguments> parse_kernel_arguments(std::span<const char* const> words,
                                                      std::string& error) {
    KernelArguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string_view word = words[i];
        if (word == "-h") word = "--help";
        if (word.substr(0, 2) != "--" || word.size() == 2) {
            error = "kernel: unknown argument " + sim::in_quotes(word) +
                    "; kernel --help lists the flags";
            return std::nullopt;
        }
        word.remove_prefix(2);
        const std::size_t equals = word.find('=');
        const std::string_view name = word.substr(0, equals);
        if (equals == std::string_view::npos && read_switch(name, arguments)) continue;
        if (!takes_value(name)) {
            KernelArguments ignored;
            error = "kernel: " + (read_switch(name, ignored)
                                      ? "--" + std::string(name) + " takes no value"
                                      : "unknown flag --" + std::string(name) +
                                            "; kernel --help lists them all");
            return std::nullopt;
        }
        if (equals == std::string_view::npos && i + 1 == words.size()) {
            error = "kernel: --" + std::string(name) + " needs a value";
            return std::nullopt;
        }
        const std::string_view value = equals == std::string_view::npos
                                           ? std::string_view(words[++i])
                                           : word.substr(equals + 1);
        if (!read_value(name, value, arguments, error)) {
            error = "kernel: " + error;
            return std::nullopt;
        }
    }
    if (arguments.tasks.empty()) arguments.tasks = *parse_tasks(usual_tasks, error);
    return arguments;
}

std::string kernel_help_text() {
    std::string text = R"(homeroom kernel: how a kernel shares its cores among tasks

    homeroom kernel [FLAGS]   plays the tasks, prints the Gantt chart and each task's times

    --tasks LIST          NAME:ARRIVAL:CPU,... such as A:0:3,B:2:6; with waits between CPU bursts
                          as in A:0:4+10+4; with a nice value as in A:0:4:nice=5
                          ()";
    text += usual_tasks;
    text += R"()
    --policy NAME         one of those below, perhaps with settings: mlfq,levels=4,boost=50 (rr)
    --quantum N           how long a time slice is (1)
    --cores N             1 to 16 (1)
    --queues shared|per-core   one run queue for all cores, or one for each (shared)
    --no-balance          per-core: a core without tasks takes none from another's queue
    --no-affinity         a task does not go back to the core that it had last
    --switch-cost N       the time that a core needs to go over to another task (0)
    --compare             all policies, one line each
    --help                this

Times are whole numbers, in whatever unit you like. At one moment, bursts end first, then tasks
arrive, then slices end.

Policies
)";
    for (const PolicyInfo& info : policy_infos()) {
        std::string name = std::string("    ") + info.name;
        name.resize(26, ' ');
        text += name + info.title + "\n";
    }
    return text + R"(
Settings of mlfq
    levels=N              1 to 8 (3)
    growth=N              a level's quantum is N times that of the one above, 1 to 4 (1)
    allotment=N           so many quanta on a level, and a task sinks by one (1)
    boost=N               so often all go back to the top; 0: never (0)
    forgives              waiting before the slice ends renews the allotment: can be gamed
    keeps-alone           a slice for which nobody else waited does not count
Settings of fair
    no-parity             a newcomer with an earlier deadline interrupts a request that has begun
)";
}

void print_exercise(const KernelArguments& arguments, std::FILE* out) {
    if (!arguments.compare) {
        const sim::kernel::Outcome outcome = play(arguments.machine, arguments.tasks);
        std::fputs(report(arguments.machine, arguments.tasks, outcome).c_str(), out);
        return;
    }
    std::fprintf(out, "%-30s  %10s  %10s  %10s  %8s  %8s\n", "means", "response", "turnaround",
                 "waiting", "switches", "end");
    MachineOptions machine = arguments.machine;
    for (const PolicyInfo& info : policy_infos()) {
        // What the user has set counts for the policy for which it was set.
        if (info.kind != arguments.machine.policy.kind) {
            machine.policy = Settings{};
            machine.policy.kind = info.kind;
            machine.policy.quantum = arguments.machine.policy.quantum;
        } else {
            machine.policy = arguments.machine.policy;
        }
        const sim::kernel::Outcome outcome = play(machine, arguments.tasks);
        std::fprintf(out, "%-30s  %10.2f  %10.2f  %10.2f  %8llu  %8lld\n", info.title,
                     outcome.mean_response(), outcome.mean_turnaround(), outcome.mean_waiting(),
                     static_cast<unsigned long long>(outcome.switches()),
                     static_cast<long long>(outcome.end));
    }
}

}  // namespace homeroom::app
