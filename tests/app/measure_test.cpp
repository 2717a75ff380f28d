// homeroom measure: its flags, the shape of what it prints, and the costs that it saves. What the
// numbers are depends on the machine, so nothing here asks for them.
#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <initializer_list>
#include <set>
#include <string>
#include <vector>

#include "app/cli.h"
#include "app/measure/measurement.h"
#include "app/measure_command.h"

using namespace homeroom;
using namespace homeroom::app;

namespace {

std::optional<MeasureArguments> parse(std::initializer_list<const char*> list, std::string& error) {
    const std::vector<const char*> words(list);
    return parse_measure_arguments(words, error);
}

std::string bad(std::initializer_list<const char*> list) {
    std::string error;
    CHECK_FALSE(parse(list, error));
    CHECK(error.rfind("measure: ", 0) == 0);
    CHECK(error.find('\n') == std::string::npos);
    return error;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

const std::vector<Measurement> made_up = {
    {"opening", "coroutine", "a coroutine", Measurement::Unit::nanoseconds, {100, 200, 300}, {}},
    {"switching", "thread-switch", "a switch", Measurement::Unit::nanoseconds, {1500.4}, {}},
    {"kernel", "system-call", "a call", Measurement::Unit::nanoseconds, {}, "no \"kernel\" here"},
    {"memory", "thread-bytes", "a thread", Measurement::Unit::bytes, {8192, 8192}, {}},
};

// A file that is gone afterwards.
struct TemporaryFile {
    std::string name = "homeroom_measure_test." + std::to_string(getpid());
    explicit TemporaryFile(const std::string& text) { std::ofstream(name) << text; }
    ~TemporaryFile() { std::remove(name.c_str()); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
};

std::string cli_error(std::initializer_list<const char*> list) {
    const std::vector<const char*> words(list);
    std::string error;
    CHECK_FALSE(parse_arguments(words, error));
    return error;
}

}  // namespace

TEST_CASE("measure: the flags are read, and each mistake is named in one line") {
    std::string error;
    const auto arguments = parse({"--json", "--rounds=3", "--save", "costs.txt"}, error);
    REQUIRE(arguments);
    CHECK(arguments->json);
    CHECK(arguments->rounds == 3);
    CHECK(arguments->save == "costs.txt");
    CHECK(parse({"-h"}, error)->help);
    CHECK(contains(bad({"--rounds", "0"}), "--rounds must be a whole number from 1 to 1000"));
    CHECK(contains(bad({"--rounds", "x"}), "not 'x'"));
    CHECK(contains(bad({"--rounds"}), "--rounds needs a value"));
    CHECK(contains(bad({"--save="}), "--save must be the name of a file"));
    CHECK(contains(bad({"--json=1"}), "--json takes no value"));
    CHECK(contains(bad({"fast"}), "unknown argument 'fast'"));
    for (const char* flag : {"--json", "--rounds", "--save", "--help"})
        CHECK(contains(measure_help_text(), flag));
}

TEST_CASE("measure: a file that cannot be written is named before anything is measured") {
    MeasureArguments arguments;
    arguments.save = "no-such-folder/costs.txt";
    std::string error;
    CHECK(measure(arguments, stdout, error) == 2);
    CHECK(error == "measure: cannot write the file 'no-such-folder/costs.txt'");
}

TEST_CASE("measure: quartiles and median lie between the samples, whatever their order") {
    const Spread five = spread_of({5, 1, 4, 2, 3});
    CHECK(five.least == 1);
    CHECK(five.lower_quartile == 2);
    CHECK(five.median == 3);
    CHECK(five.upper_quartile == 4);
    CHECK(five.most == 5);
    CHECK(spread_of({1, 2}).median == 1.5);
    CHECK(spread_of({7}).upper_quartile == 7);
}

TEST_CASE("measure: the table has a line for each, also for what could not be measured") {
    const std::string table = as_table(made_up);
    CHECK(contains(table, "a coroutine"));
    CHECK(contains(table, "200 ns"));
    CHECK(contains(table, "150 ns to 250 ns, 100 ns to 300 ns"));
    CHECK(contains(table, "a call: not measured: no \"kernel\" here"));
    CHECK(contains(table, "8192 B"));
}

TEST_CASE("measure: the JSON has machine, names, units and spreads") {
    const std::string json = as_json(made_up);
    CHECK(contains(json, "\"machine\": \""));
    CHECK(contains(json,
                   "{\"group\": \"opening\", \"name\": \"coroutine\", \"what\": \"a coroutine\", "
                   "\"unit\": \"ns\", \"rounds\": 3, \"min\": 100.0, \"q1\": 150.0, \"median\": "
                   "200.0, \"q3\": 250.0, \"max\": 300.0}"));
    CHECK(contains(json, "\"rounds\": 0, \"missing\": \"no \\\"kernel\\\" here\"}"));
    CHECK(contains(json, "\"unit\": \"bytes\""));
}

TEST_CASE("measure: what it saves are costs that the model reads") {
    const std::string text = costs_file(made_up);
    sim::Costs costs;
    std::string error;
    REQUIRE(sim::parse_costs(text, costs, error));
    CHECK(costs.thread_switch == 1'500);
    CHECK(costs.system_call == sim::Costs{}.system_call);  // not measured: stays as it was

    const TemporaryFile file(text);
    const std::vector<const char*> words = {"--costs", file.name.c_str()};
    const auto arguments = parse_arguments(words, error);
    CAPTURE(error);
    REQUIRE(arguments);
    CHECK(arguments->options.run.costs == costs);
}

TEST_CASE("measure: a file of costs with a mistake is named with its line") {
    const TemporaryFile file("system-call=100ns\nthread-switch=soon");
    CHECK(contains(cli_error({"--costs", file.name.c_str()}), file.name + ": line 2: "));
    CHECK(contains(cli_error({"--costs", "no-such-file"}), "cannot read the file 'no-such-file'"));
    CHECK(contains(cli_error({"--costs", "gravity=1ns"}), "unknown cost 'gravity'"));
}

TEST_CASE("measure: all that is to be measured is, once each") {
    const std::vector<Measurement> all = measure_machine(1);
    std::set<std::string> names;
    for (const Measurement& each : all) {
        CAPTURE(each.name);
        CHECK(names.insert(each.name).second);
        CHECK(each.samples.empty() != each.missing.empty());
        for (double sample : each.samples) CHECK(sample == sample);  // a number
    }
    for (const char* name :
         {"coroutine", "thread", "fork", "fork-exec", "context-switch", "yield", "thread-switch",
          "process-switch", "touch-after-process", "coroutine-bytes", "thread-bytes", "exec-bytes"})
        CHECK(names.count(name) == 1);
}
