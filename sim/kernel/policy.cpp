// Which policies there are, in words, and reading one from text.
#include "sim/kernel/policy.h"

#include <charconv>

#include "sim/kernel/queue.h"
#include "sim/run.h"
#include "sim/text.h"

namespace homeroom::sim::kernel {
namespace {

constexpr PolicyInfo all_policies[] = {
    {Kind::fifo, "fifo", "First in, first out",
     "The thread that became runnable first runs until it waits or ends.",
     "Whoever was ready first is attended until it waits or is done.",
     "At the same moment: the one that was opened first.", false},
    {Kind::shortest_job, "sjf", "Shortest job first",
     "The thread whose next CPU burst is the shortest runs until it waits or ends.",
     "The table with the least to do is attended until it waits or is done.",
     "Equally short: the one that became runnable first.", false},
    {Kind::shortest_remaining, "srtf", "Shortest remaining time first",
     "As shortest job first, but a newcomer with less left takes the core at once.",
     "As shortest job first, but a newcomer with less left to do takes the teacher away at once.",
     "Equally short: the one that runs goes on; else the one that became runnable first.", false},
    {Kind::round_robin, "rr", "Round robin", "Each thread in turn, for at most one quantum.",
     "Each table in turn, for at most one quantum.",
     "Who becomes runnable at the moment when a quantum ends stands before the one whose it was.",
     true},
    {Kind::mlfq, "mlfq", "Multi-level feedback queue",
     "Round robin on the highest level that has threads; who computes for long sinks.",
     "In turn among the tables of the highest level; a table that keeps its teacher long sinks.",
     "On one level: who came first. Who made way for a higher level goes back to the front, with "
     "the rest of its slice.",
     true},
    {Kind::fair, "fair", "Fair (EEVDF)",
     "Of the threads that have had no more than their share, the one with the earliest virtual "
     "deadline.",
     "Of the tables that have had no more than their share, the one whose lesson is due first.",
     "Equal deadlines: the one that joined the queue first. A request that has begun is served to "
     "its end.",
     true},
};

bool read_time(std::string_view text, Time low, Time& value) {
    constexpr Time most = length_ns_max;
    if (read_whole(text, low, most, value)) return true;
    const auto duration = parse_duration(text);
    if (!duration || *duration < low || *duration > most) return false;
    value = *duration;
    return true;
}

// One word after the name.
bool read_setting(std::string_view word, Settings& settings, std::string& error) {
    struct Switch {
        const char* name;
        Kind kind;
        bool Settings::*field;
        bool value;
    };
    static constexpr Switch switches[] = {
        {"forgives", Kind::mlfq, &Settings::forgives, true},
        {"keeps-alone", Kind::mlfq, &Settings::demotes_alone, false},
        {"no-parity", Kind::fair, &Settings::parity, false},
    };
    struct Number {
        const char* name;
        std::uint32_t Settings::*field;
        std::uint32_t most;
    };
    static constexpr Number numbers[] = {
        {"levels", &Settings::levels, levels_max},
        {"growth", &Settings::growth, growth_max},
        {"allotment", &Settings::allotment, allotment_max},
    };
    for (const Switch& each : switches) {
        if (word != each.name || settings.kind != each.kind) continue;
        settings.*each.field = each.value;
        return true;
    }
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view{} : word.substr(equals + 1);
    for (const Number& each : numbers) {
        if (name != each.name || settings.kind != Kind::mlfq) continue;
        std::int64_t number = 0;
        if (!read_whole(value, 1, each.most, number)) {
            error = std::string(name) + " must be a whole number from 1 to " +
                    std::to_string(each.most) + ", not " + in_quotes(value);
            return false;
        }
        settings.*each.field = static_cast<std::uint32_t>(number);
        return true;
    }
    const bool boost = name == "boost" && settings.kind == Kind::mlfq;
    if (boost || (name == "quantum" && policy_info(settings.kind).uses_quantum)) {
        if (read_time(value, boost ? 0 : 1, boost ? settings.boost : settings.quantum)) return true;
        error = std::string(name) + " must be a time, such as 2 or 10ms, not " + in_quotes(value);
        return false;
    }
    error = std::string(policy_info(settings.kind).name) + " has no setting " + in_quotes(word);
    if (settings.kind == Kind::mlfq)
        error +=
            "; known are quantum=, levels=, growth=, allotment=, boost=, forgives, keeps-alone";
    if (settings.kind == Kind::fair) error += "; known are quantum=, no-parity";
    if (settings.kind == Kind::round_robin) error += "; known is quantum=";
    return false;
}

}  // namespace

std::span<const PolicyInfo> policy_infos() { return all_policies; }

const PolicyInfo& policy_info(Kind kind) {
    static_assert(all_policies[static_cast<std::size_t>(Kind::fair)].kind == Kind::fair);
    return all_policies[static_cast<std::size_t>(kind)];
}

bool parse_policy(std::string_view text, Settings& settings, std::string& error) {
    std::size_t comma = text.find(',');
    const std::string_view name = text.substr(0, comma);
    for (const PolicyInfo& info : all_policies) {
        if (name != info.name) continue;
        Settings read;
        read.kind = info.kind;
        read.quantum = settings.quantum;
        while (comma != std::string_view::npos) {
            text = text.substr(comma + 1);
            comma = text.find(',');
            if (!read_setting(text.substr(0, comma), read, error)) return false;
        }
        settings = read;
        return true;
    }
    error = "unknown policy " + in_quotes(name) + "; known are";
    for (const PolicyInfo& info : all_policies) error += std::string(" ") + info.name + ",";
    error.back() = '.';
    return false;
}

std::string policy_to_string(const Settings& settings) {
    const Settings usual;
    std::string text = policy_info(settings.kind).name;
    if (settings.kind == Kind::mlfq) {
        if (settings.levels != usual.levels) text += ",levels=" + std::to_string(settings.levels);
        if (settings.growth != usual.growth) text += ",growth=" + std::to_string(settings.growth);
        if (settings.allotment != usual.allotment)
            text += ",allotment=" + std::to_string(settings.allotment);
        if (settings.boost != usual.boost) text += ",boost=" + duration_to_string(settings.boost);
        if (settings.forgives) text += ",forgives";
        if (!settings.demotes_alone) text += ",keeps-alone";
    }
    if (settings.kind == Kind::fair && !settings.parity) text += ",no-parity";
    return text;
}

std::unique_ptr<Policy> make_policy(const Settings& settings) {
    switch (settings.kind) {
        case Kind::fifo:
            return make_fifo(settings);
        case Kind::shortest_job:
        case Kind::shortest_remaining:
            return make_shortest(settings);
        case Kind::round_robin:
            return make_round_robin(settings);
        case Kind::mlfq:
            return make_mlfq(settings);
        case Kind::fair:
            return make_fair(settings);
    }
    return nullptr;
}

}  // namespace homeroom::sim::kernel
