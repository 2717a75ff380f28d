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
#include <string>

#include "sim/choosers.h"
#include "sim/glossary.h"
#include "sim/lesson.h"
#include "sim/world.h"

namespace homeroom::sim {
namespace {

constexpr int shown_decisions = 120;  // the part that one looks at in the window, and can review

std::string line_of(const Step& step) {
    const std::string table =
        step.table == TableId::hall_monitor ? "monitor" : "M" + std::to_string(index(step.table));
    char line[160];
    std::snprintf(line, sizeof line, "%12" PRId64 "  %-8s", step.time, table.c_str());
    std::string text = line;
    const auto column = [&text](const std::string& word, std::size_t width) {
        text += word;
        text.append(word.size() < width ? width - word.size() : 1, ' ');
    };
    column(
        step.clipboard() == ClipboardId::none ? "" : "P" + std::to_string(index(step.clipboard())),
        4);
    column(step.student() == StudentId::none ? "" : "G" + std::to_string(index(step.student())), 6);
    // The kind by its number in the vocabulary would be stable but unreadable; its word is both,
    // nearly.
    column(word_of(step.event.kind, Words::field), 24);
    std::snprintf(line, sizeof line, "%08" PRIx32, step.event.arg);
    return text + line + "\n";
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

TEST_CASE("each lesson's run is the one that was reviewed") {
    const std::filesystem::path folder =
        std::filesystem::path(HOMEROOM_SOURCE_DIR) / "tests" / "golden";
    const char* update = std::getenv("HOMEROOM_UPDATE_GOLDEN");
    for (const Lesson& lesson : lessons()) {
        CAPTURE(lesson.name);
        const std::filesystem::path path = folder / (std::string(lesson.name) + ".trace.txt");
        const std::string trace = trace_of(lesson);
        if (update != nullptr && std::string(update) == "1") std::ofstream(path) << trace;
        std::ifstream file(path);
        const std::string reviewed{std::istreambuf_iterator<char>(file), {}};
        CHECK(trace == reviewed);
        CHECK(trace == trace_of(lesson));  // and it is the same each time
    }
}

}  // namespace homeroom::sim
