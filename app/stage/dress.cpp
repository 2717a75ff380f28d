// The style sheet of a dress.
#include "app/stage/dress.h"

#include <cstdio>

#include "app/palette.h"

namespace homeroom::app {

namespace {

std::string fill(const char* slot, ImU32 colour) {
    char text[64];
    std::snprintf(text, sizeof text, ".%s{fill:#%02x%02x%02x}", slot,
                  static_cast<unsigned>(colour >> IM_COL32_R_SHIFT & 0xffu),
                  static_cast<unsigned>(colour >> IM_COL32_G_SHIFT & 0xffu),
                  static_cast<unsigned>(colour >> IM_COL32_B_SHIFT & 0xffu));
    return text;
}

}  // namespace

std::string style_sheet(const Dress& dress) {
    constexpr ImU32 black = IM_COL32(20, 12, 30, 255);
    // Those of other poses and styles are not in the variant.
    return ".pose,.style{display:inline}" + fill("cloth", dress.cloth) +
           fill("cloth-shade", mix(dress.cloth, black, 0.20f)) +
           fill("cloth-dark", mix(dress.cloth, black, 0.55f)) +
           fill("cloth-light", mix(dress.cloth, IM_COL32_WHITE, 0.45f)) +
           fill("second", dress.second) +
           fill("second-light", mix(dress.second, IM_COL32_WHITE, 0.45f)) +
           fill("hair", dress.hair) + fill("skin", dress.skin) + fill("paper", dress.skin) +
           fill("skin-shade", mix(dress.skin, IM_COL32(110, 40, 30, 255), 0.22f));
}

}  // namespace homeroom::app
