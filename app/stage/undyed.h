// A figure before it has colours, in one size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "app/stage/drawing.h"

namespace homeroom::app {

// What lies over each other mixes linearly. So two rasters tell how much of each colour of a dress
// is in each pixel, and whoever is dressed otherwise needs no other one: dyeing is some twenty
// times as fast as rasterising. Only for drawings whose variants have hair or a second colour, not
// both.
class Undyed {
public:
    // In the pose and the style of `dress`.
    Undyed(Drawing& drawing, const Dress& dress, const Drawing::Part& part, int width, int height);

    // No channel is further than a few from what librsvg would have made of it.
    Raster dyed(const Dress& dress) const;

    std::size_t pixels() const { return shares_.size(); }

private:
    // Of 255.
    struct Shares {
        std::uint8_t cloth, hair, skin;
    };
    Raster rest_;  // premultiplied: what has a colour of its own
    std::vector<Shares> shares_;
    bool has_second_ = false;
};

}  // namespace homeroom::app
