// What a picture is made of, read back from ImGui's draw lists: texts, filled shapes, strokes, and
// pieces of images. So a picture can be written as SVG in which text is text, and a test can look
// for texts that are cut or lie on each other.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <string>
#include <vector>

#include "app/layout.h"

namespace homeroom::app {

struct Drawn {
    enum class Kind : std::uint8_t { text, shape, stroke, image };
    Kind kind;
    ImU32 colour;
    Box clip;  // nothing is seen outside
    Box box;   // of all of it; of a text: of its ink

    std::vector<ImVec2> points{};  // shape: its corners; stroke: along its middle
    float thickness = 0;           // of a stroke

    std::string text{};  // one line in one font and colour
    ImVec2 origin{};     // of a text: the left end of its base line
    float width = 0;     // how far it advances
    float size = 0;      // of its font, in pixels
    const ImFont* font = nullptr;
    bool cut_across = false;  // letters are missing or cut at its left or right end
    bool cut_along = false;   // its upper or lower edge is cut

    ImTextureID texture{};  // image: which part of which
    ImVec2 uv_min{}, uv_max{};
};

struct DrawnWindow {
    std::string name;  // as Ui::begin_card was told; children have their parent's before theirs
    std::vector<Drawn> parts;
};

// Knows the letters of one font atlas; to be made anew when the atlas is.
class DrawingReader {
public:
    explicit DrawingReader(ImFontAtlas& atlas);

    enum class What : std::uint8_t { everything, texts };
    // The windows from back to front. Shapes are whole only when the picture was drawn without
    // smoothed edges (Ui::plain_edges).
    std::vector<DrawnWindow> read(const ImDrawData& data, What what = What::everything) const;

private:
    struct Letter {
        float u, v;
        const ImFont* font;
        const ImFontGlyph* glyph;
    };
    const Letter* letter_at(const ImDrawVert* corners) const;
    bool add_letter(std::vector<Drawn>& parts, const ImDrawVert* corners, const Box& clip) const;
    void read_command(const ImDrawList& list, const ImDrawCmd& command, What what,
                      std::vector<Drawn>& parts) const;

    ImTextureID texture_;
    ImVec2 white_;
    std::vector<Letter> letters_;  // by v, then u
};

}  // namespace homeroom::app
