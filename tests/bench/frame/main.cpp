// homeroom_frame_bench: how long a picture takes. First without a renderer (what the program itself
// does: layout, motion, draw lists), then, where there is a display, whole pictures with OpenGL.
#include <time.h>

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
#include "sim/language.h"

namespace {

using namespace homeroom::app;
namespace sim = homeroom::sim;

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Of all threads of this process, those of a renderer without a GPU included.
double cpu_ms() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

struct Spread {
    double median, worst_tenth;  // ninety percent take no longer
    double cpu;                  // median
};

Spread spread_of(std::vector<double> times, std::vector<double> cpu) {
    std::sort(times.begin(), times.end());
    std::sort(cpu.begin(), cpu.end());
    return {times[times.size() / 2], times[times.size() * 9 / 10], cpu[cpu.size() / 2]};
}

Spread measure(int pictures, const std::function<void(int)>& picture) {
    std::vector<double> times, cpu;
    for (int i = 0; i < pictures; ++i) {
        const auto start = Clock::now();
        const double cpu_start = cpu_ms();
        picture(i);
        cpu.push_back(cpu_ms() - cpu_start);
        times.push_back(ms_since(start));
    }
    return spread_of(times, cpu);
}

std::string only;  // rows with this in their names

bool is_wanted(const std::string& what, const char* how) {
    return (what + " " + how).find(only) != std::string::npos;
}

// On a machine with other work the CPU time is what can be compared.
void print(const std::string& what, const char* how, Spread time, double mark) {
    std::printf("%-34s %-12s %9.2f %9.2f %9.2f %8.0f %s\n", what.c_str(), how, time.median,
                time.worst_tenth, time.cpu, mark, time.median <= mark ? "" : "over");
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
    bool right() const { return true; }

private:
    std::unique_ptr<Frame> frame_;
};

// Pictures in a window that is not shown, with all that the renderer does.
class Whole {
public:
    explicit Whole(const Options& options) : surface_(1280, 720, Surface::Shown::no) {
        if (!surface_.ready()) std::exit(2);  // it has said why
        frame_ = std::make_unique<Frame>(
            options, [this](const Texture& texture) { return surface_.upload(texture); });
    }
    Frame& frame() { return *frame_; }
    void draw(double seconds) {
        surface_.draw(*frame_, seconds);
        surface_.show();
        surface_.wait_until_drawn();
    }
    // The last picture was drawn in parts: it must be what it is when it is drawn as a whole.
    bool right() {
        const Pixels in_parts = surface_.pixels();
        surface_.draw_anew();
        return in_parts.rgb == surface_.pixels().rgb;
    }

private:
    Surface surface_;
    std::unique_ptr<Frame> frame_;
};

bool all_right = true;

template <class Window>
void row(Window& window, const std::string& what, const char* how, double mark, int pictures,
         const std::function<void(int)>& picture) {
    if (!is_wanted(what, how)) return;
    print(what, how, measure(pictures, picture), mark);
    if (window.right()) return;
    all_right = false;
    std::printf("    the parts that were drawn do not add up to the picture\n");
}

Options lesson_with(const char* lesson, std::uint32_t students) {
    Options options;
    options.run.lesson = lesson;
    options.run.students = students;
    options.run.lesson_ns = 200'000;
    return options;
}

template <class Window>
void crowd(std::uint32_t students, double mark, const char* how) {
    const std::string count = std::to_string(students) + " students, ";
    // Nothing of this is asked for.
    if (only.find(" students, ") != std::string::npos && only.rfind(count, 0) != 0) return;
    Window window(lesson_with("stealing", students));
    Player& player = window.frame().player();
    const std::size_t middle = std::size_t{3} * students / 2;
    player.wait_for(middle + 2'000);
    player.show(middle, 1);
    for (int i = 0; i < 5; ++i) window.draw(0);
    row(window, count + "at rest", how, mark, 60, [&](int) { window.draw(1.0 / 60); });
    // In the middle of motions, another one each time.
    row(window, count + "moving", how, mark, 60, [&](int i) {
        player.show(middle + static_cast<std::size_t>(i) / 6, i % 6 / 6.0);
        window.draw(0);
    });
    player.apply(command::ChangeSpeed{1'000});
    player.apply(command::TogglePlay{});
    row(window, count + "played fast", how, mark, 180, [&](int) { window.draw(1.0 / 60); });
    player.apply(command::Pause{});
    const std::size_t known = player.known();
    row(window, count + "scrubbing", how, mark, 40, [&](int i) {
        player.apply(command::Seek{known * static_cast<std::size_t>(i * 37 % 40) / 40});
        window.draw(1.0 / 60);
    });
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
    row(window, count + "whole", how, mark, 40, [&](int) { window.draw(1.0 / 60); });
    row(window, count + "zooming", how, mark, 60, [&](int i) {
        frame.view().lane_span = std::pow(0.8, i);
        frame.view().lane_first = 0.5 - frame.view().lane_span / 2;
        window.draw(1.0 / 60);
    });
    frame.view().lane_span = 0.01;
    row(window, count + "panning", how, mark, 60, [&](int i) {
        frame.view().lane_first = i / 64.0;
        window.draw(1.0 / 60);
    });
    frame.view().lane_kind = View::by_table;
    frame.view().lane_span = 1;
    frame.view().selected = {StagePick::student, 500};
    frame.view().charts = true;
    row(window, count + "tables, charts", how, mark, 40, [&](int) { window.draw(1.0 / 60); });
    frame.view().charts = false;
    const std::size_t known = player.known();
    row(window, count + "scrubbing", how, mark, 40, [&](int i) {
        player.apply(command::Seek{known * static_cast<std::size_t>(i * 37 % 40) / 40});
        window.draw(1.0 / 60);
    });
}

template <class Window>
void all(const char* how, std::size_t steps) {
    crowd<Window>(1'000, 16, how);
    crowd<Window>(10'000, 16, how);
    crowd<Window>(100'000, 20, how);
    if (steps > 0) long_timeline<Window>(steps, 16, how);
}

// In a process of its own: opens the window, draws the first picture, and says so.
int show_first(const std::string& language) {
    Options options;
    if (language == "zh") options.language = sim::Language::chinese;
    sim::speak(options.language);
    Whole window(options);
    window.draw(-1);
    std::printf("%f\n", cpu_ms());
    return 0;
}

// From the start of the program until its first picture is there.
void first_picture(const std::string& program, const char* language) {
    const std::string what = std::string("first picture, ") + language;
    if (!is_wanted(what, "OpenGL")) return;
    std::vector<double> times, cpu;
    for (int i = 0; i < 7; ++i) {
        const auto start = Clock::now();
        FILE* child = popen(("'" + program + "' first " + language).c_str(), "r");
        double took = 0;
        const bool shown = child != nullptr && std::fscanf(child, "%lf", &took) == 1;
        times.push_back(ms_since(start));
        cpu.push_back(took);
        if (child != nullptr) pclose(child);
        if (!shown) return;
    }
    print(what, "OpenGL", spread_of(times, cpu), 1000);
}

}  // namespace

// homeroom_frame_bench [MILLIONS OF STEPS [PART OF A ROW'S NAME]]
int main(int argc, char** argv) {
    if (argc == 3 && std::strcmp(argv[1], "first") == 0) return show_first(argv[2]);
    only = argc > 2 ? argv[2] : "";
    const std::size_t steps = (argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 10) * 1'000'000;
    std::printf("%-34s %-12s %9s %9s %9s %8s\n", "milliseconds a picture", "", "median", "90 %",
                "CPU", "mark");
    all<Bare>("no renderer", steps);
    if (std::getenv("DISPLAY") == nullptr) return 0;
    for (const char* language : {"en", "zh"}) first_picture(argv[0], language);
    all<Whole>("OpenGL", steps);
    return all_right ? 0 : 1;
}
