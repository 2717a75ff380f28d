// Writing JSON.
#include "sim/json.h"

namespace homeroom::sim {

std::string json_string(std::string_view text) {
    constexpr char digits[] = "0123456789abcdef";
    std::string quoted = "\"";
    for (char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            quoted += '\\';
            quoted += c;
        } else if (c == '\n') {
            quoted += "\\n";
        } else if (byte < 0x20) {
            quoted += "\\u00";
            quoted += digits[byte >> 4];
            quoted += digits[byte & 15u];
        } else {
            quoted += c;
        }
    }
    return quoted + "\"";
}

}  // namespace homeroom::sim
