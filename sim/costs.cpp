// The costs of a run by their names: reading and printing them.
#include "sim/costs.h"

#include "sim/run.h"

namespace homeroom::sim {
namespace {

constexpr CostInfo infos[] = {
    {"coroutine-switch", &Costs::coroutine_switch, "from one coroutine to the next on its thread",
     "measured"},
    {"system-call", &Costs::system_call, "into the kernel and back", "measured"},
    {"futex-wake", &Costs::futex_wake, "the call that wakes a thread", "picked"},
    {"wake-latency", &Costs::wake_latency, "from that call until the thread may run", "measured"},
    {"thread-create", &Costs::thread_create, "starting a thread, for the one that starts it",
     "measured"},
    {"thread-start", &Costs::thread_start, "from the start until a new thread may run", "measured"},
    {"thread-switch", &Costs::thread_switch, "a core goes over to another thread", "measured"},
    {"seat-again", &Costs::seat_again, "a core goes on with the thread that it had", "picked"},
    {"space-switch", &Costs::space_switch, "with --class: to another address space, besides",
     "picked"},
    {"tlb-refill", &Costs::tlb_refill, "the first touches there, if its translations are gone",
     "measured"},
    {"cache-refill", &Costs::cache_refill, "the first touches of a thread whose lines are all gone",
     "picked"},
    {"cache-fade", &Costs::cache_fade, "for how long others must run until they are", "picked"},
    {"student-refill", &Costs::student_refill,
     "with --class: first touches of a coroutine from elsewhere", "picked"},
    {"make-task", &Costs::make_task, "opening a class: its first task_struct", "picked"},
    {"make-memory", &Costs::make_memory, "its mm_struct", "picked"},
    {"make-region", &Costs::make_region, "each of its first regions of memory", "picked"},
    {"make-page-table", &Costs::make_page_table, "each of its first page tables", "picked"},
    {"make-files", &Costs::make_files, "its files_struct", "picked"},
    {"copy-region", &Costs::copy_region, "fork: each region", "picked"},
    {"copy-page-table", &Costs::copy_page_table, "fork: each page table", "picked"},
    {"read-program", &Costs::read_program, "exec: reading the program", "picked"},
    {"end-class", &Costs::end_class, "taking all that apart", "picked"},
    {"page-fault", &Costs::page_fault, "the first write to a page that a fork left to two",
     "picked"},
    {"page-copy", &Costs::page_copy, "copying that page", "picked"},
};

constexpr Nanoseconds most = 1'000'000'000;

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t\r");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

bool read_cost(std::string_view word, Costs& costs, std::string& error) {
    const std::size_t equals = word.find('=');
    const std::string_view name = trimmed(word.substr(0, equals));
    for (const CostInfo& info : infos) {
        if (name != info.name) continue;
        const std::string_view value = equals == std::string_view::npos
                                           ? std::string_view{}
                                           : trimmed(word.substr(equals + 1));
        const auto ns = parse_duration(value);
        if (!ns || *ns > most) {
            error = std::string(name) +
                    " must be a time from 0ns to 1s such as 180ns or 2us, not " + quoted(value);
            return false;
        }
        costs.*info.field = *ns;
        return true;
    }
    error = "unknown cost " + quoted(name) + "; known are";
    for (const CostInfo& info : infos) error += std::string(" ") + info.name + ",";
    error.back() = '.';
    return false;
}

}  // namespace

std::span<const CostInfo> cost_infos() { return infos; }

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
    for (const CostInfo& info : infos) {
        if (costs.*info.field == usual.*info.field) continue;
        text += (text.empty() ? "" : ",") + std::string(info.name) + "=" +
                duration_to_string(costs.*info.field);
    }
    return text;
}

}  // namespace homeroom::sim
