// A school in which students select, read, write, ring and share permits: nobody is ever in a wrong
// place, and every decision is told in both languages.
#include <doctest/doctest.h>

#include <optional>
#include <set>
#include <string>

#include "runtime/cond.h"
#include "runtime/rw_mutex.h"
#include "runtime/select.h"
#include "runtime/semaphore.h"
#include "runtime/wait_group.h"
#include "sim/checkers.h"
#include "sim/choosers.h"
#include "sim/explain.h"
#include "sim/sim_os.h"
#include "sim/world.h"

namespace homeroom::sim {
namespace {

using Go = Runtime<SimOs>;

void everything() {
    BasicChannel<SimOs, int> questions, answers(2);
    BasicRwMutex<SimOs> book;
    BasicMutex<SimOs> mutex;
    BasicCond<SimOs> gong(mutex);
    BasicSemaphore<SimOs> permits(1);
    BasicWaitGroup<SimOs> all;
    bool struck = false;
    for (int i = 0; i < 3; ++i) {
        all.go([&, i] {
            bool open = true;
            while (open)
                select<SimOs>(
                    on_receive(questions, [&open](std::optional<int> q) { open = q.has_value(); }),
                    on_receive(answers));
            permits.acquire();
            Go::work(2'000);
            i == 0 ? permits.hand_over() : permits.release();
            if (i == 1) {
                Go::sleep_for(10'000);  // until the others read
                book.lock();
                Go::work(5'000);
                book.unlock();
            } else {
                book.lock_shared();
                Go::sleep_for(100'000);
                book.unlock_shared();
            }
            mutex.lock();
            gong.wait([&struck] { return struck; });
            mutex.unlock();
        });
    }
    for (int i = 0; i < 6; ++i) {
        Go::yield();
        select<SimOs>(on_send(questions, i), on_send(answers, i));
    }
    questions.close();
    Go::sleep_for(1'000'000);
    mutex.lock();
    struck = true;
    mutex.unlock();
    gong.notify_all();
    all.wait();
}

// Two languages, of each decision of one run.
std::set<std::string> tell(std::uint32_t clipboards, std::uint64_t seed) {
    RunOptions run;
    run.teachers = run.clipboards = clipboards;
    run.seed = seed;
    ClockOrder clock(seed);
    World world(run, {}, everything, clock);
    Timeline timeline(run.teachers, run.clipboards);
    Checkers checkers({.rules = run.rules});
    world.on_step = [&](const Step& step) {
        timeline.append(step);
        checkers.see(step, timeline.latest());
    };
    CHECK(world.run_to_end() == Ending::finished);
    checkers.end(timeline.latest(), world.ending());
    CHECK(checkers.violation() == "");

    std::set<std::string> told;
    School before = timeline.school_at(0);
    std::size_t folded = 0;
    for (std::size_t k = 0; k < timeline.decisions(); ++k) {
        for (Words words : {Words::school, Words::field}) {
            const Reason reason = explain(timeline, k, before, words);
            CAPTURE(reason.caption);
            CHECK(reason.caption.size() > 8);
            CHECK(reason.caption.size() <= 110);
            CHECK(reason.caption.find('{') == std::string::npos);
            CHECK(reason.caption.find("  ") == std::string::npos);
            CHECK_FALSE(reason.rule.empty());
            told.insert(reason.caption);
        }
        while (folded < timeline.decision_end(k)) before.fold(timeline.step(folded++));
    }
    return told;
}

}  // namespace

TEST_CASE("selects, reading locks, gongs and permits are told, and nobody is in a wrong place") {
    std::set<std::string> told;
    for (std::uint32_t clipboards : {1u, 2u, 4u})
        for (std::uint64_t seed = 1; seed <= 5; ++seed) told.merge(tell(clipboards, seed));
    const auto somebody_said = [&told](const char* part) {
        for (const std::string& caption : told)
            if (caption.find(part) != std::string::npos) return true;
        return false;
    };
    for (const char* part :
         {"waits at several channels at once", " meets student ", "comes in to read",
          "to write: nobody else is in", "has written and gives", "has read and leaves",
          "was the last to read at", "waits for gong", "strikes gong", "takes a permit from",
          "gives a permit back", "parks in a select", "read-locks rwmutex", "signals condition",
          "releases semaphore", "is closed, so student"})
        CHECK_MESSAGE(somebody_said(part), std::string(part));
}

}  // namespace homeroom::sim
