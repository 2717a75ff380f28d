// The language of all texts. English stands in the source; every other language is a file of pairs
// in texts/, which is built in. The English text is the key.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <utility>

namespace homeroom::sim {

enum class Language : std::uint8_t { english, chinese };

// The language that tr() answers in, for the whole program; English at first. To be changed between
// two pictures, by the thread that draws.
void speak(Language language);
Language spoken();

// The text in the spoken language; the English one where there is no other. Lives for ever, or as
// long as `english` does. A text that is not in the catalogue, such as a name, comes back as it is.
const char* tr(const char* english);

// The same, with names in braces filled in: phrase("and {n} more", {{'n', "7"}}).
std::string phrase(const char* english, std::initializer_list<std::pair<char, std::string>> names);

struct Translation {
    const char* english;
    const char* other;
};
// All of a language, for tests and for the glyphs that a font must have; none for English.
std::span<const Translation> translations(Language language);

}  // namespace homeroom::sim
