// homeroom kernel: its flags, and how each mistake is named.
#include "app/kernel_command.h"

#include <doctest/doctest.h>

#include <initializer_list>

using namespace homeroom;
using namespace homeroom::app;
using namespace homeroom::sim::kernel;

namespace {

std::optional<KernelArguments> parse(std::initializer_list<const char*> list, std::string& error) {
    const std::vector<const char*> words(list);
    return parse_kernel_arguments(words, error);
}

std::string bad(std::initializer_list<const char*> list) {
    std::string error;
    CHECK_FALSE(parse(list, error));
    CHECK(error.rfind("kernel: ", 0) == 0);
    CHECK(error.find('\n') == std::string::npos);
    return error;
}

bool contains(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("kernel: the flags give the machine and its tasks") {
    std::string error;
    const auto arguments =
        parse({"--policy", "mlfq,levels=2", "--quantum=5", "--tasks", "A:0:5,B:1:3", "--cores", "2",
               "--queues", "per-core", "--no-balance", "--no-affinity", "--switch-cost", "1"},
              error);
    REQUIRE(arguments);
    const MachineOptions& machine = arguments->machine;
    CHECK(machine.policy.kind == Kind::mlfq);
    CHECK(machine.policy.levels == 2);
    CHECK(machine.policy.quantum == 5);
    CHECK(machine.cores == 2);
    CHECK(machine.queues == Queues{true, false, false});
    CHECK(machine.switch_cost == 1);
    CHECK(arguments->tasks.size() == 2);
    CHECK_FALSE(arguments->compare);
}

TEST_CASE("kernel: the quantum counts wherever it stands") {
    std::string error;
    CHECK(parse({"--quantum", "7", "--policy", "fair"}, error)->machine.policy.quantum == 7);
    CHECK(parse({"--policy", "fair", "--quantum", "7"}, error)->machine.policy.quantum == 7);
}

TEST_CASE("kernel: without tasks there is an exercise of its own") {
    std::string error;
    CHECK(parse({}, error)->tasks.size() == 5);
    CHECK(parse({"--compare"}, error)->compare);
    CHECK(parse({"-h"}, error)->help);
}

TEST_CASE("kernel: a mistake is named in one line") {
    CHECK(contains(bad({"--policy", "lottery"}), "--policy: unknown policy 'lottery'"));
    CHECK(contains(bad({"--tasks", "A:0:5,B"}), "--tasks: task 2: "));
    CHECK(contains(bad({"--quantum", "0"}), "--quantum must be a whole number from 1"));
    CHECK(contains(bad({"--cores", "17"}), "--cores must be a whole number from 1 to 16"));
    CHECK(contains(bad({"--queues", "many"}), "--queues must be shared or per-core, not 'many'"));
    CHECK(contains(bad({"--switch-cost", "-1"}), "--switch-cost must be"));
    CHECK(contains(bad({"--tasks"}), "--tasks needs a value"));
    CHECK(contains(bad({"--compare=1"}), "--compare takes no value"));
    CHECK(contains(bad({"--speed", "1"}), "unknown flag --speed"));
    CHECK(contains(bad({"fifo"}), "unknown argument 'fifo'"));
}

TEST_CASE("kernel: the help names every flag and every policy, in lines of at most 100 letters") {
    const std::string help = kernel_help_text();
    for (const char* flag :
         {"--tasks", "--policy", "--quantum", "--cores", "--queues", "--no-balance",
          "--no-affinity", "--switch-cost", "--compare", "--help",
          "levels=", "growth=", "allotment=", "boost=", "forgives", "keeps-alone", "no-parity"})
        CHECK(contains(help, flag));
    for (const PolicyInfo& info : policy_infos()) CHECK(contains(help, info.title));
    for (std::size_t start = 0; start < help.size();) {
        const std::size_t end = help.find('\n', start);
        CHECK(end - start <= 100);
        start = end + 1;
    }
}
