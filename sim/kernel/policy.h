// The head teacher's rules: who of the runnable threads a core runs next, and for how long.
//
// A Policy is the run queue of one core (or of all cores, where they share one) together with its
// rule. It is pure: no clock, no chance, no threads; whoever uses it says what happens and when, so
// the same calls give the same answers on every machine. The exercises of the textbooks
// (machine.h) and the model world use the same policies.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/os.h"

namespace homeroom::sim::kernel {

// Nanoseconds in a world; in an exercise, whatever unit the exercise has.
using Time = Nanoseconds;
inline constexpr Time forever = std::numeric_limits<Time>::max();

// What the kernel's scheduler keeps about a thread, wherever that is queued: Linux has it in
// task_struct. Whoever owns the thread owns this, and sets the first block; the rest is the
// policies'.
struct Entity {
    std::uint32_t thread = 0;  // whose
    int nice = 0;              // nice_min..nice_max
    // How long its CPU burst will still take: known in an exercise, guessed from earlier bursts in
    // a world (BurstGuess). Only the shortest-first policies look at it.
    Time expected = 0;
    std::uint32_t core = 0;   // where it runs, or ran last
    std::uint32_t queue = 0;  // where it waits, or waited last
    bool has_run = false;     // `core` means something

    std::uint64_t turn = 0;  // its place among those who wait: smaller is earlier
    Time slice_used = 0;     // since it got its present time slice
    // MLFQ.
    std::uint32_t level = 0;  // 0 is the top
    Time level_used = 0;      // of its allotment at this level
    std::uint64_t boosts = 0;
    // Fair. Virtual time, see fair.cpp.
    std::int64_t virtual_time = 0, virtual_deadline = 0, virtual_lag = 0;
};

// Why an entity joins the queue.
enum class Came : std::uint8_t {
    started,     // it is new
    woken,       // its wait is over
    gave_way,    // it was running, and gave_way() to another
    slice_over,  // it was running, and its slice is over
    moved,       // it waited in another core's queue
};

class Policy {
public:
    virtual ~Policy() = default;

    // From now on it waits in this queue.
    virtual void add(Entity& entity, Came came, Time now) = 0;
    // Who would run next; null: nobody waits. Asking changes nothing.
    virtual Entity* first() = 0;
    // It waits here no longer: a core runs it from now on.
    virtual void take(Entity& entity) = 0;
    // It waits here no longer: another core's queue gets it.
    virtual void remove(Entity& entity) { take(entity); }
    // It has run for so long since it was taken or last charged.
    virtual void charge(Entity& entity, Time ran) = 0;
    // It ran, and now waits for something or has ended.
    virtual void leave(Entity&) {}

    // How much longer it may run while others wait; `forever`: until it waits or ends.
    virtual Time slice_left(const Entity&) const { return forever; }
    // Must the one that runs make room at once for one that has just joined the queue?
    virtual bool gives_way(const Entity& /*running*/, const Entity& /*joined*/) const {
        return false;
    }
    // When the policy itself wants to do something (`forever`: never), and doing it.
    virtual Time next_act() const { return forever; }
    virtual void act(Time /*now*/) {}

    // How often it has given all that wait other places than it said when they joined.
    virtual std::uint64_t reordered() const { return 0; }
    virtual std::size_t waiting() const = 0;
    // Of one that waits: how many of the others would run before it, as things stand.
    virtual std::size_t ahead_of(const Entity&) const { return waiting() - 1; }
};

enum class Kind : std::uint8_t { fifo, shortest_job, shortest_remaining, round_robin, mlfq, fair };

inline constexpr std::uint32_t levels_max = 8, growth_max = 4, allotment_max = 100;
inline constexpr int nice_min = -20, nice_max = 19;

// Which policy, and its numbers. As text: "mlfq,levels=3,quantum=10ms,boost=1s".
struct Settings {
    Kind kind = Kind::round_robin;
    Time quantum = 1;  // of a time slice; fair: of a request (Linux's base slice). At least 1.
    // MLFQ.
    std::uint32_t levels = 3;     // 1..levels_max
    std::uint32_t growth = 1;     // each level's quantum is so many times that of the one above
    std::uint32_t allotment = 1;  // so many quanta at a level, and a thread goes one level down
    Time boost = 0;               // so often all go back to the top; 0: never
    bool forgives = false;        // giving the core up before the slice ends renews the allotment
    bool demotes_alone = true;    // a slice that nobody else waited for counts as well
    // Fair: a request, once begun, is served to its end (Linux's RUN_TO_PARITY).
    bool parity = true;

    friend bool operator==(const Settings&, const Settings&) = default;
};

std::unique_ptr<Policy> make_policy(const Settings& settings);

struct PolicyInfo {
    Kind kind;
    const char* name;          // on the command line
    const char* title;         // of a control
    const char* field_words;   // what it does, in one sentence
    const char* school_words;  // likewise
    const char* tie;           // who comes first when its rule leaves it open, in one sentence
    bool uses_quantum;
};
std::span<const PolicyInfo> policy_infos();
const PolicyInfo& policy_info(Kind kind);

// "rr", or a name with settings as above. Times are whole numbers, or durations such as 2ms. False
// and one line in `error` if it is not understood; then `settings` stays as it was.
bool parse_policy(std::string_view text, Settings& settings, std::string& error);
// Settings that are not the default are in it, but for the quantum, which has a flag of its own.
std::string policy_to_string(const Settings& settings);

// Guesses the next CPU burst of a thread from those before: half the last burst, half the last
// guess (Silberschatz, Galvin, Gagne, "Operating System Concepts", shortest-job-first).
class BurstGuess {
public:
    explicit BurstGuess(Time first = 0) : guess_(first) {}
    void saw(Time burst) { guess_ = guess_ / 2 + burst / 2 + (guess_ % 2 + burst % 2) / 2; }
    Time guess() const { return guess_; }

private:
    Time guess_;
};

// The weight of a nice value: Linux's sched_prio_to_weight. Neighbours differ by a factor of about
// 1.25, so that one level up or down changes the share of two equals by about ten per cent.
std::int64_t weight_of(int nice);

}  // namespace homeroom::sim::kernel
