// Two rasters, and any mixture of them.
#include "app/stage/undyed.h"

#include <algorithm>

namespace homeroom::app {

namespace {

// Where cairo has its channels.
constexpr unsigned red_at = 16, green_at = 8, blue_at = 0;

std::uint32_t channel(std::uint32_t colour, unsigned shift) { return colour >> shift & 0xffu; }

std::uint8_t growth(std::uint32_t from, std::uint32_t to, unsigned shift) {
    const std::uint32_t a = channel(from, shift), b = channel(to, shift);
    return static_cast<std::uint8_t>(b > a ? b - a : 0);
}

}  // namespace

Undyed::Undyed(Drawing& drawing, const Dress& dress, const Drawing::Part& part, int width,
               int height)
    : has_second_(drawing.has_second(dress)) {
    Dress none = dress, full = dress;
    none.cloth = none.second = none.hair = none.skin = IM_COL32_BLACK;
    full.cloth = IM_COL32(255, 0, 0, 255);
    full.hair = full.second = IM_COL32(0, 255, 0, 255);
    full.skin = IM_COL32(0, 0, 255, 255);
    rest_ = drawing.premultiplied(none, part, width, height);
    const Raster all = drawing.premultiplied(full, part, width, height);
    shares_.reserve(all.pixels.size());
    for (std::size_t i = 0; i < all.pixels.size(); ++i) {
        const std::uint32_t from = rest_.pixels[i], to = all.pixels[i];
        shares_.push_back(
            {growth(from, to, red_at), growth(from, to, green_at), growth(from, to, blue_at)});
    }
}

Raster Undyed::dyed(const Dress& dress) const {
    Raster raster = rest_;
    const ImU32 hair = has_second_ ? dress.second : dress.hair;
    for (std::size_t i = 0; i < shares_.size(); ++i) {
        std::uint32_t& pixel = raster.pixels[i];
        const std::uint32_t alpha = pixel >> 24;
        if (alpha == 0) continue;
        const Shares& share = shares_[i];
        const auto mixed = [&](unsigned to, unsigned from) {
            const std::uint32_t more = share.cloth * channel(dress.cloth, from) +
                                       share.hair * channel(hair, from) +
                                       share.skin * channel(dress.skin, from);
            return std::min(channel(pixel, to) + (more + 127) / 255, alpha) << to;
        };
        pixel = alpha << 24 | mixed(red_at, IM_COL32_R_SHIFT) | mixed(green_at, IM_COL32_G_SHIFT) |
                mixed(blue_at, IM_COL32_B_SHIFT);
    }
    make_straight(raster);
    return raster;
}

}  // namespace homeroom::app
