// The drawings as sprites: each in each dress and size is rasterised once, when it is first seen,
// and kept in a few textures.
#pragma once

#include <imgui.h>

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "app/stage/drawing.h"
#include "app/stage/texture.h"
#include "app/stage/undyed.h"

namespace homeroom::app {

enum class Art : std::uint8_t {
    student,       // head and shoulders, square
    student_head,  // the head of the same drawing
    teacher,
    monitor,
    head_teacher,
    alarm_clock,
    letter_box,
    padlock,
    gong,
    plant,
    desk,
    chair,
    book,
    clipboard,
    clip,
    whiteboard,
    tray,
    rack,
    peg,
    bench,
    door,
    pane,
    envelope,
    hatch,
    flip_card,
    floor_seam,
    floor_joint,
    panel,
    rail,
    skirting,
    wall_end,
    window,
    sill,
    curtain,
    rug,
    mat,
    room_walls,
    plate,
    leaf,
    eraser,
    sheet,
    lesson_plan,
    slip,
    thought,
    absent,
    slate,
    slot,
    cord,
};

class Sprites {
public:
    // Without an uploader nothing is rasterised; quads are drawn all the same, so that a list that
    // is only looked at has something where each sprite would be.
    explicit Sprites(TextureUploader upload);

    // At rest a sprite is rasterised in the very size it has on the screen. On the way, where sizes
    // change with each picture, one of a few sizes is scaled down.
    // Stepped: small things, drawn in the step below the wanted size.
    enum class Fit : std::uint8_t { exact, loose, stepped };
    // `centre` is the middle; `height` in units of the screen. Widths follow from the drawing.
    void draw(ImDrawList* list, Art art, const Dress& dress, ImVec2 centre, float height, Fit fit,
              bool mirrored = false, ImU32 tint = IM_COL32_WHITE);

    // Furniture fills any box: what the drawing has at its edges keeps its size, which is `unit`
    // pixels for each unit of the drawing, or less where there is no room for that; what lies
    // between is stretched. `middle`: that is one colour, and filled without a sprite; 0: it is
    // not. Sizes go by small steps, so that a camera that moves has few of them rasterised. A
    // strip, which keeps no edges on two sides, is as thick there as its box.
    void draw_stretched(ImDrawList* list, Art art, const Dress& dress, ImVec2 min, ImVec2 max,
                        float unit, ImU32 middle = 0);
    // A drawing that has any shape, as what is seen through a window.
    void draw_filling(ImDrawList* list, Art art, const Dress& dress, ImVec2 min, ImVec2 max);

    // Before a picture: throws away what fills too much room. While the camera moves nothing keeps
    // its size, so nothing is rasterised in its very own.
    void begin(bool camera_moves = false);
    // After it, and before the renderer draws it: uploads what is new.
    void finish();

    // The pixels themselves, for images put together elsewhere.
    Raster raster(Art art, const Dress& dress, int height, int width = 0);

    std::size_t rasterised() const { return rasterised_; }  // so far; those that were only dyed not

private:
    struct Key {
        Art art;
        Dress dress;
        int height;
        int width = 0;  // 0: follows from the drawing
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const;
    };
    struct Place {
        std::size_t page = 0;
        int x = 0, y = 0, width = 0, height = 0;
    };
    // A row of sprites of about the same height.
    struct Shelf {
        int y = 0, height = 0, used = 0;
    };
    struct Page {
        ImTextureID texture{};
        std::vector<std::uint32_t> pixels;
        std::vector<Shelf> shelves;
        int side = 0;  // it is square
        int used = 0;  // rows that shelves take
        // What is not uploaded yet; x1 and y1 outside.
        bool dirty = false;
        int dirty_x0 = 0, dirty_y0 = 0, dirty_x1 = 0, dirty_y1 = 0;
    };

    const Place& place(const Key& key);
    bool put(const Raster& raster, Place& place);
    bool put(Page& page, const Raster& raster, Place& place);

    TextureUploader upload_;
    std::vector<Drawing> drawings_;
    std::vector<Page> pages_;
    std::unordered_map<Key, Place, Hash> known_;
    // Of students, who are many in few poses and styles.
    std::unordered_map<Key, Undyed, Hash> undyed_;
    std::size_t undyed_pixels_ = 0;
    std::size_t rasterised_ = 0;
    bool camera_moves_ = false;
};

}  // namespace homeroom::app
