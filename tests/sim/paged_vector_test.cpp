// Copies that share what they have not changed.
#include "sim/paged_vector.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using homeroom::sim::PagedVector;

namespace {

using Paged = PagedVector<std::string>;
using Plain = std::vector<std::string>;

// One act by chance, on both alike.
void act(std::minstd_rand& chance, std::vector<Paged>& paged, std::vector<Plain>& plain) {
    const std::size_t which = chance() % paged.size(), other = chance() % paged.size();
    Paged& one = paged[which];
    Plain& same = plain[which];
    const std::string value = std::to_string(chance());
    const std::size_t place = same.empty() ? 0 : chance() % same.size();
    switch (chance() % 16) {
        case 0:
            paged[other] = one;
            plain[other] = same;
            break;
        case 1: {
            const std::size_t size = chance() % 900;
            one.resize(size);
            same.resize(size);
            break;
        }
        case 2:
        case 3:
            one.insert(place, value);
            same.insert(same.begin() + static_cast<std::ptrdiff_t>(place), value);
            break;
        case 4:
        case 5:
        case 6:
            one.push_back(value);
            same.push_back(value);
            break;
        default:
            if (same.empty()) break;
            one[place] = value;
            same[place] = value;
    }
}

// The pages hold all, and of those that are shared nothing differs.
void check_pages(const Paged& one, const Plain& same, const Paged& other, const Plain& others) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < one.pages(); ++i) {
        for (const std::string& value : one.page(i)) {
            REQUIRE(value == same[at]);
            if (one.shares_page(other, i)) REQUIRE((at < others.size() && value == others[at]));
            ++at;
        }
    }
    REQUIRE(at == same.size());
}

}  // namespace

TEST_CASE("a paged vector and its copies hold what plain vectors do, whatever is done to them") {
    for (unsigned seed = 1; seed <= 10; ++seed) {
        CAPTURE(seed);
        std::minstd_rand chance(seed);
        std::vector<Paged> paged(3);
        std::vector<Plain> plain(3);
        for (int i = 0; i < 3'000; ++i) {
            act(chance, paged, plain);
            if (i % 20 != 0) continue;
            for (std::size_t k = 0; k < paged.size(); ++k) {
                REQUIRE(paged[k].size() == plain[k].size());
                REQUIRE(std::equal(paged[k].begin(), paged[k].end(), plain[k].begin()));
                check_pages(paged[k], plain[k], paged[(k + 1) % 3], plain[(k + 1) % 3]);
            }
        }
    }
}

TEST_CASE("a copy takes no memory for what it shares") {
    PagedVector<int> one;
    for (int i = 0; i < 100'000; ++i) one.push_back(i);
    PagedVector<int> copy = one;
    const std::size_t shared = copy.bytes_beside(one);
    CHECK(shared < 100'000 * sizeof(int) / 100);
    copy[50'000] = 0;
    CHECK(copy.bytes_beside(one) == shared + PagedVector<int>::page_bytes);
    CHECK(one[50'000] == 50'000);
    CHECK(std::lower_bound(one.begin(), one.end(), 70'000) - one.begin() == 70'000);
}
