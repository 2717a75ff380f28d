// A picture as SVG: texts stay texts, lines stay lines, and what stands in one card is one group.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/export/drawn.h"

namespace homeroom::app {

struct SvgOptions {
    Box crop;          // what is seen, in the picture's pixels
    ImU32 background;  // behind everything
    std::string title;
    std::string prefix;                // of all names in it
    std::vector<std::string> windows;  // only these cards, by name; empty: all
    // The pixels of an image as a PNG file, tinted, but with no regard to how far it fades; where
    // there is none it is left out.
    std::function<std::string(const Drawn&)> png;
};

std::string svg_text(const std::vector<DrawnWindow>& windows, const SvgOptions& options);

std::string base64(std::string_view bytes);

}  // namespace homeroom::app
