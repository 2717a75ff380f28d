// The threads that wait in a queue, in the order in which they joined it.
#pragma once

#include <algorithm>
#include <vector>

#include "runtime/check.h"
#include "sim/kernel/policy.h"

namespace homeroom::sim::kernel {

class Queue {
public:
    void push_back(Entity& entity) {
        entity.turn = ++last_turn_;
        entities_.push_back(&entity);
    }
    void push_front(Entity& entity) {
        entity.turn = entities_.empty() ? ++last_turn_ : entities_.front()->turn;
        entities_.insert(entities_.begin(), &entity);
    }
    void remove(Entity& entity) {
        const auto found = std::find(entities_.begin(), entities_.end(), &entity);
        check(found != entities_.end(), "a thread left a run queue in which it was not");
        entities_.erase(found);
    }
    // How many stand before it.
    std::size_t place_of(const Entity& entity) const {
        return static_cast<std::size_t>(std::find(entities_.begin(), entities_.end(), &entity) -
                                        entities_.begin());
    }
    Entity* front() const { return entities_.empty() ? nullptr : entities_.front(); }
    bool empty() const { return entities_.empty(); }
    std::size_t size() const { return entities_.size(); }
    const std::vector<Entity*>& all() const { return entities_; }

private:
    std::vector<Entity*> entities_;
    std::uint64_t last_turn_ = 0;
};

// One factory for each policy, each in the file of its name.
std::unique_ptr<Policy> make_fifo(const Settings& settings);
std::unique_ptr<Policy> make_shortest(const Settings& settings);
std::unique_ptr<Policy> make_round_robin(const Settings& settings);
std::unique_ptr<Policy> make_mlfq(const Settings& settings);
std::unique_ptr<Policy> make_fair(const Settings& settings);

}  // namespace homeroom::sim::kernel
