// The value of a setting: a number or a time within bounds, or what is wrong with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace homeroom::sim {

// A whole number, and nothing else.
std::optional<std::uint64_t> number_in(std::string_view text);

// False: it is none from `low` to `high`; then `error` says so, by the setting's name, and `value`
// is as before.
bool read_number(std::string_view name, std::string_view text, std::uint32_t low,
                 std::uint32_t high, std::uint32_t& value, std::string& error);

// The same for a time such as 500us or 2ms, in nanoseconds.
bool read_duration(std::string_view name, std::string_view text, std::int64_t low,
                   std::int64_t high, std::int64_t& value, std::string& error);

}  // namespace homeroom::sim
