// The camera: it never shows what is beyond the school, and what one looks at stays where it is.
#include "app/stage/camera.h"

#include <doctest/doctest.h>

using namespace homeroom::app;

namespace {

const Rect whole{100, 50, 1100, 650};

bool near(ImVec2 a, ImVec2 b) {
    return a.x - b.x < 0.1f && b.x - a.x < 0.1f && a.y - b.y < 0.1f && b.y - a.y < 0.1f;
}

}  // namespace

TEST_CASE("the camera that sees all moves nothing") {
    const Rect place{120, 60, 300, 200};
    CHECK(Camera{}.on_screen(place, whole) == place);
    CHECK(near(Camera{}.from_screen({500, 300}, whole), {500, 300}));
}

TEST_CASE("from the screen and back again") {
    const Camera camera{{0.3f, 0.7f}, 3.5f};
    const ImVec2 point(444, 333);
    CHECK(near(camera.on_screen(camera.from_screen(point, whole), whole), point));
}

TEST_CASE("what is under the mouse stays there when the wheel turns") {
    Camera camera{{0.5f, 0.5f}, 2};
    const ImVec2 mouse(700, 420);
    const ImVec2 under = camera.from_screen(mouse, whole);
    for (float factor : {1.25f, 1.25f, 0.8f, 2.0f}) {
        camera = zoomed(camera, factor, mouse, whole);
        CHECK(near(camera.on_screen(under, whole), mouse));
    }
}

TEST_CASE("no camera shows anything beyond the school, however it got there") {
    Camera camera;
    const ImVec2 corners[] = {{100, 50}, {1099, 50}, {100, 649}, {1099, 649}, {600, 350}};
    for (int i = 0; i < 200; ++i) {
        camera = zoomed(camera, i % 3 == 2 ? 0.5f : 1.6f, corners[i % 5], whole);
        camera = dragged(camera, {static_cast<float>(i * 37 % 400) - 200, 150}, whole);
        const Rect seen = camera.on_screen(whole, whole);
        REQUIRE(camera.zoom >= 1);
        REQUIRE(camera.zoom <= zoom_max);
        REQUIRE(seen.x0 <= whole.x0 + 0.5f);
        REQUIRE(seen.y0 <= whole.y0 + 0.5f);
        REQUIRE(seen.x1 >= whole.x1 - 0.5f);
        REQUIRE(seen.y1 >= whole.y1 - 0.5f);
    }
}

TEST_CASE("facing a place shows all of it, and as large as fits") {
    for (const Rect place :
         {Rect{200, 100, 500, 250}, Rect{100, 50, 400, 200}, Rect{900, 300, 960, 640}}) {
        const Rect seen = facing(place, whole, 1).on_screen(place, whole);
        CHECK(seen.x0 >= whole.x0 - 0.5f);
        CHECK(seen.x1 <= whole.x1 + 0.5f);
        CHECK(seen.y0 >= whole.y0 - 0.5f);
        CHECK(seen.y1 <= whole.y1 + 0.5f);
        CHECK((seen.w() > whole.w() - 1 || seen.h() > whole.h() - 1));
    }
}

TEST_CASE("a room of any shape is shown from wall to wall, and from afar in its own shape again") {
    const Rect tall{200, 100, 300, 500};
    Camera camera = filling(tall, whole);
    const Rect seen = camera.on_screen(tall, whole);
    CHECK(near(seen.min(), whole.min()));
    CHECK(near(seen.max(), whole.max()));
    for (int i = 0; i < 40; ++i) camera = zoomed(camera, 0.8f, {300, 300}, whole);
    CHECK(camera.stretch == doctest::Approx(1).epsilon(0.01));
    CHECK(camera.zoom == doctest::Approx(1).epsilon(0.01));
}

TEST_CASE("a flight begins where it is and ends where it shall, without a jump") {
    CameraFlight flight;
    const Camera goal = facing({200, 100, 300, 160}, whole, 0.7f);
    flight.fly(goal, 0.5f);
    CHECK(flight.now() == Camera{});
    float last = 1;
    for (int i = 0; i < 40; ++i) {
        flight.pass(1.0f / 60);
        CHECK(flight.now().zoom >= last);
        CHECK(flight.now().zoom < last * 1.5f);
        last = flight.now().zoom;
    }
    CHECK_FALSE(flight.flies());
    CHECK(flight.now() == goal);
    flight.fly({}, 0);  // reduced motion
    CHECK(flight.now() == Camera{});
}
