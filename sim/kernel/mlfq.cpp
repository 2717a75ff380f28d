// Multi-level feedback queue: round robin on each of several levels, the upper ones first. Whoever
// uses up its allotment of a level goes one level down, so who computes long sinks, and who mostly
// waits stays on top; now and then all are boosted to the top, so that nobody starves and a thread
// may change its ways.
//
// The rules are those of Arpaci-Dusseau, "Operating Systems: Three Easy Pieces", chapter 8. With
// `forgives` they are those that the chapter begins with, where giving the core up just before the
// slice ends renews the allotment: one can game them, and the tests do.
#include <array>

#include "sim/kernel/queue.h"

namespace homeroom::sim::kernel {
namespace {

class Mlfq final : public Policy {
public:
    explicit Mlfq(const Settings& settings) : settings_(settings) {
        Time quantum = settings.quantum;
        for (std::uint32_t i = 0; i < settings.levels; ++i, quantum *= settings.growth)
            quanta_[i] = quantum;
    }

    void add(Entity& entity, Came came, Time) override {
        if (came == Came::started) entity.level = 0, entity.level_used = 0;
        see_boosts(entity);
        const bool early = entity.level_used < allotment(entity.level);
        if (came == Came::woken && settings_.forgives && early) entity.level_used = 0;
        if (came == Came::gave_way && entity.slice_used >= quanta_[entity.level])
            came = Came::slice_over;  // both at one moment
        if (came != Came::gave_way) entity.slice_used = 0;
        const bool counts = settings_.demotes_alone || waiting() > 0;
        if (came == Came::slice_over && !counts) entity.level_used = 0;
        if (entity.level_used >= allotment(entity.level)) {
            entity.level = std::min(entity.level + 1, settings_.levels - 1);
            entity.level_used = 0;
            entity.slice_used = 0;
        }
        if (came == Came::gave_way && entity.slice_used > 0) {
            levels_[entity.level].push_front(entity);  // it has the rest of its slice
        } else {
            levels_[entity.level].push_back(entity);
        }
    }
    Entity* first() override {
        for (const Queue& level : levels_)
            if (!level.empty()) return level.front();
        return nullptr;
    }
    void take(Entity& entity) override { levels_[entity.level].remove(entity); }
    void charge(Entity& entity, Time ran) override {
        see_boosts(entity);
        entity.slice_used += ran;
        entity.level_used += ran;
    }
    Time slice_left(const Entity& entity) const override {
        const bool boosted = entity.boosts != boosts_;
        const std::uint32_t level = boosted ? 0 : entity.level;
        const Time of_slice = quanta_[level] - entity.slice_used;
        const Time of_level = allotment(level) - (boosted ? 0 : entity.level_used);
        return std::max<Time>(0, std::min(of_slice, of_level));
    }
    bool gives_way(const Entity& running, const Entity& joined) const override {
        return joined.level < (running.boosts != boosts_ ? 0 : running.level);
    }
    Time next_act() const override {
        return settings_.boost == 0 ? forever : static_cast<Time>(boosts_ + 1) * settings_.boost;
    }
    // Those who run see it when they are next charged.
    void act(Time now) override {
        if (settings_.boost == 0) return;
        const auto due = static_cast<std::uint64_t>(now / settings_.boost);
        if (due == boosts_) return;
        boosts_ = due;
        for (Queue& level : levels_) {
            const std::vector<Entity*> all = level.all();
            for (Entity* entity : all) {
                level.remove(*entity);
                see_boosts(*entity);
                entity->slice_used = 0;
                levels_[0].push_back(*entity);
            }
        }
    }
    std::size_t waiting() const override {
        std::size_t sum = 0;
        for (const Queue& level : levels_) sum += level.size();
        return sum;
    }
    std::uint64_t reordered() const override { return boosts_; }
    std::size_t ahead_of(const Entity& entity) const override {
        std::size_t ahead = levels_[entity.level].place_of(entity);
        for (std::uint32_t level = 0; level < entity.level; ++level) ahead += levels_[level].size();
        return ahead;
    }

private:
    Time allotment(std::uint32_t level) const { return quanta_[level] * settings_.allotment; }
    void see_boosts(Entity& entity) const {
        if (entity.boosts == boosts_) return;
        entity.boosts = boosts_;
        entity.level = 0;
        entity.level_used = 0;  // whoever runs still ends its slice when it would have
    }

    Settings settings_;
    std::array<Time, levels_max> quanta_{};
    std::array<Queue, levels_max> levels_;
    std::uint64_t boosts_ = 0;
};

}  // namespace

std::unique_ptr<Policy> make_mlfq(const Settings& settings) {
    return std::make_unique<Mlfq>(settings);
}

}  // namespace homeroom::sim::kernel
