// Copies of a draw list's end.
#include "app/kept_drawing.h"

#include <algorithm>

namespace homeroom::app {

namespace {

// Where letters lie in their texture, and how they are clipped.
DrawingKey with_letters(DrawingKey key, const ImDrawList& list) {
    const ImFontAtlas& fonts = *ImGui::GetIO().Fonts;
    key.with(fonts.TexUvWhitePixel.x).with(fonts.TexUvWhitePixel.y).with(fonts.TexUvScale.y);
    for (const ImFont* font : fonts.Fonts)
        key.with(font->FontSize).with(static_cast<std::uint64_t>(font->Glyphs.Size));
    const ImVec4& clip = list._CmdHeader.ClipRect;
    return key.with(clip.x).with(clip.y).with(clip.z).with(clip.w);
}

}  // namespace

void KeptDrawing::draw(ImDrawList* list, DrawingKey key, const std::function<void()>& draw) {
    const std::uint64_t now = with_letters(key, *list).value();
    if (kept_ && now == key_) {
        if (corners_.empty()) return;
        list->PrimReserve(static_cast<int>(indices_.size()), static_cast<int>(corners_.size()));
        const ImDrawIdx first = list->_VtxCurrentIdx;
        list->_VtxWritePtr = std::copy(corners_.begin(), corners_.end(), list->_VtxWritePtr);
        list->_IdxWritePtr = std::transform(indices_.begin(), indices_.end(), list->_IdxWritePtr,
                                            [&](ImDrawIdx index) { return first + index; });
        list->_VtxCurrentIdx += static_cast<ImDrawIdx>(corners_.size());
        return;
    }
    const int corners = list->VtxBuffer.Size, indices = list->IdxBuffer.Size;
    const int commands = list->CmdBuffer.Size;
    const ImDrawIdx first = list->_VtxCurrentIdx;
    draw();
    // Only what is of one piece can be added to another list.
    kept_ = list->CmdBuffer.Size == commands;
    key_ = now;
    if (!kept_) return;
    corners_.assign(list->VtxBuffer.begin() + corners, list->VtxBuffer.end());
    indices_.assign(list->IdxBuffer.begin() + indices, list->IdxBuffer.end());
    for (ImDrawIdx& index : indices_) index -= first;
}

}  // namespace homeroom::app
