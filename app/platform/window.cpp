// The real window: GLFW, OpenGL 3.3 and Dear ImGui's backends for them.
#include "app/platform/window.h"

#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "app/finder.h"
#include "app/frame.h"
#include "app/headless.h"
#include "app/palette.h"
#include "app/platform/surface.h"

namespace homeroom::app {
namespace {

// When nothing moves, a picture now and then is enough: sleepers breathe, tooltips appear.
constexpr double calm_wait_s = 1.0 / 20;
// Where nothing holds a picture back until the screen can show it, we do: a native class needs the
// CPU too.
constexpr double picture_s = 1.0 / 60;

void report(const Frame& frame, std::string& last_state,
            std::map<std::string, Box>& last_controls) {
    std::string state = frame.state();
    if (state != last_state) std::puts(state.c_str());
    last_state = std::move(state);
    // Where a script may click; once per layout.
    for (const auto& [name, box] : frame.ui().controls()) {
        Box& last = last_controls[name];
        if (last.min.x == box.min.x && last.min.y == box.min.y && last.max.x == box.max.x) continue;
        last = box;
        std::printf("control %s %.0f %.0f\n", name.c_str(), static_cast<double>(box.centre().x),
                    static_cast<double>(box.centre().y));
    }
    std::fflush(stdout);
}

}  // namespace

int run_window(const Arguments& arguments) {
    Surface surface(arguments.width, arguments.height, Surface::Shown::yes);
    if (!surface.ready()) return 2;
    Frame frame(arguments.options, [&](const Texture& texture) { return surface.upload(texture); });
    if (arguments.until) frame.player().apply(command::RunUntil{*arguments.until});
    std::string title, state;
    std::map<std::string, Box> controls;
    while (!surface.closed() && !frame.view().quit) {
        surface.wait_for_input((frame.busy() ? picture_s : calm_wait_s) -
                               surface.seconds_since_shown());
        if (frame.title() != title) surface.set_title(title = frame.title());
        surface.set_fullscreen(frame.view().fullscreen);
        if (const std::string file = surface.dropped(); !file.empty()) frame.open(file);
        surface.draw(frame);
        surface.show();
        if (arguments.report_state) report(frame, state, controls);
    }
    frame.keep_for_next_time();
    return 0;
}

int take_screenshot(const Arguments& arguments) {
    Surface surface(arguments.width, arguments.height, Surface::Shown::no);
    if (!surface.ready()) return 2;
    Frame frame(arguments.options, [&](const Texture& texture) { return surface.upload(texture); });
    Player& player = frame.player();
    player.wait_for(arguments.at);
    if (player.known() < arguments.at) {
        std::fprintf(stderr, "homeroom: --at must be at most %zu: this run has no more decisions\n",
                     player.known());
        return 2;
    }
    std::size_t at = arguments.at;
    if (arguments.until) {
        auto found = run_until(player.recording(), *arguments.until, at);
        if (!found) {
            std::fprintf(stderr, "homeroom: --until: this run never comes to %s\n",
                         sim::to_string(*arguments.until).c_str());
            return 2;
        }
        player.wait_for(at = *found);
    }
    const bool teaches = frame.teaching() != nullptr;
    if (teaches) {
        const Teaching& lesson = *frame.teaching();
        const sim::Question* question = lesson.question(frame.view().words);
        at = player.position();
        if (lesson.revealed()) player.wait_for(at = question->shown_at);
        player.apply(command::Pause{});
    }
    player.show(at, arguments.motion);
    if (!arguments.select.empty()) {
        const std::vector<StagePick> found = find_by_name(player.now(), arguments.select);
        if (found.empty()) {
            std::fprintf(stderr, "homeroom: --select: nobody is called '%s' at this moment\n",
                         arguments.select.c_str());
            return 2;
        }
        frame.view().selected = found.front();
    }
    frame.view().charts = arguments.charts;
    frame.view().prices = arguments.prices;
    frame.view().accounts = arguments.accounts;
    frame.view().acted = at > 0;
    // A picture of a decision tells its reason.
    if (at > 0 && !teaches) frame.view().tab = View::why;
    // The first pictures settle sizes that ImGui learns only by drawing.
    for (int i = 0; i < 4; ++i) {
        surface.draw(frame, 0.0);
        player.show(at, arguments.motion);
    }
    if (!surface.write_png(arguments.screenshot)) {
        std::fprintf(stderr, "homeroom: --screenshot: cannot write '%s'\n",
                     arguments.screenshot.c_str());
        return 2;
    }
    return 0;
}

}  // namespace homeroom::app
