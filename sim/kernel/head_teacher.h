// The head teacher: the kernel's scheduler above the policies. It knows the cores, the run queues
// and the time, and says which core goes over to which thread, and when.
//
// Whoever drives it (an exercise's machine, the model world) tells it who joins and who leaves, and
// calls decide() whenever next_event() has come. At one moment the order is: those who leave, those
// who join, then decide(); so who becomes runnable when a slice ends stands before the one whose
// slice it was.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "sim/kernel/policy.h"

namespace homeroom::sim::kernel {

// One queue for all cores, or one each.
struct Queues {
    bool per_core = false;
    bool balance = true;   // per core: a core without threads takes one from the longest queue
    bool affinity = true;  // a thread goes back to the core that it had last
    friend bool operator==(const Queues&, const Queues&) = default;
};

struct SwitchCosts {
    Time other = 0;  // a core goes over to another thread than the one it had last
    Time again = 0;  // it goes on with the same one after a pause
    // Instead of these two, where more than that counts: what it costs this core, now.
    std::function<Time(std::uint32_t core, const Entity& entity)> price{};
};

// What a core did with its time: the three add up to the time that has passed.
struct CoreAccount {
    Time running = 0, switching = 0, idle = 0;
    std::uint64_t switches = 0;  // to another thread
    Time elapsed() const { return running + switching + idle; }
    friend bool operator==(const CoreAccount&, const CoreAccount&) = default;
};

class HeadTeacher {
public:
    HeadTeacher(const Settings& settings, std::uint32_t cores, Queues queues, SwitchCosts costs);

    // One core goes over from a thread to another; either may be none.
    struct Change {
        std::uint32_t core;
        Entity* out;  // makes room, and waits in a queue from now on
        Entity* in;
        Time cost;  // before `in` begins to run
    };

    // Time never goes back. The entities must stay where they are until they have left.
    void join(Entity& entity, Came came, Time now);  // started, woken
    void leave(std::uint32_t core, Time now);        // whoever runs there waits or has ended
    // When there is something to decide; `forever`: never, unless somebody joins or leaves.
    Time next_event() const;
    // What changes at this moment, in the order of the cores. Valid until the next call.
    const std::vector<Change>& decide(Time now);

    Entity* runs(std::uint32_t core) const { return cores_[core].seated; }
    Time begins(std::uint32_t core) const { return cores_[core].begins; }  // to run, after a switch
    std::size_t waiting() const;
    std::size_t waiting_for(std::uint32_t core) const;  // in its queue, or where it could take some
    // Of one that waits: in which core's queue, and how many there would run before it.
    static constexpr std::uint32_t one_for_all = ~0u;
    std::uint32_t queue_of(const Entity& entity) const {
        return sharing_.per_core ? entity.queue : one_for_all;
    }
    std::size_t ahead_of(const Entity& entity) const {
        return queues_[entity.queue]->ahead_of(entity);
    }
    std::uint64_t reordered() const {  // Policy::reordered() of all queues
        std::uint64_t sum = 0;
        for (const auto& queue : queues_) sum += queue->reordered();
        return sum;
    }
    // Up to the last call.
    const CoreAccount& account(std::uint32_t core) const { return cores_[core].account; }
    void advance(Time now);  // brings the accounts up to date

private:
    struct Core {
        Entity* runs = nullptr;
        Entity* seated = nullptr;  // as decide() last said
        const Entity* last = nullptr;
        Time begins = 0;  // when its thread began, or will begin, to run
        CoreAccount account;
    };

    Policy& queue_of(std::uint32_t core) { return *queues_[sharing_.per_core ? core : 0]; }
    const Policy& queue_of(std::uint32_t core) const {
        return *queues_[sharing_.per_core ? core : 0];
    }
    std::uint32_t core_for(const Entity& entity) const;
    void make_way(Entity& joined, std::uint32_t queue);
    void put_back(Core& core, Came came);
    void pass(Time until);
    Time next_boundary(bool waited_for) const;
    bool slice_is_over(std::uint32_t core) const;
    void fill();
    bool pull(std::uint32_t core);
    void seat(std::uint32_t core, Entity& entity);

    Queues sharing_;
    SwitchCosts costs_;
    std::vector<std::unique_ptr<Policy>> queues_;
    std::vector<Core> cores_;
    std::vector<Change> changes_;
    Time now_ = 0;
};

}  // namespace homeroom::sim::kernel
