// The real window: GLFW, OpenGL 3.3 and Dear ImGui's backends for them.
#include "app/platform/window.h"

#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/export/press.h"
#include "app/export/studio.h"
#include "app/finder.h"
#include "app/frame.h"
#include "app/headless.h"
#include "app/palette.h"
#include "app/platform/film.h"
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

// A picture that was asked for in the window.
void take_picture(const Shot& shot, Surface& surface, Frame& frame) {
    frame.view().saved.clear();
    surface.draw(frame, 0);  // once more, without what asked for it
    frame.tell_written(shot.file, surface.write_png(shot.file));
}

// Writes on at the film that was asked for, and says how far it is. What is shown may be another
// run by now: then there is no film of the one before.
void write_film(std::unique_ptr<FilmJob>& job, unsigned run, Surface& surface, Frame& frame) {
    // Between two pictures of the window, so that a hand on the mouse hardly notices.
    constexpr double budget_s = 0.05;
    View& view = frame.view();
    const bool stopped = std::exchange(view.stop_filming, false);
    if (stopped || frame.player().runs() != run) {
        job->stop();
        frame.tell_stopped(job->file());
    } else if (job->go_on(surface, frame, budget_s)) {
        view.filmed = job->share();
        return;
    } else {
        const bool many = !job->file().ends_with(".gif");
        frame.tell_written(job->file() + (many ? "-0001.png …" : ""), job->good());
    }
    view.filmed = -1;
    job.reset();
}

}  // namespace

int run_window(const Arguments& arguments) {
    Surface surface(arguments.width, arguments.height, Surface::Shown::yes);
    if (!surface.ready()) return 2;
    Frame frame(arguments.options, [&](const Texture& texture) { return surface.upload(texture); });
    if (arguments.until) frame.player().apply(command::RunUntil{*arguments.until});
    std::string title, state;
    std::map<std::string, Box> controls;
    std::unique_ptr<FilmJob> job;  // the film that is being written
    unsigned filmed_run = 0;
    while (!surface.closed() && !frame.view().quit) {
        const double wait = job ? 0 : frame.busy() ? picture_s : calm_wait_s;
        surface.wait_for_input(wait - surface.seconds_since_shown());
        if (frame.title() != title) surface.set_title(title = frame.title());
        surface.set_fullscreen(frame.view().fullscreen);
        if (const std::string file = surface.dropped(); !file.empty()) frame.open(file);
        surface.draw(frame);
        surface.show();
        if (auto shot = frame.take_shot()) {
            if (shot->kind == Shot::Kind::picture) {
                take_picture(*shot, surface, frame);
            } else if (!job) {
                job = std::make_unique<FilmJob>(shot->kind, shot->file, std::move(shot->film));
                filmed_run = frame.player().runs();
            }
        }
        if (job) write_film(job, filmed_run, surface, frame);
        if (arguments.report_state) report(frame, state, controls);
    }
    frame.keep_for_next_time();
    return 0;
}

namespace {

// What the flags say about the picture: --at, --until, --select, and what lies over the scene. The
// decision that is shown; nothing: a line on stderr has said why not.
std::optional<std::size_t> set_scene(const Arguments& arguments, Frame& frame) {
    Player& player = frame.player();
    player.wait_for(arguments.at);
    if (player.known() < arguments.at) {
        std::fprintf(stderr, "homeroom: --at must be at most %zu: this run has no more decisions\n",
                     player.known());
        return std::nullopt;
    }
    std::size_t at = arguments.at;
    if (arguments.until) {
        auto found = run_until(player.recording(), *arguments.until, at);
        if (!found) {
            std::fprintf(stderr, "homeroom: --until: this run never comes to %s\n",
                         sim::to_string(*arguments.until).c_str());
            return std::nullopt;
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
            return std::nullopt;
        }
        frame.view().selected = found.front();
    }
    frame.view().charts = arguments.charts;
    frame.view().prices = arguments.prices;
    frame.view().accounts = arguments.accounts;
    frame.view().acted = at > 0;
    // A picture of a decision tells its reason.
    if (at > 0 && !teaches) frame.view().tab = View::why;
    return at;
}

bool ends_with(const std::string& name, const char* ending) { return name.ends_with(ending); }

// Draws what the flags ask for with `draw`, which draws one picture; false: see set_scene.
bool draw_scene_of(const Arguments& arguments, Frame& frame,
                   const std::function<void(double)>& draw) {
    const auto at = set_scene(arguments, frame);
    if (!at) return false;
    // The first pictures settle sizes that ImGui learns only by drawing.
    for (int i = 0; i < 4; ++i) {
        draw(0);
        frame.player().show(*at, arguments.motion);
    }
    if (arguments.press.empty()) return true;
    std::string error;
    const auto keys = parse_keys(arguments.press, error);  // they were read with the flags
    press_keys(*keys, [&] { draw(1.0 / 60); });
    // What the keys have set going comes to its end, within reason.
    for (int i = 0; i < 600 && (i < 4 || frame.busy()); ++i) draw(1.0 / 60);
    return true;
}

// An SVG needs no display.
int draw_svg(const Arguments& arguments) {
    Studio studio(arguments.options,
                  {static_cast<float>(arguments.width), static_cast<float>(arguments.height)});
    std::vector<std::string> cards;
    if (arguments.only == "scene") cards = {"caption", "scene"};
    if (arguments.only == "timeline") cards = {"strip"};
    const std::string svg = studio.within([&](Frame& frame) {
        const bool good =
            draw_scene_of(arguments, frame, [&](double seconds) { studio.draw(seconds); });
        return good ? frame.svg(cards) : std::string();
    });
    if (svg.empty()) return 2;
    if (write_file(arguments.screenshot, svg)) return 0;
    std::fprintf(stderr, "homeroom: --screenshot: cannot write '%s'\n",
                 arguments.screenshot.c_str());
    return 2;
}

}  // namespace

int take_screenshot(const Arguments& arguments) {
    if (ends_with(arguments.screenshot, ".svg")) return draw_svg(arguments);
    Surface surface(arguments.width, arguments.height, Surface::Shown::no);
    if (!surface.ready()) return 2;
    Frame frame(arguments.options, [&](const Texture& texture) { return surface.upload(texture); });
    if (!draw_scene_of(arguments, frame, [&](double seconds) { surface.draw(frame, seconds); }))
        return 2;
    if (!surface.write_png(arguments.screenshot)) {
        std::fprintf(stderr, "homeroom: --screenshot: cannot write '%s'\n",
                     arguments.screenshot.c_str());
        return 2;
    }
    return 0;
}

int make_film(const Arguments& arguments) {
    const std::size_t to = arguments.to.value_or(arguments.at + 12);
    const auto film = film_between(arguments.at, to, arguments.film_speed);
    if (film.size() > film_pictures_max) {
        std::fprintf(stderr,
                     "homeroom: --film: %zu pictures would be too many; choose a nearer --to or a "
                     "higher --speed\n",
                     film.size());
        return 2;
    }
    Surface surface(arguments.width, arguments.height, Surface::Shown::no);
    if (!surface.ready()) return 2;
    Frame frame(arguments.options, [&](const Texture& texture) { return surface.upload(texture); });
    if (!draw_scene_of(arguments, frame, [&](double seconds) { surface.draw(frame, seconds); }))
        return 2;
    frame.player().wait_for(to);
    if (frame.player().known() < to) {
        std::fprintf(stderr, "homeroom: --to must be at most %zu: this run has no more decisions\n",
                     frame.player().known());
        return 2;
    }
    frame.view().tab = View::why;
    frame.view().acted = true;
    const std::string& file = arguments.film;
    const bool gif = ends_with(file, ".gif");
    FilmJob job(gif ? Shot::Kind::gif : Shot::Kind::pictures,
                gif ? file : file.substr(0, file.size() - 4), film);
    while (job.go_on(surface, frame, 1)) {
    }
    if (job.good()) return 0;
    std::fprintf(stderr, "homeroom: --film: cannot write '%s'\n", file.c_str());
    return 2;
}

}  // namespace homeroom::app
