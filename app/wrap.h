// Where a line of text may end: between words, and never within "8.158 ms" as ImGui would have it;
// Chinese lines between any two signs but those that must not begin one.
#pragma once

#include <imgui.h>

#include <string>
#include <vector>

namespace homeroom::app {

// A word, or one sign of a script without spaces.
struct Unbroken {
    std::string text;
    bool glued = false;  // no line may begin with it
    bool space = false;  // one follows
};
// Of one line of text; `glued`: what comes first hangs on what was before.
std::vector<Unbroken> unbroken(const std::string& text, bool glued = false);

// The text with its lines ended so that none is wider than `width` pixels, but for words that are.
std::string wrapped(const std::string& text, const ImFont& font, float size, float width);

}  // namespace homeroom::app
