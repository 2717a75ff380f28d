// Selects, reading locks, conditions and semaphores under load, on real threads: nothing is lost,
// nobody waits for ever, and ThreadSanitizer sees no race in what they guard.
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <vector>

#include "runtime/cond.h"
#include "runtime/native_os.h"
#include "runtime/once.h"
#include "runtime/rw_mutex.h"
#include "runtime/select.h"
#include "runtime/semaphore.h"
#include "runtime/wait_group.h"
#include "tests/stress/sizes.h"

namespace homeroom::stress {
namespace {

using Native = Runtime<NativeOs>;
template <class T>
using Channel = BasicChannel<NativeOs, T>;
using WaitGroup = BasicWaitGroup<NativeOs>;

constexpr std::uint64_t rounds = under_tsan ? 50 : 300;

template <class F>
void on_many_processors(F program) {
    for (std::uint32_t processors : {1u, 2u, 3u, 8u}) {
        CAPTURE(processors);
        SchedulerOptions options;
        options.processors = processors;
        const RunResult result = run_on<NativeOs>(options, program);
        REQUIRE(result.report == "");
    }
}

}  // namespace

TEST_CASE("selects on both sides of the same channels lose no value and double none") {
    constexpr std::uint64_t senders = 6, receivers = 5, items = 20 * rounds;
    std::atomic<std::uint64_t> sum{0}, count{0};
    on_many_processors([&sum, &count] {
        sum = count = 0;
        std::array<Channel<std::uint64_t>, 3> channels{
            Channel<std::uint64_t>(0), Channel<std::uint64_t>(1), Channel<std::uint64_t>(0)};
        Channel<bool> quit;
        WaitGroup sending, receiving;
        for (std::uint64_t k = 0; k < receivers; ++k) {
            receiving.go([&, k] {
                bool open = true;
                const auto take = [&](std::optional<std::uint64_t> v) {
                    sum += *v;
                    ++count;
                };
                while (open)
                    select<NativeOs>(
                        on_receive(channels[k % 3], take), on_receive(channels[(k + 1) % 3], take),
                        on_receive(quit, [&open](std::optional<bool>) { open = false; }),
                        on_receive(channels[k % 3], take));
            });
        }
        for (std::uint64_t k = 0; k < senders; ++k) {
            sending.go([&, k] {
                for (std::uint64_t i = 1; i <= items; ++i) {
                    if (i % 4 == 0)
                        channels[k % 3].send(i);
                    else
                        select<NativeOs>(on_send(channels[(k + i) % 3], i),
                                         on_send(channels[k % 3], i));
                }
            });
        }
        sending.wait();
        while (channels[1].size() > 0) Native::yield();
        quit.close();
        receiving.wait();
    });
    CHECK(count == senders * items);
    CHECK(sum == senders * items * (items + 1) / 2);
}

TEST_CASE("what a reading lock guards is never seen half-written") {
    std::atomic<std::uint64_t> torn{0};
    std::uint64_t written = 0;
    on_many_processors([&torn, &written] {
        BasicRwMutex<NativeOs> mutex;
        std::array<std::uint64_t, 4> cells{};  // plain: TSan would see a hole in the lock
        WaitGroup all;
        for (std::uint64_t k = 0; k < 8; ++k) {
            all.go([&, k] {
                for (std::uint64_t i = 0; i < 20 * rounds; ++i) {
                    if ((i + k) % 7 == 0) {
                        const std::lock_guard<BasicRwMutex<NativeOs>> writing(mutex);
                        for (std::uint64_t& cell : cells) ++cell;
                        if (i % 2 == 0) Native::yield();
                    } else if ((i + k) % 7 == 1 && mutex.try_lock()) {
                        for (std::uint64_t& cell : cells) ++cell;
                        mutex.unlock();
                    } else {
                        const std::shared_lock<BasicRwMutex<NativeOs>> reading(mutex);
                        if (i % 8 == 0) Native::yield();
                        if (cells[0] != cells[3]) ++torn;
                    }
                }
            });
        }
        all.wait();
        written = cells[0];
    });
    CHECK(torn == 0);
    CHECK(written > 0);
}

TEST_CASE("a buffer with two conditions loses nothing, whoever is woken") {
    constexpr std::uint64_t sides = 4, items = 20 * rounds;
    std::uint64_t sum = 0;
    on_many_processors([&sum] {
        BasicMutex<NativeOs> mutex;
        BasicCond<NativeOs> not_full(mutex), not_empty(mutex);
        std::vector<std::uint64_t> buffer;
        sum = 0;
        WaitGroup all;
        for (std::uint64_t k = 0; k < sides; ++k) {
            all.go([&, k] {
                for (std::uint64_t i = 1; i <= items; ++i) {
                    const std::lock_guard<BasicMutex<NativeOs>> hold(mutex);
                    not_full.wait([&buffer] { return buffer.size() < 3; });
                    buffer.push_back(i);
                    k % 2 == 0 ? not_empty.notify_one() : not_empty.notify_all();
                }
            });
            all.go([&] {
                for (std::uint64_t i = 0; i < items; ++i) {
                    mutex.lock();
                    not_empty.wait([&buffer] { return !buffer.empty(); });
                    sum += buffer.back();
                    buffer.pop_back();
                    mutex.unlock();
                    not_full.notify_one();
                }
            });
        }
        all.wait();
    });
    CHECK(sum == sides * items * (items + 1) / 2);
}

TEST_CASE("once and permits hold on many processors") {
    std::atomic<int> crowded{0}, unmade{0};
    on_many_processors([&crowded, &unmade] {
        for (std::uint64_t round = 0; round < rounds; ++round) {
            BasicOnce<NativeOs> once;
            BasicSemaphore<NativeOs> permits(2);
            std::atomic<int> inside{0};
            int made = 0;  // plain, as above
            WaitGroup all;
            for (int k = 0; k < 8; ++k) {
                all.go([&, k] {
                    once.call([&made] { ++made; });
                    if (made != 1) ++unmade;
                    permits.acquire();
                    if (++inside > 2) ++crowded;
                    if (k % 3 == 0) Native::yield();
                    --inside;
                    k % 2 == 0 ? permits.release() : permits.hand_over();
                });
            }
            all.wait();
        }
    });
    CHECK(crowded == 0);
    CHECK(unmade == 0);
}

}  // namespace homeroom::stress
