// Finds the marked parts of a paragraph.
#include "app/teach/markup.h"

#include <cctype>

namespace homeroom::app {
namespace {

bool begins_word(std::string_view text, std::size_t at) {
    const auto before = static_cast<unsigned char>(at == 0 ? ' ' : text[at - 1]);
    return std::isalnum(before) == 0 && at + 1 < text.size() && text[at + 1] != ' ';
}

// Where the partner of the sign at this place is; npos: it is none.
std::size_t partner(std::string_view text, std::size_t at) {
    if (text[at] == '*' && !begins_word(text, at)) return text.npos;
    const std::size_t end = text.find(text[at], at + 1);
    return end == at + 1 ? text.npos : end;
}

}  // namespace

std::vector<Span> spans_of(std::string_view text) {
    std::vector<Span> spans;
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool sign = text[at] == '`' || text[at] == '*';
        const std::size_t end = sign ? partner(text, at) : text.npos;
        if (end == text.npos) {
            plain += text[at];
            continue;
        }
        if (!plain.empty()) spans.push_back({Span::Mark::none, plain});
        plain.clear();
        spans.push_back({text[at] == '`' ? Span::Mark::code : Span::Mark::emphasis,
                         std::string(text.substr(at + 1, end - at - 1))});
        at = end;
    }
    if (!plain.empty()) spans.push_back({Span::Mark::none, plain});
    return spans;
}

std::string in_quotes(std::string_view text) {
    std::string all;
    for (const Span& span : spans_of(text))
        all += span.mark == Span::Mark::none ? span.text : "‘" + span.text + "’";
    return all;
}

}  // namespace homeroom::app
