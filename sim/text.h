// What reading what people write needs, and saying what is wrong with it.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace homeroom::sim {

inline constexpr std::string_view blanks = " \t\r\n";

// Without the blanks at both ends.
inline std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// Takes off what stands before the first separator, and that.
inline std::string_view cut(std::string_view& text, char separator) {
    const std::size_t end = text.find(separator);
    const std::string_view piece = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    return piece;
}

// The parts between separators, trimmed. At least one.
inline std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const bool last = text.find(separator) == std::string_view::npos;
        parts.push_back(trimmed(cut(text, separator)));
        if (last) return parts;
    }
}

// A whole number from `low` to `high`, and nothing else.
inline bool read_whole(std::string_view text, std::int64_t low, std::int64_t high,
                       std::int64_t& value) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc{} && end == text.data() + text.size() && value >= low &&
           value <= high;
}

inline std::string in_quotes(std::string_view text) { return "'" + std::string(text) + "'"; }

}  // namespace homeroom::sim
