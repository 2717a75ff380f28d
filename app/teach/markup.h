// What a lesson's file marks within a paragraph: code between `backticks`, names of buttons between
// *stars*.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace homeroom::app {

struct Span {
    enum class Mark { none, code, emphasis } mark;
    std::string text;

    friend bool operator==(const Span&, const Span&) = default;
};

// A sign without its partner is a sign. A star begins something only before a word, so 2*3 is no
// mark.
std::vector<Span> spans_of(std::string_view text);

// As it is read aloud: quotes instead of the signs.
std::string in_quotes(std::string_view text);

}  // namespace homeroom::app
