// What is drawn again of a picture: all that differs, little else, and clipped as the whole is.
#include "app/damage.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <random>
#include <utility>
#include <vector>

using namespace homeroom::app;

namespace {

// Pictures of rectangles and triangles in a window of that size, without widgets.
class Pictures {
public:
    explicit Pictures(ImVec2 size = {640, 400}, float pixels = 1) {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = size;
        io.DisplayFramebufferScale = {pixels, pixels};
        io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
        unsigned char* bytes = nullptr;
        int width = 0, height = 0;
        io.Fonts->GetTexDataAsRGBA32(&bytes, &width, &height);
        io.Fonts->SetTexID(reinterpret_cast<ImTextureID>(std::intptr_t{1}));
    }
    ~Pictures() { ImGui::DestroyContext(); }
    Pictures(const Pictures&) = delete;
    Pictures& operator=(const Pictures&) = delete;

    ImDrawData& draw(const std::function<void(ImDrawList*)>& what) {
        ImGui::GetIO().DeltaTime = 1.0f / 60;
        ImGui::NewFrame();
        what(ImGui::GetBackgroundDrawList());
        ImGui::Render();
        return *ImGui::GetDrawData();
    }
};

const TextureMarks* nothing_changes(ImTextureID) { return nullptr; }

std::vector<PixelBox> parts_of(Damage& damage, const ImDrawData& data,
                               ImU32 ground = IM_COL32(9, 9, 9, 255)) {
    return damage.compare(data, ground, nothing_changes);
}

bool covers(const std::vector<PixelBox>& parts, int x, int y) {
    return std::any_of(parts.begin(), parts.end(), [&](const PixelBox& part) {
        return x >= part.x0 && x < part.x1 && y >= part.y0 && y < part.y1;
    });
}

bool lie_apart(const std::vector<PixelBox>& parts) {
    for (std::size_t a = 0; a < parts.size(); ++a)
        for (std::size_t b = 0; b < a; ++b)
            if (parts[a].overlaps(parts[b])) return false;
    return true;
}

// Whether a pixel's centre lies in a triangle.
bool inside(ImVec2 at, ImVec2 a, ImVec2 b, ImVec2 c) {
    // An edge that two triangles share is rounded in the same way for both: no pixel falls between.
    const auto side = [&](ImVec2 p, ImVec2 q) {
        const bool turned = q.x < p.x || (q.x == p.x && q.y < p.y);
        if (turned) std::swap(p, q);
        const float area = (q.x - p.x) * (at.y - p.y) - (q.y - p.y) * (at.x - p.x);
        return turned ? -area : area;
    };
    const float x = side(a, b), y = side(b, c), z = side(c, a);
    return (x >= 0 && y >= 0 && z >= 0) || (x <= 0 && y <= 0 && z <= 0);
}

// A renderer of one colour per triangle: what is opaque hides what is there, all else is laid over
// it so that order and number count.
struct Canvas {
    static constexpr ImU32 ground = IM_COL32(9, 9, 9, 255);

    int width, height;
    float scale;
    std::vector<std::uint64_t> pixels;

    Canvas(int w, int h, float by)
        : width(w), height(h), scale(by), pixels(static_cast<std::size_t>(w * h), ground) {}

    std::uint64_t& at(int x, int y) { return pixels[static_cast<std::size_t>(y * width + x)]; }

    void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c,
                  const PixelBox& clip) {
        const ImVec2 white = ImGui::GetIO().Fonts->TexUvWhitePixel;
        const auto is_plain = [&](const ImDrawVert& one) {
            return one.uv.x == white.x && one.uv.y == white.y && one.col >> IM_COL32_A_SHIFT == 255;
        };
        const bool hides = is_plain(a) && is_plain(b) && is_plain(c);
        const auto [left, right] = std::minmax({a.pos.x, b.pos.x, c.pos.x});
        const auto [top, bottom] = std::minmax({a.pos.y, b.pos.y, c.pos.y});
        const auto pixel = [&](float value) { return static_cast<int>(value * scale); };
        const int x0 = std::max({0, clip.x0, pixel(left) - 1});
        const int x1 = std::min({width, clip.x1, pixel(right) + 2});
        const int y0 = std::max({0, clip.y0, pixel(top) - 1});
        const int y1 = std::min({height, clip.y1, pixel(bottom) + 2});
        for (int y = y0; y < y1; ++y) {
            for (int x = x0; x < x1; ++x) {
                const ImVec2 middle{(static_cast<float>(x) + 0.5f) / scale,
                                    (static_cast<float>(y) + 0.5f) / scale};
                if (inside(middle, a.pos, b.pos, c.pos))
                    at(x, y) = hides ? a.col : at(x, y) * 31 + a.col;
            }
        }
    }

    // All of it, clipped as ImGui's renderer for OpenGL does.
    void whole(const ImDrawData& data) {
        for (const ImDrawList* list : data.CmdLists) {
            for (const ImDrawCmd& command : list->CmdBuffer) {
                const ImVec4 clip = command.ClipRect;
                const int x0 = static_cast<int>(clip.x * scale);
                const int wide = static_cast<int>(clip.z * scale - clip.x * scale);
                const int low = static_cast<int>(static_cast<float>(height) - clip.w * scale);
                const int high = static_cast<int>(clip.w * scale - clip.y * scale);
                const PixelBox box{x0, height - low - high, x0 + wide, height - low};
                for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
                    const ImDrawIdx* index = list->IdxBuffer.Data + command.IdxOffset + i;
                    const ImDrawVert* corners = list->VtxBuffer.Data + command.VtxOffset;
                    triangle(corners[index[0]], corners[index[1]], corners[index[2]], box);
                }
            }
        }
    }

    void strokes(const ImDrawData& data, Damage& damage) {
        std::vector<ImDrawVert> corners;
        for (const ImDrawList* list : data.CmdLists)
            corners.insert(corners.end(), list->VtxBuffer.begin(), list->VtxBuffer.end());
        const std::vector<Stroke>& strokes = damage.strokes(data);
        corners.insert(corners.end(), damage.ground().begin(), damage.ground().end());
        for (const Stroke& stroke : strokes) {
            const std::uint32_t* index = damage.indices().data() + stroke.first;
            for (std::uint32_t i = 0; i < stroke.count; i += 3)
                triangle(corners[index[i]], corners[index[i + 1]], corners[index[i + 2]],
                         stroke.clip);
        }
    }
};

}  // namespace

TEST_CASE("the first picture differs everywhere, the same one again nowhere") {
    Pictures pictures;
    Damage damage;
    const auto picture = [](ImDrawList* list) {
        list->AddRectFilled({10, 10}, {90, 50}, IM_COL32(200, 0, 0, 255));
        list->AddText({20, 20}, IM_COL32_WHITE, "names");
    };
    CHECK(parts_of(damage, pictures.draw(picture)) ==
          std::vector<PixelBox>{PixelBox{0, 0, 640, 400}});
    CHECK(parts_of(damage, pictures.draw(picture)).empty());
    damage.forget();
    CHECK(parts_of(damage, pictures.draw(picture)).size() == 1);
    CHECK(parts_of(damage, pictures.draw(picture)).empty());
    CHECK_MESSAGE(!parts_of(damage, pictures.draw(picture), 2).empty(), "another background");
}

TEST_CASE("what moves leaves its old place and comes to its new one; what stands far off stays") {
    Pictures pictures;
    Damage damage;
    const auto at = [](float x) {
        return [x](ImDrawList* list) {
            list->AddRectFilled({300, 200}, {640, 400}, IM_COL32(0, 90, 0, 255));
            list->AddCircleFilled({x, 40}, 9, IM_COL32(200, 0, 0, 255));
        };
    };
    parts_of(damage, pictures.draw(at(40)));
    const std::vector<PixelBox> parts = parts_of(damage, pictures.draw(at(600)));
    CHECK(lie_apart(parts));
    CHECK(covers(parts, 40, 40));
    CHECK(covers(parts, 600, 40));
    CHECK_FALSE(covers(parts, 320, 40));
    CHECK_FALSE(covers(parts, 400, 300));
}

TEST_CASE("of an image the squares differ whose pixels do") {
    Pictures pictures;
    Damage damage;
    TextureMarks image;
    std::vector<std::uint32_t> pixels(256 * 128, 7);
    const auto id = reinterpret_cast<ImTextureID>(std::intptr_t{5});
    const auto marks = [&](ImTextureID one) { return one == id ? &image : nullptr; };
    image.note({0, pixels.data(), 256, 128, 0, 128, 0, 256});
    const auto picture = [&](ImDrawList* list) { list->AddImage(id, {100, 100}, {356, 228}); };
    damage.compare(pictures.draw(picture), 1, marks);
    image.note({0, pixels.data(), 256, 128, 0, 128, 0, 256});
    CHECK(damage.compare(pictures.draw(picture), 1, marks).empty());

    pixels[64 * 256 + 200] = 8;
    image.note({0, pixels.data(), 256, 128, 64, 1, 200, 1});
    const std::vector<PixelBox> parts = damage.compare(pictures.draw(picture), 1, marks);
    CHECK(covers(parts, 100 + 200, 100 + 64));
    CHECK_FALSE(covers(parts, 110, 110));
    CHECK_FALSE(covers(parts, 354, 226));
}

TEST_CASE("pictures drawn in parts, one over the other, are those drawn as a whole") {
    for (float pixels : {1.0f, 1.5f, 2.0f}) {
        for (unsigned seed = 1; seed <= 6; ++seed) {
            CAPTURE(pixels);
            CAPTURE(seed);
            Pictures pictures({240, 200}, pixels);
            const int width = static_cast<int>(240 * pixels),
                      height = static_cast<int>(200 * pixels);
            Damage damage;
            std::minstd_rand chance(seed);
            const auto any = [&](float most) {
                return static_cast<float>(chance() % 1000) * most / 1000;
            };
            struct Shape {
                ImVec2 a, b, c, clip;
                ImU32 colour;
            };
            const auto shape = [&] {
                return Shape{{any(250) - 5, any(210) - 5},
                             {any(250) - 5, any(210) - 5},
                             {any(250) - 5, any(210) - 5},
                             {any(100), any(80)},
                             static_cast<ImU32>(chance() | (chance() % 2) * IM_COL32_A_MASK)};
            };
            std::vector<Shape> shapes;
            for (int i = 0; i < 12; ++i) shapes.push_back(shape());
            Canvas in_parts(width, height, pixels);
            for (int frame = 0; frame < 4; ++frame) {
                for (unsigned i = 0; i < chance() % 4; ++i)
                    shapes[chance() % shapes.size()] = shape();
                ImDrawData& data = pictures.draw([&](ImDrawList* list) {
                    list->Flags = 0;
                    for (const Shape& one : shapes) {
                        list->PushClipRect(one.clip, {one.clip.x + 161.5f, one.clip.y + 143.25f});
                        list->AddTriangleFilled(one.a, one.b, one.c, one.colour);
                        list->AddRectFilled(one.b, one.c, one.colour);
                        list->AddCircleFilled(one.c, one.clip.x, one.colour, 9);
                        list->PopClipRect();
                        list->AddText(one.a, one.colour, "ab");
                    }
                });
                const std::vector<PixelBox> parts = parts_of(damage, data);
                REQUIRE(lie_apart(parts));
                in_parts.strokes(data, damage);  // the ground, too
                Canvas whole(width, height, pixels);
                whole.whole(data);
                REQUIRE(in_parts.pixels == whole.pixels);
            }
        }
    }
}

TEST_CASE("what one colour fills is drawn at once, wherever letters do not lie between") {
    Pictures pictures;
    Damage damage;
    ImDrawData& data = pictures.draw([&](ImDrawList* list) {
        for (int i = 0; i < 5; ++i) {
            const float y = 70 * static_cast<float>(i);
            list->AddRectFilled({0, y}, {600, y + 30}, IM_COL32(200, 0, 0, 255));
            list->AddText({20, y}, IM_COL32_WHITE, "names");
            list->AddRectFilled({20, y}, {90, y + 9}, IM_COL32(0, 0, 0, 90));
        }
    });
    parts_of(damage, data);
    std::vector<Ink> inks;
    std::size_t indices = 0;
    for (const Stroke& stroke : damage.strokes(data)) {
        inks.push_back(stroke.ink);
        indices += stroke.count;
    }
    CHECK(inks == std::vector<Ink>{Ink::plain, Ink::image, Ink::tinted});
    CHECK(indices == damage.indices().size());
    CHECK(indices == 6 + 5 * 6 * (2 + 5));  // those of the ground first
}
