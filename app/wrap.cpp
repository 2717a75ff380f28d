// Words, signs, and lines of them.
#include "app/wrap.h"

#include <algorithm>
#include <cfloat>
#include <iterator>
#include <string_view>

namespace homeroom::app {
namespace {

std::size_t bytes_of_letter(unsigned char first) {
    return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

// Signs of three bytes and more are Chinese ones, or punctuation that must not begin a line.
bool breaks_before(std::string_view letter) {
    static constexpr std::string_view stay[] = {"，", "。", "：", "；", "、", "）", "”",
                                                "？", "！", "…",  "–",  "’",  "→",  "−",
                                                "」", "》", "％", "×",  "≤",  "≥",  "≈"};
    if (letter.size() < 3) return false;
    return std::find(std::begin(stay), std::end(stay), letter) == std::end(stay);
}

bool opens(std::string_view letter) {
    return letter == "（" || letter == "“" || letter == "「" || letter == "《";
}

bool ends_in_digit(const std::string& text) {
    return !text.empty() && text.back() >= '0' && text.back() <= '9';
}

}  // namespace

std::vector<Unbroken> unbroken(const std::string& text, bool glued) {
    std::vector<Unbroken> parts;
    std::string word;
    const auto end_word = [&](bool space) {
        if (!word.empty()) {
            parts.push_back({word, glued, space});
        } else if (space && !parts.empty()) {
            parts.back().space = true;
        }
        word.clear();
        glued = !space;
    };
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t bytes = bytes_of_letter(static_cast<unsigned char>(text[i]));
        const std::string letter = text.substr(i, bytes);
        i += bytes;
        if (letter == " ") {
            end_word(true);
        } else if (breaks_before(letter)) {
            end_word(false);
            glued =
                !parts.empty() && (ends_in_digit(parts.back().text) || opens(parts.back().text));
            word = letter;
        } else {
            word += letter;
        }
    }
    end_word(false);
    return parts;
}

std::string wrapped(const std::string& text, const ImFont& font, float size, float width) {
    const auto wide = [&](const std::string& part) {
        return font.CalcTextSizeA(size, FLT_MAX, 0, part.c_str()).x;
    };
    std::string lines;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        const std::vector<Unbroken> parts = unbroken(text.substr(from, end - from));
        float x = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            float need = wide(parts[i].text);
            for (std::size_t j = i + 1; j < parts.size() && parts[j].glued; ++j)
                need += wide((parts[j - 1].space ? " " : "") + parts[j].text);
            if (!parts[i].glued && x > 0 && x + need > width) {
                lines += '\n';
                x = 0;
            } else if (i > 0 && parts[i - 1].space) {
                lines += ' ';
            }
            lines += parts[i].text;
            x += wide(parts[i].text + (parts[i].space ? " " : ""));
        }
        if (end < text.size()) lines += '\n';
        from = end + 1;
    }
    return lines;
}

}  // namespace homeroom::app
