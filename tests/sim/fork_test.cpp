// Classes that are copied: what fork copies at once and what it leaves to both, what exec throws
// away, and that at the end all is given back.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sim/choosers.h"
#include "sim/explain.h"
#include "sim/lesson.h"
#include "sim/timeline.h"
#include "sim/world.h"
#include "tests/sim/run_of.h"

using namespace homeroom;
using namespace homeroom::sim;

namespace {

struct TestFilm {
    Ending ending = Ending::none;
    std::string report;
    Timeline timeline;
    const School& school() const { return timeline.latest(); }
    // Steps of this kind, of this item if it is one of those that have any.
    std::vector<Step> all(EventKind kind) const {
        std::vector<Step> found;
        for (std::size_t i = 0; i < timeline.size(); ++i)
            if (timeline.step(i).event.kind == kind) found.push_back(timeline.step(i));
        return found;
    }
};

TestFilm play(const std::string& text) {
    const RunOptions run = run_of(text);
    ClockOrder chooser(run.seed);
    World world(run, {}, model_programs(run), chooser);
    TestFilm film{Ending::none, "", Timeline(run)};
    world.on_step = [&](const Step& step) { film.timeline.append(step); };
    film.ending = world.run_to_end();
    film.report = world.report();
    return film;
}

const Thing* variable_of(const School& school, std::uint16_t room) {
    for (const Thing& thing : school.things)
        if (thing.kind == Thing::Kind::variable && thing.room == ClassId{room}) return &thing;
    return nullptr;
}

std::size_t count_items(const std::vector<Step>& steps, KernelItem item) {
    return static_cast<std::size_t>(std::count_if(steps.begin(), steps.end(), [&](const Step& s) {
        return static_cast<KernelItem>(s.event.p) == item;
    }));
}

}  // namespace

TEST_CASE("with a class for each student, to call one in is a fork, and each ends for itself") {
    const TestFilm film = play("x teachers=2 class=classes:opening:students=3");
    CHECK(film.ending == Ending::finished);
    const School& school = film.school();
    REQUIRE(school.rooms.size() == 4);
    CHECK(school.counters.forks == 3);
    for (std::uint16_t i = 1; i < 4; ++i) {
        const Room& room = school.rooms[i];
        CHECK(room.forked);
        CHECK(room.parent == ClassId{0});
        CHECK(school.parent_pid(ClassId{i}) == school.pid(ClassId{0}));
        CHECK(room.ended);
        CHECK(room.status == 0);
        CHECK(room.ending == Ending::finished);
    }
    CHECK(school.parent_pid(ClassId{0}) == 1);
    CHECK(school.tables.size() == 4);
    for (std::uint16_t i = 0; i < 4; ++i) CHECK(school.tables[i].room == ClassId{i});
}

TEST_CASE("all that the kernel makes is given back in the end, whatever opened it") {
    for (const char* classes :
         {"class=classes:one-pen:students=5", "class=threads:post class=mpg:errand:from=0",
          "class=mpg:stealing class=mpg:lock:from=0 class=one-table:yield:from=1",
          "class=classes:family-tree:students=15", "class=threads:stealing:fault=3ms",
          "class=classes:spawn-join:students=4:fault=4ms class=mpg:lock"}) {
        CAPTURE(classes);
        const TestFilm film = play(std::string("x teachers=3 ") + classes);
        CHECK(film.school().memory_bytes == 0);
        CHECK(film.school().memory_peak > 7 * page_bytes);
        for (const Room& room : film.school().rooms) {
            CHECK(room.ended);
            CHECK(room.kernel_bytes() == 0);
            CHECK(room.pages() == 0);
            CHECK(room.descriptors.empty());
        }
    }
}

TEST_CASE("a fork copies structures and no page; the first who writes to one gets a copy") {
    const TestFilm film = play("x teachers=1 class=classes:one-pen:students=1");
    const auto made = film.all(EventKind::made), copied = film.all(EventKind::copied);
    // Once when the first class is opened, once for its copy.
    CHECK(count_items(made, KernelItem::memory) == 2);
    CHECK(count_items(made, KernelItem::region) == 8);
    // Pages only when the first class is opened.
    for (const Step& step : made)
        if (static_cast<KernelItem>(step.event.p) == KernelItem::page)
            CHECK(step.about == ClassId{0});
    // Both write on their stacks: the first one gets a copy, the other then has the page alone.
    // Only the child writes on the board.
    REQUIRE(copied.size() == 3);
    CHECK(copied[0].event.arg == (static_cast<std::uint32_t>(MemoryUse::stack) << 16 | 1));
    CHECK(copied[1].event.arg == static_cast<std::uint32_t>(MemoryUse::stack) << 16);
    CHECK(copied[2].event.arg == (static_cast<std::uint32_t>(MemoryUse::data) << 16 | 1));
    CHECK(copied[2].room == ClassId{1});
    CHECK(film.school().counters.pages_copied == 2);
}

TEST_CASE("each copy has a board of its own: what one writes there no other ever sees") {
    const TestFilm film = play("x teachers=2 class=classes:one-pen:students=2");
    const School& school = film.school();
    REQUIRE(variable_of(school, 0) != nullptr);
    CHECK(variable_of(school, 0)->value == 0);
    CHECK(variable_of(school, 1)->value == 2);
    CHECK(variable_of(school, 2)->value == 2);
    CHECK(variable_of(school, 2)->name == "Sum");
    CHECK(variable_of(school, 2)->guard == variable_of(school, 0)->guard);
    CHECK(school.counters.surprises == 1);  // the sum is not what the program expects
    CHECK(school.counters.races == 0);
    const TestFilm threads = play("x teachers=2 class=threads:one-pen:students=2");
    CHECK(variable_of(threads.school(), 0)->value == 4);
    CHECK(threads.school().counters.surprises == 0);
}

TEST_CASE("two classes with the same program have boards of their own") {
    const TestFilm film =
        play("x teachers=2 class=mpg:one-pen:students=2 class=mpg:one-pen:students=3");
    REQUIRE(variable_of(film.school(), 1) != nullptr);
    CHECK(variable_of(film.school(), 0)->value == 4);
    CHECK(variable_of(film.school(), 1)->value == 6);
    CHECK(film.school().counters.races == 0);
    CHECK(film.school().counters.surprises == 0);
}

TEST_CASE("a class that another opens is a copy of that until it calls exec") {
    const TestFilm film = play("x teachers=2 class=mpg:stealing class=mpg:lock:from=0");
    const School& school = film.school();
    CHECK(film.ending == Ending::finished);
    REQUIRE(school.rooms.size() == 2);
    CHECK(school.rooms[1].forked);
    CHECK(school.rooms[1].programs == 2);
    CHECK(film.all(EventKind::replaced).size() == 1);
    // It is opened later than its parent, and the copy's memory goes before the new one is made.
    CHECK(school.rooms[1].opening > school.rooms[0].opening);
    bool replaced = false, gone = false;
    std::size_t regions = 0;
    for (std::size_t i = 0; i < film.timeline.size(); ++i) {
        const Step& step = film.timeline.step(i);
        if (step.room != ClassId{1} || step.event.kind == EventKind::process_ended) continue;
        replaced = replaced || step.event.kind == EventKind::replaced;
        const bool region = static_cast<KernelItem>(step.event.p) == KernelItem::region;
        if (step.event.kind == EventKind::returned && region && regions == 0) gone = replaced;
        if (step.event.kind == EventKind::made && region) {
            CHECK(gone);
            ++regions;
        }
    }
    CHECK(regions >= 4);
}

TEST_CASE("a fork is dearer than a thread, and cheaper than what fork and exec come to") {
    const auto end = [](const char* text) { return play(text).timeline.duration(); };
    const Nanoseconds forks = end("x teachers=2 class=classes:opening:students=8"),
                      threads = end("x teachers=2 class=threads:opening:students=8"),
                      students = end("x teachers=2 class=mpg:opening:students=8");
    CHECK(students < threads);
    CHECK(threads < forks);
    const TestFilm both = play("x teachers=2 class=mpg:opening class=mpg:opening:from=0");
    const Room& second = both.school().rooms[1];
    CHECK(second.opened - second.opening > Costs{}.read_program);
}

TEST_CASE("a crash in one copy ends that copy only; who waits for it waits in vain") {
    const TestFilm film = play("x teachers=2 class=classes:spawn-join:students=3:fault=3ms");
    std::size_t faulted = 0;
    for (const Room& room : film.school().rooms) faulted += room.faulted;
    CHECK(faulted == 1);
    CHECK(film.ending != Ending::stuck);
}

TEST_CASE("threads that wait for each other for ever are a deadlock, and nobody's mistake") {
    for (int seed = 1; seed < 40; ++seed) {
        CAPTURE(seed);
        const TestFilm film = play("x teachers=2 seed=" + std::to_string(seed) +
                                   " class=threads:two-locks:students=6");
        REQUIRE((film.ending == Ending::finished || film.ending == Ending::deadlocked));
        CHECK(film.school().ending == film.ending);
        if (film.ending == Ending::deadlocked) return;
    }
    FAIL("no seed led to a deadlock");
}

TEST_CASE("where too many are called in, the kernel refuses, and the class says so") {
    const TestFilm film = play(
        "x teachers=4 class=classes:spawn-join:students=200:length=1us"
        " class=classes:spawn-join:students=200:length=1us");
    CHECK(film.ending == Ending::crashed);
    CHECK(film.report.find("too many processes") != std::string::npos);
}

TEST_CASE("each step of a copy has a sentence in both kinds of words") {
    const TestFilm film =
        play("x teachers=1 class=classes:one-pen:students=1 class=mpg:yield:from=0");
    School before = film.timeline.school_at(0);
    std::size_t folded = 0;
    std::string all;
    for (std::size_t k = 0; k < film.timeline.decisions(); ++k) {
        for (const Words words : {Words::school, Words::field}) {
            const Reason reason = explain(film.timeline, k, before, words);
            CHECK_FALSE(reason.caption.empty());
            CHECK_FALSE(reason.rule.empty());
            all += reason.caption + "\n";
        }
        while (folded < film.timeline.decision_end(k)) before.fold(film.timeline.step(folded++));
    }
    for (const char* part : {"is open: a copy of class 0", "M0 has forked process 0",
                             "no page is copied: it has 7", "the old one stays with 1 other class",
                             "calls exec", "as well: 0", "the cupboard is emptied"}) {
        CAPTURE(part);
        CHECK(all.find(part) != std::string::npos);
    }
}
