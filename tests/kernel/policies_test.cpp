// What each policy promises beyond the textbooks' figures: ties, levels, boosts, shares, lags.
#include <algorithm>
#include <map>

#include "sim/choosers.h"
#include "tests/kernel/exercises.h"

using namespace homeroom::exercises;

namespace {

// How long a task ran before a moment.
Time ran_before(const Outcome& outcome, std::uint32_t task, Time moment) {
    Time sum = 0;
    for (const Stretch& stretch : outcome.stretches)
        if (stretch.task == task && !stretch.switching && stretch.from < moment)
            sum += std::min(stretch.to, moment) - stretch.from;
    return sum;
}

// "A0 B2 A4": who began when, on the first core.
std::string order(const std::vector<Task>& tasks, const Outcome& outcome) {
    std::string text;
    for (const Stretch& stretch : outcome.stretches)
        if (stretch.core == 0 && !stretch.switching)
            text +=
                (text.empty() ? "" : " ") + tasks[stretch.task].name + std::to_string(stretch.from);
    return text;
}

std::string order(const char* policy, Time quantum, const char* text) {
    const std::vector<Task> tasks = tasks_of(text);
    return order(tasks, play(machine(policy, quantum), tasks));
}

std::string times(const std::string& part, int count, const std::string& between) {
    std::string text = part;
    for (int i = 1; i < count; ++i) text += between + part;
    return text;
}

}  // namespace

TEST_CASE("who arrives when a slice ends stands before the one whose slice it was") {
    CHECK(order("rr", 2, "A:0:4,B:2:2") == "A0 B2 A4");
}

TEST_CASE("a slice that nobody else wants begins anew, and a newcomer waits for its end") {
    CHECK(order("rr", 2, "A:0:6,B:3:1") == "A0 B4 A5");
    CHECK(order("rr", 2, "A:0:6,B:4:1") == "A0 B4 A5");
}

TEST_CASE("of equally short ones the first to become runnable runs, and nobody is interrupted") {
    CHECK(order("sjf", 0, "A:0:3,B:1:2,C:2:2") == "A0 B3 C5");
    CHECK(order("srtf", 0, "A:0:3,B:1:2,C:2:1") == "A0 C3 B4");
}

TEST_CASE("shortest remaining time interrupts for a shorter one only") {
    CHECK(order("srtf", 0, "A:0:5,B:1:3") == "A0 B1 A4");
    CHECK(order("srtf", 0, "A:0:5,B:1:4") == "A0 B5");
}

TEST_CASE("in a feedback queue an upper level interrupts a lower one, which keeps its slice") {
    // A is on level 1 from 4 on, is interrupted at 6 with half its slice left, and has it later.
    CHECK(order("mlfq", 4, "A:0:12,B:6:2") == "A0 B6 A8");
    CHECK(order("mlfq", 4, "A:0:20,C:0:20,B:10:2") ==
          "A0 C4 A8 B10 A12 C14 A18 C22 A26 C30 A34 C38");
}

TEST_CASE("a feedback queue without memory is gamed by who waits just before its slice ends") {
    const std::string gamer = "G:0:" + times("9", 100, "+1+");
    const std::vector<Task> tasks = tasks_of("H:0:2000," + gamer);
    const Time forgiven = ran_before(play(machine("mlfq,forgives", 10), tasks), 1, 900);
    const Time counted = ran_before(play(machine("mlfq", 10), tasks), 1, 900);
    CHECK(forgiven > 780);  // nine of ten units, once it has begun
    CHECK(counted < 500);   // it sinks to the bottom, and is one of two there
    CHECK(counted > 300);
}

TEST_CASE("boosts keep a feedback queue from starving who computes long") {
    // Short jobs come all the time, so that the top level is never empty for long.
    std::string text = "L:0:100";
    for (int i = 0; i < 100; ++i)
        text += ",S" + std::to_string(i) + ":" + std::to_string(10 * i) + ":10";
    const std::vector<Task> tasks = tasks_of(text);
    const Time starved = ran_before(play(machine("mlfq", 10), tasks), 0, 1000);
    const Time boosted = ran_before(play(machine("mlfq,boost=50", 10), tasks), 0, 1000);
    CHECK(starved <= 10);  // its first slice
    CHECK(boosted == 100);
}

TEST_CASE(
    "a boost comes before whoever arrives at its moment, and before the slice that ends then") {
    // A and B are at the bottom when the boost at 40 comes; C arrives on the top level at that
    // time.
    CHECK(order("mlfq,levels=2,boost=40", 10, "A:0:30,B:0:30,C:40:10") ==
          "A0 B10 A20 B30 A40 C50 B60");
}

TEST_CASE("an allotment of several quanta is used up however it is cut") {
    // Level 0 for two quanta of 2: with waits in between no more than that.
    const auto tasks = tasks_of("A:0:3+5+10,B:0:30");
    const Outcome outcome = play(machine("mlfq,levels=2,allotment=2", 2), tasks);
    // A: 0-2, 4-5, waits till 10; B has sunk; A runs one unit on the top, then sinks as well.
    CHECK(order(tasks, outcome).substr(0, 25) == "A0 B2 A4 B5 A10 B11 A12 B");
}

TEST_CASE("equals share a core equally under the fair policy, at any moment within a slice") {
    const Outcome outcome = play(machine("fair", 10), tasks_of("A:0:500,B:0:500,C:0:500"));
    for (Time moment = 100; moment <= 1400; moment += 7)
        for (std::uint32_t task = 0; task < 3; ++task) {
            CHECK(ran_before(outcome, task, moment) >= moment / 3 - 10);
            CHECK(ran_before(outcome, task, moment) <= moment / 3 + 11);
        }
}

TEST_CASE(
    "one level of nice is worth about ten per cent of a core, five levels a factor of three") {
    const Outcome one = play(machine("fair", 5), tasks_of("A:0:4000,B:0:4000:nice=1"));
    CHECK(ran_before(one, 0, 4000) == doctest::Approx(4000 * 1024 / (1024 + 820)).epsilon(0.01));
    const Outcome five = play(machine("fair", 5), tasks_of("A:0:4000,B:0:4000:nice=5"));
    CHECK(ran_before(five, 0, 4000) == doctest::Approx(4000 * 1024 / (1024 + 335)).epsilon(0.01));
}

TEST_CASE("the weights of neighbouring nice values differ by a factor of about 1.25") {
    for (int nice = nice_min; nice < nice_max; ++nice) {
        const double factor =
            static_cast<double>(weight_of(nice)) / static_cast<double>(weight_of(nice + 1));
        CAPTURE(nice);
        CHECK(factor > 1.15);
        CHECK(factor < 1.35);
    }
}

TEST_CASE("without parity a newcomer with an earlier deadline interrupts a request, with it not") {
    const char* text = "A:0:40,B:5:4:nice=-10";
    CHECK(order("fair", 20, text) == "A0 B10 A14");  // a new thread asks for half a slice first
    CHECK(order("fair,no-parity", 20, text) == "A0 B5 A9");
}

namespace {

// What the real core owes a thread, in units of time: its weight times how far it is behind V.
std::vector<Time> lags_of(const std::vector<Entity*>& here) {
    __extension__ using Wide = __int128;
    Wide weights = 0, weighted = 0;
    for (const Entity* entity : here) {
        weights += weight_of(entity->nice);
        weighted += Wide{weight_of(entity->nice)} * entity->virtual_time;
    }
    std::vector<Time> lags;
    for (const Entity* entity : here)
        lags.push_back(static_cast<Time>((weighted / weights - entity->virtual_time) *
                                         weight_of(entity->nice) / (1024 * 65536)));
    return lags;
}

struct FairCore {
    explicit FairCore(std::uint64_t seed) : dice(seed), slice(1000 + dice.below(3000)) {
        for (std::uint32_t i = 0; i < entities.size(); ++i) {
            entities[i].thread = i;
            entities[i].nice = static_cast<int>(dice.below(40)) - 20;
        }
    }
    void pass() {
        now = std::min(now + 1 + static_cast<Time>(dice.below(2000)), teacher.next_event());
        teacher.advance(now);
    }
    void join(Entity& entity, Came came) {
        teacher.join(entity, came, now);
        here.push_back(&entity);
    }

    static Settings settings(Time slice) {
        Settings settings;
        settings.kind = Kind::fair;
        settings.quantum = slice;
        return settings;
    }
    homeroom::sim::Dice dice;
    Time slice;
    HeadTeacher teacher{settings(slice), 1, {}, {}};
    std::vector<Entity> entities{10};
    std::vector<Entity*> here;
    Time now = 0;
};

}  // namespace

// Aim: the theorem of Stoica and Abdel-Wahab, that no thread is ever more than one request ahead or
// behind, as long as whoever comes brings no lag. Method: threads of all weights come at any time;
// after each step the lags of all.
TEST_CASE("under the fair policy no lag is ever longer than a slice") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        CAPTURE(seed);
        FairCore core(seed);
        for (int step = 0; step < 400; ++step) {
            core.pass();
            if (core.here.size() < core.entities.size() && core.dice.below(20) == 0)
                core.join(core.entities[core.here.size()], Came::started);
            core.teacher.decide(core.now);
            if (core.here.empty()) continue;
            for (const Time lag : lags_of(core.here)) {
                REQUIRE(lag <= core.slice);
                REQUIRE(lag >= -core.slice);
            }
        }
    }
}

TEST_CASE("under the fair policy a thread comes back with the lag with which it left") {
    int came_back = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        CAPTURE(seed);
        FairCore core(seed);
        for (Entity& entity : core.entities) core.join(entity, Came::started);
        for (int step = 0; step < 200; ++step) {
            core.pass();
            core.teacher.decide(core.now);
            Entity* runs = core.teacher.runs(0);
            if (core.dice.below(3) != 0 || core.here.size() < 3) continue;
            const std::size_t i = static_cast<std::size_t>(
                std::find(core.here.begin(), core.here.end(), runs) - core.here.begin());
            const Time left_with = lags_of(core.here)[i];
            core.teacher.leave(0, core.now);
            core.here.erase(core.here.begin() + static_cast<std::ptrdiff_t>(i));
            core.teacher.decide(core.now);
            core.pass();
            core.join(*runs, Came::woken);
            const Time came_with = lags_of(core.here).back();
            if (left_with < -2 * core.slice || left_with > 2 * core.slice) continue;  // limited
            CHECK(came_with >= left_with - 1);
            CHECK(came_with <= left_with + 1);
            ++came_back;
        }
    }
    CHECK(came_back > 1000);
}

TEST_CASE("who sleeps under the fair policy neither saves up time nor loses a debt") {
    // S sleeps for most of the time; when it comes back it does not take over the core.
    const auto tasks = tasks_of("S:0:10+1000+400,H:0:1400");
    const Outcome outcome = play(machine("fair", 10), tasks);
    const Time back = 1020;
    const Time mine = ran_before(outcome, 0, back + 200) - ran_before(outcome, 0, back);
    CHECK(mine >= 80);
    CHECK(mine <= 120);
}
