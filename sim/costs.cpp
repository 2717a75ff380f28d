// The costs of a run by their names: reading and printing them.
#include "sim/costs.h"

#include "sim/run.h"
#include "sim/text.h"

namespace homeroom::sim {
namespace {

constexpr CostInfo all_costs[] = {
    {"coroutine-switch", &Costs::coroutine_switch, "from one coroutine to the next on its thread",
     "measured", false},
    {"system-call", &Costs::system_call, "into the kernel and back", "measured", false},
    {"futex-wake", &Costs::futex_wake, "the call that wakes a thread", "picked", false},
    {"wake-latency", &Costs::wake_latency, "from that call until the thread may run", "measured",
     false},
    {"thread-create", &Costs::thread_create, "starting a thread, for the one that starts it",
     "measured", false},
    {"thread-start", &Costs::thread_start, "from the start until a new thread may run", "measured",
     false},
    {"thread-switch", &Costs::thread_switch, "a core goes over to another thread", "measured",
     false},
    {"seat-again", &Costs::seat_again, "a core goes on with the thread that it had", "picked",
     false},
    {"space-switch", &Costs::space_switch, "to another address space, besides", "picked", true},
    {"tlb-refill", &Costs::tlb_refill, "the first touches there, if its translations are gone",
     "measured", true},
    {"cache-refill", &Costs::cache_refill, "the first touches of a thread whose lines are all gone",
     "picked", true},
    {"cache-fade", &Costs::cache_fade, "for how long others must run until they are", "picked",
     true},
    {"student-refill", &Costs::student_refill,
     "first touches of a coroutine that comes from elsewhere", "picked", true},
    {"make-task", &Costs::make_task, "opening a class: its first task_struct", "picked", true},
    {"make-memory", &Costs::make_memory, "its mm_struct", "picked", true},
    {"make-region", &Costs::make_region, "each of its first regions of memory", "picked", true},
    {"make-page-table", &Costs::make_page_table, "each of its first page tables", "picked", true},
    {"make-files", &Costs::make_files, "its files_struct", "picked", true},
    {"copy-region", &Costs::copy_region, "fork: each region", "picked", true},
    {"copy-page-table", &Costs::copy_page_table, "fork: each page table", "picked", true},
    {"read-program", &Costs::read_program, "exec: reading the program", "picked", true},
    {"end-class", &Costs::end_class, "taking all that apart", "picked", true},
    {"page-fault", &Costs::page_fault, "the first write to a page that a fork left to two",
     "picked", true},
    {"page-copy", &Costs::page_copy, "copying that page", "picked", true},
};

constexpr Nanoseconds most = 1'000'000'000;

bool read_cost(std::string_view word, Costs& costs, std::string& error) {
    const std::size_t equals = word.find('=');
    const std::string_view name = trimmed(word.substr(0, equals));
    for (const CostInfo& info : all_costs) {
        if (name != info.name) continue;
        const std::string_view value = equals == std::string_view::npos
                                           ? std::string_view{}
                                           : trimmed(word.substr(equals + 1));
        const auto ns = parse_duration(value);
        if (!ns || *ns > most) {
            error = std::string(name) +
                    " must be a time from 0ns to 1s such as 180ns or 2us, not " + in_quotes(value);
            return false;
        }
        costs.*info.field = *ns;
        return true;
    }
    error = "unknown cost " + in_quotes(name) + "; known are";
    for (const CostInfo& info : all_costs) error += std::string(" ") + info.name + ",";
    error.back() = '.';
    return false;
}

}  // namespace

std::span<const CostInfo> cost_infos() { return all_costs; }

bool names_costs_of_classes(std::string_view text) {
    for (const CostInfo& info : all_costs) {
        if (!info.of_classes) continue;
        for (std::string_view rest = text; !rest.empty();) {
            const std::size_t end = rest.find_first_of(",\n");
            const std::string_view word = trimmed(rest.substr(0, end));
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
            if (trimmed(word.substr(0, word.find('='))) == info.name) return true;
        }
    }
    return false;
}

bool parse_costs(std::string_view text, Costs& costs, std::string& error) {
    Costs read = costs;
    const bool lines = text.find('\n') != std::string_view::npos;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        line = line.substr(0, line.find('#'));
        while (!line.empty()) {
            const std::size_t comma = line.find(',');
            const std::string_view word = trimmed(line.substr(0, comma));
            line = comma == std::string_view::npos ? std::string_view{} : line.substr(comma + 1);
            if (word.empty() || read_cost(word, read, error)) continue;
            if (lines) error = "line " + std::to_string(number) + ": " + error;
            return false;
        }
    }
    costs = read;
    return true;
}

std::string costs_to_string(const Costs& costs) {
    const Costs usual;
    std::string text;
    for (const CostInfo& info : all_costs) {
        if (costs.*info.field == usual.*info.field) continue;
        text += (text.empty() ? "" : ",") + std::string(info.name) + "=" +
                duration_to_string(costs.*info.field);
    }
    return text;
}

}  // namespace homeroom::sim
