// The window in squares, with a number for each that tells what is drawn there.
#include "app/damage.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace homeroom::app {

namespace {

// More parts than this are joined: each of them costs a look at all that is drawn.
constexpr std::size_t parts_max = 12;

constexpr std::uint64_t hash_begin = 0xcbf29ce484222325u;

void stir(std::uint64_t& hash, std::uint64_t value) {
    hash = (hash ^ value) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 29;
}

template <class Word>
Word bits(const void* from) {
    Word word;
    std::memcpy(&word, from, sizeof word);
    return word;
}

void stir(std::uint64_t& hash, const ImDrawVert& corner) {
    stir(hash, bits<std::uint64_t>(&corner.pos));
    stir(hash, bits<std::uint64_t>(&corner.uv));
    stir(hash, corner.col);
}

struct Range {
    float min, max;
};

Range range(float a, float b, float c) {
    return {std::min(a, std::min(b, c)), std::max(a, std::max(b, c))};
}

// Of a triangle, with a pixel around it for whatever a renderer rounds.
PixelBox pixels_of(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c,
                   const ImDrawData& data) {
    const Range x = range(a.pos.x, b.pos.x, c.pos.x), y = range(a.pos.y, b.pos.y, c.pos.y);
    const ImVec2 zero = data.DisplayPos, scale = data.FramebufferScale;
    const auto low = [](float value) {
        return static_cast<int>(std::clamp(value, -1e6f, 1e6f)) - 1;
    };
    const auto high = [](float value) {
        return static_cast<int>(std::clamp(value, -1e6f, 1e6f)) + 2;
    };
    return {low((x.min - zero.x) * scale.x), low((y.min - zero.y) * scale.y),
            high((x.max - zero.x) * scale.x), high((y.max - zero.y) * scale.y)};
}

// ImGui fills with one colour by way of a white pixel among its letters.
Ink ink_of(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, ImVec2 white) {
    const auto is_white = [&](const ImDrawVert& corner) {
        return corner.uv.x == white.x && corner.uv.y == white.y;
    };
    if (!is_white(a) || !is_white(b) || !is_white(c)) return Ink::image;
    return (a.col & b.col & c.col & IM_COL32_A_MASK) == IM_COL32_A_MASK ? Ink::plain : Ink::tinted;
}

}  // namespace

void TextureMarks::note(const Texture& texture) {
    const bool whole = texture.width != width_ || texture.height != height_;
    width_ = texture.width;
    height_ = texture.height;
    columns_ = squares_for(width_);
    const int rows = squares_for(height_);
    if (whole) marks_.assign(static_cast<std::size_t>(columns_ * rows), 0);
    const int first = whole ? 0 : texture.first_row / square_size;
    const int end = whole ? rows : squares_for(texture.first_row + texture.rows);
    // Of a square all pixels count.
    const int x_first = whole ? 0 : texture.first_column / square_size * square_size;
    const int x_end =
        whole ? width_
              : std::min(squares_for(texture.first_column + texture.columns) * square_size, width_);
    for (int row = first; row < end; ++row) {
        std::uint64_t* marks = marks_.data() + static_cast<std::ptrdiff_t>(row) * columns_;
        std::fill(marks + x_first / square_size, marks + squares_for(x_end), hash_begin);
        const int y1 = std::min((row + 1) * square_size, height_);
        for (int y = row * square_size; y < y1; ++y) {
            const std::uint32_t* pixel = texture.pixels + static_cast<std::ptrdiff_t>(y) * width_;
            for (int x = x_first; x < x_end; x += square_size) {
                // A sum, since its parts need not wait for each other.
                std::uint64_t sum = 0, factor = 0x9e3779b97f4a7c15u;
                const int x1 = std::min(x + square_size, width_);
                for (int i = x; i < x1; ++i, factor += 0xbf58476d1ce4e5b8u)
                    sum += (pixel[i] + 1u) * factor;
                stir(marks[x / square_size], sum);
            }
        }
    }
}

std::uint64_t TextureMarks::of(ImVec2 uv_min, ImVec2 uv_max) const {
    if (marks_.empty()) return 0;
    // A renderer that smooths looks at the neighbours of a pixel.
    const auto at = [](float uv, int size, int more) {
        return std::clamp(static_cast<int>(uv * static_cast<float>(size)) + more, 0, size - 1) /
               square_size;
    };
    const int x0 = at(uv_min.x, width_, -1), x1 = at(uv_max.x, width_, 1);
    const int y0 = at(uv_min.y, height_, -1), y1 = at(uv_max.y, height_, 1);
    std::uint64_t hash = hash_begin;
    for (int y = y0; y <= y1; ++y) {
        for (int x = x0; x <= x1; ++x)
            stir(hash, marks_[static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) +
                              static_cast<std::size_t>(x)]);
    }
    return hash;
}

// As ImGui's renderer for OpenGL rounds it, so that parts are clipped as the whole is.
PixelBox Damage::clip_of(const ImDrawCmd& command, const ImDrawData& data) const {
    const ImVec2 zero = data.DisplayPos, scale = data.FramebufferScale;
    const float x0 = (command.ClipRect.x - zero.x) * scale.x;
    const float y0 = (command.ClipRect.y - zero.y) * scale.y;
    const float x1 = (command.ClipRect.z - zero.x) * scale.x;
    const float y1 = (command.ClipRect.w - zero.y) * scale.y;
    const int left = static_cast<int>(x0), wide = static_cast<int>(x1 - x0);
    const int low = static_cast<int>(static_cast<float>(height_) - y1);
    const int high = static_cast<int>(y1 - y0);
    return common({left, height_ - low - high, left + wide, height_ - low},
                  {0, 0, width_, height_});
}

void Damage::resize(const ImDrawData& next) {
    const int width = static_cast<int>(next.DisplaySize.x * next.FramebufferScale.x);
    const int height = static_cast<int>(next.DisplaySize.y * next.FramebufferScale.y);
    if (columns_ != 0 && width == width_ && height == height_) return;
    width_ = width;
    height_ = height;
    columns_ = squares_for(width);
    rows_ = squares_for(height);
    last_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), 0);
}

void Damage::flush(const Run& run, std::uint64_t hash) {
    if (run.count == 0) return;
    runs_.push_back(run);
    for (int y = run.squares.y0; y < run.squares.y1; ++y) {
        std::uint64_t* row = now_.data() + static_cast<std::ptrdiff_t>(y) * columns_;
        for (int x = run.squares.x0; x < run.squares.x1; ++x) stir(row[x], hash);
    }
}

// One command's triangles, in order.
void Damage::note(const ImDrawList& list, const ImDrawCmd& command, const Call& call,
                  const TextureMarks* marks, const ImDrawData& next) {
    std::uint64_t begin = hash_begin;
    stir(begin, reinterpret_cast<std::uintptr_t>(command.TextureId));
    stir(begin,
         static_cast<std::uint64_t>(call.clip.x0) << 32 | static_cast<std::uint32_t>(call.clip.y0));
    stir(begin,
         static_cast<std::uint64_t>(call.clip.x1) << 32 | static_cast<std::uint32_t>(call.clip.y1));
    const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
    const ImDrawVert* corners = list.VtxBuffer.Data + command.VtxOffset;
    Run run{0, 0, {}, Ink::image, 0, false};
    std::uint64_t hash = begin;
    const ImFontAtlas& fonts = *ImGui::GetIO().Fonts;
    const bool letters = command.TextureId == fonts.TexID;
    for (std::uint32_t i = 0; i + 2 < command.ElemCount; i += 3) {
        const ImDrawVert &a = corners[index[i]], &b = corners[index[i + 1]],
                         &c = corners[index[i + 2]];
        const PixelBox all = pixels_of(a, b, c, next), pixels = common(all, call.clip);
        if (pixels.empty()) continue;
        const PixelBox squares = squares_of(pixels);
        const Ink ink = letters ? ink_of(a, b, c, fonts.TexUvWhitePixel) : Ink::image;
        const bool cut = !(all == pixels);
        if (marks || run.count == 0 || run.first + run.count != i || !(squares == run.squares) ||
            ink != run.ink || cut != run.cut) {
            flush(run, hash);
            run = {i, 0, squares, ink, way_of(ink, command.TextureId), cut};
            hash = begin;
        }
        run.count += 3;
        if (ink == Ink::plain)
            covers_.note(index + i, corners, call.clip, static_cast<std::uint32_t>(runs_.size()));
        stir(hash, a);
        stir(hash, b);
        stir(hash, c);
        if (!marks) continue;
        const Range u = range(a.uv.x, b.uv.x, c.uv.x), v = range(a.uv.y, b.uv.y, c.uv.y);
        const Range x = range(a.pos.x, b.pos.x, c.pos.x), y = range(a.pos.y, b.pos.y, c.pos.y);
        // What each square shows of an image that lies straight; of any other all of it.
        const bool straight = x.max > x.min && y.max > y.min && u.max > u.min && v.max > v.min &&
                              (a.uv.x == b.uv.x) == (a.pos.x == b.pos.x) &&
                              (b.uv.x == c.uv.x) == (b.pos.x == c.pos.x) &&
                              (a.uv.y == b.uv.y) == (a.pos.y == b.pos.y) &&
                              (b.uv.y == c.uv.y) == (b.pos.y == c.pos.y);
        bool mirrored = false;
        for (const ImDrawVert* one : {&a, &b, &c})
            mirrored = mirrored || (one->pos.x == x.min && one->uv.x != u.min) ||
                       (one->pos.y == y.min && one->uv.y != v.min);
        if (!straight || mirrored) {
            stir(hash, marks->of({u.min, v.min}, {u.max, v.max}));
            continue;
        }
        const ImVec2 zero = next.DisplayPos, scale = next.FramebufferScale;
        const auto part = [](int pixel, float origin, float ratio, Range from, Range to) {
            const float at = static_cast<float>(pixel) / ratio + origin;
            const float share = std::clamp((at - from.min) / (from.max - from.min), 0.0f, 1.0f);
            return to.min + share * (to.max - to.min);
        };
        for (int row = squares.y0; row < squares.y1; ++row) {
            for (int column = squares.x0; column < squares.x1; ++column) {
                std::uint64_t shown = hash;
                stir(shown, marks->of({part(column * square_size, zero.x, scale.x, x, u),
                                       part(row * square_size, zero.y, scale.y, y, v)},
                                      {part((column + 1) * square_size, zero.x, scale.x, x, u),
                                       part((row + 1) * square_size, zero.y, scale.y, y, v)}));
                stir(now_[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
                          static_cast<std::size_t>(column)],
                     shown);
            }
        }
        runs_.push_back(run);
        run.count = 0;
    }
    flush(run, hash);
    covers_.end_shape();
}

const std::vector<PixelBox>& Damage::compare(const ImDrawData& next, ImU32 background,
                                             const Marks& marks) {
    resize(next);
    background_ = background;
    covers_.begin(next, width_, height_);
    now_.assign(last_.size(), hash_begin ^ background);
    calls_.clear();
    runs_.clear();
    textures_.clear();
    for (int i = 0; i < next.CmdListsCount; ++i) {
        const ImDrawList& list = *next.CmdLists[i];
        for (int j = 0; j < list.CmdBuffer.Size; ++j) {
            const ImDrawCmd& command = list.CmdBuffer[j];
            Call call{i, j, runs_.size(), 0, clip_of(command, next)};
            if (command.ElemCount == 0 || call.clip.empty()) continue;
            note(list, command, call, marks(command.TextureId), next);
            call.end_run = runs_.size();
            calls_.push_back(call);
        }
    }
    find_parts();
    std::swap(last_, now_);
    return parts_;
}

// Squares that differ, row by row; what lies below each other becomes one part.
void Damage::find_parts() {
    parts_.clear();
    std::vector<PixelBox>& parts = parts_;
    for (int y = 0; y < rows_; ++y) {
        const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(y) * columns_;
        const std::uint64_t *was = last_.data() + row, *is = now_.data() + row;
        for (int x = 0; x < columns_; ++x) {
            if (was[x] == is[x]) continue;
            const int first = x;
            while (x < columns_ && was[x] != is[x]) ++x;
            const PixelBox wide{first, y, x, y + 1};
            const auto above = std::find_if(parts.begin(), parts.end(), [&](const PixelBox& one) {
                return one.x0 == wide.x0 && one.x1 == wide.x1 && one.y1 == y;
            });
            if (above != parts.end()) {
                above->y1 = y + 1;
            } else {
                parts.push_back(wide);
            }
        }
    }
    // Those are joined that cost the fewest squares more.
    while (parts.size() > parts_max) {
        std::size_t best_a = 0, best_b = 1;
        std::int64_t best = std::numeric_limits<std::int64_t>::max();
        for (std::size_t a = 0; a < parts.size(); ++a) {
            for (std::size_t b = a + 1; b < parts.size(); ++b) {
                const std::int64_t more =
                    joined(parts[a], parts[b]).size() - parts[a].size() - parts[b].size();
                if (more >= best) continue;
                best = more;
                best_a = a;
                best_b = b;
            }
        }
        PixelBox whole = joined(parts[best_a], parts[best_b]);
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(best_b));
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(best_a));
        // It takes in whatever it now lies on: nothing may be drawn twice.
        for (std::size_t i = 0; i < parts.size();) {
            if (!parts[i].overlaps(whole)) {
                ++i;
                continue;
            }
            whole = joined(whole, parts[i]);
            parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
            i = 0;
        }
        parts.push_back(whole);
    }
    for (PixelBox& part : parts) part = common(pixels_of(part), {0, 0, width_, height_});
}

int Damage::way_of(Ink ink, ImTextureID texture) {
    if (ink != Ink::image) return 0;
    auto found = std::find(textures_.begin(), textures_.end(), texture);
    if (found == textures_.end()) found = textures_.insert(found, texture);
    return 1 + static_cast<int>(found - textures_.begin());
}

}  // namespace homeroom::app
