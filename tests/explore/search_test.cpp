// Whole programs on the scheduler, under many seeds, with late stores, a kernel that preempts at
// any moment, and the order watch.
#include "tests/explore/search.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "runtime/context.h"  // HOMEROOM_ASAN

namespace homeroom::explore {
namespace {

std::uint64_t seeds_per_program() {
#ifdef HOMEROOM_ASAN
    const std::uint64_t seeds = 200;
#else
    const std::uint64_t seeds = 2'000;
#endif
    return std::getenv("HOMEROOM_LONG") != nullptr ? 100 * seeds : seeds;  // NOLINT: one thread
}

// "program | manner | seed | what it found"
struct Kept {
    std::string program;
    Manner manner;
    std::uint64_t seed;
};

std::string trimmed(const std::string& text) {
    const std::size_t from = text.find_first_not_of(' ');
    return from == std::string::npos ? ""
                                     : text.substr(from, text.find_last_not_of(' ') - from + 1);
}

std::vector<Kept> kept_seeds() {
    std::vector<Kept> kept;
    std::ifstream in(std::string(HOMEROOM_SOURCE_DIR) + "/tests/explore/seeds.txt");
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream fields(line);
        std::string program, manner, seed;
        std::getline(fields, program, '|');
        std::getline(fields, manner, '|');
        std::getline(fields, seed, '|');
        for (Manner each : manners)
            if (trimmed(manner) == word(each))
                kept.push_back({trimmed(program), each, std::stoull(seed)});
    }
    return kept;
}

const Program* find_program(const std::string& name) {
    for (const Program& program : programs())
        if (name == program.name) return &program;
    return nullptr;
}

TEST_CASE("seeds that once failed do well") {
    const std::vector<Kept> all = kept_seeds();
    CHECK(!all.empty());
    for (const Kept& kept : all) {
        CAPTURE(kept.program);
        CAPTURE(kept.seed);
        const Program* program = find_program(kept.program);
        REQUIRE(program != nullptr);
        CHECK(play(*program, kept.manner, kept.seed).wrong == "");
    }
}

TEST_CASE("no seed breaks a program") {
    for (const Program& program : programs()) {
        const auto failure = first_failure(program, seeds_per_program());
        if (!failure) continue;
        const std::string line = std::string(program.name) + " | " + word(failure->manner) + " | " +
                                 std::to_string(failure->seed) + " | " + failure->what;
        FAIL_CHECK(line);
    }
}

TEST_CASE("the school is in order at each step of a search") {
    for (const Program& program : programs()) {
        if (program.bare) continue;
        for (std::uint64_t seed = 1; seed <= 50; ++seed) {
            for (Manner manner : manners) {
                CAPTURE(std::string(program.name));
                CAPTURE(std::string(word(manner)));
                CAPTURE(seed);
                CHECK(play_watched(program, manner, seed).wrong == "");
            }
        }
    }
}

TEST_CASE("a seed is a run: played twice, it goes the same way") {
    for (const Program& program : programs()) {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            CAPTURE(std::string(program.name));
            CAPTURE(seed);
            const Played first = play(program, Manner::random, seed);
            const Played second = play(program, Manner::random, seed);
            CHECK(first.hash == second.hash);
            CHECK(first.accesses == second.accesses);
            CHECK(first.now == second.now);
        }
    }
}

}  // namespace
}  // namespace homeroom::explore
