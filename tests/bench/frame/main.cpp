// homeroom_frame_bench: how long a picture takes. First without a renderer (what the program itself
// does: layout, motion, draw lists), then, where there is a display, whole pictures with OpenGL.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/frame.h"
#include "app/platform/surface.h"

namespace {

using namespace homeroom::app;
namespace sim = homeroom::sim;

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

struct Spread {
    double median, worst_tenth;  // ninety percent take no longer
};

Spread measure(int pictures, const std::function<void(int)>& picture) {
    std::vector<double> times;
    for (int i = 0; i < pictures; ++i) {
        const auto start = Clock::now();
        picture(i);
        times.push_back(ms_since(start));
    }
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 9 / 10]};
}

void print(const char* what, const char* how, Spread time, double mark) {
    std::printf("%-34s %-12s %9.2f %9.2f %8.0f %s\n", what, how, time.median, time.worst_tenth,
                mark, time.median <= mark ? "" : "over");
    std::fflush(stdout);
}

// Pictures without a renderer.
class Bare {
public:
    explicit Bare(const Options& options) {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
        io.DisplaySize = {1280, 720};
        frame_ = std::make_unique<Frame>(options, [](const Texture& texture) {
            return reinterpret_cast<ImTextureID>(std::intptr_t{2} + texture.slot);
        });
    }
    ~Bare() {
        frame_.reset();
        ImGui::DestroyContext();
    }
    Bare(const Bare&) = delete;
    Bare& operator=(const Bare&) = delete;

    Frame& frame() { return *frame_; }
    void draw(double seconds) {
        ImGuiIO& io = ImGui::GetIO();
        if (frame_->fit_fonts(io.DisplaySize)) {
            unsigned char* pixels = nullptr;
            int width = 0, height = 0;
            io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
            io.Fonts->SetTexID(reinterpret_cast<ImTextureID>(std::intptr_t{1}));
        }
        io.DeltaTime = static_cast<float>(std::max(seconds, 1e-5));
        ImGui::NewFrame();
        frame_->draw();
        ImGui::Render();
    }

private:
    std::unique_ptr<Frame> frame_;
};

// Pictures in a window that is not shown, with all that the renderer does.
class Whole {
public:
    explicit Whole(const Options& options) : surface_(1280, 720, Surface::Shown::no) {
        if (!surface_.ready()) return;
        frame_ = std::make_unique<Frame>(
            options, [this](const Texture& texture) { return surface_.upload(texture); });
    }
    bool ready() const { return surface_.ready(); }
    Frame& frame() { return *frame_; }
    void draw(double seconds) {
        surface_.draw(*frame_, seconds);
        surface_.wait_until_drawn();
    }

private:
    Surface surface_;
    std::unique_ptr<Frame> frame_;
};

Options lesson_with(const char* lesson, std::uint32_t students) {
    Options options;
    options.run.lesson = lesson;
    options.run.students = students;
    options.run.lesson_ns = 200'000;
    return options;
}

template <class Window>
void crowd(std::uint32_t students, double mark, const char* how) {
    Window window(lesson_with("stealing", students));
    Player& player = window.frame().player();
    const std::size_t middle = std::size_t{3} * students / 2;
    player.wait_for(middle + 2'000);
    const std::string count = std::to_string(students) + " students, ";
    player.show(middle, 1);
    for (int i = 0; i < 5; ++i) window.draw(0);
    print((count + "at rest").c_str(), how, measure(60, [&](int) { window.draw(1.0 / 60); }), mark);
    // In the middle of motions, another one each time.
    print((count + "moving").c_str(), how,
          measure(60,
                  [&](int i) {
                      player.show(middle + static_cast<std::size_t>(i) / 6, i % 6 / 6.0);
                      window.draw(0);
                  }),
          mark);
    player.apply(command::ChangeSpeed{1'000});
    player.apply(command::TogglePlay{});
    print((count + "played fast").c_str(), how, measure(60, [&](int) { window.draw(1.0 / 60); }),
          mark);
    player.apply(command::Pause{});
    const std::size_t known = player.known();
    print(
        (count + "scrubbing").c_str(), how,
        measure(40,
                [&](int i) {
                    player.apply(command::Seek{known * static_cast<std::size_t>(i * 37 % 40) / 40});
                    window.draw(1.0 / 60);
                }),
        mark);
}

template <class Window>
void long_timeline(std::size_t steps, double mark, const char* how) {
    Window window(lesson_with("ping-pong", 100'000));
    Frame& frame = window.frame();
    Player& player = frame.player();
    const auto start = Clock::now();
    while (player.timeline().size() < steps && !player.over())
        player.wait_for(player.known() + 100'000);
    std::fprintf(stderr, "%zu steps, %zu decisions after %.1f s\n", player.timeline().size(),
                 player.known(), ms_since(start) / 1e3);
    const std::string count = std::to_string(player.timeline().size() / 1'000'000) + " M steps, ";
    player.show(player.known() / 2, 1);
    for (int i = 0; i < 5; ++i) window.draw(0);
    print((count + "whole").c_str(), how, measure(40, [&](int) { window.draw(1.0 / 60); }), mark);
    print((count + "zooming").c_str(), how,
          measure(60,
                  [&](int i) {
                      frame.view().lane_span = std::pow(0.8, i);
                      frame.view().lane_first = 0.5 - frame.view().lane_span / 2;
                      window.draw(1.0 / 60);
                  }),
          mark);
    frame.view().lane_span = 0.01;
    print((count + "panning").c_str(), how,
          measure(60,
                  [&](int i) {
                      frame.view().lane_first = i / 64.0;
                      window.draw(1.0 / 60);
                  }),
          mark);
    frame.view().lane_kind = View::by_table;
    frame.view().lane_span = 1;
    frame.view().selected = {StagePick::student, 500};
    frame.view().charts = true;
    print((count + "tables, charts").c_str(), how, measure(40, [&](int) { window.draw(1.0 / 60); }),
          mark);
    frame.view().charts = false;
    const std::size_t known = player.known();
    print(
        (count + "scrubbing").c_str(), how,
        measure(40,
                [&](int i) {
                    player.apply(command::Seek{known * static_cast<std::size_t>(i * 37 % 40) / 40});
                    window.draw(1.0 / 60);
                }),
        mark);
}

template <class Window>
void all(const char* how, std::size_t steps) {
    crowd<Window>(1'000, 16, how);
    crowd<Window>(10'000, 16, how);
    crowd<Window>(100'000, 20, how);
    if (steps > 0) long_timeline<Window>(steps, 16, how);
}

}  // namespace

// homeroom_frame_bench [MILLIONS OF STEPS]
int main(int argc, char** argv) {
    const std::size_t steps = (argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 10) * 1'000'000;
    std::printf("%-34s %-12s %9s %9s %8s\n", "milliseconds a picture", "", "median", "90 %",
                "mark");
    all<Bare>("no renderer", steps);
    if (std::getenv("DISPLAY") == nullptr) return 0;
    all<Whole>("OpenGL", steps);
    return 0;
}
