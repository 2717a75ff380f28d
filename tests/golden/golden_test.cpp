// The first decisions of each lesson, as text that can be read and reviewed, and the hash of its
// whole run: equal with every compiler and on every machine. A change of schedule shows as a
// readable difference. HOMEROOM_UPDATE_GOLDEN=1 writes the files anew; the commit says why they may
// change.
#include <doctest/doctest.h>

#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "sim/choosers.h"
#include "sim/lesson.h"
#include "sim/world.h"

namespace homeroom::sim {
namespace {

constexpr int shown_decisions = 120;  // the part that one looks at in the window, and can review

// The vocabulary's own names, in its order: captions may be reworded without a change here.
constexpr const char* kind_names[] = {
    "looked",
    "queued",
    "served",
    "released",
    "acquired",
    "named",
    "guarded",
    "runnable",
    "spawned",
    "ran",
    "yielded",
    "preempted",
    "parked",
    "readied",
    "ended",
    "blocked",
    "unblocked",
    "machine_started",
    "machine_parked",
    "machine_woken",
    "machine_ended",
    "processor_acquired",
    "processor_released",
    "handed_off",
    "retaken",
    "spinning_began",
    "spinning_ended",
    "stole",
    "overflowed",
    "refilled",
    "preempt_asked",
    "world_stopped",
    "processor_gone",
    "world_started",
    "timer_fired",
    "channel_made",
    "sent",
    "received",
    "closed",
    "mutex_made",
    "rw_mutex_made",
    "locked",
    "unlocked",
    "read_locked",
    "read_unlocked",
    "pipe_made",
    "wait_group_made",
    "condition_made",
    "semaphore_made",
    "counted",
    "object_ended",
    "shared_made",
    "read",
    "changed",
    "wrote",
    "expected",
    "seated",
    "unseated",
    "worked",
    "finished",
    "deadlocked",
    "crashed",
    "made",
    "shared",
    "forked",
    "replaced",
    "copied",
    "returned",
    "faulted",
    "process_ended",
};
static_assert(std::size(kind_names) == static_cast<std::size_t>(EventKind::process_ended) + 1);

// Time, machine, processor, coroutine, what, and its argument as the event packs it.
std::string line_of(const Step& step) {
    const auto numbered = [](char letter, bool known, std::size_t number) {
        return known ? letter + std::to_string(number) : std::string();
    };
    const bool monitor = step.table == TableId::hall_monitor;
    const std::string m = monitor ? "monitor" : numbered('M', true, index(step.table));
    const std::string p =
        numbered('P', step.clipboard() != ClipboardId::none, index(step.clipboard()));
    const std::string g = numbered('G', step.student() != StudentId::none, index(step.student()));
    char line[160];
    std::snprintf(line, sizeof line, "%10" PRId64 " %-7s %-3s %-4s %-18s %08" PRIx32 "\n",
                  step.time, m.c_str(), p.c_str(), g.c_str(),
                  kind_names[static_cast<std::size_t>(step.event.kind)], step.event.arg);
    return line;
}

std::string trace_of(const Lesson& lesson) {
    const RunOptions& options = lesson.defaults;
    ClockOrder chooser(options.seed);
    World world(options, {}, lesson.model_program(options), chooser);
    std::string text = to_string(options) + "\n";
    std::uint64_t steps = 0;
    int decisions = 0;
    world.on_step = [&](const Step& step) {
        ++steps;
        if (step.is_decision() && ++decisions <= shown_decisions) text += line_of(step);
    };
    world.run_to_end();
    char last[80];
    std::snprintf(last, sizeof last, "… %d decisions, %" PRIu64 " steps, hash %016" PRIx64 "\n",
                  decisions, steps, world.trace_hash());
    return text + last;
}

}  // namespace

namespace {

// "line 12: this, where that was reviewed": the first, as all later ones follow from it.
std::string first_difference(const std::string& trace, const std::string& reviewed) {
    std::istringstream now(trace), before(reviewed);
    std::string line_now, line_before;
    for (int number = 1;; ++number) {
        const bool more_now = static_cast<bool>(std::getline(now, line_now));
        const bool more_before = static_cast<bool>(std::getline(before, line_before));
        if (!more_now && !more_before) return "";
        if (!more_now) line_now = "nothing";
        if (!more_before) line_before = "nothing";
        if (line_now == line_before) continue;
        return "line " + std::to_string(number) + ": " + line_now + ", where " + line_before +
               " was reviewed";
    }
}

}  // namespace

TEST_CASE("each lesson's run is the one that was reviewed") {
    const std::filesystem::path folder =
        std::filesystem::path(HOMEROOM_SOURCE_DIR) / "tests" / "golden";
    const char* update = std::getenv("HOMEROOM_UPDATE_GOLDEN");
    for (const Lesson& lesson : lessons()) {
        CAPTURE(std::string(lesson.name));
        const std::filesystem::path path = folder / (std::string(lesson.name) + ".trace.txt");
        const std::string trace = trace_of(lesson);
        if (update != nullptr && std::string(update) == "1") std::ofstream(path) << trace;
        std::ifstream file(path);
        const std::string reviewed{std::istreambuf_iterator<char>(file), {}};
        CHECK(first_difference(trace, reviewed) == "");
        CHECK(first_difference(trace, trace_of(lesson)) == "");  // the same each time
    }
}

}  // namespace homeroom::sim
