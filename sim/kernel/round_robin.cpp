// Round robin: everybody in turn, each for one quantum.
#include "sim/kernel/queue.h"

namespace homeroom::sim::kernel {
namespace {

class RoundRobin final : public Policy {
public:
    explicit RoundRobin(Time quantum) : quantum_(quantum) {}

    void add(Entity& entity, Came, Time) override {
        entity.slice_used = 0;
        queue_.push_back(entity);
    }
    Entity* first() override { return queue_.front(); }
    void take(Entity& entity) override { queue_.remove(entity); }
    void charge(Entity& entity, Time ran) override { entity.slice_used += ran; }
    Time slice_left(const Entity& entity) const override { return quantum_ - entity.slice_used; }
    std::size_t waiting() const override { return queue_.size(); }

private:
    Time quantum_;
    Queue queue_;
};

}  // namespace

std::unique_ptr<Policy> make_round_robin(const Settings& settings) {
    return std::make_unique<RoundRobin>(settings.quantum);
}

}  // namespace homeroom::sim::kernel
