// Which parts of the window's picture differ from the one before, so that only those are drawn
// again: a renderer without a GPU pays for each pixel.
#pragma once

#include <imgui.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "app/covers.h"
#include "app/stage/texture.h"

namespace homeroom::app {

// Tells whether a part of an image still has the pixels that it had.
class TextureMarks {
public:
    // The image as it is uploaded.
    void note(const Texture& texture);
    // Of a part; the same number as before: the same pixels as before.
    std::uint64_t of(ImVec2 uv_min, ImVec2 uv_max) const;

private:
    int width_ = 0, height_ = 0, columns_ = 0;
    std::vector<std::uint64_t> marks_;  // of its squares, row by row
};

// What a renderer has to do for a pixel, from the least on.
enum class Ink : std::uint8_t {
    plain,   // one opaque colour in each corner
    tinted,  // what lies below shines through
    image,   // letters too
};

// Triangles to be drawn at once.
struct Stroke {
    Ink ink;
    ImTextureID texture;  // of an image
    PixelBox clip;
    std::uint32_t first, count;  // indices
};

class Damage {
public:
    // Null: an image that never changes.
    using Marks = std::function<const TextureMarks*(ImTextureID)>;

    // Takes the next picture, and finds out what of it differs from the last one: parts that do not
    // overlap; none: nothing does. `background` is what it is drawn on.
    const std::vector<PixelBox>& compare(const ImDrawData& next, ImU32 background,
                                         const Marks& marks);
    // Nothing of the last picture is left: the next one differs everywhere.
    void forget() { columns_ = 0; }

    // What draws those parts of the picture compared last, and nothing else, in this order. Things
    // that need not be drawn one after the other are put together by their ink and texture: what
    // one colour fills is most of a picture, and costs a renderer without a GPU a small part of
    // what an image does, but each change from one to the other costs it some microseconds.
    const std::vector<Stroke>& strokes(const ImDrawData& data);
    // Theirs, three for each triangle, into the corners of all lists of `data` in a row, and after
    // them those of the ground.
    const std::vector<std::uint32_t>& indices() const { return indices_; }
    // Of the background, where it is seen.
    const std::vector<ImDrawVert>& ground() const { return ground_; }

private:
    // Triangles one after the other that touch the same squares.
    struct Run {
        std::uint32_t first, count;  // indices of the command
        PixelBox squares;
        Ink ink;
        int way;   // 0: with one colour; above it: with one of the textures
        bool cut;  // by the command's clip
    };
    struct Picked {
        int layer;
        std::uint32_t call, run;
        PixelBox clip;
    };
    // A run of a part that is seen in these squares.
    struct Shown {
        std::uint32_t call, run;
        PixelBox squares;
    };
    struct Call {
        int list, command;
        std::size_t first_run, end_run;
        PixelBox clip;
    };

    void resize(const ImDrawData& next);
    void note(const ImDrawList& list, const ImDrawCmd& command, const Call& call,
              const TextureMarks* marks, const ImDrawData& next);
    void flush(const Run& run, std::uint64_t hash);
    void find_parts();
    int way_of(Ink ink, ImTextureID texture);
    void look_from_above(const PixelBox& part);
    void find_open(const PixelBox& squares, const PixelBox& within);
    void pick(const PixelBox& part);
    void lay_ground(const PixelBox& squares, const ImDrawData& data);
    PixelBox clip_of(const ImDrawCmd& command, const ImDrawData& data) const;

    int width_ = 0, height_ = 0, columns_ = 0, rows_ = 0;
    std::vector<std::uint64_t> last_, now_;  // of the squares of the window, row by row
    std::vector<Call> calls_;
    std::vector<Run> runs_;
    std::vector<PixelBox> parts_;
    std::vector<Stroke> strokes_;
    std::vector<std::uint32_t> indices_;
    // Kept for their memory.
    std::vector<Picked> picked_;
    std::vector<ImTextureID> textures_;  // that the picture uses
    std::vector<int> layers_;
    Covers covers_;
    ImU32 background_ = 0;
    std::vector<ImDrawVert> ground_;
    std::vector<Shown> shown_;          // of a part, from above
    std::vector<std::uint8_t> hidden_;  // of the squares of a part: opaque by now
    std::vector<PixelBox> open_;        // what is left of some squares
};

}  // namespace homeroom::app
