// Fair: earliest eligible virtual deadline first, as Linux has it since 6.6 (kernel/sched/fair.c).
//
// The idea (Stoica, Abdel-Wahab, "Earliest eligible virtual deadline first", 1995): an ideal core
// would run all threads at once, each at its weight's share. Virtual time passes for a thread while
// it runs, the slower the heavier it is. The queue's own virtual time V is the weighted mean of all
// who are in it, running or waiting; in the ideal all of them would stand at V. The lag of a
// thread, (V - its virtual time) times its weight, is what the real core still owes it; all lags
// add up to zero.
//   eligible  whoever is owed something or nothing: its virtual time is not after V
//   deadline  each thread asks for one slice after another; a slice of virtual length slice/weight
//             is due that much after the virtual time at which it was asked for
//   next      of the eligible ones, the one with the earliest deadline
// Whoever leaves takes its lag along (limited, as in Linux, to what two slices could make it), and
// is placed with it when it comes back: one cannot sleep a debt away, nor gather a right to the
// core by sleeping.
//
// Left out of Linux: groups, delayed dequeue (6.12), slices of one's own (6.12). Linux looks only
// at ticks whether a slice is over; here it is over when it is over.
#include <utility>

#include "sim/kernel/queue.h"

namespace homeroom::sim::kernel {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t nice_zero_weight = 1024;
// Virtual time counts in 1/65536 of a unit of a thread of nice 0, so that exercises in whole units
// round as little as nanoseconds do. Ten seconds of a thread of nice 19 fit 200 times.
constexpr std::int64_t fine = 1 << 16;

std::int64_t to_virtual(Time real, std::int64_t weight) {
    return static_cast<std::int64_t>(Wide{real} * fine * nice_zero_weight / weight);
}

// Rounds up: a slice is over when all of it is used.
Time to_real(std::int64_t virtual_time, std::int64_t weight) {
    const Wide scale = Wide{fine} * nice_zero_weight;
    return static_cast<Time>((Wide{virtual_time} * weight + scale - 1) / scale);
}

class Fair final : public Policy {
public:
    explicit Fair(const Settings& settings) : slice_(settings.quantum), parity_(settings.parity) {}

    void add(Entity& entity, Came came, Time) override {
        const auto runs = std::find(running_.begin(), running_.end(), &entity);
        if (runs != running_.end()) {
            running_.erase(runs);
            waiting_.push_back(entity);
        } else {
            place(entity, came);
        }
        if (came == Came::slice_over || entity.virtual_time >= entity.virtual_deadline)
            entity.virtual_deadline = entity.virtual_time + slice_of(entity);
    }
    Entity* first() override {
        Entity* best = nullptr;
        for (Entity* entity : waiting_.all()) {
            if (!eligible(*entity)) continue;
            if (best == nullptr || entity->virtual_deadline < best->virtual_deadline) best = entity;
        }
        // Only while others run can all who wait be ahead of V: then a core that is free has no
        // better one than the one that is least ahead.
        if (best == nullptr) {
            for (Entity* entity : waiting_.all())
                if (best == nullptr || entity->virtual_time < best->virtual_time) best = entity;
        }
        return best;
    }
    void take(Entity& entity) override {
        waiting_.remove(entity);
        running_.push_back(&entity);
    }
    void remove(Entity& entity) override {
        keep_lag(entity);
        waiting_.remove(entity);
    }
    void charge(Entity& entity, Time ran) override {
        entity.virtual_time += to_virtual(ran, weight_of(entity.nice));
    }
    void leave(Entity& entity) override {
        keep_lag(entity);
        running_.erase(std::find(running_.begin(), running_.end(), &entity));
    }
    Time slice_left(const Entity& entity) const override {
        return std::max<Time>(
            0, to_real(entity.virtual_deadline - entity.virtual_time, weight_of(entity.nice)));
    }
    // With parity a request that has begun is served to its end.
    bool gives_way(const Entity& running, const Entity& joined) const override {
        if (parity_ || !eligible(joined)) return false;
        return !eligible(running) || joined.virtual_deadline < running.virtual_deadline;
    }
    std::size_t waiting() const override { return waiting_.size(); }
    // Who is behind V by deadline, then the others by how little they are ahead.
    std::size_t ahead_of(const Entity& entity) const override {
        const auto rank = [this](const Entity& each) {
            const bool may = eligible(each);
            return std::pair{!may, may ? each.virtual_deadline : each.virtual_time};
        };
        std::size_t ahead = 0;
        for (const Entity* other : waiting_.all()) ahead += rank(*other) < rank(entity);
        return ahead;
    }

private:
    struct Sums {
        Wide weight = 0, weighted = 0;  // of all in the queue: weights, and weights times time
    };
    Sums sums() const {
        Sums sums;
        auto add = [&sums](const Entity& entity) {
            const std::int64_t weight = weight_of(entity.nice);
            sums.weight += weight;
            sums.weighted += Wide{weight} * entity.virtual_time;
        };
        for (const Entity* entity : waiting_.all()) add(*entity);
        for (const Entity* entity : running_) add(*entity);
        return sums;
    }
    std::int64_t mean() const {
        const Sums all = sums();
        return all.weight == 0 ? last_mean_ : static_cast<std::int64_t>(all.weighted / all.weight);
    }
    bool eligible(const Entity& entity) const {
        const Sums all = sums();
        return Wide{entity.virtual_time} * all.weight <= all.weighted;
    }
    std::int64_t slice_of(const Entity& entity) const {
        return to_virtual(slice_, weight_of(entity.nice));
    }
    void keep_lag(Entity& entity) {
        last_mean_ = mean();
        const std::int64_t limit = 2 * slice_of(entity);
        entity.virtual_lag = std::clamp(last_mean_ - entity.virtual_time, -limit, limit);
    }
    // A newcomer with a lag moves V, and so its own lag: what it is placed with is larger by as
    // much, so that in the end it has the lag that it came with. A new thread asks for half a slice
    // first: it soon runs, and soon waits like everybody else.
    void place(Entity& entity, Came came) {
        const Sums others = sums();
        const std::int64_t now = mean();
        std::int64_t lag = came == Came::started ? 0 : entity.virtual_lag;
        if (others.weight == 0) {
            lag = 0;
        } else {
            lag = static_cast<std::int64_t>(Wide{lag} * (others.weight + weight_of(entity.nice)) /
                                            others.weight);
        }
        entity.virtual_time = now - lag;
        const std::int64_t slice = slice_of(entity);
        entity.virtual_deadline =
            entity.virtual_time +
            (came == Came::started ? std::max<std::int64_t>(1, slice / 2) : slice);
        waiting_.push_back(entity);
    }

    Time slice_;
    bool parity_;
    Queue waiting_;
    std::vector<Entity*> running_;
    std::int64_t last_mean_ = 0;  // V while the queue is empty
};

}  // namespace

// Linux's table, kernel/sched/core.c: a fact, chosen there so that each is 1.25 times the next.
std::int64_t weight_of(int nice) {
    static constexpr std::int64_t weights[] = {
        88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916,
        9548,  7620,  6100,  4904,  3906,  3121,  2501,  1991,  1586,  1277,
        1024,  820,   655,   526,   423,   335,   272,   215,   172,   137,
        110,   87,    70,    56,    45,    36,    29,    23,    18,    15};
    check(nice >= nice_min && nice <= nice_max, "a nice value is from -20 to 19");
    return weights[nice - nice_min];
}

std::unique_ptr<Policy> make_fair(const Settings& settings) {
    return std::make_unique<Fair>(settings);
}

}  // namespace homeroom::sim::kernel
