// What the program prints when it opens no window.
#include "app/headless.h"

#include <memory>

#include "app/model_run.h"
#include "app/native_run.h"
#include "sim/explain.h"
#include "sim/lesson.h"
#include "sim/summary.h"

namespace homeroom::app {
namespace {

std::unique_ptr<Recording> start(const Options& options) {
    if (options.world == WorldKind::native) return std::make_unique<NativeRun>(options);
    return std::make_unique<ModelRun>(options.run);
}

// A run that came to its end is a success, whatever it shows: a deadlock may be the lesson.
int exit_code(const Recording& recording, std::FILE* out) {
    std::string report = recording.report();
    if (!report.empty()) std::fprintf(out, "%s\n", report.c_str());
    return recording.class_crashed() ? 1 : 0;
}

// How many decisions of the run are wanted: all, or those up to --until.
std::size_t wanted_decisions(const Arguments& arguments, Recording& recording) {
    if (!arguments.until) return ~std::size_t{0};
    return run_until(recording, *arguments.until, 0).value_or(~std::size_t{0});
}

}  // namespace

std::optional<std::size_t> run_until(Recording& recording, const sim::Until& moment,
                                     std::size_t from) {
    recording.wait_for(from);
    sim::UntilSearch search(moment, recording.timeline(), from);
    for (;;) {
        if (auto found = search.go_on(recording.timeline(), recording.over())) return found;
        if (recording.over()) return std::nullopt;
        // Twice as far each time: few calls, and never much more of the run than is needed.
        recording.wait_for(2 * recording.timeline().decisions() + 64);
    }
}

int print_summary(const Arguments& arguments, std::FILE* out) {
    const Options& options = arguments.options;
    std::unique_ptr<Recording> recording = start(options);
    const std::size_t wanted = wanted_decisions(arguments, *recording);
    recording->wait_for(wanted);
    const sim::Timeline& film = recording->timeline();
    if (wanted < film.decisions()) {
        sim::Timeline part(options.run.teachers, options.run.clipboards);
        for (std::size_t i = 0; i < film.decision_end(wanted - 1); ++i) part.append(film.step(i));
        std::fputs(sim::summary(options.run, part, options.words).c_str(), out);
        return 0;
    }
    std::fputs(sim::summary(options.run, film, options.words).c_str(), out);
    if (recording->losses() > 0)
        std::fprintf(out, "%llu steps were lost\n",
                     static_cast<unsigned long long>(recording->losses()));
    return exit_code(*recording, out);
}

int print_steps(const Arguments& arguments, std::FILE* out) {
    std::unique_ptr<Recording> recording = start(arguments.options);
    const sim::Timeline& film = recording->timeline();
    sim::School before = film.school_at(0);
    std::size_t folded = 0;
    const std::size_t wanted = wanted_decisions(arguments, *recording);
    for (std::size_t k = 0; k < wanted; ++k) {
        // One more than needed, since details that complete a decision come after it.
        if (film.decisions() <= k + 1) recording->wait_for(k + 2);
        if (k >= film.decisions()) break;
        std::fprintf(out, "%s\n",
                     sim::describe_fully(film, k, before, arguments.options.words).c_str());
        for (; folded < film.decision_end(k); ++folded) before.fold(film.step(folded));
    }
    return wanted < film.decisions() ? 0 : exit_code(*recording, out);
}

int print_lessons(std::FILE* out) {
    for (const sim::Lesson& lesson : sim::lessons())
        std::fprintf(out, "%-20s %s\n", lesson.name, lesson.title);
    return 0;
}

}  // namespace homeroom::app
