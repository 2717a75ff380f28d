// Each release and each fence of the runtime is weakened in turn, and some program must go wrong:
// else the searches would not notice if it were forgotten, or it is not needed.
#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <vector>

#include "runtime/context.h"  // HOMEROOM_ASAN
#include "tests/explore/search.h"

namespace homeroom::explore {
namespace {

std::string text_at(const Place& place) {
    const std::string path = place.file;
    const std::size_t from = path.rfind("runtime/");
    std::ifstream in(std::string(HOMEROOM_SOURCE_DIR) + "/" + path.substr(from));
    std::string line;
    for (int i = 0; i < place.line; ++i) std::getline(in, line);
    return line;
}

bool is_ours(const sim::Site& site) {
    return std::string(site.place.file).find("runtime/") != std::string::npos;
}

// All places that ask for more than acquire, found by running the programs: whatever they never
// come by is not here, so the list is compared with a number below.
std::vector<sim::Site> all_sites() {
    std::vector<sim::Site> sites;
    for (const Program& program : programs())
        for (std::uint64_t seed = 1; seed <= 20; ++seed)
            for (Manner manner : {Manner::few_preemptions, Manner::random})
                play(program, manner, seed, {}, &sites);
    std::erase_if(sites, [](const sim::Site& site) { return !is_ours(site); });
    return sites;
}

std::optional<Failure> first_failure_of_all(std::uint64_t seeds, const Place& weakened) {
    // Few seeds of each program before many of any: most mistakes show early, in the right program.
    for (std::uint64_t until : {std::uint64_t{50}, seeds})
        for (const Program& program : programs())
            if (auto failure = first_failure(program, until, weakened)) return failure;
    return std::nullopt;
}

#ifdef HOMEROOM_ASAN
constexpr std::uint64_t seeds_for_a_mutation =
    300;  // ten times as slow; the plain build does the proof
#else
constexpr std::uint64_t seeds_for_a_mutation = 2'000;
#endif

TEST_CASE("every release and every fence of the runtime is missed when it is weakened") {
    const std::vector<sim::Site> sites = all_sites();
    CHECK(sites.size() == 14);  // a new one needs a program that shows what it is for
    for (const sim::Site& site : sites) {
        const std::string text = text_at(site.place);
        CAPTURE(site.place.file);
        CAPTURE(site.place.line);
        CAPTURE(text);
        CHECK(first_failure_of_all(seeds_for_a_mutation, site.place).has_value());
    }
}

}  // namespace
}  // namespace homeroom::explore
