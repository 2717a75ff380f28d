// The window's fonts at the size that the window asks for.
#include "app/fonts.h"

#include <cmath>

namespace homeroom::app {
namespace {

// Latin, general punctuation, arrows, mathematical minus, geometric shapes and a few marks.
constexpr ImWchar letters[] = {0x20,   0x17f,  0x2010, 0x2027, 0x2190, 0x21ff, 0x2212,
                               0x2212, 0x2248, 0x2248, 0x2264, 0x2265, 0x2460, 0x2473,
                               0x25a0, 0x25ff, 0x2713, 0x2717, 0};

// What the first font lacks (Inter: some shapes) comes from the second.
ImFont* add(const char* file, float pixels) {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    ImFontConfig config;
    config.OversampleH = 2;
    config.PixelSnapH = true;
    ImFont* font = atlas.AddFontFromFileTTF(file, pixels, &config, letters);
    if (font == nullptr) font = atlas.AddFontDefault();
    config.MergeMode = true;
    atlas.AddFontFromFileTTF(HOMEROOM_FONT_SYMBOLS, pixels, &config, letters);
    return font;
}

}  // namespace

bool Fonts::fit(float wanted) {
    if (wanted == scale) return false;
    scale = wanted;
    ImGui::GetIO().Fonts->Clear();
    regular = add(HOMEROOM_FONT_REGULAR, std::round(18 * scale));
    bold = add(HOMEROOM_FONT_BOLD, std::round(18 * scale));
    small = add(HOMEROOM_FONT_REGULAR, std::round(16 * scale));
    large = add(HOMEROOM_FONT_BOLD, std::round(23 * scale));
    mono = add(HOMEROOM_FONT_MONO, std::round(15 * scale));
    return true;
}

}  // namespace homeroom::app
