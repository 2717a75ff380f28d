// The policies give the answers in the keys of public examinations.
#include "tests/kernel/exercises.h"

using namespace homeroom::exercises;

namespace {

std::string order_of_completion(const std::vector<Task>& tasks, const Outcome& outcome) {
    std::string order;
    for (Time now = 0; now <= outcome.end; ++now)
        for (std::size_t i = 0; i < tasks.size(); ++i)
            if (outcome.tasks[i].finish == now) order += tasks[i].name;
    return order;
}

}  // namespace

// Graduate Aptitude Test in Engineering (India), computer science.
TEST_CASE("GATE: averages under shortest remaining time and others") {
    const std::vector<Exercise> exercises = {
        {"GATE 2004, SRPT", "srtf", 0, "P1:0:5,P2:1:3,P3:2:3,P4:4:1", turnaround, {}, 5.5},
        {"GATE 2011, SRTF", "srtf", 0, "P0:0:9,P1:1:4,P2:2:9", waiting, {}, 5.0},
        {"GATE 2014 set 1, SRTF", "srtf", 0, "A:0:6,B:3:2,C:5:4,D:7:6,E:10:3", turnaround, {}, 7.2},
        {"GATE 2014 set 3, SRTF", "srtf", 0, "P1:0:12,P2:2:4,P3:3:6,P4:8:5", waiting, {}, 5.5},
        {"GATE 2016 set 1, SRTF", "srtf", 0, "P1:0:10,P2:3:6,P3:7:1,P4:8:3", turnaround, {}, 8.25},
        {"GATE 2017 set 1, SRTF", "srtf", 0, "P1:0:7,P2:3:3,P3:5:5,P4:6:2", waiting, {}, 3.0},
        {"GATE 2019, SRTF, Z = 2", "srtf", 0, "P1:0:3,P2:1:1,P3:3:3,P4:4:2", waiting, {}, 1.0},
    };
    for (const Exercise& exercise : exercises) check(exercise);
}

TEST_CASE("GATE 2007: under shortest remaining time the second process waits for 15 in all") {
    const Outcome outcome =
        play(machine("srtf", 0), tasks_of("P1:0:20,P2:15:25,P3:30:10,P4:45:15"));
    CHECK(outcome.tasks[1].waiting == 15);
}

TEST_CASE("GATE 2006: three processes under shortest remaining time need two switches") {
    const Outcome outcome = play(machine("srtf", 0), tasks_of("P0:0:10,P1:2:20,P2:6:30"));
    CHECK(outcome.switches() == 2);
}

TEST_CASE("GATE 2012: the order of completion under FCFS, and under round robin of 2") {
    const std::vector<Task> tasks = tasks_of("P1:0:5,P2:1:7,P3:3:4");
    CHECK(order_of_completion(tasks, play(machine("fifo", 0), tasks)) == "P1P2P3");
    CHECK(order_of_completion(tasks, play(machine("rr", 2), tasks)) == "P1P3P2");
}

TEST_CASE("GATE 2014 set 2: in round robin of 50 ms process C ends its first I/O at 1000 ms") {
    const Outcome outcome = play(machine("rr", 50), tasks_of("A:0:100+500+100,B:5:350+500+350,"
                                                             "C:10:200+500+200"));
    Time computed = 0, first_burst_ends = 0;
    for (const Stretch& stretch : outcome.stretches) {
        if (stretch.task != 2 || computed == 200) continue;
        computed += stretch.to - stretch.from;
        first_burst_ends = stretch.to;
    }
    CHECK(computed == 200);
    CHECK(first_burst_ends + 500 == 1000);
}

TEST_CASE("GATE 2020: the mean turnarounds of SJF and of round robin of 4 differ by 5.25") {
    const std::vector<Task> tasks = tasks_of("P1:0:8,P2:0:7,P3:0:2,P4:0:4");
    const double sjf = play(machine("sjf", 0), tasks).mean_turnaround();
    const double rr = play(machine("rr", 4), tasks).mean_turnaround();
    CHECK(rr - sjf == doctest::Approx(5.25));
}
