// Shortest job first, and shortest remaining time first: the same order, but the second takes the
// core away from whoever runs when somebody shorter comes.
#include "sim/kernel/queue.h"

namespace homeroom::sim::kernel {
namespace {

class Shortest final : public Policy {
public:
    explicit Shortest(bool preempts) : preempts_(preempts) {}

    void add(Entity& entity, Came came, Time) override {
        if (came == Came::gave_way) {
            queue_.push_front(entity);  // of equals it is the one that came first
        } else {
            queue_.push_back(entity);
        }
    }
    Entity* first() override {
        const auto& all = queue_.all();
        const auto least =
            std::min_element(all.begin(), all.end(), [](const Entity* a, const Entity* b) {
                return a->expected < b->expected;  // of equals, min_element takes the first
            });
        return least == all.end() ? nullptr : *least;
    }
    void take(Entity& entity) override { queue_.remove(entity); }
    // A guess may have been too short; then it counts as nearly done.
    void charge(Entity& entity, Time ran) override {
        entity.expected = std::max<Time>(0, entity.expected - ran);
    }
    bool gives_way(const Entity& running, const Entity& joined) const override {
        return preempts_ && joined.expected < running.expected;
    }
    std::size_t waiting() const override { return queue_.size(); }
    std::size_t ahead_of(const Entity& entity) const override {
        const std::size_t own = queue_.place_of(entity);
        std::size_t ahead = 0;
        for (std::size_t i = 0; i < queue_.size(); ++i) {
            const Time other = queue_.all()[i]->expected;
            ahead += other < entity.expected || (other == entity.expected && i < own);
        }
        return ahead;
    }

private:
    bool preempts_;
    Queue queue_;
};

}  // namespace

std::unique_ptr<Policy> make_shortest(const Settings& settings) {
    return std::make_unique<Shortest>(settings.kind == Kind::shortest_remaining);
}

}  // namespace homeroom::sim::kernel
