// A model world: one run of one lesson on a machine with k cores, in virtual time, that goes
// forward one step at a time and whose every open decision is made by a Chooser.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "runtime/recheck.h"
#include "sim/chooser.h"
#include "sim/run.h"
#include "sim/school.h"
#include "sim/step.h"

namespace homeroom::sim {

// How fine the gates are: at which accesses another table may go first.
enum class Gates : std::uint8_t {
    decisions,     // only between decisions (the film; fast)
    every_access,  // at each access to shared memory (searches); the kernel may preempt at any
                   // moment
};

// Somewhere in the runtime an order stronger than relaxed is asked for, or a fence stands.
struct Site {
    enum class Kind : std::uint8_t {
        release_store,
        release_change,  // perhaps an acquire, too
        fence,
        acquire_load,
        acquire_change,
    } kind;
    Place place;
};

// Does `file` end like the other path, from a slash on, and is it the same line?
bool same_place(const Place& a, const Place& b);

struct WorldOptions {
    Gates gates = Gates::decisions;
    bool stores_land_late = false;  // a store becomes visible to others some time after it was made
    bool loads_come_early = false;  // a load may see what its cell held some time before it
    bool monitor = true;            // the hall monitor's thread exists
    std::uint64_t access_limit = 50'000'000;  // then the run ends as Ending::step_limit
    // No scheduler: the program itself is the first thread, and may start more by
    // SimOs::start_thread. For tests of single parts.
    bool bare = false;
    // Whoever touches a coroutine, a processor or an object must have synchronised with whoever
    // touched it before (order_watch.h); else the run ends as Ending::crashed.
    bool watch_order = false;
    // Mutations: the access at this place is as weak as it can be (a fence does nothing, a release
    // or acquire is relaxed). Line 0: none.
    Place weakened{};
    Recheck left_out = Recheck::none;    // likewise, a second look that is not taken
    std::vector<Site>* sites = nullptr;  // collects the sites that the run comes by, once each
};

struct ModelState;

class World {
public:
    // The program is what the main coroutine runs. It must not own memory that only its own
    // unwinding would free: a world that is dropped half-way runs no destructors of its coroutines.
    using Program = std::function<void()>;

    // One class that runs `program`, whatever classes `run` has.
    World(const RunOptions& run, WorldOptions options, Program program, Chooser& chooser);
    // One program for each class of `run` (model_programs(run)); several classes need
    // Gates::decisions, and no late stores.
    World(const RunOptions& run, WorldOptions options, std::vector<Program> programs,
          Chooser& chooser);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    // Called for every step, in order, on the caller's own stack: it may throw, print, and stop for
    // good.
    std::function<void(const Step&)> on_step;

    // Goes on until `decisions` more decisions have happened or the run is over. False: it is over.
    bool advance(std::uint64_t decisions);
    // Goes on to the end.
    Ending run_to_end();

    Ending ending() const;
    const std::string& report() const;  // deadlock or crash: the text that Go would print
    std::uint64_t accesses() const;     // gates passed so far
    std::uint64_t trace_hash() const;   // of all choices and steps: equal runs have equal hashes
    Nanoseconds now() const;
    // What the core did with the time up to now(): the three sums are exact.
    kernel::CoreAccount account(std::uint32_t core) const;
    // Of one class: how it ended, and the hash of its own steps in its own numbers. A class with
    // teachers of its own has the same hash whatever the others do.
    Ending ending_of(ClassId room) const;
    std::uint64_t trace_hash_of(ClassId room) const;

    // For the chooser that asks the user: leaves the world in the middle of a choice; advance()
    // then returns true with waiting_for_answer() set, and goes on inside choose() when called
    // again.
    bool waiting_for_answer() const;
    void leave_to_host();  // called from within Chooser::choose only

private:
    std::unique_ptr<ModelState> state_;
};

}  // namespace homeroom::sim
