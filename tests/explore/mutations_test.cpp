// Each order stronger than relaxed, each fence and each second look of the runtime is taken away in
// turn, and some program must go wrong: else the searches would not notice if it were forgotten, or
// it is not needed. MUTATIONS.md is the list.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "runtime/context.h"  // HOMEROOM_ASAN
#include "tests/explore/search.h"

namespace homeroom::explore {
namespace {

const char* const source_dir = HOMEROOM_SOURCE_DIR;

// What a site of each kind loses.
const char* word(sim::Site::Kind kind) {
    switch (kind) {
        case sim::Site::Kind::release_store:
            return "release";
        case sim::Site::Kind::release_change:
            return "release of a change";
        case sim::Site::Kind::fence:
            return "fence";
        case sim::Site::Kind::acquire_load:
            return "acquire";
        case sim::Site::Kind::acquire_change:
            return "acquire of a change";
    }
    return "";
}

std::string path_in_tree(const sim::Place& place) {
    const std::string path = place.file;
    const std::size_t from = path.rfind("runtime/");
    return from == std::string::npos ? "" : path.substr(from);
}

std::string text_at(const sim::Place& place) {
    std::ifstream in(std::string(source_dir) + "/" + path_in_tree(place));
    std::string line;
    for (int i = 0; i < place.line; ++i) std::getline(in, line);
    line.erase(0, line.find_first_not_of(' '));
    line = line.substr(0, line.find("  //"));
    line.erase(line.find_last_not_of(' ') + 1);
    std::replace(line.begin(), line.end(), '|', '/');  // of a table
    return line;
}

// One row of the list.
struct Case {
    std::string name;  // "search.h, fence: Os::fence();"
    Mutation mutation;
};

// All places that ask for more than relaxed, found by running the programs: whatever they never
// come by is not here. Two equal lines of a file are told apart by a number.
std::vector<Case> all_cases() {
    std::vector<sim::Site> sites;
    for (const Program& program : programs())
        for (std::uint64_t seed = 1; seed <= 20; ++seed)
            for (Manner manner : manners) play(program, manner, seed, {}, &sites);
    std::erase_if(sites, [](const sim::Site& site) { return path_in_tree(site.place).empty(); });
    std::sort(sites.begin(), sites.end(), [](const sim::Site& a, const sim::Site& b) {
        const std::string file_a = path_in_tree(a.place), file_b = path_in_tree(b.place);
        return file_a != file_b ? file_a < file_b : a.place.line < b.place.line;
    });
    std::vector<Case> cases;
    std::map<std::string, int> met;
    for (const sim::Site& site : sites) {
        std::string name =
            path_in_tree(site.place) + ", " + word(site.kind) + ": `" + text_at(site.place) + "`";
        if (const int n = ++met[name]; n > 1) name += " (" + std::to_string(n) + ")";
        cases.push_back({name, {site.place, Recheck::none}});
    }
    struct Named {
        const char* name;
        Recheck recheck;
    };
    constexpr std::array<Named, 8> rechecks = {{
        {"runtime/search.h, look_again: the global queue (G3)", Recheck::global_queue},
        {"runtime/search.h, look_again: the processors' queues (G3)", Recheck::local_queues},
        {"runtime/search.h, give_up: is a searcher asked for? (W3)", Recheck::request},
        {"runtime/search.h, wait_for_timer: the earliest under the lock", Recheck::timer},
        {"runtime/search.h, wait_for_timer: the end under the lock", Recheck::end},
        {"runtime/lifecycle.h, check_dead_locked: the monitor's hands", Recheck::retaking},
        {"runtime/calls.h, hand_off: is a searcher asked for? (W3)", Recheck::request_in_hand_off},
        {"runtime/leave.h, wait_until_left: has it left its stack?", Recheck::has_left},
    }};
    for (const Named& each : rechecks) cases.push_back({each.name, {{}, each.recheck}});
    return cases;
}

struct Caught {
    std::string program, manner;
    std::uint64_t seed = 0;
    std::string what;
};

std::optional<Caught> first_failure_of_all(std::uint64_t seeds, const Mutation& mutation) {
    // Few seeds of each program before many of any: most mistakes show early, in the right program.
    for (std::uint64_t until : {std::uint64_t{50}, seeds})
        for (const Program& program : programs())
            if (auto failure = first_failure(program, until, mutation))
                return Caught{program.name, word(failure->manner), failure->seed, failure->what};
    return std::nullopt;
}

// The rows of MUTATIONS.md: name, and who catches it.
std::map<std::string, Caught> listed() {
    std::map<std::string, Caught> rows;
    std::ifstream in(std::string(source_dir) + "/tests/explore/MUTATIONS.md");
    for (std::string line; std::getline(in, line);) {
        if (line.rfind("| runtime/", 0) != 0) continue;
        std::vector<std::string> cells;
        std::istringstream row(line);
        for (std::string cell; std::getline(row, cell, '|');) {
            const std::size_t from = cell.find_first_not_of(' ');
            cells.push_back(from == std::string::npos
                                ? ""
                                : cell.substr(from, cell.find_last_not_of(' ') - from + 1));
        }
        if (cells.size() < 5) continue;
        Caught caught{cells[2], "", 0, cells[4]};
        std::istringstream(cells[3]) >> caught.manner >> caught.seed;
        rows[cells[1]] = caught;
    }
    return rows;
}

bool still_caught(const Caught& row, const Mutation& mutation) {
    for (const Program& program : programs()) {
        if (row.program != program.name) continue;
        for (Manner manner : manners)
            if (row.manner == word(manner))
                return !play(program, manner, row.seed, mutation).wrong.empty();
    }
    return false;
}

#ifdef HOMEROOM_ASAN
constexpr std::uint64_t seeds_for_a_mutation =
    300;  // ten times as slow; the plain build does the proof
#else
constexpr std::uint64_t seeds_for_a_mutation = 3'000;
#endif

void update_list(const std::vector<Case>& cases) {
    std::ofstream out(std::string(source_dir) + "/tests/explore/MUTATIONS.md");
    out << "# What is taken away, and who notices\n\n"
           "Written by the tests: `HOMEROOM_UPDATE_MUTATIONS=1 "
           "build/release/homeroom_tests "
           "-sf=\"*mutations*\"`. Each row is one order made\n"
           "relaxed, one fence removed or one second look left out in the model, the "
           "program of "
           "`programs.cpp` and the seed that catch it,\n"
           "and what went wrong. What runs on real machines only is not in it: native_os.h, "
           "preempt.h, marked_code.h.\n\n"
           "| taken away | program | seed | what went wrong |\n|---|---|---|---|\n";
    for (const Case& each : cases) {
        const auto caught = first_failure_of_all(seeds_for_a_mutation, each.mutation);
        if (!caught) {
            FAIL_CHECK(each.name);
            continue;
        }
        std::string what = caught->what.substr(0, caught->what.find('\n'));
        std::replace(what.begin(), what.end(), '|', '/');
        out << "| " << each.name << " | " << caught->program << " | " << caught->manner << " "
            << caught->seed << " | " << what << " |\n";
    }
}

TEST_CASE("every order, fence and second look of the runtime is missed when it is taken away") {
    const std::vector<Case> cases = all_cases();
    if (std::getenv("HOMEROOM_UPDATE_MUTATIONS") != nullptr) {  // NOLINT: one thread
        update_list(cases);
        return;
    }
    const std::map<std::string, Caught> rows = listed();
    for (const Case& each : cases) {
        CAPTURE(each.name);
        const auto row = rows.find(each.name);
        // A new one needs a program that shows what it is for.
        CHECK(row != rows.end());
        if (row == rows.end()) continue;
        // The listed seed catches it; when the code has changed since, perhaps another one.
        if (still_caught(row->second, each.mutation)) continue;
        CHECK(first_failure_of_all(seeds_for_a_mutation, each.mutation).has_value());
    }
    CHECK(rows.size() == cases.size());  // MUTATIONS.md is current
}

// Does the line, without its comment, ask for an order stronger than relaxed?
bool orders(const std::string& line) {
    static const std::regex order(R"([( ](acquire|release|acq_rel)(,|\)[^(]))");
    const std::string code = line.substr(0, line.find("//"));
    return std::regex_search(code, order) || code.find("Os::fence()") != std::string::npos;
}

// The list is made by running programs, so it could miss what they never come by.
TEST_CASE("no order in the text of the runtime is missing in the list") {
    // For real machines only: the model has no signals.
    const std::vector<std::string> native = {"os.h", "native_os.h", "marked_code.h", "preempt.h"};
    const std::vector<Case> cases = all_cases();
    int found = 0;
    for (const auto& file :
         std::filesystem::directory_iterator(std::string(source_dir) + "/runtime")) {
        const std::string name = file.path().filename().string();
        if (file.path().extension() != ".h") continue;
        if (std::find(native.begin(), native.end(), name) != native.end()) continue;
        std::ifstream in(file.path());
        int number = 0;
        for (std::string line; std::getline(in, line);) {
            ++number;
            if (!orders(line) || line.find("MarkedCode") != std::string::npos) continue;
            ++found;
            CAPTURE(name);
            CAPTURE(line);
            CHECK(std::any_of(cases.begin(), cases.end(), [&](const Case& each) {
                return each.mutation.weakened.line == number &&
                       path_in_tree(each.mutation.weakened) == "runtime/" + name;
            }));
        }
    }
    CHECK(found > 30);
}

}  // namespace
}  // namespace homeroom::explore
