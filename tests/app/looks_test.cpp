// What things look like: text can be read, people can be told apart, states show without colour.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "app/palette.h"
#include "app/stage/figures.h"
#include "app/stage/sprites.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

using sim::StudentId;

constexpr Pose poses[] = {Pose::bench,  Pose::taught, Pose::waiting,
                          Pose::asleep, Pose::errand, Pose::finished};

// An ImGui without a window, for as long as a test lasts.
struct Gui {
    Gui() { ImGui::CreateContext(); }
    ~Gui() { ImGui::DestroyContext(); }
    Gui(const Gui&) = delete;
    Gui& operator=(const Gui&) = delete;
};

// As a photocopy would show it, on white.
float grey(std::uint32_t pixel) {
    const float alpha = static_cast<float>(pixel >> IM_COL32_A_SHIFT) / 255;
    const float light = 0.3f * static_cast<float>(pixel >> IM_COL32_R_SHIFT & 0xffu) +
                        0.6f * static_cast<float>(pixel >> IM_COL32_G_SHIFT & 0xffu) +
                        0.1f * static_cast<float>(pixel >> IM_COL32_B_SHIFT & 0xffu);
    return light * alpha + 255 * (1 - alpha);
}

std::size_t painted(const Raster& raster) {
    return static_cast<std::size_t>(
        std::count_if(raster.pixels.begin(), raster.pixels.end(),
                      [](std::uint32_t pixel) { return pixel >> IM_COL32_A_SHIFT > 127; }));
}

}  // namespace

TEST_CASE("text can be read on whatever it is written on") {
    // 4.5 to 1 is what the accessibility guidelines for web contents ask for.
    for (bool projector : {false, true}) {
        for (bool dark : {false, true}) {
            CAPTURE(projector);
            CAPTURE(dark);
            const Theme& t = theme(dark, projector);
            for (ImU32 ground : {t.window, t.panel, t.wall, t.wall_low, t.floor, t.whiteboard,
                                 t.control, t.control_hover}) {
                CHECK(contrast(t.text, ground) >= 4.5f);
                CHECK(contrast(t.text_dim, ground) >= 4.5f);
            }
            CHECK(contrast(t.paper_text, t.paper) >= 4.5f);
            CHECK(contrast(t.paper_dim, t.paper) >= 4.5f);
            CHECK(contrast(t.text_on_accent, t.accent) >= 4.5f);
        }
    }
}

TEST_CASE("a projector's palette has the harder contrasts") {
    for (bool dark : {false, true}) {
        const Theme &plain = theme(dark), &hard = theme(dark, true);
        CHECK(contrast(hard.text, hard.panel) > contrast(plain.text, plain.panel));
        CHECK(contrast(hard.text_dim, hard.panel) >= 7);
        CHECK(contrast(hard.panel_edge, hard.panel) > contrast(plain.panel_edge, plain.panel));
    }
}

TEST_CASE("numbers and signs can be read on every colour that they stand on") {
    for (std::uint16_t i = 0; i < 24; ++i) {
        for (ImU32 ground :
             {shirt_of(StudentId{i}), colour_of(sim::TeacherId{i}), colour_of(sim::ClipboardId{i})})
            CHECK(contrast(ink_on(ground), ground) >= 4.5f);
    }
    for (bool dark : {false, true}) {
        const Theme& t = theme(dark);
        for (ImU32 ground : {t.running, t.ready, t.waiting, t.asleep, t.away, t.gone, t.alert})
            CHECK(contrast(ink_on(ground), ground) >= 4.5f);
    }
}

TEST_CASE("a student always looks the same, and no two of sixty-four alike") {
    std::set<std::tuple<int, ImU32, ImU32, ImU32>> seen;
    for (std::uint32_t i = 1; i <= looks; ++i) {
        const Dress one = dress_of(StudentId{i}, Pose::taught);
        CHECK(one == dress_of(StudentId{i}, Pose::taught));
        CHECK(one == dress_of(StudentId{i + looks}, Pose::taught));
        const Dress next = dress_of(StudentId{i + 1}, Pose::taught);
        CHECK(one.cloth != next.cloth);
        CHECK(one.style != next.style);
        seen.insert({one.style, one.cloth, one.hair, one.skin});
        // Whatever he or she does.
        for (Pose pose : poses) {
            Dress other = dress_of(StudentId{i}, pose);
            other.pose = one.pose;
            CHECK(other == one);
        }
    }
    CHECK(seen.size() == looks);
}

TEST_CASE("every pose is told from every other without any colour, small as well") {
    Sprites sprites({});
    for (std::uint32_t id : {1u, 2u, 5u, 8u}) {
        for (int height : {24, 56}) {
            std::vector<Raster> all;
            for (Pose pose : poses)
                all.push_back(sprites.raster(Art::student, dress_of(StudentId{id}, pose), height));
            for (std::size_t a = 0; a < all.size(); ++a) {
                CHECK(painted(all[a]) > static_cast<std::size_t>(height * height / 4));
                for (std::size_t b = 0; b < a; ++b) {
                    std::size_t differ = 0;
                    for (std::size_t i = 0; i < all[a].pixels.size(); ++i)
                        differ += std::abs(grey(all[a].pixels[i]) - grey(all[b].pixels[i])) > 40;
                    CAPTURE(id);
                    CAPTURE(height);
                    CAPTURE(a);
                    CAPTURE(b);
                    // Of the picture, at least a twenty-fifth.
                    CHECK(differ * 25 > all[a].pixels.size());
                }
            }
        }
    }
}

TEST_CASE("no head on the top line touches the sign before it, whatever the hair") {
    Sprites sprites({});
    Plan plan;
    for (float unit : {0.8f, 1.0f, 2.0f}) {
        plan.unit = unit;
        plan.text = std::max(12.0f, std::round(14 * unit));
        plan.line = std::ceil(plan.text * 1.25f);
        const CardFace face = card_face({0, 0, 90 * unit, 110 * unit}, plan, 3, 10);
        REQUIRE_FALSE(face.top_line.empty());
        CHECK(face.mark.x0 >= face.top_line.x0);
        for (std::uint32_t id = 1; id <= looks; ++id) {
            // As large as draw_head makes it: the head is most of its picture.
            constexpr float head_share = 0.76f;
            const float size = face.name_h / head_share;
            const Raster raster = sprites.raster(
                Art::student_head, dress_of(StudentId{id}, Pose::name), static_cast<int>(size * 4));
            int first = raster.width;
            for (int y = 0; y < raster.height; ++y)
                for (int x = 0; x < first; ++x)
                    if (raster.pixels[static_cast<std::size_t>(y * raster.width + x)] >>
                        IM_COL32_A_SHIFT > 127)
                        first = x;
            const float share = static_cast<float>(first) / static_cast<float>(raster.width) - 0.5f;
            CAPTURE(id);
            CHECK(face.top_name_at().x + share * size > face.mark.x1);
        }
    }
}

TEST_CASE("furniture is rasterised once for a step of sizes, however it is stretched") {
    Gui gui;
    ImGui::GetIO().DisplayFramebufferScale = {1, 1};
    int pages = 0;
    Sprites sprites([&](const Texture&) {
        ++pages;
        return reinterpret_cast<ImTextureID>(std::intptr_t{7});
    });
    ImDrawList list(ImGui::GetDrawListSharedData());
    list._ResetForNewFrame();
    const Dress dress{0, 0, IM_COL32(200, 150, 90, 255), IM_COL32(120, 80, 40, 255), 0, 0};
    for (float width : {120.0f, 180.0f, 400.0f}) {
        for (float height : {40.0f, 60.0f, 200.0f})
            sprites.draw_stretched(&list, Art::desk, dress, {0, 0}, {width, height}, 1);
    }
    CHECK(sprites.rasterised() == 1);
    CHECK(list.VtxBuffer.Size == 9 * 9 * 4);
    // What a camera on its way passes is few sizes.
    for (int i = 0; i < 100; ++i) {
        const float unit = 1 + static_cast<float>(i) / 100;
        sprites.draw_stretched(&list, Art::desk, dress, {0, 0}, {400, 200}, unit);
    }
    CHECK(sprites.rasterised() <= 11);
    // Too small for its edges it shrinks as a whole, down to nothing, and covers no more than its
    // box.
    for (float size : {30.0f, 12.0f, 4.0f, 1.0f, 0.0f}) {
        list.VtxBuffer.resize(0);
        sprites.draw_stretched(&list, Art::desk, dress, {10, 10}, {10 + size, 10 + size}, 1);
        for (const ImDrawVert& corner : list.VtxBuffer) {
            CHECK(corner.pos.x >= 10);
            CHECK(corner.pos.x <= 10 + size);
            CHECK(corner.pos.y <= 10 + size);
        }
    }
    CHECK(pages == 1);
}

TEST_CASE("every drawing can be drawn, in each of its poses and styles") {
    Sprites sprites({});
    CHECK(drawing_files().size() >= 47);
    for (const DrawingFile& file : drawing_files()) {
        CAPTURE(file.name);
        Drawing drawing(file.text);
        CHECK(painted(drawing.rasterise({}, {}, 60, 60)) > 80);
    }
    for (std::uint8_t style = 0; style < 8; ++style) {
        Dress dress = dress_of(StudentId{1}, Pose::name);
        dress.style = style;
        CHECK(painted(sprites.raster(Art::student_head, dress, 20)) > 100);
    }
    for (std::uint8_t pose = 0; pose < 7; ++pose) {
        Dress dress;
        dress.pose = pose;
        CHECK(painted(sprites.raster(Art::teacher, dress, 60)) > 500);
    }
}

TEST_CASE("what is no drawing leaves nothing") {
    Drawing drawing("<svg");
    CHECK(painted(drawing.rasterise({}, {}, 8, 8)) == 0);
}

TEST_CASE("a dress leaves no trace on the next one") {
    Sprites used({}), fresh({});
    const Dress dress = dress_of(StudentId{3}, Pose::asleep);
    for (std::uint32_t i = 1; i < 12; ++i)
        used.raster(Art::student, dress_of(StudentId{i}, poses[i % 6]), 30);
    CHECK(used.raster(Art::student, dress, 30).pixels ==
          fresh.raster(Art::student, dress, 30).pixels);
}

TEST_CASE("a dyed student is what librsvg makes of the same dress") {
    const auto files = drawing_files();
    const auto file = std::find_if(files.begin(), files.end(),
                                   [](const DrawingFile& one) { return one.name == "student"; });
    Drawing drawing(file->text);
    Sprites sprites({});
    for (std::uint32_t id = 1; id <= 16; ++id) {
        for (Pose pose : poses) {
            const Dress dress = dress_of(StudentId{id}, pose);
            const Raster right = drawing.rasterise(dress, {}, 40, 40);
            const Raster dyed = sprites.raster(Art::student, dress, 40);
            REQUIRE(dyed.pixels.size() == right.pixels.size());
            unsigned furthest = 0;
            for (std::size_t i = 0; i < right.pixels.size(); ++i) {
                const std::uint32_t a = dyed.pixels[i], b = right.pixels[i];
                CHECK((a >> IM_COL32_A_SHIFT) == (b >> IM_COL32_A_SHIFT));
                // As it is seen: on black.
                for (int shift : {IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT}) {
                    const auto shown = [&](std::uint32_t pixel) {
                        return static_cast<int>((pixel >> shift & 0xffu) *
                                                (pixel >> IM_COL32_A_SHIFT) / 255);
                    };
                    furthest =
                        std::max(furthest, static_cast<unsigned>(std::abs(shown(a) - shown(b))));
                }
            }
            CAPTURE(id);
            CAPTURE(static_cast<int>(pose));
            CHECK(furthest <= 4);
        }
    }
}

TEST_CASE("a sprite is rasterised once for each size, and without an uploader never") {
    Gui gui;
    ImDrawList list(ImGui::GetDrawListSharedData());
    list._ResetForNewFrame();
    const Dress dress = dress_of(StudentId{1}, Pose::taught);
    int rows = 0, columns = 0;
    Sprites sprites([&](const Texture& texture) {
        rows += texture.rows;
        columns += texture.columns;
        return reinterpret_cast<ImTextureID>(std::intptr_t{1} + texture.slot);
    });
    Sprites none({});
    for (int picture = 0; picture < 3; ++picture) {
        sprites.begin();
        for (float height : {40.0f, 40.3f, 60.0f}) {
            sprites.draw(&list, Art::student, dress, {100, 100}, height, Sprites::Fit::exact);
            none.draw(&list, Art::student, dress, {100, 100}, height, Sprites::Fit::exact);
        }
        sprites.finish();
        CHECK(rows >= 100);
        CHECK(rows <= 102);  // only what is new
        CHECK(columns <= 102);
    }
    CHECK(sprites.rasterised() == 2);
    CHECK(none.rasterised() == 0);
    // On the way its sizes are few.
    for (int i = 0; i < 40; ++i)
        sprites.draw(&list, Art::student, dress, {100, 100}, 20 + static_cast<float>(i),
                     Sprites::Fit::loose);
    CHECK(sprites.rasterised() <= 6);
}
