// Timers, and changes of the number of processors, natively and under load.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>

#include "tests/runtime/processor_load.h"
#include "tests/runtime/timer_storm.h"
#include "tests/stress/sizes.h"
#include "tests/worlds.h"

namespace homeroom {

TEST_CASE("random timers never fire early, nor after they were stopped") {
    for (std::uint64_t seed = 1; seed <= (stress::under_tsan ? 10u : 40u); ++seed)
        storm<NativeOs>(seed, 1 + static_cast<std::uint32_t>(seed % 4), 8, 200);
}

TEST_CASE("processors come and go under load") {
    const std::uint32_t rounds = stress::under_tsan ? 3 : stress::under_asan ? 5 : 20;
    for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
        CAPTURE(seed);
        Setup setup;
        setup.processors = 1 + static_cast<std::uint32_t>(seed % 4);
        Load<NativeOs> load;
        const RunResult result = play<NativeOs>(setup, [&] { load.play(seed, 16, 60, 8); });
        REQUIRE_MESSAGE(result.outcome == Outcome::finished, result.report);
        REQUIRE(load.adds_up());
    }
}

// Between two scheduling points no world stops. So a stretch without one begins and ends under the
// same number of processors, and no more than that many are in such a stretch.
TEST_CASE("after ten thousand changes no more coroutines run at once than there are processors") {
    constexpr std::uint32_t changes = stress::under_tsan   ? 300
                                      : stress::under_asan ? 1'000
                                                           : 10'000;
    std::atomic<std::uint32_t> running{0}, limit{8}, too_many{0}, stretches{0};
    std::atomic<bool> over{false};
    Setup setup;
    setup.processors = 4;
    const RunResult result = play<NativeOs>(setup, [&] {
        BasicWaitGroup<NativeOs> all;
        for (int i = 0; i < 12; ++i) {
            all.go([&, i] {
                Dice dice(static_cast<std::uint64_t>(i) + 1);
                while (!over) {
                    if (++running > limit) ++too_many;
                    for (std::uint64_t spin = dice.below(200); spin > 0; --spin) NativeOs::pause();
                    --running;
                    ++stretches;
                    if (dice.below(8) == 0) {
                        Runtime<NativeOs>::call_for(dice.up_to(20 * us));
                    } else {
                        Runtime<NativeOs>::yield();
                    }
                }
            });
        }
        Dice dice(7);
        std::uint32_t before = 4;
        for (std::uint32_t i = 0; i < changes; ++i) {
            const auto count = 1 + static_cast<std::uint32_t>(dice.below(8));
            limit = std::max(count, before);
            CHECK(Runtime<NativeOs>::gomaxprocs(count) == before);
            limit = count;
            before = count;
            if (i % 4 == 0) Runtime<NativeOs>::yield();
        }
        over = true;
        all.wait();
    });
    CHECK(result.outcome == Outcome::finished);
    CHECK(too_many == 0);
    CHECK(stretches > 100);
}

}  // namespace homeroom
