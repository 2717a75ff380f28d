// Stamps, and putting them into the image.
#include "app/stage/crowd_image.h"

#include <algorithm>
#include <cmath>

namespace homeroom::app {

namespace {

// Below this height (pixels) a figure is a dot in the colour of its shirt.
constexpr int dot_height = 7;
// More stamps than this come only from sizes that change all the time; then we start anew.
constexpr std::size_t stamps_max = 6000;

// Side of the squares that parts() is made of. Picked: small enough to fit a bench, large enough
// for there to be few.
constexpr int square = 32;

void mix_in(std::uint64_t& hash, std::uint64_t value) {
    hash = (hash ^ value) * 0x100000001b3u;  // FNV-1a, a word at a time
}

}  // namespace

void CrowdImage::begin(int width, int height) {
    sized_ = width == width_ && height == height_;
    width_ = width;
    height_ = height;
    items_.clear();
    squares_x_ = (width + square - 1) / square;
    squares_y_ = (height + square - 1) / square;
    touched_.assign(static_cast<std::size_t>(squares_x_) * static_cast<std::size_t>(squares_y_),
                    false);
    hash_ = 0xcbf29ce484222325u;
    if (stamps_.size() > stamps_max) {
        stamps_.clear();
        known_.clear();
    }
}

std::uint32_t CrowdImage::stamp(int height, sim::StudentId id, Eyes eyes, bool finished) {
    // Looks repeat: shirts, hair and skin come from the id in such a way that 8 * 7 * 5 * 5 of them
    // cover all; as a dot only the shirt is seen.
    const Looks looks = looks_of(id);
    std::uint64_t key = 0xcbf29ce484222325u;
    const bool dot = height < dot_height;
    for (std::uint64_t part :
         {std::uint64_t{looks.shirt}, std::uint64_t{dot ? 0 : looks.hair},
          std::uint64_t{dot ? 0 : looks.skin}, std::uint64_t{dot ? 0 : looks.style},
          std::uint64_t{eyes == Eyes::open && !dot}, std::uint64_t{finished && !dot},
          static_cast<std::uint64_t>(height)}) {
        mix_in(key, part);
    }
    const auto found = known_.find(key);
    if (found != known_.end()) return found->second;
    const auto h = static_cast<float>(height);
    PixelBrush brush(height + 2, height + 2);
    if (dot) {
        brush.disc({0, 0}, h * 0.42f, looks.shirt);
    } else {
        draw_bust(brush, {0, 0}, h, looks, eyes);
        if (finished) draw_graduate_cap(brush, {0, 0}, h, IM_COL32(45, 48, 58, 255));
    }
    const auto number = static_cast<std::uint32_t>(stamps_.size());
    stamps_.push_back({brush.width(), brush.height(), brush.pixels()});
    known_.emplace(key, number);
    return number;
}

void CrowdImage::add(ImVec2 centre, float height, sim::StudentId id, Eyes eyes, bool finished) {
    const int h = std::max(2, static_cast<int>(std::lround(height)));
    const std::uint32_t number = stamp(h, id, eyes, finished);
    const Item item{
        static_cast<std::int16_t>(std::lround(centre.x - static_cast<float>(h) / 2) - 1),
        static_cast<std::int16_t>(std::lround(centre.y - static_cast<float>(h) / 2) - 1), number};
    mix_in(hash_, static_cast<std::uint64_t>(static_cast<std::uint16_t>(item.x)) << 48 |
                      static_cast<std::uint64_t>(static_cast<std::uint16_t>(item.y)) << 32 |
                      number);
    items_.push_back(item);
    const Stamp& size = stamps_[number];
    const int x1 = std::min((item.x + size.width - 1) / square, squares_x_ - 1);
    const int y1 = std::min((item.y + size.height - 1) / square, squares_y_ - 1);
    for (int y = std::max(0, item.y / square); y <= y1; ++y) {
        for (int x = std::max(0, item.x / square); x <= x1; ++x) {
            touched_[static_cast<std::size_t>(y) * static_cast<std::size_t>(squares_x_) +
                     static_cast<std::size_t>(x)] = true;
        }
    }
}

std::vector<CrowdImage::Part> CrowdImage::parts() const {
    std::vector<Part> found;
    for (int y = 0; y < squares_y_; ++y) {
        const std::size_t row = static_cast<std::size_t>(y) * static_cast<std::size_t>(squares_x_);
        for (int x = 0; x < squares_x_; ++x) {
            if (!touched_[row + static_cast<std::size_t>(x)]) continue;
            const int first = x;
            while (x < squares_x_ && touched_[row + static_cast<std::size_t>(x)]) ++x;
            found.push_back({first * square, y * square,
                             std::min((x - first) * square, width_ - first * square),
                             std::min(square, height_ - y * square)});
        }
    }
    return found;
}

void CrowdImage::put(const Item& item) {
    const Stamp& from = stamps_[item.stamp];
    const int x0 = std::max(0, -item.x), x1 = std::min(from.width, width_ - item.x);
    const int y0 = std::max(0, -item.y), y1 = std::min(from.height, height_ - item.y);
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
                to[x] = over(to[x], source[x], 1);
            }
        }
    }
}

bool CrowdImage::finish() {
    if (sized_ && hash_ == last_hash_) return false;
    last_hash_ = hash_;
    pixels_.assign(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_), 0);
    for (const Item& item : items_) put(item);
    return true;
}

}  // namespace homeroom::app
