// Reading a program of one line.
#include "sim/workload.h"

#include <charconv>
#include <map>

#include "sim/run.h"
#include "sim/text.h"

namespace homeroom::sim {

namespace {

using ActKind = Act::Kind;

struct Word {
    std::string_view name;
    ActKind kind;
    enum Needs : std::uint8_t { nothing, may_time, time, number } needs;
};
constexpr Word words[] = {
    {"work", ActKind::work, Word::may_time}, {"compute", ActKind::compute, Word::may_time},
    {"sleep", ActKind::sleep, Word::time},   {"errand", ActKind::errand, Word::time},
    {"call", ActKind::call, Word::time},     {"yield", ActKind::yield, Word::nothing},
    {"lock", ActKind::lock, Word::nothing},  {"unlock", ActKind::unlock, Word::nothing},
    {"add", ActKind::add, Word::nothing},    {"read", ActKind::read, Word::nothing},
    {"send", ActKind::send, Word::nothing},  {"receive", ActKind::receive, Word::nothing},
    {"again", ActKind::again, Word::number},
};

std::optional<std::uint32_t> whole(std::string_view text, std::uint32_t most) {
    std::uint32_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || problem != std::errc{} || end != text.data() + text.size() || value == 0 ||
        value > most)
        return std::nullopt;
    return value;
}

// False: `why` says what is wrong.
bool parse_act(std::string_view text, Act& act, std::string& why) {
    const std::size_t colon = text.find(':');
    const std::string_view name = text.substr(0, colon);
    const bool given = colon != std::string_view::npos;
    const std::string_view value = given ? text.substr(colon + 1) : std::string_view{};
    for (const Word& word : words) {
        if (word.name != name) continue;
        act.kind = word.kind;
        const std::string known(name);
        if (word.needs == Word::nothing) {
            if (given) why = known + " takes no number";
        } else if (word.needs == Word::number) {
            const auto times = whole(value, workload_repeats_max);
            if (!times)
                why = known + ":N: N must be from 1 to " + std::to_string(workload_repeats_max);
            act.number = times.value_or(0);
        } else if (given || word.needs == Word::time) {
            const auto time = parse_duration(value);
            if (!time || *time < length_ns_min || *time > length_ns_max)
                why = known + ":TIME: TIME must be such as 500us or 2ms, not " + in_quotes(value);
            act.number = time.value_or(0);
        }
        return why.empty();
    }
    why = "unknown act " + in_quotes(name) + "; known are";
    for (const Word& word : words) why += " " + std::string(word.name);
    return false;
}

// Somebody who unlocks what it has not locked would end the whole class.
bool check_group(const Group& group, std::string& why) {
    bool has = false, again = false;
    for (const Act& act : group.acts) {
        if (act.kind == ActKind::lock && has) why = "locks twice, and would wait for itself";
        if (act.kind == ActKind::unlock && !has) why = "unlocks what it has not locked";
        if (act.kind == ActKind::again && has) why = "begins again with the lock in its hand";
        if (act.kind == ActKind::again && again) why = "begins again twice";
        if (act.kind == ActKind::again) again = true;
        if (act.kind == ActKind::lock) has = true;
        if (act.kind == ActKind::unlock) has = false;
    }
    return why.empty();
}

}  // namespace

std::optional<std::vector<Group>> parse_workload(std::string_view text, std::string& error) {
    std::vector<Group> groups;
    std::uint32_t students = 0;
    auto fail = [&](const std::string& why) {
        error = "program, group " + std::to_string(groups.size() + 1) + ": " + why;
        return std::nullopt;
    };
    if (text.size() > workload_letters_max)
        return fail("more than " + std::to_string(workload_letters_max) + " letters");
    for (;;) {
        const std::size_t slash = text.find('/');
        std::string_view rest = text.substr(0, slash);
        Group group;
        const std::size_t star = rest.find('*');
        if (star != std::string_view::npos) {
            const std::string_view count = rest.substr(0, star);
            const auto number = whole(count, workload_students_max);
            if (!number && count != "n")
                return fail("before * must come n, or how many students, up to " +
                            std::to_string(workload_students_max) + ", not " + in_quotes(count));
            group.count = number.value_or(0);
            rest = rest.substr(star + 1);
        }
        students += group.count;
        if (students > workload_students_max)
            return fail("more than " + std::to_string(workload_students_max) + " students");
        for (;;) {
            const std::size_t comma = rest.find(',');
            Act act;
            std::string why;
            if (!parse_act(rest.substr(0, comma), act, why)) return fail(why);
            group.acts.push_back(act);
            if (comma == std::string_view::npos) break;
            rest = rest.substr(comma + 1);
        }
        std::string why;
        if (!check_group(group, why)) return fail(why);
        groups.push_back(std::move(group));
        if (slash == std::string_view::npos) return groups;
        text = text.substr(slash + 1);
    }
}

const std::vector<Group>& kept_workload(const std::string& text) {
    static std::map<std::string, std::vector<Group>> kept;
    const auto known = kept.find(text);
    if (known != kept.end()) return known->second;
    std::string error;  // whoever set the program has been told
    return kept[text] = parse_workload(text, error).value_or(std::vector<Group>{});
}

}  // namespace homeroom::sim
