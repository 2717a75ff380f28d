// Which rules of the scheduler are on, as text.
#include "sim/run.h"
#include "sim/settings.h"
#include "sim/text.h"

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

}  // namespace

std::span<const RuleInfo> rule_infos() { return all_rules; }

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
        if (!read_rule(cut(text, ','), changed, error)) return false;
    }
    rules = changed;
    return true;
}

}  // namespace homeroom::sim
