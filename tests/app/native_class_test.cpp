// Tests of native classes: child processes that run, deadlock, crash, are paused, and never outlive
// us.
#include "app/native/native_class.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <string>
#include <thread>

#include "app/native/child.h"
#include "runtime/homeroom.h"
#include "sim/lesson.h"
#include "sim/timeline.h"
#include "tests/children.h"

namespace homeroom::app {
namespace {

using namespace std::chrono_literals;
using sim::Ending;
using sim::Student;

// --- What the child does: this very program, started again. ---

// As it would without sanitizers, which would report it in their own way and exit.
[[gnu::no_sanitize("undefined", "address")]] void crash_now() {
    std::signal(SIGSEGV, SIG_DFL);
    volatile int* nowhere = nullptr;
    *nowhere = 1;
}

std::function<void()> test_program(const sim::RunOptions& run) {
    if (run.lesson == "test-null") {
        return [] {
            for (int i = 0; i < 3; ++i) go([] { sleep_for(1h); });
            work(2ms);
            crash_now();
        };
    }
    if (run.lesson == "test-panic") return [] { throw Panic("out of chalk"); };
    if (run.lesson == "test-exit") return [] { _exit(7); };
    if (run.lesson == "test-deadlock") return [] { Channel<int>().receive(); };
    if (run.lesson == "test-endless") {
        return [] {
            go([] {
                for (;;) {
                    work(1ms);
                    yield();
                }
            });
            for (;;) sleep_for(5ms);
        };
    }
    if (run.lesson == "test-flood") {  // more records than the rings hold, if nobody empties them
        return [] {
            for (int i = 0; i < 2'000'000; ++i) yield();
        };
    }
    return program_of_catalogue(run);
}

// A process that starts a class, says which, and does nothing more.
constexpr const char* nanny_flag = "--test-nanny";
int be_nanny();

const ChildService serve([](int argc, const char* const* argv) -> std::optional<int> {
    if (argc == 2 && argv[1] == std::string(nanny_flag)) return be_nanny();
    if (!is_native_class(argc, argv)) return std::nullopt;
    return run_native_class(argc, argv, test_program);
});

// --- The parent. ---

struct NativePlayed {
    explicit NativePlayed(const NativeOptions& options)
        : timeline(native_teachers(options.run.teachers), options.run.clipboards),
          native(options, [this](const sim::Step& step) { timeline.append(step); }) {}

    // False: it did not end within a minute.
    bool to_end() {
        auto until = std::chrono::steady_clock::now() + 60s;
        while (!native.over() && std::chrono::steady_clock::now() < until) native.poll_for(100ms);
        return native.over();
    }
    const sim::School& school() const { return timeline.latest(); }

    sim::Timeline timeline;
    NativeClass native;
};

NativeOptions options_for(const std::string& lesson, double pace = 1) {
    NativeOptions options;
    if (const sim::Lesson* found = sim::find_lesson(lesson)) options.run = found->defaults;
    options.run.lesson = lesson;
    options.run.teachers = options.run.clipboards = 2;
    options.pace = pace;
    return options;
}

int be_nanny() {
    NativePlayed played(options_for("test-endless"));
    int pid = played.native.pid();
    if (write(STDOUT_FILENO, &pid, sizeof pid) != sizeof pid) return 1;
    for (;;) ::pause();
}

bool child_exists(int pid) { return kill(pid, 0) == 0; }

TEST_CASE("every lesson of the catalogue runs natively to its end, and the school agrees") {
    for (const sim::Lesson& lesson : sim::lessons()) {
        if (lesson.may_deadlock) continue;  // natively it may, and then it has a report
        const std::string name = lesson.name;
        CAPTURE(name);
        NativeOptions options = options_for(lesson.name);
        options.run.students = std::min(options.run.students, 20u);
        options.run.lesson_ns = 100'000;
        NativePlayed played(options);
        REQUIRE(played.to_end());
        CHECK(played.native.report() == "");
        CHECK(!played.native.crashed());
        CHECK(played.native.losses() == 0);
        const sim::School& school = played.school();
        CHECK(school.ending == Ending::finished);
        REQUIRE(!school.students.empty());
        CHECK(school.students[0].state == Student::State::gone);  // main returned
        CHECK(school.counters.spawns + 1 >= school.students.size());
        CHECK(school.counters.calls >= school.counters.ends);
        CHECK(school.time > 0);
        CHECK(school.clipboards.size() == 2);
        CHECK(school.teachers.size() <= 2);
    }
}

TEST_CASE("when main waits for all, everybody is gone in the end") {
    NativeOptions options = options_for("spawn-join");
    REQUIRE(sim::find_lesson("spawn-join") != nullptr);
    options.run.students = 200;
    options.run.lesson_ns = 20'000;
    NativePlayed played(options);
    REQUIRE(played.to_end());
    CHECK(played.native.losses() == 0);
    const sim::School& school = played.school();
    CHECK(school.students.size() >= 200);
    for (const Student& student : school.students) {
        CAPTURE(sim::index(student.id));
        CHECK(student.state == Student::State::gone);
    }
    CHECK(school.counters.ends == school.students.size());
    CHECK(school.bench.empty());
    for (const sim::Clipboard& clipboard : school.clipboards) {
        CHECK(clipboard.names.empty());
        CHECK(clipboard.top_line == sim::StudentId::none);
    }
}

TEST_CASE("a class that crashes is reported, and we live") {
    NativePlayed played(options_for("test-null"));
    REQUIRE(played.to_end());
    CHECK(played.native.crashed());
    CHECK(played.native.report().find("class crashed: SIG") == 0);
    CHECK(played.school().ending == Ending::crashed);
    CHECK(played.school().counters.spawns >= 3);  // what happened before is not lost
    CHECK(!played.native.poll());
}

TEST_CASE("a class that just ends is reported as well") {
    NativePlayed played(options_for("test-exit"));
    REQUIRE(played.to_end());
    CHECK(played.native.crashed());
    CHECK(played.native.report() == "class ended before its lesson did: exit code 7");
}

TEST_CASE("a deadlock and a panic come with their reports; the class itself has not crashed") {
    NativePlayed deadlock(options_for("test-deadlock"));
    REQUIRE(deadlock.to_end());
    CHECK(!deadlock.native.crashed());
    CHECK(deadlock.native.report().find("all goroutines are asleep - deadlock!") !=
          std::string::npos);
    CHECK(deadlock.school().ending == Ending::deadlocked);

    NativePlayed panic(options_for("test-panic"));
    REQUIRE(panic.to_end());
    CHECK(!panic.native.crashed());
    CHECK(panic.native.report().find("out of chalk") != std::string::npos);
    CHECK(panic.school().ending == Ending::crashed);
}

TEST_CASE("leaving in the middle leaves no process behind") {
    int pid = 0;
    for (bool paused : {false, true}) {
        CAPTURE(paused);
        {
            NativePlayed played(options_for("test-endless"));
            pid = played.native.pid();
            played.native.poll_for(5s);
            if (paused) played.native.pause();
            REQUIRE(child_exists(pid));
        }
        CHECK(!child_exists(pid));
    }
}

// Aim: a class ends with its parent even if the parent is killed and can clean up nothing. Method:
// a process in between starts the class and is killed; its orphan then falls to us, so that we see
// it end.
TEST_CASE("a class dies with its parent") {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    int ends[2];
    REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
    int nanny = fork();
    if (nanny == 0) {
        dup2(ends[1], STDOUT_FILENO);
        execl("/proc/self/exe", "nanny", nanny_flag, nullptr);
        _exit(1);
    }
    close(ends[1]);
    int pid = 0;
    REQUIRE(read(ends[0], &pid, sizeof pid) == sizeof pid);
    close(ends[0]);
    kill(nanny, SIGKILL);
    REQUIRE(waitpid(nanny, nullptr, 0) == nanny);
    int status = 0, got = 0;
    for (int i = 0; i < 1000 && got != pid; ++i) {
        std::this_thread::sleep_for(10ms);
        got = waitpid(pid, &status, WNOHANG);
    }
    prctl(PR_SET_CHILD_SUBREAPER, 0);
    CHECK(got == pid);
    CHECK(!child_exists(pid));
}

TEST_CASE("a paused class stands still, in its own time too, and goes on afterwards") {
    NativePlayed played(options_for("test-endless"));
    while (played.timeline.decisions() < 50) REQUIRE(played.native.poll_for(10s));
    played.native.pause();
    std::this_thread::sleep_for(20ms);
    while (played.native.poll()) {
    }
    std::size_t decisions = played.timeline.decisions();
    Nanoseconds time = played.timeline.duration();
    std::this_thread::sleep_for(300ms);
    CHECK(!played.native.poll());
    CHECK(played.timeline.decisions() == decisions);
    played.native.resume();
    while (played.timeline.decisions() < decisions + 3) REQUIRE(played.native.poll_for(10s));
    std::size_t first_after = played.timeline.step_of_decision(decisions);
    CHECK(played.timeline.step(first_after).time - time < 250'000'000);
}

TEST_CASE("a paced class takes its time, and its pace may change while it runs") {
    NativePlayed played(
        options_for("test-endless", 1e6));  // a millisecond of work would take 17 minutes
    played.native.poll_for(5s);
    played.native.set_pace(1);
    Nanoseconds before = played.timeline.duration();
    CHECK(before < 1'000'000);
    while (played.timeline.duration() < 10'000'000) REQUIRE(played.native.poll_for(10s));
}

TEST_CASE("steps come in the order of time, and nobody runs at two tables") {
    NativePlayed played(options_for("stealing"));
    REQUIRE(played.to_end());
    sim::School school = played.timeline.school_at(0);
    std::size_t odd = 0;  // the order across machines is as good as their clocks
    for (std::size_t i = 0; i < played.timeline.size(); ++i) {
        const sim::Step& step = played.timeline.step(i);
        REQUIRE((i == 0 || step.time >= played.timeline.step(i - 1).time));
        if (step.event.kind == EventKind::ran) {
            const Student* student = school.find(step.student());
            if (student && student->state == Student::State::taught && student->table != step.table)
                ++odd;
        }
        school.fold(step);
    }
    CHECK(odd * 100 <= played.timeline.size());
}

TEST_CASE("what does not fit into the rings is counted, not hidden") {
    NativePlayed played(options_for("test-flood"));
    while (child_exists(played.native.pid()) && played.native.losses() == 0) {
        std::this_thread::sleep_for(300ms);  // we are slow on purpose
        played.native.poll();
    }
    CHECK(played.native.losses() > 0);
}

TEST_CASE("a program that cannot be started is an error, not a crash") {
    NativeOptions options = options_for("stealing");
    options.program = "/nowhere/homeroom";
    CHECK_THROWS(NativeClass(options, [](const sim::Step&) {}));
}

}  // namespace
}  // namespace homeroom::app
