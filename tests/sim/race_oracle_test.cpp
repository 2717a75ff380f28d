// An epoch says the same as all of history does, in random programs.
#include <doctest/doctest.h>

#include <array>
#include <map>
#include <set>
#include <vector>

#include "runtime/channel.h"
#include "runtime/mutex.h"
#include "runtime/once.h"
#include "runtime/rw_mutex.h"
#include "runtime/semaphore.h"
#include "runtime/wait_group.h"
#include "tests/sim/races.h"

namespace homeroom::sim {
namespace {

// The first racing access to each variable.
std::map<ObjectId, std::size_t> first_races(const Timeline& timeline,
                                            const std::set<std::size_t>& steps) {
    std::map<ObjectId, std::size_t> first;
    for (std::size_t i : steps) first.emplace(shared_object_of(timeline.step(i).event.arg), i);
    return first;
}

struct Toys {
    Shared x{"x"}, y{"y"};
    BasicMutex<Os> mutex, other;
    BasicRwMutex<Os> readers;
    BasicChannel<Os, int> hatch{0}, shelf{2};
    BasicSemaphore<Os> permits{1};
    BasicOnce<Os> once;
    BasicWaitGroup<Os> all;
};

void random_act(Toys& toys, std::uint32_t what) {
    Shared& shared = what % 2 == 0 ? toys.x : toys.y;
    const auto touch = [&shared, what] {
        if (what % 3 == 0)
            shared.write(static_cast<int>(what));
        else
            shared.read();
    };
    switch (what / 6 % 11) {
        case 0:
            return touch();
        case 1:
        case 2:
            toys.mutex.lock();
            touch();
            return toys.mutex.unlock();
        case 3:
            toys.other.lock();
            touch();
            return toys.other.unlock();
        case 4:
            toys.readers.lock_shared();
            shared.read();
            return toys.readers.unlock_shared();
        case 5:
            toys.readers.lock();
            touch();
            return toys.readers.unlock();
        case 6:
            return toys.shelf.send(1);
        case 7: {
            toys.shelf.receive();
            return;
        }
        case 8:
            if (what % 2 == 0) return toys.hatch.send(1);
            toys.hatch.receive();
            return;
        case 9:
            toys.permits.acquire();
            touch();
            return toys.permits.release();
        default:
            return toys.once.call(touch);
    }
}

// Everything above at random; it may end in a deadlock, which is as good an end as any.
void random_program(std::uint64_t seed) {
    Toys toys;
    Dice dice(seed);
    for (int student = 0; student < 4; ++student) {
        std::array<std::uint32_t, 6> acts{};  // no memory of its own: nobody frees it at a deadlock
        for (std::uint32_t& act : acts) act = dice.below(6 * 11 * 6);
        toys.all.go([&toys, acts] {
            for (std::uint32_t act : acts) random_act(toys, act);
        });
    }
    toys.all.wait();
    toys.x.read();
    toys.y.write(0);
}

}  // namespace

TEST_CASE("epochs find what the whole history finds, in random programs and random orders") {
    int racy = 0, clean = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        const Timeline timeline = play([seed] { random_program(seed); }, seed);
        const History history(timeline);
        REQUIRE(history.all_seen());
        const std::set<std::size_t> found = reported(timeline);
        CHECK(first_races(timeline, found) == first_races(timeline, history.racy_steps()));
        for (std::size_t step : found) CHECK(history.racy_steps().count(step) == 1);
        (found.empty() ? clean : racy) += 1;
    }
    CHECK(racy > 20);
    CHECK(clean > 5);
}

TEST_CASE("a program in which each variable is touched under its own lock never races") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        const Timeline timeline = play(
            [seed] {
                Toys toys;
                Dice dice(seed);
                for (int student = 0; student < 4; ++student) {
                    std::vector<std::uint32_t> acts;
                    for (int i = 0; i < 8; ++i) acts.push_back(dice.below(4));
                    toys.all.go([&toys, acts] {
                        for (std::uint32_t act : acts) {
                            BasicMutex<Os>& lock = act < 2 ? toys.mutex : toys.other;
                            Shared& shared = act < 2 ? toys.x : toys.y;
                            lock.lock();
                            const int copy = shared.read();
                            if (act % 2 == 0) shared.write(shared.change(copy + 1));
                            lock.unlock();
                        }
                    });
                }
                toys.all.wait();
                toys.x.read();
                toys.y.read();
            },
            seed);
        CHECK(races_in(timeline) == 0);
        CHECK(timeline.latest().counters.lost_updates == 0);
        CHECK(timeline.latest().ending == Ending::finished);
    }
}

}  // namespace homeroom::sim
