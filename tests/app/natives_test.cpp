// Several native classes at once: the kernel's accounts of their threads, one that is killed while
// the others go on, and the window's cards for them.
#include <doctest/doctest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "app/arrows.h"
#include "app/headless.h"
#include "app/native/kernel_account.h"
#include "app/native_run.h"
#include "tests/app/hands.h"

using namespace homeroom;
using namespace homeroom::app;
using namespace std::chrono_literals;

namespace {

// Sleeps again and again, so that the kernel has voluntary switches to note. tests/app/
// native_class_test.cpp serves the children of this program.
Options native_lesson(const char* name, bool full_speed) {
    Options options = lesson(name);
    options.world = WorldKind::native;
    options.full_speed = full_speed;
    options.run.teachers = options.run.clipboards = 2;
    options.run.students = 6;
    options.run.lesson_ns = 200'000;
    return options;
}

bool process_exists(int pid) { return kill(pid, 0) == 0; }

// Draws until it is so, for at most a minute.
template <class F>
bool draw_until(Hands& hands, F&& so) {
    const auto until = std::chrono::steady_clock::now() + 60s;
    while (!so()) {
        if (std::chrono::steady_clock::now() > until) return false;
        hands.pictures(1);
        std::this_thread::sleep_for(1ms);
    }
    return true;
}

bool grow_until_over(NativeRun& run) {
    const auto until = std::chrono::steady_clock::now() + 60s;
    while (!run.over() && std::chrono::steady_clock::now() < until) {
        run.grow(0, 0ns);
        std::this_thread::sleep_for(1ms);
    }
    return run.over();
}

const NativeClass& process(Hands& hands, std::size_t which) {
    return *hands.player().native(which).process();
}

}  // namespace

TEST_CASE("natively, too, one walks from a student to who woke it and to whom it wakes") {
    Hands hands(native_lesson("stealing", true));
    REQUIRE(draw_until(hands, [&] { return hands.player().over(); }));
    const Recording& recording = hands.player().recording();
    const std::size_t end = hands.player().known();
    std::size_t tried = 0;
    for (std::uint32_t id = 2; id <= 6; ++id) {
        const auto cause = cause_of(recording, sim::StudentId{id}, end + 1);
        if (!cause) continue;
        ++tried;
        hands.player().apply(command::Pause{});
        hands.player().show(end, 1);
        hands.view().selected = {StagePick::student, id};
        hands.pictures(1);
        hands.type("[");
        CHECK(hands.player().position() == cause->position);
        CHECK(hands.view().selected.id == static_cast<std::uint32_t>(cause->student));
        // Back to whom it woke there: the next decision of its own that wakes somebody, from
        // before.
        hands.player().show(cause->position - 1, 1);
        hands.type("]");
        CHECK(hands.player().position() == cause->position);
        CHECK(hands.view().selected == StagePick{StagePick::student, id});
    }
    CHECK(tried > 0);
}

TEST_CASE("the kernel's account of this thread is read, and only grows") {
    const std::string folder = "/proc/self/task/" + std::to_string(gettid());
    KernelAccount before, after;
    REQUIRE(read_account(folder, before));
    std::this_thread::sleep_for(1ms);
    REQUIRE(read_account(folder, after));
    CHECK(after.voluntary > before.voluntary);
    CHECK(after.run_ns >= before.run_ns);
    CHECK(after.wait_ns >= before.wait_ns);
    CHECK(after.core >= 0);
    CHECK(std::string(state_words(after)) == "ready or running");
    CHECK_FALSE(read_account("/proc/self/task/0", after));
}

TEST_CASE("accounts of a class that has crashed are not trusted, and older ones do not replace") {
    KernelAccounts accounts;
    KernelAccount good, bad;
    good.thread = 7;
    good.table = 0;
    good.run_ns = 100;
    bad.thread = 8;
    bad.run_ns = -5;
    accounts.close(std::vector<KernelAccount>{good, bad});
    REQUIRE(accounts.all().size() == 1);
    CHECK(accounts.all()[0].gone);
    good.run_ns = 50;
    accounts.close(std::vector<KernelAccount>{good});
    CHECK(accounts.sum().run_ns == 100);
    REQUIRE(accounts.of_table(0) != nullptr);
    CHECK(accounts.of_table(0)->thread == 7);
    CHECK(accounts.of_table(3) == nullptr);
}

TEST_CASE("every table of a class that ran has an account, however short the class was") {
    NativeRun run(native_lesson("spawn-join", true));
    REQUIRE(grow_until_over(run));
    CHECK_FALSE(run.class_crashed());
    REQUIRE(run.process() != nullptr);
    const KernelAccounts& accounts = run.process()->accounts();
    for (const sim::Table& table : run.timeline().latest().tables) {
        if (table.id == sim::TableId::hall_monitor) continue;
        CAPTURE(sim::index(table.id));
        const KernelAccount* account =
            accounts.of_table(static_cast<std::uint32_t>(sim::index(table.id)));
        REQUIRE(account != nullptr);
        CHECK(account->gone);
    }
    // Not of each: the kernel books a thread's time at a tick or a switch, and one may end before.
    CHECK(accounts.sum().run_ns > 0);
    CHECK(accounts_table(accounts, sim::Words::field).find("involuntary") != std::string::npos);
}

TEST_CASE("accounts only grow while a class goes on") {
    Options options = native_lesson("ping-pong", false);
    options.pace = 2'000;
    NativeRun run(options);
    KernelAccount last;
    for (int looks = 0; looks < 5; ++looks) {
        std::this_thread::sleep_for(60ms);
        run.grow(0, 0ns);
        const KernelAccount now = run.process()->accounts().sum();
        CHECK(now.run_ns >= last.run_ns);
        CHECK(now.wait_ns >= last.wait_ns);
        CHECK(now.voluntary >= last.voluntary);
        CHECK(now.involuntary >= last.involuntary);
        last = now;
    }
    CHECK(last.run_ns > 0);
    // The monitor says its name as soon as its thread gets a core.
    const auto monitor_is_known = [&] {
        return accounts_table(run.process()->accounts(), sim::Words::field).find("sysmon") !=
               std::string::npos;
    };
    for (int looks = 0; looks < 500 && !monitor_is_known(); ++looks) {
        std::this_thread::sleep_for(20ms);
        run.grow(0, 0ns);
    }
    CHECK(monitor_is_known());
}

TEST_CASE("one of three classes is killed: the others run to their end, and the window says so") {
    Options options = native_lesson("spawn-join", false);
    options.classes = 3;
    options.pace = 2'000;
    Hands hands(options);
    REQUIRE(hands.player().natives() == 3);
    const int killed = process(hands, 1).pid();
    REQUIRE(process_exists(killed));
    hands.click("native.2.kill");
    REQUIRE(draw_until(hands, [&] { return hands.player().native(1).over(); }));
    CHECK_FALSE(process_exists(killed));
    CHECK(process(hands, 1).signal() == "SIGKILL");
    CHECK(hands.player().native(1).class_crashed());
    CHECK_FALSE(hands.sees("native.2.kill"));
    CHECK_FALSE(hands.player().native(0).over());
    CHECK_FALSE(hands.player().native(2).over());

    hands.click("native.2");
    CHECK(hands.player().native_shown() == 1);
    hands.pictures(2);
    CHECK(hands.sees("notice.button"));

    hands.player().apply(command::ChangePace{1});
    REQUIRE(draw_until(
        hands, [&] { return hands.player().native(0).over() && hands.player().native(2).over(); }));
    for (std::size_t other : {std::size_t{0}, std::size_t{2}}) {
        CAPTURE(other);
        CHECK_FALSE(hands.player().native(other).class_crashed());
        CHECK(hands.player().native(other).report() == "");
        CHECK(hands.player().native(other).timeline().latest().ending == sim::Ending::finished);
    }
}

TEST_CASE("all native classes stand in one school, each in its own room") {
    Options options = native_lesson("spawn-join", true);
    options.classes = 2;
    Hands hands(options);
    Player& player = hands.player();
    REQUIRE(player.natives_together());
    REQUIRE(draw_until(hands, [&] { return player.over(); }));
    hands.pictures(2);
    const sim::School& all = player.timeline().latest();
    std::size_t in_room[2] = {0, 0};
    for (const sim::Student& student : all.students) {
        REQUIRE(sim::index(student.room) < 2);
        ++in_room[sim::index(student.room)];
    }
    for (std::size_t i = 0; i < 2; ++i) {
        const sim::School& alone = player.native(i).timeline().latest();
        CHECK(in_room[i] == alone.students.size());
    }
    CHECK(player.timeline().size() ==
          player.native(0).timeline().size() + player.native(1).timeline().size());
    for (std::size_t i = 1; i < player.timeline().size(); ++i)
        REQUIRE(player.timeline().step(i).time >= player.timeline().step(i - 1).time);
    for (const sim::Table& table : all.tables) {
        const auto [which, number] = player.native_table(table.id);
        CHECK(which == sim::index(table.room));
        CHECK(number < player.native(which).timeline().latest().tables.size());
    }
    hands.click("native.1");
    CHECK_FALSE(player.natives_together());
    CHECK(player.rooms().empty());
    hands.click("native.all");
    CHECK(player.natives_together());
}

TEST_CASE("the button opens another class, up to the most, and closing leaves no process behind") {
    std::vector<int> pids;
    {
        Options options = native_lesson("spawn-join", false);
        options.pace = 10'000;
        options.run.lesson_ns = 1'000'000'000;
        Hands hands(options);
        CHECK(hands.player().natives() == 1);
        for (std::uint32_t count = 2; count <= classes_max; ++count) {
            hands.click("native.open");
            CHECK(hands.player().natives() == count);
            CHECK(hands.player().natives_together());
            CHECK(hands.player().rooms().size() == count);
        }
        CHECK_FALSE(hands.sees("native.open"));
        hands.click("native.1");
        CHECK(hands.player().native_shown() == 0);
        for (std::size_t i = 0; i < hands.player().natives(); ++i) {
            REQUIRE(process(hands, i).pid() != 0);
            pids.push_back(process(hands, i).pid());
        }
    }
    CHECK(std::none_of(pids.begin(), pids.end(), process_exists));
}

TEST_CASE("a paused film stops all the classes, also those that are not shown") {
    Options options = native_lesson("spawn-join", false);
    options.classes = 2;
    options.pace = 10'000;
    options.run.lesson_ns = 1'000'000'000;
    Hands hands(options);
    hands.player().apply(command::Pause{});
    auto stopped = [&](std::size_t which) {
        KernelAccount account;
        const std::string pid = std::to_string(process(hands, which).pid());
        return read_account("/proc/" + pid + "/task/" + pid, account) && account.state == 'T';
    };
    CHECK(draw_until(hands, [&] { return stopped(0) && stopped(1); }));
    hands.player().apply(command::TogglePlay{});
    CHECK(draw_until(hands, [&] { return !stopped(0) && !stopped(1); }));
}

TEST_CASE("the sheet of accounts and the inspector show what the kernel noted") {
    Options options = native_lesson("spawn-join", false);
    options.classes = 2;
    Hands hands(options, {1920, 1080});
    hands.click("native.accounts");
    hands.pictures(2);
    CHECK(hands.sees("accounts.close"));
    hands.click("accounts.close");
    CHECK_FALSE(hands.view().accounts);
    hands.view().selected = {StagePick::table, 0};
    hands.pictures(2);
    CHECK(hands.sees("inspector.close"));
    hands.click("inspector.close");
    hands.click("tab.lesson");
    hands.click("world.model");
    CHECK(hands.player().natives() == 0);
    CHECK_FALSE(hands.sees("native.1"));
}

TEST_CASE("headless: several classes, each with its summary and its accounts") {
    Arguments arguments;
    arguments.options = native_lesson("spawn-join", true);
    arguments.options.classes = 2;
    char* text = nullptr;
    std::size_t size = 0;
    std::FILE* out = open_memstream(&text, &size);
    REQUIRE(out != nullptr);
    CHECK(print_summary(arguments, out) == 0);
    std::fclose(out);
    const std::string printed(text, size);
    std::free(text);
    CAPTURE(printed);
    CHECK(printed.find("class 1\n") != std::string::npos);
    CHECK(printed.find("class 2\n") != std::string::npos);
    const std::size_t first = printed.find("head teacher's");
    REQUIRE(first != std::string::npos);
    CHECK(printed.find("head teacher's", first + 1) != std::string::npos);
}
