// Reading pictures back from ImGui's draw lists.
#include "app/export/drawn.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace homeroom::app {
namespace {

bool near(float a, float b, float tolerance = 0.06f) { return std::abs(a - b) < tolerance; }
bool near(ImVec2 a, ImVec2 b) { return near(a.x, b.x) && near(a.y, b.y); }
bool same(const Box& a, const Box& b) {
    return a.min.x == b.min.x && a.min.y == b.min.y && a.max.x == b.max.x && a.max.y == b.max.y;
}

void append_utf8(std::string& text, unsigned code) {
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += static_cast<char>(0xc0 | code >> 6);
        text += static_cast<char>(0x80 | (code & 0x3f));
    } else {
        text += static_cast<char>(0xe0 | (code >> 12 & 0x0f));
        text += static_cast<char>(0x80 | (code >> 6 & 0x3f));
        text += static_cast<char>(0x80 | (code & 0x3f));
    }
}

Box box_of(const std::vector<ImVec2>& points, float margin) {
    Box box{points.front(), points.front()};
    for (const ImVec2& p : points) {
        box.min = {std::min(box.min.x, p.x), std::min(box.min.y, p.y)};
        box.max = {std::max(box.max.x, p.x), std::max(box.max.y, p.y)};
    }
    return {{box.min.x - margin, box.min.y - margin}, {box.max.x + margin, box.max.y + margin}};
}

// A line without smoothed edges is a quad for each of its segments: two corners at its start, two
// at its end.
struct Segment {
    ImVec2 from, to;
    float thickness;
};

bool segment_of(const std::vector<ImVec2>& quad, Segment& segment) {
    if (quad.size() != 4) return false;
    const ImVec2 side{quad[3].x - quad[0].x, quad[3].y - quad[0].y};
    const ImVec2 other{quad[2].x - quad[1].x, quad[2].y - quad[1].y};
    const ImVec2 along{quad[1].x - quad[0].x, quad[1].y - quad[0].y};
    segment = {{(quad[0].x + quad[3].x) / 2, (quad[0].y + quad[3].y) / 2},
               {(quad[1].x + quad[2].x) / 2, (quad[1].y + quad[2].y) / 2},
               std::sqrt(side.x * side.x + side.y * side.y)};
    const float length = std::sqrt(along.x * along.x + along.y * along.y);
    const float skew = std::abs(side.x * along.x + side.y * along.y);
    return near(side, other) && skew < 0.02f * std::max(length * segment.thickness, 1.0f);
}

// Segments that follow each other are one stroke.
void add_shape(std::vector<Drawn>& parts, Drawn shape) {
    Segment segment{};
    if (!parts.empty() && segment_of(shape.points, segment)) {
        Drawn& last = parts.back();
        const bool alike = last.colour == shape.colour && same(last.clip, shape.clip);
        Segment before{};
        if (alike && last.kind == Drawn::Kind::shape && segment_of(last.points, before) &&
            near(before.to, segment.from) && near(before.thickness, segment.thickness)) {
            last.kind = Drawn::Kind::stroke;
            last.thickness = before.thickness;
            last.points = {before.from, before.to};
        }
        if (alike && last.kind == Drawn::Kind::stroke && near(last.points.back(), segment.from) &&
            near(last.thickness, segment.thickness)) {
            last.points.push_back(segment.to);
            last.box = box_of(last.points, last.thickness / 2);
            return;
        }
    }
    shape.box = box_of(shape.points, 0);
    parts.push_back(std::move(shape));
}

}  // namespace

DrawingReader::DrawingReader(ImFontAtlas& atlas)
    : texture_(atlas.TexID), white_(atlas.TexUvWhitePixel) {
    for (const ImFont* font : atlas.Fonts) {
        for (const ImFontGlyph& glyph : font->Glyphs)
            if (glyph.Visible) letters_.push_back({glyph.U0, glyph.V0, font, &glyph});
    }
    std::sort(letters_.begin(), letters_.end(), [](const Letter& a, const Letter& b) {
        return std::tie(a.v, a.u) < std::tie(b.v, b.u);
    });
}

// Most quads are whole letters; of those that ImGui has cut, the middle is still inside.
const DrawingReader::Letter* DrawingReader::letter_at(const ImDrawVert* corners) const {
    const ImVec2 low = corners[0].uv, high = corners[2].uv;
    const auto found = std::lower_bound(
        letters_.begin(), letters_.end(), low, [](const Letter& letter, const ImVec2& uv) {
            return std::tie(letter.v, letter.u) < std::tie(uv.y, uv.x);
        });
    if (found != letters_.end() && found->u == low.x && found->v == low.y) return &*found;
    const ImVec2 middle{(low.x + high.x) / 2, (low.y + high.y) / 2};
    for (const Letter& letter : letters_) {
        const ImFontGlyph& glyph = *letter.glyph;
        if (middle.x >= glyph.U0 && middle.x <= glyph.U1 && middle.y >= glyph.V0 &&
            middle.y <= glyph.V1)
            return &letter;
    }
    return nullptr;  // a smoothed line
}

bool DrawingReader::add_letter(std::vector<Drawn>& parts, const ImDrawVert* corners,
                               const Box& clip) const {
    const Letter* letter = letter_at(corners);
    if (letter == nullptr) return false;
    const ImFontGlyph& glyph = *letter->glyph;
    const ImVec2 low = corners[0].pos, high = corners[2].pos;
    // Of a cut letter only the part that is left has its size and place.
    const float share_x = (corners[2].uv.x - corners[0].uv.x) / (glyph.U1 - glyph.U0);
    const float share_y = (corners[2].uv.y - corners[0].uv.y) / (glyph.V1 - glyph.V0);
    const float scale = (high.x - low.x) / ((glyph.X1 - glyph.X0) * std::max(share_x, 1e-3f));
    const float skipped = (corners[0].uv.x - glyph.U0) / (glyph.U1 - glyph.U0);
    const float above = (corners[0].uv.y - glyph.V0) / (glyph.V1 - glyph.V0);
    const float left = low.x - (glyph.X0 + skipped * (glyph.X1 - glyph.X0)) * scale;
    const float top = low.y - (glyph.Y0 + above * (glyph.Y1 - glyph.Y0)) * scale;
    const ImVec2 origin{left, top + letter->font->Ascent * scale};
    const float size = letter->font->FontSize * scale;
    // A letter's box has an empty margin of about a pixel; a sliver of a tail is nothing.
    const float sliver = std::max(1.5f, size * 0.1f);
    const bool across = share_x < 0.98f || low.x < clip.min.x - 1.5f || high.x > clip.max.x + 1.5f;
    const bool along =
        share_y < 0.9f || low.y < clip.min.y - sliver || high.y > clip.max.y + sliver;

    const bool continues = !parts.empty() && parts.back().kind == Drawn::Kind::text &&
                           parts.back().font == letter->font &&
                           parts.back().colour == corners[0].col &&
                           near(parts.back().origin.y, origin.y, 0.6f) &&
                           near(parts.back().size, size, 0.2f) && same(parts.back().clip, clip);
    if (continues) {
        Drawn& line = parts.back();
        const float gap = left - (line.origin.x + line.width);
        const ImFontGlyph* space = letter->font->FindGlyphNoFallback(' ');
        const float blank = space == nullptr ? size / 4 : space->AdvanceX * scale;
        const float blanks = std::round(gap / blank);
        if (blanks >= 0 && blanks <= 2 && near(gap, blanks * blank, 0.3f)) {
            line.text.append(static_cast<std::size_t>(blanks), ' ');
            append_utf8(line.text, glyph.Codepoint);
            line.width = left + glyph.AdvanceX * scale - line.origin.x;
            line.box.min.y = std::min(line.box.min.y, low.y);
            line.box.max = {std::max(line.box.max.x, high.x), std::max(line.box.max.y, high.y)};
            line.cut_across |= across;
            line.cut_along |= along;
            return true;
        }
    }
    Drawn line{Drawn::Kind::text, corners[0].col, clip, {low, high}};
    append_utf8(line.text, glyph.Codepoint);
    line.origin = origin;
    line.width = glyph.AdvanceX * scale;
    line.size = size;
    line.font = letter->font;
    line.cut_across = across;
    line.cut_along = along;
    parts.push_back(std::move(line));
    return true;
}

void DrawingReader::read_command(const ImDrawList& list, const ImDrawCmd& command, What what,
                                 std::vector<Drawn>& parts) const {
    const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
    const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
    const Box clip{{command.ClipRect.x, command.ClipRect.y},
                   {command.ClipRect.z, command.ClipRect.w}};
    const unsigned count = command.ElemCount;
    for (unsigned i = 0; i + 2 < count;) {
        // A fan: triangles that all begin at the first corner, each where the last one ended.
        const unsigned first = index[i];
        unsigned end = i + 3;
        while (end + 2 < count && index[end] == first && index[end + 1] == index[end - 1]) end += 3;
        const ImDrawVert& corner = vertices[first];
        const bool plain = corner.uv.x == white_.x && corner.uv.y == white_.y;
        const bool quad = end - i == 6 && index[i + 5] == first + 3;
        if (!plain && quad && command.GetTexID() == texture_ && add_letter(parts, &corner, clip)) {
            // A text goes on, or another has begun.
        } else if (what == What::everything && (corner.col & IM_COL32_A_MASK) != 0) {
            if (!plain && quad) {
                Drawn image{Drawn::Kind::image, corner.col, clip, {corner.pos, (&corner)[2].pos}};
                image.texture = command.GetTexID();
                image.uv_min = corner.uv;
                image.uv_max = (&corner)[2].uv;
                parts.push_back(std::move(image));
            } else if (plain) {
                Drawn shape{Drawn::Kind::shape, corner.col, clip, {}};
                shape.points = {corner.pos, vertices[index[i + 1]].pos};
                for (unsigned k = i; k < end; k += 3)
                    shape.points.push_back(vertices[index[k + 2]].pos);
                add_shape(parts, std::move(shape));
            }
        }
        i = end;
    }
}

std::vector<DrawnWindow> DrawingReader::read(const ImDrawData& data, What what) const {
    std::vector<DrawnWindow> windows;
    for (const ImDrawList* list : data.CmdLists) {
        DrawnWindow window{list->_OwnerName == nullptr ? "" : list->_OwnerName, {}};
        for (const ImDrawCmd& command : list->CmdBuffer)
            if (command.UserCallback == nullptr) read_command(*list, command, what, window.parts);
        windows.push_back(std::move(window));
    }
    return windows;
}

}  // namespace homeroom::app
