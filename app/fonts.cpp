// The window's fonts at the size that the window asks for.
#include "app/fonts.h"

#include <imgui_internal.h>  // ImTextCharFromUtf8

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
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

// What was learnt, in any script, beyond that.
std::set<ImWchar>& learnt_signs() {
    static std::set<ImWchar> signs;
    return signs;
}

// The same as ranges, for the fonts before the Chinese one, after what they have in any case.
const ImVector<ImWchar>& letters_and_learnt() {
    static ImVector<ImWchar> ranges;
    ranges.resize(0);  // the memory stays where fonts that wait to be built look for it
    for (const ImWchar* at = letters; *at != 0; ++at) ranges.push_back(*at);
    for (const ImWchar sign : learnt_signs()) {
        ranges.push_back(sign);
        ranges.push_back(sign);
    }
    ranges.push_back(0);
    return ranges;
}

// The signs of this language that the fonts above lack, each once; and the name of each language in
// its own script, for the switch.
const ImVector<ImWchar>& signs_of(sim::Language language) {
    static ImVector<ImWchar> ranges[2];
    static std::size_t learnt[2];
    const std::size_t which = language == sim::Language::english ? 0 : 1;
    ImVector<ImWchar>& wanted = ranges[which];
    if (!wanted.empty() && learnt[which] == learnt_signs().size()) return wanted;
    wanted.clear();
    learnt[which] = learnt_signs().size();
    ImFontGlyphRangesBuilder builder;
    for (const ImWchar sign : learnt_signs()) builder.AddChar(sign);
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
    const ImWchar* ranges = letters_and_learnt().Data;
    ImFont* font = add_file(atlas, file, pixels, config, ranges);
    if (font == nullptr) font = atlas.AddFontDefault();
    config.MergeMode = true;
    add_file(atlas, HOMEROOM_FONT_SYMBOLS, pixels, config, ranges);
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

void Fonts::learn(std::string_view text) {
    const char* at = text.data();
    const char* end = at + text.size();
    while (at < end) {
        unsigned int sign = 0;
        const int bytes = ImTextCharFromUtf8(&sign, at, end);
        if (bytes <= 0) return;
        at += bytes;
        if (sign < 0x180 || sign > IM_UNICODE_CODEPOINT_MAX || sign == IM_UNICODE_CODEPOINT_INVALID)
            continue;
        bool known = false;
        for (const ImWchar* range = letters; *range != 0; range += 2)
            known = known || (sign >= range[0] && sign <= range[1]);
        if (!known) learnt_signs().insert(static_cast<ImWchar>(sign));
    }
}

bool Fonts::fit(float wanted, sim::Language wanted_language) {
    const std::size_t signs = learnt_signs().size();
    if (wanted == scale && wanted_language == language && learnt == signs) return false;
    learnt = signs;
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
