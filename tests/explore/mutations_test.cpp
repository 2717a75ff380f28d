// Each release and each fence of the runtime is weakened in turn, and some program must go wrong: else the
// searches would not notice if it were forgotten, or it is not needed.
#include "tests/explore/search.h"

#include "runtime/context.h"  // HOMEROOM_ASAN

#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <vector>

namespace homeroom::explore {
namespace {

// Orders whose weakening nothing can show, each known by its line's text, with the reason. Whoever removes one
// of them from the runtime removes it here.
struct Exception {
    const char* file;
    const char* text;
    const char* reason;
};
const Exception exceptions[] = {
    {"runtime/calls.h", "idle_.spinning.compare_exchange(none, 1, acq_rel)",
     "publishes nothing but the count itself, and changes of one cell never miss each other; the fences S2 "
     "and G2 order it against the queues"},
    {"runtime/lifecycle.h", "stopping_.store(true, release)",
     "nobody reads it with acquire: what the run leaves is read after the threads have been joined"},
    {"runtime/search.h", "poller_.compare_exchange(nobody, &m, acq_rel)",
     "publishes a machine, which whoever wakes the poller knows already through the scheduler's lock"},
    {"runtime/search.h", "poller_.store(nullptr, release)",
     "publishes nothing: the next poller learns of the timers through their locks"},
};

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

bool matches(const Exception& exception, const sim::Site& site) {
    const std::string path = site.place.file;
    const std::string end = exception.file;
    return path.size() >= end.size() && path.compare(path.size() - end.size(), end.size(), end) == 0 &&
           text_at(site.place).find(exception.text) != std::string::npos;
}

// All places that ask for more than acquire, found by running the programs: whatever they never come by is not
// here, so the list is compared with a number below.
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
constexpr std::uint64_t seeds_for_a_mutation = 300;  // ten times as slow; the plain build does the proof
#else
constexpr std::uint64_t seeds_for_a_mutation = 2'000;
#endif

TEST_CASE("every release and every fence of the runtime is missed when it is weakened") {
    const std::vector<sim::Site> sites = all_sites();
    CHECK(sites.size() >= 15);
    std::vector<bool> used(std::size(exceptions), false);
    for (const sim::Site& site : sites) {
        bool excepted = false;
        for (std::size_t i = 0; i < std::size(exceptions); ++i) {
            if (!matches(exceptions[i], site)) continue;
            excepted = used[i] = true;
        }
        if (excepted) continue;
        const std::string text = text_at(site.place);
        CAPTURE(site.place.file);
        CAPTURE(site.place.line);
        CAPTURE(text);
        CHECK(first_failure_of_all(seeds_for_a_mutation, site.place).has_value());
    }
    for (std::size_t i = 0; i < std::size(exceptions); ++i) {
        CAPTURE(exceptions[i].text);
        CHECK_MESSAGE(used[i], "this exception is not in the runtime any more");
    }
}

}  // namespace
}  // namespace homeroom::explore
