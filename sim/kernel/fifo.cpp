// First in, first out: whoever became runnable first runs until it waits or ends.
#include "sim/kernel/queue.h"

namespace homeroom::sim::kernel {
namespace {

class Fifo final : public Policy {
public:
    void add(Entity& entity, Came, Time) override { queue_.push_back(entity); }
    Entity* first() override { return queue_.front(); }
    void take(Entity& entity) override { queue_.remove(entity); }
    void charge(Entity&, Time) override {}
    std::size_t waiting() const override { return queue_.size(); }

private:
    Queue queue_;
};

}  // namespace

std::unique_ptr<Policy> make_fifo(const Settings&) { return std::make_unique<Fifo>(); }

}  // namespace homeroom::sim::kernel
