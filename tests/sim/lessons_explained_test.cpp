// Every lesson, run in the model with many options: the checkers agree with every step, the picture
// is whole, and every decision has a sentence that reads well.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sim/checkers.h"
#include "sim/choosers.h"
#include "sim/explain.h"
#include "sim/lesson.h"
#include "sim/world.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

constexpr const char* variants[] = {
    "",
    " teachers=2",
    " teachers=1 clipboards=3",
    " clipboards=1",
    " students=30 seed=5",
    " rules=no-steal,no-hand-off,no-spinning",
    " rules=no-next-slot,no-wake,no-retake,slice=1ms",
    " rules=ring=2,tick=3,no-inherit",
};

struct LessonPlayed {
    Timeline timeline;
    std::string violation;
    Ending ending;
};

LessonPlayed play(const Lesson& lesson, const RunOptions& run, Chooser& chooser,
                  const WorldOptions& options = {}) {
    World world(run, options, lesson.model_program(run), chooser);
    LessonPlayed played{Timeline(run.teachers, run.clipboards), "", Ending::none};
    Checkers checkers({.rules = run.rules});
    world.on_step = [&](const Step& step) {
        played.timeline.append(step);
        checkers.see(step, played.timeline.latest());
    };
    played.ending = world.run_to_end();
    checkers.end(played.timeline.latest(), played.ending);
    played.violation = checkers.violation();
    return played;
}

RunOptions options_of(const Lesson& lesson, const char* variant) {
    std::string error;
    const auto run = parse_run(to_string(lesson.defaults) + variant, error);
    REQUIRE_MESSAGE(run.has_value(), error);
    return *run;
}

std::size_t decisive_rungs(const Reason& reason) {
    return static_cast<std::size_t>(std::count_if(reason.ladder.begin(), reason.ladder.end(),
                                                  [](const ReasonLine& l) { return l.decisive; }));
}

// A sentence in the wrong language, or with a hole in it.
bool reads_well(const std::string& caption, Words words) {
    for (const char* hole :
         {"{", "}", "  ", " .", " ,", ": .", "no table", "no machine", "nobody's"}) {
        if (caption.find(hole) != std::string::npos) return false;
    }
    if (words == Words::school) return caption.find(" P0") == std::string::npos;
    for (const char* school_word : {"tudent", "lipboard", "eacher", " table", "Table", "bench"}) {
        if (caption.find(school_word) != std::string::npos) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("in no lesson is a student ever in a wrong place, and every decision can be explained") {
    for (const Lesson& lesson : lessons()) {
        for (const char* variant : variants) {
            const RunOptions run = options_of(lesson, variant);
            CAPTURE(to_string(run));
            ClockOrder chooser(run.seed);
            const LessonPlayed played = play(lesson, run, chooser);
            CHECK(played.violation == "");
            CHECK((played.ending == Ending::finished || lesson.may_deadlock));
            const Timeline& timeline = played.timeline;
            School before = timeline.school_at(0);
            std::size_t folded = 0;
            for (std::size_t k = 0; k < timeline.decisions(); ++k) {
                for (Words words : {Words::school, Words::field}) {
                    const Reason reason = explain(timeline, k, before, words);
                    const bool good = reason.caption.size() <= 110 && !reason.caption.empty() &&
                                      reads_well(reason.caption, words) && !reason.rule.empty();
                    if (!good) FAIL_CHECK(reason.caption);
                    const Event& event = timeline.step(timeline.step_of_decision(k)).event;
                    if (event.kind == EventKind::ran && decisive_rungs(reason) != 1) {
                        FAIL_CHECK(describe_fully(timeline, k, before, words));
                    }
                }
                while (folded < timeline.decision_end(k)) before.fold(timeline.step(folded++));
            }
        }
    }
}

namespace {

// As every search: another thread may go first at each access, and stores land late.
WorldOptions searching() {
    WorldOptions options;
    options.gates = Gates::every_access;
    options.stores_land_late = true;
    options.access_limit = 300'000;
    return options;
}

}  // namespace

TEST_CASE("in searches, too, the checkers are content with every lesson") {
    for (const Lesson& lesson : lessons()) {
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            RunOptions run = lesson.defaults;
            run.students = 4;
            run.lesson_ns = 2'000;
            run.seed = seed;
            CAPTURE(to_string(run));
            Random random(seed);
            FewPreemptions few(seed);
            const LessonPlayed played =
                play(lesson, run, seed % 2 ? static_cast<Chooser&>(few) : random, searching());
            CHECK(played.violation == "");
        }
    }
}

// Aim: the checkers notice a core that is lost, which nothing else does: the lesson ends all the
// same. Method: ping-pong, with one fence of the runtime after another doing nothing, until a seed
// loses a core.
TEST_CASE("without the fences of the wake-up protocol the checkers find a lost core") {
    const Lesson& lesson = *find_lesson("ping-pong");
    RunOptions run = lesson.defaults;
    run.students = 3;
    run.lesson_ns = 2'000'000;
    run.teachers = 3;
    run.clipboards = 2;
    std::vector<Site> sites;
    WorldOptions options = searching();
    options.monitor = false;
    options.sites = &sites;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        FewPreemptions few(seed);
        CHECK(play(lesson, run, few, options).violation == "");
    }
    options.sites = nullptr;
    int found = 0;
    for (const Site& site : sites) {
        if (site.kind != Site::Kind::fence) continue;
        options.weakened = site.place;
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            FewPreemptions few(seed);
            const LessonPlayed played = play(lesson, run, few, options);
            if (played.violation.find("nobody searches") == std::string::npos) continue;
            CHECK((played.ending == Ending::finished || lesson.may_deadlock));
            ++found;
            break;
        }
    }
    CHECK(found >=
          2);  // the submitter's fence and the one of who gives up (runtime/idle.h, S2 and G2)
}
