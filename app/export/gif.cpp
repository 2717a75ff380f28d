// Films as GIF.
#include "app/export/gif.h"

#include <gif_lib.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace homeroom::app {
namespace {

constexpr std::uint8_t as_before = GifPalette::colours;

std::size_t bin_of(const std::uint8_t* rgb) {
    return static_cast<std::size_t>(rgb[0] >> 3) << 10 |
           static_cast<std::size_t>(rgb[1] >> 3) << 5 | static_cast<std::size_t>(rgb[2] >> 3);
}

}  // namespace

Pixels halved(const Pixels& picture) {
    Pixels half{picture.width / 2, picture.height / 2, {}};
    half.rgb.reserve(static_cast<std::size_t>(half.width) * static_cast<std::size_t>(half.height) *
                     3);
    const auto stride = static_cast<std::size_t>(picture.width) * 3;
    for (int y = 0; y < half.height; ++y) {
        for (int x = 0; x < half.width; ++x) {
            const std::uint8_t* at = picture.rgb.data() + static_cast<std::size_t>(y) * 2 * stride +
                                     static_cast<std::size_t>(x) * 6;
            for (std::size_t c = 0; c < 3; ++c)
                half.rgb.push_back(static_cast<std::uint8_t>(
                    (at[c] + at[c + 3] + at[c + stride] + at[c + stride + 3] + 2) / 4));
        }
    }
    return half;
}

// The pictures are flat: few colours cover most of them, and the others lie on edges, where
// nobody sees a small difference.
GifPalette::GifPalette(const std::vector<Pixels>& samples) : known_(32 * 32 * 32, -1) {
    struct Bin {
        std::uint64_t count = 0, sum[3] = {};
    };
    std::vector<Bin> bins(known_.size());
    for (const Pixels& picture : samples) {
        for (std::size_t i = 0; i + 2 < picture.rgb.size(); i += 3) {
            Bin& bin = bins[bin_of(&picture.rgb[i])];
            ++bin.count;
            for (std::size_t c = 0; c < 3; ++c) bin.sum[c] += picture.rgb[i + c];
        }
    }
    std::stable_sort(bins.begin(), bins.end(),
                     [](const Bin& a, const Bin& b) { return a.count > b.count; });
    for (std::size_t i = 0; i < colours && bins[i].count > 0; ++i)
        for (std::size_t c = 0; c < 3; ++c)
            colours_[i][c] =
                static_cast<std::uint8_t>((bins[i].sum[c] + bins[i].count / 2) / bins[i].count);
}

std::uint8_t GifPalette::nearest(const std::uint8_t* rgb) const {
    std::int16_t& known = known_[bin_of(rgb)];
    if (known >= 0) return static_cast<std::uint8_t>(known);
    int least = std::numeric_limits<int>::max();
    for (std::size_t i = 0; i < colours; ++i) {
        int distance = 0;
        for (std::size_t c = 0; c < 3; ++c) {
            const int apart = int{rgb[c]} - int{colours_[i][c]};
            distance += apart * apart;
        }
        if (distance >= least) continue;
        least = distance;
        known = static_cast<std::int16_t>(i);
    }
    return static_cast<std::uint8_t>(known);
}

GifWriter::GifWriter(const std::string& file, int width, int height, const GifPalette& palette)
    : palette_(palette), width_(width), height_(height) {
    // Opened here: giflib would make a file that only its owner can read.
    out_ = std::fopen(file.c_str(), "wb");
    const auto write = [](GifFileType* gif, const GifByteType* bytes, int count) {
        auto* out = static_cast<std::FILE*>(gif->UserData);
        return static_cast<int>(std::fwrite(bytes, 1, static_cast<std::size_t>(count), out));
    };
    int error = 0;
    if (out_ != nullptr) file_ = EGifOpen(out_, write, &error);
    good_ = file_ != nullptr;
    if (!good_) return;
    EGifSetGifVersion(file_, true);
    GifColorType colours[256] = {};
    for (std::size_t i = 0; i < GifPalette::colours; ++i) {
        const auto c = palette.colour(i);
        colours[i] = {c[0], c[1], c[2]};
    }
    ColorMapObject* map = GifMakeMapObject(256, colours);
    good_ = EGifPutScreenDesc(file_, width, height, 8, 0, map) == GIF_OK;
    GifFreeMapObject(map);
    // For ever: an extension of Netscape's that everybody knows.
    const unsigned char again[] = {1, 0, 0};
    good_ = good_ && EGifPutExtensionLeader(file_, APPLICATION_EXT_FUNC_CODE) == GIF_OK &&
            EGifPutExtensionBlock(file_, 11, "NETSCAPE2.0") == GIF_OK &&
            EGifPutExtensionBlock(file_, 3, again) == GIF_OK &&
            EGifPutExtensionTrailer(file_) == GIF_OK;
}

GifWriter::~GifWriter() { close(); }

void GifWriter::add(const Pixels& picture, int hundredths) {
    if (!good_ || picture.width != width_ || picture.height != height_) return;
    std::vector<std::uint8_t> next(picture.rgb.size() / 3);
    for (std::size_t i = 0; i < next.size(); ++i) next[i] = palette_.nearest(&picture.rgb[i * 3]);
    if (next == now_) {  // the same is seen for longer
        hundredths_ += hundredths;
        return;
    }
    write_changes();
    now_ = std::move(next);
    hundredths_ = hundredths;
}

// The smallest rectangle in which anything differs; in it, what does not is transparent.
void GifWriter::write_changes() {
    if (now_.empty() || !good_) return;
    const auto w = static_cast<std::size_t>(width_);
    std::size_t x0 = w, x1 = 0, y0 = now_.size(), y1 = 0;
    for (std::size_t i = 0; i < now_.size(); ++i) {
        if (!first_ && now_[i] == before_[i]) continue;
        x0 = std::min(x0, i % w);
        x1 = std::max(x1, i % w + 1);
        y0 = std::min(y0, i / w);
        y1 = std::max(y1, i / w + 1);
    }
    GraphicsControlBlock control{DISPOSE_DO_NOT, false, hundredths_, first_ ? -1 : as_before};
    GifByteType extension[4];
    EGifGCBToExtension(&control, extension);
    good_ = EGifPutExtension(file_, GRAPHICS_EXT_FUNC_CODE, 4, extension) == GIF_OK &&
            EGifPutImageDesc(file_, static_cast<int>(x0), static_cast<int>(y0),
                             static_cast<int>(x1 - x0), static_cast<int>(y1 - y0), false,
                             nullptr) == GIF_OK;
    std::vector<std::uint8_t> line(x1 - x0);
    for (std::size_t y = y0; y < y1 && good_; ++y) {
        for (std::size_t x = x0; x < x1; ++x) {
            const std::size_t i = y * w + x;
            line[x - x0] = !first_ && now_[i] == before_[i] ? as_before : now_[i];
        }
        good_ = EGifPutLine(file_, line.data(), static_cast<int>(line.size())) == GIF_OK;
    }
    first_ = false;
    before_ = now_;
}

bool GifWriter::close() {
    if (file_ != nullptr) {
        write_changes();
        int error = 0;
        good_ = EGifCloseFile(std::exchange(file_, nullptr), &error) == GIF_OK && good_;
    }
    if (out_ != nullptr) good_ = std::fclose(std::exchange(out_, nullptr)) == 0 && good_;
    return good_;
}

}  // namespace homeroom::app
