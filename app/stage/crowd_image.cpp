// Stamps, and putting them into the image.
#include "app/stage/crowd_image.h"

#include <algorithm>
#include <cmath>

namespace homeroom::app {

namespace {

// Below this height (pixels) a figure is a dot in the colour of its shirt.
constexpr int dot_height = 7;
// Shrinking is some fifty times as fast as rasterising.
constexpr int master_height = 64;
// More stamps than this come only from sizes that change all the time; then we start anew.
constexpr std::size_t stamps_max = 6000;

// Side of the squares that parts() is made of. Picked: small enough to fit a bench, large enough
// for there to be few.
constexpr int square = 32;

constexpr std::uint64_t empty_square = 0xcbf29ce484222325u;

void mix_in(std::uint64_t& hash, std::uint64_t value) {
    hash = (hash ^ value) * 0x100000001b3u;  // FNV-1a, a word at a time
}

// Of the square that pixel x, y of an image smaller by `scale` covers; colours count by their
// alpha.
std::uint32_t mean(const Raster& from, int x, int y, float scale) {
    float sum[4] = {0, 0, 0, 0}, area = 0;
    const float x0 = static_cast<float>(x) * scale, y0 = static_cast<float>(y) * scale;
    const int last_x = std::min(from.width, static_cast<int>(std::ceil(x0 + scale)));
    const int last_y = std::min(from.height, static_cast<int>(std::ceil(y0 + scale)));
    for (int j = static_cast<int>(y0); j < last_y; ++j) {
        const auto row = static_cast<float>(j);
        const float high = std::min(y0 + scale, row + 1) - std::max(y0, row);
        for (int i = static_cast<int>(x0); i < last_x; ++i) {
            const auto column = static_cast<float>(i);
            const float wide = std::min(x0 + scale, column + 1) - std::max(x0, column);
            const std::uint32_t pixel = from.pixels[static_cast<std::size_t>(j * from.width + i)];
            const float alpha = wide * high * static_cast<float>(pixel >> IM_COL32_A_SHIFT);
            sum[0] += alpha * static_cast<float>(pixel >> IM_COL32_R_SHIFT & 0xffu);
            sum[1] += alpha * static_cast<float>(pixel >> IM_COL32_G_SHIFT & 0xffu);
            sum[2] += alpha * static_cast<float>(pixel >> IM_COL32_B_SHIFT & 0xffu);
            sum[3] += alpha;
            area += wide * high;
        }
    }
    if (sum[3] <= 0 || area <= 0) return 0;
    auto round = [](float value) { return static_cast<int>(std::lround(value)); };
    return IM_COL32(round(sum[0] / sum[3]), round(sum[1] / sum[3]), round(sum[2] / sum[3]),
                    round(sum[3] / area));
}

// The mean of what each new pixel covers of the old ones.
Raster shrink(const Raster& from, int side) {
    Raster to{side, side, {}};
    to.pixels.reserve(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
    const float scale = static_cast<float>(from.height) / static_cast<float>(side);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) to.pixels.push_back(mean(from, x, y, scale));
    }
    return to;
}

Raster dot(int side, ImU32 colour) {
    Raster raster{side, side, {}};
    const float middle = static_cast<float>(side) / 2, radius = static_cast<float>(side) * 0.42f;
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const float dx = static_cast<float>(x) + 0.5f - middle;
            const float dy = static_cast<float>(y) + 0.5f - middle;
            const float share =
                std::clamp(radius + 0.5f - std::sqrt(dx * dx + dy * dy), 0.0f, 1.0f);
            raster.pixels.push_back(with_alpha(colour, share));
        }
    }
    return raster;
}

}  // namespace

void CrowdImage::begin(int width, int height) {
    sized_ = width == width_ && height == height_;
    width_ = width;
    height_ = height;
    items_.clear();
    squares_x_ = (width + square - 1) / square;
    squares_y_ = (height + square - 1) / square;
    now_.assign(number_of(0, squares_y_), empty_square);
    if (stamps_.size() > stamps_max) {
        stamps_.clear();
        known_.clear();
        sized_ = false;  // their numbers come again, and mean others
    }
}

const Raster& CrowdImage::master(const Dress& dress) {
    std::uint64_t key = 0xcbf29ce484222325u;
    for (std::uint64_t part :
         {std::uint64_t{dress.pose}, std::uint64_t{dress.style}, std::uint64_t{dress.cloth},
          std::uint64_t{dress.second}, std::uint64_t{dress.hair}, std::uint64_t{dress.skin}}) {
        mix_in(key, part);
    }
    const auto [found, is_new] = masters_.try_emplace(key);
    if (is_new) found->second = sprites_.raster(Art::student, dress, master_height);
    return found->second;
}

std::uint32_t CrowdImage::stamp(int height, sim::StudentId id, Pose pose) {
    const bool is_dot = height < dot_height;
    const std::uint32_t look = static_cast<std::uint32_t>(id) % looks;
    const std::uint64_t key = std::uint64_t{is_dot ? 0u : static_cast<unsigned>(pose)} << 48 |
                              std::uint64_t{look} << 32 | static_cast<std::uint64_t>(height);
    const auto [found, is_new] =
        known_.try_emplace(key, static_cast<std::uint32_t>(stamps_.size()));
    if (!is_new) return found->second;
    if (is_dot) {
        stamps_.push_back(dot(height, shirt_of(id)));
    } else {
        const Dress dress = dress_of(id, pose);
        stamps_.push_back(height < master_height ? shrink(master(dress), height)
                                                 : sprites_.raster(Art::student, dress, height));
    }
    return found->second;
}

namespace {

std::uint32_t channel(std::uint32_t c, int shift) { return c >> shift & 0xffu; }

// `top` is the alpha of what is above.
std::uint32_t laid_over(std::uint32_t below, std::uint32_t above, std::uint32_t top) {
    if (top == 0) return below;
    const std::uint32_t bottom = channel(below, IM_COL32_A_SHIFT) * (255 - top) / 255;
    if (bottom == 0) return (above & ~IM_COL32_A_MASK) | top << IM_COL32_A_SHIFT;
    const std::uint32_t alpha = top + bottom;
    std::uint32_t result = alpha << IM_COL32_A_SHIFT;
    for (int shift : {IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT}) {
        const std::uint32_t mixed = channel(above, shift) * top + channel(below, shift) * bottom;
        // Most are opaque, and by a number that is known division is fast.
        result |= (alpha == 255 ? (mixed + 127) / 255 : (mixed + alpha / 2) / alpha) << shift;
    }
    return result;
}

}  // namespace

std::uint32_t over(std::uint32_t below, std::uint32_t above, float share) {
    const float top = static_cast<float>(channel(above, IM_COL32_A_SHIFT)) * share;
    return laid_over(below, above, static_cast<std::uint32_t>(std::lround(top)));
}

void CrowdImage::add(ImVec2 centre, float height, sim::StudentId id, Pose pose) {
    const int h = std::max(2, static_cast<int>(std::lround(height)));
    const std::uint32_t number = stamp(h, id, pose);
    const Item item{static_cast<std::int16_t>(std::lround(centre.x - static_cast<float>(h) / 2)),
                    static_cast<std::int16_t>(std::lround(centre.y - static_cast<float>(h) / 2)),
                    number};
    items_.push_back(item);
    const std::uint64_t what =
        static_cast<std::uint64_t>(static_cast<std::uint16_t>(item.x)) << 48 |
        static_cast<std::uint64_t>(static_cast<std::uint16_t>(item.y)) << 32 | number;
    const Squares squares = squares_of(item);
    for (int y = squares.y0; y < squares.y1; ++y) {
        for (int x = squares.x0; x < squares.x1; ++x) mix_in(now_[number_of(x, y)], what);
    }
}

CrowdImage::Squares CrowdImage::squares_of(const Item& item) const {
    const Raster& size = stamps_[item.stamp];
    return {std::max(0, item.x / square), std::max(0, item.y / square),
            std::min((item.x + size.width - 1) / square + 1, squares_x_),
            std::min((item.y + size.height - 1) / square + 1, squares_y_)};
}

std::vector<CrowdImage::Part> CrowdImage::parts() const {
    std::vector<Part> found;
    for (int y = 0; y < squares_y_; ++y) {
        for (int x = 0; x < squares_x_; ++x) {
            if (now_[number_of(x, y)] == empty_square) continue;
            const int first = x;
            while (x < squares_x_ && now_[number_of(x, y)] != empty_square) ++x;
            found.push_back({first * square, y * square,
                             std::min((x - first) * square, width_ - first * square),
                             std::min(square, height_ - y * square)});
        }
    }
    return found;
}

void CrowdImage::clear(int x, int y) {
    const int x1 = std::min((x + 1) * square, width_), y1 = std::min((y + 1) * square, height_);
    for (int row = y * square; row < y1; ++row)
        std::fill_n(pixels_.begin() + static_cast<std::ptrdiff_t>(row) * width_ + x * square,
                    x1 - x * square, 0u);
}

// What of it stands on this square.
void CrowdImage::put(const Item& item, int square_x, int square_y) {
    const Raster& from = stamps_[item.stamp];
    const int left = square_x * square, top = square_y * square;
    const int x0 = std::max(0, left - item.x);
    const int x1 = std::min({from.width, width_ - item.x, left + square - item.x});
    const int y0 = std::max(0, top - item.y);
    const int y1 = std::min({from.height, height_ - item.y, top + square - item.y});
    for (int y = y0; y < y1; ++y) {
        const std::uint32_t* source =
            from.pixels.data() + static_cast<std::ptrdiff_t>(y) * from.width;
        std::uint32_t* to =
            pixels_.data() + static_cast<std::ptrdiff_t>(y + item.y) * width_ + item.x;
        for (int x = x0; x < x1; ++x) {
            const std::uint32_t alpha = source[x] >> IM_COL32_A_SHIFT;
            if (alpha == 255) {
                to[x] = source[x];
            } else if (alpha != 0) {
                to[x] = laid_over(to[x], source[x], alpha);
            }
        }
    }
}

bool CrowdImage::finish() {
    if (!sized_) {
        pixels_.assign(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_), 0);
        last_.assign(now_.size(), 0);
    }
    first_row_ = height_;
    first_column_ = width_;
    rows_ = 0;
    int end_column = 0;
    for (int y = 0; y < squares_y_; ++y) {
        for (int x = 0; x < squares_x_; ++x) {
            if (now_[number_of(x, y)] == last_[number_of(x, y)]) continue;
            clear(x, y);
            first_row_ = std::min(first_row_, y * square);
            rows_ = std::min((y + 1) * square, height_) - first_row_;
            first_column_ = std::min(first_column_, x * square);
            end_column = std::max(end_column, std::min((x + 1) * square, width_));
        }
    }
    if (rows_ == 0) return false;
    columns_ = end_column - first_column_;
    for (const Item& item : items_) {
        const Squares squares = squares_of(item);
        for (int y = squares.y0; y < squares.y1; ++y) {
            for (int x = squares.x0; x < squares.x1; ++x) {
                if (now_[number_of(x, y)] != last_[number_of(x, y)]) put(item, x, y);
            }
        }
    }
    last_ = now_;
    return true;
}

}  // namespace homeroom::app
