// Writing JSON: just what the exports need.
#pragma once

#include <string>
#include <string_view>

namespace homeroom::sim {

// The text in quotes, with what must be escaped escaped. The text is UTF-8.
std::string json_string(std::string_view text);

}  // namespace homeroom::sim
