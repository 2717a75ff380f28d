// Random programs in the model, for as long as one likes: --explore, and --explore-seed.
#include "app/explore.h"

#include <chrono>
#include <string>

#include "sim/choosers.h"
#include "sim/explain.h"
#include "sim/lesson.h"
#include "sim/random_program.h"
#include "sim/timeline.h"
#include "sim/until.h"
#include "sim/world.h"

namespace homeroom::app {
namespace {

using Clock = std::chrono::steady_clock;

// What the failure was, and under which rules.
void print_failure(const sim::RandomRun& run, const std::string& wrong, std::FILE* out) {
    std::fprintf(out, "%s: %s\n", sim::to_string(run).c_str(), wrong.c_str());
    std::fprintf(out, "it ran as: %s\n", sim::to_string(sim::options_of(run)).c_str());
}

std::uint64_t seed_of_the_day() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(
               std::chrono::duration_cast<std::chrono::seconds>(now).count()) *
           1'000'000;
}

// One lesson with one seed after another, until the moment comes in one of them.
int search_lesson(const Arguments& arguments, std::FILE* out) {
    const auto start = Clock::now();
    const std::chrono::duration<double> time(60 * arguments.explore_minutes);
    sim::RunOptions run = arguments.options.run;
    const sim::Lesson* lesson = sim::find_lesson(run.lesson);
    std::uint64_t runs = 0;
    do {
        sim::ClockOrder chooser(run.seed);
        sim::World world(run, {}, lesson->model_program(run), chooser);
        sim::Timeline film(run.teachers, run.clipboards);
        world.on_step = [&film](const sim::Step& step) { film.append(step); };
        world.run_to_end();
        ++runs;
        if (const auto found = sim::find_until(film, *arguments.until)) {
            std::fprintf(out, "seed %llu, run %llu: %s, after %zu decisions\n",
                         static_cast<unsigned long long>(run.seed),
                         static_cast<unsigned long long>(runs),
                         sim::words_of(*arguments.until, arguments.options.words).c_str(), *found);
            std::fprintf(out, "it ran as: %s\n", sim::to_string(run).c_str());
            std::fprintf(out, "to step through it: homeroom --lesson %s --seed %llu --until '%s'\n",
                         run.lesson.c_str(), static_cast<unsigned long long>(run.seed),
                         sim::to_string(*arguments.until).c_str());
            return 1;
        }
        ++run.seed;
    } while (Clock::now() - start < time);
    std::fprintf(out, "%llu runs from seed %llu: it never comes to pass\n",
                 static_cast<unsigned long long>(runs),
                 static_cast<unsigned long long>(arguments.options.run.seed));
    return 0;
}

}  // namespace

int explore(const Arguments& arguments, std::FILE* out) {
    if (arguments.until) return search_lesson(arguments, out);
    constexpr std::chrono::seconds progress_every(5);
    const std::uint64_t from = arguments.from ? *arguments.from : seed_of_the_day();
    const auto start = Clock::now();
    const std::chrono::duration<double> time(60 * arguments.explore_minutes);
    std::uint64_t runs = 0, steps = 0;
    auto tell = [&](Clock::time_point now) {
        const double seconds = std::chrono::duration<double>(now - start).count();
        std::fprintf(out, "%llu runs from seed %llu, %llu steps, %.0f runs a second\n",
                     static_cast<unsigned long long>(runs), static_cast<unsigned long long>(from),
                     static_cast<unsigned long long>(steps),
                     seconds > 0 ? static_cast<double>(runs) / seconds : 0.0);
        std::fflush(out);
    };
    auto told = start;
    for (auto now = start; now - start < time; now = Clock::now()) {
        if (now - told >= progress_every) {
            tell(now);
            told = now;
        }
        const sim::RandomRun run = sim::random_run(from, runs);
        const sim::RandomOutcome outcome = sim::play(run);
        ++runs;
        steps += outcome.steps;
        if (outcome.wrong.empty()) continue;
        print_failure(run, outcome.wrong, out);
        std::fprintf(out, "to see its end: homeroom --explore-seed %s\n",
                     sim::to_string(run).c_str());
        return 1;
    }
    tell(Clock::now());
    return 0;
}

int replay(const Arguments& arguments, std::FILE* out) {
    constexpr std::size_t decisions_told = 40;
    const sim::RandomRun& run = arguments.replayed;
    const sim::RunOptions options = sim::options_of(run);
    sim::Timeline film(options.teachers, options.clipboards);
    const sim::RandomOutcome outcome =
        sim::play(run, [&film](const sim::Step& step) { film.append(step); });

    const std::size_t decisions = film.decisions();
    const std::size_t first = decisions > decisions_told ? decisions - decisions_told : 0;
    sim::School before = film.school_at(0);
    std::size_t folded = 0;
    for (std::size_t k = 0; k < decisions; ++k) {
        if (k >= first)
            std::fprintf(out, "%s\n",
                         sim::describe_fully(film, k, before, arguments.options.words).c_str());
        for (; folded < film.decision_end(k); ++folded) before.fold(film.step(folded));
    }
    if (!outcome.wrong.empty()) {
        print_failure(run, outcome.wrong, out);
        return 1;
    }
    std::fprintf(out, "%s: nothing is wrong\n", sim::to_string(run).c_str());
    return 0;
}

}  // namespace homeroom::app
