// Leaving out elements of a well-formed text; not a reader of any XML, only of our drawings.
#include "app/stage/variant.h"

#include <functional>

namespace homeroom::app {

namespace {

using Judge = std::function<bool(std::string_view tag)>;

std::string_view attribute(std::string_view tag, std::string_view name) {
    const std::string begin = " " + std::string(name) + "=\"";
    const std::size_t at = tag.find(begin);
    if (at == std::string_view::npos) return {};
    tag.remove_prefix(at + begin.size());
    return tag.substr(0, tag.find('"'));
}

bool has_word(std::string_view words, std::string_view word) {
    while (!words.empty()) {
        const std::size_t end = words.find(' ');
        if (words.substr(0, end) == word) return true;
        words.remove_prefix(end == std::string_view::npos ? words.size() : end + 1);
    }
    return false;
}

// The text without the elements that `is_wanted` does not want, whatever is in them, and without
// comments.
std::string filtered(std::string_view text, const Judge& is_wanted) {
    std::string kept;
    int unwanted = 0;  // how many elements deep we are in one
    while (!text.empty()) {
        const std::size_t open = text.find('<');
        if (unwanted == 0) kept += text.substr(0, open);
        if (open == std::string_view::npos) break;
        text.remove_prefix(open);
        const bool comment = text.substr(0, 4) == "<!--";
        const std::string_view last = comment ? "-->" : ">";
        const std::size_t end = text.find(last);
        if (end == std::string_view::npos) break;
        const std::string_view tag = text.substr(0, end + last.size());
        text.remove_prefix(tag.size());
        if (comment) continue;
        const bool closes = tag[1] == '/', is_empty = tag[tag.size() - 2] == '/';
        if (unwanted == 0 && (closes || is_wanted(tag))) {
            kept += tag;
        } else if (closes) {
            --unwanted;
        } else if (!is_empty) {
            ++unwanted;
        }
    }
    return kept;
}

}  // namespace

std::string variant_of(std::string_view text, unsigned pose, unsigned style) {
    const std::string poses[] = {"pose", "pose-" + std::to_string(pose)};
    const std::string styles[] = {"style", "style-" + std::to_string(style)};
    std::string kept = filtered(text, [&](std::string_view tag) {
        const std::string_view words = attribute(tag, "class");
        return (!has_word(words, poses[0]) || has_word(words, poses[1])) &&
               (!has_word(words, styles[0]) || has_word(words, styles[1]));
    });
    // What is used only by what is not used goes the next time.
    for (std::size_t size = 0; size != kept.size();) {
        size = kept.size();
        kept = filtered(kept, [&](std::string_view tag) {
            const std::string_view id = attribute(tag, "id");
            return id.empty() || kept.find("#" + std::string(id)) != std::string::npos;
        });
    }
    return kept;
}

}  // namespace homeroom::app
