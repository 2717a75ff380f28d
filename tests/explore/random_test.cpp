// Random programs: a bounded number of seeds in each run of the tests, and all that ever failed.
// `homeroom --explore MINUTES` goes on for longer.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "runtime/context.h"  // HOMEROOM_ASAN
#include "sim/random_program.h"

namespace homeroom::explore {
namespace {

std::uint64_t runs() {
#ifdef HOMEROOM_ASAN
    const std::uint64_t bounded = 1'000;
#else
    const std::uint64_t bounded = 10'000;
#endif
    return std::getenv("HOMEROOM_LONG") != nullptr ? 1'000'000 : bounded;  // NOLINT: one thread
}

TEST_CASE("no random program breaks a promise of the scheduler") {
    int failures = 0;
    for (std::uint64_t n = 0; n < runs() && failures < 5; ++n) {
        const sim::RandomRun run = sim::random_run(1, n);
        const sim::RandomOutcome outcome = sim::play(run);
        if (outcome.wrong.empty()) continue;
        const std::string line = sim::to_string(run) + " | " + outcome.wrong;
        FAIL_CHECK(line);
        ++failures;
    }
}

// "few-17 | what it found"
TEST_CASE("random programs that once failed do well") {
    std::ifstream in(std::string(HOMEROOM_SOURCE_DIR) + "/tests/explore/random_seeds.txt");
    REQUIRE(in.is_open());
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        const std::string name = line.substr(0, line.find(' '));
        CAPTURE(name);
        std::string error;
        const auto run = sim::parse_random_run(name, error);
        REQUIRE(run.has_value());
        CHECK(sim::play(*run).wrong == "");
    }
}

TEST_CASE("a random run is its name: played twice, it goes the same way") {
    for (std::uint64_t n = 0; n < 40; ++n) {
        const sim::RandomRun run = sim::random_run(500, n);
        CAPTURE(sim::to_string(run));
        std::string error;
        CHECK(sim::parse_random_run(sim::to_string(run), error) == run);
        const sim::RandomOutcome first = sim::play(run), second = sim::play(run);
        CHECK(first.hash == second.hash);
        CHECK(first.steps == second.steps);
        CHECK(first.steps > 0);
    }
}

TEST_CASE("what is no name of a random run is refused in one line") {
    for (const char* text : {"", "17", "few", "few-", "few-x", "few--1", "many-3",
                             "few-99999999999999999999", "random-1 "}) {
        CAPTURE(std::string(text));
        std::string error;
        CHECK_FALSE(sim::parse_random_run(text, error).has_value());
        CHECK(error.find("few-17") != std::string::npos);
        CHECK(error.find('\n') == std::string::npos);
    }
}

TEST_CASE("the searches meet every number of processors, and each rule switched off") {
    std::uint32_t processors = 0;
    std::size_t rules_off = 0;
    for (const sim::RuleInfo& rule : sim::rule_infos()) {
        for (std::uint64_t n = 0; n < 200; ++n) {
            const sim::RunOptions options = sim::options_of(sim::random_run(1, n));
            processors |= 1u << options.clipboards;
            if (options.rules.*rule.field) continue;
            ++rules_off;
            break;
        }
    }
    CHECK(processors == 0b11110);
    CHECK(rules_off == sim::rule_infos().size());
}

}  // namespace
}  // namespace homeroom::explore
