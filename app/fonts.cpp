// The window's fonts at the size that the window asks for.
#include "app/fonts.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "app/teach/lesson_files.h"

namespace homeroom::app {
namespace {

constexpr const char* language_names[] = {"English", "中文"};

// Latin, general punctuation, arrows, mathematical minus, geometric shapes and a few marks.
constexpr ImWchar letters[] = {0x20,   0x17f,  0x2010, 0x2027, 0x2190, 0x21ff, 0x2212,
                               0x2212, 0x2248, 0x2248, 0x2264, 0x2265, 0x2460, 0x2473,
                               0x25a0, 0x25ff, 0x2713, 0x2717, 0};

// The signs of this language that the fonts above lack, each once; and the name of each language in
// its own script, for the switch.
const ImVector<ImWchar>& signs_of(sim::Language language) {
    static ImVector<ImWchar> ranges[2];
    ImVector<ImWchar>& wanted = ranges[language == sim::Language::english ? 0 : 1];
    if (!wanted.empty()) return wanted;
    ImFontGlyphRangesBuilder builder;
    for (const char* name : language_names) builder.AddText(name);
    for (const sim::Translation& text : sim::translations(language)) builder.AddText(text.other);
    if (language == sim::Language::chinese)
        for (const LessonFile& lesson : lesson_files()) builder.AddText(lesson.chinese);
    ImVector<ImWchar> all;
    builder.BuildRanges(&all);
    // From the first Chinese sign or mark on; what is below, the other fonts have.
    for (int i = 0; i + 1 < all.Size; i += 2) {
        if (all[i] < 0x3000) continue;
        wanted.push_back(all[i]);
        wanted.push_back(all[i + 1]);
    }
    wanted.push_back(0);
    return wanted;
}

// Every font takes its letters from the same few files, one of which has ten thousand signs: each
// is read once.
ImFont* add_file(ImFontAtlas& atlas, const char* file, float pixels, ImFontConfig config,
                 const ImWchar* ranges) {
    static std::map<std::string, std::vector<char>> files;
    const auto [found, is_new] = files.try_emplace(file);
    std::vector<char>& bytes = found->second;
    if (is_new) {
        std::ifstream in(file, std::ios::binary | std::ios::ate);
        const auto size = in ? static_cast<std::streamoff>(in.tellg()) : 0;
        bytes.resize(static_cast<std::size_t>(std::max<std::streamoff>(size, 0)));
        in.seekg(0);
        in.read(bytes.data(), size);
    }
    if (bytes.empty()) return nullptr;
    config.FontDataOwnedByAtlas = false;
    // By their names pictures tell which font a text is in.
    const std::string path = file;
    std::snprintf(config.Name, sizeof config.Name, "%s, %.0fpx",
                  path.substr(path.rfind('/') + 1).c_str(), static_cast<double>(pixels));
    return atlas.AddFontFromMemoryTTF(bytes.data(), static_cast<int>(bytes.size()), pixels, &config,
                                      ranges);
}

// What the first font lacks (Inter: some shapes) comes from the second, other scripts from a third.
ImFont* add(const char* file, float pixels, sim::Language language, bool heavy = false) {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    ImFontConfig config;
    config.OversampleH = 2;
    config.PixelSnapH = true;
    ImFont* font = add_file(atlas, file, pixels, config, letters);
    if (font == nullptr) font = atlas.AddFontDefault();
    config.MergeMode = true;
    add_file(atlas, HOMEROOM_FONT_SYMBOLS, pixels, config, letters);
    if (!Fonts::can_write(sim::Language::chinese)) return font;
    config.OversampleH = 1;
    config.RasterizerMultiply = heavy ? 1.5f : 1.1f;  // the font has one weight only
    add_file(atlas, HOMEROOM_FONT_CHINESE, pixels, config, signs_of(language).Data);
    return font;
}

}  // namespace

bool Fonts::can_write(sim::Language language) {
    return language == sim::Language::english || HOMEROOM_FONT_CHINESE[0] != 0;
}

bool Fonts::fit(float wanted, sim::Language wanted_language) {
    if (wanted == scale && wanted_language == language) return false;
    scale = wanted;
    language = wanted_language;
    ImGui::GetIO().Fonts->Clear();
    regular = add(HOMEROOM_FONT_REGULAR, std::round(18 * scale), language);
    bold = add(HOMEROOM_FONT_BOLD, std::round(18 * scale), language, true);
    small = add(HOMEROOM_FONT_REGULAR, std::round(16 * scale), language);
    large = add(HOMEROOM_FONT_BOLD, std::round(23 * scale), language, true);
    mono = add(HOMEROOM_FONT_MONO, std::round(15 * scale), language);
    return true;
}

}  // namespace homeroom::app
