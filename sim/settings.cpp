// Numbers and times as people write them.
#include "sim/settings.h"

#include <charconv>
#include <limits>

#include "sim/run.h"
#include "sim/text.h"

namespace homeroom::sim {

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

}  // namespace homeroom::sim
