// Comparing two runs.
#include "sim/teach/compare.h"

#include <algorithm>
#include <sstream>

#include "sim/language.h"

namespace homeroom::sim {

namespace {

constexpr ComparedMeasure compared[] = {
    {"makespan", "the whole run", "makespan"},
    {"calls", "calls", "runs"},
    {"switches", "other student", "coroutine switches"},
    {"teacher-switches", "teacher walked", "thread switches"},
    {"steals", "names taken over", "steals"},
    {"hand-offs", "passed on", "hand-offs"},
    {"preemptions", "bells obeyed", "preemptions"},
    {"parks", "began to wait", "parks"},
    {"mean-wait", "mean wait", "mean wait"},
    {"longest-wait", "longest wait", "longest wait"},
    {"utilisation", "teachers busy", "utilisation"},
};

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    std::istringstream in(text);
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

// Those of the first that the second has not.
std::string without(const std::vector<std::string>& first, const std::vector<std::string>& second) {
    std::string text;
    for (const std::string& word : first) {
        if (std::find(second.begin(), second.end(), word) != second.end()) continue;
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

void pad(std::string& text, std::size_t width) {
    // Not bytes but letters: "−" has three of them.
    const auto letters =
        static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
        }));
    text = std::string(letters < width ? width - letters : 1, ' ') + text;
}

}  // namespace

std::span<const ComparedMeasure> compared_measures() { return compared; }

std::vector<ComparedRow> compare(const Timeline& first, const Timeline& second, Words words) {
    std::vector<ComparedRow> rows;
    const std::size_t first_end = end_of(first), second_end = end_of(second);
    for (const ComparedMeasure& each : compared) {
        const Measure* measure = find_measure(each.measure);
        rows.push_back({tr(words == Words::school ? each.school : each.field), measure,
                        value_of(*measure, first, first_end),
                        value_of(*measure, second, second_end)});
    }
    return rows;
}

std::string difference_text(const ComparedRow& row) {
    const std::int64_t difference = row.second - row.first;
    if (difference == 0) return tr("same");
    return (difference > 0 ? "+" : "−") +
           value_text(*row.measure, difference > 0 ? difference : -difference);
}

std::string changes_between(const RunOptions& first, const RunOptions& second) {
    const auto a = words_of(to_string(first)), b = words_of(to_string(second));
    const std::string before = without(a, b), after = without(b, a);
    if (before.empty() && after.empty()) return {};
    return (before.empty() ? "…" : before) + " → " + (after.empty() ? "…" : after);
}

std::size_t same_until(const Timeline& first, const Timeline& second) {
    const std::size_t count = std::min(first.decisions(), second.decisions());
    for (std::size_t k = 0; k < count; ++k) {
        const Step& a = first.step(first.step_of_decision(k));
        const Step& b = second.step(second.step_of_decision(k));
        if (a.time != b.time || a.table != b.table || a.event.kind != b.event.kind ||
            a.event.g != b.event.g || a.event.p != b.event.p || a.event.arg != b.event.arg)
            return k;
    }
    return count;
}

std::string comparison(const RunOptions& first_run, const Timeline& first,
                       const RunOptions& second_run, const Timeline& second, Words words) {
    constexpr std::size_t name_width = 20, width = 14;
    std::string text = "A  " + to_string(first_run) + "\nB  " + to_string(second_run) + "\n";
    const std::string changes = changes_between(first_run, second_run);
    text += changes.empty() ? "the same options\n" : "changed: " + changes + "\n";
    const std::size_t same = same_until(first, second);
    text += same == first.decisions() && same == second.decisions()
                ? "the same run\n"
                : "the same for " + std::to_string(same) + " decisions\n";
    auto line = [&](std::string name, std::string a, std::string b, std::string difference) {
        name.resize(std::max(name.size(), name_width), ' ');
        pad(a, width);
        pad(b, width);
        pad(difference, width);
        text += name + a + b + difference + "\n";
    };
    line("", "A", "B", "B - A");
    for (const ComparedRow& row : compare(first, second, words))
        line(row.name, value_text(*row.measure, row.first), value_text(*row.measure, row.second),
             difference_text(row));
    return text;
}

}  // namespace homeroom::sim
