// How an image gets to where the renderer can draw it.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <functional>

namespace homeroom::app {

// One of several images; `slot` says which. Only `rows` of it from `first_row` on have changed
// since the last time, and of those only `columns` from `first_column` on, unless its size has.
struct Texture {
    std::uint32_t slot = 0;
    // ImGui's byte order (IM_COL32), straight alpha. They stay where they are, and as they are,
    // until the next upload to the same slot.
    const std::uint32_t* pixels = nullptr;
    int width = 0, height = 0;
    int first_row = 0, rows = 0;
    int first_column = 0, columns = 0;
};

using TextureUploader = std::function<ImTextureID(const Texture&)>;

}  // namespace homeroom::app
