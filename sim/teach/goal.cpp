// Reading goals, and looking whether a run reaches them.
#include "sim/teach/goal.h"

#include <algorithm>
#include <charconv>

#include "sim/language.h"
#include "sim/run.h"
#include "sim/text.h"

namespace homeroom::sim {

namespace {

using PartKind = Goal::Part::Kind;

std::optional<std::int64_t> number_of(const Measure& measure, std::string_view text) {
    if (measure.unit == Measure::Unit::time) return parse_duration(text);
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || problem != std::errc{} || end != text.data() + text.size() || number < 0)
        return std::nullopt;
    return measure.unit == Measure::Unit::share ? number * 10 : number;
}

// A measure and a moment may be called alike (queue>3): those of measures have their own names.
std::optional<Goal::Part> parse_part(std::string_view text, std::string& error) {
    Goal::Part part;
    const std::size_t sign = text.find_first_of("<>");
    const Measure* measure =
        sign == std::string_view::npos ? nullptr : find_measure(trimmed(text.substr(0, sign)));
    const bool is_moment = measure != nullptr && measure->name == std::string_view("bench");
    if (measure != nullptr && !is_moment) {
        const std::string_view value = trimmed(text.substr(sign + 1));
        const auto number = number_of(*measure, value);
        if (!number) {
            error = std::string(measure->name) + ": expected a number or a time, not '" +
                    std::string(value) + "'";
            return std::nullopt;
        }
        part.kind = text[sign] == '<' ? PartKind::less : PartKind::more;
        part.measure = measure;
        part.number = *number;
        return part;
    }
    constexpr std::string_view never = "never ";
    if (text.substr(0, never.size()) == never) {
        part.kind = PartKind::never;
        text = trimmed(text.substr(never.size()));
    }
    const auto moment = parse_until(text, error);
    if (!moment) return std::nullopt;
    part.moment = *moment;
    return part;
}

}  // namespace

std::optional<Goal> parse_goal(std::string_view text, std::string& error) {
    Goal goal;
    for (;;) {
        const std::size_t end = text.find(',');
        const auto part = parse_part(trimmed(text.substr(0, end)), error);
        if (!part) return std::nullopt;
        goal.parts.push_back(*part);
        if (end == std::string_view::npos) return goal;
        text = text.substr(end + 1);
    }
}

bool reached(const Goal::Part& part, const Timeline& timeline) {
    switch (part.kind) {
        case PartKind::comes:
            return find_until(timeline, part.moment).has_value();
        case PartKind::never:
            return !find_until(timeline, part.moment);
        case PartKind::less:
            return value_of(*part.measure, timeline, end_of(timeline)) < part.number;
        case PartKind::more:
            return value_of(*part.measure, timeline, end_of(timeline)) > part.number;
    }
    return false;
}

bool reached(const Goal& goal, const Timeline& timeline) {
    return std::all_of(goal.parts.begin(), goal.parts.end(),
                       [&](const Goal::Part& part) { return reached(part, timeline); });
}

std::string words_of(const Goal::Part& part, Words words) {
    if (part.kind == PartKind::comes)
        return phrase("it happens: {m}", {{'m', words_of(part.moment, words)}});
    if (part.kind == PartKind::never)
        return phrase("it never happens: {m}", {{'m', words_of(part.moment, words)}});
    return phrase(
        part.kind == PartKind::less ? "at the end less than {n}: {x}"
                                    : "at the end more than {n}: {x}",
        {{'n', value_text(*part.measure, part.number)}, {'x', tr(part.measure->what(words))}});
}

}  // namespace homeroom::sim
