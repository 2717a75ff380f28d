// What an order program prints, in the manner of Go's builtin println: words with single spaces.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace homeroom::order {

class Log {
public:
    template <class... Words>
    void operator()(const Words&... words) {
        std::size_t before = text_.size();
        ((add(words, text_.size() > before)), ...);
        text_ += '\n';
    }
    const std::string& text() const { return text_; }

private:
    template <class Word>
    void add(const Word& word, bool space) {
        if (space) text_ += ' ';
        if constexpr (std::is_same_v<Word, bool>) {
            text_ += word ? "true" : "false";
        } else if constexpr (std::is_arithmetic_v<Word>) {
            text_ += std::to_string(word);
        } else {
            text_ += std::string_view(word);
        }
    }
    std::string text_;
};

}  // namespace homeroom::order
