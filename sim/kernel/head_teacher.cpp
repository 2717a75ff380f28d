// Slices that end, threads that make way, cores that are free, and the accounts of all that.
#include "sim/kernel/head_teacher.h"

#include <algorithm>
#include <utility>

#include "runtime/check.h"

namespace homeroom::sim::kernel {

HeadTeacher::HeadTeacher(const Settings& settings, std::uint32_t cores, Queues queues,
                         SwitchCosts costs)
    : sharing_(queues), costs_(std::move(costs)), cores_(cores) {
    check(cores > 0, "a machine has at least one core");
    for (std::uint32_t i = 0; i < (queues.per_core ? cores : 1); ++i)
        queues_.push_back(make_policy(settings));
}

// --- Time passes. ---

void HeadTeacher::pass(Time until) {
    for (std::uint32_t i = 0; i < cores_.size(); ++i) {
        Core& core = cores_[i];
        const Time passed = until - now_;
        if (core.runs == nullptr) {
            core.account.idle += passed;
            continue;
        }
        const Time switching = std::clamp<Time>(core.begins - now_, 0, passed);
        core.account.switching += switching;
        core.account.running += passed - switching;
        if (passed > switching) queue_of(i).charge(*core.runs, passed - switching);
    }
    now_ = until;
}

// When a slice ends or a policy wants to act. Never before now_.
Time HeadTeacher::next_boundary(bool waited_for) const {
    Time next = forever;
    for (std::uint32_t i = 0; i < cores_.size(); ++i) {
        if (cores_[i].runs == nullptr || (waiting_for(i) > 0) != waited_for) continue;
        const Time left = queue_of(i).slice_left(*cores_[i].runs);
        if (left == forever) continue;
        next = std::min(next, std::max(now_, cores_[i].begins) + std::max<Time>(0, left));
    }
    for (const auto& queue : queues_) next = std::min(next, queue->next_act());
    return next;
}

// A slice that nobody else waits for ends and begins anew, and nobody need be asked. So a world may
// leave long stretches out; they are made up for here, in their order.
void HeadTeacher::advance(Time now) {
    check(now >= now_, "time went back");
    for (Time next = next_boundary(false); next < now; next = next_boundary(false)) {
        pass(next);
        for (const auto& queue : queues_) queue->act(now_);
        for (std::uint32_t i = 0; i < cores_.size(); ++i) {
            Core& core = cores_[i];
            if (waiting_for(i) > 0 || !slice_is_over(i)) continue;
            put_back(core, Came::slice_over);
            queue_of(i).take(*core.seated);
            core.runs = core.seated;
        }
    }
    pass(now);
}

Time HeadTeacher::next_event() const {
    bool anybody_can_change = false;
    for (std::uint32_t i = 0; i < cores_.size(); ++i) {
        if (waiting_for(i) == 0) continue;
        if (cores_[i].runs == nullptr) return now_;
        anybody_can_change = true;
    }
    return anybody_can_change ? next_boundary(true) : forever;
}

// --- Who comes, who goes. ---

std::size_t HeadTeacher::waiting() const {
    std::size_t sum = 0;
    for (const auto& queue : queues_) sum += queue->waiting();
    return sum;
}

std::size_t HeadTeacher::waiting_for(std::uint32_t core) const {
    const std::size_t own = queue_of(core).waiting();
    if (own > 0 || !sharing_.per_core || !sharing_.balance) return own;
    return cores_[core].runs == nullptr ? waiting() : 0;
}

// Where a thread joins, when each core has a queue.
std::uint32_t HeadTeacher::core_for(const Entity& entity) const {
    if (sharing_.affinity && entity.has_run) return entity.core;
    auto load = [this](std::uint32_t core) {
        return queue_of(core).waiting() + (cores_[core].runs != nullptr);
    };
    std::uint32_t least = 0;
    for (std::uint32_t i = 1; i < cores_.size(); ++i)
        if (load(i) < load(least)) least = i;
    return least;
}

void HeadTeacher::join(Entity& entity, Came came, Time now) {
    advance(now);
    for (const auto& queue : queues_) queue->act(now);
    const std::uint32_t queue = sharing_.per_core ? core_for(entity) : 0;
    entity.queue = queue;
    queues_[queue]->add(entity, came, now);
    make_way(entity, queue);
}

// If the policy wants it, one core is taken from its thread for the one that has just joined.
void HeadTeacher::make_way(Entity& joined, std::uint32_t queue) {
    const bool everywhere = !sharing_.per_core || sharing_.balance;
    std::size_t free = 0;
    for (std::uint32_t i = 0; i < cores_.size(); ++i)
        if (everywhere || i == queue) free += cores_[i].runs == nullptr;
    if ((everywhere ? waiting() : queues_[queue]->waiting()) <= free) return;

    const Policy& policy = *queues_[queue];
    Core* worst = nullptr;  // whoever would give way to all others that would
    for (std::uint32_t i = 0; i < cores_.size(); ++i) {
        if (sharing_.per_core && i != queue) continue;
        Core& core = cores_[i];
        if (core.runs == nullptr || !policy.gives_way(*core.runs, joined)) continue;
        if (worst == nullptr || policy.gives_way(*core.runs, *worst->runs)) worst = &core;
    }
    if (worst != nullptr) put_back(*worst, Came::gave_way);
}

void HeadTeacher::put_back(Core& core, Came came) {
    Entity& entity = *core.runs;
    core.runs = nullptr;
    entity.queue = sharing_.per_core ? entity.core : 0;
    queue_of(entity.core).add(entity, came, now_);
}

void HeadTeacher::leave(std::uint32_t index, Time now) {
    advance(now);
    Core& core = cores_[index];
    check(core.runs != nullptr && core.runs == core.seated, "nobody runs there who could leave");
    queue_of(index).leave(*core.runs);
    core.runs = core.seated = nullptr;
}

// --- Decisions. ---

bool HeadTeacher::slice_is_over(std::uint32_t index) const {
    const Core& core = cores_[index];
    return core.runs != nullptr && core.begins <= now_ &&
           queue_of(index).slice_left(*core.runs) <= 0;
}

const std::vector<HeadTeacher::Change>& HeadTeacher::decide(Time now) {
    advance(now);
    changes_.clear();
    for (const auto& queue : queues_) queue->act(now);
    for (std::uint32_t i = 0; i < cores_.size(); ++i)
        if (slice_is_over(i)) put_back(cores_[i], Came::slice_over);
    fill();
    for (std::uint32_t i = 0; i < cores_.size(); ++i) {
        Core& core = cores_[i];
        if (core.runs == core.seated) continue;
        Time cost = 0;
        if (core.runs != nullptr) {
            const bool other = core.last != core.runs;
            cost = costs_.price ? costs_.price(i, *core.runs) : other ? costs_.other : costs_.again;
            core.account.switches += other && core.last != nullptr;
            core.last = core.runs;
            core.begins = now + cost;
        }
        changes_.push_back({i, core.seated, core.runs, cost});
        core.seated = core.runs;
    }
    return changes_;
}

void HeadTeacher::seat(std::uint32_t index, Entity& entity) {
    queue_of(index).take(entity);
    entity.core = index;
    entity.has_run = true;
    cores_[index].runs = &entity;
}

void HeadTeacher::fill() {
    if (sharing_.per_core) {
        for (std::uint32_t i = 0; i < cores_.size(); ++i) {
            if (cores_[i].runs != nullptr) continue;
            if (queue_of(i).waiting() == 0 && !(sharing_.balance && pull(i))) continue;
            seat(i, *queue_of(i).first());
        }
        return;
    }
    while (Entity* entity = queues_[0]->first()) {
        std::uint32_t core = 0;
        while (core < cores_.size() && cores_[core].runs != nullptr) ++core;
        if (core == cores_.size()) return;
        // Who was there until this moment goes on, whatever the affinity; else it would swap
        // places with somebody for nothing.
        const bool own = entity->has_run && cores_[entity->core].runs == nullptr;
        const bool was_there = own && cores_[entity->core].seated == entity;
        seat(own && (sharing_.affinity || was_there) ? entity->core : core, *entity);
    }
}

// A core without threads takes the first one of the longest queue.
bool HeadTeacher::pull(std::uint32_t index) {
    Policy* longest = nullptr;
    for (const auto& queue : queues_)
        if (longest == nullptr || queue->waiting() > longest->waiting()) longest = queue.get();
    Entity* entity = longest->first();
    if (entity == nullptr) return false;
    longest->remove(*entity);
    entity->queue = index;
    queue_of(index).add(*entity, Came::moved, now_);
    return true;
}

}  // namespace homeroom::sim::kernel
