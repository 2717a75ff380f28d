// Tests of the global queue: it is a queue, over any number of blocks.
#include "runtime/global_queue.h"

#include <doctest/doctest.h>

#include <deque>
#include <memory>
#include <vector>

#include "runtime/native_os.h"
#include "tests/runtime/dice.h"

namespace homeroom {
namespace {

struct Item {
    int number;
};

TEST_CASE("what comes first is taken first, and the front goes before") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        std::vector<std::unique_ptr<Item>> items;
        std::deque<Item*> expected;
        GlobalQueue<NativeOs, Item> queue;
        bool right = true;
        for (int i = 0; i < 5'000; ++i) {
            // Grows for a while, then shrinks for a while, and is empty now and then.
            const std::uint64_t kind = dice.below(10);
            if (kind < (i / 500 % 2 == 0 ? 7u : 3u)) {
                items.push_back(std::make_unique<Item>(Item{i}));
                Item* item = items.back().get();
                if (dice.below(8) == 0) {
                    queue.push_front(*item);
                    expected.push_front(item);
                } else {
                    queue.push(*item);
                    expected.push_back(item);
                }
            } else if (!expected.empty()) {
                right = right && queue.pop() == expected.front();
                expected.pop_front();
            }
        }
        CHECK(right);
    }
}

}  // namespace
}  // namespace homeroom
