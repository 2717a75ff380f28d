// What draws the parts of a picture: from above, to leave out what is hidden, and then in layers.
#include <algorithm>
#include <cstddef>

#include "app/damage.h"

namespace homeroom::app {

namespace {

// What is left of a run's squares is drawn in no more pieces than this, and only if so many squares
// are spared by that: a piece costs a renderer some microseconds.
constexpr std::size_t pieces_max = 4;
constexpr std::int64_t spared_least = 8;

}  // namespace

// The squares of `squares`, a part's, that nothing opaque hides so far, row by row; rows of the
// same width are one box.
void Damage::find_open(const PixelBox& squares, const PixelBox& within) {
    open_.clear();
    for (int y = within.y0; y < within.y1; ++y) {
        const std::uint8_t* hidden = hidden_.data() + (y - squares.y0) * (squares.x1 - squares.x0);
        for (int x = within.x0; x < within.x1; ++x) {
            if (hidden[x - squares.x0] != 0) continue;
            const int first = x;
            while (x < within.x1 && hidden[x - squares.x0] == 0) ++x;
            const auto above = std::find_if(open_.begin(), open_.end(), [&](const PixelBox& box) {
                return box.y1 == y && box.x0 == first && box.x1 == x;
            });
            if (above != open_.end()) {
                above->y1 = y + 1;
            } else {
                open_.push_back({first, y, x, y + 1});
            }
        }
    }
}

// The runs of a part that are seen, the last one first, and where.
void Damage::look_from_above(const PixelBox& part) {
    const PixelBox squares = squares_of(part);
    const int columns = squares.x1 - squares.x0;
    hidden_.assign(static_cast<std::size_t>(squares.size()), 0);
    shown_.clear();
    std::size_t cover = covers_.spans().size();
    const auto hide_below = [&](std::size_t run) {
        for (; cover > 0 && covers_.spans()[cover - 1].first_run >= run; --cover) {
            const Covers::Span& span = covers_.spans()[cover - 1];
            if (span.y < squares.y0 || span.y >= squares.y1) continue;
            const int x0 = std::max(span.x0, squares.x0), x1 = std::min(span.x1, squares.x1);
            if (x0 < x1)
                std::fill_n(hidden_.begin() + (span.y - squares.y0) * columns + x0 - squares.x0,
                            x1 - x0, std::uint8_t{1});
        }
    };
    for (std::size_t number = calls_.size(); number-- > 0;) {
        const Call& call = calls_[number];
        if (!part.overlaps(call.clip)) continue;
        for (std::size_t i = call.end_run; i-- > call.first_run;) {
            const PixelBox box = common(runs_[i].squares, squares);
            if (box.empty()) continue;
            hide_below(i + 1);
            const Shown shown{static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(i),
                              box};
            find_open(squares, box);
            if (open_.empty()) continue;
            std::int64_t left = 0;
            PixelBox around = open_.front();
            for (const PixelBox& one : open_) {
                left += one.size();
                around = joined(around, one);
            }
            if (open_.size() <= pieces_max && box.size() - left >= spared_least) {
                for (const PixelBox& one : open_) shown_.push_back({shown.call, shown.run, one});
            } else {
                shown_.push_back(shown);
                if (box.size() - around.size() >= spared_least) shown_.back().squares = around;
            }
        }
    }
    hide_below(0);
}

void Damage::lay_ground(const PixelBox& squares, const ImDrawData& data) {
    find_open(squares, squares);
    const ImVec2 zero = data.DisplayPos, scale = data.FramebufferScale;
    const ImVec2 white = ImGui::GetIO().Fonts->TexUvWhitePixel;
    for (const PixelBox& box : open_) {
        const PixelBox pixels = common(pixels_of(box), {0, 0, width_, height_});
        const auto x0 = static_cast<float>(pixels.x0) / scale.x + zero.x;
        const auto x1 = static_cast<float>(pixels.x1) / scale.x + zero.x;
        const auto y0 = static_cast<float>(pixels.y0) / scale.y + zero.y;
        const auto y1 = static_cast<float>(pixels.y1) / scale.y + zero.y;
        for (const ImVec2 at : {ImVec2(x0, y0), ImVec2(x1, y0), ImVec2(x1, y1), ImVec2(x0, y1)})
            ground_.push_back({at, white, background_ | IM_COL32_A_MASK});
    }
}

// The runs that touch this part, in layers: those of a layer are drawn the same way, and lie over
// those of the layers before. Each goes into the lowest that is not below what it may lie on. The
// first is plain; above it, one colour is mixed with what is below, opaque or not: more layers
// would cost more.
void Damage::pick(const PixelBox& part) {
    const int ways = 1 + static_cast<int>(textures_.size());
    const PixelBox squares = squares_of(part);
    layers_.assign(static_cast<std::size_t>(squares.size()), 0);
    const auto for_each_layer = [&](const PixelBox& box, auto&& act) {
        for (int y = box.y0; y < box.y1; ++y) {
            const int row = (y - squares.y0) * (squares.x1 - squares.x0) - squares.x0;
            for (int x = box.x0; x < box.x1; ++x) act(layers_[static_cast<std::size_t>(row + x)]);
        }
    };
    for (std::size_t i = shown_.size(); i-- > 0;) {
        const Shown& one = shown_[i];
        const Run& run = runs_[one.run];
        int layer = 0;
        for_each_layer(one.squares, [&](int top) { layer = std::max(layer, top); });
        if (run.ink != Ink::plain || layer > 0) {
            layer = std::max(layer, 1);
            layer += (run.way - (layer - 1) % ways + ways) % ways;
        }
        for_each_layer(one.squares, [&](int& top) { top = layer; });
        PixelBox clip = part;
        if (!(one.squares == common(run.squares, squares)))
            clip = common(clip, pixels_of(one.squares));
        if (run.cut) clip = common(clip, calls_[one.call].clip);
        picked_.push_back({layer, one.call, one.run, clip});
    }
}

const std::vector<Stroke>& Damage::strokes(const ImDrawData& data) {
    strokes_.clear();
    indices_.clear();
    std::vector<std::uint32_t> first_corners;  // of each list
    std::uint32_t corners = 0;
    for (const ImDrawList* list : data.CmdLists) {
        first_corners.push_back(corners);
        corners += static_cast<std::uint32_t>(list->VtxBuffer.Size);
    }
    picked_.clear();
    ground_.clear();
    for (const PixelBox& part : parts_) {
        look_from_above(part);
        lay_ground(squares_of(part), data);
        pick(part);
    }
    if (!ground_.empty()) strokes_.push_back({Ink::plain, {}, {0, 0, width_, height_}, 0, 0});
    for (std::uint32_t i = 0; i < ground_.size(); i += 4)
        for (const std::uint32_t corner : {i, i + 1, i + 2, i, i + 2, i + 3})
            indices_.push_back(corners + corner);
    if (!ground_.empty()) strokes_.back().count = static_cast<std::uint32_t>(indices_.size());
    // The same layer of all parts, which do not overlap.
    std::stable_sort(picked_.begin(), picked_.end(),
                     [](const Picked& a, const Picked& b) { return a.layer < b.layer; });
    for (const Picked& one : picked_) {
        const Call& call = calls_[one.call];
        const Run& run = runs_[one.run];
        const ImDrawList& list = *data.CmdLists[call.list];
        const ImDrawCmd& command = list.CmdBuffer[call.command];
        const Ink ink = run.ink == Ink::plain && one.layer > 0 ? Ink::tinted : run.ink;
        const ImTextureID texture = ink == Ink::image ? command.TextureId : ImTextureID{};
        if (strokes_.empty() || strokes_.back().ink != ink || strokes_.back().texture != texture ||
            !(strokes_.back().clip == one.clip)) {
            strokes_.push_back(
                {ink, texture, one.clip, static_cast<std::uint32_t>(indices_.size()), 0});
        }
        strokes_.back().count += run.count;
        const std::uint32_t corner =
            first_corners[static_cast<std::size_t>(call.list)] + command.VtxOffset;
        const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset + run.first;
        for (std::uint32_t i = 0; i < run.count; ++i) indices_.push_back(corner + index[i]);
    }
    return strokes_;
}

}  // namespace homeroom::app
