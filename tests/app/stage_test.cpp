// The stage without a window: what is drawn can be pointed at, and a crowd costs little.
#include "app/stage/stage.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <vector>

#include "app/palette.h"
#include "app/stage/crowd_image.h"
#include "app/stage/motion.h"
#include "app/stage/scene.h"
#include "tests/app/filled_school.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

// An ImGui without a window, for as long as a test lasts.
class Screen {
public:
    Screen() {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {1920, 1080};
        unsigned char* pixels = nullptr;
        int width = 0, height = 0;
        io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
        io.Fonts->SetTexID(ImTextureID{});
    }
    ~Screen() { ImGui::DestroyContext(); }
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    // One picture; returns how many corners of triangles it took.
    int draw(Stage& stage, const StageView& view, ImVec2 size, StagePick* pick = nullptr) {
        ImGui::GetIO().DeltaTime = 1.0f / 60;
        ImGui::NewFrame();
        seconds_ += 1.0 / 60;
        const StagePick found =
            stage.draw(ImGui::GetBackgroundDrawList(), {0, 0}, size, view, seconds_);
        if (pick) *pick = found;
        ImGui::Render();
        return ImGui::GetDrawData()->TotalVtxCount;
    }

    StagePick pick_at(Stage& stage, const StageView& view, ImVec2 size, ImVec2 mouse) {
        ImGui::GetIO().AddMousePosEvent(mouse.x, mouse.y);
        StagePick pick;
        draw(stage, view, size, &pick);
        return pick;
    }

private:
    double seconds_ = 0;
};

StageView view_of(const School& school) {
    StageView view;
    view.after = &school;
    return view;
}

}  // namespace

TEST_CASE("playing fast moves towards the newest school without ever jumping past it") {
    School one = filled({2, 2, 2, 0, 12});
    School two = one;
    two.students[0].state = Student::State::gone;
    two.tables[0].student = StudentId::none;
    Screen screen;
    Stage stage;
    StageView view = view_of(one);
    view.playing_fast = true;
    screen.draw(stage, view, {980, 450});
    const StagePick student{StagePick::student, 1};
    ImVec2 start, now, before;
    REQUIRE(stage.where(student, start));
    view.after = &two;
    const StudentSpot goal = scene(two, {0, 0, 980, 450}, 1).students[0];
    before = start;
    for (int frame = 0; frame < 60; ++frame) {
        screen.draw(stage, view, {980, 450});
        REQUIRE(stage.where(student, now));
        const float way = (goal.at.y - start.y) * (now.y - before.y);
        CHECK(way >= 0);
        before = now;
    }
    CHECK(std::abs(now.x - goal.at.x) < 1);
    CHECK(std::abs(now.y - goal.at.y) < 1);
    // After a jump everything stands at once.
    view.after = &one;
    stage.snap();
    screen.draw(stage, view, {980, 450});
    REQUIRE(stage.where(student, now));
    CHECK(now.x == start.x);
    CHECK(now.y == start.y);
}

TEST_CASE("what was drawn can be pointed at") {
    const School school = filled({4, 4, 6, 3, 60});
    Screen screen;
    Stage stage;
    const StageView view = view_of(school);
    const ImVec2 size{1200, 700};
    screen.draw(stage, view, size);
    std::vector<StagePick> things = {
        {StagePick::bench, 0},   {StagePick::monitor, 0},   {StagePick::thing, 1},
        {StagePick::thing, 3},   {StagePick::clipboard, 0}, {StagePick::clipboard, 3},
        {StagePick::table, 2},   {StagePick::table, 4},     {StagePick::teacher, 1},
        {StagePick::student, 1}, {StagePick::student, 30}};
    for (StagePick wanted : things) {
        CAPTURE(static_cast<int>(wanted.kind));
        CAPTURE(wanted.id);
        ImVec2 at;
        REQUIRE(stage.where(wanted, at));
        const StagePick found = screen.pick_at(stage, view, size, at);
        CHECK(static_cast<int>(found.kind) == static_cast<int>(wanted.kind));
        CHECK(found.id == wanted.id);
    }
    CHECK(screen.pick_at(stage, view, size, {5000, 5000}).kind == StagePick::nothing);
    ImVec2 nowhere;
    CHECK_FALSE(stage.where({StagePick::student, 61}, nowhere));
    CHECK_FALSE(stage.where({StagePick::thing, 9}, nowhere));
}

TEST_CASE("what is selected is marked, even when it is one of those that are only counted") {
    const School school = filled({1, 1, 1, 0, 250});
    Screen screen;
    Stage stage;
    StageView view = view_of(school);
    const int plain = screen.draw(stage, view, {700, 420});
    std::uint32_t counted = 0;
    for (std::uint32_t id = 1; id <= 250 && counted == 0; ++id) {
        ImVec2 at;
        if (!stage.where({StagePick::student, id}, at)) counted = id;
    }
    REQUIRE(counted != 0);
    view.selected = {StagePick::student, counted};
    CHECK(screen.draw(stage, view, {700, 420}) > plain);
    view.selected = {StagePick::clipboard, 0};
    CHECK(screen.draw(stage, view, {700, 420}) > plain);
    view.selected = {StagePick::table, 0};
    CHECK(screen.draw(stage, view, {700, 420}) > plain);
}

TEST_CASE("the stage draws in both themes and both languages at all sizes") {
    Screen screen;
    for (std::uint32_t students : {0u, 1u, 80u, 900u, 3000u}) {
        const School school = filled({3, 5, 9, 5, students});
        for (ImVec2 size : {ImVec2{20, 20}, ImVec2{320, 200}, ImVec2{980, 450}}) {
            Stage stage;
            StageView view = view_of(school);
            view.before = &school;
            view.progress = 0.5f;
            for (bool dark : {false, true}) {
                view.dark = dark;
                view.words = dark ? sim::Words::field : sim::Words::school;
                CHECK(screen.draw(stage, view, size) > 0);
            }
        }
    }
}

TEST_CASE("ten thousand students take few triangles, and an unmoving crowd is not sent again") {
    const School school = filled({4, 4, 6, 3, 10'000});
    int uploads = 0;
    Screen screen;
    Stage stage([&](const Texture& image) {
        if (image.slot > 0) return reinterpret_cast<ImTextureID>(std::intptr_t{8});
        ++uploads;
        CHECK(image.width >= 1500);
        CHECK(image.height >= 760);
        const auto* end = image.pixels + static_cast<std::ptrdiff_t>(image.width) * image.height;
        CHECK(std::any_of(image.pixels, end, [](std::uint32_t pixel) { return pixel != 0; }));
        return reinterpret_cast<ImTextureID>(std::intptr_t{7});
    });
    const StageView view = view_of(school);
    const int corners = screen.draw(stage, view, {1500, 760});
    CHECK(corners < 40'000);

    const auto start = std::chrono::steady_clock::now();
    constexpr int pictures = 20;
    for (int i = 0; i < pictures; ++i) screen.draw(stage, view, {1500, 760});
    const std::chrono::duration<double, std::milli> passed =
        std::chrono::steady_clock::now() - start;
    CHECK(uploads == 1);
    MESSAGE("10,000 students: ", passed.count() / pictures,
            " ms for one picture, without rendering");
}

TEST_CASE("a crowd's image is made anew only when somebody moved") {
    Sprites sprites({});
    CrowdImage image(sprites);
    auto make = [&](float x) {
        image.begin(200, 100);
        image.add({x, 40}, 20, StudentId{1}, Pose::bench);
        image.add({150, 60}, 4, StudentId{2}, Pose::finished);
        return image.finish();
    };
    CHECK(make(50));
    CHECK_FALSE(make(50));
    CHECK(make(51));
    // The parts cover all that was painted.
    std::vector<bool> covered(200 * 100, false);
    for (const CrowdImage::Part& part : image.parts()) {
        for (int y = part.y; y < part.y + part.h; ++y) {
            for (int x = part.x; x < part.x + part.w; ++x) {
                covered[static_cast<std::size_t>(y * 200 + x)] = true;
            }
        }
    }
    std::size_t painted = 0, missed = 0;
    for (std::size_t i = 0; i < covered.size(); ++i) {
        if (image.pixels()[i] == 0) continue;
        ++painted;
        if (!covered[i]) ++missed;
    }
    CHECK(painted > 200);
    CHECK(missed == 0);
    CHECK(std::count(covered.begin(), covered.end(), true) < 200 * 100 / 2);
}

TEST_CASE("figures beyond the edge of the image are cut, not wrapped") {
    Sprites sprites({});
    CrowdImage image(sprites);
    image.begin(40, 40);
    for (ImVec2 at : {ImVec2{-3, 20}, ImVec2{43, 20}, ImVec2{20, -3}, ImVec2{20, 43},
                      ImVec2{-100, -100}, ImVec2{500, 500}}) {
        image.add(at, 16, StudentId{1}, Pose::bench);
    }
    CHECK(image.finish());
    CHECK(image.pixels()[20 * 40 + 20] == 0);
    CHECK(image.pixels()[24 * 40] != 0);
}
