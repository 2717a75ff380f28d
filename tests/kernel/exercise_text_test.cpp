// Exercises as text: what is understood, how each mistake is named, and what is printed.
#include "tests/kernel/exercises.h"

using namespace homeroom::exercises;

namespace {

std::string mistake(const char* text) {
    std::string error;
    CHECK_FALSE(parse_tasks(text, error));
    CHECK(error.find('\n') == std::string::npos);
    return error;
}

std::string policy_mistake(const char* text) {
    std::string error;
    Settings settings;
    CHECK_FALSE(parse_policy(text, settings, error));
    CHECK(settings == Settings{});
    return error;
}

bool contains(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE(
    "a task has a name, an arrival, bursts with waits between them, and perhaps a nice value") {
    const std::vector<Task> tasks = tasks_of("A:0:5,long-name:12:4+10+6:nice=-3");
    REQUIRE(tasks.size() == 2);
    CHECK(tasks[0].parts == std::vector<Time>{5});
    CHECK(tasks[1].name == "long-name");
    CHECK(tasks[1].arrival == 12);
    CHECK(tasks[1].nice == -3);
    CHECK(tasks[1].cpu() == 10);
    CHECK(tasks[1].waited() == 10);
}

TEST_CASE("a mistake in a task is named with the number of the task") {
    CHECK(contains(mistake(""), "task 1: a name has 1 to 12 letters"));
    CHECK(contains(mistake("A:0:5,:1:2"), "task 2: a name"));
    CHECK(
        contains(mistake("A:x:5"), "task 1: the arrival must be a whole number from 0 to 1000000"));
    CHECK(contains(mistake("A:-1:5"), "not '-1'"));
    CHECK(contains(mistake("A:0"), "task 1: a CPU burst or a wait must be a whole number from 1"));
    CHECK(contains(mistake("A:0:0"), "not '0'"));
    CHECK(contains(mistake("A:0:5+3"), "end with a burst"));
    CHECK(contains(mistake("A:0:5+"), "end with a burst"));
    CHECK(contains(mistake("A:0:5:nice=20"), "from -20 to 19, not 'nice=20'"));
    CHECK(contains(mistake("A:0:5:slow"), "not 'slow'"));
    CHECK(contains(mistake("A:0:5,A:1:5"), "task 2: there is another one named 'A'"));
    CHECK(contains(mistake("A:0:1000000,B:0:1"), "1000000 units of CPU time in all"));
}

TEST_CASE("a policy is its name and its settings, and prints as it is read") {
    for (const PolicyInfo& info : policy_infos()) {
        Settings settings;
        std::string error;
        CHECK(parse_policy(info.name, settings, error));
        CHECK(settings.kind == info.kind);
        CHECK(policy_to_string(settings) == info.name);
    }
    for (const char* text :
         {"mlfq,levels=5,growth=2,allotment=3,boost=1s,forgives,keeps-alone", "fair,no-parity"}) {
        Settings settings, again;
        std::string error;
        REQUIRE(parse_policy(text, settings, error));
        REQUIRE(parse_policy(policy_to_string(settings), again, error));
        CHECK(settings == again);
        CHECK(policy_to_string(settings) == text);
    }
    Settings quantum;
    std::string error;
    REQUIRE(parse_policy("rr,quantum=2ms", quantum, error));
    CHECK(quantum.quantum == 2'000'000);
}

TEST_CASE("a mistake in a policy is named, with what there is") {
    CHECK(contains(policy_mistake("lottery"), "unknown policy 'lottery'; known are fifo, sjf,"));
    CHECK(contains(policy_mistake(""), "unknown policy ''"));
    CHECK(contains(policy_mistake("fifo,quantum=2"), "fifo has no setting 'quantum=2'"));
    CHECK(
        contains(policy_mistake("rr,levels=2"), "rr has no setting 'levels=2'; known is quantum="));
    CHECK(contains(policy_mistake("mlfq,levels=9"), "levels must be a whole number from 1 to 8"));
    CHECK(contains(policy_mistake("mlfq,boost=x"), "boost must be a time"));
    CHECK(contains(policy_mistake("fair,forgives"), "fair has no setting 'forgives'"));
    CHECK(contains(policy_mistake("rr,quantum=0"), "quantum must be a time"));
}

TEST_CASE("the report has the policy with its ties, the chart, the times and the accounts") {
    MachineOptions options = machine("rr", 2);
    options.switch_cost = 1;
    const auto tasks = tasks_of("A:0:3,B:6:2");
    CHECK(report(options, tasks, play(options, tasks)) ==
          R"(Round robin, quantum 2
Each thread in turn, for at most one quantum.
Ties: Who becomes runnable at the moment when a quantum ends stands before the one whose it was.

| ~ | A      | -   | ~ | B   |
0   1        4     6   7     9
-: idle   ~: switching

task  arrives  CPU  first run  end  response  turnaround  waiting
A           0    3          1    4         1           4        1
B           6    2          7    9         1           3        1
mean                                    1.00        3.50     1.00

core  running  switching  idle  elapsed  switches
0           5          2     2        9         1
)");
}

TEST_CASE("a long chart goes on in the next line, and none is wider than asked") {
    std::string text = "A:0:50";
    for (int i = 0; i < 30; ++i) text += ",T" + std::to_string(i) + ":0:50";
    const auto tasks = tasks_of(text);
    const MachineOptions options = machine("rr", 7);
    const std::string chart = report(options, tasks, play(options, tasks), 80);
    for (std::size_t at = 0; at < chart.size();) {
        const std::size_t end = chart.find('\n', at);
        if (chart[at] == '|') CHECK(end - at <= 80);
        at = end + 1;
    }
}
