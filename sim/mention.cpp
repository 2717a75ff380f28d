// Marks around names: begin, kind, id, divide, the name itself, end. All three are control
// characters that no text has.
#include "sim/mention.h"

namespace homeroom::sim {

namespace {

constexpr char begin = '\x02', divide = '\x03', end = '\x04';

Mention read_mention(std::string_view code) {
    Mention mention{static_cast<Mention::Kind>(code[0] - 'a')};
    for (char digit : code.substr(1))
        mention.id = mention.id * 10 + static_cast<std::uint32_t>(digit - '0');
    return mention;
}

}  // namespace

std::string marked(Mention mention, std::string_view text) {
    std::string result(1, begin);
    result += static_cast<char>('a' + static_cast<int>(mention.kind));
    result += std::to_string(mention.id);
    result += divide;
    result += text;
    result += end;
    return result;
}

std::vector<Piece> pieces(std::string_view text) {
    std::vector<Piece> result;
    auto add = [&](std::string_view part, std::optional<Mention> mention) {
        if (!part.empty()) result.push_back({std::string(part), mention});
    };
    while (!text.empty()) {
        const std::size_t from = text.find(begin);
        add(text.substr(0, from), std::nullopt);
        if (from == std::string_view::npos) break;
        const std::size_t middle = text.find(divide, from), until = text.find(end, from);
        if (middle == std::string_view::npos || until == std::string_view::npos) break;
        add(text.substr(middle + 1, until - middle - 1),
            read_mention(text.substr(from + 1, middle - from - 1)));
        text.remove_prefix(until + 1);
    }
    return result;
}

std::string plain(std::string_view text) {
    std::string result;
    for (const Piece& piece : pieces(text)) result += piece.text;
    return result;
}

std::string capital(std::string text) {
    std::size_t first = 0;
    if (!text.empty() && text[0] == begin) first = text.find(divide) + 1;
    if (first < text.size() && text[first] >= 'a' && text[first] <= 'z')
        text[first] = static_cast<char>(text[first] - 'a' + 'A');
    return text;
}

}  // namespace homeroom::sim
