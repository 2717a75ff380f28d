// Every order of an owner and a thief on a small run queue, not only many of them.
#include "runtime/run_queue.h"

#include <doctest/doctest.h>

#include <array>
#include <memory>

#include "runtime/context.h"  // HOMEROOM_ASAN
#include "sim/choosers.h"
#include "sim/sim_os.h"
#include "sim/world.h"

namespace homeroom {
namespace {

using sim::SimOs;

// What happens to a queue with room for `Capacity`, and how often each item came out.
template <std::uint32_t Capacity>
struct Scene {
    RunQueue<SimOs, std::uint32_t, Capacity> queue;
    std::array<std::uint32_t, 8> items{};
    std::uint32_t pushed = 0;
    void (*thief)(Scene&) = nullptr;

    void push(std::size_t item) { pushed += queue.push(&items[item]); }
    void take() {
        if (std::uint32_t* item = queue.take()) ++*item;
    }
    void grab_half() {
        std::array<std::uint32_t*, Capacity / 2> out;
        const std::uint32_t n = queue.grab_half(out.data());
        for (std::uint32_t i = 0; i < n; ++i) ++*out[i];
    }
    void take_half_of_full() {
        std::array<std::uint32_t*, Capacity / 2> out;
        const std::uint32_t n = queue.take_half_of_full(out.data());
        for (std::uint32_t i = 0; i < n; ++i) ++*out[i];
    }

    // Each item that was pushed came out once, or is still in, and the queue still works.
    bool is_whole() {
        std::uint32_t taken = 0;
        for (std::size_t i = 0; i < items.size(); ++i) take();
        for (std::uint32_t count : items) {
            if (count > 1) return false;
            taken += count;
        }
        return taken == pushed && queue.push(&items[0]) && queue.take() == &items[0];
    }
};

struct Count {
    std::uint64_t orders = 0, broken = 0;
};

// All orders of `owner` and `thief`, or those up to the first that breaks something. With late
// stores there are vastly more.
template <std::uint32_t Capacity>
Count play_all(void (*owner)(Scene<Capacity>&), void (*thief)(Scene<Capacity>&), bool late,
               std::uint32_t preemptions_max = sim::Exhaustive::unbounded, Place weakened = {},
               std::vector<sim::Site>* sites = nullptr) {
    sim::RunOptions run;
    run.teachers = 2;
    sim::WorldOptions options;
    options.gates = sim::Gates::every_access;
    options.stores_land_late = late;
    options.bare = true;
    options.access_limit = 10'000;
    options.weakened = weakened;
    options.sites = sites;

    Count count;
    sim::Exhaustive every(preemptions_max);
    do {
        Scene<Capacity> scene;
        scene.thief = thief;
        sim::World world(
            run, options,
            [&scene, owner] {
                SimOs::start_thread(
                    [](void* pointer) {
                        auto& shared = *static_cast<Scene<Capacity>*>(pointer);
                        shared.thief(shared);
                    },
                    &scene);
                owner(scene);
                SimOs::join_threads();
            },
            every);
        const bool finished = world.run_to_end() == sim::Ending::finished;
        ++count.orders;
        count.broken += !finished || !scene.is_whole();
    } while (count.broken == 0 && every.next());
    return count;
}

TEST_CASE("a run queue keeps each item exactly once, in every order of its owner and a thief") {
    SUBCASE("the owner takes, too") {
        Count count = play_all<2>(
            [](Scene<2>& s) {
                for (std::size_t i = 0; i < 4; ++i) s.push(i);
                s.take();
            },
            [](Scene<2>& s) {
                for (int i = 0; i < 3; ++i) s.take();
            },
            false);
        CHECK(count.broken == 0);
        CHECK(count.orders > 1'000);
    }
    SUBCASE("the thief takes half") {
        Count count = play_all<4>(
            [](Scene<4>& s) {
                for (std::size_t i = 0; i < 5; ++i) s.push(i);
                s.take();
            },
            [](Scene<4>& s) {
                s.grab_half();
                s.grab_half();
            },
            false);
        CHECK(count.broken == 0);
        CHECK(count.orders > 1'000);
    }
    SUBCASE("the owner moves half of a full queue out") {
        Count count = play_all<4>(
            [](Scene<4>& s) {
                for (std::size_t i = 0; i < 4; ++i) s.push(i);
                s.take_half_of_full();
                s.push(4);
            },
            [](Scene<4>& s) {
                s.take();
                s.grab_half();
            },
            false);
        CHECK(count.broken == 0);
        CHECK(count.orders > 1'000);
    }
}

void push_and_take(Scene<2>& s) {
    s.push(0);
    s.take();
    s.push(1);
}
void take_one(Scene<2>& s) { s.take(); }

TEST_CASE("a run queue keeps each item exactly once, whenever its stores become visible") {
#ifdef HOMEROOM_ASAN
    const std::uint32_t preemptions_max =
        1;  // all orders are for the plain build: this one is slow
#else
    const std::uint32_t preemptions_max = sim::Exhaustive::unbounded;
#endif
    Count count = play_all<2>(push_and_take, take_one, true, preemptions_max);
    CHECK(count.broken == 0);
    CHECK(count.orders > 10'000);
}

TEST_CASE("every release in the run queue is needed, and the search of all orders shows it") {
    std::vector<sim::Site> sites;
    play_all<2>(push_and_take, take_one, true, 1, {}, &sites);
    std::erase_if(sites,
                  [](const sim::Site& site) { return site.kind == sim::Site::Kind::acquire_load; });
    CHECK(sites.size() == 2);  // push's and claim's
    for (const sim::Site& site : sites) {
        CAPTURE(site.place.file);
        CAPTURE(site.place.line);
        CHECK(play_all<2>(push_and_take, take_one, true, 2, site.place).broken > 0);
    }
}

}  // namespace
}  // namespace homeroom
