// The policies give the figures that the textbooks print.
#include "tests/kernel/exercises.h"

using namespace homeroom::exercises;

// Arpaci-Dusseau, Arpaci-Dusseau: Operating Systems: Three Easy Pieces (version 1).
TEST_CASE("OSTEP, chapter 7: the measures of FIFO, SJF, STCF and round robin") {
    const char* late = "A:0:100,B:10:10,C:10:10";
    const std::vector<Exercise> exercises = {
        {"OSTEP 7.3, figure 7.1", "fifo", 0, "A:0:10,B:0:10,C:0:10", turnaround, {}, 20},
        {"OSTEP 7.3, figure 7.2", "fifo", 0, "A:0:100,B:0:10,C:0:10", turnaround, {}, 110},
        {"OSTEP 7.4, figure 7.3", "sjf", 0, "A:0:100,B:0:10,C:0:10", turnaround, {}, 50},
        {"OSTEP 7.4, figure 7.4", "sjf", 0, late, turnaround, {}, 103.33},
        {"OSTEP 7.5, figure 7.5", "srtf", 0, late, turnaround, {120, 10, 20}, 50},
        {"OSTEP 7.6, figure 7.5", "srtf", 0, late, response, {0, 0, 10}, 3.33},
        {"OSTEP 7.7, figure 7.6", "sjf", 0, "A:0:5,B:0:5,C:0:5", response, {0, 5, 10}, 5},
        {"OSTEP 7.7, figure 7.7", "rr", 1, "A:0:5,B:0:5,C:0:5", response, {0, 1, 2}, 1},
        {"OSTEP 7.7, figure 7.7", "rr", 1, "A:0:5,B:0:5,C:0:5", turnaround, {13, 14, 15}, 14},
    };
    for (const Exercise& exercise : exercises) check(exercise);
}

// Figures 7.8 and 7.9: A computes for 10 ms five times and waits for 10 ms in between, B computes
// for 50 ms. One after the other they take 140 ms, overlapped 100.
TEST_CASE("OSTEP, chapter 7: who waits leaves the core to others") {
    const auto tasks = tasks_of("A:0:10+10+10+10+10+10+10+10+10,B:0:50");
    CHECK(play(machine("srtf", 0), tasks).end == 100);
    CHECK(tasks[0].cpu() + tasks[0].waited() + tasks[1].cpu() == 140);
}

// Figure 8.3: three queues, slices of 10 ms; a long job runs, and at 100 a job of 20 ms comes,
// which is done before it reaches the bottom.
TEST_CASE("OSTEP, chapter 8: a short job that comes along is taken for short") {
    const auto outcome = play(machine("mlfq", 10), tasks_of("A:0:180,B:100:20"));
    CHECK(outcome.tasks[1].finish == 120);
    CHECK(outcome.tasks[0].finish == 200);
}

// The chapter's example: A has nice -5 and B nice 0, so A gets about three quarters of the time.
TEST_CASE("OSTEP, chapter 9: the weights of nice -5 and 0 share a core three to one") {
    CHECK(weight_of(-5) == 3121);
    CHECK(weight_of(0) == 1024);
    const auto outcome = play(machine("fair", 12), tasks_of("A:0:3000:nice=-5,B:0:3000"));
    Time a = 0;
    for (const Stretch& stretch : outcome.stretches)
        if (stretch.task == 0 && stretch.from < 2000)
            a += std::min<Time>(stretch.to, 2000) - stretch.from;
    CHECK(a >= 1480);
    CHECK(a <= 1530);
}

TEST_CASE("OSTEP, homework of chapter 7: what the book's simulator prints") {
    const char* same = "0:0:200,1:0:200,2:0:200";
    const char* grow = "0:0:100,1:0:200,2:0:300";
    const std::vector<Exercise> exercises = {
        {"OSTEP 7, homework 1", "fifo", 0, same, response, {0, 200, 400}, 200},
        {"OSTEP 7, homework 1", "sjf", 0, same, turnaround, {200, 400, 600}, 400},
        {"OSTEP 7, homework 2", "fifo", 0, grow, response, {0, 100, 300}, 133.33},
        {"OSTEP 7, homework 2", "sjf", 0, grow, turnaround, {100, 300, 600}, 333.33},
        {"OSTEP 7, homework 3", "rr", 1, same, response, {0, 1, 2}, 1},
        {"OSTEP 7, homework 3", "rr", 1, same, turnaround, {598, 599, 600}, 599},
        {"OSTEP 7, homework 3", "rr", 1, grow, turnaround, {298, 499, 600}, 465.67},
    };
    for (const Exercise& exercise : exercises) check(exercise);
}

// Silberschatz, Galvin, Gagne: Operating System Concepts.
TEST_CASE("Silberschatz, chapter on CPU scheduling: the worked examples") {
    const char* srtf = "P1:0:8,P2:1:4,P3:2:9,P4:3:5";
    const char* evaluated = "P1:0:10,P2:0:29,P3:0:3,P4:0:7,P5:0:12";
    const std::vector<Exercise> exercises = {
        {"Silberschatz (10th) 5.3.1", "fifo", 0, "P1:0:24,P2:0:3,P3:0:3", waiting, {0, 24, 27}, 17},
        {"Silberschatz (10th) 5.3.1", "fifo", 0, "P2:0:3,P3:0:3,P1:0:24", waiting, {0, 3, 6}, 3},
        {"Silberschatz (10th) 5.3.2",
         "sjf",
         0,
         "P1:0:6,P2:0:8,P3:0:7,P4:0:3",
         waiting,
         {3, 16, 9, 0},
         7},
        {"Silberschatz (10th) 5.3.2", "fifo", 0, "P1:0:6,P2:0:8,P3:0:7,P4:0:3", waiting, {}, 10.25},
        {"Silberschatz (10th) 5.3.2", "srtf", 0, srtf, waiting, {9, 0, 15, 2}, 6.5},
        {"Silberschatz (10th) 5.3.2", "sjf", 0, srtf, waiting, {}, 7.75},
        {"Silberschatz (10th) 5.3.3",
         "rr",
         4,
         "P1:0:24,P2:0:3,P3:0:3",
         waiting,
         {6, 4, 7},
         5.66,
         0.01},
        {"Silberschatz (10th) 5.3.3", "rr", 1, "P1:0:10,P2:0:10,P3:0:10", turnaround, {}, 29},
        {"Silberschatz (10th) 5.3.3", "rr", 10, "P1:0:10,P2:0:10,P3:0:10", turnaround, {}, 20},
        {"Silberschatz (10th) 5.8.1", "fifo", 0, evaluated, waiting, {0, 10, 39, 42, 49}, 28},
        {"Silberschatz (10th) 5.8.1", "sjf", 0, evaluated, waiting, {10, 32, 0, 3, 20}, 13},
        {"Silberschatz (10th) 5.8.1", "rr", 10, evaluated, waiting, {0, 32, 20, 23, 40}, 23},
    };
    for (const Exercise& exercise : exercises) check(exercise);
}

TEST_CASE("Silberschatz, practice exercises and exercises with published solutions") {
    // Times in tenths, as the exercise has 0.4.
    const char* tenths = "P1:0:80,P2:4:40,P3:10:10";
    const char* five = "P1:0:2,P2:0:1,P3:0:8,P4:0:4,P5:0:5";
    const char* older = "P1:0:10,P2:0:1,P3:0:2,P4:0:1,P5:0:5";
    const std::vector<Exercise> exercises = {
        {"Silberschatz (10th) practice 5.3a", "fifo", 0, tenths, turnaround, {}, 105.3, 0.05},
        {"Silberschatz (10th) practice 5.3b", "sjf", 0, tenths, turnaround, {}, 95.3, 0.05},
        {"Silberschatz (10th) practice 5.4", "fifo", 0, five, turnaround, {2, 3, 11, 15, 20}, -1},
        {"Silberschatz (10th) practice 5.4", "sjf", 0, five, turnaround, {3, 1, 20, 7, 12}, -1},
        {"Silberschatz (10th) practice 5.4", "rr", 2, five, turnaround, {2, 3, 20, 13, 18}, -1},
        {"Silberschatz (10th) practice 5.4", "fifo", 0, five, waiting, {0, 2, 3, 11, 15}, -1},
        {"Silberschatz (10th) practice 5.4", "sjf", 0, five, waiting, {1, 0, 12, 3, 7}, -1},
        {"Silberschatz (10th) practice 5.4", "rr", 2, five, waiting, {0, 2, 12, 9, 13}, -1},
        {"Silberschatz (7th) exercise 5.5", "fifo", 0, older, turnaround, {10, 11, 13, 14, 19}, -1},
        {"Silberschatz (7th) exercise 5.5", "rr", 1, older, turnaround, {19, 2, 7, 4, 14}, -1},
        {"Silberschatz (7th) exercise 5.5", "sjf", 0, older, turnaround, {19, 1, 4, 2, 9}, -1},
        {"Silberschatz (7th) exercise 5.5", "rr", 1, older, waiting, {9, 1, 5, 3, 9}, -1},
    };
    for (const Exercise& exercise : exercises) check(exercise);
}

TEST_CASE("Silberschatz, figure of exponential averages: the guesses of the next CPU burst") {
    BurstGuess guess(10);
    const std::vector<Time> bursts = {6, 4, 6, 4, 13, 13, 13}, guesses = {8, 6, 6, 5, 9, 11, 12};
    for (std::size_t i = 0; i < bursts.size(); ++i) {
        guess.saw(bursts[i]);
        CHECK(guess.guess() == guesses[i]);
    }
}

// Ten tasks that compute for 1 ms and then wait for 10 ms, one that only computes, 0.1 ms for a
// switch: 91 per cent of the time is used with a quantum of 1 ms, 94 per cent with one of 10 ms.
TEST_CASE("Silberschatz, exercise on I/O-bound tasks: the utilisation for two quanta") {
    std::string burst = "10";
    for (int i = 0; i < 99; ++i) burst += "+100+10";
    for (const auto& expected : {std::pair{10, 91}, std::pair{100, 94}}) {
        const auto quantum = expected.first, percent = expected.second;
        std::string text = "C:0:" + std::to_string(100 * quantum);
        for (int i = 0; i < 10; ++i) text += ",I" + std::to_string(i) + ":0:" + burst;
        MachineOptions options = machine("rr", quantum);
        options.switch_cost = 1;
        const Outcome outcome = play(options, tasks_of(text));
        const CoreAccount& core = outcome.cores[0];
        CAPTURE(quantum);
        CHECK(core.running * 100 / core.elapsed() >= percent - 1);
        CHECK(core.running * 100 / core.elapsed() <= percent + 1);
    }
}

// Tanenbaum, Bos: Modern Operating Systems (4th edition).
TEST_CASE("Tanenbaum, chapter 2: batch systems and the shortest job first") {
    const char* jobs = "A:0:10,B:0:6,C:0:2,D:0:4,E:0:8";
    const std::vector<Exercise> exercises = {
        {"Tanenbaum 2.4.2, figure 2-41a",
         "fifo",
         0,
         "A:0:8,B:0:4,C:0:4,D:0:4",
         turnaround,
         {8, 12, 16, 20},
         14},
        {"Tanenbaum 2.4.2, figure 2-41b",
         "sjf",
         0,
         "A:0:8,B:0:4,C:0:4,D:0:4",
         turnaround,
         {20, 4, 8, 12},
         11},
        {"Tanenbaum 2.4.2, late arrivals",
         "sjf",
         0,
         "A:0:2,B:0:4,C:3:1,D:3:1,E:3:1",
         turnaround,
         {},
         4.6},
        {"Tanenbaum 2, problem on five jobs (c)",
         "fifo",
         0,
         jobs,
         turnaround,
         {10, 16, 18, 22, 30},
         19.2},
        {"Tanenbaum 2, problem on five jobs (d)", "sjf", 0, jobs, turnaround, {}, 14},
        // The published 22 minutes mean that all are served at once: a quantum that is nearly none.
        {"Tanenbaum 2, problem on five jobs (a)",
         "rr",
         1,
         "A:0:10000,B:0:6000,C:0:2000,D:0:4000,E:0:8000",
         turnaround,
         {},
         22'000,
         5},
    };
    for (const Exercise& exercise : exercises) check(exercise);
}

TEST_CASE("Tanenbaum, problem on ageing: the guess after 40, 20, 40 and 15 ms is 25 ms") {
    BurstGuess guess(40);
    for (Time burst : {20, 40, 15}) guess.saw(burst);
    // 40, 30, 35, 25.
    CHECK(guess.guess() == 25);
}

TEST_CASE(
    "Tanenbaum, round robin: a switch of 1 ms wastes 20 per cent of 4 ms, 1 per cent of 100") {
    for (const auto& [quantum, switches] : {std::pair{4, 50}, std::pair{100, 2}}) {
        MachineOptions options = machine("rr", quantum);
        options.switch_cost = 1;
        const CoreAccount core = play(options, tasks_of("A:0:100,B:0:100")).cores[0];
        CHECK(core.running == 200);
        CHECK(core.switching == switches);
        CHECK(core.idle == 0);
    }
}

// Each level's quantum is twice that of the one above, a quantum at each level.
TEST_CASE("Tanenbaum, CTSS: 100 quanta take 7 swaps, and 30 quanta 5") {
    for (const auto& [need, swaps] : {std::pair{100, 7}, std::pair{30, 5}}) {
        const std::string length = std::to_string(need);
        const Outcome outcome = play(machine("mlfq,levels=8,growth=2", 1),
                                     tasks_of("A:0:" + length + ",B:0:" + length));
        int count = 0;
        for (const Stretch& stretch : outcome.stretches) count += stretch.task == 0;
        CHECK(count == swaps);
    }
}

// Stallings: Operating Systems: Internals and Design Principles, table 9.5. In its feedback a
// process sinks only if another one wants the processor.
TEST_CASE("Stallings, table 9.5: finish times under seven policies") {
    const char* five = "A:0:3,B:2:6,C:4:4,D:6:5,E:8:2";
    const std::vector<Exercise> exercises = {
        {"Stallings 9.5, FCFS", "fifo", 0, five, finish, {3, 9, 13, 18, 20}, -1},
        {"Stallings 9.5, FCFS", "fifo", 0, five, turnaround, {3, 7, 9, 12, 12}, 8.60},
        {"Stallings 9.5, RR q = 1", "rr", 1, five, finish, {4, 18, 17, 20, 15}, -1},
        {"Stallings 9.5, RR q = 1", "rr", 1, five, turnaround, {4, 16, 13, 14, 7}, 10.80},
        {"Stallings 9.5, RR q = 4", "rr", 4, five, finish, {3, 17, 11, 20, 19}, -1},
        {"Stallings 9.5, RR q = 4", "rr", 4, five, turnaround, {3, 15, 7, 14, 11}, 10.00},
        {"Stallings 9.5, SPN", "sjf", 0, five, finish, {3, 9, 15, 20, 11}, -1},
        {"Stallings 9.5, SPN", "sjf", 0, five, turnaround, {3, 7, 11, 14, 3}, 7.60},
        {"Stallings 9.5, SRT", "srtf", 0, five, finish, {3, 15, 8, 20, 10}, -1},
        {"Stallings 9.5, SRT", "srtf", 0, five, turnaround, {3, 13, 4, 14, 2}, 7.20},
        {"Stallings 9.5, FB q = 1",
         "mlfq,levels=8,keeps-alone",
         1,
         five,
         finish,
         {4, 20, 16, 19, 11},
         -1},
        {"Stallings 9.5, FB q = 2^i",
         "mlfq,levels=8,growth=2,keeps-alone",
         1,
         five,
         finish,
         {4, 17, 18, 20, 14},
         -1},
    };
    for (const Exercise& exercise : exercises) check(exercise);
}
