// What is remembered from picture to picture: it is what one who remembers nothing would find.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "app/kept_drawing.h"
#include "app/player.h"
#include "app/stage/census.h"
#include "app/stage/motion.h"
#include "app/stage/scene.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

bool same(const StudentSpot& a, const StudentSpot& b) {
    return a.at.x == b.at.x && a.at.y == b.at.y && a.height == b.height && a.pose == b.pose &&
           a.shown == b.shown && a.group == b.group;
}

bool same(const Census& a, const Census& b) {
    const auto who = [](const Census::Who& x, const Census::Who& y) {
        return x.state == y.state && x.room == y.room;
    };
    const auto what = [](const Census::What& x, const Census::What& y) {
        return x.present == y.present && x.awaited == y.awaited && x.room == y.room;
    };
    return std::equal(a.students().begin(), a.students().end(), b.students().begin(),
                      b.students().end(), who) &&
           std::equal(a.things().begin(), a.things().end(), b.things().begin(), b.things().end(),
                      what);
}

}  // namespace

TEST_CASE("a census that has seen other moments knows the same of this one, and so does a scene") {
    for (const char* lesson : {"ping-pong", "stealing", "one-pen"}) {
        CAPTURE(lesson);
        Options options;
        options.run.lesson = lesson;
        options.run.students = 300;
        Player player(options);
        player.wait_for(3'000);
        Census census;
        Scene last;
        const Rect area{0, 0, 980, 450};
        std::minstd_rand chance(7);
        for (int i = 0; i < 60; ++i) {
            // Sometimes far away, sometimes the next one.
            const std::size_t at = i % 3 == 0 ? chance() % player.known() : player.position() + 1;
            player.show(std::min(at, player.known()), 1);
            CAPTURE(player.position());
            Sight sight;
            sight.census = &census;
            sight.spare = &last;
            last = scene(player.now(), area, 1, sight);
            Census anew;
            anew.look(player.now());
            REQUIRE(same(census, anew));
            const Scene right = scene(player.now(), area, 1);
            REQUIRE(last.students.size() == right.students.size());
            for (std::size_t k = 0; k < right.students.size(); ++k)
                REQUIRE(same(last.students[k], right.students[k]));
            REQUIRE(last.rooms[0].counts == right.rooms[0].counts);
            REQUIRE(last.rooms[0].plan.stations.size() == right.rooms[0].plan.stations.size());
        }
    }
}

TEST_CASE("a kept drawing adds the same corners again, and is drawn anew for another key") {
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().DisplaySize = {640, 400};
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
    KeptDrawing kept;
    int drawn = 0;
    struct Corners {
        std::vector<ImDrawIdx> indices;
        std::vector<float> places;
    };
    // Behind `before` other rectangles; the key is that of `size`.
    const auto picture = [&](int before, float size) {
        ImGui::GetIO().DeltaTime = 1.0f / 60;
        ImGui::NewFrame();
        ImDrawList* list = ImGui::GetBackgroundDrawList();
        for (int i = 0; i < before; ++i) list->AddRectFilled({0, 0}, {9, 9}, IM_COL32_WHITE);
        const int corner = list->VtxBuffer.Size, index = list->IdxBuffer.Size;
        kept.draw(list, DrawingKey{}.with(size), [&] {
            ++drawn;
            list->AddCircleFilled({99, 99}, size, IM_COL32(1, 2, 3, 255));
            list->AddText({40, 40}, IM_COL32_WHITE, "names");
        });
        list->AddRectFilled({0, 0}, {5, 5}, IM_COL32_WHITE);  // goes on behind it
        Corners found;
        for (int i = index; i < list->IdxBuffer.Size; ++i)
            found.indices.push_back(list->IdxBuffer[i] - static_cast<ImDrawIdx>(corner));
        for (int i = corner; i < list->VtxBuffer.Size; ++i)
            for (const float part : {list->VtxBuffer[i].pos.x, list->VtxBuffer[i].pos.y,
                                     list->VtxBuffer[i].uv.x, list->VtxBuffer[i].uv.y})
                found.places.push_back(part);
        ImGui::Render();
        return found;
    };
    const Corners first = picture(2, 30);
    const auto is_first = [&](const Corners& one) {
        return one.indices == first.indices && one.places == first.places;
    };
    CHECK(is_first(picture(5, 30)));
    CHECK(drawn == 1);
    CHECK_FALSE(is_first(picture(5, 40)));
    CHECK(drawn == 2);
    CHECK(is_first(picture(0, 30)));
    CHECK(drawn == 3);
    ImGui::DestroyContext();
}
